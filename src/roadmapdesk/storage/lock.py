"""The lock file: one program at a time writes to a project, and the second one is told who holds it."""

import contextlib
import json
import os
import socket
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from io import RawIOBase
from pathlib import Path

from roadmapdesk.i18n import current_language
from roadmapdesk.storage.content import from_stamp, now_utc, to_stamp
from roadmapdesk.storage.errors import (
    CANNOT_OPEN,
    DISK_FULL,
    LOCKED,
    READ_ONLY,
    DiskFull,
    ProjectLocked,
    ProjectNotFound,
    ProjectReadOnly,
)
from roadmapdesk.storage.lock_guard import alone

LOCK_NAME = "project.lock"
PROGRAM = "RoadmapDesk"
_GRACE_S = 1.0
_STEP_S = 0.05


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a project.

    Attributes:
        pid: process id on `host`.
        birth: when that process began, as its system says it; tells a reused process id apart. Empty if unknown.
        since: when the lock was taken, as stored stamp.
    """

    pid: int
    host: str
    program: str
    since: str
    birth: str = ""

    @property
    def is_stale(self) -> bool:
        """True when the process ran on this computer and is gone; a lock of another computer is never stale."""
        if self.host != socket.gethostname():
            return False
        return not _is_running(self.pid, self.birth)


class ProjectLock:
    """A lock file that this process holds; `release` gives it back."""

    def __init__(self, path: Path, content: bytes) -> None:
        self.path = path
        self._content = content

    def release(self) -> None:
        """Removes the lock file if it is still ours."""
        with alone(self.path.parent), contextlib.suppress(OSError):
            if self.path.read_bytes() == self._content:
                self.path.unlink()


def read_holder(folder: Path) -> Holder | None:
    """The holder named in the folder's lock file; None without a readable one."""
    try:
        record = json.loads((folder / LOCK_NAME).read_bytes())
    except (OSError, ValueError):
        return None
    return _from_record(record) if isinstance(record, dict) else None


def _from_record(record: Mapping[str, object]) -> Holder | None:
    try:
        return Holder(
            pid=int(str(record["pid"])),
            host=str(record["host"]),
            program=str(record["program"]),
            since=str(record["since"]),
            birth=str(record.get("birth", "")),
        )
    except (KeyError, ValueError):
        return None


def acquire(folder: Path, *, break_lock: bool = False) -> tuple[ProjectLock, Holder | None]:
    """Takes the lock of the folder.

    Args:
        folder: the project folder.
        break_lock: takes it even from a holder that seems alive; only after a person said so.

    Returns:
        The lock, and the stale holder that was found (the sign of a crash), if any.

    Raises:
        ProjectLocked: when another process holds it.
        ProjectReadOnly: when no file can be written there.
        DiskFull: when the disk has no room for it.
        ProjectNotFound: when the folder is missing.
    """
    holder = Holder(os.getpid(), socket.gethostname(), PROGRAM, to_stamp(now_utc()), _own_birth(os.getpid()))
    with alone(folder):
        stale = _clear(folder, break_lock=break_lock)
        path = folder / LOCK_NAME
        try:
            content = json.dumps({name: getattr(holder, name) for name in Holder.__slots__}).encode("utf-8")
            _write_new(path, content)
        except FileExistsError:  # another computer, or a starter that could not be kept out, was faster
            raise _locked(folder, read_holder(folder) or holder) from None
        except OSError as error:
            raise _refused(folder, error) from error
    return ProjectLock(path, content), stale


def _clear(folder: Path, *, break_lock: bool) -> Holder | None:
    """Removes a lock that nobody holds any more and returns its holder; only one starter at a time may be here.

    Raises:
        ProjectLocked: somebody holds it.
    """
    path = folder / LOCK_NAME
    found = read_holder(folder)
    if found is None:
        if not os.path.lexists(path):
            return None
        _wait_while_empty(path)
        found = read_holder(folder)
    if found is not None and not found.is_stale and not break_lock:
        raise _locked(folder, found)
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise _refused(folder, error) from error
    return found


