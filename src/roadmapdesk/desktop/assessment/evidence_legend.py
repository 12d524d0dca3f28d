"""What the marks of the plot say about evidence: filled, outlined, or a cross."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from roadmapdesk.desktop.assessment.painting import paint_items
from roadmapdesk.desktop.theme import Theme
from roadmapdesk.figures.display_list import Item, Polygon
from roadmapdesk.figures.symbols import class_symbol, cross, symbol_outline
from roadmapdesk.i18n import gettext as _
from roadmapdesk.reports.wording import EVIDENCE_NAMES
from roadmapdesk.scoring.scorecard import Evidence

_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)
_KEY = "critical_gap"


class EvidenceLegend(QWidget):
    """Three marks with their words on one line."""

    def __init__(self, *, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def retranslate(self) -> None:
        """Says everything again in the present language."""
        self.setAccessibleName(_("Evidence: {words}").format(words=", ".join(self._words())))
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        self.setFont(self._theme.font("caption"))
        width = sum(self._width(word) for word in self._words())
        return QSize(width, self._theme.px(24))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        painter.setFont(theme.font("caption"))
        x = 0.0
        for kind, word in zip(Evidence, self._words(), strict=True):
            paint_items(painter, self._mark(kind, x + theme.px(7), self.height() / 2))
            painter.setPen(theme.colour("text"))
            painter.drawText(QRectF(x + theme.px(18), 0, self.width(), self.height()), _LEFT, word)
            x += self._width(word)
        painter.end()

    def _words(self) -> list[str]:
        return [_(EVIDENCE_NAMES[kind]) for kind in Evidence]

    def _width(self, word: str) -> int:
        return self.fontMetrics().horizontalAdvance(word) + self._theme.px(32)

    def _mark(self, kind: Evidence, x: float, y: float) -> list[Item]:
        size = self._theme.px(13)
        colour = self._theme.class_colours(_KEY).mark.name()
        if kind is Evidence.INSUFFICIENT:
            return cross(x, y, size, colour)
        if kind is Evidence.TENTATIVE:
            surface = self._theme.colour("surface").name()
            return [Polygon(symbol_outline(_KEY, x, y, size), fill=surface, stroke=colour, stroke_width=1.2)]
        return [class_symbol(_KEY, x, y, size, colour)]
