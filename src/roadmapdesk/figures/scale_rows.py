"""What charts of one row each share: labels at the left, one scale of 0 to 100 in the middle, notes at the right."""

from collections.abc import Sequence
from dataclasses import dataclass

from roadmapdesk.figures.display_list import Anchor, Rect, Scene
from roadmapdesk.figures.look import Look
from roadmapdesk.figures.metrics import LINE_HEIGHT, Face, wrap_text

_TICKS = (0.0, 25.0, 50.0, 75.0, 100.0)
_TOP = 0.3
_AIR = 0.2
"""Units of the text's size that stay free above and below a label."""


@dataclass(frozen=True, slots=True)
class RowText:
    """The words of one row: its label, its value as printed and what stands beside that."""

    key: str
    label: str
    value: str
    note: str
    tip: str


@dataclass(frozen=True, slots=True)
class ScaleRows:
    """Where rows and scale lie in a scene, in points from its upper left corner.

    Attributes:
        count: number of rows.
        row_height: of each row.
        label_left: where labels begin.
        left: where 0 lies on the scale.
        chart: length of the scale, so that 100 lies at ``left + chart``.
        value_width: room behind the scale in which values end.
    """

    look: Look
    count: int
    row_height: float
    label_left: float
    left: float
    chart: float
    value_width: float

    @property
    def bottom(self) -> float:
        """Where the rows end and the numbers of the scale begin."""
        return self.row_height * self.count + self.look.size * 0.4

    def x(self, value: float) -> float:
        """Where `value` of 0 to 100 lies."""
        return self.left + self.chart * value / 100

    def middle(self, index: int) -> float:
        """The y of the middle of a row."""
        return self._top(index) + self.row_height / 2

    def draw_scale(self, scene: Scene) -> None:
        """Grid lines through all rows and the numbers below."""
        look, bottom = self.look, self.bottom
        for value in _TICKS:
            at = self.x(value)
            scene.line((at, look.size * 0.2), (at, bottom), colour=look.colour("grid"), width=0.6)
            scene.text(
                at,
                bottom + look.small * 1.25,
                look.number(value),
                size=look.small,
                colour=look.colour("text_muted"),
                anchor=Anchor.MIDDLE,
            )

    def draw_row(self, scene: Scene, index: int, row: RowText) -> None:
        """Label, the area that can be hit, value and note; what lies on the scale is drawn on top by the caller."""
        look, unit, top = self.look, self.look.size, self._top(index)
        text = look.colour("text")
        air = unit * _AIR
        box = (self.label_left, top + air, self.left - unit * 0.8 - self.label_left, self.row_height - 2 * air)
        scene.text_box(box, look.soften(row.label), size=unit, smallest=look.smallest, colour=text)
        scene.add(Rect(self.left, top, self.chart, self.row_height, key=row.key, tip=row.tip))
        end, baseline = self.left + self.chart + self.value_width, self.middle(index) + unit * 0.35
        scene.text(end, baseline, row.value, size=unit * 1.1, colour=text, face=Face.SEMIBOLD, anchor=Anchor.END)
        start, muted = end + unit * 0.8, look.colour("text_muted")
        scene.text(start, baseline, row.note, size=look.small, colour=muted, max_width=scene.width - start)

    def _top(self, index: int) -> float:
        return index * self.row_height + self.look.size * _TOP


def lay_out_rows(
    labels: Sequence[str], look: Look, *, width: float, label_left: float, left: float, values: float, notes: float
) -> ScaleRows:
    """Rows in a scene of `width`; all are higher where a label takes two lines, so that no two labels touch.

    Args:
        labels: of all rows.
        look: sizes and language.
        width: of the scene in points.
        label_left: room before the labels, in units of the text's size, as are the next three.
        left: room before the scale, labels included.
        values: room for the values.
        notes: room for what stands beside them.
    """
    unit = look.size
    room = (left - 0.8 - label_left) * unit
    is_wrapped = any(len(wrap_text(look.soften(label), room, unit)) > 1 for label in labels)
    row_height = unit * (2 * LINE_HEIGHT + 2 * _AIR if is_wrapped else 2.4)
    chart = width - (left + values + notes) * unit
    return ScaleRows(look, len(labels), row_height, label_left * unit, left * unit, chart, values * unit)
