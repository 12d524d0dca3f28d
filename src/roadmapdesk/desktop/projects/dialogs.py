"""The dialogs around a project: its name and place, and the passphrase of an encrypted one."""

import re
from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from roadmapdesk.desktop.prompts import Prompts
from roadmapdesk.desktop.theme import Theme
from roadmapdesk.desktop.widgets.buttons import Button
from roadmapdesk.desktop.widgets.dialog import NARROW, WIDE, Dialog
from roadmapdesk.desktop.widgets.form_row import FormRow
from roadmapdesk.desktop.widgets.labels import Text
from roadmapdesk.i18n import gettext as _

_SHORTEST_PASSPHRASE = 12


class NewProjectDialog(Dialog):
    """Asks for title, folder, the known actors, and a passphrase if the project shall be encrypted.

    Args:
        folder: where projects are offered to lie.
        author: code of who works.
        theme: the look.
        prompts: for choosing another folder.
    """

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
        self._encrypts = QCheckBox(_("Encrypt with a passphrase"), self)
        self._passphrase = QLineEdit(self)
        self._passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        self._repeated = QLineEdit(self)
        self._repeated.setEchoMode(QLineEdit.EchoMode.Password)
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
        return self._passphrase.text() if self._encrypts.isChecked() else None

    @property
    def with_catalogue(self) -> bool:
        """Whether the register starts with the known actors."""
        return self._catalogue.isChecked()

    def accept(self) -> None:
        """Goes ahead when everything is there, else says what is missing."""
        self._title_row.set_error("" if self.title else _("The title is missing. Please give the project a name."))
        taken = bool(self.title) and self.folder.exists()
        if taken:
            self._title_row.set_error(_("A project of this name lies there already. Please choose another name."))
        is_short = self._encrypts.isChecked() and len(self._passphrase.text()) < _SHORTEST_PASSPHRASE
        self._passphrase_row.set_error(
            _("The passphrase is too short. Please take at least {n} characters.").format(n=_SHORTEST_PASSPHRASE)
            if is_short
            else ""
        )
        differs = self._encrypts.isChecked() and self._passphrase.text() != self._repeated.text()
        self._repeated_row.set_error(_("The passphrases differ. Please type it again.") if differs else "")
        if self.title and not taken and not is_short and not differs:
            super().accept()

    def _build(self) -> None:
        theme = self.theme
        required = _("required")
        self._title_row = FormRow(_("&Title"), self._title, theme=theme, required_word=required, parent=self)
        choose = Button(_("&Choose …"), theme=theme, parent=self)
        choose.clicked.connect(self._on_choose_clicked)
        folder_row = FormRow(_("&Folder"), self._folder, theme=theme, beside=choose, parent=self)
        hint = _("A code, not a name, for example I03; it stands beside each change.")
        author_row = FormRow(_("Your &code"), self._author, theme=theme, hint=hint, parent=self)
        hint = _("Nobody can open the project without it. The recovery key is shown once after creation.")
        self._passphrase_row = FormRow(_("&Passphrase"), self._passphrase, theme=theme, hint=hint, parent=self)
        self._repeated_row = FormRow(_("Passphrase &again"), self._repeated, theme=theme, parent=self)
        self.content.addWidget(self._title_row)
        self.content.addWidget(folder_row)
        self.content.addWidget(author_row)
        self.content.addWidget(self._catalogue)
        self.content.addWidget(self._encrypts)
        self.content.addWidget(self._passphrase_row)
        self.content.addWidget(self._repeated_row)
        for row in (self._passphrase_row, self._repeated_row):
            row.setVisible(False)
            self._encrypts.toggled.connect(row.setVisible)
        self._encrypts.toggled.connect(lambda _on: self.adjustSize())

    def _on_choose_clicked(self) -> None:
        self._prompts.open_folder(
            self,
            title=_("Where shall the project lie?"),
            folder=Path(self._folder.text()),
            chosen=lambda path: self._folder.setText(str(path)),
        )


class PassphraseDialog(Dialog):
    """Asks for the passphrase or the recovery key of an encrypted project.

    Args:
        name: the project.
        problem: why the last attempt failed; empty at first.
    """

    def __init__(self, *, name: str, problem: str, theme: Theme, parent: QWidget) -> None:
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
        self._row = FormRow(_("&Passphrase"), self._entry, theme=theme, parent=self)
        self._row.set_error(problem)
        self.content.addWidget(self._row)
        self.content.addWidget(self._is_recovery)
        self._entry.setFocus()

    @property
    def passphrase(self) -> str | None:
        """What was typed, None when it is the recovery key."""
        return None if self._is_recovery.isChecked() else self._entry.text()

    @property
    def recovery_key(self) -> str | None:
        """The recovery key, None when a passphrase was typed."""
        return self._entry.text() if self._is_recovery.isChecked() else None


class RecoveryKeyDialog(Dialog):
    """Shows the recovery key once, to be written down."""

    def __init__(self, *, key: str, theme: Theme, parent: QWidget) -> None:
        super().__init__(
            title=_("Recovery key"),
            consequence=_(
                "Write this key down and keep it apart from the computer. It opens the project when the passphrase "
                "is lost, and it is shown only now."
            ),
            refuse=_("I have written it down"),
            theme=theme,
            width=WIDE,
            parent=parent,
        )
        shown = Text(key, type_style="heading", parent=self)
        shown.setTextInteractionFlags(shown.textInteractionFlags().TextSelectableByMouse)
        self.content.addWidget(shown)
