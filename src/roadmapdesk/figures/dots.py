"""Dot plot: one value per row on 0 to 100, with a line where the middle means "on a par"."""

from dataclasses import dataclass

from roadmapdesk.figures.display_list import Anchor, Polygon, Scene
from roadmapdesk.figures.look import Look
from roadmapdesk.figures.scale_rows import RowText, ScaleRows, lay_out_rows
from roadmapdesk.figures.symbols import circle_points

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
    labels = [row.label for row in rows]
    frame = lay_out_rows(labels, look, width=width, label_left=0.0, left=20.0, values=4.6, notes=6.4)
    scene = Scene(width, frame.bottom + look.size * 4.2)
    frame.draw_scale(scene)
    par = frame.x(_MIDDLE)
    scene.line((par, look.size * 0.2), (par, frame.bottom), colour=look.colour("border_strong"), width=1.0)
    for index, row in enumerate(rows):
        frame.draw_row(scene, index, RowText(row.key, row.label, row.value_text, row.note, row.tip))
        _draw_dot(scene, frame, look, row.value, frame.middle(index))
    below, muted = frame.bottom + look.size * 3.2, look.colour("text_muted")
    for word, value, anchor in zip(ends, (0, _MIDDLE, 100), (Anchor.START, Anchor.MIDDLE, Anchor.END), strict=True):
        scene.text(frame.x(value), below, word, size=look.small, colour=muted, anchor=anchor)
    return scene


def _draw_dot(scene: Scene, frame: ScaleRows, look: Look, value: float, y: float) -> None:
    at = frame.x(value)
    scene.line((frame.x(_MIDDLE), y), (at, y), colour=look.colour("border_strong"), width=1.4)
    scene.add(Polygon(circle_points(at, y, look.size * 0.5), fill=look.colour("accent")))
