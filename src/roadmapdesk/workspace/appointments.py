"""Appointments of interviews: what is stored of them, and the list of all by time.

An appointment lives in the further columns of the interview's row (``details``), so it needs no table of its own and
goes along with every backup.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from roadmapdesk.domain.interviews import InterviewState
from roadmapdesk.storage.project import Project
from roadmapdesk.storage.values import InterviewRow, Summary
from roadmapdesk.workspace.interviews import InterviewLine, list_interviews

USUAL = 60
"""Minutes of an appointment where nothing else is said."""
_KEY = "plan"


@dataclass(frozen=True, slots=True)
class Appointment:
    """When and where.

    Attributes:
        starts: aware moment.
        place: a room, an address, or “video”; no names of persons.
    """

    starts: datetime
    minutes: int = USUAL
    place: str = ""

    @property
    def ends(self) -> datetime:
        """When it is over."""
        return self.starts + timedelta(minutes=self.minutes)

    def overlaps(self, other: "Appointment") -> bool:
        """Whether both cannot be kept by one person."""
        return self.starts < other.ends and other.starts < self.ends


@dataclass(frozen=True, slots=True)
class PlannedLine:
    """One interview in the calendar list.

    Attributes:
        line: the interview.
        appointment: None while no time is agreed.
        is_cancelled: whether there was an appointment that is off.
        sequence: how often it was changed.
        changed: when it was changed last.
    """

    line: InterviewLine
    appointment: Appointment | None
    is_cancelled: bool
    sequence: int
    changed: datetime

    @property
    def is_open(self) -> bool:
        """Whether it still lies ahead: neither begun nor withdrawn."""
        return self.line.row.state is InterviewState.PLANNED

    def is_overdue(self, now: datetime) -> bool:
        """Whether its time has passed although nobody began it."""
        return self.is_open and self.appointment is not None and self.appointment.ends < now


def agenda(project: Project) -> tuple[PlannedLine, ...]:
    """Everything that is or was planned: by time, those without one last."""
    lines = [planned_line(line) for line in list_interviews(project)]
    shown = [line for line in lines if line.is_open or line.appointment is not None]
    far = datetime.max.replace(tzinfo=UTC)

    def place(line: PlannedLine) -> tuple[bool, datetime, str]:
        starts = line.appointment.starts if line.appointment is not None else far
        return line.appointment is None, starts, line.line.row.code

    return tuple(sorted(shown, key=place))


def planned_line(line: InterviewLine) -> PlannedLine:
    """The interview with what is stored of its appointment."""
    stored = _stored(line.row)
    is_cancelled = bool(stored.get("is_cancelled", False))
    changed = _read_moment(stored.get("changed")) or line.row.updated
    return PlannedLine(line, appointment_of(line.row), is_cancelled, int(stored.get("sequence", 0)), changed)


def appointment_of(row: InterviewRow) -> Appointment | None:
    """The appointment that holds; None while no time is agreed, or where it was cancelled."""
    starts, minutes, place = last_known(row)
    if starts is None or _stored(row).get("is_cancelled", False):
        return None
    return Appointment(starts, minutes, place)


def last_known(row: InterviewRow) -> tuple[datetime | None, int, str]:
    """The stored time, also of a cancelled appointment, which calendars must be able to find."""
    stored = _stored(row)
    return _read_moment(stored.get("starts")), int(stored.get("minutes", USUAL)), str(stored.get("place", ""))


def _stored(row: InterviewRow) -> Mapping[str, Any]:
    found = json.loads(row.details or "{}").get(_KEY, {})
    return found if isinstance(found, dict) else {}


def _read_moment(text: object) -> datetime | None:
    try:
        return datetime.fromisoformat(str(text)).astimezone(UTC) if text else None
    except ValueError:
        return None


def store_appointment(
    project: Project, interview_id: str, appointment: Appointment | None, *, now: datetime | None
) -> None:
    """Keeps the appointment, or with None that it is off; each time is one more change."""
    row = project.interviews.get(interview_id)
    stored = dict(_stored(row))
    sequence = int(stored.get("sequence", -1)) + 1
    stored |= {
        "sequence": sequence,
        "changed": (now or datetime.now(UTC)).astimezone(UTC).isoformat(timespec="seconds"),
        "is_cancelled": appointment is None and bool(stored.get("starts")),
    }
    if appointment is not None:
        stored |= {
            "starts": appointment.starts.astimezone(UTC).isoformat(timespec="minutes"),
            "minutes": appointment.minutes,
            "place": appointment.place.strip(),
        }
    day = appointment.starts.astimezone().date().isoformat() if appointment is not None else ""
    details = {**row.detail, _KEY: stored}
    project.interviews.update_summary(interview_id, Summary(conducted_on=day, details=details))
