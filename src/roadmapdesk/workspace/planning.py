"""Planning interviews: appointments per organisation and wave, moved, cancelled, taken back, handed to calendars.

An appointment lives in the further columns of the interview's row (``details``), so it needs no table of its own and
goes along with every backup. Starting a planned interview is nothing but opening it.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from roadmapdesk import __version__
from roadmapdesk.domain.codes import interviewer_problem
from roadmapdesk.domain.interviews import InterviewState
from roadmapdesk.domain.question_roles import Role
from roadmapdesk.errors import Message, RoadmapDeskError
from roadmapdesk.exchange.calendar import CalendarEntry, write_calendar
from roadmapdesk.i18n import N_, Language, current_language
from roadmapdesk.reports.targets import write_whole
from roadmapdesk.storage.project import Project
from roadmapdesk.storage.values import AuditEvent, Change, InterviewRow, Summary
from roadmapdesk.workspace.forms import current_form, definition_of, roles_of
from roadmapdesk.workspace.interview_stages import paths_by_name
from roadmapdesk.workspace.interviewing import start_interview
from roadmapdesk.workspace.interviews import InterviewLine, code_template, free_code, list_interviews
from roadmapdesk.workspace.outgoing import Outgoing, note_outgoing
from roadmapdesk.workspace.places import refuse_project_place

SHORTEST, LONGEST, USUAL = 15, 480, 60
"""Minutes of an appointment."""
REMINDERS = (timedelta(days=1), timedelta(hours=1))
_KEY = "plan"


class PlanRefused(RoadmapDeskError):
    """An appointment cannot be made like this; nothing was changed."""

    NO_ACTOR = Message("planning.no_actor", N_("Choose the organisation that is to be interviewed."))
    NO_FORM = Message(
        "planning.no_form",
        N_("The project has no questionnaire yet. Add one under Forms before you plan interviews."),
    )
    PAST = Message("planning.past", N_("{moment} has passed. Choose a time in the future."))
    LENGTH = Message(
        "planning.length", N_("An interview takes {shortest} to {longest} minutes; {minutes} is not possible.")
    )
    BUSY_INTERVIEWER = Message(
        "planning.busy_interviewer",
        N_("{interviewer} already has an interview at {moment} with {actor}. Choose another time."),
    )
    BUSY_ACTOR = Message(
        "planning.busy_actor", N_("{actor} already has an interview at {moment}. Choose another time.")
    )
    NOT_A_CODE = Message("planning.not_a_code", "{problem}")
    NOT_PLANNED = Message(
        "planning.not_planned", N_("This interview has begun already; its appointment can no longer be changed.")
    )
    HAS_ANSWERS = Message(
        "planning.has_answers", N_("The interview holds answers by now, so planning it cannot be taken back.")
    )


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
class PlanWish:
    """What a person wants to plan.

    Attributes:
        wave: code of the wave; empty for a form without waves.
        interviewer: code of who asks, never a name; may be empty.
        code: interview code of a person who was asked before; empty takes the next free one.
    """

    actor_key: str
    wave: str
    appointment: Appointment
    interviewer: str = ""
    code: str = ""


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


@dataclass(frozen=True, slots=True)
class PlanChange:
    """One step of planning that can be taken back.

    Attributes:
        interview_id: empty once a new interview was taken back.
        before: None for a new interview or one without appointment.
        after: None where the appointment was cancelled, or the new interview taken back.
        wish: what a new interview was planned with; None for changes of an existing one.
    """

    interview_id: str
    before: Appointment | None
    after: Appointment | None
    wish: PlanWish | None = None


def agenda(project: Project) -> tuple[PlannedLine, ...]:
    """Everything that is or was planned: by time, those without one last."""
    lines = [_planned_line(line) for line in list_interviews(project)]
    shown = [line for line in lines if line.is_open or line.appointment is not None]
    far = datetime.max.replace(tzinfo=UTC)

    def place(line: PlannedLine) -> tuple[bool, datetime, str]:
        starts = line.appointment.starts if line.appointment is not None else far
        return line.appointment is None, starts, line.line.row.code

    return tuple(sorted(shown, key=place))


def refuse_wish(project: Project, wish: PlanWish, *, now: datetime | None = None, interview_id: str = "") -> None:
    """Refuses what cannot be planned.

    Args:
        project: the open project.
        wish: what is wanted.
        now: the present; the clock by default.
        interview_id: the interview that is being moved and does not stand in its own way.

    Raises:
        PlanRefused: with one sentence that says why.
    """
    wanted, language = wish.appointment, current_language()
    form = current_form(project)
    if form is None:
        raise PlanRefused(PlanRefused.NO_FORM)
    names = {actor.key: actor.name(language.code) for actor in project.actors.list()}
    if wish.actor_key not in names:
        raise PlanRefused(PlanRefused.NO_ACTOR)
    if not SHORTEST <= wanted.minutes <= LONGEST:
        raise PlanRefused(PlanRefused.LENGTH, shortest=SHORTEST, longest=LONGEST, minutes=wanted.minutes)
    template = code_template(project.forms.get(form.sha), Role.INTERVIEWER)
    problem = interviewer_problem(wish.interviewer, template, is_required=False)
    if problem:
        raise PlanRefused(PlanRefused.NOT_A_CODE, problem=problem)
    if wanted.starts < (now or datetime.now(UTC)):
        raise PlanRefused(PlanRefused.PAST, moment=language.date_time(wanted.starts.astimezone()))
    for other in agenda(project):
        taken = other.appointment
        if other.line.row.id == interview_id or not other.is_open or taken is None or not taken.overlaps(wanted):
            continue
        moment = language.date_time(taken.starts.astimezone())
        actor = other.line.actor.text(language.code)
        if other.line.row.actor_key == wish.actor_key:
            raise PlanRefused(PlanRefused.BUSY_ACTOR, actor=actor, moment=moment)
        if wish.interviewer and other.line.row.interviewer == wish.interviewer:
            raise PlanRefused(PlanRefused.BUSY_INTERVIEWER, interviewer=wish.interviewer, actor=actor, moment=moment)


def plan(project: Project, wish: PlanWish, *, now: datetime | None = None) -> PlanChange:
    """Plans a new interview; code, actor, wave and interviewer are filled in by their roles when it begins.

    Raises:
        PlanRefused: it cannot be planned like this.
    """
    refuse_wish(project, wish, now=now)
    form = current_form(project)
    assert form is not None, "refused above"
    code = wish.code or free_code(project, project.forms.get(form.sha))
    # The date is left to the form: it takes the day on which the conversation begins.
    known = {
        Role.INTERVIEW_CODE: code,
        Role.ACTOR: wish.actor_key,
        Role.INTERVIEW_WAVE: wish.wave,
        Role.INTERVIEWER: wish.interviewer,
    }
    identifier = start_interview(project, known=known, state=InterviewState.PLANNED)
    _store(project, identifier, wish.appointment, now=now)
    return PlanChange(identifier, None, wish.appointment, replace(wish, code=code))


def move(
    project: Project,
    interview_id: str,
    appointment: Appointment,
    *,
    interviewer: str | None = None,
    now: datetime | None = None,
) -> PlanChange:
    """Gives a planned interview another time, place or interviewer.

    Raises:
        PlanRefused: it has begun, or the new time cannot be kept.
    """
    row = _open_row(project, interview_id)
    asks = row.interviewer if interviewer is None else interviewer
    wish = PlanWish(row.actor_key, row.wave, appointment, asks, row.code)
    refuse_wish(project, wish, now=now, interview_id=interview_id)
    before = _planned(row)[0]
    if asks != row.interviewer:
        _set_interviewer(project, row, asks)
    _store(project, interview_id, appointment, now=now)
    return PlanChange(interview_id, before, appointment)


def cancel(project: Project, interview_id: str, *, now: datetime | None = None) -> PlanChange:
    """Takes the appointment off; the interview stays planned without a time, and calendars are told.

    Raises:
        PlanRefused: it has begun.
    """
    row = _open_row(project, interview_id)
    before = _planned(row)[0]
    _store(project, interview_id, None, now=now)
    return PlanChange(interview_id, before, None)


def take_back(project: Project, change: PlanChange, *, now: datetime | None = None) -> PlanChange:
    """Undoes a step and returns the step that brings it back.

    Raises:
        PlanRefused: the interview has begun or holds answers.
    """
    if change.wish is not None and not change.interview_id:
        return plan(project, change.wish, now=now)
    _open_row(project, change.interview_id)
    if change.wish is not None:
        try:
            project.erasures.drop_empty(change.interview_id)
        except ValueError as error:
            raise PlanRefused(PlanRefused.HAS_ANSWERS) from error
        return PlanChange("", change.after, None, change.wish)
    _store(project, change.interview_id, change.before, now=now)
    return PlanChange(change.interview_id, change.after, change.before)


def export_calendar(project: Project, target: Path, language: Language, *, interviewer: str = "") -> int:
    """Writes the appointments that lie ahead, and the cancelled ones, as an ``.ics`` file, and notes it in the log.

    No person's name and no interview code leaves the project: an entry names the organisation, the wave and the
    interviewer's code.

    Args:
        project: the open project.
        target: file to write; an existing one is replaced in one step.
        language: language of the entries.
        interviewer: only this interviewer's; empty for all.

    Raises:
        PlaceTaken: the place belongs to a project.
        TargetNotWritable: the place cannot be written; an older file is untouched.
    """
    refuse_project_place(target)
    found = calendar_entries(project, language, interviewer=interviewer)
    name, product = project.settings.title or project.name, f"RoadmapDesk//{__version__}"
    write_whole(target, content := write_calendar(found.values(), name=name, product=product))
    sha, kind = hashlib.sha256(content).hexdigest(), Outgoing.CALENDAR.value
    note_outgoing(project, target, kind=kind, sha=sha, language=language.code, interviews=tuple(found))
    return len(found)


def calendar_entries(project: Project, language: Language, *, interviewer: str = "") -> dict[str, CalendarEntry]:
    """What `export_calendar` writes: interview → its entry."""
    _ = language.gettext
    found = {}
    for line in (_planned_line(line) for line in list_interviews(project)):
        row = line.line.row
        starts, minutes, place = _last_known(row)
        if not line.is_open or starts is None or (interviewer and row.interviewer != interviewer):
            continue
        wave, actor = line.line.wave.text(language.code), line.line.actor.text(language.code)
        facts = [wave, _("Interviewer: {code}").format(code=row.interviewer) if row.interviewer else ""]
        found[row.id] = CalendarEntry(
            uid=f"{row.id}@roadmapdesk",
            starts=starts,
            minutes=minutes,
            title=_("Interview: {actor}").format(actor=actor),
            place=place,
            description="\n".join(fact for fact in facts if fact),
            changed=line.changed,
            sequence=line.sequence,
            is_cancelled=line.appointment is None,
            reminders=REMINDERS,
        )
    return found


def _planned_line(line: InterviewLine) -> PlannedLine:
    appointment, is_cancelled, sequence, changed = _planned(line.row)
    return PlannedLine(line, appointment, is_cancelled, sequence, changed)


def _planned(row: InterviewRow) -> tuple[Appointment | None, bool, int, datetime]:
    """Appointment, whether it is cancelled, number of changes, moment of the last one."""
    stored = _stored(row)
    starts, minutes, place = _last_known(row)
    is_cancelled = bool(stored.get("is_cancelled", False))
    appointment = Appointment(starts, minutes, place) if starts is not None and not is_cancelled else None
    changed = _read_moment(stored.get("changed")) or row.updated
    return appointment, is_cancelled, int(stored.get("sequence", 0)), changed


def _last_known(row: InterviewRow) -> tuple[datetime | None, int, str]:
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


def _store(project: Project, interview_id: str, appointment: Appointment | None, *, now: datetime | None) -> None:
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


def _open_row(project: Project, interview_id: str) -> InterviewRow:
    row = project.interviews.get(interview_id)
    if row.state is not InterviewState.PLANNED:
        raise PlanRefused(PlanRefused.NOT_PLANNED)
    return row


def _set_interviewer(project: Project, row: InterviewRow, code: str) -> None:
    """Changes who asks, in the list and in what the form begins with."""
    form = project.forms.get(row.form_sha)
    name = roles_of(form).question(Role.INTERVIEWER)
    path = paths_by_name(definition_of(form)).get(name or "")
    if path is not None:
        old = project.drafts.load(row.id).answers.get(path)
        change = Change(path, old, code or None)
        project.drafts.save_changes(row.id, (change,), position="", event=AuditEvent.SAVED)
    project.interviews.update_summary(row.id, Summary(interviewer=code))
