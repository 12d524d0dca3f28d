"""Text in one line."""

import re

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from roadmapdesk.desktop.interview.controls.line import LineControl
from roadmapdesk.desktop.interview.controls.numbers import Typed, show_number
from roadmapdesk.desktop.theme import Theme
from roadmapdesk.i18n import current_language

_GROUPED = {"de": re.compile(r"[1-9]\d{0,2}(\.\d{3})+"), "en": re.compile(r"[1-9]\d{0,2}(,\d{3})+")}
_WHOLE = re.compile(r"[1-9]\d*")


class TextLine(LineControl):
    """One line of text. With ``thousands-sep`` whole numbers are shown in groups and stored without."""

    def __init__(self, *, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme=theme, parent=parent)
        self._lay_out()

    @override
    def _repaint_view(self) -> None:
        super()._repaint_view()
        numbers = "numbers" in self.view.appearances
        self._line.setInputMethodHints(Qt.InputMethodHint.ImhPreferNumbers if numbers else Qt.InputMethodHint.ImhNone)

    @property
    def _is_grouped(self) -> bool:
        return "thousands-sep" in self.view.appearances

    @override
    def read(self, typed: str) -> Typed:
        pattern = _GROUPED[current_language().code if current_language().code in _GROUPED else "en"]
        if self._is_grouped and pattern.fullmatch(typed):
            return Typed(re.sub(r"\D", "", typed))
        return Typed(typed)

    @override
    def show_stored(self, stored: str) -> str:
        if self._is_grouped and _WHOLE.fullmatch(stored):
            return show_number(stored, current_language(), grouped=True)
        return stored
