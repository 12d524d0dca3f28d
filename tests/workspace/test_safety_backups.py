"""The second place of backups: thinned like the first, complete with attachments, and clean after an erasure."""

import contextlib
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from roadmapdesk.cli.main import run
from roadmapdesk.domain.question_roles import Role
from roadmapdesk.storage import Project, create_project, open_project
from roadmapdesk.storage.errors import Damaged
from roadmapdesk.storage.restoring import restore_backup
from roadmapdesk.storage.thinning import file_name, list_backups_in
from roadmapdesk.workspace.backups import back_up, back_up_if_due, refresh_second_place
from roadmapdesk.workspace.forms import add_form, shipped_form
from roadmapdesk.workspace.interviewing import open_interview, start_interview
from roadmapdesk.workspace.recent import resumable
from roadmapdesk.workspace.safety import BackupState, change_passphrase, look_into
from roadmapdesk.workspace.salvaging import salvage_project


@pytest.fixture
def project(tmp_path: Path):
    with create_project(tmp_path / "Studie", title="Studie", language="de") as opened:
        yield opened


@pytest.fixture
def interview(project: Project) -> str:
    form = project.forms.add(b"<x/>", form_id="f", version="7", title="Bogen")
    chosen = project.interviews.create(form)
    project.drafts.save_answer(chosen, "/data/word", "word", None, "planted", position="/data/word")
    return chosen


def test_a_copy_in_the_second_place_restores_with_its_attachments(project, interview, tmp_path):
    sha = project.attachments.add(interview, "/data/photo", b"\x89PNG planted", name="bild.png", mime="image/png").sha
    place = tmp_path / "zweiter"
    back_up(project, str(place))
    (copy,) = list_backups_in(place / "Studie")
    folder = restore_backup(copy.path, tmp_path / "Neu")

    with open_project(folder) as restored:
        assert restored.attachments.get(sha) == b"\x89PNG planted"
        assert restored.drafts.load(interview).answers == {"/data/word": "planted"}


def test_the_second_place_is_thinned_as_well(project, interview, tmp_path):
    place = tmp_path / "zweiter" / "Studie"
    place.mkdir(parents=True)
    old = datetime(2026, 3, 12, 12, tzinfo=UTC)
    for day in range(4):
        for minute in range(30):
            (place / file_name(old + timedelta(days=day, minutes=minute), "timer", 0)).write_bytes(b"x")
    back_up(project, str(tmp_path / "zweiter"))

    # The last one made, all of the two days before it, and one of each of the others.
    assert len(list_backups_in(place)) == 1 + 2 * 30 + 2


def test_a_second_place_that_cannot_be_written_does_not_spoil_the_backup(project, interview, tmp_path):
    (tmp_path / "datei").write_bytes(b"")
    result = back_up(project, str(tmp_path / "datei" / "ordner"))

    assert result.failed_place
    assert look_into(project.backups.list()[0].path, None) is BackupState.VERIFIED
    assert not refresh_second_place(project, tmp_path / "weg")


def test_a_backup_is_due_only_while_something_changes(project, interview):
    project.backups._last -= 3600
    assert back_up_if_due(project) is not None
    project.backups._last -= 3600
    assert back_up_if_due(project) is None
    project.drafts.save_answer(interview, "/data/word", "word", "planted", "neu", position="/data/word")
    assert back_up_if_due(project) is not None


def test_a_change_during_a_backup_makes_the_next_one_due(project, interview, monkeypatch):
    original = type(project.backups)._verify

    def and_save(backups, part, reason):
        original(backups, part, reason)
        project.drafts.save_answer(interview, "/data/word", "word", "planted", "neu", position="/data/word")

    monkeypatch.setattr(type(project.backups), "_verify", and_save)
    project.backup("timer")
    project.backups._last -= 3600

    assert back_up_if_due(project) is not None


def test_a_damaged_backup_is_seen(project, interview):
    path = project.backup("manual").path
    content = bytearray(path.read_bytes())
    place = content.index(b"planted")
    content[place] ^= 1
    path.write_bytes(content)

    assert look_into(path, None) is BackupState.DAMAGED


def test_an_interrupted_interview_tells_answers_and_form_version(project, tmp_path):
    path = tmp_path / "form.md"
    path.write_text("|survey|\n||type|name|label|\n||text|word|A1  A word|\n", encoding="utf-8")
    form = add_form(project, path)
    chosen = start_interview(project)
    desk, first = open_interview(project, chosen)
    first.write(project)
    desk.position = "/data/word"
    desk.answer("/data/word", "x").save.write(project)
    assert resumable(project.folder, chosen) is None  # a living program holds it
    project.close()
    found = resumable(project.folder, chosen)

    assert found is not None
    assert (found.question, found.answers, found.form) == ("A1", 1, (form.title, form.version))
    assert not found.was_cut_off


