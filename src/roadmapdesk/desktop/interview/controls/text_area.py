"""Text in several lines."""

from PySide6.QtCore import QEvent, QMimeData, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget
from typing_extensions import override

from roadmapdesk.desktop.interview.controls.base import Control, is_undo_key
from roadmapdesk.desktop.interview.controls.line import LONGEST, clean_typed
from roadmapdesk.desktop.theme import Theme
from roadmapdesk.i18n import current_language
from roadmapdesk.i18n import gettext as _


class AnswerText(QPlainTextEdit):
    """A text field for one answer: Tab leaves it, Enter breaks the line, Ctrl+Z belongs to the page.

    Attributes:
        left: the field lost the focus.
        paste_refused: a pasted text did not fit; with its length.
    """

    left = Signal()
    paste_refused = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self.setUndoRedoEnabled(False)

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _is_for_page(event):
            event.ignore()
            return False
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if _is_for_page(event):
            event.ignore()
            return
        super().keyPressEvent(event)

    @override
    def insertFromMimeData(self, source: QMimeData) -> None:
        text = clean_typed(source.text(), keeps_lines=True)
        room = LONGEST - len(self.toPlainText()) + len(self.textCursor().selectedText())
        if len(text) > room:
            self.paste_refused.emit(len(text))
            return
        self.insertPlainText(text)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.left.emit()


class TextArea(Control):
    """A text of several lines; it grows with its text from three to twelve lines."""

    def __init__(self, *, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme=theme, parent=parent)
        self._field = AnswerText(self)
        self._reported = ""
        self._field.textChanged.connect(self._on_field_changed)
        self._field.left.connect(self.commit)
        self._field.paste_refused.connect(self._on_field_paste_refused)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(3, 3, 3, 3)
        layout.addWidget(self._field)
        theme.changed.connect(self._fit)

    @property
    def field(self) -> AnswerText:
        """The input."""
        return self._field

    @override
    def _repaint_view(self) -> None:
        view = self.view
        self._field.setReadOnly(view.is_readonly)
        if view.text == self._reported and self._field.toPlainText().strip() == self._reported:
            self._fit()
            return
        if self._field.hasFocus() and view.text == self._reported:
            return
        self._reported = view.text
        if self._field.toPlainText() != view.text:
            self._field.blockSignals(True)
            self._field.setPlainText(view.text)
            self._field.moveCursor(QTextCursor.MoveOperation.End)
            self._field.blockSignals(False)
        self._fit()

    @override
    def inputs(self) -> tuple[QWidget, ...]:
        return (self._field,)

    @override
    def clear_answer(self) -> None:
        self._field.clear()
        self.commit()

    @override
    def commit(self) -> None:
        if self._field.isReadOnly() or self._view is None:
            return
        text = clean_typed(self._field.toPlainText(), keeps_lines=True).strip()
        if text != self._reported:
            self._reported = text
            self.answer_chosen.emit(text)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.ignore()

    def _on_field_changed(self) -> None:
        self._fit()
        self.input_refused.emit("")
        text = clean_typed(self._field.toPlainText(), keeps_lines=True).strip()
        if text != self._reported:
            self._reported = text
            self.answer_typed.emit(text)

    def _on_field_paste_refused(self, length: int) -> None:
        language = current_language()
        sentence = _("The pasted text has {length} characters; an answer holds up to {limit}. Nothing was changed.")
        self.input_refused.emit(sentence.format(length=language.number(length), limit=language.number(LONGEST)))

    def _fit(self) -> None:
        rows = int(self.view.parameters.get("rows", "3")) if self._view and self._rows_given() else 3
        lines = min(max(self._field.document().lineCount() + 1, rows), max(rows, 12))
        height = lines * self._field.fontMetrics().lineSpacing() + 20
        if self._field.height() != height or self._field.minimumHeight() != height:
            self._field.setFixedHeight(height)

    def _rows_given(self) -> bool:
        return self.view.parameters.get("rows", "").isdigit()


def _is_for_page(event: QKeyEvent) -> bool:
    """Keys that move between questions or undo answers."""
    is_held = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
    steps = {Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Return, Qt.Key.Key_Enter}
    return is_undo_key(event) or (is_held and event.key() in steps)
