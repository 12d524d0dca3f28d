"""A titled table in the right pane: the text alternative of a figure, with the same selection."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from roadmapdesk.desktop.assessment.cell_table import CellRowDelegate
from roadmapdesk.desktop.theme import Theme
from roadmapdesk.desktop.widgets.labels import Text
from roadmapdesk.desktop.widgets.table_model import Column, FilterProxy, RowsModel
from roadmapdesk.desktop.widgets.table_view import TableView


class SideTable(QFrame):
    """Title, remark and table; other widgets may stand above.

    Args:
        columns: how each value becomes cells.
        sentence: a row in one sentence.

    Attributes:
        row_selected: value of the row that a person made current.
        row_opened: value of the row that was opened.
    """

    row_selected = Signal(object)
    row_opened = Signal(object)

    def __init__(
        self,
        columns: Sequence[Column[Any]],
        *,
        sentence: Callable[[Any], str],
        theme: Theme,
        name: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("panel", "plain")
        self._title = Text("", type_style="heading", parent=self)
        self._remark = Text("", type_style="caption", tone="muted", wraps=False, parent=self)
        self._note = Text("", type_style="caption", tone="muted", parent=self)
        self._model = RowsModel(columns, sentence=sentence, parent=self)
        self.table = TableView(theme=theme, parent=self)
        self.table.setObjectName(name)
        self.table.setItemDelegate(CellRowDelegate(theme=theme, parent=self.table))
        self.proxy: FilterProxy = self.table.show_rows(self._model)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, theme.space("s"), 0, 0)
        self._layout.setSpacing(theme.space("s"))
        head = QHBoxLayout()
        head.setContentsMargins(theme.space("l"), theme.space("s"), theme.space("l"), 0)
        head.addWidget(self._title, 1)
        head.addWidget(self._remark)
        notes = QHBoxLayout()
        notes.setContentsMargins(theme.space("l"), 0, theme.space("l"), theme.space("s"))
        notes.addWidget(self._note)
        self._layout.addLayout(head)
        self._layout.addWidget(self.table, 1)
        self._layout.addLayout(notes)
        self._note.hide()
        self.table.row_selected.connect(self.row_selected)
        self.table.row_opened.connect(self.row_opened)

    def set_texts(self, title: str, remark: str = "", note: str = "") -> None:
        """Names the table; the note stands below it."""
        self._title.setText(title)
        self._remark.setText(remark)
        self._note.setText(note)
        self._note.setVisible(bool(note))
        self.table.setAccessibleName(title)

    def add_above(self, widget: QWidget) -> None:
        """Puts a widget above the title."""
        self._layout.insertWidget(0, widget)

    def set_rows(self, rows: Sequence[Any]) -> None:
        """Shows other values."""
        self.table.blockSignals(True)
        self._model.set_rows(rows)
        self.table.blockSignals(False)

    def select(self, matches: Callable[[Any], bool]) -> None:
        """Makes a row current without telling anybody."""
        self.table.blockSignals(True)
        if not self.table.select_row(matches):
            self.table.clearSelection()
        self.table.blockSignals(False)
        self.table.viewport().update()

    def retranslate(self) -> None:
        """Has heads and cells read again."""
        self._model.retranslate()
