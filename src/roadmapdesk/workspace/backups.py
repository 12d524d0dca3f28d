"""Backups on request and by the clock, with a second copy on another disk where the team wants one."""

import os
import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from roadmapdesk.storage.backups import MEDIA_COPY
from roadmapdesk.storage.project import Project
from roadmapdesk.storage.thinning import Backup, list_backups_in, thin


@dataclass(frozen=True, slots=True)
class BackupResult:
    """A backup that was made.

    Attributes:
        has_second_copy: False when no second place is wanted, or when it could not be written.
        failed_place: the second place that could not be written; empty when all went well.
    """

    at: datetime
    has_second_copy: bool
    failed_place: str


def back_up(project: Project, second_place: str = "") -> BackupResult:
    """Makes a verified backup now and lays a copy of it in the second place.

    Args:
        project: the open project.
        second_place: another folder, empty for none; what cannot be written there does not spoil the backup.

    Raises:
        StorageError: no backup was made.
    """
    return _with_copy(project, project.backup("manual"), second_place)


def back_up_before(project: Project, reason: str) -> Backup:
    """Makes a verified backup before something that many answers hang on; whoever calls it stops where it fails.

    Args:
        project: the open project.
        reason: ``import``, ``merge`` or ``move``. An erasure and a conversion of the file make theirs themselves.

    Raises:
        BackupFailed: the project is damaged; nothing may be changed now.
        StorageError: the backup cannot be written.
    """
    return project.backup(reason)


def back_up_if_due(project: Project, second_place: str = "") -> BackupResult | None:
    """The same when something changed and the last backup is old enough, else None."""
    backup = project.backup_if_due()
    return _with_copy(project, backup, second_place) if backup is not None else None


def refresh_second_place(project: Project, second_place: Path) -> bool:
    """Puts the present content of every backup in the second place and removes copies that have no original.

    Called after an erasure, because what was purged here must not live on there, and after a change of passphrase,
    because no copy may stay that opens without the new one. False where the place cannot be written.
    """
    folder = second_place.expanduser() / project.name
    originals = {backup.path.name: backup.path for backup in project.backups.list()}
    try:
        if not second_place.expanduser().is_dir():
            return False
        for part in folder.glob("*.part"):
            part.unlink()
        for copy in list_backups_in(folder):
            original = originals.get(copy.path.name)
            if original is None:
                copy.path.unlink()
            else:
                _copy_durably(original, copy.path)
        media = project.backups.folder / MEDIA_COPY
        if (folder / MEDIA_COPY).exists() and media.exists():
            _copy_durably(media, folder / MEDIA_COPY)
    except OSError:
        return False
    return True


def _with_copy(project: Project, backup: Backup, second_place: str) -> BackupResult:
    if not second_place:
        return BackupResult(backup.at, has_second_copy=False, failed_place="")
    folder = Path(second_place).expanduser() / project.name
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _copy_durably(backup.path, folder / backup.path.name)
        media = project.backups.folder / MEDIA_COPY
        if _is_other(media, folder / MEDIA_COPY):
            _copy_durably(media, folder / MEDIA_COPY)
        thin(folder)
    except OSError:
        return BackupResult(backup.at, has_second_copy=False, failed_place=second_place)
    return BackupResult(backup.at, has_second_copy=True, failed_place="")


def _is_other(source: Path, copy: Path) -> bool:
    """Whether the attachments of the backups came to hold more or less since they were copied."""
    if not source.exists():
        return False
    return (
        not copy.exists()
        or source.stat().st_size != copy.stat().st_size
        or (source.stat().st_mtime > copy.stat().st_mtime)
    )


def _copy_durably(source: Path, target: Path) -> None:
    part = target.with_name(f"{target.name}.part")
    try:
        shutil.copyfile(source, part)
        with part.open("rb+") as copy:
            os.fsync(copy.fileno())
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
