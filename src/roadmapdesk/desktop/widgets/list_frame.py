"""The frame of pages around one table: notices above, filters and table on a surface, a pane for a row beside it."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QFrame, QSplitter, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from roadmapdesk.desktop.theme import Theme


def surface(*parts: QWidget, stretched: QWidget, parent: QWidget) -> QFrame:
    """A bordered surface with these parts below each other; one of them takes the height that is left."""
    frame = QFrame(parent)
    frame.setProperty("panel", "surface")
    column = QVBoxLayout(frame)
    column.setContentsMargins(1, 1, 1, 1)
    column.setSpacing(0)
    for part in parts:
        column.addWidget(part, int(part is stretched))
    return frame


def side_by_side(
    left: QWidget, right: QWidget, sizes: tuple[int, int], *, theme: Theme, parent: QWidget
) -> QSplitter:
    """Two surfaces whose widths a person may move; the left one takes what a larger window adds."""
    splitter = QSplitter(Qt.Orientation.Horizontal, parent)
    splitter.setProperty("gap", "wide")
    splitter.setHandleWidth(theme.space("m"))
    splitter.setChildrenCollapsible(False)
    splitter.addWidget(left)
    splitter.addWidget(right)
    splitter.setStretchFactor(0, 1)
    splitter.setSizes(list(sizes))
    return splitter


def list_stack(body: QWidget, empty: QWidget, *notices: QWidget, theme: Theme, page: QWidget) -> QStackedWidget:
    """Lays out a page: notices, and below them the body or what stands there while there is no row."""
    stack = QStackedWidget(page)
    stack.addWidget(body)
    stack.addWidget(empty)
    margin = theme.space("page_margin")
    layout = QVBoxLayout(page)
    layout.setContentsMargins(margin, 0, margin, theme.space("m"))
    layout.setSpacing(0)
    layout.addWidget(_Notices(notices, gap=theme.space("s"), parent=page))
    layout.addWidget(stack, 1)
    return stack


class _Notices(QWidget):
    """Bars that come and go; the gap below them goes with the last one, so that all pages begin at one height."""

    def __init__(self, parts: tuple[QWidget, ...], *, gap: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._parts = parts
        self._gap = gap
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        for part in parts:
            self._column.addWidget(part)

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            has_any = any(part.sizeHint().height() > 0 for part in self._parts)
            self._column.setContentsMargins(0, 0, 0, self._gap if has_any else 0)
        return super().event(event)