def _wait_while_empty(path: Path) -> None:
    """An empty lock was made by another computer just now, or by one that broke down while it wrote."""
    until = time.monotonic() + _GRACE_S
    with contextlib.suppress(OSError):
        while path.stat().st_size == 0 and time.monotonic() < until:
            time.sleep(_STEP_S)


def _write_new(path: Path, content: bytes) -> None:
    """Makes the lock file with its whole content in one step where the file system can.

    Raises:
        FileExistsError: there is one.
        OSError: the file cannot be written; no part of it is left.
    """
    beside = path.parent / f".{path.name}.{os.getpid()}.{time.monotonic_ns()}"
    try:
        with beside.open("wb", buffering=0) as stream:
            stream.write(content)
        try:
            os.link(beside, path)
        except FileExistsError:
            raise
        except OSError:  # a stick's file system knows no second names
            with path.open("xb", buffering=0) as stream:
                _write_or_remove(stream, path, content)
    finally:
        with contextlib.suppress(OSError):
            beside.unlink()


def _write_or_remove(stream: RawIOBase, path: Path, content: bytes) -> None:
    try:
        stream.write(content)
    except OSError:
        stream.close()
        path.unlink(missing_ok=True)
        raise


def _locked(folder: Path, holder: Holder) -> ProjectLocked:
    try:
        since = current_language().date_time(from_stamp(holder.since).astimezone())
    except ValueError:
        since = holder.since
    return ProjectLocked(
        LOCKED, name=folder.stem, program=holder.program, host=holder.host, pid=holder.pid, since=since
    )


def _refused(folder: Path, error: OSError) -> ProjectReadOnly | ProjectNotFound | DiskFull:
    import errno  # noqa: PLC0415 — failure path only

    if error.errno in {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}:
        return DiskFull(DISK_FULL)
    if error.errno in {errno.EROFS, errno.EACCES, errno.EPERM}:
        return ProjectReadOnly(READ_ONLY, name=folder.stem)
    return ProjectNotFound(CANNOT_OPEN, name=folder.stem)


@cache
def _own_birth(pid: int) -> str:
    """That of this process, which a fork tells apart by its id."""
    return _birth(pid)


def _birth(pid: int) -> str:
    """When the process began, in the system's own unit; empty where that cannot be read."""
    fields = _facts(pid)
    return fields[19].decode("ascii", "replace") if len(fields) > 19 else ""


def _facts(pid: int) -> list[bytes]:
    """What Linux says of a process, from its state on; nothing elsewhere."""
    try:
        return Path(f"/proc/{pid}/stat").read_bytes().rpartition(b")")[2].split()
    except OSError:
        return []


def _has_ended(pid: int) -> bool:
    """Whether a process is only waiting for its parent to ask how it ended; a launcher may never ask."""
    fields = _facts(pid)
    return len(fields) > 17 and fields[0] in {b"Z", b"X"} and int(fields[17]) <= 1


def is_running(pid: int) -> bool:
    """Whether a process with this id runs on this computer."""
    return _is_running(pid, "")


def _is_running(pid: int, birth: str) -> bool:
    if sys.platform == "win32":
        return _is_running_windows(pid)
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OverflowError:
        return False
    except PermissionError:
        pass
    if _has_ended(pid):
        return False
    now = _birth(pid)
    return not (birth and now) or birth == now


def _is_running_windows(pid: int) -> bool:
    import ctypes  # noqa: PLC0415 — Windows only

    kernel = ctypes.windll.kernel32  # type: ignore[attr-defined,unused-ignore]  # — exists on Windows only
    handle = kernel.OpenProcess(0x1000, False, pid)
    if not handle:
        return False
    code = ctypes.c_ulong()
    kernel.GetExitCodeProcess(handle, ctypes.byref(code))
    kernel.CloseHandle(handle)
    return code.value == 259  # STILL_ACTIVE
