"""The door of projects: opens, creates and closes them on the database thread, and tells the window.

The window appears before the database libraries are loaded; they come with the first project, on its thread.
"""

import contextlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from roadmapdesk.desktop import settings as keys
from roadmapdesk.desktop.jobs import Control
from roadmapdesk.desktop.pages import Desk
from roadmapdesk.desktop.projects.backups import last_backup
from roadmapdesk.desktop.safety.keeper import Keeper
from roadmapdesk.desktop.settings import RecentProject
from roadmapdesk.domain.interviews import InterviewState
from roadmapdesk.errors import RoadmapDeskError
from roadmapdesk.i18n import current_language
from roadmapdesk.i18n import gettext as _
from roadmapdesk.paths import documents_folder

if TYPE_CHECKING:
    from roadmapdesk.desktop.projects.dialogs import NewProjectDialog
    from roadmapdesk.storage import Project

SampleOpener = Callable[[Control], "Project"]
_PASSPHRASE_NEEDED = "storage.passphrase_needed"
_UNREADABLE = "storage.unreadable"
_BAD_RECOVERY_KEY = "storage.bad_recovery_key"
_LOCKED = "storage.locked"
_NO_PLACE = "storage.cannot_open"
_READABLE = frozenset({"storage.read_only", "storage.migration_failed"})
"""Codes after which the project can still be opened for reading."""


@dataclass(frozen=True, slots=True)
class _Request:
    """What to open and how; kept for another attempt."""

    folder: Path
    interview_id: str = ""
    passphrase: str | None = None
    recovery_key: str | None = None
    read_only: bool = False
    break_lock: bool = False
    remembers: bool = False
    has_recalled: bool = False


