"""The recovery key: shown, printed or saved, and partly typed again, before the work begins."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QBuffer, QMarginsF, Qt
from PySide6.QtGui import QPageLayout, QPdfWriter, QTextDocument
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QWidget
from typing_extensions import override

from roadmapdesk.desktop.prompts import FileKind, Prompts
from roadmapdesk.desktop.theme import Theme
from roadmapdesk.desktop.widgets.buttons import Button
from roadmapdesk.desktop.widgets.dialog import WIDE, Dialog
from roadmapdesk.desktop.widgets.form_row import FormRow
from roadmapdesk.desktop.widgets.labels import Text
from roadmapdesk.files import replace_whole
from roadmapdesk.i18n import current_language
from roadmapdesk.i18n import gettext as _
from roadmapdesk.workspace.places import PlaceTaken, refuse_project_place

_GROUPS_IN_LINE = 7


@dataclass(frozen=True, slots=True)
class KeyWords:
    """What is said of the file that a recovery key opens.

    Attributes:
        name: the file's, for the name of the sheet.
        consequence: what the key is for.
        without: what going on without it means.
        sheet_title: first line of the sheet.
        sheet_warning: last line of the sheet.
    """

    name: str
    consequence: str
    without: str
    sheet_title: str
    sheet_warning: str


def words_of_project(name: str) -> KeyWords:
    """The words for the recovery key of a project."""
    return KeyWords(
        name=name,
        consequence=_(
            "It opens the project when the passphrase is lost; without both nobody can. It is shown only now. "
            "Print it or write it down, and keep it apart from this computer."
        ),
        without=_("If the passphrase is lost, all interviews are lost. The key is not shown again."),
        sheet_title=_("Recovery key of the project “{name}”").format(name=name),
        sheet_warning=_("Whoever has this key and the project folder can read everything. Keep it locked away."),
    )


def words_of_contacts(name: str) -> KeyWords:
    """The words for the recovery key of a contact list."""
    return KeyWords(
        name=name,
        consequence=_(
            "It opens the contact list when its passphrase is lost; without both nobody can. The key of a project "
            "does not open it. Print it or write it down, and keep it apart from this computer."
        ),
        without=_(
            "If the passphrase is lost, all names and forms of consent are lost. While the list is open, the key can "
            "be shown again."
        ),
        sheet_title=_("Recovery key of the contact list “{name}”").format(name=name),
        sheet_warning=_("Whoever has this key and the contact list can read all names. Keep it locked away."),
    )


class RecoveryKeyDialog(Dialog):
    """Shows a recovery key and has a part of it typed again.

    Args:
        key: groups of four signs with dashes between them.
        words: what is said of the file that it opens.
        theme: the look.
        prompts: for the place of the sheet, and the question before going on without it.
    """

    def __init__(self, *, key: str, words: KeyWords, theme: Theme, prompts: Prompts, parent: QWidget) -> None:
        super().__init__(
            title=_("Have you kept the recovery key?"),
            consequence=words.consequence,
            confirm=_("Go on"),
            refuse=_("Go on without it …"),
            theme=theme,
            width=WIDE,
            parent=parent,
        )
        self.setObjectName("recovery_key_dialog")
        self._groups = key.split("-")
        self._words = words
        self._prompts = prompts
        self._asked = 2 + secrets.randbelow(len(self._groups) - 2)
        self._entry = QLineEdit(self)
        self._entry.setObjectName("recovery_group")
        self._entry.setMaxLength(8)
        self._row = FormRow(
            _("&Type group {n} of the key again").format(n=self._asked + 1), self._entry, theme=theme, parent=self
        )
        self._done = Text("", tone="ok", parent=self)
        self._done.hide()
        self._build()
        self._entry.setFocus()

    @property
    def asked_group(self) -> str:
        """The group that has to be typed."""
        return self._groups[self._asked]

    @override
    def accept(self) -> None:
        """Goes on when the group is right."""
        typed = self._entry.text().strip().upper().replace("0", "O").replace("1", "I").replace("8", "B")
        if typed == self.asked_group:
            self._row.set_error("")
            super().accept()
            return
        self._row.set_error(
            _("This is not group {n}. There are {before} others before it; please look again.").format(
                n=self._asked + 1, before=self._asked
            )
        )

    @override
    def reject(self) -> None:
        """Asks before the key is gone for good."""
        self._prompts.ask(
            self,
            question=_("Go on without the recovery key?"),
            consequence=self._words.without,
            confirm=_("Go on without it"),
            confirmed=self._go_without,
            refuse=_("Back to the key"),
        )

    def _go_without(self) -> None:
        """Goes away; a signal connected to `super().reject` itself would find the method above and ask again."""
        super().reject()

    def _build(self) -> None:
        theme = self.theme
        row = QHBoxLayout()
        row.setSpacing(theme.space("s"))
        sheet = Button(_("Save as a sheet to print …"), theme=theme, icon="printer", parent=self)
        sheet.setObjectName("save_sheet")
        plain = Button(_("Save as text …"), theme=theme, icon="download", parent=self)
        plain.setObjectName("save_text")
        sheet.clicked.connect(lambda: self._ask_place(".pdf", _("Sheet to print")))
        plain.clicked.connect(lambda: self._ask_place(".txt", _("Text")))
        row.addWidget(sheet)
        row.addWidget(plain)
        row.addStretch(1)
        self.content.addWidget(self._shown_key())
        self.content.addLayout(row)
        self.content.addWidget(self._done)
        self.content.addWidget(self._row)

    def _shown_key(self) -> QWidget:
        """The groups with their numbers, each below the other, so that a person can copy them and find one again."""
        shown = QWidget(self)
        shown.setObjectName("recovery_key")
        shown.setAccessibleName(_("Recovery key"))
        shown.setAccessibleDescription(", ".join(self._groups))
        grid = QGridLayout(shown)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(self.theme.space("l"))
        grid.setVerticalSpacing(0)
        for index, group in enumerate(self._groups):
            line, column = divmod(index, _GROUPS_IN_LINE)
            number = Text(str(index + 1), type_style="caption", tone="muted", wraps=False, parent=shown)
            letters = Text(group, type_style="heading", wraps=False, parent=shown)
            letters.setTextInteractionFlags(letters.textInteractionFlags().TextSelectableByMouse)
            number.setContentsMargins(0, self.theme.space("s") if line else 0, 0, 0)
            grid.addWidget(number, 2 * line, column)
            grid.addWidget(letters, 2 * line + 1, column)
        grid.setColumnStretch(_GROUPS_IN_LINE, 1)
        return shown

    def _lines(self) -> list[list[str]]:
        """The groups as they are shown: two lines of seven."""
        starts = range(0, len(self._groups), _GROUPS_IN_LINE)
        return [self._groups[start : start + _GROUPS_IN_LINE] for start in starts]

    def _ask_place(self, ending: str, kind: str) -> None:
        self._prompts.save_file(
            self,
            title=_("Where shall the recovery key lie? Best on a disk that is not this computer's."),
            suggestion=Path.home() / f"{self._words.name}_{_('recovery_key')}{ending}",
            kinds=(FileKind(kind, (f"*{ending}",)),),
            chosen=self._write,
        )

    def _write(self, path: Path) -> None:
        text = self._sheet_text()
        try:
            refuse_project_place(path)  # a key beside its lock opens it for everyone who finds the folder
            if path.suffix.casefold() == ".pdf":
                _write_sheet(path, text)
            else:
                replace_whole(path, f"{text}\n".encode())
        except (OSError, PlaceTaken) as error:
            unwritable = _("This place cannot be written to. Choose another one.")
            self._done.set_tone("error")
            self._done.setText(error.sentence if isinstance(error, PlaceTaken) else unwritable)
        else:
            self._done.set_tone("ok")
            self._done.setText(
                _("Saved at “{place}”. Print it, keep it safe, then delete the file.").format(place=path)
            )
        self._done.show()
        self._entry.setFocus(Qt.FocusReason.OtherFocusReason)

    def _sheet_text(self) -> str:
        lines = self._lines()
        return "\n\n".join(
            (
                self._words.sheet_title,
                "\n".join("-".join(line) for line in lines),
                self._words.sheet_warning,
                _("Made on {date}. Sheets made before a change of passphrase open nothing any more.").format(
                    date=current_language().date(datetime.now().astimezone())
                ),
            )
        )


def _write_sheet(path: Path, text: str) -> None:
    """Writes one page for the printer.

    Raises:
        OSError: the place cannot be written.
    """
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setPageMargins(QMarginsF(25, 25, 25, 25), QPageLayout.Unit.Millimeter)
    document = QTextDocument()
    font = document.defaultFont()
    font.setPointSize(14)
    document.setDefaultFont(font)
    document.setPlainText(text)
    document.print_(writer)
    buffer.close()
    replace_whole(path, bytes(buffer.data().data()))
