"""Select many in a single line: a closed field that says what is chosen and opens a list of check boxes."""

from PySide6.QtCore import QEvent, QModelIndex, QObject, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from roadmapdesk.desktop.interview.controls.base import Control
from roadmapdesk.desktop.interview.controls.keys import OptionKeys, option_keys
from roadmapdesk.desktop.interview.controls.list_entries import list_entries
from roadmapdesk.desktop.interview.controls.select_many import read_codes, write_codes
from roadmapdesk.desktop.interview.controls.select_minimal import AnswerCombo
from roadmapdesk.desktop.theme import Theme
from roadmapdesk.i18n import gettext as _
from roadmapdesk.workspace.wording import plain

_CLOSING = {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape}


class CheckCombo(AnswerCombo):
    """A closed field with a list of check boxes; the list stays open while boxes are switched.

    Attributes:
        entry_switched: the place of a check box that a person switched.
    """

    entry_switched = Signal(int)

    def __init__(self, *, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme=theme, parent=parent)
        self._entries = QStandardItemModel(self)
        self.setModel(self._entries)
        self._pressed = QModelIndex()
        self.view().installEventFilter(self)  # after Qt's own filter, so this one is asked first
        self.view().viewport().installEventFilter(self)

    def show_entries(self, texts: list[str], checked: set[int]) -> None:
        """Shows the check boxes; those that stay keep their place in the open list."""
        if texts != [self._entries.item(row).text() for row in range(self._entries.rowCount())]:
            self._entries.clear()
            for text in texts:
                item = QStandardItem(text)
                item.setFlags(
                    Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable
                )
                item.setSizeHint(QSize(0, self._theme.px(30)))
                self._entries.appendRow(item)
        for row in range(self._entries.rowCount()):
            state = Qt.CheckState.Checked if row in checked else Qt.CheckState.Unchecked
            self._entries.item(row).setCheckState(state)
        with QSignalBlocker(self):
            self.setCurrentIndex(-1)
        self.setToolTip(self.shown_text())
        self.update()

    @override
    def shown_text(self) -> str:
        items = [self._entries.item(row) for row in range(self._entries.rowCount())]
        return ", ".join(item.text() for item in items if item.checkState() is Qt.CheckState.Checked)

    @override
    def showPopup(self) -> None:
        self._pressed = QModelIndex()
        super().showPopup()
        self.view().setCurrentIndex(self._entries.index(0, 0))

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and watched is self.view():
            if event.key() == Qt.Key.Key_Space:
                self._switch(self.view().currentIndex())
                return True
            if event.key() in _CLOSING:
                self.hidePopup()
                return True
        elif isinstance(event, QMouseEvent) and watched is self.view().viewport():
            return self._follow_mouse(event)
        return super().eventFilter(watched, event)

    def _follow_mouse(self, event: QMouseEvent) -> bool:
        at = self.view().indexAt(event.position().toPoint())
        if event.type() in {QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick}:
            self._pressed = at
            return True
        if event.type() == QEvent.Type.MouseButtonRelease:
            if at.isValid() and at == self._pressed:  # the release of the click that opened the list switches nothing
                self.view().setCurrentIndex(at)
                self._switch(at)
            self._pressed = QModelIndex()
            return True
        return False

    def _switch(self, index: QModelIndex) -> None:
        if index.isValid():
            self.entry_switched.emit(index.row())


class SelectManyMinimal(Control):
    """Several choices in a line. Down or Space opens the list; there Space switches and Enter closes."""

    def __init__(self, *, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme=theme, parent=parent)
        self._combo = CheckCombo(theme=theme, parent=self)
        self._combo.entry_switched.connect(self._on_combo_entry_switched)
        self._codes: tuple[str, ...] = ()
        self._keys: OptionKeys = option_keys(())
        self._combo.setMaximumWidth(theme.px(520))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(3, 3, 3, 3)
        layout.addWidget(self._combo)

    @property
    def combo(self) -> CheckCombo:
        """The input."""
        return self._combo

    @override
    def _repaint_view(self) -> None:
        view = self.view
        self._keys = option_keys(view.choices)
        self._codes, texts = list_entries(view.choices, self._second)
        chosen = read_codes(view.text)
        self._combo.show_entries(texts, {place for place, code in enumerate(self._codes) if code in chosen})
        self._combo.setPlaceholderText(_("Please choose"))
        self._combo.setEnabled(not view.is_readonly)

    @override
    def inputs(self) -> tuple[QWidget, ...]:
        return (self._combo,)

    @override
    def holds_focus(self) -> bool:
        return super().holds_focus() or self._combo.view().isVisible()

    @override
    def choose_digit(self, digit: int, *, is_held: bool) -> bool:
        code = (self._keys.held if is_held else self._keys.plain).get(digit)
        if code is None:
            return False
        self._switch(code)
        return True

    @override
    def accessible_value(self) -> str:
        return self._combo.shown_text()

    @override
    def describe(self, description: str) -> None:
        self._description = description
        self._name_inputs()

    @override
    def _name_inputs(self) -> None:
        self._combo.setAccessibleName(plain(self.view.label) or self.view.name)
        parts = (self._combo.shown_text(), self._description)
        self._combo.setAccessibleDescription(". ".join(part for part in parts if part))

    def _on_combo_entry_switched(self, place: int) -> None:
        self._switch(self._codes[place])

    def _switch(self, code: str) -> None:
        codes = read_codes(self.view.text) ^ {code}
        self.answer_chosen.emit(write_codes(codes, tuple(choice.value for choice in self.view.choices)))
