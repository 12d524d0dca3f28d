"""An appointment: whom, when, where, who asks."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget
from typing_extensions import override

from roadmapdesk.desktop.interview.controls.dates import read_date, read_time, show_date
from roadmapdesk.desktop.theme import Theme
from roadmapdesk.desktop.widgets.dialog import WIDE, Dialog
from roadmapdesk.desktop.widgets.form_row import FormRow
from roadmapdesk.desktop.widgets.inputs import ComboBox
from roadmapdesk.domain.actors import Actor
from roadmapdesk.i18n import current_language
from roadmapdesk.i18n import gettext as _
from roadmapdesk.workspace.appointments import USUAL, Appointment
from roadmapdesk.workspace.codebook import CodebookChoice
from roadmapdesk.workspace.planning import PlanRefused, PlanWish

_YEARS = range(2000, 2200)
_FIRST_HOUR = 10
_ACTOR_CODES = frozenset({PlanRefused.NO_ACTOR.code})
_INTERVIEWER_CODES = frozenset({PlanRefused.NOT_A_CODE.code})
_LENGTH_CODES = frozenset({PlanRefused.LENGTH.code})


class AppointmentDialog(Dialog):
    """Plans a new interview, or moves a planned one.

    Args:
        title: what happens.
        confirm: verb.
        actors: organisations to choose from; one of them alone when an interview is moved.
        waves: waves of the form; empty hides the field.
        start: what the fields show at first.
        is_move: organisation and wave stay as they are.
        refuse_wish: raises `PlanRefused` for what cannot be planned.
    """

    def __init__(
        self,
        *,
        title: str,
        confirm: str,
        actors: Sequence[Actor],
        waves: Sequence[CodebookChoice],
        start: PlanWish,
        is_move: bool,
        refuse_wish: Callable[[PlanWish], None],
        theme: Theme,
        parent: QWidget,
    ) -> None:
        super().__init__(title=title, confirm=confirm, refuse=_("Cancel"), theme=theme, width=WIDE, parent=parent)
        self.setObjectName("appointment_dialog")
        self._start = start
        self._refuse_wish = refuse_wish
        language = current_language()
        local = start.appointment.starts.astimezone()
        self._actor = ComboBox(theme=theme, parent=self)
        self._actor.addItem(_("please choose"), "")
        for actor in sorted(actors, key=lambda entry: entry.name(language.code).casefold()):
            self._actor.addItem(actor.name(language.code), actor.key)
        self._actor.setCurrentIndex(max(self._actor.findData(start.actor_key), 0))
        self._actor.setEnabled(not is_move)
        self._wave = ComboBox(theme=theme, parent=self)
        for choice in waves:
            self._wave.addItem(choice.label.text(language.code), choice.code)
        self._wave.setCurrentIndex(max(self._wave.findData(start.wave), 0))
        self._wave.setEnabled(not is_move)
        self._day = QLineEdit(show_date(local.date().isoformat(), language), self)
        self._time = QLineEdit(f"{local:%H:%M}", self)
        self._minutes = QLineEdit(str(start.appointment.minutes), self)
        self._place = QLineEdit(start.appointment.place, self)
        self._interviewer = QLineEdit(start.interviewer, self)
        self._build(has_waves=bool(waves))
        (self._day if is_move or start.actor_key else self._actor).setFocus()

    @property
    def wanted(self) -> PlanWish:
        """What was typed; complete after the dialog was accepted."""
        language = current_language()
        day = read_date(self._day.text(), language).stored
        time = read_time(self._time.text(), language).stored
        naive = datetime.fromisoformat(f"{day}T{time[:8]}")
        minutes = self._minutes.text().strip()
        return PlanWish(
            actor_key=str(self._actor.currentData() or ""),
            wave=str(self._wave.currentData() or self._start.wave),
            appointment=Appointment(
                naive.astimezone().astimezone(UTC), int(minutes) if minutes else USUAL, self._place.text().strip()
            ),
            interviewer=self._interviewer.text().strip(),
            code=self._start.code,
        )

    @override
    def accept(self) -> None:
        """Goes ahead when everything can be read and nothing stands against it."""
        rows = (self._actor_row, self._day_row, self._time_row, self._minutes_row, self._interviewer_row)
        wrong = [row for row in rows if not row.validate()]
        if wrong:
            wrong[0].editor.setFocus()
            self.fit()
            return
        try:
            self._refuse_wish(self.wanted)
        except PlanRefused as refused:
            row = self._day_row
            if refused.code in _ACTOR_CODES:
                row = self._actor_row
            elif refused.code in _LENGTH_CODES:
                row = self._minutes_row
            elif refused.code in _INTERVIEWER_CODES:
                row = self._interviewer_row
            row.set_error(refused.sentence)
            row.editor.setFocus()
            self.fit()
            return
        super().accept()

    def _day_problem(self) -> str:
        day = read_date(self._day.text(), current_language())
        if day.problem or not day.stored:
            return day.problem or _("The date is missing.")
        if date.fromisoformat(day.stored).year not in _YEARS:
            return _("An appointment lies in the years {first} to {last}.").format(first=_YEARS[0], last=_YEARS[-1])
        return ""

    def _time_problem(self) -> str:
        time = read_time(self._time.text(), current_language())
        return time.problem or ("" if time.stored else _("The time is missing."))

    def _minutes_problem(self) -> str:
        minutes = self._minutes.text().strip()
        return "" if not minutes or (minutes.isdecimal() and len(minutes) <= 4) else _("Type minutes as a number.")

    def _build(self, *, has_waves: bool) -> None:
        theme = self.theme
        self._actor_row = FormRow(_("&Actor"), self._actor, theme=theme, parent=self)
        self._day_row = FormRow(_("&Date"), self._day, theme=theme, check=self._day_problem, parent=self)
        self._time_row = FormRow(_("&Time"), self._time, theme=theme, check=self._time_problem, parent=self)
        self._minutes_row = FormRow(
            _("&Minutes"), self._minutes, theme=theme, check=self._minutes_problem, parent=self
        )
        wave_row = FormRow(_("&Wave"), self._wave, theme=theme, parent=self)
        wave_row.setVisible(has_waves)
        when, who = QHBoxLayout(), QHBoxLayout()
        for layout in (when, who):
            layout.setSpacing(theme.space("l"))
        when.addWidget(self._day_row, 2)
        when.addWidget(self._time_row, 1)
        when.addWidget(self._minutes_row, 1)
        who.addWidget(wave_row, 1)
        self._interviewer_row = FormRow(_("&Interviewer"), self._interviewer, theme=theme, parent=self)
        who.addWidget(self._interviewer_row, 1)
        hint = _("A room, an address or “video”; no names of persons, because the calendar file carries it.")
        self.content.addWidget(self._actor_row)
        self.content.addLayout(when)
        self.content.addWidget(FormRow(_("&Place"), self._place, theme=theme, hint=hint, parent=self))
        self.content.addLayout(who)


def next_usual_start(now: datetime) -> datetime:
    """The next working day at ten in the morning, as a first proposal."""
    local = now.astimezone().replace(hour=_FIRST_HOUR, minute=0, second=0, microsecond=0) + timedelta(days=1)
    while local.weekday() > 4:
        local += timedelta(days=1)
    return local.astimezone(UTC)
