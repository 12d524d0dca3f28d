"""Which files are opened, which are refused, and with what words; locks, versions, recovery."""

import json
import os
import shutil
import subprocess
import sys
import threading
from datetime import datetime
from pathlib import Path

import pytest

from roadmapdesk.storage import create_project, file_format, lock, open_project, schema
from roadmapdesk.storage.errors import (
    Damaged,
    DatabaseTooNew,
    Foreign,
    KeyRefused,
    MigrationFailed,
    ProjectExists,
    ProjectLocked,
    ProjectNotFound,
    ProjectReadOnly,
)
from roadmapdesk.storage.values import Change

from .conftest import FORM, answer, raw


@pytest.fixture
def closed(project, interview):
    """A project folder that nobody has open, with one answer."""
    answer(project, interview, "/data/a", "1")
    project.close()
    return project.folder


def content_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def test_a_project_is_one_folder_with_two_files(closed):
    assert closed.name == "Standort.roadmapdesk"
    assert {path.name for path in closed.iterdir()} >= {"project.sqlite", "media.sqlite"}
    assert not (closed / lock.LOCK_NAME).exists()


def test_an_existing_folder_is_never_overwritten(closed):
    with pytest.raises(ProjectExists):
        create_project(closed, title="x", language="de")


def test_a_missing_project_is_named(tmp_path):
    with pytest.raises(ProjectNotFound) as caught:
        open_project(tmp_path / "nichts.roadmapdesk")
    assert caught.value.code == "storage.missing"
    assert "nichts" in caught.value.sentence


@pytest.mark.parametrize(
    ("content", "error", "code"),
    [
        (b"", Damaged, "storage.empty_file"),
        (b"SQLite format 3\0", Damaged, "storage.empty_file"),
        (b"Liebe Leserinnen und Leser\n" * 300, Foreign, "storage.foreign"),
    ],
)
def test_other_files_are_refused_and_left_alone(closed, engine, content, error, code):
    (closed / "project.sqlite").write_bytes(content)
    before = content_of(closed)

    with pytest.raises(error) as caught:
        open_project(closed)

    assert caught.value.code == code
    assert content_of(closed) == before


def test_a_database_of_another_program_is_foreign(tmp_path):
    folder = tmp_path / "Fremd.roadmapdesk"
    folder.mkdir()
    connection = raw(folder / "project.sqlite")
    connection.execute("CREATE TABLE notes (a)")
    connection.close()

    with pytest.raises(Foreign):
        open_project(folder)


def test_a_newer_file_is_refused_with_both_versions(closed, engine):
    with engine.open(closed) as project, project.context.store.write() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0042'")
    before = content_of(closed)

    with pytest.raises(DatabaseTooNew) as caught:
        engine.open(closed)

    assert "42" in caught.value.sentence
    assert content_of(closed) == before


def test_a_second_program_is_told_who_holds_the_project(project, engine):
    with pytest.raises(ProjectLocked) as caught:
        engine.open(project.folder)

    assert str(os.getpid()) in caught.value.sentence
    assert engine.open(project.folder, read_only=True).is_read_only


def test_a_lock_of_a_dead_process_is_stale(closed, engine):
    process = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, check=True)
    holder = {"pid": int(process.stdout), "host": lock.socket.gethostname(), "program": "RoadmapDesk", "since": "x"}
    (closed / lock.LOCK_NAME).write_text(json.dumps(holder))

    with engine.open(closed) as project:
        assert not project.is_read_only


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="only Linux tells of ended processes")
def test_a_lock_of_a_killed_process_that_nobody_asked_after_is_stale(closed, engine):
    process = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    holder = {"pid": process.pid, "host": lock.socket.gethostname(), "program": "RoadmapDesk", "since": "x"}
    (closed / lock.LOCK_NAME).write_text(json.dumps(holder))
    with pytest.raises(ProjectLocked):
        engine.open(closed)
    process.kill()
    os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)  # it has ended, and stays in the list of processes
    try:
        with engine.open(closed) as project:
            assert not project.is_read_only
    finally:
        process.communicate()


