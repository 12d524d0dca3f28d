"""Dot plot: one value per row on 0 to 100, with a line where the middle means "on a par"."""

from dataclasses import dataclass

from roadmapdesk.figures.display_list import Anchor, Polygon, Rect, Scene
from roadmapdesk.figures.look import Look, draw_scale
from roadmapdesk.figures.metrics import Face
from roadmapdesk.figures.symbols import circle_points

_TICKS = (0.0, 25.0, 50.0, 75.0, 100.0)
_MIDDLE = 50.0


@dataclass(frozen=True, slots=True)
class DotRow:
    """One value; `value_text` and `note` stand at the right."""

    key: str
    label: str
    value: float
    value_text: str
    note: str
    tip: str = ""


def draw_dots(rows: tuple[DotRow, ...], ends: tuple[str, str, str], look: Look, *, width: float) -> Scene:
    """One dot per row; `ends` are the words for 0, 50 and 100 below the scale."""
    unit = look.size
    row_height = unit * 2.3
    left, right = unit * 20.0, unit * 11.0
    chart = width - left - right
    bottom = row_height * len(rows) + unit * 0.4
    scene = Scene(width, bottom + unit * 4.2)
    draw_scale(scene, look, left, unit * 0.2, chart, _TICKS, bottom)
    text, muted = look.colour("text"), look.colour("text_muted")
    middle = left + chart * _MIDDLE / 100
    scene.line((middle, unit * 0.2), (middle, bottom), colour=look.colour("border_strong"), width=1.0)
    for index, row in enumerate(rows):
        top = index * row_height + unit * 0.3
        y = top + row_height / 2
        box = (0.0, top, left - unit, row_height)
        scene.text_box(box, look.soften(row.label), size=look.size, smallest=look.smallest, colour=text)
        scene.add(Rect(left, top, chart, row_height, key=row.key, tip=row.tip))
        at = left + chart * row.value / 100
        scene.line((middle, y), (at, y), colour=look.colour("border_strong"), width=1.4)
        scene.add(Polygon(circle_points(at, y, unit * 0.5), fill=look.colour("accent")))
        end, baseline = left + chart + unit * 4.6, y + unit * 0.35
        scene.text(end, baseline, row.value_text, size=unit, colour=text, face=Face.SEMIBOLD, anchor=Anchor.END)
        scene.text(end + unit * 0.8, baseline, row.note, size=look.small, colour=muted)
    for word, value, anchor in zip(ends, (0, 50, 100), (Anchor.START, Anchor.MIDDLE, Anchor.END), strict=True):
        x = left + chart * value / 100
        scene.text(x, bottom + unit * 3.2, word, size=look.small, colour=muted, anchor=anchor)
    return scene
