"""Bringing work back: a backup into a new project, or what is readable of a damaged one. Never over a living one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from roadmapdesk.desktop import settings as keys
from roadmapdesk.desktop.jobs import Control, Pool
from roadmapdesk.desktop.pages import Desk
from roadmapdesk.desktop.prompts import FileKind
from roadmapdesk.errors import RoadmapDeskError
from roadmapdesk.i18n import gettext as _
from roadmapdesk.i18n import ngettext
from roadmapdesk.paths import documents_folder

if TYPE_CHECKING:
    from roadmapdesk.storage.keys import FileKey
    from roadmapdesk.storage.secrets import Secret
    from roadmapdesk.storage.thinning import Backup
    from roadmapdesk.workspace.restoring import Restored
    from roadmapdesk.workspace.salvaging import Salvaged


@dataclass(frozen=True, slots=True)
class _Restoring:
    """One restoring, with all that was typed for it so far."""

    backup: "Backup"
    folder: Path
    target: Path
    project_key: "FileKey | None"
    secrets: "tuple[Secret, ...]"

    def with_secret(self, secret: "Secret") -> "_Restoring":
        return replace(self, secrets=(*self.secrets, secret))


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

    def restore(
        self,
        backup: "Backup",
        folder: Path,
        *,
        secrets: "Sequence[Secret]" = (),
        project_key: "FileKey | None" = None,
    ) -> None:
        """Asks for a place and makes a new project of a backup; asks for each passphrase that is missing then.

        Args:
            backup: the backup.
            folder: the project it belongs to; the new one is offered beside it.
            secrets: what opens the backup or the project, as far as it is known.
            project_key: of the project, where it is open.
        """
        self._ask_target(
            folder,
            _("restored"),
            lambda target: self._restore(_Restoring(backup, folder, target, project_key, tuple(secrets))),
        )

    def ask_file(
        self, folder: Path, *, secrets: "Sequence[Secret]" = (), project_key: "FileKey | None" = None
    ) -> None:
        """Asks for a backup that lies elsewhere, and restores it."""

        def chosen(path: Path) -> None:
            from roadmapdesk.workspace.restoring import backup_in  # noqa: PLC0415 — see below

            self.restore(backup_in(path), folder, secrets=secrets, project_key=project_key)

        place = self._desk.settings.get(keys.BACKUP_FOLDER)
        self._desk.prompts.open_file(
            self._window,
            title=_("Which backup shall be restored?"),
            folder=Path(place) if place else documents_folder(),
            kinds=(FileKind(_("Backup"), ("*.sqlite",)),),
            chosen=chosen,
        )

    def _restore(self, wanted: "_Restoring") -> None:
        def work() -> "Restored":
            from roadmapdesk.workspace.restoring import restore  # noqa: PLC0415 — the start page must not load the database

            return restore(
                wanted.backup.path,
                wanted.target,
                secrets=wanted.secrets,
                project=wanted.folder,
                project_key=wanted.project_key,
            )

        def failed(error: Exception) -> None:
            self._on_restore_failed(error, wanted)

        self._run(work, self._on_restored, failed)

    def _on_restore_failed(self, error: Exception, wanted: "_Restoring") -> None:
        """Asks for the passphrase that is missing, of the backup or of the project; tells anything else."""
        from roadmapdesk.storage.errors import ERASURES_LOCKED, KeyRefused  # noqa: PLC0415 — see above

        if not isinstance(error, KeyRefused):
            self._on_failed(error)
            return
        from roadmapdesk.desktop.projects.dialogs import PassphraseDialog  # noqa: PLC0415 — only when needed
        from roadmapdesk.storage.secrets import Secret  # noqa: PLC0415 — see above

        is_project = error.code == ERASURES_LOCKED.code
        name = wanted.folder.stem if is_project else wanted.backup.path.name
        dialog = PassphraseDialog(
            name=name, problem=error.sentence, theme=self._desk.theme, parent=self._window, is_project=False
        )
        dialog.accepted.connect(
            lambda: self._restore(wanted.with_secret(Secret(dialog.passphrase, dialog.recovery_key)))
        )
        self._desk.prompts.show(dialog)

    def ask_salvage(self, folder: Path, *, is_encrypted: bool, secret: "Secret | None" = None) -> None:
        """Asks for a place, and for the passphrase where it is needed, and brings out what is readable."""
        if is_encrypted and secret is None:
            from roadmapdesk.desktop.projects.dialogs import PassphraseDialog  # noqa: PLC0415 — only when needed
            from roadmapdesk.storage.secrets import Secret  # noqa: PLC0415 — see above

            dialog = PassphraseDialog(
                name=folder.stem, problem="", theme=self._desk.theme, parent=self._window, is_project=False
            )
            dialog.accepted.connect(lambda: self._salvage(folder, Secret(dialog.passphrase, dialog.recovery_key)))
            self._desk.prompts.show(dialog)
        else:
            self._salvage(folder, secret)

    def _salvage(self, folder: Path, secret: "Secret | None") -> None:
        def work(target: Path) -> "Salvaged":
            from roadmapdesk.storage.secrets import Secret  # noqa: PLC0415 — see above
            from roadmapdesk.workspace.salvaging import salvage_project  # noqa: PLC0415 — see above

            return salvage_project(folder, target, secret=secret or Secret())

        self._ask_target(
            folder,
            _("salvaged"),
            lambda target: self._run(lambda: work(target), self._on_salvaged, self._on_failed),
        )

    def _ask_target(self, folder: Path, word: str, chosen: Callable[[Path], object]) -> None:
        name = f"{folder.stem}_{word}_{datetime.now().astimezone():%Y-%m-%d_%H%M}.roadmapdesk"
        self._desk.prompts.save_file(
            self._window,
            title=_("Where shall the new project lie?"),
            suggestion=folder.parent / name,
            kinds=(FileKind(_("Project"), ("*.roadmapdesk",)),),
            chosen=chosen,
        )

    def _run(
        self,
        work: "Callable[[], Restored | Salvaged]",
        done: Callable[[object], None],
        failed: Callable[[Exception], None],
    ) -> None:
        def run(_control: Control) -> object:
            return work()

        self._desk.jobs.run(run, done=done, failed=failed, pool=Pool.CPU, owner=self)

    def _on_restored(self, result: object) -> None:
        from roadmapdesk.workspace.restoring import Restored  # noqa: PLC0415 — see above

        if not isinstance(result, Restored):
            return
        sentences = [
            _("The new project lies at “{place}”. The present one was not touched.").format(place=result.folder),
            *result.notes,
        ]
        count = len(result.report.problems)
        if count:
            found = ngettext(
                "Its check found {n} fault: open it and look at the check.",
                "Its check found {n} faults: open it and look at the check.",
                count,
            )
            sentences.append(found.format(n=count))
        self._tell(_("The backup was restored"), "\n\n".join(sentences))
        self.finished.emit(result.folder)

    def _on_salvaged(self, result: object) -> None:
        from roadmapdesk.workspace.salvaging import Salvaged  # noqa: PLC0415 — see above

        if not isinstance(result, Salvaged):
            return
        count = result.interviews
        saved = ngettext("{n} interview was brought out.", "{n} interviews were brought out.", count).format(n=count)
        if result.is_complete:
            rest = _("Nothing was unreadable.")
        elif result.warning:
            rest = result.warning
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
