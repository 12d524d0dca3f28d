"""What would make a whole file unreadable and can be mended in a copy: a missing end, a damaged table of contents.

SQLite opens no file that is shorter than its first page says. Empty pages in place of the missing ones cost only what
stood on these.

Every file of one schema version is created by the same statements, so its table of contents lies on the same pages
with the same contents. A new empty file, encrypted with the same key and salt, therefore has the very pages that the
damaged one lacks. This does not hold for files that were compacted or converted; those need a backup.
"""

import contextlib
import os
import shutil
from pathlib import Path

from roadmapdesk.storage import file_format, schema
from roadmapdesk.storage.engine import connect, driver_for, opens
from roadmapdesk.storage.keys import FileKey
from roadmapdesk.storage.recovery import has_journal

PAGE = 4096
_FACTORS = (1, 2, 4, 8, 16, 32, 64)
"""How much longer than what is left an encrypted file may have been."""


def readable_copy(path: Path, key: FileKey | None, work: Path) -> Path:
    """The file itself where its table of contents can be read, else a copy in `work` with that mended."""
    path = settled(path, key, work)
    if _has_contents(path, key):
        return path
    path = lengthened(path, key, work)
    if _has_contents(path, key):
        return path
    fresh, mended = work / "fresh.sqlite", work / "mended.sqlite"
    schema.create_file(fresh, key, file_format.PROJECT_APPLICATION_ID)
    pages = _pages_of_contents(fresh, key, work / "trial.sqlite")
    good = fresh.read_bytes()
    shutil.copyfile(path, mended)
    with mended.open("rb+") as stream:
        for page in pages:
            stream.seek(page * PAGE)
            stream.write(good[page * PAGE : (page + 1) * PAGE])
    return mended if _has_contents(mended, key) else path


def settled(path: Path, key: FileKey | None, work: Path) -> Path:
    """The file itself, or a copy in `work` where a transaction that was cut off is taken back."""
    journal = path.with_name(path.name + "-journal")
    if not (path.is_file() and has_journal(path)):
        return path
    copy = work / path.name
    shutil.copyfile(path, copy)
    shutil.copyfile(journal, copy.with_name(journal.name))
    with contextlib.suppress(driver_for(key).Error), contextlib.closing(connect(copy, key, pragmas=())) as connection:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()  # the first reading rolls back
    return copy


def lengthened(path: Path, key: FileKey | None, work: Path) -> Path:
    """The file itself, or where its end is missing a copy in `work` with empty pages there."""
    if not path.is_file() or opens(path, key):
        return path
    copy = work / f"long-{path.name}"
    shutil.copyfile(path, copy)
    for length in _lengths(path, key):
        os.truncate(copy, length)
        if opens(copy, key):
            return copy
    return path


def _lengths(path: Path, key: FileKey | None) -> list[int]:
    """How long the file may have been: the first page says it where it can be read without a key."""
    size = path.stat().st_size
    if key is not None:
        return [(size // PAGE + 1) * PAGE * factor for factor in _FACTORS]
    with path.open("rb") as stream:
        told = int.from_bytes(stream.read(32)[28:], "big") * PAGE
    return [told] if size < told <= size * _FACTORS[-1] else []


def _pages_of_contents(fresh: Path, key: FileKey | None, trial: Path) -> list[int]:
    """The pages, counted from 0 and without the first one, whose loss makes the table of contents unreadable."""
    good = fresh.read_bytes()
    found = []
    for page in range(1, len(good) // PAGE):
        trial.write_bytes(good[: page * PAGE] + b"\xa5" * PAGE + good[(page + 1) * PAGE :])
        if not _has_contents(trial, key):
            found.append(page)
    return found


def _has_contents(path: Path, key: FileKey | None) -> bool:
    from roadmapdesk.storage.tables import project_tables  # noqa: PLC0415 — loads SQLAlchemy, only for a mended file

    driver = driver_for(key)
    try:
        with contextlib.closing(connect(path, key, mode="ro")) as connection:
            names = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
    except (driver.Error, UnicodeDecodeError):
        return False
    return names >= set(project_tables.tables)
