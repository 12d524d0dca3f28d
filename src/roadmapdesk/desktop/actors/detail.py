"""The pane beside the table: what the project knows of one organisation."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from roadmapdesk.desktop.actors.history import step_text
from roadmapdesk.desktop.theme import Theme
from roadmapdesk.desktop.widgets.buttons import Button, Link
from roadmapdesk.desktop.widgets.chips import Chip
from roadmapdesk.desktop.widgets.labels import Text
from roadmapdesk.desktop.widgets.panel import rule
from roadmapdesk.desktop.widgets.scrolled import Column
from roadmapdesk.desktop.wording import day_text, when
from roadmapdesk.desktop.words import role_word, state_icon, state_tone, state_word, type_word
from roadmapdesk.domain.catalog import load_catalog
from roadmapdesk.i18n import current_language, ngettext
from roadmapdesk.i18n import gettext as _
from roadmapdesk.storage.values import InterviewRow
from roadmapdesk.workspace.actor_links import ActorLinks
from roadmapdesk.workspace.actors import ActorLine, HistoryLine
from roadmapdesk.workspace.measures import STATUS_NAMES, WHOLE, PlannedMeasure


class ActorDetail(QScrollArea):
    """Shows one organisation: roles, interviews, cooperation, measures, facts with sources, duplicates, history.

    Attributes:
        edit_requested: the pencil was pressed.
        remove_requested: the organisation shall leave the register.
        interview_requested: id of an interview to open.
        actor_requested: key of another actor to show.
    """

    edit_requested = Signal()
    remove_requested = Signal()
    interview_requested = Signal(str)
    actor_requested = Signal(str)

    def __init__(self, *, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("actor_detail")
        self._theme = theme
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_line(
        self,
        line: ActorLine | None,
        names: Mapping[str, str],
        history: tuple[HistoryLine, ...],
        links: ActorLinks | None,
    ) -> None:
        """Shows another organisation, or the invitation to choose one.

        Args:
            line: the organisation.
            names: key → name of every actor, for links to others.
            history: its stored states.
            links: its cooperation and measures; None while they are being read.
        """
        ground = Column(self)
        ground.setProperty("panel", "plain")
        self._layout = QVBoxLayout(ground)
        margin = self._theme.space("l")
        self._layout.setContentsMargins(margin, margin, margin, margin)
        self._layout.setSpacing(self._theme.space("s"))
        if line is None:
            self._layout.addWidget(Text(_("Choose an actor to see its roles and interviews."), tone="muted"))
        else:
            self._fill(line, names)
            if links is not None:
                self._add_ties(links, names)
                self._add_measures(links.measures)
            self._add_facts(line)
            self._add_history(history)
        self._layout.addStretch(1)
        self.setWidget(ground)

    def _fill(self, line: ActorLine, names: Mapping[str, str]) -> None:
        actor = line.actor
        self._layout.addWidget(Text(actor.name(current_language().code), type_style="heading"))
        place = " · ".join(part for part in (type_word(actor.type), actor.place) if part)
        self._layout.addWidget(Text(place, tone="muted"))
        self._add_chips(line)
        self._add_buttons()
        if line.likely_same:
            self._add_duplicates(line, names)
        self._add_roles(line)
        self._add_interviews(line.interviews)

    def _add_chips(self, line: ActorLine) -> None:
        actor = line.actor
        row = QHBoxLayout()
        row.setSpacing(self._theme.space("s"))
        if actor.is_founder:
            row.addWidget(Chip(_("Founding member"), theme=self._theme, icon="users"))
        if not actor.is_interviewed:
            row.addWidget(Chip(_("conducts the study"), theme=self._theme, icon="info"))
        row.addStretch(1)
        if row.count() > 1:
            self._layout.addLayout(row)

    def _add_buttons(self) -> None:
        edit = Button(_("Edit …"), theme=self._theme, variant="compact", icon="pencil")
        edit.clicked.connect(self.edit_requested)
        remove = Button(_("Remove …"), theme=self._theme, variant="compact", icon="trash-2")
        remove.setObjectName("remove_actor")
        remove.clicked.connect(self.remove_requested)
        is_wide = self._theme.is_wide_text
        row = QBoxLayout(QBoxLayout.Direction.TopToBottom if is_wide else QBoxLayout.Direction.LeftToRight)
        row.setContentsMargins(0, 3, 0, 3)
        row.setSpacing(self._theme.space("s"))
        row.addWidget(edit)
        row.addWidget(remove)
        row.addStretch(1)
        self._layout.addLayout(row)

    def _add_duplicates(self, line: ActorLine, names: Mapping[str, str]) -> None:
        self._head(_("Perhaps the same"))
        for key in line.likely_same:
            self._layout.addWidget(self._actor_link(key, names), 0, Qt.AlignmentFlag.AlignLeft)

    def _actor_link(self, key: str, names: Mapping[str, str]) -> Link:
        link = Link(names.get(key, key), theme=self._theme)
        link.clicked.connect(lambda _checked=False: self.actor_requested.emit(key))
        return link

    def _add_roles(self, line: ActorLine) -> None:
        self._head(_("Role per stage"))
        language = current_language().code
        roles = line.actor.stages
        for stage in load_catalog().stages:
            if stage.key in roles:
                text = f"{stage.key.upper()}  {stage.name.text(language)}"
                self._pair(text, role_word(roles[stage.key]))
        if not roles:
            self._layout.addWidget(Text(_("No stage yet."), tone="muted"))

    def _add_interviews(self, rows: tuple[InterviewRow, ...]) -> None:
        self._head(_("Interviews"))
        for row in rows:
            link = Button(row.code or _("Interview without a code"), theme=self._theme, variant="link")
            link.clicked.connect(lambda _checked=False, key=row.id: self.interview_requested.emit(key))
            state = Chip(
                state_word(row.state), theme=self._theme, icon=state_icon(row.state), tone=state_tone(row.state)
            )
            is_wide = self._theme.is_wide_text
            line = QBoxLayout(QBoxLayout.Direction.TopToBottom if is_wide else QBoxLayout.Direction.LeftToRight)
            line.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
            line.addWidget(Text(day_text(row.conducted_on), tone="muted", wraps=False))
            line.addStretch(1)
            line.addWidget(state)
            self._layout.addLayout(line)
        if not rows:
            self._layout.addWidget(Text(_("No interview yet."), tone="muted"))

    def _add_ties(self, links: ActorLinks, names: Mapping[str, str]) -> None:
        """Partners of the last wave; a tie that both ends named says so."""
        self._head(_("Cooperation"))
        for tie in links.ties:
            stages = [_("whole chain") if stage == "*" else stage.upper() for stage in tie.stages]
            row = QHBoxLayout()
            row.addWidget(self._actor_link(tie.partner, names), 0, Qt.AlignmentFlag.AlignLeft)
            row.addStretch(1)
            row.addWidget(Text(", ".join(stages), tone="muted", wraps=False))
            self._layout.addLayout(row)
            if tie.is_own and tie.is_returned:
                self._layout.addWidget(Text(_("named by both"), type_style="caption", tone="muted"))
        if links.outside:
            text = ngettext(
                "{n} partner outside the register", "{n} partners outside the register", links.outside
            ).format(n=links.outside)
            self._layout.addWidget(Text(text, tone="muted"))
        elif not links.ties:
            self._layout.addWidget(Text(_("No interview named a cooperation."), tone="muted"))

    def _add_measures(self, measures: tuple[PlannedMeasure, ...]) -> None:
        """Measures that interviews of this organisation proposed."""
        self._head(_("Measures"))
        language = current_language().code
        for measure in measures:
            place = "·".join(key.upper() for key in (measure.stage, measure.dimension) if key not in {"", WHOLE})
            status = STATUS_NAMES[measure.status].text(language) if measure.status in STATUS_NAMES else ""
            self._layout.addWidget(Text(measure.title))
            notes = " · ".join(part for part in (place or _("whole chain"), status) if part)
            self._layout.addWidget(Text(notes, type_style="caption", tone="muted"))
        if not measures:
            self._layout.addWidget(Text(_("No measure proposed."), tone="muted"))

    def _add_facts(self, line: ActorLine) -> None:
        actor = line.actor
        if not (actor.facts or actor.role_text("de") or actor.note_text("de")):
            return
        self._head(_("Known facts"))
        sources = load_catalog().sources
        language = current_language().code
        for text in (actor.role_text(language), actor.note_text(language)):
            if text:
                self._layout.addWidget(Text(text))
        for fact in actor.facts:
            self._layout.addWidget(Text(fact.in_language(language)))
            source = Text(_("Source: {source}").format(source=fact.source), type_style="caption", tone="muted")
            source.setToolTip("\n".join(sources.get(mark.strip(), "") for mark in fact.source.split(",")))
            self._layout.addWidget(source)

    def _add_history(self, history: tuple[HistoryLine, ...]) -> None:
        if not history:
            return
        self._head(_("History"))
        for entry in history[:5]:
            self._pair(when(entry.at), entry.author or "–")
            self._layout.addWidget(Text(step_text(entry), type_style="caption", tone="muted"))

    def _head(self, text: str) -> None:
        self._layout.addSpacing(self._theme.space("s"))
        self._layout.addWidget(rule())
        self._layout.addSpacing(self._theme.space("xs"))
        self._layout.addWidget(Text(text, type_style="strong"))

    def _pair(self, left: str, right: str) -> None:
        row = QHBoxLayout()
        row.addWidget(Text(left), 1)
        row.addWidget(Text(right, tone="muted", wraps=False), 0, Qt.AlignmentFlag.AlignTop)
        self._layout.addLayout(row)
