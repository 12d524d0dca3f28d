"""What is known before an interview begins: actor, code, wave, day, interviewer."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtWidgets import QCompleter, QHBoxLayout, QLineEdit, QWidget
from typing_extensions import override

from roadmapdesk.desktop.interview.controls.dates import read_date, show_date
from roadmapdesk.desktop.theme import Theme
from roadmapdesk.desktop.widgets.buttons import Button
from roadmapdesk.desktop.widgets.dialog import WIDE, Dialog
from roadmapdesk.desktop.widgets.form_row import FormRow
from roadmapdesk.desktop.widgets.inputs import ComboBox
from roadmapdesk.domain.actors import Actor
from roadmapdesk.domain.codes import interviewer_problem, is_valid_code
from roadmapdesk.i18n import current_language
from roadmapdesk.i18n import gettext as _
from roadmapdesk.workspace.codebook import CodebookChoice
from roadmapdesk.workspace.interviews import NewInterview


class NewInterviewDialog(Dialog):
    """Asks for actor, code, wave, day and interviewer; begins or only plans.

    Args:
        actors: organisations to choose from.
        actor_key: chosen at first; empty for none.
        waves: waves of the form; empty hides the field.
        wave: chosen at first.
        interviewer: code of who works.
        template: how codes are written, empty for any.
        interviewer_template: how codes of interviewers are written, empty for any that is no name.
        known_codes: codes of people of an organisation who were interviewed before.
    """

    def __init__(
        self,
        *,
        actors: Sequence[Actor],
        actor_key: str,
        waves: Sequence[CodebookChoice],
        wave: str,
        interviewer: str,
        template: str,
        interviewer_template: str,
        known_codes: Callable[[str], tuple[str, ...]],
        theme: Theme,
        parent: QWidget,
    ) -> None:
        super().__init__(
            title=_("New interview"),
            confirm=_("Begin interview"),
            refuse=_("Cancel"),
            theme=theme,
            width=WIDE,
            parent=parent,
        )
        self.setObjectName("new_interview_dialog")
        self._template = template
        self._interviewer_template = interviewer_template
        self._known_codes = known_codes
        self._is_planned = False
        language = current_language().code
        self._actor = ComboBox(theme=theme, parent=self)
        self._actor.addItem(_("choose later"), "")
        for actor in sorted(actors, key=lambda entry: entry.name(language).casefold()):
            self._actor.addItem(actor.name(language), actor.key)
        self._actor.setCurrentIndex(max(self._actor.findData(actor_key), 0))
        self._wave = ComboBox(theme=theme, parent=self)
        for choice in waves:
            self._wave.addItem(choice.label.text(language), choice.code)
        self._wave.setCurrentIndex(max(self._wave.findData(wave), 0))
        self._code = QLineEdit(self)
        self._codes = QCompleter([], self)
        self._interviewer = QLineEdit(interviewer, self)
        self._day = QLineEdit(show_date(date.today().isoformat(), current_language()), self)
        self._plan = Button(_("Plan only"), theme=theme, parent=self)
        self._build(has_waves=bool(waves))
        self._actor.currentIndexChanged.connect(lambda _index: self._propose_code())
        self._plan.clicked.connect(self._on_plan_clicked)
        self._propose_code()
        self._actor.setFocus()

    @property
    def wanted(self) -> NewInterview:
        """What was chosen."""
        typed = read_date(self._day.text(), current_language()).stored
        return NewInterview(
            actor_key=str(self._actor.currentData() or ""),
            wave=str(self._wave.currentData() or ""),
            code=self._code.text().strip(),
            interviewer=self._interviewer.text().strip(),
            day=date.fromisoformat(typed) if typed else None,
            is_planned=self._is_planned,
        )

    @override
    def accept(self) -> None:
        """Goes ahead when the date is one, the code is empty or fits the form, and it is known who interviews."""
        wrong = [row for row in (self._code_row, self._day_row, self._interviewer_row) if not row.validate()]
        if wrong:
            wrong[0].editor.setFocus()
            self.fit()
        else:
            super().accept()

    def _code_problem(self) -> str:
        code = self._code.text().strip()
        if not code or is_valid_code(self._template, code):
            return ""
        return _("The form expects codes like {example}.").format(example=self._template.format(number=7))

    def _day_problem(self) -> str:
        return read_date(self._day.text(), current_language()).problem

    def _interviewer_problem(self) -> str:
        typed = self._interviewer.text().strip()
        return interviewer_problem(typed, self._interviewer_template, is_required=not self._is_planned)

    def _on_plan_clicked(self) -> None:
        self._is_planned = True
        self.accept()
        self._is_planned = self.result() == self.DialogCode.Accepted

    def _propose_code(self) -> None:
        """A person keeps the code over all waves: one earlier code is taken, several are offered."""
        known = self._known_codes(str(self._actor.currentData() or ""))
        self._codes = QCompleter(list(known), self)
        self._codes.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._code.setCompleter(self._codes)
        self._code.setText(known[0] if len(known) == 1 else "")
        hint = _("If left empty, the next free code is given.") if self._template else ""
        if len(known) == 1:
            hint = _("Same person as before. Another person gets a code of its own: empty the field.")
        elif known:
            hint = _("Known codes here: {codes}. If left empty, the next free code is given.").format(
                codes=", ".join(known)
            )
        self._code_row.set_hint(hint)

    def _build(self, *, has_waves: bool) -> None:
        theme = self.theme
        self._code_row = FormRow(_("&Code"), self._code, theme=theme, check=self._code_problem, parent=self)
        self._day_row = FormRow(_("&Date"), self._day, theme=theme, check=self._day_problem, parent=self)
        wave_row = FormRow(_("&Wave"), self._wave, theme=theme, parent=self)
        wave_row.setVisible(has_waves)
        first = QHBoxLayout()
        first.setSpacing(theme.space("l"))
        first.addWidget(wave_row, 1)
        first.addWidget(self._day_row, 1)
        self._interviewer_row = FormRow(
            _("&Interviewer"), self._interviewer, theme=theme, check=self._interviewer_problem, parent=self
        )
        first.addWidget(self._interviewer_row, 1)
        self.content.addWidget(FormRow(_("&Actor"), self._actor, theme=theme, parent=self))
        self.content.addWidget(self._code_row)
        self.content.addLayout(first)
        self.buttons.insertWidget(self.buttons.count() - 1, self._plan)
