"""The dialogs around a project: its name and place, and the passphrase of an encrypted one."""

import re
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget
from typing_extensions import override

from roadmapdesk.desktop.prompts import Prompts
from roadmapdesk.desktop.safety.passphrase_fields import PassphraseFields
from roadmapdesk.desktop.theme import Theme
from roadmapdesk.desktop.widgets.buttons import Button
from roadmapdesk.desktop.widgets.dialog import NARROW, WIDE, Dialog
from roadmapdesk.desktop.widgets.form_row import FormRow
from roadmapdesk.desktop.widgets.labels import Text
from roadmapdesk.domain.codes import interviewer_problem
from roadmapdesk.i18n import gettext as _


class NewProjectDialog(Dialog):
    """Asks for title, folder, the known actors, and a passphrase if the project shall be encrypted.

    Args:
        folder: where projects are offered to lie.
        author: code of who works.
        theme: the look.
        prompts: for choosing another folder.

    Attributes:
        creation_wanted: everything is there; the dialog stays until `finish` or `fail` is called.
    """

    creation_wanted = Signal()

    def __init__(self, *, folder: Path, author: str, theme: Theme, prompts: Prompts, parent: QWidget) -> None:
        super().__init__(
            title=_("New project"),
            consequence=_("A project is one folder; it can be moved and backed up as a whole."),
            confirm=_("Create project"),
            refuse=_("Cancel"),
            theme=theme,
            width=WIDE,
            parent=parent,
        )
        self.setObjectName("new_project_dialog")
        self._prompts = prompts
        self._folder = QLineEdit(str(folder), self)
        self._title = QLineEdit(self)
        self._author = QLineEdit(author, self)
        self._catalogue = QCheckBox(_("Start with the known actors and reference networks"), self)
        self._catalogue.setChecked(True)
        self._encrypts = QCheckBox(_("Encrypt with a passphrase (recommended)"), self)
        self._encrypts.setChecked(True)
        self._fields = PassphraseFields(theme=theme, parent=self)
        self._build()
        self._title.setFocus()

    @property
    def folder(self) -> Path:
        """The new project folder, made from the title."""
        from roadmapdesk.storage.project import SUFFIX  # noqa: PLC0415 — the start page must not load the database

        name = re.sub(r"[^\w\- ]+", "", self._title.text()).strip().replace(" ", "_") or "project"
        return Path(self._folder.text()) / f"{name}{SUFFIX}"

    @property
    def title(self) -> str:
        """The project's title."""
        return self._title.text().strip()

    @property
    def author(self) -> str:
        """Code of who works."""
        return self._author.text().strip()

    @property
    def passphrase(self) -> str | None:
        """The passphrase, None for a project that is not encrypted."""
        return self._fields.text if self._encrypts.isChecked() else None

    @property
    def with_catalogue(self) -> bool:
        """Whether the register starts with the known actors."""
        return self._catalogue.isChecked()

    @override
    def accept(self) -> None:
        """Goes ahead when everything is there, else says what is missing."""
        rows = (self._title_row, self._folder_row, self._author_row)
        wrong = [row for row in rows if not row.validate()]
        is_kept = not self._encrypts.isChecked() or self._fields.check()
        self.fit()
        if wrong:
            wrong[0].editor.setFocus(Qt.FocusReason.OtherFocusReason)
        elif not is_kept:
            self._fields.focus_wrong()
        else:
            self.setEnabled(False)
            self.creation_wanted.emit()

    def _title_problem(self) -> str:
        if not self.title:
            return _("The title is missing. Please give the project a name.")
        if self.folder.exists():
            return _("A project of this name lies there already. Please choose another name.")
        return ""

    def finish(self) -> None:
        """The project exists: the dialog is done."""
        super().accept()

    def fail(self, problem: str) -> None:
        """The project could not be created: says why and leaves everything as it was typed."""
        self.setEnabled(True)
        self._folder_row.set_error(problem)
        self._folder.setFocus(Qt.FocusReason.OtherFocusReason)
        self.fit()

    @override
    def reject(self) -> None:
        """Goes away, but not while the project is being created."""
        if self.isEnabled():
            super().reject()

    def _build(self) -> None:
        theme = self.theme
        required = _("required")
        self._title_row = FormRow(
            _("&Title"), self._title, theme=theme, required_word=required, check=self._title_problem, parent=self
        )
        choose = Button(_("&Choose …"), theme=theme, parent=self)
        choose.clicked.connect(self._on_choose_clicked)
        self._folder_row = FormRow(_("&Folder"), self._folder, theme=theme, beside=choose, parent=self)
        hint = _("A code, not a name, for example I03; it stands beside each change.")
        self._author_row = FormRow(
            _("Your &code"),
            self._author,
            theme=theme,
            hint=hint,
            required_word=required,
            check=lambda: interviewer_problem(self.author),
            parent=self,
        )
        self._folder.textChanged.connect(self._title_row.check_again)
        self._warning = Text("", type_style="caption", tone="warning", parent=self)
        self.content.addWidget(self._title_row)
        self.content.addWidget(self._folder_row)
        self.content.addWidget(self._author_row)
        self.content.addWidget(self._catalogue)
        self.content.addWidget(self._encrypts)
        self.content.addWidget(self._fields)
        self.content.addWidget(self._warning)
        self._encrypts.toggled.connect(self._on_encrypts_toggled)
        self._on_encrypts_toggled(True)

    def _on_encrypts_toggled(self, is_on: bool) -> None:
        self._fields.setVisible(is_on)
        self._warning.setText(_("Everybody who gets hold of the folder or of a backup can read all interviews."))
        self._warning.setVisible(not is_on)
        self.fit()

    def _on_choose_clicked(self) -> None:
        self._prompts.open_folder(
            self,
            title=_("Where shall the project lie?"),
            folder=Path(self._folder.text()),
            chosen=lambda path: self._folder.setText(str(path)),
        )


