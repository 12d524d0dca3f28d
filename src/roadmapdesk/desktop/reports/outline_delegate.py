"""How the outline of a report is painted: its parts, and below each what it holds, never cut."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter
from typing_extensions import override

from roadmapdesk.desktop.reports.rendering import OutlineLine
from roadmapdesk.desktop.widgets.table_model import Index, Role
from roadmapdesk.desktop.widgets.table_view import RowDelegate

_INDENT = 16
_WRAPPED = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap)


class OutlineDelegate(RowDelegate):
    """Paints what stands below a part small and on as many lines as it needs."""

    @override
    def _paint_text(self, painter: QPainter, box: QRectF, index: Index, tone: str) -> None:
        line = index.data(Role.OBJECT)
        if not (isinstance(line, OutlineLine) and line.depth):
            super()._paint_text(painter, box, index, tone)
            return
        painter.setFont(self._theme.font("caption"))
        painter.setPen(self._theme.colour("text_muted"))
        painter.drawText(box.adjusted(_INDENT, 0, 0, 0), _WRAPPED, line.text)
