"""Asks for the name under which tried settings become the project's own."""

from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from roadmapdesk.desktop.theme import Theme
from roadmapdesk.desktop.widgets.dialog import Dialog
from roadmapdesk.desktop.widgets.form_row import FormRow
from roadmapdesk.i18n import gettext as _
from roadmapdesk.scoring.profile import DEFAULT


class ProfileDialog(Dialog):
    """One field: the name."""

    def __init__(self, *, theme: Theme, parent: QWidget) -> None:
        super().__init__(
            title=_("Save these settings as a profile?"),
            consequence=_("The project is scored with them from now on, here, on the command line and in reports."),
            confirm=_("Save profile"),
            refuse=_("Cancel"),
            theme=theme,
            parent=parent,
        )
        self.setObjectName("profile_dialog")
        self.entry = QLineEdit(self)
        self.entry.setMaxLength(60)
        hint = _("Printed in the method box of every report.")
        self._row = FormRow(_("&Name"), self.entry, theme=theme, hint=hint, required_word=_("required"), parent=self)
        self.content.addWidget(self._row)
        self.entry.setFocus()

    @property
    def name(self) -> str:
        """What was typed."""
        return " ".join(self.entry.text().split())

    @override
    def accept(self) -> None:
        """Goes ahead with a name only."""
        if not self.name:
            self._row.set_error(_("The name is missing. A few words that say what is different are enough."))
        elif self.name.casefold() == DEFAULT.name:
            self._row.set_error(_("This name belongs to the published method. Choose another one."))
        else:
            super().accept()
