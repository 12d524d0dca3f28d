"""What the page knows of its tabs: each shows one `Assessed` and shares one selected cell with the others."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from roadmapdesk.desktop.theme import Theme
from roadmapdesk.scoring.scorecard import CellKey
from roadmapdesk.workspace.evidence import Assessed


class View(QWidget):
    """Base of the tabs.

    Attributes:
        cell_selected: key of the cell that a person made current, or None.
        cell_opened: key of the cell whose evidence is wanted.
        stage_opened: stage whose page is wanted.
    """

    cell_selected = Signal(object)
    cell_opened = Signal(object)
    stage_opened = Signal(str)

    def __init__(self, *, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.assessed: Assessed | None = None

    def word(self) -> str:
        """The tab's name, translated."""
        return ""

    def tools(self) -> list[QWidget]:
        """Controls that stand beside the level switch while the tab is shown."""
        return []

    def side(self) -> QWidget | None:
        """What stands in the right pane while no evidence is open, such as the table of a plot."""
        return None

    def show_assessed(self, assessed: Assessed) -> None:
        """Shows other numbers."""
        self.assessed = assessed

    def select(self, key: CellKey | None) -> None:
        """Marks the selected cell without telling anybody."""

    def take_focus(self) -> None:
        """Gives the keyboard to the selected thing, after the evidence was closed."""
        self.setFocus()

    def retranslate(self) -> None:
        """Says everything again in the present language; numbers follow with the next `show_assessed`."""
