"""Radar of at most three lines: a profile at one glance, always beside its table, never with filled areas."""

import math
from dataclasses import dataclass

from roadmapdesk.figures.display_list import Anchor, Point, Polygon, Scene
from roadmapdesk.figures.look import Look
from roadmapdesk.figures.metrics import LINE_HEIGHT, fit_text, text_width
from roadmapdesk.figures.symbols import circle_points, symbol_outline

MOST_LINES = 3
_DASHES: tuple[tuple[float, ...], ...] = ((), (5.0, 2.5), (1.2, 2.4))
_RINGS = (25.0, 50.0, 75.0, 100.0)


@dataclass(frozen=True, slots=True)
class RadarLine:
    """One line: its name and one value per axis, 0 to 100; a None breaks the line."""

    name: str
    values: tuple[float | None, ...]


def draw_radar(axes: tuple[str, ...], lines: tuple[RadarLine, ...], look: Look, *, width: float) -> Scene:
    """The radar with its legend below; lines differ in dash and marker, not by colour alone.

    A line without any value is left out of chart and legend; the others keep their looks.

    Raises:
        ValueError: for more than three lines or lines that do not fit the axes.
    """
    if len(lines) > MOST_LINES or any(len(line.values) != len(axes) for line in lines):
        msg = "a radar takes up to three lines with one value per axis"
        raise ValueError(msg)
    unit = look.size
    radius = min(width * 0.27, unit * 17)
    scene = Scene(width, 2 * radius + unit * 9.5)
    centre = (width / 2, radius + unit * 4.0)
    _draw_frame(scene, axes, look, centre, radius)
    colours = (look.colour("accent"), look.palette.classes["critical_gap"].mark, look.palette.classes["watch"].mark)
    drawn = [(index, line) for index, line in enumerate(lines) if any(value is not None for value in line.values)]
    for index, line in drawn:
        points = [_at(centre, radius, axis, len(axes), value) for axis, value in enumerate(line.values)]
        for start, end in zip(points, points[1:] + points[:1], strict=True):
            if start is not None and end is not None:
                scene.line(start, end, colour=colours[index], width=1.6, dash=_DASHES[index])
        for point in points:
            if point is not None:
                scene.add(_marker(index, point, unit * 0.75, colours[index], look.colour("surface")))
    _draw_legend(scene, drawn, look, colours, scene.height - unit * 1.6)
    return scene


def _at(centre: Point, radius: float, axis: int, count: int, value: float | None) -> Point | None:
    if value is None:
        return None
    angle = 2 * math.pi * axis / count
    reach = radius * value / 100
    return centre[0] + reach * math.sin(angle), centre[1] - reach * math.cos(angle)


def _draw_frame(scene: Scene, axes: tuple[str, ...], look: Look, centre: Point, radius: float) -> None:
    count = len(axes)
    unit = look.size
    for ring in _RINGS:
        points = tuple(point for axis in range(count) if (point := _at(centre, radius, axis, count, ring)))
        colour = look.colour("border_strong" if ring == 100 else "grid")
        scene.add(Polygon(points, stroke=colour, stroke_width=0.6))
        label = (centre[0] + 3, centre[1] - radius * ring / 100 + look.small * 1.05)
        if ring < 100:
            scene.text(*label, look.number(ring), size=look.smallest, colour=look.colour("text_muted"))
    for axis, name in enumerate(axes):
        end = _at(centre, radius, axis, count, 100.0)
        assert end is not None, "the end of an axis always exists"
        scene.line(centre, end, colour=look.colour("grid"), width=0.6)
        _draw_axis_name(scene, look, name, centre, end, unit)


def _draw_axis_name(scene: Scene, look: Look, name: str, centre: Point, end: Point, unit: float) -> None:
    """The name outside the ring: above, below or beside the end of its axis."""
    room = unit * 15
    lines, size = fit_text(look.soften(name), room, unit * 3.6, size=look.size, smallest=look.smallest)
    height = len(lines) * size * LINE_HEIGHT
    dx, dy = end[0] - centre[0], end[1] - centre[1]
    is_side = abs(dx) > unit
    anchor = Anchor.MIDDLE if not is_side else Anchor.START if dx > 0 else Anchor.END
    x = end[0] + (0 if not is_side else unit * 0.8 if dx > 0 else -unit * 0.8)
    top = end[1] - height / 2 if is_side else end[1] - height - unit * 0.5
    if is_side and dy > 0:
        top += unit * 0.5
    for index, line in enumerate(lines):
        baseline = top + index * size * LINE_HEIGHT + size * 0.92
        scene.text(x, baseline, line, size=size, colour=look.colour("text"), anchor=anchor)


def _marker(index: int, point: Point, size: float, colour: str, surface: str) -> Polygon:
    if index == 0:
        return Polygon(circle_points(*point, size / 2), fill=colour)
    if index == 1:
        return Polygon(symbol_outline("critical_gap", *point, size), fill=surface, stroke=colour, stroke_width=1.2)
    return Polygon(symbol_outline("strength", *point, size), fill=surface, stroke=colour, stroke_width=1.2)


def _draw_legend(
    scene: Scene, drawn: list[tuple[int, RadarLine]], look: Look, colours: tuple[str, ...], y: float
) -> None:
    unit = look.size
    widths = [unit * 4 + text_width(line.name, look.size) for _index, line in drawn]
    x = (scene.width - sum(widths) - unit * 2 * (len(drawn) - 1)) / 2
    for (index, line), needed in zip(drawn, widths, strict=True):
        scene.line((x, y), (x + unit * 3, y), colour=colours[index], width=1.6, dash=_DASHES[index])
        scene.add(_marker(index, (x + unit * 1.5, y), unit * 0.75, colours[index], look.colour("surface")))
        scene.text(x + unit * 3.6, y + unit * 0.34, line.name, size=look.size, colour=look.colour("text"))
        x += needed + unit * 2
