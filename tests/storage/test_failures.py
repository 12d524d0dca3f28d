"""Each failure of the environment is its own message, in both languages; nothing confirmed is lost; a retry works."""

import contextlib
import os
import resource
import shutil
import sqlite3
import string
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from roadmapdesk import i18n
from roadmapdesk.errors import Message
from roadmapdesk.storage import engine as engine_module
from roadmapdesk.storage import errors
from roadmapdesk.storage.checks import MESSAGES
from roadmapdesk.storage.engine import connect
from roadmapdesk.storage.errors import (
    Damaged,
    DatabaseBusy,
    DiskFull,
    NotSaved,
    ProjectMoved,
    ProjectNotFound,
    ProjectReadOnly,
    ReadFailed,
    StorageError,
    WriteFailed,
)
from roadmapdesk.storage.failures import Probe, classify, file_identity

from .conftest import answer

TEXT = "Planted answer text 4711"


def spoil(path: Path, offset: int, data: bytes) -> None:
    with path.open("rb+") as stream:
        stream.seek(offset)
        stream.write(data)


def save_until_refused(project, interview: str, saved: list[str]) -> None:
    """Saves long answers and notes each confirmed one in `saved`."""
    for number in range(200):
        answer(project, interview, f"/data/long{number}", "x" * 3000)
        saved.append(f"/data/long{number}")


@pytest.fixture
def filled(project, interview):
    for number in range(60):
        answer(project, interview, f"/data/q{number}", f"{TEXT} {number} " + "x" * 400)
    return project


def refused(project, interview, error, code):
    """Saving fails with this message, which holds no answer text."""
    with pytest.raises(error) as caught:
        project.drafts.save_answer(interview, "/data/new", "new", None, TEXT, position="")
    assert caught.value.code == code
    assert TEXT not in str(caught.value) + repr(caught.value.__cause__) + caught.value.sentence
    return caught.value


@pytest.mark.skipif(
    sys.platform != "linux" or os.geteuid() != 0, reason="mounting a small file system needs root on Linux"
)
def test_a_full_disk_is_told_and_saving_goes_on_after_space_is_freed(engine, tmp_path):
    mount = tmp_path / "klein"
    mount.mkdir()
    if subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1500k", "tmpfs", mount], capture_output=True, check=False
    ).returncode:
        pytest.skip("this machine lets nobody mount a file system")
    try:
        with engine.create(mount / "P") as project:
            interview = project.interviews.create(project.forms.add(b"<x/>", form_id="f", version="1", title="F"))
            ballast = mount / "ballast"
            free = shutil.disk_usage(mount).free
            ballast.write_bytes(b"x" * (free - 60_000))
            saved = []
            with pytest.raises(DiskFull) as caught:
                save_until_refused(project, interview, saved)
            assert caught.value.code == "storage.disk_full"
            assert sorted(project.drafts.load(interview).answers) == sorted(saved)
            ballast.unlink()
            answer(project, interview, "/data/late", "geht wieder")
            assert len(project.drafts.load(interview).answers) == len(saved) + 1
            assert project.check().is_sound
    finally:
        subprocess.run(["umount", "-l", mount], check=True)


def test_a_limit_on_file_size_is_a_quota(filled, interview):
    size = (filled.folder / "project.sqlite").stat().st_size
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        with pytest.raises(DiskFull) as caught:
            save_until_refused(filled, interview, [])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)

    assert caught.value.code == "storage.quota"
    answer(filled, interview, "/data/late", "geht wieder")
    assert filled.check().is_sound


@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not let an open file be moved")
@pytest.mark.parametrize("what", ["renamed", "deleted", "replaced", "folder"])
def test_a_file_that_was_moved_while_open_is_noticed(filled, interview, what, tmp_path):
    path = filled.folder / "project.sqlite"
    answers = filled.drafts.load(interview).answers
    if what == "renamed":
        path.rename(tmp_path / "elsewhere.sqlite")
    elif what == "deleted":
        path.unlink()
    elif what == "replaced":
        shutil.copy(path, tmp_path / "copy")
        (tmp_path / "copy").replace(path)
    else:
        filled.folder.rename(tmp_path / "Umgezogen.roadmapdesk")

    refused(filled, interview, ProjectMoved, "storage.moved")

    if what == "replaced":
        assert filled.drafts.load(interview).answers == answers


