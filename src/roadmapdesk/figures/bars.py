"""Ranked bars: counts or shares of one question, longest first, each with its number."""

from dataclasses import dataclass

from roadmapdesk.figures.display_list import Anchor, Rect, Scene
from roadmapdesk.figures.look import Look
from roadmapdesk.figures.metrics import Face
from roadmapdesk.figures.symbols import hatch


@dataclass(frozen=True, slots=True)
class BarRow:
    """One bar: its share of the full width, 0 to 1, and the number as printed; None is drawn hatched."""

    key: str
    label: str
    share: float | None
    value_text: str
    tip: str = ""


def draw_bars(rows: tuple[BarRow, ...], look: Look, *, width: float, label_share: float = 0.46) -> Scene:
    """One bar per row in the given order; the caller ranks."""
    unit = look.size
    row_height = unit * 2.0
    left = width * label_share
    value_width = unit * 7
    chart = width - left - value_width
    scene = Scene(width, max(1, len(rows)) * row_height + unit * 0.4)
    text = look.colour("text")
    for index, row in enumerate(rows):
        top = index * row_height + unit * 0.2
        middle = top + row_height / 2
        box = (0.0, top, left - unit, row_height)
        scene.text_box(box, row.label, size=look.size, smallest=look.smallest, colour=text)
        thickness = unit * 1.2
        scene.add(
            Rect(left, middle - thickness / 2, chart, thickness, fill=look.colour("sunken"), key=row.key, tip=row.tip)
        )
        if row.share is None:
            scene.extend(hatch(left, middle - thickness / 2, chart, thickness, look.colour("hatch")))
        elif row.share > 0:
            scene.add(Rect(left, middle - thickness / 2, chart * row.share, thickness, fill=look.colour("accent")))
        baseline = middle + unit * 0.35
        right = left + chart + value_width
        scene.text(right, baseline, row.value_text, size=unit, colour=text, face=Face.SEMIBOLD, anchor=Anchor.END)
    return scene
