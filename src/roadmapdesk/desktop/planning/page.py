"""The page of planning: what is agreed, and whom to ask next."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QAction, QKeySequence, QUndoStack
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from roadmapdesk.desktop import settings as keys
from roadmapdesk.desktop.jobs import Control
from roadmapdesk.desktop.pages import Desk, Page
from roadmapdesk.desktop.planning.calendar_file import CalendarFile
from roadmapdesk.desktop.planning.columns import (
    actor_text,
    agenda_columns,
    agenda_sentence,
    candidate_columns,
    candidate_sentence,
)
from roadmapdesk.desktop.planning.dialog import AppointmentDialog, next_usual_start
from roadmapdesk.desktop.planning.step import PlanStep
from roadmapdesk.desktop.widgets.buttons import Button
from roadmapdesk.desktop.widgets.notices import EmptyState, MessageBar
from roadmapdesk.desktop.widgets.panel import Panel
from roadmapdesk.desktop.widgets.table_model import RowsModel
from roadmapdesk.desktop.widgets.table_view import FIRST_INSET, TableView
from roadmapdesk.errors import RoadmapDeskError
from roadmapdesk.i18n import gettext as _
from roadmapdesk.i18n import ngettext
from roadmapdesk.storage import Project
from roadmapdesk.workspace import appointments, coverage, planning
from roadmapdesk.workspace.appointments import Appointment, PlannedLine
from roadmapdesk.workspace.assessment import Assessment
from roadmapdesk.workspace.coverage import Candidate
from roadmapdesk.workspace.interviews import usual_wave, wave_choices
from roadmapdesk.workspace.planning import PlanChange, PlanWish


class PlanningPage(Page):
    """Calendar list and candidates; every step can be undone while the page lives.

    Args:
        item: ``new:<actor key>`` opens the dialog for this organisation, anything else shows the page.
        assessment: used on the database thread only.
    """

    key = "planning"
    navigation_key = "interviews"

    def __init__(
        self, *, project: Project, assessment: Assessment, item: str, desk: Desk, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.item_id = item
        self._project = project
        self._assessment = assessment
        self._desk = desk
        self._lines: tuple[PlannedLine, ...] = ()
        self._wave = ""
        self._undo = QUndoStack(self)
        theme = desk.theme
        self._new = Button(theme=theme, variant="primary", icon="calendar")
        self._calendar = Button(theme=theme, variant="compact", icon="download")
        self._message = MessageBar(theme=theme, can_close=True, parent=self)
        self._message.setObjectName("planning_message")
        self._file = CalendarFile(project=project, desk=desk, message=self._message, parent=self)
        self._agenda = Panel(theme=theme, has_padding=False, parent=self)
        self._model = RowsModel(agenda_columns(), sentence=agenda_sentence, parent=self)
        self._table = TableView(theme=theme, parent=self)
        self._table.setObjectName("agenda_table")
        self._table.show_rows(self._model, sort_column=0)
        self._empty = EmptyState(theme=theme, parent=self)
        self._begin = Button(theme=theme, icon="play", parent=self)
        self._move = Button(theme=theme, icon="calendar", parent=self)
        self._cancel = Button(theme=theme, variant="flat", icon="ban", parent=self)
        self._next = Panel(theme=theme, has_padding=False, parent=self)
        self._candidate_model = RowsModel(candidate_columns(), sentence=candidate_sentence, parent=self)
        self._candidates = TableView(theme=theme, parent=self)
        self._candidates.show_rows(self._candidate_model, is_sortable=False)
        self._nobody = EmptyState(theme=theme, parent=self)
        self._plan = Button(theme=theme, variant="compact", icon="calendar")
        self._undo_action = self._undo.createUndoAction(self)
        self._redo_action = self._undo.createRedoAction(self)
        self._undo_action.setShortcut(QKeySequence(QKeySequence.StandardKey.Undo))
        self._redo_action.setShortcut(QKeySequence(QKeySequence.StandardKey.Redo))
        self._build()
        self._connect()
        self.retranslate()
        if item.startswith("new:"):
            # After the page is on the screen, so that the dialog stands over it.
            QTimer.singleShot(0, self, lambda: self.ask_new(item.partition(":")[2]))

    @override
    def title(self) -> str:
        return _("Planning")

    @override
    def context(self) -> str:
        planned = sum(line.is_open for line in self._lines)
        progress = coverage.progress_of(self._project, self._wave)
        text = ngettext("{n} planned", "{n} planned", planned).format(n=planned)
        done = _("{done} of {all} are finished").format(done=progress.finished, all=progress.planned)
        return f"{text} · {done}"

    @override
    def actions_right(self) -> Sequence[QWidget]:
        return (self._new,)

    @override
    def menu_actions(self) -> Mapping[str, Sequence[QAction]]:
        return {"edit": (self._undo_action, self._redo_action)}

    @override
    def refresh(self) -> None:
        project, assessment = self._project, self._assessment
        self._wave = wave = usual_wave(project)
        current = self._table.current_row
        chosen = current.line.row.id if current is not None else ""
        self._lines = appointments.agenda(project)
        self._model.set_rows(self._lines)
        if not self._table.select_row(lambda line: line.line.row.id == chosen):
            self._table.select_row(lambda line: line.is_open)
        self._table.setVisible(bool(self._lines))
        self._empty.setVisible(not self._lines)
        self._calendar.setEnabled(any(line.is_open and line.sequence >= 0 for line in self._lines))
        self._update_buttons()
        self.header_changed.emit()

        def work(_control: Control) -> tuple[Candidate, ...]:
            assessment.refresh()
            found = coverage.candidates(project, wave, assessment.coverage(wave))
            return tuple(candidate for candidate in found if candidate.open_interview is None)

        self._desk.jobs.run(work, done=self._on_candidates_found, owner=self)

    @override
    def retranslate(self) -> None:
        self._new.setText(_("Plan interview"))
        self._calendar.setText(_("Calendar file …"))
        self._calendar.setToolTip(_("Appointments with reminders as .ics for a calendar program"))
        self._agenda.set_title(_("Appointments"))
        self._table.setAccessibleName(_("Appointments"))
        self._empty.set_texts(_("Planned interviews will be listed here by date."), _("Plan interview"))
        self._begin.setText(_("Begin interview"))
        self._move.setText(_("Move …"))
        self._cancel.setText(_("Call off"))
        self._next.set_title(_("Whom to ask next"))
        self._candidates.setAccessibleName(_("Whom to ask next"))
        self._nobody.set_texts(_("Every actor of the register has an interview or an appointment in this wave."))
        self._plan.setText(_("Plan"))
        self._undo_action.setText(_("&Undo"))
        self._redo_action.setText(_("&Redo"))
        self._model.retranslate()
        self._candidate_model.retranslate()

    @Slot()
    def _on_new_clicked(self) -> None:
        self.ask_new()

    def ask_new(self, actor_key: str = "") -> None:
        """Asks for the appointment of a new interview."""
        start = PlanWish(
            actor_key,
            self._wave or usual_wave(self._project),
            Appointment(next_usual_start(datetime.now(UTC))),
            self._desk.settings.get(keys.INTERVIEWER),
        )
        project = self._project
        dialog = self._dialog(
            _("Plan interview"),
            _("Plan"),
            start,
            is_move=False,
            check=lambda wish: planning.refuse_wish(project, wish),
        )

        def accepted() -> None:
            wish = dialog.wanted
            self._push(_("plan interview"), lambda: planning.plan(project, wish))

        dialog.accepted.connect(accepted)
        self._desk.prompts.show(dialog)

    def ask_move(self) -> None:
        """Asks for another time of the chosen interview."""
        line = self._table.current_row
        if line is None or not line.is_open:
            return
        project, row = self._project, line.line.row
        known = line.appointment or Appointment(next_usual_start(datetime.now(UTC)))
        dialog = self._dialog(
            _("Move the interview?"),
            _("Move"),
            PlanWish(row.actor_key, row.wave, known, row.interviewer, row.code),
            is_move=True,
            check=lambda wish: planning.refuse_wish(project, wish, interview_id=row.id),
        )

        def accepted() -> None:
            wish = dialog.wanted
            self._push(
                _("move interview"),
                lambda: planning.move(project, row.id, wish.appointment, interviewer=wish.interviewer),
            )

        dialog.accepted.connect(accepted)
        self._desk.prompts.show(dialog)

    def call_off(self) -> None:
        """Takes the appointment off; a step that can be undone needs no question."""
        line = self._table.current_row
        if line is not None and line.is_open and line.appointment is not None:
            project, chosen = self._project, line.line.row.id
            self._push(_("call off"), lambda: planning.cancel(project, chosen))

    def _push(self, text: str, first: Callable[[], PlanChange]) -> None:
        self._undo.push(
            PlanStep(text, first, lambda change: planning.take_back(self._project, change), self.run_step)
        )

    def run_step(self, work: Callable[[], PlanChange]) -> None:
        """Runs one step on the database thread and shows the list again."""

        def on_done(change: PlanChange) -> None:
            self._message.hide()
            self.refresh()
            self._table.select_row(lambda line: line.line.row.id == change.interview_id)
            self.saved.emit(datetime.now(UTC))
            self.data_changed.emit()

        self._desk.jobs.run(lambda _control: work(), done=on_done, failed=self._on_step_failed, owner=self)

    def _on_step_failed(self, error: Exception) -> None:
        self._undo.clear()
        self.refresh()
        if isinstance(error, RoadmapDeskError):
            self._message.say("error", lambda: _("The plan was not changed"), lambda: error.sentence)
        else:
            self._desk.jobs.failed.emit(error)

    def _dialog(
        self, title: str, confirm: str, start: PlanWish, *, is_move: bool, check: Callable[[PlanWish], None]
    ) -> AppointmentDialog:
        return AppointmentDialog(
            title=title,
            confirm=confirm,
            actors=[actor for actor in self._project.actors.list() if actor.is_interviewed],
            waves=wave_choices(self._project),
            start=start,
            is_move=is_move,
            refuse_wish=check,
            theme=self._desk.theme,
            parent=self,
        )

    def _on_candidates_found(self, found: tuple[Candidate, ...]) -> None:
        self._candidate_model.set_rows(found)
        self._candidates.select_row(lambda _row: True)
        self._candidates.setVisible(bool(found))
        self._nobody.setVisible(not found)
        self._plan.setEnabled(bool(found))

    def _update_buttons(self) -> None:
        line = self._table.current_row
        is_open = line is not None and line.is_open
        self._begin.setEnabled(line is not None)
        self._begin.setText(_("Begin interview") if line is None or is_open else _("Open interview"))
        self._move.setEnabled(is_open)
        self._cancel.setEnabled(is_open and line is not None and line.appointment is not None)
        self.place_changed.emit(actor_text(line) if line is not None else "")

    def _open(self, line: PlannedLine | None) -> None:
        if line is not None:
            self.navigation_requested.emit("interview", line.line.row.id)

    def _ask_candidate(self, candidate: Candidate | None) -> None:
        if candidate is not None:
            self.ask_new(candidate.actor.key)

    def _build(self) -> None:
        theme = self._desk.theme
        buttons = QHBoxLayout()
        side = theme.space("m") + FIRST_INSET
        buttons.setContentsMargins(side, theme.space("s"), side, theme.space("s"))
        buttons.setSpacing(theme.space("s"))
        buttons.addWidget(self._begin)
        buttons.addWidget(self._move)
        buttons.addStretch(1)
        buttons.addWidget(self._cancel)
        self._agenda.add_action(self._calendar)
        self._agenda.add(self._table, 1)
        self._agenda.add(self._empty, 1)
        self._agenda.add_layout(buttons)
        self._next.add_action(self._plan)
        self._next.add(self._candidates, 1)
        self._next.add(self._nobody, 1)
        self._nobody.hide()
        ground = QFrame(self)
        ground.setProperty("panel", "ground")
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight, ground)
        self._columns.setContentsMargins(0, 0, 0, 0)
        self._columns.setSpacing(theme.space("m"))
        self._columns.addWidget(self._agenda, 78)
        self._columns.addWidget(self._next, 42)
        margin = theme.space("page_margin")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(margin, 0, margin, theme.space("m"))
        layout.setSpacing(theme.space("m"))
        layout.addWidget(self._message)
        scroll = QScrollArea(self)
        scroll.setWidget(ground)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        layout.addWidget(scroll, 1)
        self._update_direction()
        self.setFocusProxy(self._table)

    def _update_direction(self) -> None:
        """Side by side, or one below the other where the text is large."""
        theme = self._desk.theme
        is_wide = theme.is_wide_text
        self._agenda.setMinimumHeight(theme.px(270))
        self._next.setMinimumHeight(theme.px(190))
        self._columns.setDirection(QBoxLayout.Direction.TopToBottom if is_wide else QBoxLayout.Direction.LeftToRight)

    def _connect(self) -> None:
        self._desk.theme.changed.connect(self._update_direction)
        self._new.clicked.connect(self._on_new_clicked)
        self._empty.action_requested.connect(self._on_new_clicked)
        self._calendar.clicked.connect(self._file.ask)
        self._table.row_selected.connect(lambda _line: self._update_buttons())
        self._table.row_opened.connect(self._open)
        self._begin.clicked.connect(lambda: self._open(self._table.current_row))
        self._move.clicked.connect(self.ask_move)
        self._cancel.clicked.connect(self.call_off)
        self._plan.clicked.connect(lambda: self._ask_candidate(self._candidates.current_row))
        self._candidates.row_opened.connect(self._ask_candidate)
        delete = QAction(self)
        delete.setShortcut(QKeySequence(Qt.Key.Key_Delete))
        delete.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        delete.triggered.connect(self.call_off)
        self._table.addAction(delete)
