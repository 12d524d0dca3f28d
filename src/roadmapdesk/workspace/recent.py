"""What can be said of a project folder before it is opened: is it there, where does it lie, where does it go on."""

import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from roadmapdesk.domain.interviews import InterviewState
from roadmapdesk.errors import RoadmapDeskError

PROJECT_FILE = "project.sqlite"
"""As in the storage package, which must not be loaded here: two threads importing it at once see half of it."""

_CLOUD_MARKS = (
    "onedrive",
    "dropbox",
    "nextcloud",
    "owncloud",
    "icloud",
    "google drive",
    "googledrive",
    "magentacloud",
)
_CLOUD_FOLDERS = ("cloudstorage", "mobile documents")
_CLOSED = frozenset({"storage.passphrase_needed", "storage.read_only", "storage.read_failed"})
"""Codes that say: the project is there, but only opening it properly can tell."""
_OPEN = frozenset({InterviewState.PLANNED, InterviewState.DRAFT})


@dataclass(frozen=True, slots=True)
class Resumable:
    """An interview that was on the screen when its project was closed or the program ended.

    Attributes:
        was_cut_off: whether the program ended without closing the project: killed, crashed, or without power.
        question: number or name of the question where it stood; empty at the beginning.
        saved_at: when its last answer reached the file; None where the project must be opened to know, because it is
            encrypted or a change was cut off.
        answers: number of answered questions, as in the list of interviews.
        form: title and version of its questionnaire.
    """

    interview_id: str
    code: str
    question: str
    saved_at: datetime | None
    was_cut_off: bool
    answers: int = 0
    form: tuple[str, str] = ("", "")


def exists(folder: Path) -> bool:
    """Whether a project lies there; False too where the drive is missing."""
    try:
        return (folder / PROJECT_FILE).is_file()
    except OSError:
        return False


def is_in_cloud(folder: Path) -> bool:
    """Whether the path belongs to a synchronising service, which may replace a database while it is open."""
    parts = [part.casefold() for part in folder.parts]
    return any(part in _CLOUD_FOLDERS or part.startswith(_CLOUD_MARKS) for part in parts)


def resumable(folder: Path, interview_id: str) -> Resumable | None:
    """Where an interview stands, read without a lock and without changing anything.

    Whether it was cut off says the lock file: closing a project takes it away, and it can be read without a key.
    Without details when the project cannot be read this way (encrypted, or with an unfinished transaction); None when
    it is missing, damaged or open in a running program, or the interview is no longer a draft.
    """
    from roadmapdesk.storage import open_project  # noqa: PLC0415 — called in the background only
    from roadmapdesk.storage.lock import read_holder  # noqa: PLC0415 — called in the background only
    from roadmapdesk.workspace.codebook import codebook_of  # noqa: PLC0415 — called in the background only

    holder = read_holder(folder)
    was_cut_off = holder is not None
    if holder is not None and not holder.is_stale:
        return None
    try:
        with open_project(folder, read_only=True) as project:
            row = project.interviews.get(interview_id)
            if row.state not in _OPEN:
                return None
            draft = project.drafts.load(interview_id)
            name = re.sub(r"\[[^\]]*\]", "", draft.position).rpartition("/")[2]
            entry = codebook_of(project.forms.get(draft.form_sha)).get(name)
            question = (entry.number or name) if entry is not None else ""
            form = project.forms.get(draft.form_sha)
            told = (form.title, form.version)
            return Resumable(interview_id, row.code, question, draft.updated_at, was_cut_off, row.answered, told)
    except (RoadmapDeskError, KeyError) as error:
        code = error.code if isinstance(error, RoadmapDeskError) else ""
        return Resumable(interview_id, "", "", None, was_cut_off) if code in _CLOSED else None
