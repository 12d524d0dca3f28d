"""Dumbbell: where a value stood in one wave and stands in the next, and what may be said about the change."""

from dataclasses import dataclass

from roadmapdesk.figures.display_list import Point, Polygon, Scene
from roadmapdesk.figures.look import Look
from roadmapdesk.figures.metrics import text_width
from roadmapdesk.figures.scale_rows import RowText, lay_out_rows
from roadmapdesk.figures.symbols import circle_points


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
    labels = [row.label for row in rows]
    frame = lay_out_rows(labels, look, width=width, label_left=0.0, left=20.0, values=4.6, notes=10.9)
    scene = Scene(width, frame.bottom + look.size * 4.4)
    frame.draw_scale(scene)
    for index, row in enumerate(rows):
        frame.draw_row(scene, index, RowText(row.key, row.label, row.change_text, row.status, row.tip))
        start, end = (frame.x(row.first), frame.middle(index)), (frame.x(row.second), frame.middle(index))
        scene.line(start, end, colour=look.colour("border_strong"), width=1.4)
        scene.add(_earlier(start, look), _later(end, look))
    _draw_legend(scene, look, (frame.left, frame.bottom + look.size * 3.4), first, second)
    return scene


def _earlier(centre: Point, look: Look) -> Polygon:
    ring = circle_points(*centre, look.size * 0.45)
    return Polygon(ring, fill=look.colour("surface"), stroke=look.colour("accent"), stroke_width=1.3)


def _later(centre: Point, look: Look) -> Polygon:
    return Polygon(circle_points(*centre, look.size * 0.48), fill=look.colour("accent"))


def _draw_legend(scene: Scene, look: Look, place: Point, first: str, second: str) -> None:
    x, y = place
    for mark, word in ((_earlier, first), (_later, second)):
        scene.add(mark((x + look.size * 0.5, y), look))
        scene.text(x + look.size * 1.4, y + look.small * 0.34, word, size=look.small, colour=look.colour("text"))
        x += look.size * 3.4 + text_width(word, look.small)
