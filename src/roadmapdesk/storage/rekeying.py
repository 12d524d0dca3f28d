"""Changing the passphrase, or encrypting a project that was not: new files beside the old ones, then two renames.

A crash between the renames leaves a state that the next opening recognises by the salts, which stand unencrypted at
the beginning of the files: it finishes the change, or throws the unfinished copies away. The copies of the backups
are written before the first rename, so that a full disk changes nothing and loses no backup.
"""

import contextlib
import secrets
from collections.abc import Iterable
from pathlib import Path

from roadmapdesk.storage import errors, keys
from roadmapdesk.storage.backups import BACKUP_FOLDER, Backups, copy_database, quick_check, sync_file, sync_folder
from roadmapdesk.storage.engine import connect, driver_for
from roadmapdesk.storage.failures import Probe, classify
from roadmapdesk.storage.keys import FileKey

_ENDING = ".rekeyed"
_BEFORE = ".before"
_NAMES = ("media.sqlite", "project.sqlite")


def change_key(folder: Path, old: FileKey | None, passphrase: str, backups: Backups) -> FileKey:
    """Gives both files and all backups a new key; the project must be closed by the caller's stores.

    Args:
        folder: the project folder.
        old: the present key, None for a project that is not encrypted yet.
        passphrase: the new passphrase.
        backups: of this project; every one is made anew, one that cannot be read is deleted at the end.

    Raises:
        StorageError: nothing was changed.
    """
    new = keys.derive(passphrase, keys.new_salt())
    name = folder.stem
    files = [*(folder / file for file in _NAMES), *_files_of(backups)]
    try:
        for file in _NAMES:
            write_copy(folder / file, old, new, name)
        unreadable = _copy_backups(_files_of(backups), old, new, name)
        _exchange(folder)
    except (OSError, errors.StorageError) as error:
        for path in files:
            path.with_name(path.name + _ENDING).unlink(missing_ok=True)
        if isinstance(error, errors.StorageError):
            raise
        raise errors.WriteFailed(errors.WRITE_FAILED) from error
    finally:
        for path in files:
            path.with_name(f"{path.name}{_ENDING}-journal").unlink(missing_ok=True)
    for path in unreadable:
        with contextlib.suppress(OSError):
            path.unlink()
    _finish_backups(folder)
    return new


def _exchange(folder: Path) -> None:
    """Puts the new files in their places; where the second one is refused, the first one comes back."""
    media = folder / _NAMES[0]
    before = media.with_name(media.name + _BEFORE)
    media.replace(before)
    try:
        finish(folder)
    except OSError:
        if (folder / (_NAMES[1] + _ENDING)).exists():
            before.replace(media)
            raise
    with contextlib.suppress(OSError):
        before.unlink()


def finish(folder: Path) -> None:
    """Puts the new files in their places, media first; called again after a crash it goes on where it stopped."""
    for file in _NAMES:
        fresh = folder / (file + _ENDING)
        if fresh.exists():
            fresh.replace(folder / file)
            sync_folder(folder)


def is_unsettled(names: Iterable[str]) -> bool:
    """Whether one of these names in the project's folders is what a change of key leaves that was cut off."""
    return any(name.endswith((_ENDING, _BEFORE)) for name in names)


def settle(folder: Path) -> None:
    """Looks for a change that a crash cut off: finishes it if its first rename happened, else drops its copies."""
    before = folder / (_NAMES[0] + _BEFORE)
    if before.exists() and not (folder / _NAMES[0]).exists():
        before.replace(folder / _NAMES[0])
    media, project = (folder / (file + _ENDING) for file in _NAMES)
    if project.exists() and not media.exists():
        same = keys.file_salt(project) == keys.file_salt(folder / _NAMES[0])
        if same:
            finish(folder)
    for path in (media, project, before):
        path.unlink(missing_ok=True)
    _finish_backups(folder)


def write_copy(path: Path, old: FileKey | None, new: FileKey, name: str) -> Path:
    """Writes a verified, durable copy of one file with another key beside it; returns the copy.

    Raises:
        StorageError: it cannot be read or written; a part of the copy may be left, see `drop_copy`.
    """
    fresh = path.with_name(path.name + _ENDING)
    fresh.unlink(missing_ok=True)
    driver = driver_for(new)
    try:
        if old is None:
            _export(path, fresh, new)
        else:
            copy_database(path, fresh, old, name=name)
            with contextlib.closing(connect(fresh, old)) as connection:
                connection.execute(f"PRAGMA rekey = \"x'{new.key.hex()}{new.salt.hex()}'\"")
    except driver.Error as error:
        raise classify(error, Probe(fresh, name, None, new), writing=True) from error
    if not quick_check(fresh, new):
        raise errors.Damaged(errors.DAMAGED, name=name)
    sync_file(fresh)
    return fresh


def drop_copy(path: Path) -> None:
    """Removes a copy with another key that lies beside a file, whole or in part."""
    fresh = path.with_name(path.name + _ENDING)
    for left in (fresh, fresh.with_name(f"{fresh.name}-journal")):
        with contextlib.suppress(OSError):
            left.unlink(missing_ok=True)


def _export(source: Path, target: Path, new: FileKey) -> None:
    """Writes an encrypted copy of a plain file."""
    driver = driver_for(new)
    with contextlib.closing(driver.connect(str(source), isolation_level=None)) as connection:
        application_id = connection.execute("PRAGMA application_id").fetchone()[0]
        alias = f"fresh_{secrets.token_hex(4)}"
        key = f"x'{new.key.hex()}{new.salt.hex()}'"
        connection.execute(f'ATTACH DATABASE ? AS {alias} KEY "{key}"', (str(target),))
        connection.execute("SELECT sqlcipher_export(?)", (alias,)).fetchall()
        connection.execute(f"PRAGMA {alias}.application_id = {application_id}")
        connection.execute(f"DETACH DATABASE {alias}")


def _files_of(backups: Backups) -> list[Path]:
    media = backups.folder / _NAMES[0]
    files = [backup.path for backup in backups.list()]
    return [*files, media] if media.exists() else files


def _copy_backups(files: Iterable[Path], old: FileKey | None, new: FileKey, name: str) -> list[Path]:
    """Writes a copy with the new key beside each backup; returns those that cannot be read.

    Raises:
        NotSaved: the disk does not take a copy; the backups are as before.
    """
    unreadable = []
    for path in files:
        try:
            write_copy(path, old, new, name)
        except errors.NotSaved:
            raise
        except errors.StorageError:
            path.with_name(path.name + _ENDING).unlink(missing_ok=True)
            unreadable.append(path)
    return unreadable


def _finish_backups(folder: Path) -> None:
    """Puts the new copies of backups in their places: old ones must not open with a passphrase that was given up.

    What cannot be put there now waits for the next opening; a copy with another key than the project's is dropped.
    """
    place = folder / BACKUP_FOLDER
    copies = tuple(place.glob(f"*{_ENDING}"))
    if not copies:
        return
    salt = keys.file_salt(folder / _NAMES[1])
    for copy in copies:
        with contextlib.suppress(OSError):
            if keys.file_salt(copy) == salt:
                copy.replace(place / copy.name.removesuffix(_ENDING))
            else:
                copy.unlink()
    with contextlib.suppress(OSError):
        sync_folder(place)
