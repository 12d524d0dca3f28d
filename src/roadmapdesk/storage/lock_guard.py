"""One starter at a time looks at a project's lock file: a lock of the operating system, which ends with its process.

Without it, two starters that both see the lock of a dead process can each remove the other's new one.
"""

import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path

GUARD_NAME = ".project.lock.guard"


@contextlib.contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Waits until no other starter of this computer is inside the block for the same folder.

    The folder itself is locked; only where that cannot be done a file in it. Where no file can be written either, or
    the file system knows no locks, nobody is kept out: the lock file itself is still made by one starter only.
    """
    descriptor = _take_folder(folder)
    if descriptor is not None:
        try:
            yield
        finally:
            os.close(descriptor)
        return
    path = folder / GUARD_NAME
    descriptor = _take(path)
    try:
        yield
    finally:
        if descriptor is not None:
            _give_back(path, descriptor)


def _take_folder(folder: Path) -> int | None:
    """Locks the folder, which makes no file; Windows opens no folders, and network drives lock only files."""
    if sys.platform == "win32":
        return None
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except OSError:
        return None
    try:
        _wait_for(descriptor)
    except OSError:
        os.close(descriptor)
        return None
    return descriptor


def _take(path: Path) -> int | None:
    while True:
        try:
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
        except OSError:
            return None
        try:
            _wait_for(descriptor)
            if _is_at(path, descriptor):
                return descriptor
        except OSError:
            os.close(descriptor)
            return None
        os.close(descriptor)  # the one before removed the file while we waited for it


def _is_at(path: Path, descriptor: int) -> bool:
    try:
        return os.path.samestat(path.stat(), os.fstat(descriptor))
    except FileNotFoundError:
        return False


def _give_back(path: Path, descriptor: int) -> None:
    if sys.platform == "win32":  # an open file cannot be removed there, and one that another starter opened stays
        os.close(descriptor)
        with contextlib.suppress(OSError):
            path.unlink()
        return
    with contextlib.suppress(OSError):
        path.unlink()
    os.close(descriptor)


def _wait_for(descriptor: int) -> None:
    if sys.platform == "win32":
        import msvcrt  # noqa: PLC0415 — Windows only

        msvcrt.locking(descriptor, msvcrt.LK_LOCK, 1)
    else:
        import fcntl  # noqa: PLC0415 — does not exist on Windows

        fcntl.flock(descriptor, fcntl.LOCK_EX)
