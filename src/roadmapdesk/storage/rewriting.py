"""Writing files anew after an erasure: nothing comes back from a backup or from a freed page."""

import contextlib
from collections.abc import Callable, Iterable
from pathlib import Path

from roadmapdesk.storage import errors
from roadmapdesk.storage.backups import MEDIA_COPY, Backups, copy_database, quick_check, sync_file, sync_folder
from roadmapdesk.storage.engine import connect, driver_for
from roadmapdesk.storage.failures import Probe, classify
from roadmapdesk.storage.keys import FileKey


def rewrite_backups(
    backups: Backups, key: FileKey | None, name: str, change: Callable[[Path], None]
) -> tuple[int, int]:
    """Applies a change to a copy of every backup and puts the copy in its place; one that cannot be read is deleted.

    Args:
        backups: of the project; the caller holds their guard.
        key: of the project.
        name: what messages call the project.
        change: gets the path of the copy.

    Returns:
        How many backups were rewritten and how many were deleted.

    Raises:
        NotSaved: the disk did not take the copy; this backup and those after it are as before.
    """
    rewritten = removed = 0
    for backup in backups.list():
        part = backup.path.with_suffix(".part")
        try:
            copy_database(backup.path, part, key, name=name)
            change(part)
            if not quick_check(part, key):
                raise errors.BackupFailed(errors.BACKUP_FAILED)
            sync_file(part)
            part.replace(backup.path)
            rewritten += 1
        except errors.NotSaved:
            raise  # the backup itself is readable: it must not go because the disk is full
        except OSError as error:
            raise errors.WriteFailed(errors.WRITE_FAILED) from error
        except errors.StorageError:
            backup.path.unlink(missing_ok=True)
            removed += 1
        finally:
            part.unlink(missing_ok=True)
            part.with_name(part.name + "-journal").unlink(missing_ok=True)
    if backups.folder.is_dir():
        sync_folder(backups.folder)
    return rewritten, removed


def purge_backup_media(backups: Backups, key: FileKey | None, name: str, shas: Iterable[str]) -> None:
    """Takes attachments out of the file that all backups share."""
    path, rows = backups.folder / MEDIA_COPY, [(sha,) for sha in sorted(shas)]
    if not rows or not path.exists():
        return
    driver = driver_for(key)
    try:
        with contextlib.closing(connect(path, key)) as connection:
            connection.executemany("DELETE FROM attachment WHERE sha = ?", rows)
            connection.execute("VACUUM")
    except driver.Error as error:
        raise classify(error, Probe(path, name, None, key), writing=True) from error


def compact(path: Path, key: FileKey | None, name: str) -> None:
    """Writes the file anew, so that no deleted page keeps its old content."""
    driver = driver_for(key)
    try:
        with contextlib.closing(connect(path, key)) as connection:
            connection.execute("VACUUM")
    except driver.Error as error:
        raise classify(error, Probe(path, name, None, key), writing=True) from error
