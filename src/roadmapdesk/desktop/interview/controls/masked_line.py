"""Text that bystanders shall not read."""

from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from roadmapdesk.desktop.interview.controls.line import LineControl
from roadmapdesk.desktop.theme import Theme
from roadmapdesk.desktop.widgets.buttons import IconButton
from roadmapdesk.i18n import gettext as _
from roadmapdesk.workspace.wording import plain


class MaskedLine(LineControl):
    """The appearances ``masked`` and ``hidden-answer``: dots instead of letters, and a button to look at them."""

    def __init__(self, *, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme=theme, parent=parent)
        self._line.setEchoMode(QLineEdit.EchoMode.Password)
        self._reveal = IconButton("eye", theme=theme, parent=self)
        self._reveal.setCheckable(True)
        self._reveal.toggled.connect(self._on_reveal_toggled)
        self._lay_out(self._reveal)

    @override
    def inputs(self) -> tuple[QWidget, ...]:
        return (self._line, self._reveal)

    @override
    def _name_inputs(self) -> None:
        super()._name_inputs()
        question = plain(self.view.label) or self.view.name
        self._reveal.set_name(_("Show what is typed"))
        self._reveal.setAccessibleName(f"{question}: {_('Show what is typed')}")

    def _on_reveal_toggled(self, is_on: bool) -> None:
        self._line.setEchoMode(QLineEdit.EchoMode.Normal if is_on else QLineEdit.EchoMode.Password)
