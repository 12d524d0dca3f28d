"""A barcode, read by a scanner that types like a keyboard, or typed by hand."""

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from typing_extensions import override

from roadmapdesk.desktop.interview.controls.line import LineControl
from roadmapdesk.desktop.interview.controls.numbers import Typed
from roadmapdesk.desktop.theme import Theme
from roadmapdesk.desktop.widgets.labels import Text
from roadmapdesk.i18n import gettext as _


class BarcodeLine(LineControl):
    """A code as printed; a scanner's closing Enter leads to the next question like any other.

    With ``hidden-answer`` the code is stored and not shown.
    """

    def __init__(self, *, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme=theme, parent=parent)
        self._help = Text("", type_style="caption", tone="muted", parent=self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(3, 3, 3, 3)
        layout.setSpacing(4)
        layout.addWidget(self._line)
        layout.addWidget(self._help)

    @override
    def read(self, typed: str) -> Typed:
        return Typed(stored=typed.strip())

    @override
    def _repaint_view(self) -> None:
        super()._repaint_view()
        is_hidden = "hidden-answer" in self.view.appearances
        self._line.setEchoMode(QLineEdit.EchoMode.Password if is_hidden else QLineEdit.EchoMode.Normal)
        self._help.setText(_("Type the code or read it with a scanner."))
