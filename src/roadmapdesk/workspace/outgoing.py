"""The project's log of exports: every file that leaves it is noted here, so that an erasure can name the places.

Kinds of their own: reports and workbooks (`exporting`), papers, submissions, and those of `Outgoing`.
"""

import contextlib
from collections.abc import Mapping, Sequence
from enum import StrEnum
from pathlib import Path

from roadmapdesk.domain.levels import Level
from roadmapdesk.i18n import current_language
from roadmapdesk.storage.content import sha256_text
from roadmapdesk.storage.errors import StorageError
from roadmapdesk.storage.project import Project
from roadmapdesk.workspace.late_notes import LateNote, keep


class Outgoing(StrEnum):
    """Files that leave a project beside reports, papers and submissions."""

    CALENDAR = "calendar"
    FILE = "file"
    ANSWERS = "answers"
    SCORES = "scores"


PRINTED = "-"
"""Stands in the log for what a command printed, whose file nobody told the program."""


def note_outgoing(
    project: Project,
    target: Path,
    *,
    kind: str,
    sha: str,
    level: Level = Level.INTERNAL,
    language: str = "",
    interviews: Sequence[str] = (),
    details: Mapping[str, object] | None = None,
) -> None:
    """Notes a complete file with the folder where it lies.

    From a project opened for reading, whose log cannot be written, the line waits on this computer (`late_notes`).

    Args:
        project: the open project.
        target: the file.
        kind: what it is.
        sha: SHA-256 of its bytes.
        level: who may read it.
        language: of the file; the program's by default.
        interviews: ids of those that it tells about.
        details: more about it, JSON-ready.

    Raises:
        StorageError: it is not noted.
    """
    language = language or current_language().code
    told = {"folder": str(target.absolute().parent), **(details or {})}
    if not project.is_read_only:
        project.export_log.add(
            kind=kind,
            level=level.value,
            language=language,
            target=target.name,
            sha=sha,
            interviews=interviews,
            details=told,
        )
        return
    with contextlib.suppress(OSError, StorageError):  # without a folder of its own the program can do no more
        identifier, author = project.settings.project_id, project.author
        keep(LateNote(identifier, kind, level.value, language, target.name, sha, tuple(interviews), told, author))


def note_printed(project: Project, text: str, *, kind: str, interviews: Sequence[str]) -> None:
    """Notes what a command printed where it may have gone into a file or to another program.

    Raises:
        StorageError: it is not noted.
    """
    note_outgoing(
        project, Path(PRINTED), kind=kind, sha=sha256_text(text), interviews=interviews, details={"folder": ""}
    )
