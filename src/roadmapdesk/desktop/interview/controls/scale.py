"""Select one as a scale: joined-up short buttons for the points, and the answers without a rating apart."""

from functools import partial
from itertools import pairwise
from typing import ClassVar

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QRadioButton, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from roadmapdesk.desktop.commands import native
from roadmapdesk.desktop.interview.controls.base import Control
from roadmapdesk.desktop.interview.controls.keys import OptionKeys, anchor, face, is_missing, option_keys
from roadmapdesk.desktop.interview.controls.options import step_focus
from roadmapdesk.desktop.interview.controls.select_one import arrow_choice, label_of
from roadmapdesk.desktop.theme import Theme
from roadmapdesk.workspace.wording import plain
from roadmapdesk.xforms.session.view import Choice, NodeView

GAP = 4
APART = 14
_MISSING_WIDTH = 62
_SIDEWAYS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_UPRIGHT = {Qt.Key.Key_Up, Qt.Key.Key_Down}
_LINE = 16


def is_compact(choices: tuple[Choice, ...]) -> bool:
    """Whether all points of the scale have faces of at most two signs, so that it fits beside the wording."""
    rated = [choice for choice in choices if not is_missing(choice)]
    return 2 <= len(rated) <= 11 and all(len(face(choice, plain(choice.label))) <= 2 for choice in rated)


def short_missing(label: str) -> str:
    """The label of an answer without a rating, up to a slash: it stands on a small button, whole in the tooltip."""
    return label.partition(" / ")[0]


def point_width(theme: Theme) -> int:
    """The width of one point of a scale."""
    return theme.px(theme.width("scale_button"))


def missing_width(label: str, *, theme: Theme) -> int:
    """The width of the button of an answer without a rating: room for its longest word."""
    metrics = QFontMetrics(theme.font("caption", is_bold=True))
    longest = max((metrics.horizontalAdvance(word) for word in short_missing(label).split()), default=0)
    return max(theme.px(_MISSING_WIDTH), longest + 8)


class ScaleButton(QRadioButton):
    """One point of a scale, or one answer without a rating.

    Attributes:
        focus_moved: the button got or lost the focus.
    """

    focus_moved = Signal()

    def __init__(self, text: str, *, missing: bool, is_wide: bool, theme: Theme, parent: QWidget) -> None:
        super().__init__(text, parent)
        self._theme = theme
        self.is_missing = missing
        self.is_wide = is_wide
        self._hint: tuple[tuple[str, float], QSize] | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(
            QSizePolicy.Policy.Preferred if is_wide else QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed
        )

    @override
    def sizeHint(self) -> QSize:
        key = (self.text(), self._theme.factor)
        if self._hint is None or self._hint[0] != key:
            self._hint = (key, self._measured())
        return self._hint[1]

    def _measured(self) -> QSize:
        theme = self._theme
        height = theme.height("scale_button")
        if self.is_missing:
            width = missing_width(self.text(), theme=theme)
        elif self.is_wide:
            width = theme.px(96)
        else:
            width = point_width(theme)
        return QSize(width, max(height, self._text_height(width) + 4))

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint() if not self.is_wide else QSize(self._theme.px(60), self.sizeHint().height())

    def _lines(self, width: int) -> list[str]:
        """The words of a small button in lines that fit its width."""
        metrics = QFontMetrics(self._theme.font("caption", is_bold=True))
        lines: list[str] = []
        for word in self.text().split():
            joined = f"{lines[-1]} {word}" if lines else word
            if lines and metrics.horizontalAdvance(joined) <= width - 2:
                lines[-1] = joined
            else:
                lines.append(word)
        return lines

    def _text_height(self, width: int) -> int:
        if not (self.is_missing or self.is_wide):
            return 0
        return len(self._lines(width)) * self._theme.px(_LINE)

    @override
    def hitButton(self, pos: object) -> bool:
        return True

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground, outline, ink = self._colours()
        painter.setPen(QPen(theme.colour(outline), 1))
        painter.setBrush(theme.colour(ground))
        corner = theme.radius("control")
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), corner, corner)
        is_small = self.is_missing or self.is_wide
        painter.setFont(theme.font("caption" if is_small else "heading", is_bold=self.isChecked()))
        if not is_small and not self.isChecked():
            font = theme.font("body")
            font.setPixelSize(theme.px(17))
            painter.setFont(font)
        painter.setPen(theme.colour(ink))
        if is_small:
            self._paint_lines(painter)
        else:
            painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), self.text())
        painter.end()

    def _paint_lines(self, painter: QPainter) -> None:
        """Draws the words closer together than the font's own line spacing, so that two lines fit."""
        pitch = self._theme.px(_LINE)
        lines = self._lines(self.width())
        top = (self.height() - pitch * len(lines)) // 2
        for number, line in enumerate(lines):
            area = QRect(0, top + number * pitch, self.width(), pitch)
            painter.drawText(area, int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip), line)

    def _colours(self) -> tuple[str, str, str]:
        """Tokens of ground, outline and ink."""
        if self.isChecked():
            if not self.isEnabled():
                return "sunken", "border_strong", "text"
            return ("text_muted", "text_muted", "surface") if self.is_missing else ("accent", "accent", "on_accent")
        if not self.isEnabled():
            return "window", "border", "text_disabled"
        ground = "window" if self.is_missing else "surface"
        if self.underMouse():
            ground = "accent_soft"
        return ground, "border_strong", "text_muted" if self.is_missing else "text"

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focus_moved.emit()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.focus_moved.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if Qt.Key(event.key()) in _SIDEWAYS or Qt.Key(event.key()) in _UPRIGHT:
            event.ignore()
        else:
            super().keyPressEvent(event)


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
            button = ScaleButton(
                face(choice, plain(choice.label)), missing=missing, is_wide=is_wide and not missing,
                theme=self._theme, parent=self,
            )  # fmt: skip
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
            if key in _SIDEWAYS and step_focus(buttons, _SIDEWAYS[key]) is not None:
                event.accept()
                return
            chosen = arrow_choice(list(buttons), key) if key in _UPRIGHT else None
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
