"""Placing labels beside marks: none covers another label, a mark or a reserved place, and it shows whose it is."""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from roadmapdesk.figures.display_list import Point
from roadmapdesk.figures.metrics import Face, text_width

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""

Line = tuple[Point, Point]

_DIRECTIONS = (0, 45, -45, 180, 135, -135, -90, 90)
_STEP = 4.0
_LEADER_FROM = 5.0
"""A label farther from its mark than this gets a line to it."""

_AMBIGUOUS = 9.0
_CROWDED = 5.0
_CROSSED = 7.0
"""What it costs, in points of distance, to stand nearer to another mark, close to another label, or on a line."""


@dataclass(frozen=True, slots=True)
class PlacedLabel:
    """A label with its left end and baseline; `leader` leads to its mark where it could not stand beside it."""

    index: int
    x: float
    y: float
    leader: Line | None


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A place for a label: its box, how far it lies from its mark, and the line to it where one is needed."""

    box: Box
    distance: float
    rank: int
    leader: Line | None


@dataclass(slots=True)
class _Ground:
    """What is taken: `boxes` must stay free; `labels` and `lines` should not be close or crossed."""

    marks: Sequence[Point]
    radius: float
    area: Box
    boxes: list[Box]
    lines: list[Line]
    labels: list[Box] = field(default_factory=list)

    def best(self, index: int, places: Iterable[_Candidate]) -> _Candidate | None:
        """The free place that costs least for the label of a mark; `places` come in the order of their distance."""
        best, least = None, math.inf
        for candidate in places:
            if candidate.distance >= least:
                break
            if self.is_free(candidate.box):
                cost = self.cost(index, candidate)
                if cost < least:
                    best, least = candidate, cost
        return best

    def is_free(self, box: Box) -> bool:
        """Whether the box lies in the area and covers nothing."""
        left, top, right, bottom = self.area
        is_inside = box[0] >= left and box[1] >= top and box[2] <= right and box[3] <= bottom
        return is_inside and not any(overlaps(box, other) for other in self.boxes)

    def cost(self, index: int, candidate: _Candidate) -> float:
        """How badly the label of a mark would stand there; nearer, clearer and emptier places cost less."""
        box, leader = candidate.box, candidate.leader
        cost = candidate.distance + candidate.rank * 0.25
        own = _distance(self.marks[index], box)
        if any(_distance(other, box) < own - 0.5 for other in self.marks if other != self.marks[index]):
            cost += _AMBIGUOUS
        air = (box[0] - 3.0, box[1] - 0.5, box[2] + 3.0, box[3] + 0.5)
        if any(overlaps(air, other) for other in self.labels):
            cost += _CROWDED
        cost += _CROSSED * sum(1 for line in self.lines if crosses(line, box))
        if leader is not None:
            others = (self._box_of(mark) for mark in self.marks if mark != self.marks[index])
            cost += _CROSSED * sum(1 for other in (*self.labels, *others) if crosses(leader, other))
        return cost

    def take(self, candidate: _Candidate) -> None:
        """Notes that a label stands there."""
        self.boxes.append(candidate.box)
        self.labels.append(candidate.box)
        if candidate.leader is not None:
            self.lines.append(candidate.leader)

    def _box_of(self, mark: Point) -> Box:
        return mark[0] - self.radius, mark[1] - self.radius, mark[0] + self.radius, mark[1] + self.radius


def overlaps(first: Box, second: Box) -> bool:
    """Whether two boxes share an area."""
    return first[0] < second[2] and second[0] < first[2] and first[1] < second[3] and second[1] < first[3]


def crosses(line: Line, box: Box) -> bool:
    """Whether a part of the line lies inside the box (Liang and Barsky)."""
    (x, y), (end_x, end_y) = line
    enters, leaves = 0.0, 1.0
    for start, delta, low, high in ((x, end_x - x, box[0], box[2]), (y, end_y - y, box[1], box[3])):
        if delta == 0:
            if not low < start < high:
                return False
            continue
        first, last = sorted(((low - start) / delta, (high - start) / delta))
        enters, leaves = max(enters, first), min(leaves, last)
    return enters < leaves


def place_labels(
    marks: Sequence[Point],
    texts: Sequence[str],
    order: Sequence[int],
    *,
    size: float,
    radius: float,
    area: Box,
    reserved: Sequence[Box] = (),
    lines: Sequence[Line] = (),
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
        lines: drawn lines that labels keep off where they can.
        farthest: longest distance of a label from its mark.
    """
    boxes = [(x - radius, y - radius, x + radius, y + radius) for x, y in marks]
    ground = _Ground(marks, radius, area, [*boxes, *reserved], list(lines))
    placed: list[PlacedLabel] = []
    for index in order:
        width = text_width(texts[index], size, Face.SEMIBOLD)
        best = ground.best(index, _places(marks[index], width, size, radius, farthest))
        if best is not None:
            ground.take(best)
            placed.append(PlacedLabel(index, best.box[0], best.box[3] - size * 0.22, best.leader))
    return placed


def _places(mark: Point, width: float, size: float, radius: float, farthest: float) -> Iterator[_Candidate]:
    """All places around a mark, ring by ring."""
    distance = radius + 2.0
    while distance <= farthest:
        for rank, degrees in enumerate(_DIRECTIONS):
            box = _box_at(mark, width, size, distance, degrees)
            yield _Candidate(box, distance, rank, _leader(mark, box, radius, distance))
        distance += _STEP


def _leader(mark: Point, box: Box, radius: float, distance: float) -> Line | None:
    """The line from the edge of the mark to the nearest point of its label; None beside the mark."""
    if distance <= radius + _LEADER_FROM:
        return None
    near = (min(max(mark[0], box[0]), box[2]), min(max(mark[1], box[1]), box[3]))
    share = radius / math.dist(mark, near)
    start = (mark[0] + share * (near[0] - mark[0]), mark[1] + share * (near[1] - mark[1]))
    return start, near


def _distance(point: Point, box: Box) -> float:
    """From a point to the nearest point of a box."""
    across = max(box[0] - point[0], 0.0, point[0] - box[2])
    down = max(box[1] - point[1], 0.0, point[1] - box[3])
    return math.hypot(across, down)


def _box_at(mark: Point, width: float, size: float, distance: float, degrees: float) -> Box:
    """The box of a label whose nearest side lies `distance` from the mark in this direction."""
    angle = math.radians(degrees)
    x = mark[0] + distance * math.cos(angle)
    y = mark[1] + distance * math.sin(angle)
    left = x - width / 2 if abs(degrees) == 90 else x if abs(degrees) < 90 else x - width
    height = size * 0.96
    top = y - height / 2 if degrees in {0, 180} else y if degrees > 0 else y - height
    return left, top, left + width, top + height
