"""The frame of this page's wide dialogs: as wide as the window allows, and a line with the whole text of a row."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from roadmapdesk.desktop.theme import Theme
from roadmapdesk.desktop.widgets.labels import Text

_WIDEST = 1000
_SHARE = 0.92


def fitting_width(parent: QWidget, theme: Theme, *, widest: int = _WIDEST) -> int:
    """Width for a dialog with a table, in pixels at 100 % text, so that it stays inside the window."""
    return round(min(widest, parent.window().width() * _SHARE / theme.factor))


def keep_inside(dialog: QWidget, parent: QWidget) -> None:
    """Never lets a dialog grow higher than the window it stands over; its tables scroll."""
    dialog.setMaximumHeight(round(parent.window().height() * _SHARE))


class WholeText(Text):
    """The whole text of the selected row, which the table may have cut; can be selected and copied."""

    def __init__(self, *, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__("", parent=parent)
        self.setMinimumHeight(2 * theme.line_height("body"))
        self.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
