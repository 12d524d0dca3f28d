"""Rotating backups inside the project folder, each opened and verified before an older one may go."""

import contextlib
import os
import threading
import time
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path

from roadmapdesk.storage import errors, file_format, schema
from roadmapdesk.storage.checks import check_file
from roadmapdesk.storage.content import now_utc, sha256_bytes
from roadmapdesk.storage.context import ATTACHMENT
from roadmapdesk.storage.engine import Store, connect, driver_for
from roadmapdesk.storage.failures import Probe, classify
from roadmapdesk.storage.keys import FileKey
from roadmapdesk.storage.thinning import Backup, file_name, list_backups_in, thin

BACKUP_FOLDER = "backups"
MEDIA_COPY = "media.sqlite"
INTERVAL = timedelta(minutes=10)
_PARTS = (".part", ".part-journal", ".rekeyed-journal")
REASONS = ("manual", "timer", "import", "merge", "move", "migration", "erasure", "passphrase", "close")


def list_backups(folder: Path) -> tuple[Backup, ...]:
    """All backups of a project folder, the last one made first; the project itself need not be readable."""
    return list_backups_in(folder / BACKUP_FOLDER)


class Backups:
    """The backups of one project folder.

    Attributes:
        guard: held while backups are written; whoever rewrites them or exchanges the files takes it, so that a
            backup may run beside the thread that saves.
    """

    def __init__(self, folder: Path, store: Store) -> None:
        self.folder = folder / BACKUP_FOLDER
        self._project = folder
        self._store = store
        self._last = time.monotonic()
        self.guard = threading.RLock()

    def list(self) -> tuple[Backup, ...]:
        """All backups, the last one made first."""
        return list_backups(self._project)

    def create(self, reason: str = "manual") -> Backup:
        """Copies the project, opens the copy, computes all its hashes again, and only then keeps it.

        Older backups are thinned afterwards, see `thinning.superfluous`.

        Raises:
            BackupFailed: the copy did not verify; older backups are untouched.
            StorageError: the disk is full or cannot be written.
        """
        if reason not in REASONS:
            msg = f"unknown reason for a backup: {reason}"
            raise ValueError(msg)
        with self.guard:
            return self._create(reason)

    def _create(self, reason: str) -> Backup:
        at = now_utc()
        number = max((backup.number for backup in self.list()), default=0) + 1
        final = self.folder / file_name(at, reason, number)
        part = final.with_suffix(".part")
        try:
            self.folder.mkdir(exist_ok=True)
            copy_database(self._store.path, part, self._store.key, name=self._store.name)
            self._verify(part, reason)
            sync_file(part)
            part.replace(final)
            sync_folder(self.folder)
            key, name = self._store.key, self._store.name
            buried = buried_media(final, key)
            source, target = self._project / MEDIA_COPY, self.folder / MEDIA_COPY
            copy_media(source, target, key, name=name, source_key=key, buried=buried)
        except OSError as error:
            raise self._refusal(error) from error
        finally:
            part.unlink(missing_ok=True)
            part.with_name(part.name + "-journal").unlink(missing_ok=True)
        self._last = time.monotonic()
        self.thin()
        return Backup(final, at, reason, final.stat().st_size, number)

    @property
    def is_due(self) -> bool:
        """True when the last backup of this session, or its beginning, is ten minutes ago."""
        return time.monotonic() - self._last >= INTERVAL.total_seconds()

    def thin(self) -> tuple[Path, ...]:
        """Removes the backups that need not be kept; returns their paths."""
        return thin(self.folder)

    def _verify(self, part: Path, reason: str) -> None:
        """A copy of a damaged project is a damaged copy: it is refused, so that it never pushes a good one out.

        A stale answer index is no damage, and a file of an earlier schema is checked for its pages only.
        """
        if reason == "migration":
            is_sound = quick_check(part, self._store.key)
        else:
            is_sound = check_file(part, self._store.key).is_intact
        if not is_sound:
            raise errors.BackupFailed(errors.BACKUP_FAILED)

    def _refusal(self, error: OSError) -> errors.StorageError:
        import errno  # noqa: PLC0415 — failure path only

        if error.errno == errno.ENOSPC:
            return errors.DiskFull(errors.DISK_FULL)
        if error.errno in {errno.EROFS, errno.EACCES, errno.EPERM}:
            return errors.ProjectReadOnly(errors.READ_ONLY, name=self._store.name)
        return errors.WriteFailed(errors.WRITE_FAILED)


