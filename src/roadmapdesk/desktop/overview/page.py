"""The page that a project opens with."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QFrame, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from roadmapdesk.desktop.jobs import Control
from roadmapdesk.desktop.overview.coverage_table import CoverageTable
from roadmapdesk.desktop.overview.legend import CoverageLegend
from roadmapdesk.desktop.overview.news_list import NewsList
from roadmapdesk.desktop.overview.response_list import ResponseList
from roadmapdesk.desktop.overview.state_bar import StateBar
from roadmapdesk.desktop.pages import Desk, Page
from roadmapdesk.desktop.widgets.buttons import Button
from roadmapdesk.desktop.widgets.notices import EmptyState
from roadmapdesk.desktop.widgets.panel import Panel
from roadmapdesk.desktop.widgets.table_model import Column, RowsModel
from roadmapdesk.desktop.widgets.table_view import TableView
from roadmapdesk.desktop.wording import day_text, when
from roadmapdesk.desktop.words import state_word, type_word
from roadmapdesk.i18n import current_language, ngettext
from roadmapdesk.i18n import gettext as _
from roadmapdesk.storage import Project
from roadmapdesk.workspace import coverage as planner
from roadmapdesk.workspace.assessment import Assessment
from roadmapdesk.workspace.coverage import MINIMUM_HANDOFF, MINIMUM_PUBLIC, Candidate, Coverage, News
from roadmapdesk.workspace.interviews import usual_wave, wave_choices

_EVER = datetime.fromtimestamp(0, UTC)


@dataclass(frozen=True, slots=True)
class _Facts:
    """What the background job found."""

    coverage: Coverage
    candidates: tuple[Candidate, ...]
    news: tuple[News, ...]


class OverviewPage(Page):
    """Where the study stands and what to do next.

    Args:
        assessment: used on the database thread only.
    """

    key = "overview"

    def __init__(
        self, *, project: Project, assessment: Assessment, desk: Desk, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._project = project
        self._assessment = assessment
        self._desk = desk
        self._wave = ""
        self._facts: _Facts | None = None
        self._since, self._before = self._last_visit()
        theme = desk.theme
        self._new = Button(theme=theme, variant="primary", icon="plus")
        self._states = Panel(theme=theme, parent=self)
        self._bar = StateBar(theme=theme, parent=self)
        self._responses = Panel(theme=theme, parent=self)
        self._response_list = ResponseList(theme=theme, parent=self)
        self._coverage = Panel(theme=theme, parent=self)
        self._table = CoverageTable(theme=theme, parent=self)
        self._legend = CoverageLegend(theme=theme, parent=self)
        self._next = Panel(theme=theme, has_padding=False, parent=self)
        self._plan = Button(theme=theme, variant="compact", icon="calendar")
        self._model = RowsModel(_columns(), sentence=_sentence, parent=self)
        self._candidates = TableView(theme=theme, parent=self)
        self._candidates.show_rows(self._model, is_sortable=False)
        self._nobody = EmptyState(theme=theme, parent=self)
        self._news = Panel(theme=theme, parent=self)
        self._news_list = NewsList(theme=theme, parent=self)
        self._build()
        self._connect()
        self.retranslate()

    @override
    def title(self) -> str:
        return _("Overview")

    @override
    def context(self) -> str:
        labels = {choice.code: choice.label for choice in wave_choices(self._project)}
        label = labels.get(self._wave)
        wave = label.text(current_language().code) if label is not None else self._wave
        days = sorted(row.conducted_on for row in self._project.interviews.list(wave=self._wave) if row.conducted_on)
        if not days:
            return wave
        first, last = day_text(days[0]), day_text(days[-1])
        span = first if first == last else _("{first} to {last}").format(first=first, last=last)
        return " · ".join(part for part in (wave, span) if part)

    @override
    def actions_right(self) -> Sequence[QWidget]:
        return (self._new,)

    @override
    def refresh(self) -> None:
        project = self._project
        self._wave = usual_wave(project)
        progress = planner.progress_of(project, self._wave)
        self._bar.set_progress(progress)
        self._states.set_remark(
            _("{done} of {all} are finished").format(done=progress.finished, all=progress.planned)
        )
        self._response_list.set_response(planner.response_of(project, self._wave))
        self.header_changed.emit()
        wave, since, before = self._wave, self._since, self._before
        assessment = self._assessment

        def work(_control: Control) -> _Facts:
            assessment.refresh()
            covered = assessment.coverage(wave)
            news = planner.news_since(project, since or _EVER, before, covered, datetime.now(UTC))
            return _Facts(covered, planner.candidates(project, wave, covered), news)

        self._desk.jobs.run(work, done=self._on_facts_found, owner=self)

    @override
    def retranslate(self) -> None:
        self._new.setText(_("New interview"))
        self._states.set_title(_("Interviews by state"))
        self._responses.set_title(_("Response by kind of actor"))
        self._coverage.set_title(_("Coverage"))
        self._next.set_title(_("Whom to ask next"))
        self._plan.setText(_("Plan interview"))
        self._candidates.setAccessibleName(_("Whom to ask next"))
        self._nobody.set_texts(_("Every actor of the register has a finished interview in this wave."))
        since = when(self._since) if self._since else ""
        self._news.set_title(_("Since {when}").format(when=since) if since else _("News"))
        self._table.retranslate()
        self._model.retranslate()
        if self._wave:
            self.refresh()

    @override
    def close_page(self) -> None:
        self._remember_visit()

    def _on_facts_found(self, facts: _Facts) -> None:
        self._facts = facts
        self._table.coverage.set_coverage(facts.coverage)
        below = sum(n < MINIMUM_HANDOFF for n in facts.coverage.values())
        between = sum(MINIMUM_HANDOFF <= n < MINIMUM_PUBLIC for n in facts.coverage.values())
        cells = ngettext("{n} cell below 3", "{n} cells below 3", below).format(n=below)
        more = ngettext("{n} more below 5 organisations", "{n} more below 5 organisations", between).format(n=between)
        self._coverage.set_remark(f"{cells}, {more}")
        self._model.set_rows(facts.candidates)
        self._candidates.select_row(lambda _row: True)
        self._candidates.setVisible(bool(facts.candidates))
        self._nobody.setVisible(not facts.candidates)
        self._plan.setEnabled(bool(facts.candidates))
        names = {actor.key: actor.name(current_language().code) for actor in self._project.actors.list()}
        self._news_list.set_news(facts.news, names)

    def _last_visit(self) -> tuple[datetime | None, Coverage]:
        try:
            stored = json.loads(self._desk.settings.note(self._visit_name()))
            before = {tuple(key.split(".")): int(n) for key, n in stored["coverage"].items()}
            return datetime.fromisoformat(stored["at"]), before
        except (ValueError, KeyError, TypeError):
            return None, {}

    def _remember_visit(self) -> None:
        if self._facts is None:
            return
        covered = {".".join(key): n for key, n in self._facts.coverage.items()}
        text = json.dumps({"at": datetime.now(UTC).isoformat(timespec="seconds"), "coverage": covered})
        self._desk.settings.set_note(self._visit_name(), text)

    def _visit_name(self) -> str:
        return f"visit/{self._project.settings.project_id}"

    def _build(self) -> None:
        theme = self._desk.theme
        self._states.add(self._bar)
        self._states.add_stretch()
        self._responses.add(self._response_list)
        self._responses.add_stretch()
        self._coverage.add(self._table, 1)
        self._coverage.add(self._legend)
        self._next.add_action(self._plan)
        self._next.add(self._candidates, 1)
        self._next.add(self._nobody, 1)
        self._nobody.hide()
        self._news.add(self._news_list)
        self._news.add_stretch()
        ground = QFrame(self)
        ground.setProperty("panel", "ground")
        left, right = QVBoxLayout(), QVBoxLayout()
        for column in (left, right):
            column.setSpacing(theme.space("m"))
        left.addWidget(self._states)
        left.addWidget(self._coverage, 1)
        right.addWidget(self._responses)
        right.addWidget(self._next, 1)
        right.addWidget(self._news)
        margin = theme.space("page_margin")
        columns = QBoxLayout(QBoxLayout.Direction.LeftToRight, ground)
        columns.setContentsMargins(margin, 0, margin, theme.space("m"))
        columns.setSpacing(theme.space("m"))
        columns.addLayout(left, 79)
        columns.addLayout(right, 44)
        self._columns = columns
        self._update_direction()
        for panel, height in ((self._news, 150), (self._next, 260)):
            panel.setMinimumHeight(height)
        scroll = QScrollArea(self)
        scroll.setWidget(ground)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scroll)
        self.begin_with(self._table)

    def _update_direction(self) -> None:
        """Two columns side by side, or one below the other where the text is large."""
        is_wide = self._desk.theme.is_wide_text
        direction = QBoxLayout.Direction.TopToBottom if is_wide else QBoxLayout.Direction.LeftToRight
        self._columns.setDirection(direction)
        for panel in (self._states, self._responses):  # large text needs more, which the panel itself knows
            panel.setMinimumHeight(0 if is_wide else 138)

    def _connect(self) -> None:
        self._desk.theme.changed.connect(self._update_direction)
        self._new.clicked.connect(lambda: self.navigation_requested.emit("interviews", "new"))
        self._plan.clicked.connect(lambda: self._ask(self._candidates.current_row))
        self._candidates.row_opened.connect(self._ask)
        self._table.cell_opened.connect(
            lambda stage, dimension: self.navigation_requested.emit("assessment", f"{stage}.{dimension}")
        )

    def _ask(self, candidate: Candidate | None) -> None:
        if candidate is None:
            return
        if candidate.open_interview is not None:
            self.navigation_requested.emit("interview", candidate.open_interview.id)
        else:
            self.navigation_requested.emit("planning", f"new:{candidate.actor.key}")


def _columns() -> tuple[Column[Candidate], ...]:
    return (
        Column(lambda: _("Actor"), _name, second_line=_kind_and_stages, is_strong=True),
        Column(
            lambda: _("lifts"),
            lambda row: ngettext("{n} cell", "{n} cells", row.lifts).format(n=row.lifts),
            sort=lambda row: row.lifts,
            is_number=True,
            width=84,
        ),
        Column(lambda: _("State"), _state, second_line=_day, width=112),
    )


def _name(row: Candidate) -> str:
    return row.actor.name(current_language().code)


def _kind_and_stages(row: Candidate) -> str:
    stages = ", ".join(stage.upper() for stage in row.stages)
    return " · ".join(part for part in (type_word(row.actor.type), stages) if part)


def _state(row: Candidate) -> str:
    if row.open_interview is None:
        return _("not planned")
    return state_word(row.open_interview.state)


def _day(row: Candidate) -> str:
    return day_text(row.open_interview.conducted_on) if row.open_interview is not None else ""


def _sentence(row: Candidate) -> str:
    cells = ngettext("{n} cell", "{n} cells", row.lifts).format(n=row.lifts)
    return f"{_name(row)}, {_kind_and_stages(row)}, {cells}, {_state(row)} {_day(row)}".strip()
