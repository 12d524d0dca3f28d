"""Select one as a scale: joined-up short buttons for the points, and the answers without a rating apart."""

from functools import partial
from itertools import pairwise
from typing import ClassVar

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QVBoxLayout, QWidget
from typing_extensions import override

from roadmapdesk.desktop.commands import native
from roadmapdesk.desktop.interview.controls.base import Control
from roadmapdesk.desktop.interview.controls.keys import OptionKeys, anchor, face, is_missing, option_keys
from roadmapdesk.desktop.interview.controls.options import step_focus
from roadmapdesk.desktop.interview.controls.scale_button import (
    APART,
    GAP,
    SIDEWAYS,
    UPRIGHT,
    ScaleButton,
    is_compact,
    short_missing,
)
from roadmapdesk.desktop.interview.controls.select_one import arrow_choice, label_of
from roadmapdesk.desktop.theme import Theme
from roadmapdesk.workspace.wording import plain
from roadmapdesk.xforms.session.view import Choice, NodeView


class ScaleRow(Control):
    """A scale in one row. Left and right move the focus, Space, Up and Down choose, digits choose at once."""

    stands_beside: ClassVar[bool] = True

    def __init__(self, *, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme=theme, parent=parent)
        self._is_stepping = False
        self._buttons: dict[str, ScaleButton] = {}
        self._order: tuple[str, ...] = ()
        self._keys: OptionKeys = option_keys(())
        self._group = QButtonGroup(self)
        self._row = QHBoxLayout()
        self._row.setContentsMargins(3, 3, 3, 0)
        self._row.setSpacing(GAP)
        self._apart = QHBoxLayout()
        self._apart.setContentsMargins(3, GAP, 3, 0)
        self._apart.setSpacing(GAP)
        self._is_folded = False
        self._anchor = QLabel(self)
        self._anchor.setProperty("type", "caption")
        self._anchor.setProperty("tone", "muted")
        self._anchor.setTextFormat(Qt.TextFormat.RichText)
        self._anchor.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addLayout(self._row)
        layout.addLayout(self._apart)
        layout.addWidget(self._anchor)
        layout.addStretch(1)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def _offered(self, view: NodeView) -> tuple[Choice, ...]:
        """The points to choose from."""
        return view.choices

    @property
    def choices(self) -> tuple[Choice, ...]:
        """The points shown now."""
        return self._offered(self.view)

    def _needed_size(self) -> QSize:
        """The size of all buttons in one line, in large text in two, and the line for the anchor."""
        buttons = self._buttons.values()
        lines = [list(buttons)]
        if self._is_folded:
            lines = [[b for b in buttons if not b.is_missing], [b for b in buttons if b.is_missing]]
        lines = [line for line in lines if line]
        width = max((_line_width(line) for line in lines), default=6)
        if not self._is_folded and any(button.is_missing for button in buttons):
            width += APART - GAP
        tallest = max((button.sizeHint().height() for button in buttons), default=0)
        return QSize(width, 3 + max(len(lines), 1) * (tallest + GAP) + self._anchor.maximumHeight())

    @override
    def sizeHint(self) -> QSize:
        return self._needed_size()

    @override
    def minimumSizeHint(self) -> QSize:
        if not any(button.is_wide for button in self._buttons.values()):
            return self._needed_size()
        return QSize(self._theme.px(280), self._needed_size().height())

    @override
    def _repaint_view(self) -> None:
        view = self.view
        order = tuple(choice.value for choice in self.choices)
        if order != self._order:
            self._order = order
            self._build()
        self._keys = option_keys(self.choices)
        self._group.setExclusive(False)
        for choice in self.choices:
            button = self._buttons[choice.value]
            label = plain(choice.label)
            text = short_missing(label) if is_missing(choice) else face(choice, label)
            if button.text() != text:
                button.setText(text)
                button.updateGeometry()
            button.setToolTip(self._tip(choice, label))
            button.setEnabled(not view.is_readonly)
            if button.isChecked() != (choice.value == view.text):
                button.setChecked(choice.value == view.text)
        self._group.setExclusive(True)
        self._level_heights()
        self._show_anchor()

    def _level_heights(self) -> None:
        """Gives all buttons the height of the tallest."""
        tallest = max((button.sizeHint().height() for button in self._buttons.values()), default=0)
        for button in self._buttons.values():
            if button.height() != tallest or button.maximumHeight() != tallest:
                button.setFixedHeight(tallest)

    def _tip(self, choice: Choice, label: str) -> str:
        key = native(self._keys.hint(choice.value))
        return f"{label} ({key})" if key else label

    def _build(self) -> None:
        for line in (self._row, self._apart):
            while line.count():
                line.takeAt(0)
        for old in self._buttons.values():
            old.hide()
            old.deleteLater()
        self._buttons = {}
        is_wide = not is_compact(self.choices)
        self._is_folded = self._theme.is_wide_text and any(is_missing(choice) for choice in self.choices)
        was_rated = False
        for choice in sorted(self.choices, key=is_missing):
            missing = is_missing(choice)
            if missing and was_rated and not self._is_folded:
                self._row.addSpacing(APART - 2 * GAP)
            was_rated = not missing
            button = self._make_button(choice, is_wide=is_wide)
            button.setObjectName(f"option_{choice.value}")
            button.clicked.connect(partial(self._on_button_clicked, choice.value))
            button.focus_moved.connect(self._show_anchor)
            self._group.addButton(button)
            self._buttons[choice.value] = button
            (self._apart if missing and self._is_folded else self._row).addWidget(button)
        self._row.addStretch(1)
        self._apart.addStretch(1)
        buttons = list(self._buttons.values())
        for before, after in pairwise(buttons):
            QWidget.setTabOrder(before, after)

    def _make_button(self, choice: Choice, *, is_wide: bool) -> ScaleButton:
        missing = is_missing(choice)
        text = face(choice, plain(choice.label))
        return ScaleButton(text, missing=missing, is_wide=is_wide and not missing, theme=self._theme, parent=self)

    def _show_anchor(self) -> None:
        """Says what the focused point means; the line keeps its room, so nothing moves."""
        focused = next((code for code, button in self._buttons.items() if button.hasFocus()), None)
        choice = next((c for c in self.choices if c.value == focused), None) if focused is not None else None
        if choice is None or is_missing(choice):
            self._anchor.setText("")
            return
        label = plain(choice.label)
        words = anchor(label)
        point = face(choice, label)
        accent = self._theme.colour("accent").name()
        shown = words.replace("&", "&amp;").replace("<", "&lt;")
        self._anchor.setText(f'<b style="color:{accent}">{point}</b> – {shown}' if words != point else "")

    @override
    def inputs(self) -> tuple[QWidget, ...]:
        return tuple(self._buttons.values())

    @override
    def take_focus(self) -> None:
        target = self._buttons.get(self.view.text) or next(iter(self._buttons.values()), None)
        if target is not None:
            target.setFocus(Qt.FocusReason.TabFocusReason)

    @override
    def choose_digit(self, digit: int, *, is_held: bool) -> bool:
        code = (self._keys.held if is_held else self._keys.plain).get(digit)
        if code is None:
            return False
        button = self._buttons[code]
        button.setFocus(Qt.FocusReason.TabFocusReason)
        button.setChecked(True)
        self.answer_chosen.emit(code)
        self._go_on()
        return True

    @override
    def accessible_value(self) -> str:
        return label_of(self.choices, self.view.text)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if event.modifiers() == Qt.KeyboardModifier.NoModifier and self._is_open():
            buttons = list(self._buttons.values())
            if key in SIDEWAYS and step_focus(buttons, SIDEWAYS[key]) is not None:
                event.accept()
                return
            chosen = arrow_choice(list(buttons), key) if key in UPRIGHT else None
            if chosen is not None:
                self._is_stepping = True  # arrows look around, they do not go on
                if not chosen.isChecked():
                    chosen.click()
                self._is_stepping = False
                event.accept()
                return
        super().keyPressEvent(event)

    @override
    def _name_inputs(self) -> None:
        question = plain(self.view.label) or self.view.name
        labels = {choice.value: plain(choice.label) for choice in self.choices}
        for code, button in self._buttons.items():
            button.setAccessibleName(f"{question}: {labels.get(code, code)}")
            button.setAccessibleDescription(self._description)

    def _on_button_clicked(self, code: str, _checked: bool = False) -> None:
        self.answer_chosen.emit(code)
        if not self._is_stepping:
            self._go_on()

    def _on_theme_changed(self) -> None:
        self._anchor.setFixedHeight(self._theme.line_height("caption"))
        if self._view is not None and self._theme.is_wide_text != self._is_folded:
            self._order = ()
            self._repaint_view()
            self._name_inputs()
        for button in self._buttons.values():
            button.updateGeometry()
        self._level_heights()
        self.updateGeometry()


def _line_width(buttons: list[ScaleButton]) -> int:
    return 6 + sum(button.sizeHint().width() for button in buttons) + GAP * max(len(buttons) - 1, 0)