@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not let an open file be moved")
def test_no_answer_goes_into_another_file_that_was_laid_at_the_old_place(filled, interview, tmp_path):
    path, elsewhere, copy = filled.folder / "project.sqlite", tmp_path / "elsewhere", tmp_path / "copy"
    shutil.copy(path, copy)
    path.rename(elsewhere)
    refused(filled, interview, ProjectMoved, "storage.moved")
    copy.replace(path)
    before = path.read_bytes()

    for _attempt in range(2):
        refused(filled, interview, ProjectMoved, "storage.moved")
    assert path.read_bytes() == before

    elsewhere.replace(path)
    answer(filled, interview, "/data/late", "geht wieder")
    assert filled.check().is_sound


@pytest.mark.skipif(not hasattr(os, "O_PATH"), reason="only here a file can be held without being opened")
def test_another_file_never_gets_the_number_of_the_deleted_one(engine, tmp_path_factory):
    """On a disk: file systems in memory never use a number again."""
    place = tmp_path_factory.mktemp("disk")
    with engine.create(place / "P") as project:
        form = project.forms.add(b"<x/>", form_id="f", version="1", title="F")
        interview = project.interviews.create(form)
        path, copy = project.folder / "project.sqlite", place / "copy"
        shutil.copy(path, copy)
        first = path.stat().st_ino
        project.context.store._pool.drop()  # as after a failed save: no connection keeps the file
        path.unlink()
        shutil.copy(copy, path)

        assert path.stat().st_ino != first
        refused(project, interview, ProjectMoved, "storage.moved")
        assert path.read_bytes() == copy.read_bytes()


def test_a_closed_store_holds_no_file(filled):
    path = filled.folder / "project.sqlite"
    held = Path("/proc/self/fd")
    filled.close()

    if held.is_dir():
        assert not [one for one in held.iterdir() if os.path.realpath(one) == str(path)]


def test_a_file_cut_to_nothing_is_noticed(filled, interview):
    path = filled.folder / "project.sqlite"
    os.truncate(path, 0)

    with pytest.raises(Damaged) as caught:
        filled.drafts.save_answer(interview, "/data/new", "new", None, TEXT, position="")
    assert caught.value.code == "storage.empty_file"


def test_a_damaged_page_is_told_and_named_as_damage(filled, interview):
    path = filled.folder / "project.sqlite"
    filled.context.store.close()
    spoil(path, 4096, os.urandom(path.stat().st_size - 4096))

    with pytest.raises(Damaged) as caught:
        filled.drafts.load(interview)
    assert caught.value.code == "storage.damaged"
    assert not filled.check().is_sound


def spoil_table(store, table: str) -> None:
    """Overwrites the first page of a table behind the program's back."""
    with store.read() as connection:
        query = "SELECT rootpage FROM sqlite_master WHERE name = ?"
        root = connection.exec_driver_sql(query, (table,)).fetchone()[0]
    spoil(store.path, (root - 1) * 4096, b"\xa5" * 4096)


def test_damage_that_is_found_beside_the_work_ends_all_writing(filled, interview):
    filled.verify()
    answer(filled, interview, "/data/a", "1")
    spoil_table(filled.context.store, "note")
    answer(filled, interview, "/data/b", "2")

    with pytest.raises(Damaged) as caught:
        filled.verify()

    assert caught.value.code == "storage.damaged"
    assert filled.is_damaged
    assert filled.is_read_only
    refused(filled, interview, Damaged, "storage.damaged")
    assert filled.drafts.load(interview).answers.items() >= {("/data/a", "1"), ("/data/b", "2")}


def test_damage_of_the_attachments_leaves_the_answers_writable(filled, interview):
    spoil_table(filled.context.media, "attachment")

    with pytest.raises(Damaged) as caught:
        filled.verify()

    assert caught.value.code == "storage.media_damaged"
    assert filled.is_damaged
    assert not filled.is_read_only
    answer(filled, interview, "/data/a", "1")
    with pytest.raises(Damaged):
        filled.attachments.add(interview, "/data/p", b"x", name="x", mime="image/png")