def test_of_two_starters_that_see_the_same_stale_lock_one_gets_it(closed, monkeypatch):
    dead = {"pid": os.getpid(), "host": lock.socket.gethostname(), "program": "x", "since": "x", "birth": "gone"}
    (closed / lock.LOCK_NAME).write_text(json.dumps(dead))
    monkeypatch.setattr(lock, "_is_running", lambda _pid, birth: birth != "gone")
    outcomes: list[str] = []

    def start() -> None:
        try:
            lock.acquire(closed)
        except ProjectLocked:
            outcomes.append("locked")
        else:
            outcomes.append("held")

    second = threading.Thread(target=start)
    read = lock.read_holder

    def read_and_let_the_other_start(folder):
        found = read(folder)
        if second.ident is None:
            second.start()
            second.join(timeout=0.3)  # without a guard it is through by now; with one it waits for the first
        return found

    monkeypatch.setattr(lock, "read_holder", read_and_let_the_other_start)
    start()
    second.join()

    assert sorted(outcomes) == ["held", "locked"]
    assert read(closed).birth != "gone"
    assert not list(closed.glob(".*"))


@pytest.mark.parametrize("has_links", [True, False], ids=["links", "stick"])
def test_a_lock_that_another_computer_makes_meanwhile_is_respected(closed, monkeypatch, has_links):
    other = json.dumps({"pid": 1, "host": "anderer-rechner", "program": "RoadmapDesk", "since": "x"})
    clear = lock._clear

    def clear_and_lose(folder, *, break_lock):
        found = clear(folder, break_lock=break_lock)
        (folder / lock.LOCK_NAME).write_text(other)
        return found

    def no_links(_source, _target):
        raise PermissionError(1, "no second names")

    monkeypatch.setattr(lock, "_clear", clear_and_lose)
    if not has_links:
        monkeypatch.setattr(lock.os, "link", no_links)

    with pytest.raises(ProjectLocked):
        lock.acquire(closed)
    assert (closed / lock.LOCK_NAME).read_text() == other


def test_a_lock_that_is_being_written_is_waited_for(closed, monkeypatch):
    path = closed / lock.LOCK_NAME
    path.touch()
    other = json.dumps({"pid": 1, "host": "anderer-rechner", "program": "RoadmapDesk", "since": "x"})
    monkeypatch.setattr(lock.time, "sleep", lambda _s: path.write_text(other))

    with pytest.raises(ProjectLocked) as caught:
        lock.acquire(closed)
    assert "anderer-rechner" in caught.value.sentence


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells when a process was born")
def test_a_reused_process_id_does_not_keep_a_lock(closed, engine):
    holder = {"pid": os.getpid(), "host": lock.socket.gethostname(), "program": "x", "since": "x", "birth": "1"}
    (closed / lock.LOCK_NAME).write_text(json.dumps(holder))

    with engine.open(closed):
        taken = json.loads((closed / lock.LOCK_NAME).read_text())
        assert taken["pid"] == os.getpid()
        assert taken["birth"] != "1"


def test_a_lock_of_another_computer_needs_a_person(closed, engine):
    holder = {"pid": 1, "host": "anderer-rechner", "program": "RoadmapDesk", "since": "2026-01-02T03:04:05.000Z"}
    (closed / lock.LOCK_NAME).write_text(json.dumps(holder))

    with pytest.raises(ProjectLocked) as caught:
        engine.open(closed)
    assert "anderer-rechner" in caught.value.sentence
    taken = datetime.fromisoformat("2026-01-02T03:04:05+00:00").astimezone()
    assert f"seit {taken:%d.%m.%Y %H:%M}" in caught.value.sentence
    engine.open(closed, break_lock=True).close()


def test_an_unreadable_lock_file_is_stale(closed, engine):
    (closed / lock.LOCK_NAME).write_bytes(b"\xff\xfe")

    engine.open(closed).close()
    assert not (closed / lock.LOCK_NAME).exists()


def test_a_read_only_project_can_be_read_and_not_written(closed, engine):
    with engine.open(closed, read_only=True) as project:
        interview = project.interviews.list()[0].id
        assert project.drafts.load(interview).answers == {"/data/a": "1"}
        with pytest.raises(ProjectReadOnly):
            project.drafts.save_answer(interview, "/data/a", "a", "1", "2", position="")


def test_a_crashed_session_is_told_once_with_its_drafts(project, interview, engine):
    answer(project, interview, "/data/a", "1")
    change = Change("/data/b", None, "2")
    project.drafts.save_changes(interview, [change], position="/data/b", progress=(2, 5))
    copy = project.folder.with_name("Absturz.roadmapdesk")
    shutil.copytree(project.folder, copy)
    (copy / lock.LOCK_NAME).unlink()

    with engine.open(copy) as again:
        found = again.recovery
        assert found is not None
        assert [(draft.code, draft.answers, draft.position) for draft in found.drafts] == [("A01", 2, "/data/b")]
        assert (found.drafts[0].form_title, found.drafts[0].form_version) == ("Standort", "1")
        assert not found.had_journal
    with engine.open(copy) as later:
        assert later.recovery is None


