"""A new passphrase for a project, or its first one."""

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from roadmapdesk.desktop.safety.passphrase_fields import PassphraseFields
from roadmapdesk.desktop.theme import Theme
from roadmapdesk.desktop.widgets.dialog import NARROW, Dialog
from roadmapdesk.i18n import gettext as _


class ChangePassphraseDialog(Dialog):
    """Asks for the new passphrase twice.

    Args:
        name: the project.
        is_encrypted: False for a project that gets its first passphrase.
    """

    def __init__(self, *, name: str, is_encrypted: bool, theme: Theme, parent: QWidget) -> None:
        super().__init__(
            title=(_("Change the passphrase of “{name}”?") if is_encrypted else _("Encrypt “{name}”?")).format(
                name=name
            ),
            consequence=_(
                "The project and all its backups get a new key. The old passphrase and the old recovery key open "
                "nothing any more; the new recovery key is shown next."
            )
            if is_encrypted
            else _(
                "The project and all its backups are encrypted. From now on it opens with the passphrase only, or "
                "with the recovery key that is shown next."
            ),
            confirm=_("Change passphrase") if is_encrypted else _("Encrypt"),
            refuse=_("Cancel"),
            theme=theme,
            width=NARROW,
            parent=parent,
        )
        self.setObjectName("change_passphrase_dialog")
        self.fields = PassphraseFields(theme=theme, parent=self)
        self.content.addWidget(self.fields)
        self.fields.first.setFocus()

    @property
    def passphrase(self) -> str:
        """What was typed."""
        return self.fields.text

    @override
    def accept(self) -> None:
        """Goes ahead when both are alike and long enough."""
        if self.fields.check():
            super().accept()
