"""From the error of a database driver to the message that fits: first the code, then a look at the file.

SQLCipher's driver gives primary codes only, and several conditions share a code; so the code is cut to its primary
part and the rest is found out by looking: is it the same file, is it empty, is there space, may it be written?
The driver's English text is never interpreted. Source: https://www.sqlite.org/rescode.html
"""

import contextlib
import errno
import os
import shutil
import tempfile
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path

from roadmapdesk.storage import errors
from roadmapdesk.storage.errors import StorageError
from roadmapdesk.storage.keys import FileKey

Identity = tuple[int, int]
_LEAST_SPACE = 1 << 20


class Primary(IntEnum):
    """SQLite's primary result codes that have a meaning of their own here."""

    ERROR = 1
    BUSY = 5
    LOCKED = 6
    READONLY = 8
    IOERR = 10
    CORRUPT = 11
    FULL = 13
    CANTOPEN = 14
    CONSTRAINT = 19
    NOTADB = 26


@dataclass(frozen=True, slots=True)
class Probe:
    """What may be looked at to tell conditions apart.

    Attributes:
        identity: device and inode of the file when it was opened.
    """

    path: Path
    name: str
    identity: Identity | None
    key: FileKey | None

    @property
    def is_moved(self) -> bool:
        """The path leads to no file or to another one than at opening."""
        return self.identity is not None and file_identity(self.path) != self.identity

    @property
    def is_empty(self) -> bool:
        """The file is shorter than the smallest database."""
        try:
            return self.path.stat().st_size < 512
        except OSError:
            return False

    @property
    def is_write_protected(self) -> bool:
        """File or folder may not be written by this user."""
        return not (os.access(self.path, os.W_OK) and os.access(self.path.parent, os.W_OK))


def file_identity(path: Path) -> Identity | None:
    """Device and inode; None when there is no such file."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


class Anchor:
    """Holds on to a file without opening it, so that its inode cannot become another file's after it was deleted.

    A file system gives the number of a deleted file to the next one that is made. Where files cannot be held without
    being opened (`O_PATH` is Linux's and FreeBSD's) nothing is held: there numbers are not used again so soon, and to
    close a file that was opened would give up the locks of the database.

    Attributes:
        identity: device and inode of the file when this was made; None when there was none.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor: int | None = None
        self.identity = file_identity(path)
        self.hold()

    def hold(self) -> None:
        """Takes hold of the file, where it is still the same one; holding it already is fine."""
        if self._descriptor is not None or not hasattr(os, "O_PATH") or self.identity is None:
            return
        with contextlib.suppress(OSError):
            descriptor = os.open(self._path, os.O_PATH | os.O_CLOEXEC)
            status = os.fstat(descriptor)
            if (status.st_dev, status.st_ino) == self.identity:
                self._descriptor = descriptor
            else:
                os.close(descriptor)

    def let_go(self) -> None:
        """Gives the file free; the identity stays."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def __del__(self) -> None:
        self.let_go()


def primary_code(error: BaseException) -> int | None:
    """The primary SQLite code of a driver's or SQLAlchemy's exception; None when it has none."""
    original = getattr(error, "orig", None) or error
    code = getattr(original, "sqlite_errorcode", None)
    return code & 0xFF if isinstance(code, int) else None


def classify(error: Exception, probe: Probe, *, writing: bool) -> StorageError:
    """The exception that tells what happened, what is safe and what to do."""
    code = primary_code(error)
    if code in {Primary.BUSY, Primary.LOCKED}:
        return errors.DatabaseBusy(errors.BUSY, name=probe.name)
    if code == Primary.FULL:
        return errors.DiskFull(errors.DISK_FULL)
    if code == Primary.CONSTRAINT:
        return errors.Rejected(errors.REJECTED)
    if probe.is_moved:
        return errors.ProjectMoved(errors.MOVED, name=probe.name)
    if probe.is_empty:
        return errors.Damaged(errors.EMPTY_FILE, name=probe.name)
    if code == Primary.READONLY:
        return errors.ProjectReadOnly(errors.READ_ONLY, name=probe.name)
    if code == Primary.CANTOPEN:
        if writing and probe.is_write_protected:
            return errors.ProjectReadOnly(errors.READ_ONLY, name=probe.name)
        return errors.ProjectNotFound(errors.CANNOT_OPEN, name=probe.name)
    if code == Primary.IOERR:
        return _disk_error(probe, writing=writing)
    if code in {Primary.CORRUPT, Primary.NOTADB, Primary.ERROR}:
        return _unreadable(probe)
    if code is None and not writing:
        # The driver itself could not make sense of what it read: text that is no UTF-8.
        return errors.Damaged(errors.DAMAGED, name=probe.name)
    return errors.WriteFailed(errors.WRITE_FAILED) if writing else errors.ReadFailed(errors.READ_FAILED)


def _disk_error(probe: Probe, *, writing: bool) -> StorageError:
    if not writing:
        return errors.ReadFailed(errors.READ_FAILED)
    if _at_size_limit(probe.path):
        return errors.DiskFull(errors.QUOTA)
    refused = _trial_write(probe.path.parent)
    if refused in {getattr(errno, "EDQUOT", -1), errno.EFBIG}:
        return errors.DiskFull(errors.QUOTA)
    with contextlib.suppress(OSError):
        if refused == errno.ENOSPC or shutil.disk_usage(probe.path.parent).free < _LEAST_SPACE:
            return errors.DiskFull(errors.DISK_FULL)
    return errors.WriteFailed(errors.WRITE_FAILED)


def _unreadable(probe: Probe) -> StorageError:
    """A page did not make sense; a second look through a fresh connection tells a bad read from a bad file."""
    from roadmapdesk.storage.engine import connect, driver_for  # noqa: PLC0415 — the engine imports this module

    driver = driver_for(probe.key)
    try:
        with contextlib.closing(connect(probe.path, probe.key, mode="ro")) as connection:
            has_tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] > 0
            is_sound = connection.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok"
    except driver.Error:
        return errors.Damaged(errors.DAMAGED, name=probe.name)
    if is_sound and has_tables:
        return errors.ReadFailed(errors.READ_FAILED)
    return errors.Damaged(errors.DAMAGED, name=probe.name)


def _at_size_limit(path: Path) -> bool:
    try:
        import resource  # noqa: PLC0415 — does not exist on Windows
    except ImportError:
        return False
    limit = resource.getrlimit(resource.RLIMIT_FSIZE)[0]
    if limit == resource.RLIM_INFINITY:
        return False
    sizes = [file.stat().st_size for file in path.parent.glob(path.name + "*") if file.is_file()]
    return max(sizes, default=0) + 64 * 1024 >= limit


def _trial_write(folder: Path) -> int | None:
    """Tries to write a page beside the project; the error number that the system gives, or None."""
    try:
        with tempfile.TemporaryFile(dir=folder) as stream:
            stream.write(b"\0" * 4096)
            stream.flush()
            os.fsync(stream.fileno())
    except OSError as error:
        return error.errno
    return None
