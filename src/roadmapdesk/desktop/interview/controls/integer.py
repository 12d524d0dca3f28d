"""A whole number in a line of its own: no spin box, empty stays empty."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget
from typing_extensions import override

from roadmapdesk.desktop.interview.controls.line import LineControl
from roadmapdesk.desktop.interview.controls.numbers import Typed, read_integer, show_number
from roadmapdesk.desktop.theme import Theme
from roadmapdesk.i18n import current_language


class IntegerLine(LineControl):
    """A whole number; grouping of thousands is understood, and shown with the appearance ``thousands-sep``."""

    def __init__(self, *, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme=theme, parent=parent)
        self._line.setInputMethodHints(Qt.InputMethodHint.ImhFormattedNumbersOnly)
        self._line.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._line.setMaximumWidth(theme.px(160))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(3, 3, 3, 3)
        layout.addWidget(self._line)
        layout.addStretch(1)
        theme.changed.connect(self._fit)

    def _fit(self) -> None:
        self._line.setMaximumWidth(self._theme.px(160))

    @override
    def read(self, typed: str) -> Typed:
        return read_integer(typed, current_language())

    @override
    def show_stored(self, stored: str) -> str:
        return show_number(stored, current_language(), grouped="thousands-sep" in self.view.appearances)
