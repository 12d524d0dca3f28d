"""A question that wants a reason, which is kept in the audit trail."""

from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from roadmapdesk.desktop.theme import Theme
from roadmapdesk.desktop.widgets.dialog import NARROW, Dialog
from roadmapdesk.desktop.widgets.form_row import FormRow
from roadmapdesk.i18n import gettext as _


class ReasonDialog(Dialog):
    """Asks for a reason before a step that others must be able to follow.

    Args:
        title: the question.
        consequence: what will happen.
        confirm: verb.
    """

    def __init__(self, *, title: str, consequence: str, confirm: str, theme: Theme, parent: QWidget) -> None:
        super().__init__(
            title=title,
            consequence=consequence,
            confirm=confirm,
            refuse=_("Cancel"),
            theme=theme,
            width=NARROW,
            parent=parent,
        )
        self.setObjectName("reason_dialog")
        self._entry = QLineEdit(self)
        hint = _("Kept in the history of the interview.")
        self._row = FormRow(
            _("&Reason"), self._entry, theme=theme, hint=hint, required_word=_("required"), parent=self
        )
        self.content.addWidget(self._row)
        self._entry.setFocus()

    @property
    def reason(self) -> str:
        """What was typed."""
        return self._entry.text().strip()

    @override
    def accept(self) -> None:
        """Goes ahead with a reason only."""
        self._row.set_error("" if self.reason else _("The reason is missing. Please say why in a few words."))
        if self.reason:
            super().accept()
