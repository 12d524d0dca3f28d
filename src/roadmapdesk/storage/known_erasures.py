"""What a project knows to be erased, read for the restoring of a backup: the project itself need not be sound.

A backup that a person kept elsewhere may be older than an erasure and may have another passphrase than the project
has by now. Whatever opens the backup, the tombstones of the project hold for what is made of it.
"""

import contextlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from pathlib import Path
from typing import TYPE_CHECKING, Any

from roadmapdesk.storage import errors, schema
from roadmapdesk.storage.backups import BACKUP_FOLDER, MEDIA_COPY, list_backups
from roadmapdesk.storage.content import from_stamp
from roadmapdesk.storage.context import ATTACHMENT
from roadmapdesk.storage.engine import connect, driver_for, opens
from roadmapdesk.storage.erased_mentions import LIST
from roadmapdesk.storage.erasure import Tombstone
from roadmapdesk.storage.keys import FileKey
from roadmapdesk.storage.project import MEDIA_FILE, PROJECT_FILE

if TYPE_CHECKING:
    from roadmapdesk.storage.project import Project


class Source(Enum):
    """Where the tombstones come from."""

    PROJECT = auto()
    BACKUPS = auto()
    NONE = auto()


@dataclass(frozen=True, slots=True)
class KnownErasures:
    """The tombstones that hold for a restored project.

    Attributes:
        source: `BACKUPS` where the project itself is unreadable, `NONE` where there is no project.
        stones: of interviews, attachments and lists.
        lists: name and content of what stands for lists whose words were erased.
        attachments: files with attachments of the project, and what opens each.
        project_id: of the project; empty where it is unknown.
        key: what opens the project; None also where that is unknown.
    """

    source: Source
    stones: tuple[Tombstone, ...] = ()
    lists: tuple[tuple[str, bytes], ...] = ()
    attachments: tuple[tuple[Path, FileKey | None], ...] = ()
    project_id: str = ""
    key: FileKey | None = None

    @property
    def media(self) -> frozenset[str]:
        """Hashes of attachments that were deleted for good."""
        return frozenset(stone.entity_hash for stone in self.stones if stone.kind == ATTACHMENT)


def erasures_of(project: "Project") -> KnownErasures:
    """What an open project knows."""
    stones, names = project.erasures.tombstones(), project.lists.names()
    fresh = [stone.reason for stone in stones if stone.kind == LIST and stone.reason in names]
    lists = tuple((names[sha], project.lists.get(sha)) for sha in fresh)
    attachments = _attachments(project.folder, (project.file_key,))
    return KnownErasures(Source.PROJECT, stones, lists, attachments, project.settings.project_id, project.file_key)


def known_erasures(project: Path, keys: Sequence[FileKey | None]) -> KnownErasures:
    """What a project folder knows, which nobody needs to have open.

    Where the project is damaged, its backups tell: every erasure wrote its tombstones into all of them.

    Args:
        project: the project folder; where none is there, nothing is known.
        keys: what may open the project; None for a file that is not encrypted.

    Raises:
        KeyRefused: the project is there, and none of the keys opens it.
    """
    keys = tuple(dict.fromkeys(keys))
    path, backups, found = project / PROJECT_FILE, list_backups(project), _Found()
    if not (path.is_file() or backups):
        return KnownErasures(Source.NONE)
    attachments = _attachments(project, keys)
    for key in keys:
        if path.is_file() and found.read(path, key):
            return found.as_erasures(Source.PROJECT, attachments, key)
    if path.is_file() and schema.looks_encrypted(path) and not attachments:
        raise errors.KeyRefused(errors.ERASURES_LOCKED, name=project.stem)
    for backup in backups:
        for key in keys:
            found.read(backup.path, key)
    return found.as_erasures(Source.BACKUPS, attachments, None)


def _attachments(project: Path, keys: Sequence[FileKey | None]) -> tuple[tuple[Path, FileKey | None], ...]:
    places = (project / BACKUP_FOLDER / MEDIA_COPY, project / MEDIA_FILE)
    return tuple((path, key) for path in places if path.exists() for key in keys if opens(path, key))


def project_id_of(path: Path, key: FileKey | None) -> str:
    """The id of the project that a file belongs to; empty where it cannot be read."""
    found = _Found()
    found.read(path, key)
    return found.project_id


@dataclass(slots=True)
class _Found:
    """Tombstones and lists of one file after the other."""

    stones: dict[tuple[str, str], Tombstone] = field(default_factory=dict)
    lists: dict[str, tuple[str, bytes]] = field(default_factory=dict)

    project_id: str = ""

    def read(self, path: Path, key: FileKey | None) -> bool:
        """Adds what a file tells; False where the key does not open it or it cannot be read to its end."""
        driver = driver_for(key)
        try:
            with contextlib.closing(connect(path, key, mode="ro")) as connection:
                self._add(connection)
        except (driver.Error, ValueError):  # ValueError: a moment that a flipped bit has spoilt
            return False
        return True

    def as_erasures(
        self, source: Source, attachments: tuple[tuple[Path, FileKey | None], ...], key: FileKey | None
    ) -> KnownErasures:
        stones, lists = tuple(self.stones.values()), tuple(self.lists.values())
        return KnownErasures(source, stones, lists, attachments, self.project_id, key)

    def _add(self, connection: Any) -> None:  # noqa: ANN401 — a DB-API connection of either driver
        self.project_id = self.project_id or _project_id(connection)
        for kind, entity, reason, author, at in connection.execute(
            "SELECT kind, entity_hash, reason, author, at FROM tombstone"
        ):
            self.stones.setdefault((kind, entity), Tombstone(kind, entity, reason, author, from_stamp(at)))
        fresh = (
            "SELECT sha, name, content FROM external_list WHERE sha IN (SELECT reason FROM tombstone WHERE kind = ?)"
        )
        for sha, name, content in connection.execute(fresh, (LIST,)):
            self.lists.setdefault(sha, (name, bytes(content)))


def _project_id(connection: Any) -> str:  # noqa: ANN401 — a DB-API connection of either driver
    row = connection.execute("SELECT value FROM setting WHERE key = 'project_id'").fetchone()
    return "" if row is None else str(json.loads(row[0]))
