"""Bars with intervals: how a rating stands, how sure it is, and how important the matter is."""

from dataclasses import dataclass

from roadmapdesk.figures.display_list import Anchor, Polygon, Rect, Scene
from roadmapdesk.figures.look import Look, draw_scale
from roadmapdesk.figures.metrics import Face, text_width
from roadmapdesk.figures.symbols import class_symbol, hatch, symbol_outline

_TICKS = (0.0, 25.0, 50.0, 75.0, 100.0)


@dataclass(frozen=True, slots=True)
class IntervalRow:
    """One bar.

    Attributes:
        value: performance 0 to 100; None draws a hatched bar with `missing` in it.
        interval: low and high; None draws none.
        target: importance as a hollow diamond; None draws none.
        note: what stands at the right: n and grade.
    """

    key: str
    label: str
    value: float | None
    interval: tuple[float, float] | None = None
    target: float | None = None
    class_key: str = ""
    value_text: str = ""
    note: str = ""
    missing: str = ""
    tip: str = ""


@dataclass(frozen=True, slots=True)
class IntervalLegend:
    """Words for bar, line and diamond; each stands in the legend only where a row shows it."""

    value: str
    interval: str
    target: str


def draw_intervals(rows: tuple[IntervalRow, ...], legend: IntervalLegend, look: Look, *, width: float) -> Scene:
    """One bar per row on a common scale of 0 to 100, with a legend below."""
    unit = look.size
    row_height = unit * 2.55
    left = unit * 17.5
    note_width = unit * 6.4
    value_width = unit * 3.6
    chart = width - left - note_width - value_width
    bottom = row_height * len(rows) + unit * 0.4
    scene = Scene(width, bottom + unit * 4.6)
    draw_scale(scene, look, left, unit * 0.2, chart, _TICKS, bottom)
    for index, row in enumerate(rows):
        _draw_row(scene, row, look, (left, index * row_height + unit * 0.4, chart, row_height))
    _draw_legend(scene, rows, legend, look, (left, bottom + unit * 3.6))
    return scene


def _draw_row(scene: Scene, row: IntervalRow, look: Look, place: tuple[float, float, float, float]) -> None:
    left, top, chart, height = place
    unit = look.size
    middle = top + height / 2
    text = look.colour("text")
    if row.class_key:
        mark = look.palette.classes[row.class_key].mark
        scene.add(class_symbol(row.class_key, unit * 0.6, middle, unit * 0.95, mark))
    box = (unit * 1.8, top, left - unit * 2.6, height)
    scene.text_box(box, look.soften(row.label), size=look.size, smallest=look.smallest, colour=text)
    thickness = unit * 1.15
    scene.add(Rect(left, top, chart, height, key=row.key, tip=row.tip))
    if row.value is None:
        scene.extend(hatch(left, middle - thickness / 2, chart, thickness, look.colour("hatch")))
        width = text_width(row.missing, look.small) + 6
        scene.add(Rect(left + 8, middle - thickness / 2, width, thickness, fill=look.colour("surface")))
        scene.text(left + 11, middle + look.small * 0.34, row.missing, size=look.small, colour=text)
    else:
        end = left + chart * row.value / 100
        scene.add(Rect(left, middle - thickness / 2, end - left, thickness, fill=look.palette.heat_fill[4]))
        if row.interval is not None:
            low, high = (left + chart * limit / 100 for limit in row.interval)
            scene.line((low, middle), (high, middle), colour=text, width=1.1)
            for limit in (low, high):
                scene.line((limit, middle - unit * 0.36), (limit, middle + unit * 0.36), colour=text, width=1.1)
    if row.target is not None:
        at = left + chart * row.target / 100
        points = symbol_outline("critical_gap", at, middle, unit * 0.95)
        scene.add(Polygon(points, fill=look.colour("surface"), stroke=text, stroke_width=1.0))
    right = left + chart + unit * 3.2
    baseline = middle + unit * 0.35
    scene.text(right, baseline, row.value_text, size=unit * 1.1, colour=text, face=Face.SEMIBOLD, anchor=Anchor.END)
    muted = look.colour("text_muted")
    scene.text(right + unit * 0.9, baseline, row.note, size=look.small, colour=muted, max_width=unit * 6.0)


def _draw_legend(
    scene: Scene, rows: tuple[IntervalRow, ...], legend: IntervalLegend, look: Look, place: tuple[float, float]
) -> None:
    unit = look.size
    text = look.colour("text")
    x, y = place
    if any(row.value is not None for row in rows):
        scene.add(Rect(x, y - unit * 0.45, unit * 2, unit * 0.9, fill=look.palette.heat_fill[4]))
        x = _legend_text(scene, legend.value, look, x + unit * 2.5, y)
    if any(row.interval is not None and row.value is not None for row in rows):
        scene.line((x, y), (x + unit * 2, y), colour=text, width=1.1)
        for limit in (x, x + unit * 2):
            scene.line((limit, y - unit * 0.36), (limit, y + unit * 0.36), colour=text, width=1.1)
        x = _legend_text(scene, legend.interval, look, x + unit * 2.5, y)
    if any(row.target is not None for row in rows):
        points = symbol_outline("critical_gap", x + unit * 0.5, y, unit * 0.95)
        scene.add(Polygon(points, fill=look.colour("surface"), stroke=text, stroke_width=1.0))
        _legend_text(scene, legend.target, look, x + unit * 1.5, y)


def _legend_text(scene: Scene, text: str, look: Look, x: float, y: float) -> float:
    scene.text(x, y + look.small * 0.34, text, size=look.small, colour=look.colour("text"))
    return x + text_width(text, look.small) + look.size * 2
