"""Lines of the log of exports that cannot be written yet: the project is open for reading, or cannot be written.

Each waits as a small file in the program's own folder on this computer and goes into the log at the next opening for
writing, also when the program was ended meanwhile. It tells which file went where and the ids of interviews, never
what they say.
"""

import contextlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from roadmapdesk.files import replace_whole
from roadmapdesk.paths import data_folder
from roadmapdesk.storage.content import canonical_json, from_stamp, now_utc, sha256_text, to_stamp
from roadmapdesk.storage.errors import StorageError
from roadmapdesk.storage.project import Project

_FOLDER = "exports_to_note"


@dataclass(frozen=True, slots=True)
class LateNote:
    """One line that waits; the fields are those of `ExportLog.add`.

    Attributes:
        project: id of the project.
        at: when the file was written.
    """

    project: str
    kind: str
    level: str
    language: str
    target: str
    sha: str
    interviews: Sequence[str] = ()
    details: Mapping[str, Any] = field(default_factory=dict)
    author: str = ""
    at: str = field(default_factory=lambda: to_stamp(now_utc()))


def keep(note: LateNote) -> None:
    """Lets a line wait on this computer; one about the same file takes the place of an earlier one.

    Raises:
        OSError: the program's own folder cannot be written.
    """
    folder = data_folder() / _FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    name = sha256_text(canonical_json([note.project, note.kind, note.target, note.sha, note.details.get("folder")]))
    replace_whole(folder / f"{name}.json", json.dumps(asdict(note), ensure_ascii=False).encode())


def take_over(project: Project) -> int:
    """Writes the lines that wait for this project into its log; returns how many. What cannot be written waits on."""
    if project.is_read_only:
        return 0
    taken = 0
    with contextlib.suppress(StorageError, OSError):
        for path, note in tuple(_waiting()):
            if note.project == project.settings.project_id:
                taken += _write(project, note)
                path.unlink(missing_ok=True)
    return taken


def _write(project: Project, note: LateNote) -> int:
    """Adds a line, unless a copy stands in the log already: an end between writing and forgetting leaves both."""
    at = from_stamp(note.at)
    if any(
        (line.kind, line.sha, line.target) == (note.kind, note.sha, note.target) for line in _since(project, note)
    ):
        return 0
    project.export_log.add(
        kind=note.kind,
        level=note.level,
        language=note.language,
        target=note.target,
        sha=note.sha,
        interviews=note.interviews,
        details=note.details,
        author=note.author,
        at=at,
    )
    return 1


def _since(project: Project, note: LateNote) -> Iterator[Any]:
    return (line for line in project.export_log.list() if to_stamp(line.at) >= note.at)


def _waiting() -> Iterator[tuple[Path, LateNote]]:
    folder = data_folder() / _FOLDER
    for path in sorted(folder.glob("*.json")) if folder.is_dir() else ():
        with contextlib.suppress(ValueError, TypeError, OSError):  # a note that a person changed waits on
            note = LateNote(**json.loads(path.read_text(encoding="utf-8")))
            from_stamp(note.at)
            yield path, note
