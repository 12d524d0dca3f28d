"""Acknowledge: one check box, stored as OK."""

from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from roadmapdesk.desktop.interview.controls.base import Control
from roadmapdesk.desktop.interview.controls.option_face import OptionFace
from roadmapdesk.desktop.interview.controls.options import CheckOption
from roadmapdesk.desktop.theme import Theme
from roadmapdesk.i18n import gettext as _

STORED = "OK"


class Acknowledge(Control):
    """Read and confirmed, or not; the key 1 confirms."""

    def __init__(self, *, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme=theme, parent=parent)
        self._box = CheckOption(OptionFace(""), theme=theme, parent=self)
        self._box.clicked.connect(self._on_box_clicked)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(3, 3, 3, 3)
        layout.addWidget(self._box)

    @override
    def _repaint_view(self) -> None:
        self._box.show_face(OptionFace(_("Confirmed"), key="1"))
        self._box.setChecked(self.view.text == STORED)
        self._box.setEnabled(not self.view.is_readonly)

    @override
    def inputs(self) -> tuple[QWidget, ...]:
        return (self._box,)

    @override
    def choose_digit(self, digit: int, *, is_held: bool) -> bool:
        if digit != 1 or is_held:
            return False
        self._box.click()
        return True

    def _on_box_clicked(self, checked: bool = False) -> None:
        self.answer_chosen.emit(STORED if checked else "")
