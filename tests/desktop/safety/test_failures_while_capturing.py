"""Each failure of the disk reaches the interview as its own message, in both languages; the text stays."""

import contextlib
import json
import os
import resource
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton

from roadmapdesk import i18n
from roadmapdesk.paths import data_folder
from roadmapdesk.storage import engine as engine_module
from roadmapdesk.storage.engine import connect

from .conftest import PASSPHRASE, WORD, encrypt, show_interview, type_word

needs_root = pytest.mark.skipif(
    sys.platform != "linux" or os.geteuid() != 0, reason="mounting a small file system needs root on Linux"
)
needs_posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows does not let an open file be moved")


@pytest.fixture(params=["plain", "cipher"])
def page(request, program, prompts, project, settle):
    """The interview on the screen, on each kind of file."""
    if request.param == "cipher":
        encrypt(program, prompts, settle, PASSPHRASE)
    return show_interview(program, project, settle)


def fail(page, settle, code: str, german: str, english: str) -> None:
    """Types an answer that cannot be saved: the bar says why, and the text stays."""
    type_word(page, "zweitens")
    settle()
    assert page.failure.isVisible()
    assert page.conductor.queue.error.code == code
    assert german in page.failure.sentence, "another sentence"
    german_bar = page.failure.accessibleName()
    i18n.set_language("en")
    page.retranslate()
    assert english in page.failure.sentence
    assert page.failure.accessibleName() not in {"", german_bar}
    assert page.findChild(QPushButton, "save_copy").text().startswith("Save a copy")
    i18n.set_language("de")
    page.retranslate()
    assert german in page.failure.sentence
    assert page.questions.row(WORD).control.line.text() == "zweitens"


def retry(page, settle, project) -> None:
    """Tries again after the cause went away: everything is in the file."""
    page.findChild(QPushButton, "retry_save").click()
    settle()
    assert not page.failure.isVisible()
    assert project.drafts.load(page.item_id).answers[WORD] == "zweitens"
    assert project.check().is_sound


@contextlib.contextmanager
def small_disk(place: Path):
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", place]
    if subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("this machine lets nobody mount a file system")
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", place], check=True)


@needs_root
def test_a_full_disk(program, open_folder, folder, settle, tmp_path):
    with small_disk(tmp_path / "klein") as place:
        project = open_folder(Path(shutil.copytree(folder, place / folder.name)))
        page = show_interview(program, project, settle)
        ballast = place / "ballast"
        ballast.write_bytes(b"x" * shutil.disk_usage(place).free)
        assert "200 MB" in program.window.banner.accessibleName()
        fail(page, settle, "storage.disk_full", "Der Datenträger ist voll", "The disk is full")
        ballast.unlink()
        retry(page, settle, project)
        program.window.close_project()
        settle()


def test_a_limit_on_file_size(page, project, settle):
    path = project.folder / "project.sqlite"
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    project.context.store.close()
    resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size // 2, before[1]))
    try:
        fail(page, settle, "storage.quota", "Speicherkontingent", "quota")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    retry(page, settle, project)


@needs_posix
@pytest.mark.parametrize("what", ["file", "folder", "deleted"])
def test_a_moved_or_deleted_file(page, project, prompts, settle, tmp_path, what):
    path = project.folder / "project.sqlite"
    shutil.copy(path, tmp_path / "kept.sqlite")
    if what == "file":
        path.rename(tmp_path / "aside.sqlite")
    elif what == "folder":
        project.folder.rename(tmp_path / "woanders")
    else:
        path.unlink()
    fail(page, settle, "storage.moved", "verschoben, gelöscht oder ersetzt", "moved, deleted or replaced")
    prompts.path = tmp_path / "kopie.json"
    page.findChild(QPushButton, "save_copy").click()
    assert json.loads(prompts.path.read_text(encoding="utf-8"))["answers"][WORD] == "zweitens"
    (waits,) = (data_folder() / "exports_to_note").glob("*.json")  # also where the program ends now
    assert "zweitens" not in waits.read_text(encoding="utf-8")
    if what == "file":
        (tmp_path / "aside.sqlite").rename(path)
        retry(page, settle, project)
        (line,) = project.export_log.list()
        assert (line.kind, line.target, line.interviews) == ("answers", "kopie.json", (page.item_id,))
        assert not waits.exists()