class PassphraseDialog(Dialog):
    """Asks for the passphrase or the recovery key of an encrypted project, or of the contact list.

    Args:
        name: the project or list.
        problem: why the last attempt failed; empty at first.
        is_project: False for the contact list, which is never remembered and has no backups.

    Attributes:
        rescue_wanted: the project shall be restored from a backup, because no passphrase opens it.
    """

    rescue_wanted = Signal()

    def __init__(self, *, name: str, problem: str, theme: Theme, parent: QWidget, is_project: bool = True) -> None:
        super().__init__(
            title=_("Passphrase for “{name}”").format(name=name),
            confirm=_("Open"),
            refuse=_("Cancel"),
            theme=theme,
            width=NARROW,
            parent=parent,
        )
        self.setObjectName("passphrase_dialog")
        self._entry = QLineEdit(self)
        self._entry.setEchoMode(QLineEdit.EchoMode.Password)
        self._is_recovery = QCheckBox(_("This is the recovery key"), self)
        self._is_recovery.setObjectName("is_recovery")
        self._remembers = QCheckBox(_("Remember on this computer"), self)
        self._row = FormRow(_("&Passphrase"), self._entry, theme=theme, parent=self)
        self._row.set_error(problem)
        self.content.addWidget(self._row)
        self.content.addWidget(self._is_recovery)
        self.content.addWidget(self._remembers)
        self._remembers.setVisible(is_project)
        if problem and is_project:
            rescue = Button(_("Look at backups …"), theme=theme, variant="flat", parent=self)
            rescue.setObjectName("rescue")
            rescue.clicked.connect(self._on_rescue_clicked)
            self.buttons.insertWidget(0, rescue)
        self._is_recovery.toggled.connect(self._on_is_recovery_toggled)
        self._entry.setFocus()

    @property
    def remembers(self) -> bool:
        """Whether the key shall be kept in the key store of this computer."""
        return self._remembers.isChecked()

    def _on_is_recovery_toggled(self, is_on: bool) -> None:
        """A recovery key is copied from paper: it is shown while it is typed."""
        self._entry.setEchoMode(QLineEdit.EchoMode.Normal if is_on else QLineEdit.EchoMode.Password)
        self._row.set_label(_("&Recovery key") if is_on else _("&Passphrase"))

    def _on_rescue_clicked(self) -> None:
        self.reject()
        self.rescue_wanted.emit()

    @property
    def passphrase(self) -> str | None:
        """What was typed, None when it is the recovery key."""
        return None if self._is_recovery.isChecked() else self._entry.text()

    @property
    def recovery_key(self) -> str | None:
        """The recovery key, None when a passphrase was typed."""
        return self._entry.text() if self._is_recovery.isChecked() else None