class ProjectDoor(QObject):
    """Opens and closes projects; lives in the main thread.

    Args:
        desk: jobs, prompts, settings and theme.
        sample: opens the sample project, building it where it is missing; runs on the database thread.

    Attributes:
        opened: (project, interview id) — a project is open; the id is empty except for going on with an interview.
        busy_changed: words for what is under way, empty when it ended.
        progressed: (done, total) of what is under way.
    """

    opened = Signal(object, str)
    busy_changed = Signal(str)
    progressed = Signal(int, int)

    def __init__(self, *, desk: Desk, sample: SampleOpener, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._sample = sample

    def open(self, folder: Path, *, window: QWidget, interview_id: str = "") -> None:
        """Opens a project, asking for its passphrase where it needs one."""
        self._try(_Request(folder, interview_id), window)

    def ask_open(self, window: QWidget) -> None:
        """Lets a person choose a project folder and opens it."""
        self._desk.prompts.open_folder(
            window,
            title=_("Which project shall be opened?"),
            folder=self._projects_folder(),
            chosen=lambda folder: self.open(folder, window=window),
        )

    def open_sample(self, window: QWidget) -> None:
        """Opens the sample project as it was left, or builds it first."""
        self.busy_changed.emit(_("The sample project is being built …"))
        self._desk.jobs.run(
            self._sample,
            done=lambda project: self._on_opened(project, ""),
            failed=lambda error: self._on_opening_failed(error, _Request(Path()), window),
            progress=self.progressed.emit,
            owner=self,
        )

    def ask_new(self, window: QWidget) -> None:
        """Asks for a name and place and creates a project there."""
        from roadmapdesk.desktop.projects.dialogs import NewProjectDialog  # noqa: PLC0415 — the start page needs no dialog

        dialog = NewProjectDialog(
            folder=self._projects_folder(),
            author=self._desk.settings.get(keys.INTERVIEWER),
            theme=self._desk.theme,
            prompts=self._desk.prompts,
            parent=window,
        )
        dialog.creation_wanted.connect(lambda: self._create(dialog, window))
        self._desk.prompts.show(dialog)

    def _create(self, dialog: "NewProjectDialog", window: QWidget) -> None:
        folder, title, author = dialog.folder, dialog.title, dialog.author
        passphrase, with_catalogue = dialog.passphrase, dialog.with_catalogue
        language = current_language().code

        def create(_control: Control) -> "Project":
            from roadmapdesk.workspace.projects import new_project  # noqa: PLC0415 — loads the database, see above

            return new_project(
                folder,
                title=title,
                language=language,
                passphrase=passphrase,
                author=author,
                with_catalogue=with_catalogue,
            )

        def created(project: "Project") -> None:
            self._desk.settings.set(keys.PROJECTS_FOLDER, str(folder.parent))
            self._desk.settings.set(keys.INTERVIEWER, author)
            dialog.finish()
            self._on_opened(project, "")
            Keeper(desk=self._desk, window=window).show_recovery_key(project)

        def failed(error: Exception) -> None:
            self.busy_changed.emit("")
            if not isinstance(error, RoadmapDeskError):
                dialog.fail("")
                raise error
            is_place = error.code == _NO_PLACE
            here = _("The project could not be created here. Please choose another folder.")
            dialog.fail(here if is_place else error.sentence)

        self.busy_changed.emit(_("The project is being created …"))
        self._desk.jobs.run(
            create,
            done=created,
            failed=failed,
            owner=self,
        )

    def _try(self, request: _Request, window: QWidget) -> None:
        author = self._desk.settings.get(keys.INTERVIEWER)

        def open_it(_control: Control) -> "Project":
            from roadmapdesk.workspace.assessment import load_reader  # noqa: PLC0415 — see the next line
            from roadmapdesk.workspace.projects import open_project  # noqa: PLC0415 — loads the database, see above

            project = open_project(
                request.folder,
                passphrase=request.passphrase,
                recovery_key=request.recovery_key,
                read_only=request.read_only,
                break_lock=request.break_lock,
                author=author,
            )
            load_reader(project)
            return project

        def opened(project: "Project") -> None:
            self._on_opened(project, request.interview_id)
            if request.remembers:
                Keeper(desk=self._desk, window=window).remember(project)

        self.busy_changed.emit(_("The project is being opened …"))
        self._desk.jobs.run(
            open_it,
            done=opened,
            failed=lambda error: self._on_opening_failed(error, request, window),
            owner=self,
        )

    def _on_opened(self, project: "Project", interview_id: str) -> None:
        self.busy_changed.emit("")
        self._desk.settings.set(keys.LAST_PROJECT, str(project.folder))
        self.remember(project, open_interview=interview_id)
        self.opened.emit(project, interview_id)

    def _on_opening_failed(self, error: Exception, request: _Request, window: QWidget) -> None:
        from roadmapdesk.desktop.safety.trouble import RESCUABLE, LockedDialog  # noqa: PLC0415 — for the reason given at `ask_new`

        self.busy_changed.emit("")
        if not isinstance(error, RoadmapDeskError):
            raise error
        if error.code == _PASSPHRASE_NEEDED and not request.has_recalled:
            self._recall(request, window)
        elif error.code in {_PASSPHRASE_NEEDED, _UNREADABLE, _BAD_RECOVERY_KEY}:
            was_typed = request.passphrase is not None or request.recovery_key is not None
            self._ask_passphrase(request, error.sentence if was_typed else "", window)
        elif error.code == _LOCKED:
            dialog = LockedDialog(
                sentence=error.sentence,
                read=lambda: self._try(replace(request, read_only=True), window),
                take_over=lambda: self._try(replace(request, break_lock=True), window),
                desk=self._desk,
                parent=window,
            )
            self._desk.prompts.show(dialog)
        elif error.code in _READABLE and not request.read_only:
            self._desk.prompts.ask(
                window,
                question=_("Open the project for reading only?"),
                consequence=error.sentence,
                confirm=_("Open for reading"),
                confirmed=lambda: self._try(replace(request, read_only=True), window),
            )
        elif error.code in RESCUABLE:
            self._offer_rescue(request, error.sentence, window)
        else:
            self._desk.prompts.tell(window, title=_("The project was not opened"), text=error.sentence)

    def _recall(self, request: _Request, window: QWidget) -> None:
        """Tries the key that was remembered on this computer, if a person asked for that; else asks."""

        def look(_control: Control) -> str | None:
            from roadmapdesk.workspace.safety import remembered_key  # noqa: PLC0415 — loads the database, see above

            return remembered_key(request.folder)

        def found(key: str | None) -> None:
            tried = replace(request, has_recalled=True)
            if key is None:
                self._ask_passphrase(tried, "", window)
            else:
                self._try(replace(tried, recovery_key=key), window)

        self._desk.jobs.run(look, done=found, owner=self)

    def _ask_passphrase(self, request: _Request, problem: str, window: QWidget) -> None:
        theme = self._desk.theme
        from roadmapdesk.desktop.projects.dialogs import PassphraseDialog  # noqa: PLC0415 — for the reason given at `ask_new`

        dialog = PassphraseDialog(name=request.folder.stem, problem=problem, theme=theme, parent=window)

        def typed() -> _Request:
            return replace(
                request,
                passphrase=dialog.passphrase,
                recovery_key=dialog.recovery_key,
                remembers=dialog.remembers,
                has_recalled=True,
            )

        dialog.accepted.connect(lambda: self._try(typed(), window))
        dialog.rescue_wanted.connect(lambda: self._offer_rescue(request, problem, window))
        self._desk.prompts.show(dialog)

    def _offer_rescue(self, request: _Request, sentence: str, window: QWidget) -> None:
        from roadmapdesk.desktop.safety.trouble import RescueDialog  # noqa: PLC0415 — for the reason given at `ask_new`

        dialog = RescueDialog(
            folder=request.folder,
            sentence=sentence,
            passphrase=request.passphrase,
            recovery_key=request.recovery_key,
            desk=self._desk,
            parent=window,
        )
        dialog.rescue.finished.connect(lambda _folder: dialog.close())
        dialog.rescue.finished.connect(
            lambda folder: self._try(replace(request, folder=folder, interview_id=""), window)
        )
        self._desk.prompts.show(dialog)

    def _projects_folder(self) -> Path:
        stored = self._desk.settings.get(keys.PROJECTS_FOLDER)
        return Path(stored) if stored else documents_folder()

    def remember(self, project: "Project", *, open_interview: str | None = None) -> None:
        """Keeps for the start page what the project looks like now.

        Args:
            project: the open project.
            open_interview: id of the interview on the screen; None keeps what was noted last.
        """
        self._desk.settings.remember_project(self._seen(project, open_interview))

    def note(self, project: "Project", *, open_interview: str | None = None) -> None:
        """Keeps while the project is open what a start page shall say if the program ends without closing it.

        Args:
            project: the open project.
            open_interview: id of the interview on the screen, empty where there is none; None keeps what was noted.
        """
        with contextlib.suppress(RoadmapDeskError):
            self._desk.settings.note_project(self._seen(project, open_interview))

    def _seen(self, project: "Project", open_interview: str | None) -> RecentProject:
        if open_interview is None:
            noted = (entry for entry in self._desk.settings.recent_projects() if entry.path == str(project.folder))
            open_interview = next((entry.open_interview for entry in noted), "")
        counts = project.interviews.count_by_state()
        counted = sum(number for state, number in counts.items() if state.counts)
        withdrawn = counts.get(InterviewState.WITHDRAWN, 0)
        backup = last_backup(project)
        return RecentProject(
            path=str(project.folder),
            name=project.settings.title or project.name,
            interviews=counted,
            planned=sum(counts.values()) - withdrawn,
            drafts=counts.get(InterviewState.DRAFT, 0),
            opened_at=datetime.now(UTC).isoformat(timespec="seconds"),
            backed_up_at=backup.isoformat() if backup else "",
            open_interview=open_interview,
        )

    def close(self, project: "Project") -> None:
        """Closes the files; every job has ended before. A project that cannot be read any more is closed as well."""
        with contextlib.suppress(RoadmapDeskError):
            self.remember(project)
        project.close()
