"""Looks at every page of a project soon after it was opened, beside the work; damage ends all writing at once."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QObject, QTimer
from PySide6.QtWidgets import QWidget

from roadmapdesk.desktop.jobs import Control, Job, Pool
from roadmapdesk.desktop.pages import Desk
from roadmapdesk.desktop.safety.banner import ProjectBanner
from roadmapdesk.errors import RoadmapDeskError
from roadmapdesk.i18n import gettext as _

if TYPE_CHECKING:
    from roadmapdesk.storage import Project

PAUSE_MS = 400
"""Until the first page is painted."""
PATIENCE_MS = 1500
"""A check that is done by then is not worth a word."""


class PageCheck(QObject):
    """Checks the open project in the background.

    Args:
        desk: jobs and prompts.
        banner: says for as long as the project is open that it is damaged.
        said: gets (tables done, tables in all) of a check that takes long, and (0, 0) when it ends.
        window: parent of the message.
    """

    def __init__(
        self, *, desk: Desk, banner: ProjectBanner, said: Callable[[int, int], object], window: QWidget
    ) -> None:
        super().__init__(window)
        self._desk = desk
        self._banner = banner
        self._said = said
        self._window = window
        self._begun = QElapsedTimer()
        self._project: Project | None = None
        self._job: Job | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.check)

    def begin(self, project: "Project") -> None:
        """Checks a project that was just opened for writing; one that is only read cannot be spoilt."""
        self.stop()
        if not project.is_read_only:
            self._project = project
            self._pause.start()

    def stop(self) -> None:
        """Ends the check after the table under way; for closing the project."""
        self._pause.stop()
        self._project = None
        if self._job is not None:
            self._job.cancel()
            self._end()

    def check(self) -> None:
        """Begins the check now."""
        project = self._project
        if project is None:
            return

        def look(control: Control) -> None:
            project.verify(is_stopped=control.cancelled, progress=control.progress)

        self._begun.start()
        self._job = self._desk.jobs.run(
            look,
            done=lambda _nothing: self._end(),
            failed=self._on_failed,
            progress=self._on_progress,
            pool=Pool.CPU,
            owner=self,
        )

    def _on_progress(self, done: int, total: int) -> None:
        if self._job is not None and self._begun.elapsed() >= PATIENCE_MS:
            self._said(done, total)

    def _end(self) -> None:
        self._job = None
        self._said(0, 0)

    def _on_failed(self, error: Exception) -> None:
        self._end()
        project = self._project
        if not isinstance(error, RoadmapDeskError):
            raise error
        if project is None:
            return
        if not project.is_damaged:  # it could not be looked at just now, which the next answer will tell as well
            return
        self._banner.show_project(project)
        self._desk.prompts.tell(self._window, title=_("The project is damaged"), text=error.sentence)
