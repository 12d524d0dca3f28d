"""The people behind the codes, and their signed forms of consent."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from roadmapdesk.desktop.pages import Desk
from roadmapdesk.desktop.prompts import FileKind
from roadmapdesk.desktop.safety.contact_dialog import ContactDialog
from roadmapdesk.desktop.safety.passphrase_dialog import ChangePassphraseDialog
from roadmapdesk.desktop.safety.recovery_key import RecoveryKeyDialog, words_of_contacts
from roadmapdesk.desktop.widgets.buttons import Button
from roadmapdesk.desktop.widgets.dialog import WIDE, Dialog
from roadmapdesk.desktop.widgets.notices import MessageBar
from roadmapdesk.desktop.widgets.table_model import Column, RowsModel
from roadmapdesk.desktop.widgets.table_view import TableView
from roadmapdesk.errors import RoadmapDeskError
from roadmapdesk.files import replace_whole
from roadmapdesk.i18n import gettext as _
from roadmapdesk.i18n import ngettext
from roadmapdesk.paths import documents_folder
from roadmapdesk.storage.contacts import LARGEST_FORM, Contact, ContactList
from roadmapdesk.workspace.places import PlaceTaken, refuse_project_place


class ContactsDialog(Dialog):
    """Everybody in the list; the file is closed with the dialog."""

    def __init__(self, *, contacts: ContactList, desk: Desk, parent: QWidget) -> None:
        super().__init__(
            title=_("Contact list"),
            consequence=_("Encrypted at “{path}”. The code is the only link to the interviews.").format(
                path=contacts.path
            ),
            refuse=_("Close"),
            theme=desk.theme,
            width=WIDE,
            parent=parent,
        )
        self.setObjectName("contacts_dialog")
        self._contacts = contacts
        self._desk = desk
        self._message = MessageBar(theme=desk.theme, can_close=True, parent=self)
        self._model: RowsModel[Contact] = RowsModel(self._columns(), sentence=_sentence, parent=self)
        self._table = TableView(theme=desk.theme, name=_("Contacts"), parent=self)
        self._table.setObjectName("contacts_table")
        self._table.show_rows(self._model)
        self._table.setMinimumHeight(desk.theme.px(260))
        self._edit = Button(_("Edit …"), theme=desk.theme, icon="pencil", parent=self)
        self._attach = Button(_("Add form of consent …"), theme=desk.theme, icon="paperclip", parent=self)
        self._attach.setObjectName("attach_form")
        self._save_form = Button(_("Save form …"), theme=desk.theme, icon="download", parent=self)
        self._save_form.setObjectName("save_form")
        self._remove = Button(_("Delete …"), theme=desk.theme, variant="flat", icon="trash-2", parent=self)
        self._remove.setObjectName("remove_contact")
        self._forms: dict[str, int] = {}
        self._build()
        self.setMinimumWidth(min(desk.theme.px(960), max(parent.window().width() - 48, self.minimumWidth())))
        self.finished.connect(contacts.close)
        self._refresh("")

    def _columns(self) -> tuple[Column[Contact], ...]:
        return (
            Column(lambda: _("Code"), lambda one: one.code, is_strong=True, width=100),
            Column(lambda: _("Name"), lambda one: one.name, second_line=lambda one: one.organisation),
            Column(lambda: _("Mail"), lambda one: one.email or "–", second_line=lambda one: one.phone),
            Column(
                lambda: _("Form of consent"),
                self._form_text,
                icon=lambda one: "paperclip" if self._forms.get(one.code) else "",
                width=170,
            ),
        )

    def _form_text(self, contact: Contact) -> str:
        count = self._forms.get(contact.code, 0)
        return ngettext("{n} file", "{n} files", count).format(n=count) if count else _("none")

    def _refresh(self, code: str) -> None:
        rows: tuple[Contact, ...] = ()
        self._forms = {}
        with self._told():
            rows = self._contacts.list()
            for form in self._contacts.forms():
                self._forms[form.code] = self._forms.get(form.code, 0) + 1
        self._model.set_rows(rows)
        if not self._table.select_row(lambda one: one.code == code):
            self._table.select_row(lambda _one: True)
        self._update_buttons()

    def _update_buttons(self) -> None:
        contact = self._table.current_row
        for button in (self._edit, self._attach, self._remove):
            button.setEnabled(contact is not None)
        self._save_form.setEnabled(contact is not None and bool(self._forms.get(contact.code)))

    @contextmanager
    def _told(self) -> Iterator[None]:
        """A failure of the file is said in the dialog."""
        try:
            yield
        except RoadmapDeskError as error:
            failure = error  # the name of a caught error ends with its block
            self._message.say("error", lambda: _("That did not work"), lambda: failure.sentence)

    @Slot()
    def _on_new_clicked(self) -> None:
        self._ask(None)

    @Slot()
    def _on_edit_clicked(self) -> None:
        contact = self._table.current_row
        if contact is not None:
            self._ask(contact)

    def _ask(self, contact: Contact | None) -> None:
        taken = frozenset(one.code for one in self._model.rows) if contact is None else frozenset()
        dialog = ContactDialog(contact=contact, taken=taken, theme=self.theme, parent=self)

        def save() -> None:
            entered = dialog.contact
            with self._told():
                self._contacts.save(entered)
            self._refresh(entered.code)

        dialog.accepted.connect(save)
        self._desk.prompts.show(dialog)

    @Slot()
    def _on_remove_clicked(self) -> None:
        contact = self._table.current_row
        if contact is None:
            return

        def remove() -> None:
            with self._told():
                self._contacts.remove(contact.code)
            self._refresh("")

        self._desk.prompts.ask(
            self,
            question=_("Delete the contact “{code}”?").format(code=contact.code),
            consequence=_("Name, address and forms of consent are overwritten. This cannot be undone."),
            confirm=_("Delete"),
            confirmed=remove,
        )

    @Slot()
    def show_recovery_key(self) -> None:
        """Shows the recovery key of the list and has a part of it typed again."""
        self._desk.prompts.show(
            RecoveryKeyDialog(
                key=self._contacts.recovery_key,
                words=words_of_contacts(self._contacts.path.stem),
                theme=self.theme,
                prompts=self._desk.prompts,
                parent=self,
            )
        )

    @Slot()
    def _on_passphrase_clicked(self) -> None:
        dialog = ChangePassphraseDialog.for_contacts(name=self._contacts.path.stem, theme=self.theme, parent=self)

        def change() -> None:
            self._message.hide()
            with self._told():
                self._contacts.change_passphrase(dialog.passphrase)
                self._message.say("ok", lambda: _("The passphrase of the contact list was changed."))
                self.show_recovery_key()

        dialog.accepted.connect(change)
        self._desk.prompts.show(dialog)

    @Slot()
    def _on_attach_clicked(self) -> None:
        contact = self._table.current_row
        if contact is not None:
            self._desk.prompts.open_file(
                self,
                title=_("Which form of consent?"),
                folder=documents_folder(),
                kinds=(FileKind(_("Scans and documents"), ("*.pdf", "*.png", "*.jpg", "*.jpeg")),),
                chosen=partial(self._add_form, contact.code),
            )

    def _add_form(self, code: str, path: Path) -> None:
        try:
            body = path.read_bytes() if path.stat().st_size <= LARGEST_FORM else b""
        except OSError:
            body = b""
        if not body:
            self._message.say(
                "error",
                lambda: _("The form was not added"),
                lambda: _("The file cannot be read, is empty or is larger than 25 MB."),
            )
            return
        self._message.hide()
        with self._told():
            self._contacts.add_form(code, path.name, body)
        self._refresh(code)

    @Slot()
    def _on_save_form_clicked(self) -> None:
        contact = self._table.current_row
        forms = self._contacts.forms(contact.code) if contact is not None else ()
        if forms:
            latest = forms[-1]
            self._desk.prompts.save_file(
                self,
                title=_("Where shall the form be saved? It lies there unencrypted."),
                suggestion=documents_folder() / latest.name,
                kinds=(FileKind(_("Form of consent"), (f"*{Path(latest.name).suffix}",)),),
                chosen=lambda path: self._write_form(path, latest.id),
            )

    def _write_form(self, path: Path, form_id: int) -> None:
        try:
            refuse_project_place(path)
            replace_whole(path, self._contacts.form_body(form_id))
        except PlaceTaken as error:
            refusal = error  # the name of a caught error ends with its block
            self._message.say("error", lambda: _("The form was not saved"), lambda: refusal.sentence)
        except OSError:
            self._message.say(
                "error", lambda: _("The form was not saved"), lambda: _("This place cannot be written to.")
            )

    def _build(self) -> None:
        new = Button(_("New contact …"), theme=self.theme, icon="user-plus", parent=self)
        new.setObjectName("new_contact")
        new.clicked.connect(self._on_new_clicked)
        self._edit.clicked.connect(self._on_edit_clicked)
        self._attach.clicked.connect(self._on_attach_clicked)
        self._save_form.clicked.connect(self._on_save_form_clicked)
        self._remove.clicked.connect(self._on_remove_clicked)
        self._table.row_selected.connect(lambda _row: self._update_buttons())
        self._table.row_opened.connect(self._ask)
        key = Button(_("Recovery key …"), theme=self.theme, variant="flat", parent=self)
        key.setObjectName("contacts_key")
        key.clicked.connect(self.show_recovery_key)
        passphrase = Button(_("Change passphrase …"), theme=self.theme, variant="flat", parent=self)
        passphrase.setObjectName("contacts_passphrase")
        passphrase.clicked.connect(self._on_passphrase_clicked)
        self.buttons.insertWidget(0, passphrase)
        self.buttons.insertWidget(1, key)
        row = QHBoxLayout()
        row.setSpacing(self.theme.space("s"))
        for button in (new, self._edit, self._attach, self._save_form):
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self._remove)
        self.content.addWidget(self._message)
        self.content.addWidget(self._table, 1)
        self.content.addLayout(row)


def _sentence(contact: Contact) -> str:
    return ", ".join(part for part in (contact.code, contact.name, contact.organisation, contact.email) if part)
