"""Changing the passphrase, or encrypting a project that was not: new files beside the old ones, then two renames.

A crash between the renames leaves a state that the next opening recognises by the salts, which stand unencrypted at
the beginning of the files: it finishes the change, or throws the unfinished copies away.
"""

import contextlib
import secrets
from pathlib import Path

from roadmapdesk.storage import errors, keys
from roadmapdesk.storage.backups import Backups, copy_database, quick_check, sync_file, sync_folder
from roadmapdesk.storage.engine import connect, driver_for
from roadmapdesk.storage.failures import Probe, classify
from roadmapdesk.storage.keys import FileKey

_ENDING = ".rekeyed"
_NAMES = ("media.sqlite", "project.sqlite")


def change_key(folder: Path, old: FileKey | None, passphrase: str, backups: Backups) -> FileKey:
    """Gives both files and all backups a new key; the project must be closed by the caller's stores.

    Args:
        folder: the project folder.
        old: the present key, None for a project that is not encrypted yet.
        passphrase: the new passphrase.
        backups: of this project; every one is made anew, one that cannot be read is deleted.

    Raises:
        StorageError: nothing was changed.
    """
    new = keys.derive(passphrase, keys.new_salt())
    name = folder.stem
    try:
        for file in _NAMES:
            _write_with_key(folder / file, old, new, name)
        finish(folder)
    except OSError as error:
        raise errors.WriteFailed(errors.WRITE_FAILED) from error
    finally:
        for file in _NAMES:
            (folder / (file + _ENDING)).unlink(missing_ok=True)
    _change_backups(backups, old, new, name)
    return new


def finish(folder: Path) -> None:
    """Puts the new files in their places, media first; called again after a crash it goes on where it stopped."""
    for file in _NAMES:
        fresh = folder / (file + _ENDING)
        if fresh.exists():
            fresh.replace(folder / file)
            sync_folder(folder)


def settle(folder: Path) -> None:
    """Looks for a change that a crash cut off: finishes it if its first rename happened, else drops its copies."""
    media, project = (folder / (file + _ENDING) for file in _NAMES)
    if project.exists() and not media.exists():
        same = keys.file_salt(project) == keys.file_salt(folder / _NAMES[0])
        if same:
            finish(folder)
    media.unlink(missing_ok=True)
    project.unlink(missing_ok=True)


def _write_with_key(path: Path, old: FileKey | None, new: FileKey, name: str) -> None:
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
        raise errors.WriteFailed(errors.WRITE_FAILED)
    sync_file(fresh)


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


def _change_backups(backups: Backups, old: FileKey | None, new: FileKey, name: str) -> None:
    """Old backups must not stay readable with a passphrase that was given up."""
    files = [backup.path for backup in backups.list()]
    copy = backups.folder / _NAMES[0]
    for path in [*files, copy] if copy.exists() else files:
        fresh = path.with_name(path.name + _ENDING)
        try:
            _write_with_key(path, old, new, name)
            fresh.replace(path)
        except errors.StorageError:
            path.unlink(missing_ok=True)
        finally:
            fresh.unlink(missing_ok=True)
    if backups.folder.is_dir():
        sync_folder(backups.folder)
