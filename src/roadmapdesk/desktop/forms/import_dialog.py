"""The dialog that shows what a form file holds before it comes into the project: problems, repairs, fitness."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QScrollArea, QWidget

from roadmapdesk.desktop.forms.columns import problem_columns, problem_sentence, repair_text
from roadmapdesk.desktop.forms.frame import WholeText, fitting_width, keep_inside
from roadmapdesk.desktop.forms.words import questions_text
from roadmapdesk.desktop.jobs import Control, Job, Pool
from roadmapdesk.desktop.pages import Desk
from roadmapdesk.desktop.widgets.buttons import Button
from roadmapdesk.desktop.widgets.dialog import Dialog
from roadmapdesk.desktop.widgets.labels import Text
from roadmapdesk.desktop.widgets.notices import MessageBar, ProgressStrip
from roadmapdesk.desktop.widgets.table_model import RowsModel
from roadmapdesk.desktop.widgets.table_view import TableView
from roadmapdesk.errors import RoadmapDeskError
from roadmapdesk.i18n import gettext as _
from roadmapdesk.i18n import ngettext
from roadmapdesk.workspace.form_import import Candidate, repair_candidate
from roadmapdesk.xforms.xlsform.problems import Problem

_ROWS = 7
_LOWEST = 120
_FITNESS_LINES = 4


class ImportDialog(Dialog):
    """Shows a candidate; confirming means that it comes into the project.

    Attributes:
        trial_requested: carries the `StoredForm` to try out.
    """

    trial_requested = Signal(object)

    def __init__(self, candidate: Candidate, *, desk: Desk, parent: QWidget) -> None:
        super().__init__(
            title=_("Add “{name}” to the project?").format(name=candidate.name),
            confirm=_("Add questionnaire"),
            refuse=_("Cancel"),
            theme=desk.theme,
            width=fitting_width(parent, desk.theme),
            parent=parent,
        )
        self.setObjectName("form_import_dialog")
        self._desk = desk
        self._job: Job | None = None
        self.candidate = candidate
        theme = desk.theme
        self.state = MessageBar(theme=theme, parent=self)
        self._model = RowsModel(problem_columns(), sentence=problem_sentence, parent=self)
        self.table = TableView(theme=theme, name=_("Problems of the file"), parent=self)
        self.table.show_rows(self._model)
        self._whole = WholeText(theme=theme, parent=self)
        self.repair = Button(_("Carry out the offered repairs"), theme=theme, icon="check", parent=self)
        self.trial = Button(_("Try it out …"), theme=theme, icon="play", parent=self)
        self._progress = ProgressStrip(theme=theme, parent=self)
        self._fitness = Text("", type_style="caption", tone="muted")
        self._fitness.setContentsMargins(0, 0, theme.space("s"), 0)
        self._fitness_area = QScrollArea(self)
        self.is_current = QCheckBox(_("New interviews use it from now on"), self)
        self.is_current.setChecked(True)
        self._build()
        self._connect()
        keep_inside(self, parent)
        self._show()

    def _build(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(self.theme.space("s"))
        row.addWidget(self.repair)
        row.addWidget(self.trial)
        row.addStretch(1)
        self.content.addWidget(self.state)
        self.table.setMinimumHeight(_LOWEST)
        self.content.addWidget(self.table, 1)
        self.content.addWidget(self._whole)
        self.content.addWidget(self._progress)
        self.content.addLayout(row)
        area = self._fitness_area
        area.setWidget(self._fitness)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFixedHeight(_FITNESS_LINES * self.theme.line_height("caption"))
        area.setAccessibleName(_("What an assessment can do with it"))
        self.content.addWidget(area)
        self.content.addWidget(self.is_current)

    def _connect(self) -> None:
        self.table.row_selected.connect(self._on_row_selected)
        self.repair.clicked.connect(self._on_repair_clicked)
        self.trial.clicked.connect(self._on_trial_clicked)
        self._progress.cancel_requested.connect(self._on_cancel_requested)
        self.rejected.connect(self._on_cancel_requested)

    def _show(self) -> None:
        candidate = self.candidate
        has_problems, is_usable = bool(candidate.problems), candidate.form is not None
        self._model.set_rows(candidate.problems)
        self.table.setVisible(has_problems)
        self.table.fit_height(min(max(len(candidate.problems), 2), _ROWS))
        self._whole.setVisible(has_problems)
        self.table.select_row(lambda _problem: True)
        self.repair.setVisible(candidate.offered > 0)
        self.repair.setEnabled(True)
        self.trial.setVisible(is_usable)
        self.is_current.setVisible(is_usable)
        self.confirm.setEnabled(is_usable)
        self._show_state()
        self._show_fitness()
        self.adjustSize()

    def _show_state(self) -> None:
        candidate = self.candidate
        warnings = len(candidate.problems) - candidate.errors
        found = ngettext("{n} warning", "{n} warnings", warnings).format(n=warnings)
        repaired = ngettext("{n} repair was carried out.", "{n} repairs were carried out.", candidate.repairs)
        more = [repaired.format(n=candidate.repairs)] if candidate.repairs else []
        if candidate.form is None:
            title = ngettext(
                "{n} error stands against this file.", "{n} errors stand against this file.", candidate.errors
            )
            more.append(_("Correct the file and read it again, or let the program carry out what it offers."))
            self.state.say("error", title.format(n=max(candidate.errors, 1)), " ".join(more))
            return
        name = candidate.form.title or candidate.form.form_id
        title = f"{name} · {candidate.form.version}" if candidate.form.version else name
        more.insert(0, questions_text(candidate.questions) + (f" · {found}" if warnings else ""))
        self.state.say("warning" if warnings else "ok", title, " · ".join(more))

    def _show_fitness(self) -> None:
        fitness = self.candidate.fitness
        if fitness is None:
            self._fitness_area.setVisible(False)
            return
        if fitness.can_be_scored:
            text = _("Interviews can be scored: {cells} of {grid} cells are asked about.")
            lines = [text.format(cells=fitness.cells, grid=fitness.grid)]
        else:
            lines = [_("Interviews can be held, but not scored:"), *fitness.lacks]
        self._fitness.setText("\n".join([*lines, *fitness.remarks]))
        self._fitness_area.setVisible(True)

    def _on_row_selected(self, problem: Problem | None) -> None:
        if problem is not None:
            parts = (problem.place, problem.sentence, repair_text(problem))
            self._whole.setText("\n".join(part for part in parts if part))

    def _on_repair_clicked(self) -> None:
        candidate = self.candidate

        def work(control: Control) -> Candidate:
            return repair_candidate(candidate, is_cancelled=control.cancelled)

        self.repair.setEnabled(False)
        self.confirm.setEnabled(False)
        self._progress.begin(_("Repairing and checking again …"))
        self._job = self._desk.jobs.run(
            work, done=self._on_repaired, failed=self._on_failed, pool=Pool.CPU, owner=self
        )

    def _on_repaired(self, candidate: Candidate) -> None:
        self._job = None
        self._progress.end()
        self.candidate = candidate
        self._show()

    def _on_failed(self, error: Exception) -> None:
        self._job = None
        self._progress.end()
        self._show()
        if not isinstance(error, RoadmapDeskError):
            raise error
        self.state.say("error", lambda: error.sentence)

    def _on_cancel_requested(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._job = None
            self._progress.end()
            self._show()

    def _on_trial_clicked(self) -> None:
        if self.candidate.form is not None:
            self.trial_requested.emit(self.candidate.form)
