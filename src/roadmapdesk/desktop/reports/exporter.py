"""One export in three steps: facts from the database, the file beside it, the log entry back on its thread."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from roadmapdesk.desktop.jobs import Control, Job, Jobs, Pool
from roadmapdesk.desktop.reports.order_panel import Order
from roadmapdesk.i18n import Language
from roadmapdesk.reports.errors import ReportCancelled
from roadmapdesk.reports.facts import ReportFacts
from roadmapdesk.storage import Project
from roadmapdesk.storage.values import Export
from roadmapdesk.workspace.assessment import Assessment
from roadmapdesk.workspace.exporting import Exported, add_records, log_export, write_report
from roadmapdesk.workspace.facts import report_facts


class Exporter(QObject):
    """Writes reports without holding the database thread; one at a time.

    Args:
        assessment: used on the database thread only.

    Attributes:
        finished: (what was written, the log with it).
        failed: carries the exception, `ReportCancelled` after `cancel`; an older file is untouched then.
        advanced: (done, total).
    """

    finished = Signal(object, object)
    failed = Signal(object)
    advanced = Signal(int, int)

    def __init__(self, *, project: Project, assessment: Assessment, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._project = project
        self._assessment = assessment
        self._jobs = jobs
        self._job: Job | None = None

    def begin(self, order: Order, target: Path, *, facts: ReportFacts | None = None) -> None:
        """Begins to export to `target`; the signals tell the rest.

        Args:
            order: what to write.
            target: file to write.
            facts: of this order, where they were read already.
        """
        if facts is not None and not order.with_records:
            self._write(replace(facts, created=datetime.now().astimezone()), order, target)
            return
        self._job = self._jobs.run(
            lambda _control: self._read(order),
            done=lambda facts: self._write(facts, order, target),
            failed=self._on_failed,
            owner=self,
        )

    def _read(self, order: Order) -> ReportFacts:
        """On the database thread."""
        facts = facts_of(self._project, self._assessment, order)
        return add_records(self._project, self._assessment, facts) if order.with_records else facts

    def cancel(self) -> None:
        """Stops before the next page; nothing is written then."""
        if self._job is not None:
            self._job.cancel()
            self._on_failed(ReportCancelled(ReportCancelled.CANCELLED))

    def _write(self, facts: ReportFacts, order: Order, target: Path) -> None:
        def work(control: Control) -> Exported:
            return write_report(
                facts, kind=order.kind, target=target, progress=control.progress, cancelled=control.cancelled
            )

        self._job = self._jobs.run(
            work,
            done=lambda exported: self._note(exported, facts),
            failed=self._on_failed,
            progress=self.advanced.emit,
            pool=Pool.CPU,
            owner=self,
        )

    def _note(self, exported: Exported, facts: ReportFacts) -> None:
        project, assessment = self._project, self._assessment
        self._job = None

        def work(_control: Control) -> tuple[Export, ...]:
            log_export(project, assessment, exported, facts)
            return project.export_log.list()

        self._jobs.run(work, done=lambda log: self.finished.emit(exported, log), failed=self._on_failed, owner=self)

    def _on_failed(self, error: Exception) -> None:
        self._job = None
        self.failed.emit(error)


def facts_of(project: Project, assessment: Assessment, order: Order) -> ReportFacts:
    """What the report of this order reads, without single records; on the database thread."""
    return report_facts(
        project, assessment, level=order.level, language=Language(order.language), wave=order.wave or None
    )
