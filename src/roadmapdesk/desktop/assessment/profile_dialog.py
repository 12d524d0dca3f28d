"""Asks for the name under which tried settings become the project's own."""

from PySide6.QtWidgets import QWidget

from roadmapdesk.desktop.theme import Theme
from roadmapdesk.desktop.widgets.entry_dialog import EntryDialog
from roadmapdesk.i18n import gettext as _
from roadmapdesk.scoring.profile import DEFAULT

_LONGEST = 60


class ProfileDialog(EntryDialog):
    """One field: the name."""

    def __init__(self, *, theme: Theme, parent: QWidget) -> None:
        super().__init__(
            title=_("Save these settings as a profile?"),
            consequence=_("The project is scored with them from now on, here, on the command line and in reports."),
            confirm=_("Save profile"),
            label=_("&Name"),
            hint=_("Printed in the method box of every report."),
            problem=_name_problem,
            theme=theme,
            parent=parent,
        )
        self.setObjectName("profile_dialog")
        self.entry.setMaxLength(_LONGEST)

    @property
    def name(self) -> str:
        """What was typed."""
        return self.text


def _name_problem(name: str) -> str:
    if not name:
        return _("The name is missing. A few words that say what is different are enough.")
    if name.casefold() == DEFAULT.name:
        return _("This name belongs to the published method. Choose another one.")
    return ""
