"""The table of backups: when, why, how large, and what a look inside shows. Used with and without an open project."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from roadmapdesk.desktop.jobs import Jobs, Pool
from roadmapdesk.desktop.safety.words import size_text
from roadmapdesk.desktop.theme import Theme
from roadmapdesk.desktop.widgets.table_model import Column, RowsModel
from roadmapdesk.desktop.widgets.table_view import TableView
from roadmapdesk.desktop.wording import when
from roadmapdesk.i18n import gettext as _
from roadmapdesk.storage.keys import FileKey
from roadmapdesk.storage.thinning import Backup
from roadmapdesk.workspace.backup_words import reason_word
from roadmapdesk.workspace.safety import BackupState, backups_of, look_into


@dataclass(frozen=True, slots=True)
class BackupLine:
    """One row; `state` is None until somebody looked inside."""

    backup: Backup
    state: BackupState | None = None


class BackupTable(QWidget):
    """Lists the backups of a folder and looks into each of them in the background, beside the thread that saves.

    Args:
        folder: the project folder.
        key: gives what opens a backup, on the thread that looks into it.
        theme: the look.
        jobs: the background work of the program.

    Attributes:
        selected: another backup is current; carries its `BackupLine` or None.
    """

    selected = Signal(object)

    def __init__(
        self, *, folder: Path, key: Callable[[Path], FileKey | None], theme: Theme, jobs: Jobs, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._folder = folder
        self._key = key
        self._jobs = jobs
        self._model = RowsModel(_columns(), sentence=_sentence, parent=self)
        self.view = TableView(theme=theme, parent=self)
        self.view.setObjectName("backups_table")
        self.view.show_rows(self._model, is_sortable=False)
        self.view.row_selected.connect(self.selected)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.view)
        self.setFocusProxy(self.view)
        self.retranslate()

    @property
    def lines(self) -> tuple[BackupLine, ...]:
        """All rows, the newest first."""
        return self._model.rows

    @property
    def current(self) -> BackupLine | None:
        """The chosen row."""
        line = self.view.current_row
        return line if isinstance(line, BackupLine) else None

    def refresh(self) -> None:
        """Reads the folder again and looks into every backup, the newest first."""
        known = {line.backup.path: line.state for line in self._model.rows}
        lines = [BackupLine(backup, known.get(backup.path)) for backup in backups_of(self._folder)]
        self._show(lines)
        for line in lines:
            self._look(line.backup)

    def retranslate(self) -> None:
        """Says everything again in the present language."""
        self.view.setAccessibleName(_("Backups"))
        self._model.retranslate()

    def _look(self, backup: Backup) -> None:
        key = self._key
        self._jobs.run(
            lambda _control: look_into(backup.path, key(backup.path)),
            done=lambda state: self._note(backup, state),
            failed=lambda _error: self._note(backup, BackupState.LOCKED),
            pool=Pool.CPU,
            owner=self,
        )

    def _note(self, backup: Backup, state: BackupState) -> None:
        self._show(
            [replace(line, state=state) if line.backup.path == backup.path else line for line in self._model.rows]
        )

    def _show(self, lines: list[BackupLine]) -> None:
        current = self.current
        self._model.set_rows(lines)
        chosen = current.backup.path if current is not None else None
        if not self.view.select_row(lambda line: line.backup.path == chosen):
            self.view.select_row(lambda _line: True)
        self.selected.emit(self.current)


def state_text(line: BackupLine) -> str:
    """What is known of a backup, in words."""
    words = {
        None: _("is being checked …"),
        BackupState.VERIFIED: _("verified"),
        BackupState.DAMAGED: _("damaged"),
        BackupState.LOCKED: _("needs its passphrase"),
    }
    return words[line.state]


def _columns() -> tuple[Column[BackupLine], ...]:
    icons = {
        None: "clock",
        BackupState.VERIFIED: "circle-check",
        BackupState.DAMAGED: "circle-alert",
        BackupState.LOCKED: "lock",
    }
    tones = {
        None: "text_muted",
        BackupState.VERIFIED: "ok",
        BackupState.DAMAGED: "error",
        BackupState.LOCKED: "text_muted",
    }
    return (
        Column(lambda: _("Made"), lambda line: when(line.backup.at), is_strong=True, width=150),
        Column(lambda: _("Why"), lambda line: reason_word(line.backup.reason)),
        Column(lambda: _("Size"), lambda line: size_text(line.backup.size), is_number=True, width=84),
        Column(
            lambda: _("State"),
            state_text,
            icon=lambda line: icons[line.state],
            tone=lambda line: tones[line.state],
            width=178,
        ),
    )


def _sentence(line: BackupLine) -> str:
    return ", ".join(
        (when(line.backup.at), reason_word(line.backup.reason), size_text(line.backup.size), state_text(line))
    )
