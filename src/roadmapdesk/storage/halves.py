"""Folders that are being built and were left behind by a program that was ended: whole copies, often readable ones.

Their names tell which process of which computer builds them, so that a later start may remove what nobody builds.
"""

import contextlib
import os
import re
import shutil
import socket
from pathlib import Path

from roadmapdesk.storage.content import sha256_text
from roadmapdesk.storage.lock import is_running

_ENDING = ".half"


def half_of(folder: Path) -> Path:
    """Where this process builds what will become `folder`: hidden, beside it."""
    return folder.with_name(f".{folder.name}.{_computer()}-{os.getpid()}{_ENDING}")


def sweep_halves(place: Path) -> None:
    """Removes what processes of this computer that are gone left in a folder; nothing of others, and no failure."""
    name = re.compile(rf"\..+\.{_computer()}-(\d+){re.escape(_ENDING)}\Z")
    with contextlib.suppress(OSError):
        for path in tuple(place.glob(f".*{_ENDING}")):
            match = name.match(path.name)
            if match and not path.is_symlink() and not is_running(int(match[1])):
                shutil.rmtree(path, ignore_errors=True)


def _computer() -> str:
    return sha256_text(socket.gethostname())[:8]
