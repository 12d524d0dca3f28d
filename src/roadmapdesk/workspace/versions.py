"""Earlier versions of an interview: seen, compared field by field, and brought back as a new revision."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from roadmapdesk.domain.catalog import Bilingual
from roadmapdesk.errors import RoadmapDeskError
from roadmapdesk.storage.project import Project
from roadmapdesk.storage.revisions import compare_answers
from roadmapdesk.storage.values import AuditEvent, AuditRow, Revision
from roadmapdesk.workspace.codebook import Codebook, CodebookEntry, codebook_of
from roadmapdesk.workspace.relisting import relist

PRESENT = ""
"""Stands for the present answers where a version is asked for."""
_KEY = re.compile(r"\[([^\]]*)\]")


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One state of an interview.

    Attributes:
        sha: its hash, `PRESENT` for the answers as they are now.
        kind: a value of `RevisionKind`, empty for the present answers.
        answers: number of answers that a person gave; what the program computes is left out.
        reason: why it was made; may be empty.
    """

    sha: str
    kind: str
    at: datetime
    author: str
    reason: str
    answers: int


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One question that two versions answer differently.

    Attributes:
        number: code of the question in the form.
        wording: the question by language.
        place: keys of the repeats around it, such as the stage; empty outside.
        before: the old answer in words, None where there was none.
        after: the new answer in words, None where there is none.
        author: who gave the new answer; empty where the trail does not tell.
        at: when.
        reason: why, where a reason was asked for.
    """

    ref: str
    number: str
    wording: Bilingual
    place: str
    before: Bilingual | None
    after: Bilingual | None
    author: str
    at: datetime | None
    reason: str


def list_versions(project: Project, interview_id: str) -> tuple[VersionLine, ...]:
    """All states of an interview, the latest first; it begins with the present answers where no revision holds them.

    Raises:
        Erased: the interview was erased.
        KeyError: there never was one.
    """
    history = project.revisions.history(interview_id)
    draft = project.drafts.load(interview_id)
    count = _counter(project, draft.form_sha)
    lines = [_line(revision, count) for revision in history]
    if not history or compare_answers(history[0].answers, draft.answers):
        row = project.interviews.get(interview_id)
        author = next((event.author for event in reversed(project.audit.list(interview_id, limit=1))), "")
        lines.insert(0, VersionLine(PRESENT, "", row.updated, author, "", count(draft.answers)))
    return tuple(lines)


def _counter(project: Project, form_sha: str) -> Callable[[Mapping[str, str]], int]:
    """Counts answers to questions with a control; all of them where the questionnaire cannot be read."""
    try:
        book = codebook_of(project.forms.get(form_sha))
    except (RoadmapDeskError, KeyError):
        return len

    def count(answers: Mapping[str, str]) -> int:
        entries = (book.get(_question(ref)) for ref, text in answers.items() if text)
        return sum(1 for entry in entries if entry is not None and entry.control)

    return count


def _line(revision: Revision, count: Callable[[Mapping[str, str]], int]) -> VersionLine:
    return VersionLine(
        revision.sha,
        revision.kind.value,
        revision.created_at,
        revision.author,
        revision.reason,
        count(revision.answers),
    )


def compare_versions(project: Project, interview_id: str, before: str, after: str) -> tuple[FieldChange, ...]:
    """What two versions answer differently, in the order of the form; what the program computes is left out.

    Args:
        project: the open project.
        interview_id: which interview.
        before: hash of the earlier version.
        after: hash of the later one, `PRESENT` for the answers as they are now.
    """
    first = _answers(project, interview_id, before)
    second = _answers(project, interview_id, after)
    form = project.forms.get(project.drafts.load(interview_id).form_sha)
    book = codebook_of(form)
    names = {actor.key: Bilingual(actor.name("de"), actor.name("en")) for actor in project.actors.list()}
    names |= {one.key: Bilingual(one.name("de"), one.name("en")) for one in project.networks.list()}
    order = {question: number for number, question in enumerate(book.entries)}
    trail = _Trail(project.audit.list(interview_id), _moment(project, before), _moment(project, after))
    changes = []
    for difference in compare_answers(first, second):
        entry = book.get(_question(difference.ref))
        if entry is None or not entry.control:
            continue
        event = trail.last(difference.ref, difference.after)
        changes.append(
            FieldChange(
                ref=difference.ref,
                number=entry.number or entry.question,
                wording=entry.label,
                place=", ".join(_KEY.findall(difference.ref)),
                before=_words(entry, book, names, difference.before),
                after=_words(entry, book, names, difference.after),
                author=event.author if event else "",
                at=event.at if event else None,
                reason=event.reason if event else "",
            )
        )
    return tuple(sorted(changes, key=lambda change: (order[_question(change.ref)], change.ref)))


def restore_version(project: Project, interview_id: str, sha: str, reason: str) -> None:
    """Makes an earlier version the present one; what was present stays in the history.

    Raises:
        ValueError: without a reason.
        KeyError: the interview has no such version.
        StorageError: nothing was changed.
    """
    project.revisions.cut(interview_id, reason=reason)
    project.revisions.restore(interview_id, sha, reason)
    relist(project, interview_id)


def _answers(project: Project, interview_id: str, sha: str) -> Mapping[str, str]:
    return project.revisions.get(sha).answers if sha else project.drafts.load(interview_id).answers


def _moment(project: Project, sha: str) -> datetime | None:
    return project.revisions.get(sha).created_at if sha else None


def _question(ref: str) -> str:
    return _KEY.sub("", ref).rpartition("/")[2]


def _words(
    entry: CodebookEntry, book: Codebook, names: Mapping[str, Bilingual], text: str | None
) -> Bilingual | None:
    """An answer as people read it: labels for codes, names for keys of the register."""
    if not text:
        return None
    if not (entry.choices or entry.list_name):
        return Bilingual(text, text)
    codes = text.split() if entry.is_multiple else [text]
    known = {choice.code: choice.label for choice in entry.choices}
    if entry.list_name:
        known |= {choice.code: choice.label for choice in book.lists.get(entry.list_name, ())}
    labels = [known.get(code) or names.get(code) or Bilingual(code, code) for code in codes]
    return Bilingual(", ".join(one.text("de") for one in labels), ", ".join(one.text("en") for one in labels))


class _Trail:
    """Finds in the audit trail who gave an answer between two versions.

    Args:
        events: of the interview, in their order.
        since: when the earlier version was made, None where nobody knows.
        until: when the later version was made, None for the present.
    """

    def __init__(self, events: tuple[AuditRow, ...], since: datetime | None, until: datetime | None) -> None:
        self._events: dict[str, list[AuditRow]] = {}
        self._restored: AuditRow | None = None
        self._since = since
        for event in events:
            if event.ref:
                self._events.setdefault(event.ref, []).append(event)
            is_between = (since is None or event.at >= since) and (until is None or event.at <= until)
            if event.event == AuditEvent.RESTORED and is_between:
                self._restored = event

    def last(self, ref: str, text: str | None) -> AuditRow | None:
        """The event that gave this question this answer: the latest one, or an earlier version that was restored."""
        found = next(
            (one for one in reversed(self._events.get(ref, ())) if (one.new or None) == (text or None)), None
        )
        is_earlier = found is None or (self._since is not None and found.at < self._since)
        return self._restored if is_earlier and self._restored is not None else found
