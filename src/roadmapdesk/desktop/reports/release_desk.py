"""Draft or released: says which, and lets whoever leads the team decide."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from roadmapdesk.desktop.jobs import Control
from roadmapdesk.desktop.pages import Desk
from roadmapdesk.desktop.reports.words import level_word, unapproved_words
from roadmapdesk.desktop.widgets.buttons import Button
from roadmapdesk.desktop.widgets.labels import Text
from roadmapdesk.desktop.widgets.panel import Panel
from roadmapdesk.desktop.wording import when
from roadmapdesk.i18n import current_language
from roadmapdesk.i18n import gettext as _
from roadmapdesk.reports.facts import ReportFacts
from roadmapdesk.storage import Project
from roadmapdesk.storage.values import Export
from roadmapdesk.workspace.releasing import release, take_back, unapproved


class ReleaseDesk(Panel):
    """The state of the chosen result and the decision on it.

    Attributes:
        decided: a result was released or taken back; carries the log of exports.
    """

    decided = Signal(object)

    def __init__(self, *, project: Project, desk: Desk, parent: QWidget) -> None:
        super().__init__(theme=desk.theme, parent=parent)
        self.setObjectName("release")
        self._project = project
        self._desk = desk
        self._facts: ReportFacts | None = None
        self._state = Text("", type_style="strong", parent=self)
        self._state.setObjectName("release_state")
        self._reason = Text("", tone="muted", parent=self)
        self._who_label = Text("", tone="muted", wraps=False, parent=self)
        self._who = QLineEdit(project.author, self)
        self._who.setObjectName("release_who")
        self._decide = Button(theme=desk.theme, parent=self)
        self._decide.setObjectName("release_decide")
        self._who_label.setBuddy(self._who)
        self._decision = QWidget(self)
        row = QHBoxLayout(self._decision)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(desk.theme.space("s"))
        row.addWidget(self._who_label)
        row.addWidget(self._who, 1)
        row.addWidget(self._decide)
        for widget in (self._state, self._reason, self._decision):
            self.add(widget)
        self._decide.clicked.connect(self._on_decide_clicked)
        self._who.textChanged.connect(self._update)
        self.retranslate()

    def set_facts(self, facts: ReportFacts) -> None:
        """Takes what the chosen result says."""
        self._facts = facts
        self._update()

    def wait(self) -> None:
        """Another result is chosen and being read."""
        self._facts = None
        self._update()

    def retranslate(self) -> None:
        """Says everything again in the present language."""
        self.set_title(_("Draft or released"))
        self._who_label.setText(_("Decided by"))
        self._who.setAccessibleName(_("Decided by"))
        self._who.setPlaceholderText(_("function or code, no name"))
        self._update()

    @Slot()
    def _update(self) -> None:
        facts = self._facts
        released = facts.released if facts is not None else None
        count = unapproved(facts) if facts is not None else 0
        self._decide.setText(_("Take back …") if released is not None else _("Release …"))
        may_decide = facts is not None and (released is not None or not count)
        self._decide.setEnabled(may_decide and bool(self._who.text().strip()))
        self._decision.setVisible(not self._project.is_read_only)
        if facts is None:
            self._state.setText("…")
            self._reason.setText("")
        elif released is not None:
            self._state.setText(_("Released, {when}").format(when=when(released)))
            self._reason.setText(_("It becomes a draft again as soon as it says anything else."))
        else:
            self._state.setText(_("Draft"))
            ready = _("Every page and sheet says so until the result is released.")
            self._reason.setText(unapproved_words(count) + "." if count else ready)

    @Slot()
    def _on_decide_clicked(self) -> None:
        facts = self._facts
        if facts is None:
            return
        name = _("{level}, {wave}").format(
            level=level_word(facts.level.value), wave=facts.wave.name.text(current_language().code)
        )
        if facts.released is not None:
            self._desk.prompts.ask(
                self,
                question=_("Make a draft of this result again?"),
                consequence=_("{result}: reports exported from now on say “Draft”.").format(result=name),
                confirm=_("Take back"),
                confirmed=lambda: self._note(facts),
            )
            return
        self._desk.prompts.ask(
            self,
            question=_("Release this result?"),
            consequence=_(
                "{result}: report and workbook no longer say “Draft”. Check before: the result was discussed in the "
                "workshop, and the PDF was tried with a checker for accessibility and with a screen reader."
            ).format(result=name),
            confirm=_("Release result"),
            confirmed=lambda: self._note(facts),
        )

    def _note(self, facts: ReportFacts) -> None:
        project, who = self._project, self._who.text()

        def work(_control: Control) -> tuple[Export, ...]:
            (release if facts.released is None else take_back)(project, facts, by=who)
            return project.export_log.list()

        self._decide.setEnabled(False)
        self._desk.jobs.run(work, done=self.decided.emit, owner=self)
