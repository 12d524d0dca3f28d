"""Text in one line; also url, masked input and barcodes typed by hand or by a scanner."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget
from typing_extensions import override

from roadmapdesk.desktop.interview.controls.line import LineControl
from roadmapdesk.desktop.theme import Theme
from roadmapdesk.desktop.widgets.buttons import IconButton
from roadmapdesk.i18n import gettext as _

_MASKED = {"masked", "hidden-answer"}


class TextLine(LineControl):
    """One line of text. With the appearance ``masked`` it hides what is typed and has a button to look at it."""

    def __init__(self, *, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme=theme, parent=parent)
        self._reveal = IconButton("eye", theme=theme, parent=self)
        self._reveal.setCheckable(True)
        self._reveal.hide()
        self._reveal.toggled.connect(self._on_reveal_toggled)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(3, 3, 3, 3)
        layout.setSpacing(8)
        layout.addWidget(self._line, 1)
        layout.addWidget(self._reveal)

    @override
    def _repaint_view(self) -> None:
        super()._repaint_view()
        is_masked = bool(_MASKED & set(self.view.appearances))
        self._reveal.setVisible(is_masked)
        self._reveal.set_name(_("Show what is typed"))
        if is_masked and not self._reveal.isChecked():
            self._line.setEchoMode(QLineEdit.EchoMode.Password)
        numbers = "numbers" in self.view.appearances
        self._line.setInputMethodHints(Qt.InputMethodHint.ImhPreferNumbers if numbers else Qt.InputMethodHint.ImhNone)

    @override
    def inputs(self) -> tuple[QWidget, ...]:
        return (self._line,) if self._reveal.isHidden() else (self._line, self._reveal)

    @override
    def _name_inputs(self) -> None:
        super()._name_inputs()
        self._reveal.set_name(_("Show what is typed"))

    def _on_reveal_toggled(self, is_on: bool) -> None:
        self._line.setEchoMode(QLineEdit.EchoMode.Normal if is_on else QLineEdit.EchoMode.Password)
