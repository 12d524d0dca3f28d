"""Opening the contact list: its own encrypted file with its own passphrase, outside every project."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from roadmapdesk.desktop import settings as keys
from roadmapdesk.desktop.pages import Desk
from roadmapdesk.desktop.projects.dialogs import PassphraseDialog
from roadmapdesk.desktop.prompts import FileKind
from roadmapdesk.desktop.safety.contacts_dialog import ContactsDialog
from roadmapdesk.desktop.safety.passphrase_fields import PassphraseFields
from roadmapdesk.desktop.theme import Theme
from roadmapdesk.desktop.widgets.buttons import Button
from roadmapdesk.desktop.widgets.dialog import NARROW, Dialog
from roadmapdesk.errors import RoadmapDeskError
from roadmapdesk.i18n import gettext as _
from roadmapdesk.paths import documents_folder
from roadmapdesk.storage.contacts import SUFFIX, ContactList
from roadmapdesk.storage.errors import BAD_RECOVERY_KEY, CONTACTS_UNREADABLE
from roadmapdesk.workspace.places import refuse_project_place

_ASKED_AGAIN = frozenset({CONTACTS_UNREADABLE.code, BAD_RECOVERY_KEY.code})


class ContactsFlow(QObject):
    """Opens or creates the contact list.

    Args:
        desk: prompts, settings and theme.
        window: parent of the dialogs.
    """

    def __init__(self, *, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._desk = desk
        self._window = window

    def ask_open(self) -> None:
        """Opens the list that was open last, or asks for one or for a new one."""
        last = self._desk.settings.get(keys.CONTACT_LIST)
        if last and Path(last).is_file():
            self._ask_passphrase(Path(last), "")
            return
        dialog = ChooseListDialog(theme=self._desk.theme, parent=self._window)
        dialog.refuse_create.clicked.connect(partial(self._choose, dialog))
        dialog.accepted.connect(lambda: self._create(dialog.passphrase))
        self._desk.prompts.show(dialog)

    def _choose(self, dialog: Dialog) -> None:
        dialog.reject()
        self._desk.prompts.open_file(
            self._window,
            title=_("Which contact list shall be opened?"),
            folder=documents_folder(),
            kinds=(FileKind(_("Contact list"), (f"*{SUFFIX}",)),),
            chosen=lambda path: self._ask_passphrase(path, ""),
        )

    def _create(self, passphrase: str) -> None:
        def write(path: Path) -> None:
            target = path if path.suffix == SUFFIX else path.with_name(path.name + SUFFIX)

            def create() -> ContactList:
                refuse_project_place(target)
                return ContactList(target, passphrase, create=True)

            self._try(create, target, is_new=True)

        self._desk.prompts.save_file(
            self._window,
            title=_("Where shall the contact list lie? Not in the project folder."),
            suggestion=documents_folder() / f"{_('contacts')}{SUFFIX}",
            kinds=(FileKind(_("Contact list"), (f"*{SUFFIX}",)),),
            chosen=write,
        )

    def _ask_passphrase(self, path: Path, problem: str) -> None:
        dialog = PassphraseDialog(
            name=path.stem, problem=problem, theme=self._desk.theme, parent=self._window, is_project=False
        )

        def open_it() -> ContactList:
            return ContactList(path, dialog.passphrase, recovery_key=dialog.recovery_key)

        dialog.accepted.connect(lambda: self._try(open_it, path))
        self._desk.prompts.show(dialog)

    def _try(self, open_it: Callable[[], ContactList], path: Path, *, is_new: bool = False) -> None:
        try:
            contacts = open_it()
        except RoadmapDeskError as error:
            if error.code in _ASKED_AGAIN:
                self._ask_passphrase(path, error.sentence)
            else:
                self._desk.prompts.tell(self._window, title=_("The contact list was not opened"), text=error.sentence)
            return
        self._desk.settings.set(keys.CONTACT_LIST, str(path))
        shown = ContactsDialog(contacts=contacts, desk=self._desk, parent=self._window)
        self._desk.prompts.show(shown)
        if is_new:
            shown.show_recovery_key()


class ChooseListDialog(Dialog):
    """The first time: a new contact list with its own passphrase, or one that exists."""

    def __init__(self, *, theme: Theme, parent: QWidget) -> None:
        super().__init__(
            title=_("Contact list"),
            consequence=_(
                "Names, addresses and forms of consent lie in an encrypted file of their own, outside every project. "
                "No export carries them. The file has a passphrase and a recovery key of its own."
            ),
            confirm=_("Create contact list …"),
            refuse=_("Cancel"),
            theme=theme,
            width=NARROW,
            parent=parent,
        )
        self.setObjectName("choose_contacts_dialog")
        self._fields = PassphraseFields(theme=theme, parent=self)
        self.refuse_create = Button(_("Open an existing one …"), theme=theme, variant="flat", parent=self)
        self.refuse_create.setObjectName("open_contacts")
        self.buttons.insertWidget(0, self.refuse_create)
        self.content.addWidget(self._fields)
        self._fields.first.setFocus()

    @property
    def passphrase(self) -> str:
        """What was typed."""
        return self._fields.text

    @override
    def accept(self) -> None:
        """Goes ahead when both are alike and long enough."""
        if self._fields.check():
            super().accept()
