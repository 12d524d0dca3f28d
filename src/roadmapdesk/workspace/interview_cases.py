"""An interview in the project: starting, loading, closing, reopening, and the states it passes."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from roadmapdesk.domain.interviews import InterviewState
from roadmapdesk.domain.question_roles import QuestionRoles, Role
from roadmapdesk.storage.project import Project
from roadmapdesk.storage.values import InterviewRow, RevisionKind, Summary
from roadmapdesk.workspace.entity_registers import interview_lists
from roadmapdesk.workspace.forms import current_form, definition_of, load_lists, roles_of, store_lists
from roadmapdesk.workspace.interview_log import keep_log
from roadmapdesk.workspace.interview_stages import paths_by_name
from roadmapdesk.workspace.interview_steps import Save
from roadmapdesk.workspace.last_saved import last_saved
from roadmapdesk.xforms.definition.form import FormDefinition

SUMMARY_ROLES = {
    Role.INTERVIEW_CODE: "code",
    Role.ACTOR: "actor_key",
    Role.INTERVIEW_WAVE: "wave",
    Role.INTERVIEWER: "interviewer",
    Role.INTERVIEW_DATE: "conducted_on",
}
"""Questions whose answers are columns of the list of interviews."""

_DEVICE_PREFIX = "roadmapdesk:"
_NEXT_STATES = {
    InterviewState.PLANNED: {InterviewState.DRAFT, InterviewState.WITHDRAWN},
    InterviewState.DRAFT: {InterviewState.WITHDRAWN},
    InterviewState.FINALISED: {InterviewState.IN_REVIEW, InterviewState.APPROVED, InterviewState.WITHDRAWN},
    InterviewState.IN_REVIEW: {InterviewState.FINALISED, InterviewState.APPROVED, InterviewState.WITHDRAWN},
    InterviewState.APPROVED: {InterviewState.IN_REVIEW, InterviewState.WITHDRAWN},
    InterviewState.WITHDRAWN: set(),
}


@dataclass(frozen=True, slots=True)
class Material:
    """Everything about an interview that is read from the project, ready for a desk.

    Attributes:
        lists: the external lists of the interview by name.
        answers: the stored answers; what a plan pre-filled, for an interview that was never opened.
        device: what metadata questions are told, by the names of the specification.
        last_saved: the last finished record of the form, for forms that read it.
    """

    row: InterviewRow
    definition: FormDefinition
    roles: QuestionRoles
    lists: Mapping[str, bytes]
    answers: Mapping[str, str]
    position: str
    sequence: int
    device: Mapping[str, str] = field(default_factory=dict)
    last_saved: bytes | None = None


@dataclass(frozen=True, slots=True)
class Closing:
    """A finalised interview that still has to be written.

    Attributes:
        save: what the closing events changed, None where nothing did.
        state: finalised, or withdrawn where the consent was refused.
    """

    interview_id: str
    save: Save | None
    state: InterviewState
    reason: str

    def write(self, project: Project) -> None:
        """Stores the last changes, cuts the revision, moves the interview to its state and keeps its log."""
        if self.save is not None:
            self.save.write(project)
        project.revisions.cut(self.interview_id, RevisionKind.FINALISE, self.reason)
        project.interviews.set_state(self.interview_id, self.state, reason=self.reason)
        if self.state is InterviewState.FINALISED:
            keep_log(project, self.interview_id)


def start_interview(
    project: Project,
    *,
    form_sha: str | None = None,
    known: Mapping[Role, str] | None = None,
    state: InterviewState = InterviewState.DRAFT,
    interview_id: str | None = None,
) -> str:
    """Creates an interview with the project's present lists and returns its id.

    Args:
        project: the open project.
        form_sha: the questionnaire; the one added last by default.
        known: what the plan knows already (code, actor, wave, interviewer, date), by role; pre-filled.
        state: planned or draft.
        interview_id: its id, for the sample project, whose ids follow from its seed; else a random one.

    Raises:
        ValueError: the project has no questionnaire.
    """
    if form_sha is None:
        form = current_form(project)
        if form is None:
            msg = "a project without a questionnaire cannot hold interviews"
            raise ValueError(msg)
        form_sha = form.sha
    stored = project.forms.get(form_sha)
    roles = roles_of(stored)
    paths = paths_by_name(definition_of(stored))
    texts = {role: text for role, text in (known or {}).items() if text}
    answers = {paths[name]: text for role, text in texts.items() if (name := roles.question(role)) in paths and name}
    summary = summary_of({column: texts[role] for role, column in SUMMARY_ROLES.items() if role in texts})
    return project.interviews.create(
        form_sha,
        lists=store_lists(project, interview_lists(project, stored)),
        answers=answers,
        summary=summary,
        state=state,
        interview_id=interview_id,
    )


def summary_of(fields: Mapping[str, str]) -> Summary:
    """The columns of the list of interviews, by the names in `SUMMARY_ROLES`."""
    return Summary(
        code=fields.get("code"),
        actor_key=fields.get("actor_key"),
        wave=fields.get("wave"),
        interviewer=fields.get("interviewer"),
        conducted_on=fields.get("conducted_on"),
    )


def list_answers(project: Project, interview_id: str) -> None:
    """Brings code, organisation, wave, interviewer and date of the list of interviews in line with the answers.

    Raises:
        StorageError: the interview or its questionnaire cannot be read.
    """
    draft = project.drafts.load(interview_id)
    form = project.forms.get(draft.form_sha)
    roles, paths = roles_of(form), paths_by_name(definition_of(form))
    columns = {
        column: draft.answers.get(paths.get(roles.question(role) or "", ""), "")
        for role, column in SUMMARY_ROLES.items()
    }
    project.interviews.update_summary(interview_id, summary_of(columns))


def load_interview(project: Project, interview_id: str) -> Material:
    """Reads what a desk needs; for the database thread.

    Raises:
        Erased: the interview was erased.
        KeyError: there never was one.
    """
    draft = project.drafts.load(interview_id)
    form = project.forms.get(draft.form_sha)
    definition = definition_of(form)
    return Material(
        row=project.interviews.get(interview_id),
        definition=definition,
        roles=roles_of(form),
        lists=load_lists(project, draft.lists),
        answers=draft.answers,
        position=draft.position,
        sequence=draft.sequence,
        device={"deviceid": f"{_DEVICE_PREFIX}{project.device}", "username": project.author},
        last_saved=last_saved(project, definition, interview_id),
    )


def reopen_interview(project: Project, interview_id: str, reason: str) -> None:
    """Takes a closed interview back to draft; the state before stays in its history.

    Raises:
        ValueError: without a reason.
    """
    if not reason.strip():
        msg = "reopening needs a reason"
        raise ValueError(msg)
    project.revisions.cut(interview_id, RevisionKind.REOPEN, reason)
    project.interviews.set_state(interview_id, InterviewState.DRAFT, reason=reason)


def next_states(state: InterviewState) -> frozenset[InterviewState]:
    """The states that a person may move an interview to; finalising and reopening are steps of their own."""
    return frozenset(_NEXT_STATES[state])


def move_interview(project: Project, interview_id: str, state: InterviewState, reason: str = "") -> None:
    """Moves an interview along its review.

    Raises:
        ValueError: this state does not follow the present one.
    """
    present = project.interviews.get(interview_id).state
    if state not in next_states(present):
        msg = f"{state.value} does not follow {present.value}"
        raise ValueError(msg)
    project.interviews.set_state(interview_id, state, reason=reason)
