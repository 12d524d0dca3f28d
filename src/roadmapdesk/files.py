"""Writing a file whole: beside its place, flushed, then renamed, so that a reader never sees half of it."""

import contextlib
import os
import secrets
from pathlib import Path


def replace_whole(target: Path, data: bytes) -> None:
    """Puts `data` at `target`; an existing file is replaced in one step or stays as it was.

    Raises:
        OSError: nothing could be written; nothing is left beside the target.
    """
    beside = target.with_name(f".{target.name[:40]}.{secrets.token_hex(4)}.part")
    try:
        with beside.open("xb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(beside, target)  # noqa: PTH105 — the method of Path hides that this is the atomic step
    except OSError:
        with contextlib.suppress(OSError):
            beside.unlink()
        raise
    _flush_folder(target.parent)


def _flush_folder(folder: Path) -> None:
    """Makes the rename durable where the system lets a folder be opened."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
