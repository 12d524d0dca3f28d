"""Creating and opening a project folder: identity, key, lock, version, conversion, recovery."""

import contextlib
import itertools
import os
import shutil
import socket
import time
import uuid
from collections.abc import Set
from pathlib import Path
from typing import NamedTuple

from roadmapdesk.paths import data_folder
from roadmapdesk.storage import errors, file_format, keys, lock, recovery, rekeying, row_sums, schema
from roadmapdesk.storage.attachments import deleted_shas
from roadmapdesk.storage.backups import BACKUP_FOLDER, Backups, quick_check, sweep, sync_folder
from roadmapdesk.storage.connections import Statements
from roadmapdesk.storage.content import clean_text, now_utc, to_stamp
from roadmapdesk.storage.context import Context
from roadmapdesk.storage.engine import Store, connect, driver_for
from roadmapdesk.storage.erasure import is_pending
from roadmapdesk.storage.halves import half_of, names_in, sweep_halves
from roadmapdesk.storage.index import load_questions
from roadmapdesk.storage.keys import FileKey
from roadmapdesk.storage.project import MEDIA_FILE, PROJECT_FILE, SUFFIX, Project
from roadmapdesk.storage.values import Recovery


def create_project(
    folder: Path,
    *,
    title: str,
    language: str,
    passphrase: str | None = None,
    key: FileKey | None = None,
    author: str = "",
    device: str | None = None,
) -> Project:
    """Creates a project folder and opens it.

    Args:
        folder: the new folder; the ending ``.roadmapdesk`` is added when it is missing.
        title: the project's title.
        language: ``de`` or ``en``.
        passphrase: encrypts both files; None leaves them readable for everyone who has the folder.
        key: instead of the passphrase, so that passphrase and recovery key of another project open this one as well.
        author: who works, a code or a role.
        device: id of this installation; None takes the one of this computer.

    Raises:
        ProjectExists: something lies there already.
        KeyRefused: SQLCipher is missing; nothing was created.
        StorageError: the folder cannot be written.
    """
    folder = folder if folder.suffix == SUFFIX else folder.with_name(folder.name + SUFFIX)
    if folder.exists():
        raise errors.ProjectExists(errors.EXISTS, path=folder)
    if key is None and passphrase is not None:
        key = keys.derive(passphrase, keys.new_salt())
    driver_for(key)
    half = half_of(folder)
    sweep_halves(folder.parent)
    try:
        half.mkdir(parents=True)
        schema.create_file(half / PROJECT_FILE, key, file_format.PROJECT_APPLICATION_ID)
        schema.create_file(half / MEDIA_FILE, key, file_format.MEDIA_APPLICATION_ID)
        half.rename(folder)
        sync_folder(folder.parent)
    except OSError as error:
        raise errors.ProjectNotFound(errors.CANNOT_OPEN, name=folder.stem) from error
    finally:
        shutil.rmtree(half, ignore_errors=True)
    project = open_project(folder, key=key, author=author, device=device)
    project.settings.update(
        {"project_id": str(uuid.uuid4()), "title": title, "language": language, "created_at": to_stamp(now_utc())}
    )
    return project


