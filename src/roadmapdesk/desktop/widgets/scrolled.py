"""A column that scrolls, on the ground of the window."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from roadmapdesk.desktop.theme import Theme


def scrolled(*widgets: QWidget, theme: Theme, parent: QWidget, is_plain: bool = False) -> QScrollArea:
    """A scroll area with these widgets below each other; `is_plain` for a pane that is read, with its margins."""
    ground = QFrame(parent)
    ground.setProperty("panel", "plain" if is_plain else "ground")
    layout = QVBoxLayout(ground)
    margin = theme.space("l")
    layout.setContentsMargins(*((margin,) * 4 if is_plain else (3, 3, theme.space("s"), theme.space("s"))))
    layout.setSpacing(theme.space("s"))
    for widget in widgets:
        layout.addWidget(widget)
    layout.addStretch(1)
    area = QScrollArea(parent)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(ground)
    return area
