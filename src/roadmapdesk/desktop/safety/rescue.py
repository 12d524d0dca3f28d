"""Bringing work back: a backup into a new project, or what is readable of a damaged one. Never over a living one."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from roadmapdesk.desktop.jobs import Control, Pool
from roadmapdesk.desktop.pages import Desk
from roadmapdesk.desktop.prompts import FileKind
from roadmapdesk.errors import RoadmapDeskError
from roadmapdesk.i18n import gettext as _
from roadmapdesk.i18n import ngettext

if TYPE_CHECKING:
    from roadmapdesk.storage.keys import FileKey
    from roadmapdesk.workspace.salvaging import Salvaged


class Rescue(QObject):
    """Restores and salvages, with the questions that belong to it.

    Args:
        desk: jobs and prompts.
        parent: the window or page that the dialogs belong to.

    Attributes:
        finished: a new project folder was made; carries its path.
    """

    finished = Signal(object)

    def __init__(self, *, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._window = parent

    def restore(self, backup: Path, folder: Path, *, key: "Callable[[], FileKey | None]") -> None:
        """Asks for a place and makes a new project of a backup.

        Args:
            backup: the backup file.
            folder: the project it belongs to; the new one is offered beside it.
            key: gives what opens the backup, on the thread that works.
        """

        def work(target: Path) -> Path:
            from roadmapdesk.workspace.safety import restore  # noqa: PLC0415 — the start page must not load the database

            return restore(backup, target, key())

        self._ask_target(folder, _("restored"), lambda target: self._run(lambda: work(target), self._on_restored))

    def ask_salvage(self, folder: Path, *, is_encrypted: bool, passphrase: str | None = None) -> None:
        """Asks for a place, and for the passphrase where it is needed, and brings out what is readable."""
        if is_encrypted and passphrase is None:
            from roadmapdesk.desktop.projects.dialogs import PassphraseDialog  # noqa: PLC0415 — only when needed

            dialog = PassphraseDialog(name=folder.stem, problem="", theme=self._desk.theme, parent=self._window)
            dialog.accepted.connect(lambda: self._salvage(folder, dialog.passphrase))
            self._desk.prompts.show(dialog)
        else:
            self._salvage(folder, passphrase)

    def _salvage(self, folder: Path, passphrase: str | None) -> None:
        def work(target: Path) -> "Salvaged":
            from roadmapdesk.workspace.salvaging import salvage_project  # noqa: PLC0415 — see above

            return salvage_project(folder, target, passphrase=passphrase)

        self._ask_target(folder, _("salvaged"), lambda target: self._run(lambda: work(target), self._on_salvaged))

    def _ask_target(self, folder: Path, word: str, chosen: Callable[[Path], object]) -> None:
        name = f"{folder.stem}_{word}_{datetime.now().astimezone():%Y-%m-%d_%H%M}.roadmapdesk"
        self._desk.prompts.save_file(
            self._window,
            title=_("Where shall the new project lie?"),
            suggestion=folder.parent / name,
            kinds=(FileKind(_("Project"), ("*.roadmapdesk",)),),
            chosen=chosen,
        )

    def _run(self, work: "Callable[[], Path | Salvaged]", done: Callable[[object], None]) -> None:
        def run(_control: Control) -> object:
            return work()

        self._desk.jobs.run(run, done=done, failed=self._on_failed, pool=Pool.CPU, owner=self)

    def _on_restored(self, folder: object) -> None:
        if not isinstance(folder, Path):
            return
        self._tell(
            _("The backup was restored"),
            _("The new project lies at “{place}”. The present one was not touched.").format(place=folder),
        )
        self.finished.emit(folder)

    def _on_salvaged(self, result: object) -> None:
        from roadmapdesk.workspace.salvaging import Salvaged  # noqa: PLC0415 — see above

        if not isinstance(result, Salvaged):
            return
        count = result.interviews
        saved = ngettext("{n} interview was brought out.", "{n} interviews were brought out.", count).format(n=count)
        if result.is_complete:
            rest = _("Nothing was unreadable.")
        else:
            rest = _("Some parts were unreadable or doubtful; compare with the last backup.")
        if result.missing_forms:
            rest += " " + _(
                "The questionnaire {names} was unreadable; import the same one again to open its interviews."
            ).format(names=", ".join(result.missing_forms))
        place = _("The new project lies at “{place}”.").format(place=result.folder)
        has_none = not count and not result.is_complete
        title = _("No interview could be read") if has_none else _("What is readable was salvaged")
        self._tell(title, f"{saved} {rest} {place}")
        self.finished.emit(result.folder)

    def _tell(self, title: str, text: str) -> None:
        self._desk.prompts.tell(self._window, title=title, text=text)

    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, RoadmapDeskError):
            raise error
        self._tell(_("That did not work"), error.sentence)