def test_a_damaged_project_is_not_written_to_by_opening_it(filled, interview, engine):
    folder, path = filled.folder, filled.folder / "project.sqlite"
    filled.backup()
    filled.close()
    with engine.open(folder, read_only=True) as reading:
        spoil_table(reading.context.store, "note")
    before = path.read_bytes()

    with engine.open(folder) as opened:
        assert opened.is_damaged
        assert opened.is_read_only
        assert opened.drafts.load(interview).answers["/data/q1"].startswith(TEXT)
        refused(opened, interview, Damaged, "storage.damaged")

    assert path.read_bytes() == before


def test_damaged_attachments_leave_a_project_writable_that_is_opened(filled, interview, engine):
    folder, path = filled.folder, filled.folder / "media.sqlite"
    filled.close()
    with engine.open(folder, read_only=True) as reading:
        spoil_table(reading.context.media, "attachment")
    before = path.read_bytes()

    with engine.open(folder) as opened:
        assert (opened.is_damaged, opened.is_read_only) == (True, False)
        answer(opened, interview, "/data/a", "1")
        assert opened.drafts.load(interview).answers["/data/a"] == "1"

    assert path.read_bytes() == before


def test_a_check_tells_how_far_it_is(filled):
    told = []
    filled.verify(progress=lambda done, total: told.append((done, total)))
    firsts = [total for done, total in told if done == 0]
    lasts = [total for done, total in told if done == total]
    assert len(firsts) == 2, "one file after the other"
    assert firsts == lasts
    assert len(told) == sum(firsts) + 2


def test_a_check_beside_the_work_stops_when_it_is_told(filled):
    spoil_table(filled.context.store, "note")
    filled.verify(is_stopped=lambda: True)
    assert not filled.is_damaged


def test_another_program_that_holds_the_file_is_told(project, interview, monkeypatch):
    monkeypatch.setattr(engine_module, "BUSY_TIMEOUT_S", 0.2)
    project.context.store.close()
    with contextlib.closing(connect(project.context.store.path, project.file_key)) as other:
        other.execute("BEGIN EXCLUSIVE")
        refused(project, interview, DatabaseBusy, "storage.busy")
        other.execute("ROLLBACK")

    answer(project, interview, "/data/new", "jetzt")
    assert project.drafts.load(interview).answers == {"/data/new": "jetzt"}


def run_as_nobody(script: str, *arguments: object) -> str:
    """Runs a script that gives up root's rights, which ignore write protection, after its imports."""
    shown = subprocess.run(
        [sys.executable, "-c", script, *map(str, arguments)], capture_output=True, text=True, check=False
    )
    assert shown.returncode == 0, shown.stderr
    return shown.stdout.strip()


