"""What the segments of the coverage planner mean."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from roadmapdesk.desktop.overview.coverage_table import draw_segments, segment_height
from roadmapdesk.desktop.theme import Theme
from roadmapdesk.i18n import gettext as _


class CoverageLegend(QWidget):
    """Three samples with their words."""

    def __init__(self, *, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def _entries(self) -> tuple[tuple[int, str, str], ...]:
        return (
            (2, "warning", _("below 3: no output")),
            (4, "accent", _("from 3: hand-off possible")),
            (5, "text_muted", _("from 5: publication possible")),
        )

    @override
    def sizeHint(self) -> QSize:
        return QSize(400, self._theme.px(22))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = theme.font("caption")
        metrics = QFontMetrics(font)
        left = 0.0
        for count, ink, words in self._entries():
            left = (
                draw_segments(painter, left, (self.height() - segment_height(theme)) / 2, count, ink, theme=theme) + 2
            )
            painter.setFont(font)
            painter.setPen(theme.colour("text_muted"))
            width = metrics.horizontalAdvance(words)
            painter.drawText(QRectF(left, 0, width + 4, self.height()), int(_LEFT), words)
            left += width + 20
        painter.end()


_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
