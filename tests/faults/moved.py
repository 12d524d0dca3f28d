"""The project file is renamed, deleted, replaced, cut or moved with its folder while answers are being saved."""

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from common import ENGINES, Row, cheap_passphrases, new_project, reopen, save, work_folder

from roadmapdesk.storage.errors import Damaged, ProjectMoved

KINDS = ("renamed", "deleted", "replaced", "cut", "folder")


def rows(count: int) -> list[Row]:
    """One row for each engine; the control writes in WAL mode, which notices nothing."""
    cheap_passphrases()
    with work_folder() as folder:
        control = sum(_control(folder / f"control{number}", KINDS[number % 3]) for number in range(6))
        return [_ours(folder, name, passphrase, max(len(KINDS), count), control) for name, passphrase in ENGINES]


def _ours(folder: Path, name: str, passphrase: str | None, count: int, control: int) -> Row:
    confirmed = lost = 0
    for number in range(count):
        kind = KINDS[number % len(KINDS)]
        project_folder, interview = new_project(folder / f"{name}{number}", passphrase)
        project = reopen(project_folder, passphrase)
        for sequence in range(1, 4):
            save(project, interview, f"/data/q{sequence}", "before", sequence)
            confirmed += 1
        path = project_folder / "project.sqlite"
        _disturb(path, kind)
        try:
            save(project, interview, "/data/after", "after", 4)
        except (ProjectMoved, Damaged):
            pass
        else:
            lost += 1
        project._lock = None  # the folder may be gone; the lock file with it
        project.context.store.close()
        project.context.media.close()
    return Row(
        f"file moved, {name}", count, confirmed, lost, control, "control: WAL, which goes on without any error"
    )


def _disturb(path: Path, kind: str) -> None:
    if kind == "renamed":
        path.rename(path.with_name("renamed.sqlite"))
    elif kind == "deleted":
        path.unlink()
    elif kind == "replaced":
        fresh = path.with_name("fresh")
        shutil.copy(path, fresh)
        fresh.replace(path)
    elif kind == "cut":
        os.truncate(path, 0)
    else:
        path.parent.rename(path.parent.with_name("moved " + path.parent.name))


def _control(folder: Path, kind: str) -> int:
    folder.mkdir()
    path = folder / "control.sqlite"
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("CREATE TABLE answer (ref TEXT)")
        _disturb(path, kind)
        try:
            connection.execute("INSERT INTO answer VALUES ('after')")
        except sqlite3.Error:
            return 0
    try:
        with closing(sqlite3.connect(path)) as again:
            return 1 - again.execute("SELECT count(*) FROM answer").fetchone()[0]
    except sqlite3.Error:
        return 1
