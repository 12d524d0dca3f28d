"""Cooperation as a ring: organisations or types around a circle, ties as lines whose width tells the intensity."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from roadmapdesk.figures.display_list import Anchor, Point, Polygon, Scene
from roadmapdesk.figures.look import Look
from roadmapdesk.figures.metrics import text_width
from roadmapdesk.figures.symbols import circle_points

_DASH = (3.0, 2.5)
_FAINT = 0.8
"""Width of a line without intensity."""


@dataclass(frozen=True, slots=True)
class RingNode:
    """One place on the ring: an organisation by name, or all unnamed ones of a type."""

    key: str
    label: str
    is_named: bool
    tip: str = ""


@dataclass(frozen=True, slots=True)
class RingTie:
    """A line between two places by index, the same twice for ties inside a type.

    Attributes:
        strength: 0 to 1, None where the intensity is not told.
    """

    first: int
    second: int
    strength: float | None


@dataclass(frozen=True, slots=True)
class RingWords:
    """Words of the legend."""

    named: str
    merged: str
    weak: str
    strong: str
    untold: str


def draw_ring(
    nodes: Sequence[RingNode], ties: Sequence[RingTie], words: RingWords, look: Look, *, width: float
) -> Scene:
    """The ring with a legend below; each place is keyed. Places stand in the order given, from the top clockwise."""
    unit = look.size
    radius = min(width * 0.23, unit * (8.0 + 0.9 * len(nodes)))
    centre = (width / 2, radius + unit * 4.0)
    bottom = centre[1] + radius + unit * 4.0
    scene = Scene(width, bottom + unit * 3.6)
    angles = [2 * math.pi * index / max(1, len(nodes)) - math.pi / 2 for index in range(len(nodes))]
    places = [_at(centre, radius, angle) for angle in angles]
    for tie in ties:
        _draw_tie(scene, tie, places, angles, look)
    for node, place, angle in zip(nodes, places, angles, strict=True):
        _draw_node(scene, node, place, look)
        _draw_label(scene, node.label, _at(centre, radius + unit * 1.6, angle), angle, look)
    kinds = {node.is_named for node in nodes}, {tie.strength is None for tie in ties}
    _draw_legend(scene, words, look, bottom + unit * 1.6, kinds)
    return scene


def _at(centre: Point, radius: float, angle: float) -> Point:
    return centre[0] + radius * math.cos(angle), centre[1] + radius * math.sin(angle)


def _pen(strength: float | None, look: Look) -> tuple[str, float, tuple[float, ...]]:
    """Colour, width and dash of a line."""
    if strength is None:
        return look.colour("border_strong"), _FAINT, _DASH
    return look.colour("accent"), _FAINT + 2.4 * strength, ()


def _draw_tie(scene: Scene, tie: RingTie, places: list[Point], angles: list[float], look: Look) -> None:
    colour, pen, dash = _pen(tie.strength, look)
    first, second = places[tie.first], places[tie.second]
    if tie.first != tie.second:
        scene.line(first, second, colour=colour, width=pen, dash=dash)
        return
    size = look.size * 1.1
    x, y = _at(first, -size, angles[tie.first])
    scene.add(Polygon(circle_points(x, y, size), stroke=colour, stroke_width=pen, dash=dash))


def _draw_node(scene: Scene, node: RingNode, place: Point, look: Look) -> None:
    accent = look.colour("accent")
    fill = accent if node.is_named else look.colour("surface")
    outline = circle_points(*place, look.size * 0.62)
    scene.add(Polygon(outline, fill=fill, stroke=accent, stroke_width=1.4, key=node.key, tip=node.tip))


def _draw_label(scene: Scene, label: str, place: Point, angle: float, look: Look) -> None:
    """The name outside the ring: beside it, at the top and bottom centred above and below."""
    unit, (x, y) = look.size, place
    height = unit * 2.6
    if abs(math.cos(angle)) < 0.2:
        room, anchor = unit * 22, Anchor.MIDDLE
        box = (x - room / 2, y - height if math.sin(angle) < 0 else y, room, height)
    elif math.cos(angle) > 0:
        box, anchor = (x, y - height / 2, scene.width - x, height), Anchor.START
    else:
        box, anchor = (0.0, y - height / 2, x, height), Anchor.END
    text = look.colour("text")
    scene.text_box(box, look.soften(label), size=unit, smallest=look.smallest, colour=text, anchor=anchor)


def _draw_legend(scene: Scene, words: RingWords, look: Look, y: float, kinds: tuple[set[bool], set[bool]]) -> None:
    """The kinds of places and lines that stand in the ring; on a second row where one is too short.

    Args:
        scene: the picture.
        words: names of all kinds.
        look: language and sizes.
        y: middle of the first row.
        kinds: whether places are named, and whether lines lack their intensity, as far as they occur.
    """
    unit, text = look.size, look.colour("text")
    accent, surface = look.colour("accent"), look.colour("surface")
    x = 0.0
    places = ((words.named, accent, True), (words.merged, surface, False))
    for word, fill in ((word, fill) for word, fill, is_named in places if is_named in kinds[0]):
        outline = circle_points(x + unit * 0.6, y, unit * 0.5)
        scene.add(Polygon(outline, fill=fill, stroke=accent, stroke_width=1.2))
        scene.text(x + unit * 1.6, y + look.small * 0.34, word, size=look.small, colour=text)
        x += unit * 3.4 + text_width(word, look.small)
    lines: list[tuple[str, float | None]] = [(words.weak, 0.0), (words.strong, 1.0)] if False in kinds[1] else []
    lines += [(words.untold, None)] if True in kinds[1] else []
    needed = sum(unit * 4.6 + text_width(word, look.small) for word, _strength in lines)
    if x + needed > scene.width:
        x, y = 0.0, y + unit * 1.7
    for word, strength in lines:
        colour, pen, dash = _pen(strength, look)
        scene.line((x, y), (x + unit * 2.4, y), colour=colour, width=pen, dash=dash)
        scene.text(x + unit * 3.0, y + look.small * 0.34, word, size=look.small, colour=text)
        x += unit * 4.6 + text_width(word, look.small)
