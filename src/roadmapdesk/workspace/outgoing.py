"""The project's log of exports: every file that leaves it is noted here, so that an erasure can name the places.

Kinds of their own: reports and workbooks (`exporting`), papers, submissions, and those of `Outgoing`.
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from pathlib import Path

from roadmapdesk.domain.levels import Level
from roadmapdesk.i18n import current_language
from roadmapdesk.storage.project import Project


class Outgoing(StrEnum):
    """Files that leave a project beside reports, papers and submissions."""

    CALENDAR = "calendar"
    FILE = "file"
    ANSWERS = "answers"


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
    """Notes a complete file with the folder where it lies; a project opened for reading has no log to write.

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
    if project.is_read_only:
        return
    project.export_log.add(
        kind=kind,
        level=level.value,
        language=language or current_language().code,
        target=target.name,
        sha=sha,
        interviews=interviews,
        details={"folder": str(target.absolute().parent), **(details or {})},
    )
