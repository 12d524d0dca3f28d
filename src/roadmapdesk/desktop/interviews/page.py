"""The page of interviews."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from roadmapdesk.desktop import settings as keys
from roadmapdesk.desktop.interviews.columns import actor_text, interview_columns, interview_sentence
from roadmapdesk.desktop.interviews.dialog import NewInterviewDialog
from roadmapdesk.desktop.interviews.filters import InterviewFilters
from roadmapdesk.desktop.interviews.reason_dialog import ReasonDialog
from roadmapdesk.desktop.jobs import Control
from roadmapdesk.desktop.media.recordings_prompt import offer_deletion
from roadmapdesk.desktop.pages import Desk, Page, SearchEntry
from roadmapdesk.desktop.papers.desk import PaperDesk
from roadmapdesk.desktop.widgets.buttons import Button
from roadmapdesk.desktop.widgets.notices import EmptyState
from roadmapdesk.desktop.widgets.panel import rule
from roadmapdesk.desktop.widgets.table_model import RowsModel
from roadmapdesk.desktop.widgets.table_view import TableView
from roadmapdesk.desktop.words import state_word
from roadmapdesk.domain.interviews import InterviewState
from roadmapdesk.domain.question_roles import Role
from roadmapdesk.i18n import gettext as _
from roadmapdesk.i18n import ngettext
from roadmapdesk.storage import Project
from roadmapdesk.workspace import interviews as cases
from roadmapdesk.workspace.forms import current_form
from roadmapdesk.workspace.interviewing import reopen_interview
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
        self._open = Button(theme=theme, parent=self)
        self._review = Button(theme=theme, parent=self)
        self._approve = Button(theme=theme, icon="circle-check", parent=self)
        self._reopen = Button(theme=theme, parent=self)
        self._withdraw = Button(theme=theme, variant="flat", parent=self)
        self._drop = Button(theme=theme, variant="flat", icon="trash-2", parent=self)
        self._versions = Button(theme=theme, icon="history", parent=self)
        self._versions.setObjectName("show_versions")
        self._erase = Button(theme=theme, variant="flat", icon="trash-2", parent=self)
        self._erase.setObjectName("erase_by_code")
        self._build()
        self._connect()
        self.retranslate()

    # -- what the window asks ----------------------------------------------------------------------------------

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
        self._update_buttons()
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
        self._open.setText(_("Open"))
        self._review.setText(_("Give to review"))
        self._approve.setText(_("Approve"))
        self._reopen.setText(_("Reopen …"))
        self._withdraw.setText(_("Withdraw …"))
        self._drop.setText(_("Delete draft …"))
        self._versions.setText(_("Versions"))
        self._erase.setText(_("Erase …"))
        self._table.setAccessibleName(_("Interviews"))
        self._filters.retranslate()
        self._model.retranslate()
        self._empty.set_texts(_("Interviews that were planned or begun will be listed here."), _("New interview"))

    # -- new ---------------------------------------------------------------------------------------------------

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

    # -- states ------------------------------------------------------------------------------------------------

    def _move(self, state: InterviewState, reason: str = "") -> None:
        line = self._table.current_row
        if line is not None:
            project, chosen = self._project, line.row.id
            self._store(lambda _control: cases.set_state(project, chosen, state, reason))

    @Slot()
    def _on_approve_clicked(self) -> None:
        """Approves the minutes; the recordings that they were made of may go then."""
        line = self._table.current_row
        if line is not None:
            self._move(InterviewState.APPROVED)
            offer_deletion(self._project, line.row.id, desk=self._desk, parent=self, deleted=self._on_stored)

    def _store(self, work: Callable[[Control], None]) -> None:
        self._desk.jobs.run(work, done=lambda _nothing: self._on_stored(), owner=self)

    def _on_stored(self) -> None:
        self.refresh()
        self.saved.emit(datetime.now(UTC))
        self.data_changed.emit()

    @Slot()
    def _on_reopen_clicked(self) -> None:
        line = self._table.current_row
        if line is None:
            return
        project, chosen = self._project, line.row.id
        dialog = ReasonDialog(
            title=_("Reopen “{code}”?").format(code=line.row.code or actor_text(line)),
            consequence=_("It becomes a draft again and leaves the assessment until it is finalised anew."),
            confirm=_("Reopen"),
            theme=self._desk.theme,
            parent=self,
        )

        def accepted() -> None:
            reason = dialog.reason
            self._store(lambda _control: reopen_interview(project, chosen, reason))

        dialog.accepted.connect(accepted)
        self._desk.prompts.show(dialog)

    @Slot()
    def _on_withdraw_clicked(self) -> None:
        line = self._table.current_row
        if line is None:
            return
        dialog = ReasonDialog(
            title=_("Withdraw “{code}”?").format(code=line.row.code or actor_text(line)),
            consequence=_(
                "It leaves the assessment for good. Its answers stay until they are erased; “Erase …” does that for "
                "everything under this code."
            ),
            confirm=_("Withdraw"),
            theme=self._desk.theme,
            parent=self,
        )
        dialog.accepted.connect(lambda: self._move(InterviewState.WITHDRAWN, dialog.reason))
        self._desk.prompts.show(dialog)

    @Slot()
    def _on_drop_clicked(self) -> None:
        line = self._table.current_row
        if line is None:
            return
        project, chosen = self._project, line.row.id
        if not cases.can_drop(project, chosen):
            self._desk.prompts.tell(
                self,
                title=_("This draft holds answers"),
                text=_("Only empty drafts can be deleted. Withdraw it instead; its answers then no longer count."),
            )
            return
        self._desk.prompts.ask(
            self,
            question=_("Delete the empty draft “{code}”?").format(code=line.row.code or actor_text(line)),
            consequence=_("Nothing was answered in it. This cannot be undone."),
            confirm=_("Delete"),
            confirmed=lambda: self._store(lambda _control: cases.drop_empty(project, chosen)),
        )

    # -- building ----------------------------------------------------------------------------------------------

    def _update_buttons(self) -> None:
        line = self._table.current_row
        following = line.next_states if line is not None else ()
        is_open = line is not None and line.is_open
        self._open.setEnabled(line is not None)
        self._review.setVisible(InterviewState.IN_REVIEW in following)
        self._approve.setVisible(InterviewState.APPROVED in following)
        self._reopen.setVisible(line is not None and line.row.state.counts)
        self._withdraw.setVisible(InterviewState.WITHDRAWN in following)
        self._drop.setVisible(is_open)
        self._versions.setEnabled(line is not None)
        is_gone = line is not None and line.row.state is InterviewState.WITHDRAWN
        self._erase.setVisible(is_gone and bool(line and line.row.code))

    def _build(self) -> None:
        theme = self._desk.theme
        self._body = QFrame(self)
        self._body.setProperty("panel", "surface")
        inner = QVBoxLayout(self._body)
        inner.setContentsMargins(1, 1, 1, 1)
        inner.setSpacing(0)
        inner.addWidget(self._filters)
        inner.addWidget(self._table, 1)
        inner.addWidget(rule(parent=self._body))
        buttons = QHBoxLayout()
        buttons.setContentsMargins(theme.space("m"), theme.space("s"), theme.space("m"), theme.space("s"))
        buttons.setSpacing(theme.space("s"))
        for button in (self._open, self._versions, self._review, self._approve, self._reopen):
            buttons.addWidget(button)
        buttons.addStretch(1)
        buttons.addWidget(self._withdraw)
        buttons.addWidget(self._drop)
        buttons.addWidget(self._erase)
        inner.addLayout(buttons)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._body)
        self._stack.addWidget(self._empty)
        margin = theme.space("page_margin")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(margin, 0, margin, theme.space("m"))
        layout.setSpacing(theme.space("s"))
        layout.addWidget(self._papers)
        layout.addWidget(self._stack, 1)
        self.begin_with(self._table)

    def _connect(self) -> None:
        self._new.clicked.connect(self._on_new_clicked)
        for opener in (self._planning.clicked, self._planning_action.triggered):
            opener.connect(lambda: self.navigation_requested.emit("planning", ""))
        self._desk.theme.changed.connect(self.header_changed)
        self._papers.stored.connect(self.data_changed)
        self._empty.action_requested.connect(self._on_new_clicked)
        self._filters.changed.connect(self._on_filters_changed)
        self._table.row_selected.connect(lambda _line: self._update_buttons())
        self._table.row_opened.connect(lambda line: self.navigation_requested.emit("interview", line.row.id))
        self._open.clicked.connect(self._on_open_clicked)
        self._review.clicked.connect(lambda: self._move(InterviewState.IN_REVIEW))
        self._approve.clicked.connect(self._on_approve_clicked)
        self._reopen.clicked.connect(self._on_reopen_clicked)
        self._withdraw.clicked.connect(self._on_withdraw_clicked)
        self._drop.clicked.connect(self._on_drop_clicked)
        self._versions.clicked.connect(self._on_versions_clicked)
        self._erase.clicked.connect(self._on_erase_clicked)

    @Slot()
    def _on_open_clicked(self) -> None:
        line = self._table.current_row
        if line is not None:
            self.navigation_requested.emit("interview", line.row.id)

    @Slot()
    def _on_versions_clicked(self) -> None:
        line = self._table.current_row
        if line is not None:
            self.navigation_requested.emit("versions", line.row.id)

    @Slot()
    def _on_erase_clicked(self) -> None:
        line = self._table.current_row
        if line is not None:
            self.navigation_requested.emit("erasure", line.row.code)

    @Slot()
    def _on_filters_changed(self) -> None:
        self._proxy.set_filter(self._filters.accepts)
        if not self._table.currentIndex().isValid():
            self._table.select_row(lambda _line: True)
        self._update_buttons()
