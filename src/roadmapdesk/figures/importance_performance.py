"""Importance against performance: zones exactly by the rules of the classes, marks by class and evidence."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from roadmapdesk.figures.display_list import Anchor, Item, Point, Polygon, Rect, Scene, Text
from roadmapdesk.figures.labels import Box, place_labels
from roadmapdesk.figures.look import Look, draw_class_legend
from roadmapdesk.figures.metrics import Face, text_width
from roadmapdesk.figures.symbols import class_symbol, cross, symbol_outline
from roadmapdesk.scoring.profile import Thresholds
from roadmapdesk.scoring.scorecard import CellClass, Evidence

_ALWAYS_LABELLED = 12


@dataclass(frozen=True, slots=True)
class PlotMark:
    """One cell of the matrix in the plot; `priority` decides which labels are placed first."""

    key: str
    label: str
    performance: float
    importance: float
    cell_class: CellClass
    evidence: Evidence
    priority: float
    tip: str = ""


@dataclass(frozen=True, slots=True)
class PlotWords:
    """Names of the axes, of the diagonal and of the three kinds of evidence."""

    performance: str
    importance: str
    diagonal: str
    evidence: dict[Evidence, str]


@dataclass(frozen=True, slots=True)
class _Frame:
    """The visible part of the plane and where it lies in the scene."""

    left: float
    top: float
    width: float
    height: float
    low_x: float
    low_y: float

    def at(self, performance: float, importance: float) -> Point:
        x = self.left + self.width * (performance - self.low_x) / (100 - self.low_x)
        y = self.top + self.height * (100 - importance) / (100 - self.low_y)
        return x, y

    @property
    def diagonal(self) -> tuple[Point, Point]:
        """Where importance equals performance."""
        start = max(self.low_x, self.low_y)
        return self.at(start, start), self.at(100, 100)


def zones(thresholds: Thresholds) -> dict[CellClass, tuple[Point, ...]]:
    """The corners (performance, importance) of each class's zone on 0 to 100, exactly the rules of the model.

    Source: scoring model, 5.6. With the default borders the zone of critical gaps runs from performance 50 upwards
    along importance = performance + 25, that of strengths ends at importance = performance + 12.5.
    """
    high, good, low = thresholds.importance_high, thresholds.performance_high, thresholds.performance_low
    critical, strong = thresholds.gap_critical_min, thresholds.gap_strength_max
    critical_edge = _edge(max(low, high - critical), high, critical)
    strength_edge = _edge(max(good, high - strong), high, strong)
    start = max(low, high - critical)
    inner = max(good, high - strong)
    return {
        CellClass.CRITICAL_GAP: ((0.0, 100.0), (0.0, high), (start, high), *critical_edge),
        CellClass.DEVELOP: (*critical_edge[::-1], (start, high), (inner, high), *strength_edge),
        CellClass.STRENGTH: ((inner, high), (100.0, high), (100.0, 100.0), *strength_edge[::-1]),
        CellClass.RESERVE: ((good, high), (100.0, high), (100.0, 0.0), (good, 0.0)),
        CellClass.WATCH: ((0.0, high), (good, high), (good, 0.0), (0.0, 0.0)),
    }


def _edge(start: float, high: float, gap: float) -> tuple[Point, ...]:
    """The border importance = performance + gap from performance `start` upwards, inside the unit square."""
    lower = (start, max(high, start + gap))
    upper = (100.0 - gap, 100.0)
    return (lower, upper) if lower[1] < 100.0 else ((start, 100.0),)


def draw_importance_performance(
    marks: Sequence[PlotMark],
    words: PlotWords,
    look: Look,
    *,
    width: float,
    height: float,
    thresholds: Thresholds = Thresholds(),  # noqa: B008 — a frozen value
    selected: str = "",
    has_legend: bool = True,
) -> Scene:
    """The plot; each mark is keyed by its cell.

    Args:
        marks: every cell that may be shown.
        words: names in the reader's language.
        look: palette, language and size.
        width: of the scene.
        height: of the scene with axes and legend.
        thresholds: borders of the classes.
        selected: key of a mark that is ringed and always labelled.
        has_legend: False where the legend stands beside the plot.
    """
    scene = Scene(width, height)
    frame = _frame(marks, look, width, height - (look.size * 8.6 if has_legend else look.size * 4.0))
    _draw_zones(scene, frame, look, thresholds)
    _draw_axes(scene, frame, look, words, thresholds)
    reserved = _draw_zone_names(scene, frame, look, thresholds)
    _draw_marks(scene, frame, look, marks, selected)
    _draw_labels(scene, frame, look, marks, reserved, selected)
    if has_legend:
        _draw_legend(scene, frame, look, words)
    return scene


def _frame(marks: Sequence[PlotMark], look: Look, width: float, bottom: float) -> _Frame:
    unit = look.size

    def low(values: list[float]) -> float:
        return max(0.0, min(40.0, math.floor((min(values, default=40.0) - 6) / 10) * 10))

    left, top = unit * 5.2, unit * 0.8
    return _Frame(
        left,
        top,
        width - left - unit * 0.8,
        bottom - top,
        low([mark.performance for mark in marks]),
        low([mark.importance for mark in marks]),
    )


def _draw_zones(scene: Scene, frame: _Frame, look: Look, thresholds: Thresholds) -> None:
    scene.add(Rect(frame.left, frame.top, frame.width, frame.height, fill=look.colour("surface")))
    for kind, corners in zones(thresholds).items():
        visible = _clipped(corners, frame.low_x, frame.low_y)
        if len(visible) > 2 and kind is not CellClass.WATCH:
            points = tuple(frame.at(*corner) for corner in visible)
            scene.add(Polygon(points, fill=look.palette.classes[kind.value].soft))


def _clipped(corners: Sequence[Point], low_x: float, low_y: float) -> list[Point]:
    """The polygon without what lies left of `low_x` or below `low_y` (Sutherland and Hodgman)."""
    points = list(corners)
    for axis, limit in ((0, low_x), (1, low_y)):
        result: list[Point] = []
        for index, current in enumerate(points):
            previous = points[index - 1]
            if (current[axis] >= limit) != (previous[axis] >= limit):
                share = (limit - previous[axis]) / (current[axis] - previous[axis])
                other = previous[1 - axis] + share * (current[1 - axis] - previous[1 - axis])
                result.append((limit, other) if axis == 0 else (other, limit))
            if current[axis] >= limit:
                result.append(current)
        points = result
    return points


def _draw_axes(scene: Scene, frame: _Frame, look: Look, words: PlotWords, thresholds: Thresholds) -> None:
    unit = look.size
    text, muted = look.colour("text"), look.colour("text_muted")
    bottom, right = frame.top + frame.height, frame.left + frame.width
    scene.add(Rect(frame.left, frame.top, frame.width, frame.height, stroke=look.colour("border_strong")))
    for value in range(0, 101, 10):
        if value >= frame.low_x:
            x, _ = frame.at(value, 100)
            scene.line((x, bottom), (x, bottom + 3), colour=look.colour("border_strong"))
            tick = look.number(value)
            scene.text(x, bottom + unit * 1.5, tick, size=look.small, colour=muted, anchor=Anchor.MIDDLE)
        if value >= frame.low_y:
            _, y = frame.at(100, value)
            scene.line((frame.left - 3, y), (frame.left, y), colour=look.colour("border_strong"))
            baseline = y + look.small * 0.34
            scene.text(frame.left - 5, baseline, look.number(value), size=look.small, colour=muted, anchor=Anchor.END)
    scene.line(*frame.diagonal, colour=look.colour("border_strong"), width=0.8, dash=(3, 3))
    x, y = frame.at(thresholds.performance_high, thresholds.importance_high)
    scene.line((x, frame.top), (x, bottom), colour=text, width=0.9)
    scene.line((frame.left, y), (right, y), colour=text, width=0.9)
    middle = frame.left + frame.width / 2
    scene.text(middle, bottom + unit * 3.1, words.performance, size=unit, colour=text, anchor=Anchor.MIDDLE)
    centre = (unit * 1.1, frame.top + frame.height / 2)
    scene.add(Text(*centre, words.importance, unit, text, Face.REGULAR, Anchor.MIDDLE, -90.0))


def _draw_zone_names(scene: Scene, frame: _Frame, look: Look, thresholds: Thresholds) -> list[Box]:
    """Names in corners of their zones where the diagonal does not run; returns their boxes."""
    unit = look.size
    bottom, right = frame.top + frame.height, frame.left + frame.width
    _, cross_y = frame.at(100, thresholds.importance_high)
    develop_x, _ = frame.at(100 - (thresholds.gap_critical_min + thresholds.gap_strength_max) / 2, 100)
    places: dict[CellClass, tuple[float, float, Anchor]] = {
        CellClass.CRITICAL_GAP: (frame.left + 5, frame.top + unit * 1.4, Anchor.START),
        CellClass.DEVELOP: (develop_x, frame.top + unit * 1.4, Anchor.MIDDLE),
        CellClass.STRENGTH: (right - 5, cross_y - unit * 0.7, Anchor.END),
        CellClass.RESERVE: (right - 5, bottom - unit * 0.7, Anchor.END),
        CellClass.WATCH: (frame.left + 5, cross_y + unit * 1.4, Anchor.START),
    }
    boxes: list[Box] = []
    for kind, (x, y, anchor) in places.items():
        style = look.palette.classes[kind.value]
        name = Text(x, y, style.names[look.language.code], unit, style.text, Face.SEMIBOLD, anchor)
        scene.add(name)
        boxes.append(name.box)
    cross_x, _ = frame.at(thresholds.performance_high, 100)
    boxes.append((cross_x - 1, frame.top, cross_x + 1, bottom))
    boxes.append((frame.left, cross_y - 1, right, cross_y + 1))
    return boxes


def _mark_items(mark: PlotMark, centre: Point, size: float, look: Look) -> list[Item]:
    colour = look.palette.classes[mark.cell_class.value].mark
    outline = symbol_outline(mark.cell_class.value, *centre, size)
    if mark.evidence is Evidence.INSUFFICIENT:
        return cross(*centre, size, colour)
    if mark.evidence is Evidence.TENTATIVE:
        return [Polygon(outline, fill=look.colour("surface"), stroke=colour, stroke_width=1.1)]
    return [class_symbol(mark.cell_class.value, *centre, size, colour)]


def _draw_marks(scene: Scene, frame: _Frame, look: Look, marks: Sequence[PlotMark], selected: str) -> None:
    size = look.size * 0.95
    for mark in sorted(marks, key=lambda mark: mark.priority):
        x, y = frame.at(mark.performance, mark.importance)
        scene.extend(_mark_items(mark, (x, y), size, look))
        reach = size * 0.7
        scene.add(Rect(x - reach, y - reach, 2 * reach, 2 * reach, key=mark.key, tip=mark.tip))
        if mark.key == selected:
            outline = symbol_outline("watch", x, y, size * 2.2)
            scene.add(Polygon(outline, stroke=look.colour("text"), stroke_width=1.2))


def _draw_labels(
    scene: Scene, frame: _Frame, look: Look, marks: Sequence[PlotMark], reserved: list[Box], selected: str
) -> None:
    centres = [frame.at(mark.performance, mark.importance) for mark in marks]
    order = sorted(range(len(marks)), key=lambda index: (marks[index].key != selected, -marks[index].priority))
    strengths = [index for index in order if marks[index].cell_class is CellClass.STRENGTH]
    order = [*order[:_ALWAYS_LABELLED], *strengths, *order[_ALWAYS_LABELLED:]]
    order = list(dict.fromkeys(order))
    area = (frame.left + 2, frame.top + 2, frame.left + frame.width - 2, frame.top + frame.height - 2)
    size = look.smallest
    placed = place_labels(
        centres,
        [mark.label for mark in marks],
        order,
        size=size,
        radius=look.size * 0.55,
        area=area,
        reserved=reserved,
        lines=[frame.diagonal],
        farthest=look.size * 2.4,
    )
    for label in placed:
        if label.leader is not None:
            scene.line(*label.leader, colour=look.colour("border_strong"), width=0.5)
        text = marks[label.index].label
        scene.text(label.x, label.y, text, size=size, colour=look.colour("text"), face=Face.SEMIBOLD)


def _draw_legend(scene: Scene, frame: _Frame, look: Look, words: PlotWords) -> None:
    unit = look.size
    y = frame.top + frame.height + unit * 5.4
    text = look.colour("text")
    draw_class_legend(scene, look, frame.left, y)
    x, y = frame.left, y + unit * 1.9
    for evidence in Evidence:
        mark = PlotMark("", "", 0, 0, CellClass.CRITICAL_GAP, evidence, 0)
        scene.extend(_mark_items(mark, (x + unit * 0.5, y), unit * 0.95, look))
        scene.text(x + unit * 1.5, y + unit * 0.32, words.evidence[evidence], size=look.small, colour=text)
        x += unit * 3.4 + text_width(words.evidence[evidence], look.small)
    dash = look.colour("border_strong")
    scene.line((x, y), (x + unit * 2.4, y), colour=dash, width=0.8, dash=(3, 3))
    scene.text(x + unit * 2.9, y + unit * 0.32, words.diagonal, size=look.small, colour=text)
