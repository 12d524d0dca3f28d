"""Makes previews in the background: facts from the database, then the report laid out beside it."""

from PySide6.QtCore import QObject, QTimer, Signal

from roadmapdesk.desktop.jobs import Job, Jobs, Pool
from roadmapdesk.desktop.reports.exporter import facts_of
from roadmapdesk.desktop.reports.order_panel import Order
from roadmapdesk.desktop.reports.rendering import make_preview
from roadmapdesk.reports.errors import ReportCancelled
from roadmapdesk.reports.facts import ReportFacts
from roadmapdesk.storage import Project
from roadmapdesk.workspace.assessment import Assessment

_REST_MS = 350
_PATIENCE_MS = 300


class PreviewMaker(QObject):
    """Makes one preview at a time; a newer wish replaces an older one.

    Args:
        assessment: used on the database thread only.

    Attributes:
        facts_read: what the report rests on, before its pages are laid out.
        made: carries the `Preview`.
        failed: carries the exception.
        grew_long: the work takes longer than a moment; carries True, and False at its end.
        advanced: (done, total).
    """

    facts_read = Signal(object)
    made = Signal(object)
    failed = Signal(object)
    grew_long = Signal(bool)
    advanced = Signal(int, int)

    def __init__(self, *, project: Project, assessment: Assessment, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._project = project
        self._assessment = assessment
        self._jobs = jobs
        self._order: Order | None = None
        self._job: Job | None = None
        self._rest, self._patience = QTimer(self), QTimer(self)
        for timer, wait in ((self._rest, _REST_MS), (self._patience, _PATIENCE_MS)):
            timer.setSingleShot(True)
            timer.setInterval(wait)
        self._rest.timeout.connect(self._begin)
        self._patience.timeout.connect(lambda: self.grew_long.emit(True))

    def wish(self, order: Order) -> None:
        """Makes the preview of `order` as soon as the choices rest."""
        self.stop()
        self._order = order
        self._rest.start()

    def stop(self) -> None:
        """Drops what is under way or waits."""
        self._rest.stop()
        if self._job is not None:
            self._job.cancel()
        self._end()

    def _begin(self) -> None:
        project, assessment, order = self._project, self._assessment, self._order
        if order is None:
            return
        self._patience.start()
        self._job = self._jobs.run(
            lambda _control: facts_of(project, assessment, order),
            done=lambda facts: self._lay_out(facts, order),
            failed=self._on_failed,
            owner=self,
        )

    def _lay_out(self, facts: ReportFacts, order: Order) -> None:
        self.facts_read.emit(facts)
        self._job = self._jobs.run(
            lambda control: make_preview(facts, order.kind, progress=control.progress, cancelled=control.cancelled),
            done=self._on_made,
            failed=self._on_failed,
            progress=self.advanced.emit,
            pool=Pool.CPU,
            owner=self,
        )

    def _on_made(self, preview: object) -> None:
        self._end()
        self.made.emit(preview)

    def _on_failed(self, error: Exception) -> None:
        self._end()
        if not isinstance(error, ReportCancelled):
            self.failed.emit(error)

    def _end(self) -> None:
        self._job = None
        self._patience.stop()
        self.grew_long.emit(False)
