"""The pane beside the table: what is known about one questionnaire, and what can be done with it."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout

from roadmapdesk.desktop.forms.words import interviews_text, questions_text
from roadmapdesk.desktop.theme import Theme
from roadmapdesk.desktop.widgets.buttons import Button
from roadmapdesk.desktop.widgets.chips import Chip
from roadmapdesk.desktop.widgets.labels import IconLabel, Text
from roadmapdesk.desktop.widgets.panel import rule
from roadmapdesk.desktop.widgets.scrolled import Column
from roadmapdesk.desktop.wording import when
from roadmapdesk.i18n import gettext as _
from roadmapdesk.i18n import ngettext
from roadmapdesk.workspace.form_fitness import Fitness
from roadmapdesk.workspace.form_register import FormFacts, FormLine

ACTIONS = ("trial", "compare", "export", "use", "move")
"""What the pane can ask for, in the order of its buttons."""


class FormDetail(QScrollArea):
    """Shows one form; its facts arrive a moment later than its line.

    Attributes:
        action_requested: one of `ACTIONS`.
    """

    action_requested = Signal(str)

    def __init__(self, *, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("form_detail")
        self._theme = theme
        self.buttons: dict[str, Button] = {}
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_line(self, line: FormLine | None, facts: FormFacts | None) -> None:
        """Shows another form, or the invitation to choose one.

        Args:
            line: the form.
            facts: what reading it showed; None while that is under way.
        """
        ground = Column(self)
        ground.setProperty("panel", "plain")
        self._layout = QVBoxLayout(ground)
        margin = self._theme.space("l")
        self._layout.setContentsMargins(margin, margin, margin, margin)
        self._layout.setSpacing(self._theme.space("s"))
        self.buttons = {}
        if line is None:
            self._layout.addWidget(Text(_("Choose a questionnaire to see what it holds."), tone="muted"))
        else:
            self._fill(line, facts)
        self._layout.addStretch(1)
        self.setWidget(ground)

    def _fill(self, line: FormLine, facts: FormFacts | None) -> None:
        self._layout.addWidget(Text(line.name, type_style="heading"))
        if line.is_current:
            row = QHBoxLayout()
            row.addWidget(Chip(_("for new interviews"), theme=self._theme, icon="circle-check", tone="ok"))
            row.addStretch(1)
            self._layout.addLayout(row)
        self._add_buttons(line, facts)
        self._add_facts(line, facts)
        if facts is None:
            self._layout.addWidget(Text(_("Reading the questionnaire …"), tone="muted"))
            return
        self._add_fitness(facts.fitness)
        self._add_movable(facts)

    def _add_buttons(self, line: FormLine, facts: FormFacts | None) -> None:
        words: dict[str, tuple[str, str, bool]] = {
            "trial": (_("Try it out …"), "play", True),
            "compare": (_("Compare …"), "git-merge", facts is not None and facts.others > 0),
            "export": (_("As Excel …"), "file-spreadsheet", True),
            "use": (_("Use for new interviews"), "circle-check", not line.is_current),
        }
        grid = QGridLayout()
        grid.setContentsMargins(0, 3, 0, 3)
        grid.setSpacing(self._theme.space("s"))
        columns = 1 if self._theme.is_wide_text else 2
        shown = [(key, text, icon) for key, (text, icon, is_shown) in words.items() if is_shown]
        for place, (key, text, icon) in enumerate(shown):
            button = self._button(key, text, icon)
            grid.addWidget(button, place // columns, place % columns)
        self._layout.addLayout(grid)

    def _button(self, key: str, text: str, icon: str) -> Button:
        button = Button(text, theme=self._theme, variant="compact", icon=icon)
        button.setObjectName(f"form_{key}")
        button.clicked.connect(self._asker(key))
        self.buttons[key] = button
        return button

    def _asker(self, key: str) -> Callable[[], None]:
        return lambda: self.action_requested.emit(key)

    def _add_facts(self, line: FormLine, facts: FormFacts | None) -> None:
        summary = line.summary
        self._head(_("Facts"))
        self._pair(_("Name in the form"), summary.form_id)
        self._pair(_("Version"), summary.version or "–")
        self._pair(_("File"), summary.source_name or "–")
        self._pair(_("Added"), when(summary.added_at))
        if facts is not None:
            sections = ngettext("{n} section", "{n} sections", facts.sections).format(n=facts.sections)
            self._pair(_("Content"), f"{questions_text(facts.questions)}, {sections}")
            self._pair(_("Languages"), ", ".join(facts.languages) or "–")
        self._pair(_("Used by"), interviews_text(summary.interviews))
        # In groups, because a hash has no place to break.
        groups = [summary.sha[start : start + 8] for start in range(0, len(summary.sha), 8)]
        self._pair(_("Hash"), " ".join(groups))

    def _add_fitness(self, fitness: Fitness) -> None:
        self._head(_("Assessment"))
        if fitness.can_be_scored:
            text = _("Interviews can be scored: {cells} of {grid} cells are asked about.")
            self._mark("circle-check", "ok", text.format(cells=fitness.cells, grid=fitness.grid))
        else:
            self._mark("triangle-alert", "warning", _("Interviews can be held, but not scored:"))
        for sentence in (*fitness.lacks, *fitness.remarks):
            self._layout.addWidget(Text(sentence))

    def _add_movable(self, facts: FormFacts) -> None:
        if not facts.movable:
            return
        self._head(_("Unfinished interviews"))
        count = len(facts.movable)
        text = ngettext(
            "{n} unfinished interview uses another version of this questionnaire.",
            "{n} unfinished interviews use another version of this questionnaire.",
            count,
        )
        self._layout.addWidget(Text(text.format(n=count)))
        row = QHBoxLayout()
        row.setContentsMargins(0, 3, 0, 3)
        row.addWidget(self._button("move", _("Move to this version …"), "arrow-up-right"))
        row.addStretch(1)
        self._layout.addLayout(row)

    def _mark(self, icon: str, tone: str, text: str) -> None:
        row = QHBoxLayout()
        row.setSpacing(self._theme.space("s"))
        row.addWidget(IconLabel(icon, theme=self._theme, size=20, colour=tone), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(Text(text), 1)
        self._layout.addLayout(row)

    def _head(self, text: str) -> None:
        self._layout.addSpacing(self._theme.space("s"))
        self._layout.addWidget(rule())
        self._layout.addSpacing(self._theme.space("xs"))
        self._layout.addWidget(Text(text, type_style="strong"))

    def _pair(self, left: str, right: str) -> None:
        row = QHBoxLayout()
        row.setSpacing(self._theme.space("m"))
        row.addWidget(Text(left, tone="muted"), 2, Qt.AlignmentFlag.AlignTop)
        value = Text(right)
        value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        row.addWidget(value, 5, Qt.AlignmentFlag.AlignTop)
        self._layout.addLayout(row)
