"""A project that does not open says why, what is safe, and every way on that there is."""

import contextlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton

from roadmapdesk import i18n
from roadmapdesk.desktop.projects.dialogs import PassphraseDialog
from roadmapdesk.desktop.safety.trouble import LockedDialog, RescueDialog
from roadmapdesk.desktop.settings import RecentProject
from roadmapdesk.desktop.start.page import StartPage
from roadmapdesk.desktop.widgets.labels import Text
from roadmapdesk.desktop.widgets.notices import MessageBar
from roadmapdesk.storage import file_format, keys, open_project
from roadmapdesk.storage.engine import connect

from .conftest import PASSPHRASE, encrypt, type_word

HOLDER = """
import sys, pathlib
from roadmapdesk.storage import open_project
project = open_project(pathlib.Path(sys.argv[1]))
print("open", flush=True)
sys.stdin.read()
project.close()
"""


def words(dialog) -> str:
    return " ".join(text.text() for text in dialog.findChildren(Text))


def test_another_process_is_named_with_host_and_number(program, prompts, settle, folder):
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, folder], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout.readline().strip() == "open"
        program.door.open(folder, window=program.window)
        settle()
        dialog = prompts.dialogs[-1]
        assert isinstance(dialog, LockedDialog)
        assert str(other.pid) in words(dialog)
        assert os.uname().nodename in words(dialog)
        dialog.confirm.click()
        settle()
        assert program.window.project.is_read_only
        assert program.window.banner.isVisible()
        program.window.close_project()
        settle()
        other.stdin.close()
        other.wait(20)


def test_a_lock_is_taken_over_after_a_second_question_only(program, prompts, settle, folder):
    lock = {"pid": 4711, "host": "laptop-2", "program": "RoadmapDesk", "since": "2026-03-12T14:03:22.120Z"}
    (folder / "project.lock").write_text(json.dumps(lock))
    program.door.open(folder, window=program.window)
    settle()
    prompts.says_yes = False
    prompts.dialogs[-1].findChild(QPushButton, "take_over").click()
    settle()
    assert program.window.project is None
    prompts.says_yes = True
    prompts.dialogs[-1].findChild(QPushButton, "take_over").click()
    settle()

    assert [title for title, _text in prompts.told] == ["Ist das andere Programm wirklich geschlossen?"] * 2
    assert not program.window.project.is_read_only


@pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="mounting needs root on Linux")
def test_a_write_protected_medium_opens_for_reading_with_a_banner(program, prompts, settle, folder, tmp_path):
    place = tmp_path / "stick"
    place.mkdir()
    if subprocess.run(["mount", "--bind", folder.parent, place], capture_output=True, check=False).returncode:
        pytest.skip("this machine lets nobody mount a file system")
    try:
        subprocess.run(["mount", "-o", "remount,bind,ro", place], check=True)
        program.door.open(place / folder.name, window=program.window)
        settle()
        assert prompts.told[0][0] == "Das Projekt nur zum Lesen öffnen?"
        assert "schreibgeschützt" in prompts.told[0][1]
        assert program.window.project.is_read_only
        assert program.window.banner.accessibleName().startswith("Nur zum Lesen")
        program.window.close_project()
        settle()
    finally:
        subprocess.run(["umount", "-l", place], check=True)


def test_a_read_only_project_takes_no_answers(program, prompts, settle, folder, open_folder):
    from roadmapdesk.workspace.interviewing import start_interview

    with open_project(folder) as other:
        chosen = start_interview(other)
        program.door.open(folder, window=program.window)
        settle()
        prompts.dialogs[-1].confirm.click()
        settle()
        program.window.workbench.go_to("interview", chosen)
        settle()
        page = program.window.workbench.page
        assert not page.interview.is_open
        assert page.failure.isHidden()
        type_word(page, "nein")
        settle()
        assert other.drafts.load(chosen).answers.get("/data/one/word") is None
        program.window.close_project()
        settle()