def open_project(
    folder: Path,
    *,
    passphrase: str | None = None,
    recovery_key: str | None = None,
    key: FileKey | None = None,
    read_only: bool = False,
    break_lock: bool = False,
    verify: bool = False,
    author: str = "",
    device: str | None = None,
) -> Project:
    """Opens an existing project folder.

    Args:
        folder: the folder, or one of the files in it.
        passphrase: of an encrypted project.
        recovery_key: instead of the passphrase.
        key: instead of both, from another open project of the same files.
        read_only: takes no lock and saves nothing; works on write-protected media.
        break_lock: opens although another computer's lock is there, after a person said so.
        verify: looks at every page before the first write and refuses a damaged file, which takes some seconds where
            there are very many interviews; for reading, takes back what a crash cut off, which else only opening for
            writing does. Without it small files alone are looked at, and a damaged one is open for reading only.
        author: who works, a code or a role.
        device: id of this installation; None takes the one of this computer.

    Raises:
        ProjectNotFound: nothing there, or no permission.
        ProjectLocked: another process has it open.
        KeyRefused: passphrase missing, wrong or not applicable.
        Damaged, Foreign, DatabaseTooNew, MigrationFailed: as their messages say; nothing was changed.
    """
    if folder.name in {PROJECT_FILE, MEDIA_FILE} and folder.is_file():
        folder = folder.parent
    try:
        if not (folder / PROJECT_FILE).is_file():
            raise errors.ProjectNotFound(errors.MISSING, path=folder)
        if read_only:
            key = key or find_key(folder, passphrase, recovery_key)
            if verify:
                _take_back(folder, key)
            return _open(folder, key, author=author, device=device)
        had_journal = recovery.has_journal(folder / PROJECT_FILE)
        held, stale = lock.acquire(folder, break_lock=break_lock)
        with contextlib.ExitStack() as undo:
            undo.callback(held.release)
            _tidy(folder)
            key = key or find_key(folder, passphrase, recovery_key)
            found = _Crash(had_journal, stale)
            project = _open(folder, key, author=author, device=device, held=held, crash=found, verify=verify)
            undo.pop_all()
            return project
    except PermissionError as error:
        raise errors.ProjectNotFound(errors.CANNOT_OPEN, name=folder.stem) from error


def _tidy(folder: Path) -> None:
    """Finishes a change of key that a crash cut off, and removes the copies that nobody makes any more."""
    backups = folder / BACKUP_FOLDER
    left = {folder: names_in(folder), backups: names_in(backups)}
    if rekeying.is_unsettled(itertools.chain(*left.values())):
        rekeying.settle(folder)
    for place, names in left.items():
        sweep(place, names)
        sweep_halves(place, names)
    sweep_halves(folder.parent)


def find_key(folder: Path, passphrase: str | None, recovery_key: str | None) -> FileKey | None:
    """What opens this project's files: None for a project that is not encrypted.

    Raises:
        KeyRefused: a passphrase is missing or was given for an unencrypted project.
        Damaged: the file is empty.
        Foreign: it is no database.
    """
    return find_file_key(folder / PROJECT_FILE, passphrase, recovery_key, name=folder.stem)


def find_file_key(path: Path, passphrase: str | None, recovery_key: str | None, *, name: str) -> FileKey | None:
    """The same for one file, such as a backup; `name` is how messages call it."""
    if path.stat().st_size < 512:
        raise errors.Damaged(errors.EMPTY_FILE, name=name)
    if schema.looks_plain(path):
        if passphrase is not None or recovery_key is not None:
            raise errors.KeyRefused(errors.NOT_ENCRYPTED, name=name)
        return None
    salt = keys.file_salt(path)
    if recovery_key is not None:
        return FileKey(keys.from_recovery_key(recovery_key), salt)
    if passphrase is not None:
        return keys.derive(passphrase, salt)
    if schema.looks_encrypted(path):
        raise errors.KeyRefused(errors.PASSPHRASE_NEEDED, name=name)
    raise errors.Foreign(errors.FOREIGN, name=name)


def _take_back(folder: Path, key: FileKey | None) -> None:
    """Takes back a transaction that was cut off, without which nobody can read; SQLite spares a living writer's."""
    for path in (folder / PROJECT_FILE, folder / MEDIA_FILE):
        if recovery.has_journal(path):
            with contextlib.suppress(driver_for(key).Error), contextlib.closing(connect(path, key)) as connection:
                connection.execute("SELECT count(*) FROM sqlite_master").fetchone()


def _verify_pages(folder: Path, key: FileKey | None) -> None:
    for name in (PROJECT_FILE, MEDIA_FILE):
        path = folder / name
        if not quick_check(path, key):
            message = errors.DAMAGED if name == PROJECT_FILE else errors.MEDIA_DAMAGED
            raise errors.Damaged(message, name=folder.stem, path=path)


class _Crash(NamedTuple):
    """Signs of a session that did not end properly, seen before anything was touched."""

    had_journal: bool
    holder: lock.Holder | None


