"""From a backup to a new project folder, and what differs from the present one."""

import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from roadmapdesk.storage import errors, file_format, schema
from roadmapdesk.storage.backups import MEDIA_COPY, buried_media, copy_database, copy_media, sync_folder
from roadmapdesk.storage.engine import opens
from roadmapdesk.storage.halves import half_of, sweep_halves
from roadmapdesk.storage.keys import FileKey
from roadmapdesk.storage.known_erasures import KnownErasures, erasures_of, known_erasures
from roadmapdesk.storage.opening import open_project
from roadmapdesk.storage.project import MEDIA_FILE, PROJECT_FILE, SUFFIX, Project
from roadmapdesk.storage.values import InterviewRow


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


def restore_backup(
    backup: Path, target: Path, *, key: FileKey | None = None, erased: KnownErasures | None = None
) -> Path:
    """Makes a new project folder of a backup; never over a living one. Returns the folder.

    What was erased from the project since does not come back, not even from an old file that a person kept: the
    tombstones of the project hold for the new one, before it stands under its name.

    Args:
        backup: a file in a project's ``backups`` folder, or one kept elsewhere.
        target: the new folder.
        key: of an encrypted backup.
        erased: what the project knows to be erased; by default what `key` lets read in the project that the backup
            lies in.

    Raises:
        ProjectExists: something lies at `target`.
        KeyRefused: the project that the backup lies in has another key.
        StorageError: the backup cannot be read or the target not written.
    """
    folder = target if target.suffix == SUFFIX else target.with_name(target.name + SUFFIX)
    if folder.exists():
        raise errors.ProjectExists(errors.EXISTS, path=folder)
    known = erased or known_erasures(project_of(backup), (key, None))
    half = half_of(folder)
    sweep_halves(folder.parent)
    shutil.rmtree(half, ignore_errors=True)
    try:
        half.mkdir(parents=True)
        _build(backup, half / folder.name, key, known)
        (half / folder.name).rename(folder)
        sync_folder(folder.parent)
    except OSError as error:
        raise errors.WriteFailed(errors.WRITE_FAILED) from error
    finally:
        shutil.rmtree(half, ignore_errors=True)
    return folder


def project_of(backup: Path) -> Path:
    """The folder of the project whose backup this is, where it lies among the project's own."""
    return backup.parent.parent


def _build(backup: Path, folder: Path, key: FileKey | None, known: KnownErasures) -> None:
    """Makes a project folder of a backup, without what was erased meanwhile."""
    folder.mkdir()
    name = folder.stem
    copy_database(backup, folder / PROJECT_FILE, key, name=name)
    schema.create_file(folder / MEDIA_FILE, key, file_format.MEDIA_APPLICATION_ID)
    source = _attachments_for(backup, key, known)
    if source is not None:
        path, its_key = source
        buried = buried_media(folder / PROJECT_FILE, key) | known.media
        copy_media(path, folder / MEDIA_FILE, key, name=name, buried=buried, source_key=its_key)
    _bury(folder, key, known)


def _bury(folder: Path, key: FileKey | None, known: KnownErasures) -> None:
    if not known.stones:
        return
    with open_project(folder, key=key, read_only=True) as restored:
        present = {(stone.kind, stone.entity_hash) for stone in restored.erasures.tombstones()}
    missing = [stone for stone in known.stones if (stone.kind, stone.entity_hash) not in present]
    if missing:
        with open_project(folder, key=key) as restored:
            for name, content in known.lists:
                restored.lists.add(name, content)
            restored.erasures.apply(missing)


def _attachments_for(backup: Path, key: FileKey | None, known: KnownErasures) -> tuple[Path, FileKey | None] | None:
    """The file with the attachments that belong to a backup, and what opens it; None where there is none.

    Beside a backup of before a change of passphrase lie attachments with the new key. What no file gives is found by
    every check of the restored project.
    """
    beside = backup.parent / MEDIA_COPY
    if beside.exists() and opens(beside, key):
        return beside, key
    return next(iter(known.attachments), None)


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
        copy = work / project.folder.name
        _build(backup, copy, project.file_key, erasures_of(project))
        with open_project(copy, key=project.file_key, read_only=True) as earlier:
            return compare_projects(project, earlier)
    except OSError as error:
        raise errors.WriteFailed(errors.WRITE_FAILED) from error
    finally:
        shutil.rmtree(work, ignore_errors=True)
