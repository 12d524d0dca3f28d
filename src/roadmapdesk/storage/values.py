"""What the project hands out: immutable values, detached from the database.

Moments are aware datetimes in UTC. Refs are paths with repeat keys, ``/data/stage_eval[k3]/perf_d1``. Rows that come
in tens of thousands (`InterviewRow`) are named tuples, which are made six times faster than frozen dataclasses.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

from roadmapdesk.domain.interviews import InterviewState


class RevisionKind(StrEnum):
    """Why a revision was cut."""

    CREATE = "create"
    EDIT = "edit"
    FINALISE = "finalise"
    REOPEN = "reopen"
    REVIEW = "review"
    RESTORE = "restore"
    RESOLVE = "resolve"


class AuditEvent(StrEnum):
    """What an audit row tells; the names follow ODK's audit log where it has the same event."""

    ANSWER = "question"
    UNDO = "undo"
    REDO = "redo"
    REPEAT_ADDED = "add repeat"
    REPEAT_REMOVED = "delete repeat"
    REPEAT_MOVED = "move repeat"
    CALCULATED = "calculation"
    OPENED = "form start"
    RESUMED = "form resume"
    SAVED = "form save"
    FINALISED = "form finalize"
    STATE = "state"
    RESTORED = "restore"
    ERASED = "erase"
    EXPORTED = "export"
    BACKUP = "backup"
    MEDIA_DELETED = "delete attachment"


@dataclass(frozen=True, slots=True)
class StoredForm:
    """A questionnaire as it was used: found by `sha`, never changed.

    Attributes:
        sha: hash over the compiled form and its extra sheets.
        xml: the compiled XForm.
        extra: the sheets that only this program reads, sheet name → rows as mappings column → text.
        source: bytes of the file it was made from; empty when unknown.
    """

    sha: str
    form_id: str
    version: str
    title: str
    xml: bytes = field(repr=False)
    extra: Mapping[str, Any] = field(repr=False)
    source: bytes = field(repr=False)
    source_name: str
    added_at: datetime


@dataclass(frozen=True, slots=True)
class FormSummary:
    """A questionnaire of the project without its contents, and how many interviews use it."""

    sha: str
    form_id: str
    version: str
    title: str
    source_name: str
    added_at: datetime
    interviews: int


_STATES = {state.value: state for state in InterviewState}


class InterviewRow(NamedTuple):
    """One interview as lists show it; the answers are elsewhere.

    Attributes:
        id: UUID4 as text; never used again after an erasure.
        code: the interview code as typed, may be empty.
        state_code: stored form of `state`.
        actor_key: key in the actors' register, or empty.
        conducted_on: ISO date as typed, or empty.
        answered: answered questions of `total` relevant ones.
        details: further columns that the caller set, a JSON text; see `InterviewRow.detail`.
        updated_at: stored stamp; `updated` is the moment.
    """

    id: str
    code: str
    state_code: str
    form_sha: str
    actor_key: str
    wave: str
    interviewer: str
    conducted_on: str
    answered: int
    total: int
    details: str
    created_at: str
    updated_at: str

    @property
    def state(self) -> InterviewState:
        """Where in its life the interview stands."""
        return _STATES[self.state_code]

    @property
    def updated(self) -> datetime:
        """When anything in the interview changed last."""
        return datetime.fromisoformat(self.updated_at)

    @property
    def created(self) -> datetime:
        """When the interview was created here."""
        return datetime.fromisoformat(self.created_at)

    @property
    def detail(self) -> dict[str, Any]:
        """The further columns as a mapping."""
        import json  # noqa: PLC0415 — rarely asked for

        return dict(json.loads(self.details))


@dataclass(frozen=True, slots=True)
class Summary:
    """Columns of an interview that the caller reads out of the answers; None leaves a column as it is."""

    code: str | None = None
    actor_key: str | None = None
    wave: str | None = None
    interviewer: str | None = None
    conducted_on: str | None = None
    answered: int | None = None
    total: int | None = None
    details: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """One answer that changed.

    Attributes:
        ref: path with repeat keys.
        old: text before, None when there was no answer.
        new: text after, None removes the answer.
    """

    ref: str
    old: str | None
    new: str | None


@dataclass(frozen=True, slots=True)
class Draft:
    """The present answers of an interview.

    Attributes:
        answers: ref → stored text, irrelevant answers included.
        lists: name of each external list → its hash, ``{"actors.csv": "…"}``.
        position: where the interviewer stood, as the caller wrote it; empty at the beginning.
        sequence: number of saved changes; the next change has this number plus one.
        base: the revision that the answers started from, empty for a first draft.
        is_stored: False when the answers come straight from the latest revision and nothing was changed since.
    """

    interview_id: str
    answers: Mapping[str, str]
    form_sha: str
    lists: Mapping[str, str]
    position: str
    updated_at: datetime
    sequence: int
    base: str
    is_stored: bool


