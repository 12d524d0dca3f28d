"""Folders that are being built and were left behind by a program that was ended: whole copies, often readable ones.

Their names tell which process of which computer builds them, so that a later start may remove what nobody builds.
"""

import contextlib
import os
import re
import shutil
import socket
import time
from collections.abc import Collection
from pathlib import Path

from roadmapdesk.storage.content import sha256_text
from roadmapdesk.storage.lock import is_running

_ENDING = ".half"
_EARLIER = re.compile(r"\..+\.roadmapdesk\.(?:\d+\.new|restored)\Z")
_QUIET_S = 3600.0


def half_of(folder: Path) -> Path:
    """Where this process builds what will become `folder`: hidden, beside it."""
    return folder.with_name(f".{folder.name}.{_computer()}-{os.getpid()}{_ENDING}")


def names_in(place: Path) -> list[str]:
    """The names of what lies in a folder; none where it is missing or cannot be read."""
    try:
        with os.scandir(place) as entries:
            return [entry.name for entry in entries]
    except OSError:
        return []


def sweep_halves(place: Path, names: Collection[str] | None = None) -> None:
    """Removes what processes of this computer that are gone left in a folder; nothing of others, and no failure.

    Earlier versions named them otherwise and told no computer: of theirs only what nobody wrote to for an hour goes.

    Args:
        place: the folder.
        names: what lies in it, where that is known already.
    """
    for name in names_in(place) if names is None else names:
        if name.startswith(".") and (name.endswith(_ENDING) or _EARLIER.match(name)):
            path = place / name
            with contextlib.suppress(OSError):
                if _is_left(path) and path.is_dir() and not path.is_symlink():
                    shutil.rmtree(path, ignore_errors=True)


def _is_left(path: Path) -> bool:
    match = re.fullmatch(rf"\..+\.{_computer()}-(\d+){re.escape(_ENDING)}", path.name)
    if match:
        return not is_running(int(match[1]))
    return bool(_EARLIER.match(path.name)) and _is_quiet(path)


def _is_quiet(folder: Path) -> bool:
    """Whether this is a copy that an earlier version began, and the last write to it is long past."""
    files = tuple(folder.iterdir()) if folder.is_dir() else ()
    names = {path.name.removesuffix("-journal") for path in files}
    latest = max((path.stat().st_mtime for path in (folder, *files)), default=0.0)
    return names <= {"project.sqlite", "media.sqlite"} and time.time() - latest > _QUIET_S


def _computer() -> str:
    return sha256_text(socket.gethostname())[:8]
