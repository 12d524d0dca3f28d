"""The columns of the calendar list and of whom to ask next."""

from datetime import UTC, datetime

from roadmapdesk.desktop.widgets.table_model import Column
from roadmapdesk.desktop.words import state_icon, state_word, type_word
from roadmapdesk.i18n import N_, current_language, ngettext
from roadmapdesk.i18n import gettext as _
from roadmapdesk.workspace.appointments import PlannedLine
from roadmapdesk.workspace.coverage import Candidate

_DAYS = (N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"))
_NEVER = datetime.max.replace(tzinfo=UTC)


def agenda_columns() -> tuple[Column[PlannedLine], ...]:
    """When, organisation, place and interviewer, state."""
    return (
        Column(lambda: _("Date and time"), day_text, sort=_starts, second_line=time_text, width=150, is_strong=True),
        Column(lambda: _("Actor"), actor_text, second_line=lambda line: line.line.wave.text(current_language().code)),
        Column(lambda: _("Place"), place_text, second_line=lambda line: line.line.row.interviewer, width=172),
        Column(lambda: _("State"), state_text, icon=_state_icon, tone=_state_tone, width=150),
    )


def candidate_columns() -> tuple[Column[Candidate], ...]:
    """Organisation, and how many thin cells it would lift."""
    return (
        Column(lambda: _("Actor"), candidate_name, second_line=_kind_and_stages, is_strong=True),
        Column(lambda: _("lifts"), _lifts, sort=lambda row: row.lifts, is_number=True, width=84),
    )


def day_text(line: PlannedLine) -> str:
    """``Tue 01.12.2026`` in the zone of this computer."""
    starts = _starts(line)
    if starts is _NEVER:
        return _("no time yet")
    local = starts.astimezone()
    return f"{_(_DAYS[local.weekday()])} {current_language().date(local.date())}"


def time_text(line: PlannedLine) -> str:
    """``10:00 · 60 minutes``."""
    if line.appointment is None:
        return ""
    minutes = _("{n} minutes").format(n=line.appointment.minutes)
    return f"{line.appointment.starts.astimezone():%H:%M} · {minutes}"


def actor_text(line: PlannedLine) -> str:
    """Name of the organisation."""
    return line.line.actor.text(current_language().code) or "–"


def place_text(line: PlannedLine) -> str:
    """Place of the appointment."""
    return (line.appointment.place if line.appointment is not None else "") or "–"


def state_text(line: PlannedLine) -> str:
    """Its state; for a planned one also whether it is overdue or off."""
    if line.is_overdue(datetime.now(UTC)):
        return _("Overdue")
    if line.is_open and line.is_cancelled:
        return _("Called off")
    return state_word(line.line.row.state)


def agenda_sentence(line: PlannedLine) -> str:
    """The row for the screen reader."""
    parts = (
        day_text(line),
        time_text(line),
        actor_text(line),
        place_text(line),
        line.line.row.interviewer,
        state_text(line),
    )
    return ", ".join(part for part in parts if part and part != "–")


def candidate_name(row: Candidate) -> str:
    """Name of the organisation."""
    return row.actor.name(current_language().code)


def candidate_sentence(row: Candidate) -> str:
    """The row for the screen reader."""
    return f"{candidate_name(row)}, {_kind_and_stages(row)}, {_lifts(row)}"


def _starts(line: PlannedLine) -> datetime:
    """The start; for an interview planned for a day only, its end, so that it comes after the fixed times."""
    if line.appointment is not None:
        return line.appointment.starts
    try:
        return datetime.fromisoformat(f"{line.line.row.conducted_on}T23:59").astimezone(UTC)
    except ValueError:
        return _NEVER


def _state_icon(line: PlannedLine) -> str:
    if line.is_overdue(datetime.now(UTC)):
        return "triangle-alert"
    return "ban" if line.is_open and line.is_cancelled else state_icon(line.line.row.state)


def _state_tone(line: PlannedLine) -> str:
    if line.is_overdue(datetime.now(UTC)):
        return "warning"
    return "ok" if line.line.row.state.counts else "text"


def _kind_and_stages(row: Candidate) -> str:
    stages = ", ".join(stage.upper() for stage in row.stages)
    return " · ".join(part for part in (type_word(row.actor.type), stages) if part)


def _lifts(row: Candidate) -> str:
    return ngettext("{n} cell", "{n} cells", row.lifts).format(n=row.lifts)
