"""Placing labels beside marks so that none covers another label, a mark or a reserved place."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from roadmapdesk.figures.display_list import Point
from roadmapdesk.figures.metrics import Face, text_width

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""

_DIRECTIONS = (0, 45, -45, 180, 135, -135, -90, 90)


@dataclass(frozen=True, slots=True)
class PlacedLabel:
    """A label with its left end and baseline; `leader` leads to its mark where it could not stand beside it."""

    index: int
    x: float
    y: float
    leader: tuple[Point, Point] | None


def overlaps(first: Box, second: Box) -> bool:
    """Whether two boxes share an area."""
    return first[0] < second[2] and second[0] < first[2] and first[1] < second[3] and second[1] < first[3]


def place_labels(
    marks: Sequence[Point],
    texts: Sequence[str],
    order: Sequence[int],
    *,
    size: float,
    radius: float,
    area: Box,
    reserved: Sequence[Box] = (),
    farthest: float = 34.0,
) -> list[PlacedLabel]:
    """Places the labels of the marks in `order`, the most important first; one without room is left out.

    Args:
        marks: centres of all marks, labelled or not.
        texts: one label per mark.
        order: indices of the marks that want a label.
        size: size of text.
        radius: half the size of a mark.
        area: where labels may stand.
        reserved: further places that stay free.
        farthest: longest distance of a label from its mark.
    """
    taken: list[Box] = [(x - radius, y - radius, x + radius, y + radius) for x, y in marks]
    taken += reserved
    placed: list[PlacedLabel] = []
    for index in order:
        width = text_width(texts[index], size, Face.SEMIBOLD)
        found = _free_place(marks[index], width, size, radius, area, taken, farthest)
        if found is None:
            continue
        box, distance = found
        taken.append(box)
        leader = None
        if distance > radius + 5:
            near = (min(max(marks[index][0], box[0]), box[2]), min(max(marks[index][1], box[1]), box[3]))
            leader = (marks[index], near)
        placed.append(PlacedLabel(index, box[0], box[3] - size * 0.22, leader))
    return placed


def _free_place(
    mark: Point, width: float, size: float, radius: float, area: Box, taken: list[Box], farthest: float
) -> tuple[Box, float] | None:
    distance = radius + 2.0
    while distance <= farthest:
        for degrees in _DIRECTIONS:
            box = _box_at(mark, width, size, distance, degrees)
            inside = box[0] >= area[0] and box[1] >= area[1] and box[2] <= area[2] and box[3] <= area[3]
            if inside and not any(overlaps(box, other) for other in taken):
                return box, distance
        distance += 4.0
    return None


def _box_at(mark: Point, width: float, size: float, distance: float, degrees: float) -> Box:
    """The box of a label whose nearest side lies `distance` from the mark in this direction."""
    angle = math.radians(degrees)
    x = mark[0] + distance * math.cos(angle)
    y = mark[1] + distance * math.sin(angle)
    left = x - width / 2 if abs(degrees) == 90 else x if abs(degrees) < 90 else x - width
    height = size * 0.96
    top = y - height / 2 if degrees in {0, 180} else y if degrees > 0 else y - height
    return left, top, left + width, top + height