@needs_posix
def test_a_replaced_file(page, project, settle, tmp_path):
    path = project.folder / "project.sqlite"
    shutil.copy(path, tmp_path / "copy.sqlite")
    (tmp_path / "copy.sqlite").replace(path)

    fail(page, settle, "storage.moved", "verschoben, gelöscht oder ersetzt", "moved, deleted or replaced")


def test_another_program_that_holds_the_file(page, project, settle, monkeypatch):
    monkeypatch.setattr(engine_module, "BUSY_TIMEOUT_S", 0.2)
    project.context.store.close()
    with contextlib.closing(connect(project.context.store.path, project.file_key)) as other:
        other.execute("BEGIN EXCLUSIVE")
        fail(page, settle, "storage.busy", "hält das Projekt", "holds the project")
        other.execute("ROLLBACK")
    retry(page, settle, project)


@needs_root
def test_a_medium_that_became_write_protected(program, open_folder, folder, settle, tmp_path):
    place = tmp_path / "stick"
    with small_disk(place):
        project = open_folder(Path(shutil.copytree(folder, place / folder.name)))
        page = show_interview(program, project, settle)
        project.context.store.close()
        project.context.media.close()
        subprocess.run(["mount", "-o", "remount,ro", place], check=True)
        try:
            fail(page, settle, "storage.read_only", "schreibgeschützt", "write-protected")
        finally:
            project.context.store.close()
            subprocess.run(["mount", "-o", "remount,rw", place], check=True)
        retry(page, settle, project)
        program.window.close_project()
        settle()


class DiskError(sqlite3.OperationalError):
    """What the driver says when the disk fails at a flush; no disk here fails on demand."""

    sqlite_errorcode = 1034


def test_a_disk_that_fails_at_the_flush(program, project, settle, monkeypatch):
    page = show_interview(program, project, settle)

    store = project.context.store
    real = store._connect

    class Failing:
        """A connection to a disk that does not take what is committed."""

        def __init__(self) -> None:
            self._real = real()

        def __getattr__(self, name: str) -> object:
            return getattr(self._real, name)

        def execute(self, statement: str, *parameters: object) -> object:
            if statement == "COMMIT":
                raise DiskError("disk I/O error")
            return self._real.execute(statement, *parameters)

    with monkeypatch.context() as broken:
        broken.setattr(store, "_connect", Failing)
        fail(page, settle, "storage.write_failed", "beim Schreiben einen Fehler", "error while writing")
    retry(page, settle, project)


def test_a_damaged_page_stops_the_writing_and_offers_backups(program, page, project, settle, prompts, tmp_path):
    project.backup("manual")
    program.window._page_check._pause.stop()  # on a slow machine it would look, and tell, at the end
    path = project.folder / "project.sqlite"
    project.context.store.close()
    good = path.read_bytes()
    path.write_bytes(good[:4096] + os.urandom(len(good) - 4096))
    spoilt = path.read_bytes()

    fail(page, settle, "storage.damaged", "beschädigt", "damaged")
    assert path.read_bytes() == spoilt
    assert not page.findChild(QPushButton, "retry_save").isVisible()
    prompts.path = tmp_path / "kopie.json"
    asked = len(prompts.told)
    page.findChild(QPushButton, "save_copy").click()
    assert (len(prompts.told) > asked) is project.is_encrypted, "a plain copy of an encrypted project is asked for"
    assert "zweitens" in prompts.path.read_text(encoding="utf-8")

    page.findChild(QPushButton, "rescue_project").click()
    settle()
    backups = program.window.workbench.page
    assert backups.key == "backups"
    prompts.path = tmp_path / "Neu.roadmapdesk"
    backups.findChild(QPushButton, "restore_backup").click()
    settle()
    assert prompts.told[-1][0] == "Die Sicherung wurde wiederhergestellt"
    with_key = {"key": project.file_key}
    from roadmapdesk.storage import open_project

    with open_project(prompts.path, **with_key) as restored:
        assert restored.drafts.load(page_id(restored)).answers[WORD] == "erstens"


def page_id(project) -> str:
    """The only interview of the project."""
    (row,) = project.interviews.list()
    return row.id