def spoil(folder: Path, code: str) -> None:
    """Brings the closed project into the state that the message speaks of."""
    path = folder / "project.sqlite"
    if code == "storage.empty_file":
        path.write_bytes(b"")
    elif code == "storage.damaged":
        good = path.read_bytes()
        path.write_bytes(good[:4096] + os.urandom(len(good) - 4096))
    elif code == "storage.foreign":
        path.write_bytes(b"Kein Projekt, sondern ein Brief. " * 200)
    elif code == "storage.too_new":
        with contextlib.closing(connect(path, None)) as connection:
            connection.execute("UPDATE alembic_version SET version_num = '0042'")
    elif code == "storage.migration_failed":
        with contextlib.closing(connect(path, None)) as connection:
            for name in ("audit_keeps_rows", "audit_keeps_history", "revision_keeps_rows", "tombstone_keeps_rows"):
                connection.execute(f"DROP TRIGGER {name}")
            connection.execute("UPDATE alembic_version SET version_num = '0001'")
    elif code == "storage.missing":
        path.unlink()


OPENING = {
    "storage.empty_file": ("leer oder", "empty or"),
    "storage.damaged": ("beschädigt", "damaged"),
    "storage.foreign": ("Anfang der Datei ist beschädigt", "beginning of its file is damaged"),
    "storage.too_new": ("neueren Version", "newer version"),
    "storage.migration_failed": ("umstellen", "converted"),
    "storage.missing": ("kein Projekt", "no project"),
}


@pytest.mark.parametrize("code", OPENING)
def test_every_refusal_has_its_own_words_in_both_languages(program, prompts, settle, folder, code):
    spoil(folder, code)
    before = {path.name: path.read_bytes() for path in folder.glob("*.sqlite")}
    said = []
    for language in ("de", "en"):
        i18n.set_language(language)
        prompts.says_yes = False
        program.door.open(folder, window=program.window)
        settle()
        dialogs = [dialog for dialog in prompts.dialogs if isinstance(dialog, RescueDialog)]
        said.append(words(dialogs[-1]) if dialogs else prompts.told[-1][1])
        assert program.window.project is None
    assert OPENING[code][0] in said[0]
    assert OPENING[code][1] in said[1]
    assert {path.name: path.read_bytes() for path in folder.glob("*.sqlite")} == before
    for dialog in prompts.dialogs:
        dialog.close()


def test_a_failing_conversion_names_its_backup_and_can_still_be_read(program, prompts, settle, folder):
    spoil(folder, "storage.migration_failed")
    program.door.open(folder, window=program.window)
    settle()

    (backup,) = (folder / "backups").glob("*-migration-*.sqlite")
    assert str(backup) in prompts.told[0][1]
    assert program.window.project.is_read_only
    assert file_format.SCHEMA_VERSION != "0001"


def test_a_damaged_project_is_restored_from_its_verified_backup(program, prompts, settle, folder, tmp_path):
    with open_project(folder) as project:
        good = project.backup("manual")
        project.backup("timer")
    newest = max((folder / "backups").glob("*-timer-*.sqlite"))
    newest.write_bytes(newest.read_bytes()[:8192])
    spoil(folder, "storage.damaged")
    program.door.open(folder, window=program.window)
    settle()
    dialog = prompts.dialogs[-1]
    assert isinstance(dialog, RescueDialog)
    assert [line.state.name for line in dialog.table.lines] == ["DAMAGED", "VERIFIED"]
    assert not dialog.confirm.isEnabled()
    dialog.table.view.select_row(lambda line: line.backup.path == good.path)
    prompts.path = tmp_path / "Neu.roadmapdesk"
    dialog.confirm.click()
    settle()

    assert program.window.project.folder == prompts.path
    assert program.window.project.check().is_sound


def test_salvaging_what_is_no_database_says_so_and_leaves_nothing(program, prompts, settle, folder, tmp_path):
    spoil(folder, "storage.foreign")
    program.door.open(folder, window=program.window)
    settle()
    prompts.path = tmp_path / "Neu.roadmapdesk"
    prompts.dialogs[-1].findChild(QPushButton, "salvage").click()
    settle()

    assert prompts.told[-1][0] == "Das hat nicht geklappt"
    assert not prompts.path.exists()
    prompts.dialogs[-1].close()


