"""Dumbbell: where a value stood in one wave and stands in the next, and what may be said about the change."""

from dataclasses import dataclass

from roadmapdesk.figures.display_list import Anchor, Polygon, Rect, Scene
from roadmapdesk.figures.look import Look, draw_scale
from roadmapdesk.figures.metrics import Face, text_width
from roadmapdesk.figures.symbols import circle_points

_TICKS = (0.0, 25.0, 50.0, 75.0, 100.0)


@dataclass(frozen=True, slots=True)
class DumbbellRow:
    """One pair of values on 0 to 100; `change_text` and `status` stand at the right."""

    key: str
    label: str
    first: float
    second: float
    change_text: str
    status: str
    tip: str = ""


def draw_dumbbells(rows: tuple[DumbbellRow, ...], first: str, second: str, look: Look, *, width: float) -> Scene:
    """One pair per row, the earlier value hollow, the later one filled; `first` and `second` name the waves."""
    unit = look.size
    row_height = unit * 2.3
    left, right = unit * 20.0, unit * 15.5
    chart = width - left - right
    bottom = row_height * len(rows) + unit * 0.4
    scene = Scene(width, bottom + unit * 4.4)
    draw_scale(scene, look, left, unit * 0.2, chart, _TICKS, bottom)
    text, accent, muted = look.colour("text"), look.colour("accent"), look.colour("text_muted")
    for index, row in enumerate(rows):
        top = index * row_height + unit * 0.3
        middle = top + row_height / 2
        box = (0.0, top, left - unit, row_height)
        scene.text_box(box, look.soften(row.label), size=look.size, smallest=look.smallest, colour=text)
        scene.add(Rect(left, top, chart, row_height, key=row.key, tip=row.tip))
        start, end = left + chart * row.first / 100, left + chart * row.second / 100
        scene.line((start, middle), (end, middle), colour=look.colour("border_strong"), width=1.4)
        surface = look.colour("surface")
        scene.add(Polygon(circle_points(start, middle, unit * 0.45), fill=surface, stroke=accent, stroke_width=1.3))
        scene.add(Polygon(circle_points(end, middle, unit * 0.48), fill=accent))
        baseline = middle + unit * 0.35
        at = left + chart + unit * 4.6
        scene.text(at, baseline, row.change_text, size=unit, colour=text, face=Face.SEMIBOLD, anchor=Anchor.END)
        scene.text(at + unit * 0.8, baseline, row.status, size=look.small, colour=muted, max_width=unit * 10)
    y = bottom + unit * 3.4
    surface = look.colour("surface")
    scene.add(Polygon(circle_points(left + 4, y, unit * 0.45), fill=surface, stroke=accent, stroke_width=1.3))
    scene.text(left + unit * 1.4, y + look.small * 0.34, first, size=look.small, colour=text)
    x = left + unit * 3.4 + text_width(first, look.small)
    scene.add(Polygon(circle_points(x + 4, y, unit * 0.48), fill=accent))
    scene.text(x + unit * 1.4, y + look.small * 0.34, second, size=look.small, colour=text)
    return scene
