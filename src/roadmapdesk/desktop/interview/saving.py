"""Saves of one interview in their order: shown as saved only after COMMIT, kept and retried where one fails."""

from collections import deque
from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject, QTimer, Signal

from roadmapdesk.desktop.jobs import Jobs
from roadmapdesk.errors import RoadmapDeskError
from roadmapdesk.i18n import gettext as _
from roadmapdesk.storage.project import Project
from roadmapdesk.workspace.interview_steps import Save

TYPING_PAUSE_MS = 300

Work = Callable[[Project], datetime | None]


class SavingQueue(QObject):
    """Writes one change after the other on the database thread.

    Nothing overtakes: after a failure everything behind it waits until it was tried again with success.

    Args:
        project: the open project.
        jobs: the background work of the program.

    Attributes:
        saved: a change is in the file; carries the moment of its COMMIT.
        failed: the first change of the queue could not be written; carries the exception.
        stuck: another change waits behind the one that could not be written; carries why that one could not.
        emptied: nothing waits any more.
    """

    saved = Signal(object)
    failed = Signal(object)
    stuck = Signal(object)
    emptied = Signal()

    def __init__(self, *, project: Project, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._project = project
        self._jobs = jobs
        self._waiting: deque[Work] = deque()
        self._is_running = False
        self._error: Exception | None = None
        self._afterwards: deque[Callable[[], None]] = deque()

    @property
    def is_empty(self) -> bool:
        """Whether everything is in the file."""
        return not self._waiting

    @property
    def error(self) -> Exception | None:
        """Why the queue stands still; None while it moves."""
        return self._error

    @property
    def waiting(self) -> int:
        """How many answers are not in the file yet; notes and places wait beside them."""
        return sum(1 for work in self._waiting if isinstance(getattr(work, "__self__", None), Save))

    def add(self, save: Save) -> None:
        """Writes a change after those before it."""
        self.add_work(save.write)

    def add_work(self, work: Work) -> None:
        """Runs any other write of the interview in the same order; it returns the moment of its COMMIT or None."""
        self._waiting.append(work)
        if self._error is not None:
            self.stuck.emit(self._error)
        self._run()

    def retry(self) -> None:
        """Tries the change that failed again; writing it twice is harmless."""
        self._error = None
        self._run()

    def abandon(self) -> tuple[Work, ...]:
        """Takes everything out that was not written, the failed change first; the caller sees to it."""
        left = tuple(self._waiting)
        self._waiting.clear()
        self._error = None
        return left

    def when_empty(self, then: Callable[[], None]) -> None:
        """Calls `then` once nothing waits any more; at once where nothing does.

        Where an earlier `then` adds a change, the later ones wait for it too.
        """
        if self.is_empty:
            then()
        else:
            self._afterwards.append(then)

    def _run(self) -> None:
        if self._is_running or self._error is not None or not self._waiting:
            return
        work = self._waiting[0]
        project = self._project
        self._is_running = True
        self._jobs.run(
            lambda _control: work(project), done=self._on_work_done, failed=self._on_work_failed, owner=self
        )

    def _on_work_done(self, at: datetime | None) -> None:
        self._is_running = False
        self._waiting.popleft()
        if at is not None:
            self.saved.emit(at)
        if self.is_empty:
            self.emptied.emit()
        while self._afterwards and self.is_empty:
            self._afterwards.popleft()()
        self._run()

    def _on_work_failed(self, error: Exception) -> None:
        self._is_running = False
        self._error = error
        self.failed.emit(error)


class TypingPause(QObject):
    """Holds the answer being typed until the keys rest, or until somebody needs it now.

    Args:
        take: gets (ref, text) when the pause is over.
    """

    def __init__(self, take: Callable[[str, str], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._take = take
        self._pending: tuple[str, str] | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(TYPING_PAUSE_MS)
        self._timer.timeout.connect(self.flush)

    def hold(self, ref: str, text: str) -> None:
        """Keeps the latest text of a question; another question's text is taken at once."""
        if self._pending is not None and self._pending[0] != ref:
            self.flush()
        self._pending = (ref, text)
        self._timer.start()

    def drop(self, ref: str) -> None:
        """Forgets the held text of a question that is answered otherwise now."""
        if self._pending is not None and self._pending[0] == ref:
            self._pending = None
            self._timer.stop()

    def flush(self) -> None:
        """Hands over what is held."""
        self._timer.stop()
        pending, self._pending = self._pending, None
        if pending is not None:
            self._take(*pending)


def sentence_of(error: Exception) -> str:
    """What to say about a failed save: what happened, what is safe, what to do."""
    if isinstance(error, RoadmapDeskError):
        return error.sentence
    return _("An unexpected fault stopped the saving. Everything shown as saved is safe. Try again or save a copy.")
