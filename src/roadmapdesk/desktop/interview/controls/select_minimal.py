"""Select one in a single line: a closed list that opens, or a line that searches while typing."""

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from roadmapdesk.desktop.interview.controls.base import Control, is_undo_key
from roadmapdesk.desktop.interview.controls.keys import OptionKeys, option_keys
from roadmapdesk.desktop.interview.controls.list_entries import list_entries
from roadmapdesk.desktop.interview.controls.select_one import label_of
from roadmapdesk.desktop.theme import Theme
from roadmapdesk.desktop.widgets.inputs import ComboBox
from roadmapdesk.desktop.widgets.labels import set_variant
from roadmapdesk.i18n import gettext as _
from roadmapdesk.xforms.session.view import Choice, NodeView

SEARCHED_FROM = 15
_WIDTH = 520
_SEARCHED = {"autocomplete", "search"}


class AnswerCombo(ComboBox):
    """A combo box that the wheel cannot change and whose arrows open the list instead of changing the answer."""

    def __init__(self, *, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme=theme, parent=parent)
        self.locked_ink = "text_muted"  # an answer is read in a closed interview, too
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(16)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setMaxVisibleItems(14)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.place_line()

    def place_line(self) -> None:
        """Leaves the arrow free beside the line that is typed into."""
        line = self.lineEdit()
        if line is not None:
            line.setGeometry(self.rect().adjusted(8, 1, -self._theme.px(20) - 12, -1))

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # the page scrolls; an answer never changes by the wheel

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down} and modifiers == Qt.KeyboardModifier.NoModifier:
            self.showPopup()
            event.accept()
        elif self.isEditable() and modifiers == Qt.KeyboardModifier.ControlModifier and event.key() in _EDITING:
            super().keyPressEvent(event)
        elif (
            is_undo_key(event)
            or modifiers == Qt.KeyboardModifier.ControlModifier
            or event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}
        ):
            event.ignore()
        elif not self.isEditable() and (event.text().isdigit() or event.key() in _ERASING):
            event.ignore()  # the control chooses by digit, or takes the answer away
        else:
            super().keyPressEvent(event)


_ERASING = {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}
_EDITING = _ERASING | {
    Qt.Key.Key_A, Qt.Key.Key_C, Qt.Key.Key_V, Qt.Key.Key_X, Qt.Key.Key_Insert,
    Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End,
}  # fmt: skip
"""Keys that, held with Ctrl, edit the line that is typed into."""


class SelectMinimal(Control):
    """One choice in a line. Down or Space opens the list, digits choose, Delete takes the answer away.

    With many choices, or the appearance ``autocomplete``, the line can be typed into and offers what contains the
    typed words.
    """

    def __init__(self, *, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme=theme, parent=parent)
        self._combo = AnswerCombo(theme=theme, parent=self)
        self._combo.activated.connect(self._on_combo_activated)
        self._codes: tuple[str, ...] = ()
        self._keys: OptionKeys = option_keys(())
        self._combo.setMaximumWidth(theme.px(_WIDTH))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(3, 3, 3, 3)
        layout.addWidget(self._combo)

    @property
    def combo(self) -> AnswerCombo:
        """The input."""
        return self._combo

    def _offered(self, view: NodeView) -> tuple[Choice, ...]:
        """What the list holds."""
        return view.choices

    def _code_of(self, stored: str) -> str:
        """The code of the choice that a stored answer stands for."""
        return stored

    @override
    def _repaint_view(self) -> None:
        view = self.view
        choices = self._offered(view)
        self._keys = option_keys(choices)
        codes, texts = list_entries(choices, self._second)
        with QSignalBlocker(self._combo):
            self._make_searchable(len(texts) >= SEARCHED_FROM or bool(_SEARCHED & set(view.appearances)))
            if codes != self._codes or texts != [self._combo.itemText(i) for i in range(self._combo.count())]:
                self._combo.clear()
                self._combo.addItems(texts)
                self._combo.setMaximumWidth(max(self._theme.px(_WIDTH), self._combo.whole_width()))
                self._codes = codes
            self._combo.setPlaceholderText(_("Please choose"))
            line = self._combo.lineEdit()
            if line is not None:
                line.setPlaceholderText(_("Please choose or type to search"))
            stored = self._code_of(view.text)
            index = codes.index(stored) if stored in codes else -1
            if index != self._combo.currentIndex() or (line is not None and not line.hasFocus()):
                self._combo.setCurrentIndex(index)
                if line is not None:
                    line.setText(texts[index] if index >= 0 else "")
                    line.setCursorPosition(0)  # of a name too long for the line its beginning is seen
        self._combo.setEnabled(not view.is_readonly)

    def _make_searchable(self, is_searchable: bool) -> None:
        if is_searchable == self._combo.isEditable():
            return
        self._combo.setEditable(is_searchable)
        if not is_searchable:
            return
        completer = self._combo.completer()
        if completer is not None:
            completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        line = self._combo.lineEdit()
        if line is not None:
            set_variant(line, "holds", "answer")
            line.editingFinished.connect(self.commit)
            self._combo.place_line()
            line.textEdited.connect(lambda: self.input_refused.emit(""))

    @override
    def inputs(self) -> tuple[QWidget, ...]:
        return (self._combo,)

    @override
    def commit(self) -> None:
        line = self._combo.lineEdit()
        if line is None or self._view is None or self.view.is_readonly:
            return
        typed = line.text().strip().casefold()
        texts = [self._combo.itemText(index).casefold() for index in range(self._combo.count())]
        if not typed:
            self.input_refused.emit("")
            if self.view.text:
                self.answer_chosen.emit("")
            return
        exact = [index for index, text in enumerate(texts) if text == typed]
        found = exact or [index for index, text in enumerate(texts) if typed in text]
        if len(found) != 1:
            self.input_refused.emit(self._refusal(is_ambiguous=bool(found)))
            return
        self.input_refused.emit("")
        self._take(found[0])

    def _refusal(self, *, is_ambiguous: bool) -> str:
        """Why the typed text is no answer, and which one still holds."""
        reason = (
            _("Several entries contain this text; please choose one.")
            if is_ambiguous
            else _("No entry contains this text; please choose from the list.")
        )
        kept = self.accessible_value() if self.view.text else ""
        return " ".join(filter(None, (reason, _("Saved is still “{answer}”.").format(answer=kept) if kept else "")))

    @override
    def choose_digit(self, digit: int, *, is_held: bool) -> bool:
        code = (self._keys.held if is_held else self._keys.plain).get(digit)
        if code is None or (self._combo.isEditable() and not is_held):
            return False
        self._take(self._codes.index(code))
        self._go_on()
        return True

    @override
    def accessible_value(self) -> str:
        return label_of(self._offered(self.view), self._code_of(self.view.text))

    def _on_combo_activated(self, index: int) -> None:
        self.input_refused.emit("")
        self._take(index)
        self._go_on()

    def _take(self, index: int) -> None:
        with QSignalBlocker(self._combo):
            self._combo.setCurrentIndex(index)
        if 0 <= index < len(self._codes) and self._codes[index] != self.view.text:
            self.answer_chosen.emit(self._codes[index])
