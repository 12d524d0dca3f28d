"""Questionnaires as files: read in after a check, written out as a workbook."""

from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from roadmapdesk.desktop.forms.import_dialog import ImportDialog
from roadmapdesk.desktop.jobs import Control, Job, Pool
from roadmapdesk.desktop.pages import Desk
from roadmapdesk.desktop.prompts import FileKind
from roadmapdesk.desktop.widgets.notices import MessageBar, ProgressStrip
from roadmapdesk.errors import RoadmapDeskError
from roadmapdesk.i18n import gettext as _
from roadmapdesk.paths import documents_folder
from roadmapdesk.storage import Project
from roadmapdesk.storage.values import FormSummary
from roadmapdesk.workspace.form_import import PATTERNS, Candidate, export_workbook, keep_candidate, read_candidate


class FormFiles(QWidget):
    """Reads and writes form files in the background and says how it went; shows nothing until then.

    Attributes:
        message: what is to be said above the table of questionnaires.
        progress: the file that is being read or written.
        busy_changed: whether a file is being read or written.
        kept: hash of the form that came into the project.
        trial_requested: a form that is not in the project yet, and the dialog that shows it.
    """

    busy_changed = Signal(bool)
    kept = Signal(str)
    trial_requested = Signal(object, QWidget)

    def __init__(self, *, project: Project, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._project = project
        self._desk = desk
        self._job: Job | None = None
        self.message = MessageBar(theme=desk.theme, can_close=True, parent=self)
        self.progress = ProgressStrip(theme=desk.theme, parent=self)
        self.progress.cancel_requested.connect(self._on_progress_cancel_requested)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(desk.theme.space("s"))
        layout.addWidget(self.message)
        layout.addWidget(self.progress)

    @Slot()
    def ask_file(self) -> None:
        """Asks for a form file and reads it."""
        kind = FileKind(_("XLSForm and XForm"), PATTERNS)
        self._desk.prompts.open_file(
            self, title=_("Add questionnaire"), folder=documents_folder(), kinds=(kind,), chosen=self.read_file
        )

    def read_file(self, path: Path) -> None:
        """Reads and checks a form file in the background, then shows what it holds."""

        def work(control: Control) -> Candidate:
            return read_candidate(path, is_cancelled=control.cancelled)

        self.message.hide()
        self._begin(_("Reading and checking {name} …").format(name=path.name))
        self._job = self._desk.jobs.run(
            work, done=self._on_file_read, failed=self._on_job_failed, pool=Pool.CPU, owner=self
        )

    def ask_export(self, summary: FormSummary) -> None:
        """Asks where to, and writes a form of the project as a workbook."""
        name = f"{Path(summary.source_name).stem or summary.form_id}.xlsx"
        self._desk.prompts.save_file(
            self,
            title=_("Export as Excel"),
            suggestion=documents_folder() / name,
            kinds=(FileKind(_("Excel workbook"), ("*.xlsx",)),),
            chosen=lambda path: self._export(summary.sha, path),
        )

    def say_failure(self, error: Exception) -> None:
        """Says why something could not be done; an error that nobody foresaw is raised again."""
        if not isinstance(error, RoadmapDeskError):
            raise error
        self.message.say("error", lambda: _("That did not work"), lambda: error.sentence)

    def _begin(self, text: str) -> None:
        self.progress.begin(text)
        self.busy_changed.emit(True)

    def _end(self) -> None:
        self._job = None
        self.progress.end()
        self.busy_changed.emit(False)

    @Slot()
    def _on_progress_cancel_requested(self) -> None:
        if self._job is not None:
            self._job.cancel()
        self._end()

    def _on_job_failed(self, error: Exception) -> None:
        self._end()
        self.say_failure(error)

    def _on_file_read(self, candidate: Candidate) -> None:
        self._end()
        dialog = ImportDialog(candidate, desk=self._desk, parent=self)
        dialog.trial_requested.connect(lambda form: self.trial_requested.emit(form, dialog))
        dialog.accepted.connect(lambda: self._keep(dialog.candidate, is_current=dialog.is_current.isChecked()))
        self._desk.prompts.show(dialog)

    def _keep(self, candidate: Candidate, *, is_current: bool) -> None:
        project, known = self._project, {form.sha for form in self._project.forms.list()}

        def work(_control: Control) -> FormSummary:
            return keep_candidate(project, candidate, is_current=is_current)

        def done(summary: FormSummary) -> None:
            self.kept.emit(summary.sha)
            if summary.sha in known:
                self.message.say(
                    "info", lambda: _("This questionnaire is in the project already; nothing was added.")
                )

        self._desk.jobs.run(work, done=done, failed=self.say_failure, owner=self)

    def _export(self, sha: str, path: Path) -> None:
        form = self._project.forms.get(sha)
        self._begin(_("Writing {name} …").format(name=path.name))
        self._job = self._desk.jobs.run(
            lambda _control: export_workbook(form, path),
            done=lambda _nothing: self._on_exported(path),
            failed=self._on_job_failed,
            pool=Pool.CPU,
            owner=self,
        )

    def _on_exported(self, path: Path) -> None:
        self._end()
        self.message.say(
            "ok",
            lambda: _("Written: {path}").format(path=path),
            lambda: _("Edit it and add it as a new version."),
        )
