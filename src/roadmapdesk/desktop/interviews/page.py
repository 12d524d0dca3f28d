"""The page of interviews."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QWidget
from typing_extensions import override

from roadmapdesk.desktop import settings as keys
from roadmapdesk.desktop.interviews.columns import actor_text, interview_columns, interview_sentence
from roadmapdesk.desktop.interviews.dialog import NewInterviewDialog
from roadmapdesk.desktop.interviews.filters import InterviewFilters
from roadmapdesk.desktop.interviews.line_actions import LineActions
from roadmapdesk.desktop.pages import Desk, Page, SearchEntry
from roadmapdesk.desktop.papers.desk import PaperDesk
from roadmapdesk.desktop.widgets.buttons import Button
from roadmapdesk.desktop.widgets.list_frame import list_stack, surface
from roadmapdesk.desktop.widgets.notices import EmptyState
from roadmapdesk.desktop.widgets.panel import rule
from roadmapdesk.desktop.widgets.table_model import RowsModel
from roadmapdesk.desktop.widgets.table_view import TableView
from roadmapdesk.desktop.words import state_word
from roadmapdesk.domain.question_roles import Role
from roadmapdesk.i18n import gettext as _
from roadmapdesk.i18n import ngettext
from roadmapdesk.storage import Project
from roadmapdesk.workspace import interviews as cases
from roadmapdesk.workspace.forms import current_form
from roadmapdesk.workspace.interviews import InterviewLine, NewInterview
from roadmapdesk.workspace.papers import PaperKind

NEW = "new"
"""Item id that opens the dialog for a new interview; ``new:<actor key>`` with the actor chosen."""


class InterviewsPage(Page):
    """Table of interviews and what may be done with the chosen one."""

    key = "interviews"

    def __init__(self, *, project: Project, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._project = project
        self._desk = desk
        self._lines: tuple[InterviewLine, ...] = ()
        theme = desk.theme
        self._new = Button(theme=theme, variant="primary", icon="plus")
        self._planning = Button(theme=theme, icon="calendar")
        self._planning.setObjectName("open_planning")
        self._planning_action = QAction(self)
        self._papers = PaperDesk(
            project=project,
            desk=desk,
            kinds=(
                PaperKind.PROTOCOL,
                PaperKind.QUESTIONNAIRE,
                PaperKind.STAGE_CARD,
                PaperKind.ACTORS,
                PaperKind.PRIVACY,
                PaperKind.CONSENT,
            ),
            interview=lambda: self._table.current_row.row if self._table.current_row is not None else None,
            parent=self,
        )
        self._filters = InterviewFilters(theme=theme, parent=self)
        self._model = RowsModel(interview_columns(), sentence=interview_sentence, parent=self)
        self._table = TableView(theme=theme, parent=self)
        self._table.setObjectName("interviews_table")
        self._proxy = self._table.show_rows(self._model)
        self._empty = EmptyState(theme=theme, parent=self)
        self._line_actions = LineActions(project=project, desk=desk, parent=self)
        self._build()
        self._connect()
        self.retranslate()

    @override
    def title(self) -> str:
        return _("Interviews")

    @override
    def context(self) -> str:
        total = len(self._lines)
        finished = sum(line.row.state.counts for line in self._lines)
        interviews = ngettext("{n} interview", "{n} interviews", total).format(n=total)
        return f"{interviews} · " + _("{n} finished").format(n=finished)

    @override
    def actions_right(self) -> Sequence[QWidget]:
        if self._desk.theme.is_wide_text:
            # The header holds one button then; the others stand in the menu in any case.
            return (self._new,)
        return (self._planning, self._papers.button, self._new)

    @override
    def menu_actions(self) -> Mapping[str, Sequence[QAction]]:
        return {"interview": (self._planning_action, *self._papers.actions_for_menu)}

    @override
    def search_entries(self) -> Sequence[SearchEntry]:
        if not self._lines:
            self.refresh()
        return [
            SearchEntry(
                line.row.code or actor_text(line),
                _("Interview"),
                "messages-square",
                partial(self.navigation_requested.emit, "interview", line.row.id),
                f"{actor_text(line)} · {state_word(line.row.state)}",
            )
            for line in self._lines
        ]

    @override
    def refresh(self) -> None:
        self._lines = cases.list_interviews(self._project)
        self._filters.set_waves(cases.wave_choices(self._project))
        current = self._table.current_row
        chosen = current.row.id if current is not None else ""
        self._model.set_rows(self._lines)
        if not self._table.select_row(lambda line: line.row.id == chosen):
            self._table.select_row(lambda _line: True)
        self._stack.setCurrentWidget(self._body if self._lines else self._empty)
        self._line_actions.show_line(self._table.current_row)
        self.header_changed.emit()

    @override
    def show_item(self, item_id: str) -> None:
        if item_id == NEW or item_id.startswith(f"{NEW}:"):
            self.ask_new(item_id.partition(":")[2])
            return
        self._filters.clear()
        self._table.select_row(lambda line: line.row.id == item_id)
        self._table.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def retranslate(self) -> None:
        self._new.setText(_("New interview"))
        self._new.set_shortcut_hint(_("Begin or plan an interview"), "Ctrl+N")
        self._planning.setText(_("Planning"))
        self._planning_action.setText(_("Planning"))
        self._planning.setToolTip(_("Appointments, and whom to ask next"))
        self._papers.retranslate()
        self._line_actions.retranslate()
        self._table.setAccessibleName(_("Interviews"))
        self._filters.retranslate()
        self._model.retranslate()
        self._empty.set_texts(_("Interviews that were planned or begun will be listed here."), _("New interview"))

    def ask_new(self, actor_key: str = "") -> None:
        """Asks for actor, code and wave of a new interview."""
        project = self._project
        form = current_form(project)
        if form is None:
            self._desk.prompts.tell(
                self,
                title=_("The project has no questionnaire"),
                text=_("Interviews need one. Add a questionnaire under Forms first."),
            )
            return
        stored = project.forms.get(form.sha)
        dialog = NewInterviewDialog(
            actors=[actor for actor in project.actors.list() if actor.is_interviewed],
            actor_key=actor_key,
            waves=cases.wave_choices(project),
            wave=cases.usual_wave(project),
            interviewer=self._desk.settings.get(keys.INTERVIEWER),
            template=cases.code_template(stored),
            interviewer_template=cases.code_template(stored, Role.INTERVIEWER),
            known_codes=lambda key: cases.known_codes(project, key) if key else (),
            theme=self._desk.theme,
            parent=self,
        )
        dialog.accepted.connect(lambda: self._create(dialog.wanted))
        self._desk.prompts.show(dialog)

    @Slot()
    def _on_new_clicked(self) -> None:
        self.ask_new()

    def _create(self, wanted: NewInterview) -> None:
        project = self._project
        if wanted.interviewer:
            self._desk.settings.set(keys.INTERVIEWER, wanted.interviewer)
            if not wanted.is_planned:
                project.introduce(wanted.interviewer)

        def created(interview_id: str) -> None:
            self._on_stored()
            if wanted.is_planned:
                self.show_item(interview_id)
            else:
                self.navigation_requested.emit("interview", interview_id)

        self._desk.jobs.run(lambda _control: cases.create_interview(project, wanted), done=created, owner=self)

    def _on_stored(self) -> None:
        self.refresh()
        if self._line_actions.isAncestorOf(QApplication.focusWidget() or self):
            self._table.setFocus(Qt.FocusReason.OtherFocusReason)  # not on what stands in place of the button by now
        self.saved.emit(datetime.now(UTC))
        self.data_changed.emit()

    def _build(self) -> None:
        parts = (self._filters, self._table, rule(parent=self), self._line_actions)
        self._body = surface(*parts, stretched=self._table, parent=self)
        self._stack = list_stack(self._body, self._empty, self._papers, theme=self._desk.theme, page=self)
        self.begin_with(self._table)

    def _connect(self) -> None:
        self._new.clicked.connect(self._on_new_clicked)
        for opener in (self._planning.clicked, self._planning_action.triggered):
            opener.connect(lambda: self.navigation_requested.emit("planning", ""))
        self._desk.theme.changed.connect(self.header_changed)
        self._papers.stored.connect(self.data_changed)
        self._empty.action_requested.connect(self._on_new_clicked)
        self._filters.changed.connect(self._on_filters_changed)
        self._table.row_selected.connect(self._line_actions.show_line)
        self._table.row_opened.connect(lambda line: self.navigation_requested.emit("interview", line.row.id))
        self._line_actions.navigation_requested.connect(self.navigation_requested)
        self._line_actions.stored.connect(self._on_stored)

    @Slot()
    def _on_filters_changed(self) -> None:
        self._proxy.set_filter(self._filters.accepts)
        if not self._table.currentIndex().isValid():
            self._table.select_row(lambda _line: True)
        self._line_actions.show_line(self._table.current_row)