def test_a_properly_closed_project_has_nothing_to_recover(closed, engine):
    with engine.open(closed) as project:
        assert project.recovery is None


def test_the_migrations_lead_to_the_tables(tmp_path, engine):
    from roadmapdesk.storage.engine import connect
    from roadmapdesk.storage.migrations.runner import run

    driver = schema.driver_for(None)
    with_tables, with_steps = tmp_path / "tables.sqlite", tmp_path / "steps.sqlite"
    schema.create_file(with_tables, None, file_format.PROJECT_APPLICATION_ID)
    run(lambda: connect(with_steps, None, mode="rwc", pragmas=()), driver)

    def described(path):
        connection = raw(path)
        rows = connection.execute("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
        version = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        connection.close()
        texts = {
            (kind, name, "".join(sql.split()).replace("VARCHAR(32)", "TEXT"))
            for kind, name, sql in rows
            if name != "alembic_version"
        }
        return texts, version

    assert described(with_tables) == described(with_steps)


def test_a_file_is_never_turned_back_to_an_earlier_schema(tmp_path):
    from roadmapdesk.storage.engine import connect
    from roadmapdesk.storage.migrations.runner import run

    file, driver = tmp_path / "steps.sqlite", schema.driver_for(None)
    run(lambda: connect(file, None, mode="rwc", pragmas=()), driver)
    before = file.read_bytes()

    with pytest.raises(ValueError, match="0003 is not turned back to 0002"):
        run(lambda: connect(file, None, mode="rwc", pragmas=()), driver, target="0002")

    assert file.read_bytes() == before


STEP = '''
"""A later schema."""
import sqlalchemy as sa
from alembic import op
revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table("form") as batch:
        batch.add_column(sa.Column("colour", sa.Text, nullable=False, server_default="blue"))
    {rest}
'''


@pytest.fixture
def later_schema(tmp_path, monkeypatch):
    """Pretends that the program knows one more version."""
    from roadmapdesk.storage.migrations import runner

    folder = tmp_path / "migrations"
    shutil.copytree(runner.FOLDER, folder, ignore=shutil.ignore_patterns("__pycache__"))

    def add(rest: str) -> None:
        (folder / "versions" / "0004_later.py").write_text(STEP.format(rest=rest))
        monkeypatch.setattr(file_format, "SCHEMA_VERSION", "0004")
        original = runner.run
        monkeypatch.setattr(runner, "run", lambda connect, driver: original(connect, driver, folder=folder))

    return add


def test_an_older_file_is_backed_up_and_converted_with_all_its_rows(closed, engine, later_schema):
    later_schema("pass")

    with engine.open(closed) as project:
        assert [backup.reason for backup in project.backups.list()] == ["migration"]
        interview = project.interviews.list()[0].id
        assert project.drafts.load(interview).answers == {"/data/a": "1"}
        assert project.forms.get(project.forms.list()[0].sha).xml == FORM
        with project.context.store.read() as connection:
            assert connection.exec_driver_sql("SELECT colour FROM form").fetchone()[0] == "blue"
            assert connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall() == []
        assert project.check().is_sound


@pytest.mark.parametrize("rest", ["op.execute('CREATE TABLE broken (')", "op.execute('DELETE FROM form')"])
def test_a_failing_conversion_leaves_the_file_as_it_was(closed, engine, later_schema, rest, monkeypatch):
    before = content_of(closed)["project.sqlite"]
    later_schema(rest)

    with pytest.raises(MigrationFailed) as caught:
        engine.open(closed)

    assert (closed / "project.sqlite").read_bytes() == before
    assert caught.value.parameters["backup"].exists()
    monkeypatch.undo()
    assert not (closed / lock.LOCK_NAME).exists()


def test_opening_loads_no_migrations():
    script = (
        "import sys, tempfile, pathlib\n"
        "from roadmapdesk.storage import create_project\n"
        "create_project(pathlib.Path(tempfile.mkdtemp()) / 'x', title='t', language='de').close()\n"
        "print([name for name in ('alembic', 'sqlcipher3', 'argon2', 'cryptography') if name in sys.modules])\n"
    )
    shown = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "[]"


def test_a_damaged_media_file_is_refused(closed, engine):
    (closed / "media.sqlite").write_bytes(b"")
    with pytest.raises((Damaged, KeyRefused)):
        engine.open(closed)


def test_missing_attachments_file_is_named(closed, engine):
    (closed / "media.sqlite").unlink()
    with pytest.raises(ProjectNotFound):
        engine.open(closed)
