"""The lock file: one program at a time writes to a project, and the second one is told who holds it."""

import contextlib
import json
import os
import socket
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

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

LOCK_NAME = "project.lock"
PROGRAM = "RoadmapDesk"


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

    def __init__(self, path: Path, holder: Holder) -> None:
        self.path = path
        self.holder = holder

    def release(self) -> None:
        """Removes the lock file if it is still ours."""
        if read_holder(self.path.parent) == self.holder:
            with contextlib.suppress(OSError):
                self.path.unlink()


def read_holder(folder: Path) -> Holder | None:
    """The holder named in the folder's lock file; None without a readable one."""
    try:
        record = json.loads((folder / LOCK_NAME).read_text(encoding="utf-8"))
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
    path = folder / LOCK_NAME
    holder = Holder(os.getpid(), socket.gethostname(), PROGRAM, to_stamp(now_utc()), _birth(os.getpid()))
    content = json.dumps(asdict(holder)).encode("utf-8")
    stale: Holder | None = None
    while True:
        try:
            with path.open("xb") as stream:
                stream.write(content)
        except FileExistsError:
            found = read_holder(folder)
            if found is not None and not found.is_stale and not break_lock:
                raise _locked(folder, found) from None
            stale = stale or found
            break_lock = False
            with contextlib.suppress(FileNotFoundError):
                path.unlink()
            continue
        except OSError as error:
            raise _refused(folder, error) from error
        return ProjectLock(path, holder), stale


def _locked(folder: Path, holder: Holder) -> ProjectLocked:
    try:
        since = from_stamp(holder.since).astimezone().strftime("%Y-%m-%d %H:%M")
    except ValueError:
        since = holder.since
    return ProjectLocked(
        LOCKED, name=folder.stem, program=holder.program, host=holder.host, pid=holder.pid, since=since
    )


def _refused(folder: Path, error: OSError) -> ProjectReadOnly | ProjectNotFound | DiskFull:
    import errno  # noqa: PLC0415 — failure path only

    if error.errno in {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}:
        with contextlib.suppress(OSError):
            (folder / LOCK_NAME).unlink()
        return DiskFull(DISK_FULL)
    if error.errno in {errno.EROFS, errno.EACCES, errno.EPERM}:
        return ProjectReadOnly(READ_ONLY, name=folder.stem)
    return ProjectNotFound(CANNOT_OPEN, name=folder.stem)


def _birth(pid: int) -> str:
    """When the process began, in the system's own unit; empty where that cannot be read."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        return fields[19]
    except (OSError, IndexError):
        return ""


def _is_running(pid: int, birth: str) -> bool:
    if sys.platform == "win32":
        return _is_running_windows(pid)
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
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
