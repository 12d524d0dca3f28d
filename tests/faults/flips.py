"""Single flipped bits anywhere in a project file: every answer that reads differently must be reported."""

import random
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from common import ENGINES, Row, cheap_passphrases, new_project, next_answer, reopen, save, work_folder

from roadmapdesk.storage.checks import check_file
from roadmapdesk.storage.engine import connect, driver_for
from roadmapdesk.storage.keys import FileKey
from roadmapdesk.storage.values import RevisionKind

_READ = (
    "SELECT interview_no, path, text FROM draft_answer ORDER BY 1, 2",
    "SELECT entity_id, document FROM revision ORDER BY sha",
    "SELECT interview_no, sequence, path, old_text, new_text FROM audit ORDER BY id",
    "SELECT q.template, a.interview_no, a.keys, a.text, a.number, a.day FROM answer a JOIN question q"
    " ON q.id = a.question_id ORDER BY 1, 2, 3",
    "SELECT id, code, state, form_sha FROM interview ORDER BY no",
)


def rows(count: int) -> list[Row]:
    """One row for each engine; the control is SQLite's own integrity check on the same unencrypted flips."""
    cheap_passphrases()
    found = []
    with work_folder(fast=True) as folder:
        plain, control_lost = _flip(folder, "SQLite", None, count, None)
        found.append(plain)
        for name, passphrase in ENGINES[1:]:
            found.append(_flip(folder, name, passphrase, count, control_lost)[0])
    return found


def _flip(folder: Path, name: str, passphrase: str | None, count: int, known: int | None) -> tuple[Row, int]:
    project_folder, key = _filled(folder / name, passphrase)
    path = project_folder / "project.sqlite"
    good = _read(path, key)
    content = path.read_bytes()
    chance = random.Random(f"flips {name}")
    changed = noticed = unnoticed = unnoticed_by_sqlite = 0
    copy = folder / "flipped.sqlite"
    for _ in range(count):
        position = chance.randrange(len(content) * 8)
        flipped = bytearray(content)
        flipped[position // 8] ^= 1 << position % 8
        copy.write_bytes(flipped)
        if _read(copy, key) == good:
            continue
        changed += 1
        if check_file(copy, key).is_sound:
            unnoticed += 1
        else:
            noticed += 1
        if key is None:
            unnoticed_by_sqlite += _sqlite_says_ok(copy)
    shutil.rmtree(project_folder)
    control = unnoticed_by_sqlite if known is None else known
    note = f"{changed} flips changed answers; control: integrity_check alone"
    return Row(f"bit flips, {name}", count, noticed, unnoticed, control, note), control


def _filled(folder: Path, passphrase: str | None) -> tuple[Path, FileKey | None]:
    """A project whose file holds little else than answers."""
    project_folder, interview = new_project(folder, passphrase)
    chance = random.Random("fill")
    with reopen(project_folder, passphrase) as project:
        form = project.forms.list()[0].sha
        for number in range(6):
            interview = project.interviews.create(form)
            for step in range(1, 26):
                ref, text = next_answer(step, chance)
                save(project, interview, ref, text, step)
            if number % 2:
                project.revisions.cut(interview, RevisionKind.FINALISE)
        return project_folder, project.file_key


def _read(path: Path, key: FileKey | None) -> list[object] | None:
    """All answers as the program would read them; None when reading fails, which nobody can overlook."""
    driver = driver_for(key)
    try:
        with closing(connect(path, key, mode="ro")) as connection:
            return [row for query in _READ for row in connection.execute(query)]
    except (driver.Error, UnicodeDecodeError):
        return None


def _sqlite_says_ok(path: Path) -> bool:
    try:
        with closing(sqlite3.connect(path)) as connection:
            return connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    except (sqlite3.Error, UnicodeDecodeError):
        return False
