"""Buttons that are options: a row with mark, wording and key, as radio button or check box."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QRadioButton, QStyle, QWidget
from typing_extensions import override

from roadmapdesk.desktop.interview.controls.option_face import OptionFace, height_for, natural_size, paint_option
from roadmapdesk.desktop.theme import Theme

_ARROWS = {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right}

if TYPE_CHECKING:
    _Button = QAbstractButton
else:
    _Button = object  # at run time Qt's own button stands beside it


class _OptionRow(_Button):
    """What radio buttons and check boxes have in common as options; stands before Qt's class among the bases."""

    mark: QStyle.PrimitiveElement

    def __init__(self, face: OptionFace, *, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText(face.text)
        self._theme = theme
        self.face = face
        self._known_sizes: dict[tuple[int, float], QSize] = {}
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_face(self, face: OptionFace) -> bool:
        """Shows another wording, key or picture; False where it is shown already."""
        if self.face == face:
            return False
        self.face = face
        self._known_sizes.clear()
        self.setText(face.text)
        self.update()
        return True

    @override
    def sizeHint(self) -> QSize:
        return self._size_in(0)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(80), self._theme.px(28))

    @override
    def heightForWidth(self, width: int) -> int:
        return self._size_in(width).height()

    def _size_in(self, width: int) -> QSize:
        """The size in a width, 0 for as wide as the wording; layouts ask many times before anything changes."""
        key = (width, self._theme.factor)
        if key not in self._known_sizes:
            natural = width == 0
            self._known_sizes[key] = (
                natural_size(self._theme, self.face)
                if natural
                else QSize(width, height_for(self._theme, self.face, width))
            )
        return self._known_sizes[key]

    @override
    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        paint_option(self, self._theme, self.face, self.mark)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ARROWS:
            event.ignore()  # the control moves the focus and chooses; Qt alone would move without choosing
        else:
            super().keyPressEvent(event)


class RadioOption(_OptionRow, QRadioButton):
    """One of several, exactly one of which may be chosen."""

    mark = QStyle.PrimitiveElement.PE_IndicatorRadioButton


class CheckOption(_OptionRow, QCheckBox):
    """One of several, any number of which may be chosen."""

    mark = QStyle.PrimitiveElement.PE_IndicatorCheckBox


Option = RadioOption | CheckOption


def step_focus(options: Sequence[QAbstractButton], steps: int) -> QAbstractButton | None:
    """Moves the focus within the options, stopping at both ends; the option that has it then."""
    enabled = [option for option in options if option.isEnabled() and option.isVisible()]
    if not enabled:
        return None
    held = next((place for place, option in enumerate(enabled) if option.hasFocus()), None)
    place = 0 if held is None else min(max(held + steps, 0), len(enabled) - 1)
    enabled[place].setFocus(Qt.FocusReason.TabFocusReason)
    return enabled[place]
