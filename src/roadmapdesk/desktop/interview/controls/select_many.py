"""Select many as a list of check boxes, with a filter line where the list is long."""

from typing import ClassVar

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget
from typing_extensions import override

from roadmapdesk.desktop.interview.controls.base import Control
from roadmapdesk.desktop.interview.controls.option_list import OptionList
from roadmapdesk.desktop.interview.controls.options import step_focus
from roadmapdesk.desktop.interview.controls.select_one import columns_of
from roadmapdesk.desktop.interview.labels import set_shown
from roadmapdesk.desktop.theme import Theme
from roadmapdesk.i18n import gettext as _
from roadmapdesk.workspace.wording import plain

FILTERED_FROM = 25
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Left: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_Right: 1}


def write_codes(codes: set[str], order: tuple[str, ...]) -> str:
    """The stored text of several codes: divided by blanks, in the order of the choices, unknown ones last."""
    known = [code for code in order if code in codes]
    return " ".join(known + sorted(codes.difference(order)))


def read_codes(stored: str) -> set[str]:
    """The codes of a stored text."""
    return set(stored.split())


class SelectManyList(Control):
    """Any number of options; Space and digits switch one on or off, arrows only move."""

    list_type: ClassVar[type[OptionList]] = OptionList

    def __init__(self, *, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme=theme, parent=parent)
        self._filter = QLineEdit(self)
        self._filter.setClearButtonEnabled(True)
        self._filter.textChanged.connect(self._on_filter_changed)
        self._filter.hide()
        self._list = self.list_type(exclusive=False, theme=theme, parent=self)
        self._list.option_clicked.connect(self._on_option_clicked)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        ringed = QHBoxLayout()
        ringed.setContentsMargins(3, 3, 3, 0)
        ringed.addWidget(self._filter)
        layout.addLayout(ringed)
        layout.addWidget(self._list)

    @override
    def _repaint_view(self) -> None:
        view = self.view
        self._filter.setVisible(self._wants_filter())
        self._filter.setPlaceholderText(_("Filter the list"))
        self._list.set_columns(columns_of(view.appearances, len(view.choices)))
        self._list.set_marked(is_marked="no-buttons" not in view.appearances)
        second = self._second.choices if self._second is not None else ()
        chosen = tuple(read_codes(view.text))
        if self._list.show_choices(
            view.choices, second, chosen=chosen, is_locked=view.is_readonly, find=view.resource
        ):
            self._on_filter_changed(self._filter.text())

    @override
    def follow_theme(self) -> None:
        self._list.follow_theme()

    def _wants_filter(self) -> bool:
        """Whether the list is long enough for a line that filters it."""
        is_asked = bool({"search", "autocomplete"} & set(self.view.appearances))
        return len(self.view.choices) >= (10 if is_asked else FILTERED_FROM)

    @override
    def inputs(self) -> tuple[QWidget, ...]:
        head: tuple[QWidget, ...] = () if self._filter.isHidden() else (self._filter,)
        return (*head, *self._list.options.values())

    @override
    def take_focus(self) -> None:
        target = next((option for option in self._list.options.values() if not option.isHidden()), None)
        if target is not None:
            target.setFocus(Qt.FocusReason.TabFocusReason)

    @override
    def choose_digit(self, digit: int, *, is_held: bool) -> bool:
        code = (self._list.keys.held if is_held else self._list.keys.plain).get(digit)
        if code is None or self._filter.hasFocus():
            return False
        option = self._list.options[code]
        option.setFocus(Qt.FocusReason.TabFocusReason)
        option.click()
        return True

    @override
    def accessible_value(self) -> str:
        codes = read_codes(self.view.text)
        return ", ".join(plain(choice.label) for choice in self.view.choices if choice.value in codes)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key())) if event.modifiers() == Qt.KeyboardModifier.NoModifier else None
        if step is not None and step_focus(list(self._list.options.values()), step) is not None:
            event.accept()
            return
        if self._filter.hasFocus():
            event.ignore()
            return
        super().keyPressEvent(event)

    @override
    def _name_inputs(self) -> None:
        question = plain(self.view.label) or self.view.name
        self._filter.setAccessibleName(_("{question}: filter the list").format(question=question))
        for option in self._list.options.values():
            option.setAccessibleName(f"{question}: {option.face.text}")
            option.setAccessibleDescription(self._description)

    @Slot(str)
    def _on_option_clicked(self, code: str) -> None:
        codes = read_codes(self.view.text)
        if self._list.options[code].isChecked():
            codes.add(code)
        else:
            codes.discard(code)
        self.answer_chosen.emit(write_codes(codes, tuple(choice.value for choice in self.view.choices)))

    def _on_filter_changed(self, text: str) -> None:
        wanted = text.casefold()
        for option in self._list.options.values():
            set_shown(option, option.isChecked() or wanted in option.face.text.casefold())
        self._list.arrange()
