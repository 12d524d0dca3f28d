"""What can be said of a project folder before it is opened: is it there, where does it lie, what was interrupted."""

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
class Interrupted:
    """An interview that was on the screen when the program ended.

    Attributes:
        question: number or name of the question where it stood; empty at the beginning.
        saved_at: when its last answer reached the file; None where the project must be opened to know, because it is
            encrypted or a change was cut off.
        answers: number of answers in the file.
        form: title and version of its questionnaire.
    """

    interview_id: str
    code: str
    question: str
    saved_at: datetime | None
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


def interrupted(folder: Path, interview_id: str) -> Interrupted | None:
    """Where an interview stands, read without a lock and without changing anything.

    Without details when the project cannot be read this way (encrypted, or with an unfinished transaction); None when
    it is missing or damaged or the interview is no longer a draft.
    """
    from roadmapdesk.storage import open_project  # noqa: PLC0415 — called in the background only
    from roadmapdesk.workspace.codebook import codebook_of  # noqa: PLC0415 — called in the background only
    from roadmapdesk.workspace.given_answers import given_answers  # noqa: PLC0415 — called in the background only

    try:
        with open_project(folder, read_only=True) as project:
            row = project.interviews.get(interview_id)
            if row.state not in _OPEN:
                return None
            draft = project.drafts.load(interview_id)
            name = re.sub(r"\[[^\]]*\]", "", draft.position).rpartition("/")[2]
            entry = codebook_of(project.forms.get(draft.form_sha)).get(name)
            question = (entry.number or name) if entry is not None else ""
            answers = given_answers(project, interview_id)
            form = project.forms.get(draft.form_sha)
            return Interrupted(
                interview_id, row.code, question, draft.updated_at, answers, (form.title, form.version)
            )
    except (RoadmapDeskError, KeyError) as error:
        code = error.code if isinstance(error, RoadmapDeskError) else ""
        return Interrupted(interview_id, "", "", None) if code in _CLOSED else None
