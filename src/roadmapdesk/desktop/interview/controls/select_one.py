"""Select one as a list of radio options."""

from typing import ClassVar

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QVBoxLayout, QWidget
from typing_extensions import override

from roadmapdesk.desktop.interview.controls.base import Control
from roadmapdesk.desktop.interview.controls.option_list import PACKED, OptionList
from roadmapdesk.desktop.interview.controls.options import step_focus
from roadmapdesk.desktop.theme import Theme
from roadmapdesk.workspace.wording import plain
from roadmapdesk.xforms.session.view import Choice

_COLUMNS = {"columns", "compact", "quickcompact"}
_BACK = {Qt.Key.Key_Up, Qt.Key.Key_Left}
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Left: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_Right: 1}


def arrow_choice(buttons: list[QAbstractButton], key: Qt.Key) -> QAbstractButton | None:
    """The radio button that an arrow key chooses; the focus moves with it.

    In a group without an answer the arrow chooses the focused option itself, so that the first is within reach and
    Down never moves the focus without choosing.
    """
    focused = next((button for button in buttons if button.hasFocus()), None)
    if focused is None:
        return None
    if not any(button.isChecked() for button in buttons) and key not in _BACK:
        return focused
    return step_focus(buttons, _STEPS[key])


class SelectOneList(Control):
    """All options in view; digits choose, arrows choose, Delete takes the answer away."""

    list_type: ClassVar[type[OptionList]] = OptionList

    def __init__(self, *, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme=theme, parent=parent)
        self._is_stepping = False
        self._list = self.list_type(exclusive=True, theme=theme, parent=self)
        self._list.option_clicked.connect(self._on_option_clicked)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._list)

    @override
    def _repaint_view(self) -> None:
        view = self.view
        self._list.set_columns(columns_of(view.appearances, len(view.choices)))
        self._list.set_marked(is_marked="no-buttons" not in view.appearances)
        second = self._second.choices if self._second is not None else ()
        self._list.show_choices(
            view.choices, second, chosen=(view.text,), is_locked=view.is_readonly, find=view.resource
        )

    @override
    def follow_theme(self) -> None:
        self._list.follow_theme()

    @override
    def inputs(self) -> tuple[QWidget, ...]:
        return tuple(self._list.options.values())

    @override
    def take_focus(self) -> None:
        options = self._list.options
        target = options.get(self.view.text) or next(iter(options.values()), None)
        if target is not None:
            target.setFocus(Qt.FocusReason.TabFocusReason)

    @override
    def choose_digit(self, digit: int, *, is_held: bool) -> bool:
        code = (self._list.keys.held if is_held else self._list.keys.plain).get(digit)
        if code is None:
            return False
        option = self._list.options[code]
        option.setFocus(Qt.FocusReason.TabFocusReason)
        option.setChecked(True)
        self.answer_chosen.emit(code)
        self._go_on()
        return True

    @override
    def accessible_value(self) -> str:
        return label_of(self.view.choices, self.view.text)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _STEPS and event.modifiers() == Qt.KeyboardModifier.NoModifier and self._is_open():
            button = arrow_choice(list(self._list.options.values()), Qt.Key(event.key()))
            if button is not None:
                self._is_stepping = True  # arrows look around, they do not go on
                if not button.isChecked():
                    button.click()
                self._is_stepping = False
                event.accept()
                return
        super().keyPressEvent(event)

    @override
    def _name_inputs(self) -> None:
        question = plain(self.view.label) or self.view.name
        for option in self._list.options.values():
            option.setAccessibleName(f"{question}: {option.face.text}")
            option.setAccessibleDescription(self._description)

    @Slot(str)
    def _on_option_clicked(self, code: str) -> None:
        self.answer_chosen.emit(code)
        if not self._is_stepping:
            self._go_on()


def label_of(choices: tuple[Choice, ...], code: str) -> str:
    """The plain label of a code; the code itself where it is no longer offered."""
    return next((plain(choice.label) for choice in choices if choice.value == code), code)


def columns_of(appearances: tuple[str, ...], count: int) -> int:
    """The columns that the appearance asks for; 0 where the width decides, `PACKED` for as many as fit."""
    for word in appearances:
        stem, _dash, number = word.rpartition("-")
        if stem in _COLUMNS and number.isdigit():
            return max(int(number), 1)
        if word in {"columns-pack", "columns-flex"}:
            return PACKED
        if word in {"horizontal", "horizontal-compact"} and count <= 4:
            return count
        if word in _COLUMNS:
            return 2
        if word == "vertical":
            return 1
    return 0
