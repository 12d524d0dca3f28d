"""A column that scrolls, on the ground of the window."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QScrollBar, QVBoxLayout, QWidget
from typing_extensions import override

from roadmapdesk.desktop.theme import Theme


class Column(QFrame):
    """Widgets below each other, never higher than their texts need at the present width.

    Qt takes for the least height of a wrapped text what it needs at its narrowest.
    """

    @override
    def minimumSizeHint(self) -> QSize:
        least, layout = super().minimumSizeHint(), self.layout()
        if layout is None or not layout.hasHeightForWidth():
            return least
        return QSize(least.width(), layout.totalHeightForWidth(max(self.width(), least.width())))


class QuietBar(QScrollBar):
    """A scroll bar that is always there and draws nothing where nothing is to scroll.

    What stands beside it keeps its width when more appears, and is laid out for one width instead of two.
    """

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self.maximum() > self.minimum():
            super().paintEvent(event)


def scrolled(*widgets: QWidget, theme: Theme, parent: QWidget, is_plain: bool = False) -> QScrollArea:
    """A scroll area with these widgets below each other; `is_plain` for a pane that is read, with its margins."""
    ground = Column(parent)
    ground.setProperty("panel", "plain" if is_plain else "ground")
    layout = QVBoxLayout(ground)
    margin = theme.space("l")
    layout.setContentsMargins(*((margin,) * 4 if is_plain else (0, 0, theme.space("s"), theme.space("s"))))
    layout.setSpacing(theme.space("s"))
    for widget in widgets:
        layout.addWidget(widget)
    layout.addStretch(1)
    return bare_area(ground, parent)


def bare_area(ground: QWidget, parent: QWidget) -> QScrollArea:
    """A scroll area without a frame and without a place of its own in the order of Tab."""
    area = QScrollArea(parent)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(ground)
    return area
