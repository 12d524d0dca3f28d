"""One interview read for its respondent: relevant questions and answers in words, without notes."""

from collections.abc import Callable, Iterator
from datetime import date

from roadmapdesk.domain.interviews import InterviewState
from roadmapdesk.domain.question_roles import QuestionRoles, Role
from roadmapdesk.errors import Message
from roadmapdesk.i18n import N_, Language
from roadmapdesk.reports.errors import ReportError
from roadmapdesk.reports.papers.facts import AnswerGroup, GivenAnswer, ProtocolFacts
from roadmapdesk.storage.project import Project
from roadmapdesk.workspace.answer_words import value_words
from roadmapdesk.workspace.attachments import FileState, read_file
from roadmapdesk.workspace.interview_sections import is_asked
from roadmapdesk.workspace.interviewing import InterviewDesk, load_interview
from roadmapdesk.workspace.interviews import list_interviews
from roadmapdesk.workspace.paper_forms import CONSENT_ROLES, language_name
from roadmapdesk.workspace.wording import Wording, plain, split_label
from roadmapdesk.xforms.session.view import Kind, NodeView

NOTHING_SAID = Message(
    "papers.nothing_said", N_("In interview {code} nothing was answered yet, so there is no protocol to print.")
)
WITHDRAWN = Message("papers.withdrawn", N_("Interview {code} was withdrawn. Its answers are no longer printed."))
STATE_NAMES = {
    InterviewState.PLANNED: N_("planned"),
    InterviewState.DRAFT: N_("draft"),
    InterviewState.FINALISED: N_("finalised"),
    InterviewState.IN_REVIEW: N_("in review"),
    InterviewState.APPROVED: N_("approved"),
    InterviewState.WITHDRAWN: N_("withdrawn"),
}
_CONSENT_NAMES = {
    Role.CONSENT_PARTICIPATE: N_("Taking part"),
    Role.CONSENT_REFERENCE: N_("Number of the signed form"),
    Role.CONSENT_RECORDING: N_("Sound recording"),
    Role.CONSENT_ATTRIBUTION: N_("Naming in the report"),
    Role.CONSENT_NETWORK: N_("Naming in the network of cooperation"),
    Role.CONSENT_HANDOFF: N_("Hand-off of the single record"),
    Role.CONSENT_RECONTACT: N_("Being asked again"),
}
_OWN_REMARKS = (Role.INTERVIEW_QUALITY, Role.INTERVIEW_MINUTES)
"""What the interviewer notes about the conversation is no answer of the respondent."""


_FILE_WORDS = {
    FileState.SOUND: N_("file attached, not printed here"),
    FileState.MISSING: N_("file attached, but missing in the project"),
    FileState.DAMAGED: N_("file attached, but damaged on the disk"),
    FileState.DELETED: N_("file attached, and later deleted for good"),
}


def protocol_facts(project: Project, interview_id: str, language: Language) -> ProtocolFacts:
    """The protocol of an interview.

    Raises:
        ReportError: nothing was answered, or the interview was withdrawn.
        Erased: it was erased.
        KeyError: there never was one.
    """
    line = next((line for line in list_interviews(project) if line.row.id == interview_id), None)
    if line is None:
        project.interviews.get(interview_id)
        raise KeyError(interview_id)
    row = line.row
    code = row.code or "–"
    if row.state is InterviewState.WITHDRAWN:
        raise ReportError(WITHDRAWN, code=code)
    material = load_interview(project, interview_id)
    name = language_name(list(material.definition.languages), language.code) or None
    desk = InterviewDesk(material, language=name)
    reader = _Reader(desk, language, lambda ref, text: read_file(project, interview_id, ref, text).state)
    sections = tuple(reader.sections())
    if not row.answered and row.state is InterviewState.PLANNED:
        raise ReportError(NOTHING_SAID, code=code)
    form = project.forms.get(row.form_sha)
    title = desk.definition.title or form.title
    return ProtocolFacts(
        code=code,
        actor=line.actor.text(language.code),
        wave=line.wave.text(language.code),
        day=_day(row.conducted_on, language),
        interviewer=row.interviewer,
        state=language.gettext(STATE_NAMES[row.state]),
        is_final=row.state.counts,
        form=", ".join(part for part in (title, form.version) if part),
        consents=tuple(reader.consents),
        sections=sections,
    )


class _Reader:
    """Reads views; collects the consents on the way."""

    def __init__(self, desk: InterviewDesk, language: Language, file_state: Callable[[str, str], FileState]) -> None:
        self._file_state = file_state
        roles: QuestionRoles = desk.roles
        self._desk = desk
        self._language = language
        self._left_out = {roles.question(role) for role in _OWN_REMARKS}
        self._consent_roles = {
            roles.question(role): role for role in (CONSENT_ROLES[0], Role.CONSENT_REFERENCE, *CONSENT_ROLES[1:])
        }
        self.consents: list[tuple[str, str]] = []

    def sections(self) -> Iterator[AnswerGroup]:
        """The top-level groups; loose questions between them become groups without a title."""
        loose: list[GivenAnswer] = []
        for child in self._desk.root.children:
            if not child.is_relevant:
                continue
            if child.kind in {Kind.GROUP, Kind.REPEAT}:
                if loose:
                    yield AnswerGroup("", "", tuple(loose))
                    loose = []
                found = self._group(child)
                if not found.is_empty:
                    yield found
            else:
                loose += self._answer(child)
        if loose:
            yield AnswerGroup("", "", tuple(loose))

    def _group(self, view: NodeView) -> AnswerGroup:
        has_title = view.kind is Kind.INSTANCE or bool(plain(view.label))
        title = self._desk.title(view.ref) if has_title else Wording("", "")
        items: list[GivenAnswer | AnswerGroup] = []
        for child in view.children:
            if not child.is_relevant:
                continue
            if child.kind in {Kind.GROUP, Kind.REPEAT, Kind.INSTANCE}:
                items.append(self._group(child))
            else:
                items += self._answer(child)
        return AnswerGroup(title.code, title.text, tuple(items))

    def _answer(self, view: NodeView) -> list[GivenAnswer]:
        """The question with its answer; nothing for notes, calculations and the interviewer's own remarks."""
        if not is_asked(view) or view.name in self._left_out:
            return []
        label = split_label(plain(view.label))
        words = self._words(view)
        if view.name in self._consent_roles:
            name = self._language.gettext(_CONSENT_NAMES[self._consent_roles[view.name]])
            self.consents.append((name, ", ".join(words) or self._language.gettext("not answered")))
        return [GivenAnswer(label.code, label.text or view.name, words)]

    def _words(self, view: NodeView) -> tuple[str, ...]:
        if not view.text:
            return ()
        _ = self._language.gettext
        value = view.value
        if view.control in {"select1", "select", "rank"}:
            labels = {choice.value: plain(choice.label) or choice.value for choice in view.choices}
            codes = [str(code) for code in value] if isinstance(value, tuple) else view.text.split()
            if view.control == "select1":
                codes = [view.text]
            words = [labels.get(code, code) for code in codes]
            if view.control == "rank":
                words = [f"{place}. {word}" for place, word in enumerate(words, start=1)]
            return tuple(words)
        if view.control == "upload":
            return (_(_FILE_WORDS[self._file_state(view.ref, view.text)]),)
        if view.kind is Kind.TRIGGER:
            return (_("confirmed"),)
        return (value_words(value, view.text, self._language),)


def _day(iso: str, language: Language) -> str:
    try:
        return language.date(date.fromisoformat(iso[:10])) if iso else ""
    except ValueError:
        return iso
