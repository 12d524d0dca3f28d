"""A new passphrase for a project, its first one, or a new one for the contact list."""

from typing import Self

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from roadmapdesk.desktop.safety.passphrase_fields import PassphraseFields
from roadmapdesk.desktop.theme import Theme
from roadmapdesk.desktop.widgets.dialog import NARROW, Dialog
from roadmapdesk.i18n import gettext as _


class ChangePassphraseDialog(Dialog):
    """Asks for the new passphrase twice.

    Args:
        title: what gets a passphrase, as a question.
        consequence: what that means for files that exist.
        confirm: the verb.
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
        self.setObjectName("change_passphrase_dialog")
        self.fields = PassphraseFields(theme=theme, parent=self)
        self.content.addWidget(self.fields)
        self.fields.first.setFocus()

    @classmethod
    def for_project(cls, *, name: str, is_encrypted: bool, theme: Theme, parent: QWidget) -> Self:
        """For a project; `is_encrypted` is False for one that gets its first passphrase."""
        own_list = _("The contact list keeps its own passphrase.")
        if is_encrypted:
            title = _("Change the passphrase of “{name}”?")
            consequence = _(
                "The project and all its backups get a new key. The old passphrase and the old recovery key open "
                "nothing any more; the new recovery key is shown next."
            )
        else:
            title = _("Encrypt “{name}”?")
            consequence = _(
                "The project and all its backups are encrypted. From now on it opens with the passphrase only, or "
                "with the recovery key that is shown next."
            )
        confirm = _("Change passphrase") if is_encrypted else _("Encrypt")
        return cls(
            title=title.format(name=name),
            consequence=f"{consequence} {own_list}",
            confirm=confirm,
            theme=theme,
            parent=parent,
        )

    @classmethod
    def for_contacts(cls, *, name: str, theme: Theme, parent: QWidget) -> Self:
        """For the contact list."""
        return cls(
            title=_("Change the passphrase of the contact list “{name}”?").format(name=name),
            consequence=_(
                "The list gets a new key. The old passphrase and the old recovery key do not open it any more; the "
                "new recovery key is shown next. Copies of the list that lie elsewhere keep the old ones, and "
                "projects keep their own."
            ),
            confirm=_("Change passphrase"),
            theme=theme,
            parent=parent,
        )

    @property
    def passphrase(self) -> str:
        """What was typed."""
        return self.fields.text

    @override
    def accept(self) -> None:
        """Goes ahead when both are alike and long enough."""
        if self.fields.check():
            super().accept()
