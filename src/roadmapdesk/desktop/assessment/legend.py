"""The legend of the heatmap: ramp, classes by symbol and word, and what hatching means; it wraps."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from roadmapdesk.desktop.assessment.painting import paint_class, paint_items
from roadmapdesk.desktop.assessment.words import class_word
from roadmapdesk.desktop.theme import HEAT_STEP, Theme
from roadmapdesk.desktop.widgets.labels import WRAPPING
from roadmapdesk.figures.symbols import corner_hatch, hatch
from roadmapdesk.i18n import current_language
from roadmapdesk.i18n import gettext as _
from roadmapdesk.scoring.scorecard import CellClass

_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)
_STEPS = 8


class HeatLegend(QWidget):
    """Ramp from 0 to 100, the five classes, and hatching where it occurs."""

    def __init__(self, *, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._hatch_word = ""
        self._is_corner = True
        self.setSizePolicy(WRAPPING)
        theme.changed.connect(self.updateGeometry)

    def set_hatching(self, word: str, *, is_corner: bool) -> None:
        """Says what hatching means here; empty leaves it away.

        Args:
            word: what it means, translated.
            is_corner: whether only a corner is hatched, else the whole cell.
        """
        self._hatch_word, self._is_corner = word, is_corner
        names = ", ".join(class_word(kind.value, current_language().code) for kind in CellClass)
        self.setAccessibleName(_("Legend: {names}").format(names=names))
        self.updateGeometry()
        self.update()

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        return self._arrange(width)[1]

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(400), self._row)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(200), self._row)

    @property
    def _row(self) -> int:
        return self._theme.px(24)

    def _widths(self) -> list[tuple[str, int]]:
        self.setFont(self._theme.font("caption"))
        metrics = self.fontMetrics()
        code = current_language().code
        ramp = _STEPS * self._theme.px(23) + metrics.horizontalAdvance("0100") + 12
        entries = [("ramp", ramp)]
        mark = self._theme.px(18)
        for kind in CellClass:
            entries.append((kind.value, mark + metrics.horizontalAdvance(class_word(kind.value, code))))
        if self._hatch_word:
            entries.append(("hatch", self._theme.px(28) + metrics.horizontalAdvance(self._hatch_word)))
        return entries

    def _arrange(self, width: int) -> tuple[list[tuple[str, int, int]], int]:
        """Where each entry stands, and the height of all."""
        gap, x, y = self._theme.px(18), 0, 0
        places = []
        for key, size in self._widths():
            if x and x + size > width:
                x, y = 0, y + self._row
            places.append((key, x, y))
            x += size + gap
        return places, y + self._row

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._theme.font("caption"))
        for key, x, y in self._arrange(self.width())[0]:
            if key == "ramp":
                self._paint_ramp(painter, x, y)
            elif key == "hatch":
                self._paint_hatch(painter, x, y)
            else:
                colours = self._theme.class_colours(key)
                centre = QPointF(x + self._theme.px(6), y + self._row / 2)
                paint_class(painter, key, centre, self._theme.px(11), colours.mark)
                self._say(painter, x + self._theme.px(18), y, class_word(key, current_language().code))
        painter.end()

    def _say(self, painter: QPainter, x: float, y: float, text: str, tone: str = "text") -> None:
        painter.setPen(self._theme.colour(tone))
        painter.drawText(QRectF(x, y, self.width() - x, self._row), _LEFT, text)

    def _paint_ramp(self, painter: QPainter, x: int, y: int) -> None:
        theme = self._theme
        self._say(painter, x, y, "0", "text_muted")
        left = x + painter.fontMetrics().horizontalAdvance("0") + 6
        width, height = theme.px(23), theme.px(12)
        for step in range(_STEPS):
            box = QRectF(left + step * width, y + (self._row - height) / 2, width, height)
            painter.fillRect(box, theme.heat_colours(step * HEAT_STEP).fill)
        self._say(painter, left + _STEPS * width + 6, y, "100", "text_muted")

    def _paint_hatch(self, painter: QPainter, x: int, y: int) -> None:
        theme = self._theme
        box = QRectF(x + 0.5, y + (self._row - theme.px(12)) / 2, theme.px(21), theme.px(12))
        painter.setPen(QPen(theme.colour("border_strong"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(box)
        if self._is_corner:
            ink = theme.colour("text").name()
            paint_items(painter, corner_hatch(box.right(), box.bottom(), theme.px(10), ink), clip=box)
        else:
            ink = theme.colour("hatch").name()
            paint_items(painter, hatch(box.left(), box.top(), box.width(), box.height(), ink, gap=5), clip=box)
        self._say(painter, x + theme.px(28), y, self._hatch_word)
