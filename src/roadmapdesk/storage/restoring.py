"""From a backup to a new project folder, and what differs from the present one."""

import contextlib
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from roadmapdesk.storage import errors
from roadmapdesk.storage.backups import MEDIA_COPY, buried_media, copy_database, copy_media, sync_folder
from roadmapdesk.storage.erased_mentions import LIST
from roadmapdesk.storage.halves import half_of, sweep_halves
from roadmapdesk.storage.keys import FileKey
from roadmapdesk.storage.opening import open_project
from roadmapdesk.storage.project import MEDIA_FILE, PROJECT_FILE, SUFFIX, Project
from roadmapdesk.storage.values import InterviewRow

if TYPE_CHECKING:
    from roadmapdesk.storage.erasure import Tombstone


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs between two states of a project, by interview.

    Attributes:
        only_first: interviews that only the first one has.
        only_second: interviews that only the second one has.
        changed: interviews with different answers or states, and the number of answers that differ.
        same: number of interviews that are alike.
    """

    only_first: tuple[InterviewRow, ...]
    only_second: tuple[InterviewRow, ...]
    changed: tuple[tuple[InterviewRow, int], ...]
    same: int

    @property
    def is_same(self) -> bool:
        """True when both hold the same answers."""
        return not (self.only_first or self.only_second or self.changed)


def restore_backup(backup: Path, target: Path, *, key: FileKey | None = None) -> Path:
    """Makes a new project folder of a backup; never over a living one. Returns the folder.

    What was erased from the project since does not come back, not even from an old file that a person laid among the
    backups: the tombstones of the project, where it can be read, hold for the new one as well.

    Args:
        backup: a file in a project's ``backups`` folder.
        target: the new folder.
        key: of an encrypted backup.

    Raises:
        ProjectExists: something lies at `target`.
        StorageError: the backup cannot be read or the target not written.
    """
    folder = _unpack(backup, target, key)
    try:
        _bury(folder, backup.parent.parent, key)
    except errors.StorageError:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return folder


def _bury(folder: Path, project: Path, key: FileKey | None) -> None:
    """Erases in a restored folder what was erased from the project meanwhile."""
    stones: tuple[Tombstone, ...] = ()
    lists: list[tuple[str, bytes]] = []
    with (
        contextlib.suppress(errors.StorageError),  # a damaged project tells nothing; its backups were cleaned
        open_project(project, key=key, read_only=True) as living,
    ):
        stones, names = living.erasures.tombstones(), living.lists.names()
        fresh = [stone.reason for stone in stones if stone.kind == LIST and stone.reason in names]
        lists = [(names[sha], living.lists.get(sha)) for sha in fresh]
    if not stones:
        return
    with open_project(folder, key=key, read_only=True) as restored:
        known = {stone.entity_hash for stone in restored.erasures.tombstones()}
    missing = [stone for stone in stones if stone.entity_hash not in known]
    if missing:
        with open_project(folder, key=key) as restored:
            for name, content in lists:
                restored.lists.add(name, content)
            restored.erasures.apply(missing)


def _unpack(backup: Path, target: Path, key: FileKey | None) -> Path:
    folder = target if target.suffix == SUFFIX else target.with_name(target.name + SUFFIX)
    if folder.exists():
        raise errors.ProjectExists(errors.EXISTS, path=folder)
    half = half_of(folder)
    sweep_halves(folder.parent)
    shutil.rmtree(half, ignore_errors=True)
    try:
        half.mkdir(parents=True)
        copy_database(backup, half / PROJECT_FILE, key, name=folder.stem)
        buried = buried_media(half / PROJECT_FILE, key)
        copy_media(_media_source(backup), half / MEDIA_FILE, key, name=folder.stem, buried=buried)
        half.rename(folder)
        sync_folder(folder.parent)
    except OSError as error:
        raise errors.WriteFailed(errors.WRITE_FAILED) from error
    finally:
        shutil.rmtree(half, ignore_errors=True)
    return folder


def _media_source(backup: Path) -> Path:
    beside = backup.parent / MEDIA_COPY
    return beside if beside.exists() else backup.parent.parent / MEDIA_FILE


def compare_projects(first: Project, second: Project) -> Comparison:
    """What two states of the same project hold differently."""
    mine = {row.id: row for row in first.interviews.list()}
    theirs = {row.id: row for row in second.interviews.list()}
    changed = []
    same = 0
    for identifier in mine.keys() & theirs.keys():
        one, two = first.drafts.load(identifier).answers, second.drafts.load(identifier).answers
        different = sum(one.get(ref) != two.get(ref) for ref in one.keys() | two.keys())
        if different or mine[identifier].state != theirs[identifier].state:
            changed.append((mine[identifier], different))
        else:
            same += 1
    return Comparison(
        only_first=tuple(row for key, row in mine.items() if key not in theirs),
        only_second=tuple(row for key, row in theirs.items() if key not in mine),
        changed=tuple(sorted(changed, key=lambda pair: pair[0].id)),
        same=same,
    )


def compare_with_backup(project: Project, backup: Path) -> Comparison:
    """What the project holds differently from one of its backups.

    The passing copy lies beside the project's own backups, where the next opening removes it if this process is
    ended; that of a project opened for reading lies in the system's folder for passing files.

    Raises:
        StorageError: the backup cannot be read, or there is no room for the copy.
    """
    place = Path(tempfile.gettempdir()) if project.is_read_only else project.backups.folder
    work = half_of(place / "comparison")
    sweep_halves(place)
    try:
        work.mkdir(mode=0o700, parents=True)
        copy = _unpack(backup, work / "comparison", project.file_key)
        with open_project(copy, key=project.file_key, read_only=True) as earlier:
            return compare_projects(project, earlier)
    except OSError as error:
        raise errors.WriteFailed(errors.WRITE_FAILED) from error
    finally:
        shutil.rmtree(work, ignore_errors=True)
