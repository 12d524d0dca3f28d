"""Bars with intervals: how a rating stands, how sure it is, and how important the matter is."""

from dataclasses import dataclass

from roadmapdesk.figures.display_list import Polygon, Rect, Scene
from roadmapdesk.figures.look import Look
from roadmapdesk.figures.metrics import text_width
from roadmapdesk.figures.scale_rows import RowText, ScaleRows, lay_out_rows
from roadmapdesk.figures.symbols import class_symbol, hatch, symbol_outline


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
    labels = [row.label for row in rows]
    frame = lay_out_rows(labels, look, width=width, label_left=1.8, left=17.5, values=3.2, notes=6.8)
    scene = Scene(width, frame.bottom + look.size * 4.6)
    frame.draw_scale(scene)
    for index, row in enumerate(rows):
        frame.draw_row(scene, index, RowText(row.key, row.label, row.value_text, row.note, row.tip))
        _draw_marks(scene, row, look, frame, frame.middle(index))
    _draw_legend(scene, rows, legend, look, (frame.left, frame.bottom + look.size * 3.6))
    return scene


def _draw_marks(scene: Scene, row: IntervalRow, look: Look, frame: ScaleRows, y: float) -> None:
    """What stands on the scale: the bar or that it is missing, the interval and the diamond; the class before it."""
    unit = look.size
    if row.class_key:
        mark = look.palette.classes[row.class_key].mark
        scene.add(class_symbol(row.class_key, unit * 0.6, y, unit * 0.95, mark))
    thickness = unit * 1.15
    if row.value is None:
        _draw_missing(scene, row.missing, look, (frame.left, y - thickness / 2, frame.chart, thickness))
    else:
        end = frame.x(row.value)
        scene.add(Rect(frame.left, y - thickness / 2, end - frame.left, thickness, fill=look.palette.heat_fill[4]))
        if row.interval is not None:
            low, high = row.interval
            _draw_interval(scene, look, frame.x(low), frame.x(high), y)
    if row.target is not None:
        scene.add(_diamond(frame.x(row.target), y, look))


def _draw_missing(scene: Scene, words: str, look: Look, box: tuple[float, float, float, float]) -> None:
    x, y, width, height = box
    scene.extend(hatch(x, y, width, height, look.colour("hatch")))
    scene.add(Rect(x + 8, y, text_width(words, look.small) + 6, height, fill=look.colour("surface")))
    baseline = y + height / 2 + look.small * 0.34
    scene.text(x + 11, baseline, words, size=look.small, colour=look.colour("text"))


def _draw_interval(scene: Scene, look: Look, low: float, high: float, y: float) -> None:
    text, reach = look.colour("text"), look.size * 0.36
    scene.line((low, y), (high, y), colour=text, width=1.1)
    for limit in (low, high):
        scene.line((limit, y - reach), (limit, y + reach), colour=text, width=1.1)


def _diamond(x: float, y: float, look: Look) -> Polygon:
    points = symbol_outline("critical_gap", x, y, look.size * 0.95)
    return Polygon(points, fill=look.colour("surface"), stroke=look.colour("text"), stroke_width=1.0)


def _draw_legend(
    scene: Scene, rows: tuple[IntervalRow, ...], legend: IntervalLegend, look: Look, place: tuple[float, float]
) -> None:
    unit = look.size
    x, y = place
    if any(row.value is not None for row in rows):
        scene.add(Rect(x, y - unit * 0.45, unit * 2, unit * 0.9, fill=look.palette.heat_fill[4]))
        x = _legend_text(scene, legend.value, look, x + unit * 2.5, y)
    if any(row.interval is not None and row.value is not None for row in rows):
        _draw_interval(scene, look, x, x + unit * 2, y)
        x = _legend_text(scene, legend.interval, look, x + unit * 2.5, y)
    if any(row.target is not None for row in rows):
        scene.add(_diamond(x + unit * 0.5, y, look))
        _legend_text(scene, legend.target, look, x + unit * 1.5, y)


def _legend_text(scene: Scene, text: str, look: Look, x: float, y: float) -> float:
    scene.text(x, y + look.small * 0.34, text, size=look.small, colour=look.colour("text"))
    return x + text_width(text, look.small) + look.size * 2