def test_an_interruption_counts_answers_like_the_list_of_interviews(tmp_path):
    with create_project(tmp_path / "P", title="P", language="de") as project:
        add_form(project, shipped_form())
        known = {Role.INTERVIEW_CODE: "RP-0003", Role.INTERVIEW_WAVE: "w1", Role.INTERVIEWER: "I01"}
        chosen = start_interview(project, known=known)
        desk, save = open_interview(project, chosen)
        save.write(project)
        answered = desk.pages.total.answered
        listed, folder = project.interviews.get(chosen), project.folder
        assert (listed.answered, listed.total) == (answered, desk.pages.total.asked)
    assert answered >= len(known)
    assert resumable(folder, chosen).answers == answered


def test_an_encrypted_project_says_whether_an_interview_was_cut_off(tmp_path):
    with create_project(tmp_path / "P", title="P", language="de", passphrase="lang genug dafür") as project:
        folder = project.folder
    closed = resumable(folder, "irgendeins")
    script = (
        "import os, sys, pathlib\n"
        "from roadmapdesk.storage import open_project\n"
        "open_project(pathlib.Path(sys.argv[1]), passphrase='lang genug dafür')\n"
        "os._exit(9)\n"
    )
    subprocess.run([sys.executable, "-c", script, folder], check=False)
    ended = resumable(folder, "irgendeins")

    assert (closed.saved_at, closed.was_cut_off) == (None, False)
    assert (ended.saved_at, ended.was_cut_off) == (None, True)


def test_a_change_of_passphrase_leaves_no_old_copy_in_the_second_place(project, interview, tmp_path):
    place = tmp_path / "zweiter"
    back_up(project, str(place))
    back_up(project, str(place))
    (place / "Studie" / "left.sqlite.part").write_bytes(b"planted")

    assert change_passphrase(project, "Kraniche am Bodden", str(place)) == ""

    assert len(list_backups_in(place / "Studie")) == 2
    assert not [path for path in place.rglob("*") if path.is_file() and b"planted" in path.read_bytes()]
    assert change_passphrase(project, "Graureiher am Bodden", str(tmp_path / "weg")) == str(tmp_path / "weg")


def test_a_form_that_cannot_be_opened_costs_no_answer(tmp_path):
    with create_project(tmp_path / "Alt", title="Alt", language="de") as project:
        form = project.forms.add(b"<x/>", form_id="f", version="7", title="Bogen")
        chosen = project.interviews.create(form)
        project.drafts.save_answer(chosen, "/data/word", "word", None, "planted", position="/data/word")
    with contextlib.closing(sqlite3.connect(project.folder / "project.sqlite", isolation_level=None)) as file:
        file.execute("UPDATE interview SET wave = 'w9'")

    salvaged = salvage_project(project.folder, tmp_path / "Neu")

    assert salvaged.report.doubtful == (chosen,)
    with open_project(salvaged.folder) as again:
        assert again.drafts.load(chosen).answers == {"/data/word": "planted"}


def test_a_file_of_which_nothing_is_left_makes_no_project_that_looks_sound(project, interview, tmp_path):
    project.close()
    path = project.folder / "project.sqlite"
    path.write_bytes(path.read_bytes()[:4096])

    with pytest.raises(Damaged) as refused:
        salvage_project(project.folder, tmp_path / "Neu")

    assert refused.value.code == "storage.nothing_readable"
    assert not list(tmp_path.glob("Neu*"))
    assert path.stat().st_size == 4096


def test_a_salvaged_project_remembers_what_was_lost(project, interview, tmp_path, capsys):
    project.close()
    path = project.folder / "project.sqlite"
    with contextlib.closing(sqlite3.connect(path)) as file:
        page = file.execute("SELECT rootpage FROM sqlite_master WHERE name = 'audit'").fetchone()[0]
    with path.open("rb+") as stream:
        stream.seek((page - 1) * 4096)
        stream.write(b"\xa5" * 4096)
    salvaged = salvage_project(project.folder, tmp_path / "Neu")
    with open_project(salvaged.folder) as again:
        assert again.settings.lost_at_salvage == salvaged.report.unreadable == ("audit",)
    assert run(["check", str(salvaged.folder)]) == 0
    assert "audit" in capsys.readouterr().out.splitlines()[-1]
