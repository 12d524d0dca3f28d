"""The dialog that moves unfinished interviews to another version, one by one, after saying what would change."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from roadmapdesk.desktop.forms.columns import (
    fate_columns,
    fate_sentence,
    interview_columns,
    interview_sentence,
)
from roadmapdesk.desktop.forms.frame import fitting_width, keep_inside
from roadmapdesk.desktop.forms.words import version_name
from roadmapdesk.desktop.jobs import Control
from roadmapdesk.desktop.pages import Desk
from roadmapdesk.desktop.widgets.dialog import Dialog
from roadmapdesk.desktop.widgets.labels import Text
from roadmapdesk.desktop.widgets.notices import MessageBar
from roadmapdesk.desktop.widgets.table_model import RowsModel
from roadmapdesk.desktop.widgets.table_view import TableView
from roadmapdesk.errors import RoadmapDeskError
from roadmapdesk.i18n import gettext as _
from roadmapdesk.i18n import ngettext
from roadmapdesk.storage import Project
from roadmapdesk.storage.values import FormSummary, InterviewRow
from roadmapdesk.workspace.form_moves import Fate, MovePlan, carry_out_move, movable_interviews, plan_move


class MoveDialog(Dialog):
    """Interviews left, what would change right; only the confirming button moves anything.

    Attributes:
        moved: an interview was moved.
    """

    moved = Signal()

    def __init__(
        self, *, project: Project, form: FormSummary, rows: Sequence[InterviewRow], desk: Desk, parent: QWidget
    ) -> None:
        super().__init__(
            title=_("Move unfinished interviews to “{version}”?").format(version=version_name(form)),
            consequence=_("Nothing is moved by itself. The state before stays in the history of the interview."),
            confirm=_("Move this interview"),
            refuse=_("Close"),
            theme=desk.theme,
            width=fitting_width(parent, desk.theme, widest=1120),
            parent=parent,
        )
        self.setObjectName("form_move_dialog")
        self._project = project
        self._form = form
        self._desk = desk
        self._plan: MovePlan | None = None
        theme = desk.theme
        self._rows_model = RowsModel(interview_columns(), sentence=interview_sentence, parent=self)
        self.interviews = TableView(theme=theme, name=_("Unfinished interviews"), parent=self)
        self.interviews.show_rows(self._rows_model)
        self._fates_model = RowsModel(fate_columns(), sentence=fate_sentence, parent=self)
        self.fates = TableView(theme=theme, name=_("What would change"), parent=self)
        self.fates.show_rows(self._fates_model, is_sortable=False)
        self.summary = Text("", parent=self)
        self.message = MessageBar(theme=theme, parent=self)
        self._build()
        self._connect()
        keep_inside(self, parent)
        self._show_rows(rows)

    def _build(self) -> None:
        theme = self.theme
        right = QVBoxLayout()
        right.setSpacing(theme.space("s"))
        right.addWidget(self.summary)
        right.addWidget(self.fates, 1)
        right.addStretch(0)
        row = QHBoxLayout()
        row.setSpacing(theme.space("m"))
        row.addWidget(self.interviews, 2)
        row.addLayout(right, 5)
        self.interviews.setMinimumWidth(theme.px(250))
        self.interviews.setMinimumHeight(theme.px(280))
        self.content.addWidget(self.message)
        self.content.addLayout(row, 1)

    def _connect(self) -> None:
        self.confirm.clicked.disconnect(self.accept)
        self.confirm.clicked.connect(self._on_move_clicked)
        self.interviews.row_selected.connect(self._on_interview_selected)

    def _show_rows(self, rows: Sequence[InterviewRow]) -> None:
        self._rows_model.set_rows(rows)
        self._plan = None
        if not self.interviews.select_row(lambda _row: True):
            self._show_plan(None)
            self.summary.setText(_("Every unfinished interview uses this version."))

    def _on_interview_selected(self, row: InterviewRow | None) -> None:
        self._show_plan(None)
        if row is None:
            return
        project, sha, interview_id = self._project, self._form.sha, row.id

        def work(_control: Control) -> MovePlan:
            return plan_move(project, interview_id, sha)

        self.summary.setText(_("Looking at what would change …"))
        self._desk.jobs.run(work, done=self._on_planned, failed=self._on_failed, owner=self)

    def _on_planned(self, plan: MovePlan) -> None:
        row = self.interviews.current_row
        if row is not None and row.id == plan.row.id:
            self._show_plan(plan)

    def _show_plan(self, plan: MovePlan | None) -> None:
        self._plan = plan
        self.confirm.setEnabled(plan is not None)
        self._fates_model.set_rows(plan.fates if plan is not None else ())
        self.fates.setEnabled(plan is not None)
        self.summary.setText(plan_sentence(plan) if plan is not None else "")

    def _on_move_clicked(self) -> None:
        plan = self._plan
        if plan is None:
            return
        project, form = self._project, self._form
        reason = _("moved to version {version} of the questionnaire").format(version=form.version or form.sha[:6])

        def work(_control: Control) -> tuple[InterviewRow, ...]:
            carry_out_move(project, plan, reason)
            return movable_interviews(project, form.sha)

        self.confirm.setEnabled(False)
        code = plan.row.code or _("Interview without a code")
        self._desk.jobs.run(work, done=lambda rows: self._on_moved(code, rows), failed=self._on_failed, owner=self)

    def _on_moved(self, code: str, rows: tuple[InterviewRow, ...]) -> None:
        self.message.say("ok", lambda: _("{code} now uses this version.").format(code=code))
        self.moved.emit()
        self._show_rows(rows)

    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, RoadmapDeskError):
            raise error
        self._show_plan(None)
        self.message.say("error", lambda: error.sentence)


def plan_sentence(plan: MovePlan) -> str:
    """What a move would do, in one line."""
    kept = ngettext("{n} answer stays", "{n} answers stay", plan.kept).format(n=plan.kept)
    lost = plan.count(Fate.LOST)
    gone = ngettext(
        "{n} answer leaves the interview and stays in its history",
        "{n} answers leave the interview and stay in its history",
        lost,
    ).format(n=lost)
    look = len(plan.fates) - lost
    watch = ngettext("{n} answer should be asked again", "{n} answers should be asked again", look).format(n=look)
    more = ngettext("{n} question is new", "{n} questions are new", plan.added).format(n=plan.added)
    parts = [kept, gone if lost else "", watch if look else "", more if plan.added else ""]
    return " · ".join(part for part in parts if part) + "."