PROTECTED = """
import os, sys
import argon2.low_level, fcntl, sqlcipher3.dbapi2, sqlite3
from roadmapdesk.errors import RoadmapDeskError
from roadmapdesk.storage import keys, open_project
if os.geteuid() == 0:
    os.setresgid(65534, 65534, 65534)
    os.setresuid(65534, 65534, 65534)
keys.COST = keys.Cost(1, 64, 1)
folder, passphrase, interview = sys.argv[1:4]
from pathlib import Path
def tell(work):
    try:
        print(work() or "fine")
    except RoadmapDeskError as error:
        print(error.code)
options = {"passphrase": passphrase or None, "device": "d"}
tell(lambda: open_project(Path(folder), **options).close())
def read():
    with open_project(Path(folder), read_only=True, **options) as project:
        return len(project.drafts.load(interview).answers)
tell(read)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX permissions")
@pytest.mark.parametrize(
    ("folder_mode", "file_mode", "expected"),
    [
        (0o555, 0o444, ["storage.read_only", "60"]),
        (0o000, 0o644, ["storage.cannot_open", "storage.cannot_open"]),
        (0o777, 0o000, ["storage.cannot_open", "storage.cannot_open"]),
    ],
)
def test_protection_is_told_apart_from_absence(filled, interview, engine, folder_mode, file_mode, expected):
    filled.close()
    folder = filled.folder
    for parent in (*folder.parents,):
        if parent.stat().st_uid == os.geteuid() and parent != Path("/"):
            parent.chmod(parent.stat().st_mode | 0o755)
    for file in folder.iterdir():
        file.chmod(file_mode)
    folder.chmod(folder_mode)
    try:
        shown = run_as_nobody(PROTECTED, folder, engine.passphrase or "", interview)
    finally:
        folder.chmod(0o755)
    assert shown.splitlines() == expected


class DriverError(sqlite3.DatabaseError):
    """An error as the driver gives it, with a code that cannot be provoked on demand."""

    def __init__(self, code: int) -> None:
        super().__init__("text that nobody may read")
        self.sqlite_errorcode = code


@pytest.mark.parametrize(
    ("code", "writing", "error", "message"),
    [
        (13, True, DiskFull, "storage.disk_full"),
        (778, True, WriteFailed, "storage.write_failed"),
        (1034, True, WriteFailed, "storage.write_failed"),
        (266, False, ReadFailed, "storage.read_failed"),
        (11, False, ReadFailed, "storage.read_failed"),
        (5, True, DatabaseBusy, "storage.busy"),
        (517, True, DatabaseBusy, "storage.busy"),
        (8, True, ProjectReadOnly, "storage.read_only"),
        (1544, True, ProjectReadOnly, "storage.read_only"),
        (14, False, ProjectNotFound, "storage.cannot_open"),
        (2067, True, errors.Rejected, "storage.rejected"),
        (7, True, WriteFailed, "storage.write_failed"),
    ],
)
def test_codes_that_hardware_gives_become_messages(project, code, writing, error, message):
    path = project.context.store.path
    probe = Probe(path, "Standort", file_identity(path), project.file_key)

    found = classify(DriverError(code), probe, writing=writing)

    assert isinstance(found, error)
    assert found.code == message


def test_an_answer_whose_saving_was_doubtful_can_be_saved_again(project, interview, monkeypatch):
    """After an error in fsync the row may be stored or not; the same sequence number makes both safe."""
    store = project.context.store
    real = store._connect

    class Doubtful:
        """A connection whose commit is told to have failed although it did not."""

        def __init__(self):
            self._real = real()

        def __getattr__(self, name):
            return getattr(self._real, name)

        def execute(self, statement, *parameters):
            done = self._real.execute(statement, *parameters)
            if statement == "COMMIT":
                raise store.driver.OperationalError("disk I/O error")
            return done

    monkeypatch.setattr(store, "_connect", Doubtful)
    with pytest.raises(NotSaved):
        project.drafts.save_answer(interview, "/data/a", "a", None, "1", position="", sequence=1)
    monkeypatch.undo()

    project.drafts.save_answer(interview, "/data/a", "a", None, "1", position="", sequence=1)
    assert [row.new for row in project.audit.list(interview, ref="/data/a")] == ["1"]
    assert project.check().is_sound


def test_two_threads_write_one_after_the_other(project, form):
    ids = [project.interviews.create(form) for _ in range(2)]
    failures: list[Exception] = []

    def work(interview):
        try:
            for number in range(30):
                answer(project, interview, f"/data/q{number}", str(number))
        except StorageError as error:
            failures.append(error)

    threads = [threading.Thread(target=work, args=(interview,)) for interview in ids]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failures == []
    assert [len(project.drafts.load(interview).answers) for interview in ids] == [30, 30]
    assert project.check().is_sound


ALL_MESSAGES = [
    *[value for value in vars(errors).values() if isinstance(value, Message)],
    *MESSAGES.values(),
]


@pytest.mark.parametrize("message", ALL_MESSAGES, ids=lambda message: message.code)
def test_every_message_is_a_sentence_in_both_languages(message):
    names = {name for _, name, _, _ in string.Formatter().parse(message.template) if name}
    filled = dict.fromkeys(names, "X")
    english = i18n.Language("en").gettext(message.template).format(**filled)
    german = i18n.Language("de").gettext(message.template).format(**filled)

    assert english.endswith((".", "?"))
    assert "{" not in english + german
    if (i18n.locale_folder() / "de" / "LC_MESSAGES" / "roadmapdesk.mo").exists():
        assert german.endswith((".", "?"))


def test_codes_are_unique():
    codes = [message.code for message in ALL_MESSAGES]
    assert len(codes) == len(set(codes))
