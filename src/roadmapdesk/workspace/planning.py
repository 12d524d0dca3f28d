"""Planning interviews: appointments per organisation and wave, made, moved, cancelled and taken back.

Starting a planned interview is nothing but opening it.
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime

from roadmapdesk.domain.codes import interviewer_problem
from roadmapdesk.domain.interviews import InterviewState
from roadmapdesk.domain.question_roles import Role
from roadmapdesk.errors import Message, RoadmapDeskError
from roadmapdesk.i18n import N_, current_language
from roadmapdesk.storage.project import Project
from roadmapdesk.storage.values import AuditEvent, Change, InterviewRow, Summary
from roadmapdesk.workspace.appointments import Appointment, agenda, appointment_of, store_appointment
from roadmapdesk.workspace.forms import current_form, definition_of, roles_of
from roadmapdesk.workspace.interview_stages import paths_by_name
from roadmapdesk.workspace.interviewing import start_interview
from roadmapdesk.workspace.interviews import code_template, free_code

SHORTEST, LONGEST = 15, 480
"""Minutes of an appointment."""


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
    store_appointment(project, identifier, wish.appointment, now=now)
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
    before = appointment_of(row)
    if asks != row.interviewer:
        _set_interviewer(project, row, asks)
    store_appointment(project, interview_id, appointment, now=now)
    return PlanChange(interview_id, before, appointment)


def cancel(project: Project, interview_id: str, *, now: datetime | None = None) -> PlanChange:
    """Takes the appointment off; the interview stays planned without a time, and calendars are told.

    Raises:
        PlanRefused: it has begun.
    """
    row = _open_row(project, interview_id)
    before = appointment_of(row)
    store_appointment(project, interview_id, None, now=now)
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
    store_appointment(project, change.interview_id, change.before, now=now)
    return PlanChange(change.interview_id, change.after, change.before)


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
