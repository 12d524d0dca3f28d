"""Notes of an interview: several per question, each with its time, kept under the question's ref and a stamp."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from roadmapdesk.storage.project import Project
from roadmapdesk.storage.values import Note

_MARK = "#note-"


@dataclass(frozen=True, slots=True)
class QuestionNote:
    """One note beside a question.

    Attributes:
        key: what it is stored under.
        ref: the question.
        at: when it was written.
    """

    key: str
    ref: str
    text: str
    author: str
    at: datetime


def new_key(ref: str, at: datetime, taken: Sequence[str]) -> str:
    """A key for a new note that no other note of the interview has."""
    stamp = at.astimezone(UTC).strftime("%Y%m%dT%H%M%S")
    key = f"{ref}{_MARK}{stamp}"
    number = 2
    while key in taken:
        key = f"{ref}{_MARK}{stamp}-{number}"
        number += 1
    return key


def read_notes(notes: Sequence[Note]) -> tuple[QuestionNote, ...]:
    """Stored notes as the interview knows them, in the order in which they were written."""
    found = []
    for note in notes:
        ref, mark, stamp = note.ref.partition(_MARK)
        at = note.updated_at
        if mark:
            at = datetime.strptime(stamp.partition("-")[0], "%Y%m%dT%H%M%S").replace(tzinfo=UTC)
        found.append(QuestionNote(note.ref, ref, note.text, note.author, at))
    return tuple(sorted(found, key=lambda note: note.at))


def load_notes(project: Project, interview_id: str) -> tuple[QuestionNote, ...]:
    """The notes of an interview."""
    return read_notes(project.notes.list(interview_id))


def write_note(project: Project, interview_id: str, key: str, text: str) -> None:
    """Stores a note durably; an empty text removes it."""
    project.notes.set(interview_id, key, text)
