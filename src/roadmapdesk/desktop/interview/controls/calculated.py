"""A value that the form computes or fixes, shown and not edited."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from roadmapdesk.desktop.interview.controls.base import Control
from roadmapdesk.desktop.interview.controls.dates import show_date
from roadmapdesk.desktop.interview.controls.numbers import show_number
from roadmapdesk.desktop.theme import Theme
from roadmapdesk.desktop.widgets.labels import Text
from roadmapdesk.i18n import current_language


def show_value(stored: str, kind: str) -> str:
    """A stored value as the language writes it, by its type; an en dash where there is none."""
    if not stored:
        return "–"
    if kind in {"int", "decimal"}:
        return show_number(stored, current_language())
    return show_date(stored, current_language()) if kind == "date" else stored


class CalculatedValue(Control):
    """The value as text that can be selected and copied."""

    def __init__(self, *, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme=theme, parent=parent)
        self._value = Text("", type_style="strong", parent=self)
        self._value.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._value.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(3, 3, 3, 3)
        layout.addWidget(self._value)

    @override
    def _repaint_view(self) -> None:
        self._value.setText(show_value(self.view.text, self.view.type))

    @override
    def inputs(self) -> tuple[QWidget, ...]:
        return ()
