"""Folders that are being built and were left behind by a program that was ended: whole copies, often readable ones.

Their names tell which process of which computer builds them, so that a later start may remove what nobody builds.
"""

import contextlib
import os
import re
import shutil
import socket
import time
from pathlib import Path

from roadmapdesk.storage.content import sha256_text
from roadmapdesk.storage.lock import is_running

_ENDING = ".half"
_EARLIER = re.compile(r"\..+\.roadmapdesk\.(?:\d+\.new|restored)\Z")
_QUIET_S = 3600.0


def half_of(folder: Path) -> Path:
    """Where this process builds what will become `folder`: hidden, beside it."""
    return folder.with_name(f".{folder.name}.{_computer()}-{os.getpid()}{_ENDING}")


def sweep_halves(place: Path) -> None:
    """Removes what processes of this computer that are gone left in a folder; nothing of others, and no failure.

    Earlier versions named them otherwise and told no computer: of theirs only what nobody wrote to for an hour goes.
    """
    name = re.compile(rf"\..+\.{_computer()}-(\d+){re.escape(_ENDING)}\Z")
    with contextlib.suppress(OSError):
        for path in tuple(place.glob(".*")):
            match = name.match(path.name)
            is_left = not is_running(int(match[1])) if match else bool(_EARLIER.match(path.name)) and _is_quiet(path)
            if is_left and path.is_dir() and not path.is_symlink():
                shutil.rmtree(path, ignore_errors=True)


def _is_quiet(folder: Path) -> bool:
    """Whether this is a copy that an earlier version began, and the last write to it is long past."""
    files = tuple(folder.iterdir()) if folder.is_dir() else ()
    names = {path.name.removesuffix("-journal") for path in files}
    latest = max((path.stat().st_mtime for path in (folder, *files)), default=0.0)
    return names <= {"project.sqlite", "media.sqlite"} and time.time() - latest > _QUIET_S


def _computer() -> str:
    return sha256_text(socket.gethostname())[:8]
