"""A row of controls that breaks into several rows where room is short, such as at large text."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayoutItem, QWidget
from typing_extensions import override

from roadmapdesk.desktop.widgets.held_items import HeldItems


class FlowLayout(HeldItems):
    """Places items from left to right and begins a new row when one does not fit.

    Args:
        gap: pixels between items and rows.
        is_top: whether items of a row share their top; else their middle.
    """

    def __init__(self, parent: QWidget | None = None, *, gap: int = 8, is_top: bool = False) -> None:
        super().__init__(parent)
        self._is_top = is_top
        self._gap = gap

    @override
    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    @override
    def heightForWidth(self, width: int) -> int:
        return self._arrange(QRect(0, 0, width, 0), is_real=False)

    @override
    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._arrange(rect, is_real=True)

    @override
    def sizeHint(self) -> QSize:
        return self.minimumSize()

    @override
    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size

    def _arrange(self, rect: QRect, *, is_real: bool) -> int:
        """Places the items, or only computes; returns the height that they need."""
        x, y, row = rect.x(), rect.y(), 0
        placed: list[tuple[QLayoutItem, int, int, QSize]] = []
        lines: list[tuple[int, int]] = []
        for item in self._items:
            if item.isEmpty():
                continue
            size = item.sizeHint().boundedTo(item.maximumSize())
            if x > rect.x() and x + size.width() > rect.x() + rect.width():
                lines.append((y, row))
                x, y, row = rect.x(), y + row + self._gap, 0
            placed.append((item, x, y, size))
            x += size.width() + self._gap
            row = max(row, size.height())
        lines.append((y, row))
        if is_real:
            heights = dict(lines)
            for item, left, top, size in placed:
                shift = 0 if self._is_top else (heights[top] - size.height()) // 2
                item.setGeometry(QRect(QPoint(left, top + shift), size))
        return y + row - rect.y()
