"""What every control of the interview page is: it shows a node's view and reports what a person entered."""

from typing import ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget
from typing_extensions import override

from roadmapdesk.desktop.theme import Theme
from roadmapdesk.workspace.wording import plain
from roadmapdesk.xforms.session.view import NodeView

_GOING_ON = frozenset({"quick", "quickcompact"})


class Control(QWidget):
    """One answer's input. It holds no rules: the session decides what is valid, the row shows it.

    Attributes:
        answer_chosen: an answer is complete (a choice, a date); stored text, empty when it was cleared.
        answer_typed: an answer is being typed; stored text.
        input_refused: what was typed is no value of this kind; one sentence, empty when it is in order again.
        advance_wanted: a choice was made where the form asks to go on at once (appearance ``quick``).
        stands_beside: whether the control stands right of the wording where there is room.
    """

    answer_chosen = Signal(str)
    answer_typed = Signal(str)
    input_refused = Signal(str)
    advance_wanted = Signal()
    stands_beside: ClassVar[bool] = False

    def __init__(self, *, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._view: NodeView | None = None
        self._second: NodeView | None = None
        self._description = ""

    @property
    def view(self) -> NodeView:
        """The node shown now.

        Raises:
            ValueError: before the first `show_view`.
        """
        if self._view is None:
            msg = "the control shows no node yet"
            raise ValueError(msg)
        return self._view

    def show_view(self, view: NodeView, second: NodeView | None = None) -> None:
        """Shows the node's present state without reporting an answer.

        Args:
            view: the node in the language of the page.
            second: the same node in the other language, where both stand side by side.
        """
        self._view = view
        self._second = second
        self._repaint_view()
        self._name_inputs()

    def follow_theme(self) -> None:
        """Fits what the control has measured itself to another look or text size; Qt tells the widgets inside."""

    def _repaint_view(self) -> None:
        """Brings what the control shows in line with `view`; a control that shows nothing has nothing to do."""

    def inputs(self) -> tuple[QWidget, ...]:
        """The widgets that take the focus, in visual order; none where there is nothing to answer."""
        return ()

    def holds_focus(self) -> bool:
        """Whether the focus is in one of the inputs, or in a cell or list that belongs to one."""
        focused = QApplication.focusWidget()
        return focused is not None and self.isAncestorOf(focused)

    def take_focus(self) -> None:
        """Puts the focus where typing should go."""
        for widget in self.inputs():
            if widget.isEnabled():
                widget.setFocus(Qt.FocusReason.TabFocusReason)
                return

    def commit(self) -> None:
        """Reports what is typed but not yet reported; called before leaving, saving and closing."""

    def clear_answer(self) -> None:
        """Takes the answer away."""
        if self._view is not None and not self._view.is_readonly:
            self.answer_chosen.emit("")

    def choose_digit(self, digit: int, *, is_held: bool) -> bool:  # noqa: ARG002 — controls with options use both
        """Chooses the option of a digit key; False where the key means nothing here."""
        return False

    @property
    def goes_on(self) -> bool:
        """Whether the form wants the next question after a choice."""
        return not _GOING_ON.isdisjoint(self.view.appearances)

    def _go_on(self) -> None:
        """Asks for the next question after a deliberate choice, where the form wants that."""
        if self.goes_on:
            self.advance_wanted.emit()

    def accessible_value(self) -> str:
        """The answer as a screen reader should say it, for controls made of several widgets."""
        return ""

    def describe(self, description: str) -> None:
        """Sets hint and problem as the accessible description of every input."""
        self._description = description
        for widget in self.inputs():
            widget.setAccessibleDescription(description)

    def _name_inputs(self) -> None:
        """Gives each input the plain label as its accessible name; controls with several inputs refine it."""
        label = plain(self.view.label) or self.view.name
        for widget in self.inputs():
            widget.setAccessibleName(label)
            widget.setAccessibleDescription(self._description)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        is_held = modifiers == Qt.KeyboardModifier.ControlModifier
        digit = event.key() - int(Qt.Key.Key_0)
        if 0 <= digit <= 9 and (is_held or modifiers == Qt.KeyboardModifier.NoModifier):
            if self._is_open() and self.choose_digit(digit, is_held=is_held):
                event.accept()
                return
        elif event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace} and self._is_open():
            self.clear_answer()
            event.accept()
            return
        super().keyPressEvent(event)

    def _is_open(self) -> bool:
        return self._view is not None and not self._view.is_readonly


def is_undo_key(event: QKeyEvent) -> bool:
    """Whether the key asks for undo or redo."""
    held = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
    return held == Qt.KeyboardModifier.ControlModifier and event.key() in {Qt.Key.Key_Z, Qt.Key.Key_Y}
