"""The line edit under all typed controls: no control characters, answer-level undo, no silent truncation."""

import unicodedata

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget
from typing_extensions import override

from roadmapdesk.desktop.interview.controls.base import Control, is_undo_key
from roadmapdesk.desktop.interview.controls.numbers import Typed
from roadmapdesk.desktop.theme import Theme
from roadmapdesk.i18n import current_language
from roadmapdesk.i18n import gettext as _

LONGEST = 100_000


def clean_typed(text: str, *, keeps_lines: bool = False) -> str:
    """The text without control characters and lone surrogates; line breaks become blanks unless they are kept."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    if not keeps_lines:
        text = text.replace("\n", " ")
    kept = (c for c in text if c in "\n\t" or unicodedata.category(c) not in {"Cc", "Cs"})
    return "".join(kept)


class AnswerLine(QLineEdit):
    """A line edit whose Ctrl+Z belongs to the page.

    Attributes:
        left: the line lost the focus.
    """

    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMaxLength(LONGEST)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leaves undo to the page; filters the line itself, and only while it has the focus: pages have many."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and is_undo_key(event):
            event.ignore()
            return True
        return False

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.installEventFilter(self)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if is_undo_key(event) or (event.key() == Qt.Key.Key_Down and event.modifiers()):
            event.ignore()
            return
        super().keyPressEvent(event)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.removeEventFilter(self)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.left.emit()


class LineControl(Control):
    """A control with one line of text; subclasses say how text and stored answer turn into each other."""

    def __init__(self, *, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme=theme, parent=parent)
        self._line = AnswerLine(self)
        self._reported = ""
        self._settled = ""
        self._refused = ""
        self._line.textEdited.connect(self._on_line_edited)
        self._line.left.connect(self._on_line_left)
        self._line.inputRejected.connect(self._on_line_rejected)

    def read(self, typed: str) -> Typed:
        """The stored text of what was typed, or what is wrong with it."""
        return Typed(stored=typed)

    def show_stored(self, stored: str) -> str:
        """How the stored text looks in the line."""
        return stored

    @property
    def line(self) -> AnswerLine:
        """The input."""
        return self._line

    def _lay_out(self, *beside: QWidget) -> None:
        """The line takes the width; what belongs to it stands behind."""
        layout = QHBoxLayout(self)
        layout.setContentsMargins(3, 3, 3, 3)
        layout.setSpacing(8)
        layout.addWidget(self._line, 1)
        for widget in beside:
            layout.addWidget(widget)

    @override
    def _repaint_view(self) -> None:
        view = self.view
        self._line.setReadOnly(view.is_readonly)
        is_typing = self._line.hasFocus() and view.text == self._reported
        if is_typing:
            return
        if self._refused and (self._line.hasFocus() or view.text == self._reported):
            # What was refused stays to be mended; but undo may have changed meanwhile what counts as answered.
            self._reported = self._settled = view.text
            return
        self._reported = self._settled = view.text
        self._set_problem("")
        shown = self.show_stored(view.text)
        if self._line.text() != shown:
            self._line.setText(shown)

    @override
    def inputs(self) -> tuple[QWidget, ...]:
        return (self._line,)

    @override
    def take_focus(self) -> None:
        self._line.setFocus(Qt.FocusReason.TabFocusReason)

    @override
    def clear_answer(self) -> None:
        self._line.clear()
        self.commit()

    @override
    def commit(self) -> None:
        if self._line.isReadOnly() or self._view is None:
            return
        answer = self.read(clean_typed(self._line.text()).strip())
        self._set_problem(answer.problem)
        if answer.problem:
            self._report(self._settled)  # the beginning of what was typed is no answer either
            return
        self._settled = answer.stored
        self._report(answer.stored)
        shown = self.show_stored(answer.stored)
        if shown != self._line.text():
            self._line.setText(shown)

    def _report(self, stored: str) -> None:
        if stored != self._reported:
            self._reported = stored
            self.answer_chosen.emit(stored)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            event.accept()  # at the end of the line they have nothing to delete, which is no wish to clear the answer
            return
        event.ignore()

    @Slot(str)
    def _on_line_edited(self, text: str) -> None:
        cleaned = clean_typed(text)
        if cleaned != text:
            place = self._line.cursorPosition() - (len(text) - len(cleaned))
            self._line.setText(cleaned)
            self._line.setCursorPosition(max(place, 0))
        answer = self.read(cleaned.strip())
        if answer.problem:
            return  # said on leaving the field; half a date is no mistake yet
        if len(cleaned) < self._line.maxLength():  # else it was just said that the rest was not taken over
            self._set_problem("")
        if answer.stored != self._reported:
            self._reported = answer.stored
            self.answer_typed.emit(answer.stored)

    @Slot()
    def _on_line_left(self) -> None:
        self.commit()

    @Slot()
    def _on_line_rejected(self) -> None:
        if len(self._line.text()) >= self._line.maxLength():
            limit = current_language().number(self._line.maxLength())
            self._set_problem(
                _("An answer holds up to {limit} characters; the rest was not taken over.").format(limit=limit)
            )

    def _set_problem(self, problem: str) -> None:
        if problem != self._refused:
            self._refused = problem
            self.input_refused.emit(problem)