def _open(
    folder: Path,
    key: FileKey | None,
    *,
    author: str,
    device: str | None,
    held: lock.ProjectLock | None = None,
    crash: _Crash | None = None,
    verify: bool = False,
) -> Project:
    """Opens the files; without a lock for reading only."""
    read_only = held is None
    with contextlib.ExitStack() as undo:
        store = Store(folder / PROJECT_FILE, name=folder.stem, key=key, read_only=read_only)
        undo.callback(store.close)
        version = schema.check_file(store)
        media = Store(folder / MEDIA_FILE, name=folder.stem, key=key, read_only=read_only)
        undo.callback(media.close)
        is_media_bare = _check_media(media)
        if verify:
            _verify_pages(folder, key)
        elif not read_only:
            store.look_before_writing()
            media.look_before_writing()
        if version != file_format.SCHEMA_VERSION and not (read_only and version in file_format.READABLE_VERSIONS):
            _convert(folder, store)
        if is_media_bare and not (read_only or media.is_damaged):
            schema.complete_media(media)
        context = Context(store, media, clean_text(author), device or device_id(), started=time.monotonic())
        begun = _begin(context, crash)
        project = Project(folder, context, held, begun.recovery)
        _go_on(project, begun)
        undo.pop_all()
    return project


def _check_media(media: Store) -> bool:
    if not media.path.exists():
        raise errors.ProjectNotFound(errors.MEDIA_MISSING, path=media.path)
    try:
        return schema.check_media(media)
    except (errors.Foreign, errors.Damaged, errors.KeyRefused) as error:  # the key has just opened the other file
        raise errors.Damaged(errors.MEDIA_DAMAGED, path=media.path) from error


def _convert(folder: Path, store: Store) -> None:
    if store.read_only:
        raise errors.ProjectReadOnly(errors.READ_ONLY, name=store.name)
    if store.is_damaged:
        raise errors.Damaged(errors.DAMAGED, name=store.name)
    backups = Backups(folder, store)
    schema.upgrade(store, lambda: backups.create("migration").path)


class _Begun(NamedTuple):
    """What the beginning of a session found in the file.

    Attributes:
        recovery: what a crashed session left behind.
        deleted: hashes of attachments that were deleted for good.
        has_erasure: an erasure was cut off.
    """

    recovery: Recovery | None = None
    deleted: Set[str] = frozenset()
    has_erasure: bool = False


def _begin(context: Context, crash: _Crash | None) -> _Begun:
    """The first transaction: everything that opening reads, and where it may be written the row of the session."""
    writing = crash is not None and not context.store.is_damaged
    with context.store.write() if writing else context.store.read() as connection:
        load_questions(connection, context)
        if crash is None or not writing:
            return _Begun()
        found = recovery.find(connection, had_journal=crash.had_journal, holder=crash.holder)
        context.session_id = _begin_session(connection, context)
        return _Begun(found, deleted_shas(connection), is_pending(connection))


def _go_on(project: Project, begun: _Begun) -> None:
    """Finishes deletions and erasures that were cut off."""
    if begun.deleted and not project.context.media.is_damaged:
        project.attachments.drop_deleted(begun.deleted)
    if begun.has_erasure:
        with contextlib.suppress(errors.StorageError):  # it stays noted, the next opening tries again
            project.erasures.finish()


def _begin_session(connection: Statements, context: Context) -> int:
    row = {
        "id": recovery.begin_number(connection),
        "started_at": to_stamp(now_utc()),
        "ended_at": None,
        "author": context.author,
        "device": context.device,
        "host": socket.gethostname(),
        "pid": os.getpid(),
        "program": lock.PROGRAM,
    }
    return int(row_sums.insert(connection, "session", row).lastrowid)


def device_id() -> str:
    """Id of this computer's installation, made at the first call; random, tells nothing about the computer."""
    path = data_folder() / "device"
    with contextlib.suppress(OSError):
        with path.open("rb", buffering=0) as stream:
            known = stream.read(64).decode("ascii", "ignore").strip()
        if known:
            return known
    fresh = uuid.uuid4().hex[:12]
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(fresh, encoding="ascii")
    return fresh