@dataclass(frozen=True, slots=True)
class Revision:
    """One immutable state of an interview, actor, network or measure.

    Attributes:
        sha: SHA-256 of the canonical document, its name everywhere.
        body: ``{"form": sha, "lists": …, "answers": {ref: text}}`` of an interview, the record of anything else.
        parents: hashes of the revisions it follows; none for the first, several after a resolved conflict.
        device_sequence: running number of the device, part of the document.
    """

    sha: str
    entity_kind: str
    entity_id: str
    kind: RevisionKind
    parents: tuple[str, ...]
    body: Mapping[str, Any] = field(repr=False)
    author: str
    device: str
    device_sequence: int
    created_at: datetime
    reason: str

    @property
    def answers(self) -> Mapping[str, str]:
        """The answers of an interview's revision."""
        return dict(self.body.get("answers", {}))


@dataclass(frozen=True, slots=True)
class Difference:
    """One ref that two revisions answer differently; None stands for no answer."""

    ref: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class AuditRow:
    """One entry of the audit trail.

    Attributes:
        interview_id: None for events of the project.
        at: wall clock.
        elapsed_ms: milliseconds since the session began, from a clock that nobody can set.
    """

    id: int
    session_id: int
    interview_id: str | None
    sequence: int
    event: str
    ref: str
    old: str | None
    new: str | None
    reason: str
    author: str
    at: datetime
    elapsed_ms: int


@dataclass(frozen=True, slots=True)
class Note:
    """A remark of the team beside one question of one interview."""

    interview_id: str
    ref: str
    text: str
    author: str
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that belongs to an answer; the bytes are asked for by `sha`."""

    sha: str
    interview_id: str
    ref: str
    name: str
    mime: str
    size: int
    added_at: datetime


@dataclass(frozen=True, slots=True)
class LooseFile:
    """Bytes that no answer refers to: the program ended between storing them and storing the answer.

    Attributes:
        interview_id: the interview that they were meant for, empty where nobody knows.
        ref: the question, empty for the interview as a whole.
        name: the file's name, empty where nobody knows.
        mime: what kind of file, empty where nobody knows.
        added_at: when it came, None where nobody knows.
    """

    sha: str
    interview_id: str
    ref: str
    name: str
    mime: str
    size: int
    added_at: datetime | None


@dataclass(frozen=True, slots=True)
class Recording:
    """A sound recording that is under way, or that a crash cut off: parts of bare sound, not yet an attachment.

    Attributes:
        ref: the question that it answers, empty for the interview as a whole.
        rate: samples a second, one channel of 16 bits.
        parts: how many parts are stored.
        seconds: how long they last together.
    """

    id: str
    interview_id: str
    ref: str
    rate: int
    started_at: datetime
    parts: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure of the roadmap: an id, its place in the plan and a record that the caller understands."""

    id: str
    position: int
    record: Mapping[str, Any]
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class Export:
    """One line of the export log.

    Attributes:
        kind: ``pdf``, ``xlsx``, ``submissions`` …
        target: file name without its folder.
        details: ``folder`` is where the file was written, so that a person finds it again; more by kind.
        sha: SHA-256 of the file.
        interviews: ids of the interviews that the file tells about, needed for the places to clean after an erasure.
    """

    at: datetime
    author: str
    kind: str
    level: str
    language: str
    target: str
    sha: str
    interviews: tuple[str, ...]
    details: Mapping[str, Any]

    @property
    def folder(self) -> str:
        """Where the file was written, as the computer that wrote it calls it; empty in logs of earlier versions."""
        return str(self.details.get("folder", ""))

    @property
    def erased(self) -> int:
        """Of how many interviews the file tells that were erased since: a person must delete it."""
        return int(self.details.get("erased", 0))


@dataclass(frozen=True, slots=True)
class RecoveredDraft:
    """An unfinished interview that a crash left behind.

    Attributes:
        answers: number of answered questions, as in the list of interviews.
    """

    interview_id: str
    code: str
    answers: int
    form_title: str
    form_version: str
    position: str
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class Recovery:
    """What was found after a session that did not end properly.

    Attributes:
        since: when that session began.
        host: computer it ran on.
        had_journal: True when an unfinished transaction was rolled back at opening.
        drafts: interviews that this session changed, the latest first.
    """

    since: datetime
    host: str
    pid: int
    had_journal: bool
    drafts: tuple[RecoveredDraft, ...]