def sweep(place: Path, names: Iterable[str]) -> None:
    """Removes the parts of copies that a crash left behind; called under the lock, before anything is written.

    Args:
        place: the project folder or that of its backups.
        names: what lies in it.
    """
    for name in names:
        if name.endswith(_PARTS):
            with contextlib.suppress(OSError):
                (place / name).unlink()


def copy_database(source: Path, target: Path, key: FileKey | None, *, name: str) -> None:
    """Writes a consistent copy of an open or closed database file, encrypted as the source is.

    Raises:
        StorageError: reading or writing failed; `target` may then hold a part.
    """
    driver = driver_for(key)
    try:
        with (
            contextlib.closing(connect(source, key, mode="ro")) as reader,
            contextlib.closing(connect(target, key, mode="rwc", pragmas=("PRAGMA synchronous = EXTRA",))) as writer,
        ):
            reader.backup(writer)
    except driver.Error as error:
        raise classify(error, Probe(target, name, None, key), writing=True) from error


def buried_media(project_file: Path, key: FileKey | None) -> frozenset[str]:
    """Hashes of the attachments that a project file or a backup calls deleted; none where it cannot be read."""
    driver = driver_for(key)
    try:
        with contextlib.closing(connect(project_file, key, mode="ro")) as connection:
            rows = connection.execute("SELECT entity_hash FROM tombstone WHERE kind = ?", (ATTACHMENT,)).fetchall()
    except driver.Error:
        return frozenset()
    return frozenset(row[0] for row in rows)


def copy_media(
    source: Path,
    target: Path,
    key: FileKey | None,
    *,
    name: str,
    source_key: FileKey | None,
    buried: frozenset[str] = frozenset(),
) -> int:
    """Adds the attachments that the copy lacks; each is compared with its hash first. Returns how many came.

    What was deleted for good is neither copied nor left in the copy.

    Args:
        source: the file that has them.
        target: the copy; made where there is none.
        key: of the copy.
        name: what messages call the project.
        source_key: of the source.
        buried: hashes of what was deleted for good.
    """
    if not target.exists():
        schema.create_file(target, key, file_format.MEDIA_APPLICATION_ID)
    errors_of_drivers = (driver_for(key).Error, driver_for(source_key).Error)
    added = 0
    try:
        with (
            contextlib.closing(connect(source, source_key, mode="ro")) as reader,
            contextlib.closing(connect(target, key)) as writer,
        ):
            writer.executemany("DELETE FROM attachment WHERE sha = ?", [(sha,) for sha in sorted(buried)])
            known = {sha for (sha,) in writer.execute("SELECT sha FROM attachment")} | buried
            missing = [sha for (sha,) in reader.execute("SELECT sha FROM attachment") if sha not in known]
            for sha in missing:
                row = reader.execute("SELECT sha, mime, size, body, added_at FROM attachment WHERE sha = ?", (sha,))
                values = row.fetchone()
                if sha256_bytes(bytes(values[3])) == sha:
                    writer.execute("INSERT INTO attachment VALUES (?, ?, ?, ?, ?)", values)
                    added += 1
    except errors_of_drivers as error:
        raise classify(error, Probe(target, name, None, key), writing=True) from error
    return added


def quick_check(path: Path, key: FileKey | None) -> bool:
    """True when the pages of a database file hang together."""
    driver = driver_for(key)
    try:
        with contextlib.closing(connect(path, key, mode="ro")) as connection:
            return bool(connection.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok")
    except driver.Error:
        return False


def sync_file(path: Path) -> None:
    """Makes a file's content durable."""
    with path.open("rb+") as stream:
        os.fsync(stream.fileno())


def sync_folder(folder: Path) -> None:
    """Makes new names in a folder durable; Windows does that by itself and cannot open folders."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
