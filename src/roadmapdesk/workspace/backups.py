"""Backups on request and by the clock, with a second copy on another disk where the team wants one."""

import os
import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from roadmapdesk.storage.backups import Backup
from roadmapdesk.storage.project import Project


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


def back_up_if_due(project: Project, second_place: str = "") -> BackupResult | None:
    """The same when something changed and the last backup is old enough, else None."""
    backup = project.backup_if_due()
    return _with_copy(project, backup, second_place) if backup is not None else None


def _with_copy(project: Project, backup: Backup, second_place: str) -> BackupResult:
    if not second_place:
        return BackupResult(backup.at, has_second_copy=False, failed_place="")
    folder = Path(second_place).expanduser() / project.name
    part = folder / f"{backup.path.name}.part"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(backup.path, part)
        with part.open("rb+") as copy:
            os.fsync(copy.fileno())
        part.replace(folder / backup.path.name)
    except OSError:
        part.unlink(missing_ok=True)
        return BackupResult(backup.at, has_second_copy=False, failed_place=second_place)
    return BackupResult(backup.at, has_second_copy=True, failed_place="")
