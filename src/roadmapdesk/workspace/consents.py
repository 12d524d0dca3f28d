"""What a person agreed to: each consent with the wording it was given to, when, and whether it was withdrawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from roadmapdesk.domain.catalog import Bilingual
from roadmapdesk.domain.interviews import InterviewState
from roadmapdesk.domain.question_roles import Role
from roadmapdesk.storage.project import Project
from roadmapdesk.storage.values import AuditEvent, AuditRow, Revision, StoredForm
from roadmapdesk.workspace.codebook import CodebookEntry, codebook_of
from roadmapdesk.workspace.forms import definition_of, roles_of
from roadmapdesk.workspace.interview_stages import paths_by_name

CONSENTS = (
    Role.CONSENT_PARTICIPATE,
    Role.CONSENT_RECORDING,
    Role.CONSENT_ATTRIBUTION,
    Role.CONSENT_NETWORK,
    Role.CONSENT_HANDOFF,
    Role.CONSENT_RECONTACT,
)


@dataclass(frozen=True, slots=True)
class Consent:
    """One answer to a question of consent.

    Attributes:
        number: code of the question in the form.
        wording: what was agreed to, as it was read then.
        answer: the answer in words.
        at: when it was given; None where it was filled in before anybody asked.
        author: code of the interviewer.
        title: questionnaire of that time.
        version: its version.
        sha: its hash, which fixes the wording.
        is_reworded: the interview has moved to a version that asks in other words; ask again.
    """

    role: Role
    number: str
    wording: Bilingual
    answer: Bilingual
    at: datetime | None
    author: str
    title: str
    version: str
    sha: str
    is_reworded: bool


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """When and why an interview was withdrawn."""

    at: datetime
    author: str
    reason: str


@dataclass(frozen=True, slots=True)
class ConsentRecord:
    """All consents of one interview in the order of `CONSENTS`; what was not asked or not answered is absent."""

    consents: tuple[Consent, ...]
    withdrawal: Withdrawal | None


def consent_record(project: Project, interview_id: str) -> ConsentRecord:
    """What the person of an interview agreed to.

    Raises:
        Erased: the interview was erased.
        KeyError: there never was one.
        Damaged: a questionnaire cannot be read.
    """
    draft = project.drafts.load(interview_id)
    row = project.interviews.get(interview_id)
    history = project.revisions.history(interview_id)
    trail = project.audit.list(interview_id)
    present = project.forms.get(draft.form_sha)
    roles = roles_of(present)
    found = []
    for role in CONSENTS:
        question = roles.question(role)
        path = paths_by_name(definition_of(present)).get(question or "")
        text = draft.answers.get(path or "", "")
        if question and path and text:
            given = _given(trail, path, text)
            form = project.forms.get(_form_then(history, given, draft.form_sha))
            found.append(_consent(role, question, text, given, form, present))
    return ConsentRecord(tuple(found), _withdrawal(trail) if row.state is InterviewState.WITHDRAWN else None)


def _given(trail: Sequence[AuditRow], path: str, text: str) -> AuditRow | None:
    """The event that led to the present answer: the last one on this question that a person caused."""
    events = [one for one in trail if one.ref == path and one.new == text and one.event != AuditEvent.CALCULATED]
    return events[-1] if events else None


def _form_then(history: Sequence[Revision], given: AuditRow | None, present: str) -> str:
    """The questionnaire at the moment of an answer: a state is fixed before an interview moves to another one."""
    if given is not None:
        later = [revision for revision in history if revision.created_at >= given.at]
        if later:
            return str(min(later, key=lambda revision: revision.created_at).body["form"])
    return present


def _consent(
    role: Role, question: str, text: str, given: AuditRow | None, form: StoredForm, present: StoredForm
) -> Consent:
    then = roles_of(form).question(role) or question
    entry, now = codebook_of(form).get(then), codebook_of(present).get(question)
    return Consent(
        role=role,
        number=entry.number if entry is not None else "",
        wording=entry.label if entry is not None else Bilingual(then, then),
        answer=_answer(entry, text),
        at=given.at if given is not None else None,
        author=given.author if given is not None else "",
        title=form.title,
        version=form.version,
        sha=form.sha,
        is_reworded=entry is not None and now is not None and entry.wording != now.wording,
    )


def _answer(entry: CodebookEntry | None, text: str) -> Bilingual:
    return entry.choice_label(text) if entry is not None else Bilingual(text, text)


def _withdrawal(trail: Sequence[AuditRow]) -> Withdrawal | None:
    withdrawn = InterviewState.WITHDRAWN.value
    events = [one for one in trail if one.event == AuditEvent.STATE and one.new == withdrawn]
    return Withdrawal(events[-1].at, events[-1].author, events[-1].reason) if events else None