def test_a_wrong_passphrase_is_said_and_the_right_one_or_the_recovery_key_opens(
    program, prompts, project, settle, monkeypatch
):
    encrypt(program, prompts, settle, PASSPHRASE)
    folder, recovery = project.folder, project.recovery_key
    program.window.close_project()
    settle()
    program.door.open(folder, window=program.window)
    settle()
    for typed in ("ganz falsch und lang", PASSPHRASE + "?"):
        dialog = prompts.dialogs[-1]
        assert isinstance(dialog, PassphraseDialog)
        dialog._entry.setText(typed)
        dialog.confirm.click()
        settle()
        assert "falsch" in prompts.dialogs[-1]._row.error
    dialog = prompts.dialogs[-1]
    dialog._is_recovery.setChecked(True)
    dialog._entry.setText("ABCD-EFGH")
    dialog.confirm.click()
    settle()
    assert "14 Gruppen" in prompts.dialogs[-1]._row.error
    dialog = prompts.dialogs[-1]
    dialog._is_recovery.setChecked(True)
    dialog._entry.setText(recovery.lower())
    dialog.confirm.click()
    settle()

    assert program.window.project.is_encrypted
    assert keys.to_recovery_key(program.window.project.file_key.key) == recovery


def test_without_sqlcipher_nothing_is_stored_unencrypted(program, prompts, settle, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "sqlcipher3", None)
    program.window.menu.actions["new_project"].trigger()
    dialog = prompts.dialogs[-1]
    dialog._title.setText("Geheim")
    dialog._folder.setText(str(tmp_path))
    dialog._fields.first.setText(PASSPHRASE)
    dialog._fields._second.setText(PASSPHRASE)
    dialog.confirm.click()
    settle()

    assert "SQLCipher" in dialog._folder_row.error
    assert program.window.project is None
    assert not (tmp_path / "Geheim.roadmapdesk").exists()


KILLED = (
    "import os, sys, pathlib\n"
    "from roadmapdesk.domain.question_roles import Role\n"
    "from roadmapdesk.storage import open_project\n"
    "from roadmapdesk.storage.values import Change\n"
    "from roadmapdesk.workspace.interviewing import start_interview\n"
    "project = open_project(pathlib.Path(sys.argv[1]))\n"
    "chosen = start_interview(project, known={Role.INTERVIEW_CODE: 'vorab'})\n"
    "project.drafts.save_answer(chosen, '/data/one/sure', 'sure', None, 'yes', position='/data/one/more')\n"
    "more = '/data/one/more'\n"
    "project.drafts.save_changes(chosen, [Change(more, None, 'y')], position=more, progress=(2, 3))\n"
    "print(chosen)\n"
    "sys.stdout.flush()\n"
    "os._exit(9)\n"
)


@pytest.fixture
def killed(folder) -> str:
    """The id of an interview with two answers, in which the program was killed."""
    ended = subprocess.run([sys.executable, "-c", KILLED, folder], check=False, capture_output=True, text=True)
    assert ended.returncode == 9
    return ended.stdout.strip()


def test_after_a_crash_answers_form_and_place_are_told_once(program, prompts, settle, folder, killed):
    program.door.open(folder, window=program.window)
    settle()
    bar, window = program.window.recovery, program.window

    assert prompts.told == []
    assert bar.accessibleName() == "Die letzte Sitzung wurde nicht ordentlich beendet"
    assert "vorab: 2 Antworten" in bar.accessibleDescription()
    assert "Fassung" in bar.accessibleDescription()
    window.menu.actions["switch_language"].trigger()
    assert "vorab: 2 answers" in bar.accessibleDescription()
    window.menu.actions["switch_language"].trigger()
    bar.action_requested.emit()
    settle()

    page = window.workbench.page
    assert page.item_id == killed
    assert page.interview.position == "/data/one/more"
    assert bar.isHidden()
    assert page.message.accessibleName() == "Fortgesetzt, wo das Programm unterbrochen wurde."
    assert page.message.accessibleDescription() == ""
    window.workbench.go_to("interviews")
    settle()
    assert bar.isHidden()


def test_the_start_page_tells_a_crash_in_full_and_nobody_repeats_it(program, prompts, settle, folder, killed):
    program.desk.settings.remember_project(RecentProject(path=str(folder), name="Studie", open_interview=killed))
    start = program.window.findChild(StartPage)
    start.refresh()
    settle()
    bar = next(bar for bar in start.findChildren(MessageBar) if bar.isVisible())

    assert bar.accessibleName() == "Ein Interview wurde unterbrochen."
    assert "2 Antworten" in bar.accessibleDescription()
    bar.action_requested.emit()
    settle()

    assert program.window.workbench.page.item_id == killed
    assert program.window.recovery.isHidden()
    assert prompts.told == []
