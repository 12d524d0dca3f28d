"""The list of interviews: names instead of keys, new and planned ones, states, and dropping empty drafts."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from roadmapdesk.domain.catalog import Bilingual
from roadmapdesk.domain.interviews import InterviewState
from roadmapdesk.domain.question_roles import Role
from roadmapdesk.storage.project import Project
from roadmapdesk.storage.values import InterviewRow, StoredForm, Summary
from roadmapdesk.workspace.codebook import CodebookChoice, codebook_of
from roadmapdesk.workspace.forms import current_form, roles_of

_CODE_PATTERN = re.compile(r"regex\(\s*\.\s*,\s*'\^([\w-]*?)(?:\[0-9\]|\\d)\{(\d+)\}\$?'\s*\)")
_NEXT_STATES: Mapping[InterviewState, tuple[InterviewState, ...]] = {
    InterviewState.FINALISED: (InterviewState.IN_REVIEW, InterviewState.APPROVED, InterviewState.WITHDRAWN),
    InterviewState.IN_REVIEW: (InterviewState.APPROVED, InterviewState.FINALISED, InterviewState.WITHDRAWN),
    InterviewState.APPROVED: (InterviewState.IN_REVIEW, InterviewState.WITHDRAWN),
    InterviewState.PLANNED: (InterviewState.WITHDRAWN,),
    InterviewState.DRAFT: (InterviewState.WITHDRAWN,),
    InterviewState.WITHDRAWN: (),
}
OPEN_STATES = frozenset({InterviewState.PLANNED, InterviewState.DRAFT})


@dataclass(frozen=True, slots=True)
class InterviewLine:
    """One interview as people speak of it.

    Attributes:
        actor: name of the organisation by language; empty texts while none is chosen.
        wave: wording of the wave in both languages, its code where the form does not know it.
    """

    row: InterviewRow
    actor: Bilingual
    wave: Bilingual

    @property
    def is_open(self) -> bool:
        """Whether it can still be filled."""
        return self.row.state in OPEN_STATES

    @property
    def next_states(self) -> tuple[InterviewState, ...]:
        """The states that a person may move it to from the list; finalising happens in the interview."""
        return _NEXT_STATES[self.row.state]


@dataclass(frozen=True, slots=True)
class NewInterview:
    """What is known before an interview begins.

    Attributes:
        code: empty takes the next free one of this laptop.
        wave: code of the wave in the form.
    """

    actor_key: str
    wave: str
    code: str = ""
    interviewer: str = ""
    day: date | None = None
    is_planned: bool = False


def list_interviews(project: Project) -> tuple[InterviewLine, ...]:
    """All interviews, the last changed first."""
    names = {actor.key: Bilingual(actor.name("de"), actor.name("en")) for actor in project.actors.list()}
    waves = {choice.code: choice.label for choice in wave_choices(project)}
    return tuple(
        InterviewLine(
            row=row,
            actor=names.get(row.actor_key, Bilingual(row.actor_key, row.actor_key)),
            wave=waves.get(row.wave, Bilingual(row.wave, row.wave)),
        )
        for row in project.interviews.list()
    )


def wave_choices(project: Project) -> tuple[CodebookChoice, ...]:
    """The waves that the present form offers, in its order; empty for a form without waves."""
    summary = current_form(project)
    if summary is None:
        return ()
    form = project.forms.get(summary.sha)
    entry = codebook_of(form).get(roles_of(form).question(Role.INTERVIEW_WAVE))
    return entry.choices if entry is not None else ()


def usual_wave(project: Project) -> str:
    """The wave that a new interview most likely belongs to: that of the last one, else the first one offered."""
    latest = next((row.wave for row in project.interviews.list(limit=1)), "")
    if latest:
        return latest
    offered = [choice.code for choice in wave_choices(project)]
    form = current_form(project)
    left_out = roles_of(project.forms.get(form.sha)).values(Role.WAVE_EXCLUDED) if form is not None else ()
    counted = [code for code in offered if code not in left_out]
    return (counted or offered or [""])[0]


def known_codes(project: Project, actor_key: str) -> tuple[str, ...]:
    """Codes of people of this organisation who were interviewed before; a person keeps the code over all waves."""
    return tuple(dict.fromkeys(row.code for row in project.interviews.list(actor_key=actor_key) if row.code))


def create_interview(project: Project, wanted: NewInterview) -> str:
    """Creates an interview, planned or ready to be filled, and returns its id.

    Raises:
        ValueError: the project has no questionnaire.
    """
    from roadmapdesk.workspace.interviewing import start_interview  # noqa: PLC0415 — the list needs no form engine

    code = wanted.code
    summary = current_form(project)
    if not code and summary is not None:
        code = free_code(project, project.forms.get(summary.sha))
    known = {
        Role.INTERVIEW_CODE: code,
        Role.ACTOR: wanted.actor_key,
        Role.INTERVIEW_WAVE: wanted.wave,
        Role.INTERVIEWER: wanted.interviewer,
    }
    day = wanted.day.isoformat() if wanted.day is not None else ""
    if not wanted.is_planned:
        return start_interview(project, known={**known, Role.INTERVIEW_DATE: day}, state=InterviewState.DRAFT)
    # A planned day is no answer yet: the form takes the day on which the conversation begins.
    identifier = start_interview(project, known=known, state=InterviewState.PLANNED)
    if day:
        project.interviews.update_summary(identifier, Summary(conducted_on=day))
    return identifier


def code_template(form: StoredForm, role: Role = Role.INTERVIEW_CODE) -> str:
    """How the form wants codes written: ``RP-{number:04d}`` for the pattern ``^RP-[0-9]{4}$``.

    Empty for a form without such a pattern; then people type the codes.

    Args:
        form: the questionnaire.
        role: whose codes, those of interviews or of interviewers.
    """
    question = roles_of(form).question(role)
    if question is None:
        return ""
    from roadmapdesk.xforms.definition.parser import parse_form  # noqa: PLC0415 — the list needs no form engine

    data, _problems = parse_form(form.xml)
    for bind in data["binds"]:
        if bind.get("nodeset", "").rpartition("/")[2] == question:
            found = _CODE_PATTERN.search(bind.get("constraint", ""))
            return f"{found.group(1)}{{number:0{found.group(2)}d}}" if found else ""
    return ""


def set_state(project: Project, interview_id: str, state: InterviewState, reason: str = "") -> None:
    """Moves an interview to another state.

    Raises:
        ValueError: the present state does not lead there.
    """
    row = project.interviews.get(interview_id)
    if state not in _NEXT_STATES[row.state]:
        msg = f"no way from {row.state} to {state}"
        raise ValueError(msg)
    project.interviews.set_state(interview_id, state, reason=reason)


def can_drop(project: Project, interview_id: str) -> bool:
    """Whether nothing was answered, noted or attached yet, so that the interview may simply go away."""
    row = project.interviews.get(interview_id)
    if row.state not in OPEN_STATES or project.notes.list(interview_id) or project.attachments.list(interview_id):
        return False
    return all(entry.event != "question" for entry in project.audit.list(interview_id))


def drop_empty(project: Project, interview_id: str) -> None:
    """Removes an interview without any answer.

    Raises:
        ValueError: something was answered.
    """
    project.erasures.drop_empty(interview_id)


def free_code(project: Project, form: StoredForm) -> str:
    """The next code of this laptop that no interview bears, also not one that was typed by hand.

    Empty for a form without a pattern for codes.
    """
    template = code_template(form)
    while template:
        code = project.codes.next(template)
        if not project.interviews.by_code(code):
            return code
    return ""
