"""Bad input at every step: one clear sentence, 2 for wrong usage and 1 for a failure, and nothing is lost."""

import io
import shutil
import sqlite3
from pathlib import Path

import pytest

from roadmapdesk.storage import open_project

from .conftest import content

GERMAN = {
    "missing": "gibt es kein Projekt",
    "empty": "leer oder abgeschnitten",
    "cut": "",
    "noise": "kein Projekt dieses Programms",
    "foreign": "kein Projekt dieses Programms",
    "newer": "neueren Version",
}


def answers(folder):
    """Every answer and revision of a project, whose check must be clean; opening alone notes a session."""
    with open_project(folder, read_only=True) as project:
        assert project.check().is_sound
        assert not project.export_log.list()
        return {
            row.id: (row.state, dict(project.drafts.load(row.id).answers), project.revisions.heads(row.id))
            for row in project.interviews.list()
        }


@pytest.fixture(params=GERMAN)
def bad(request, project):
    """A project folder that cannot be opened, and what the program says about it."""
    path = project / "project.sqlite"
    if request.param == "missing":
        shutil.rmtree(project)
    elif request.param == "empty":
        path.write_bytes(b"")
    elif request.param == "cut":
        path.write_bytes(path.read_bytes()[:6000])
    elif request.param == "noise":
        path.write_text("Dies ist ein Brief und keine Datenbank. " * 200, encoding="utf-8")
    elif request.param == "foreign":
        path.unlink()
        with sqlite3.connect(path) as connection:
            connection.execute("CREATE TABLE cities (name TEXT)")
        connection.close()
    else:
        with open_project(project) as opened, opened.context.store.write() as connection:
            connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0042'")
    return project, GERMAN[request.param]


@pytest.mark.parametrize(
    "command",
    [
        ("score", "{}"),
        ("score", "{}", "--json"),
        ("report", "{}", "{out}.pdf"),
        ("report", "{}", "{out}.xlsx"),
        ("check", "{}"),
        ("check", "{}", "--rebuild"),
        ("backup", "create", "{}"),
    ],
    ids=" ".join,
)
def test_a_project_that_cannot_be_opened_is_refused_in_one_sentence(call, bad, command, tmp_path):
    folder, words = bad
    before = content(tmp_path)
    outcome = call(*(part.replace("{out}", str(tmp_path / "out")).replace("{}", str(folder)) for part in command))
    assert outcome.code == 1
    assert words in outcome.sentence
    assert outcome.out == ""
    assert content(tmp_path) == before


@pytest.mark.parametrize("kind", ["missing", "noise"])
def test_nothing_is_salvaged_from_what_is_no_project(call, project, kind, tmp_path):
    if kind == "missing":
        shutil.rmtree(project)
    else:
        (project / "project.sqlite").write_text("Ein Brief. " * 500, encoding="utf-8")
    before = content(tmp_path)
    outcome = call("salvage", project, tmp_path / "Neu")
    assert outcome.code == 1
    assert "Projekt" in outcome.sentence
    assert content(tmp_path) == before
    assert not (tmp_path / "Neu.roadmapdesk").exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("report", "{}", "out.pdf", "--level", "secret"), "Die Ebene „secret“ gibt es nicht"),
        (("report", "{}", "out.pdf", "--lang", "fr"), "Die Sprache „fr“ gibt es nicht"),
        (("report", "{}", "out.pdf", "--wave", "w9"), "w9"),
        (("report", "{}", "out.docx"), "weder eine PDF- noch eine Excel-Datei"),
        (("score", "{}", "--wave", "w9"), "w9"),
        (("score", "{}", "--wave", "w9", "--json"), "w9"),
        (("score", "{}", "--passphrase-file", "/nowhere/passphrase"), "kann nicht gelesen werden"),
    ],
)
def test_an_unknown_level_language_wave_or_kind_is_wrong_usage(call, sample_copy, arguments, words, tmp_path):
    before = answers(sample_copy)
    outcome = call(*(str(sample_copy) if part == "{}" else part for part in arguments))
    assert outcome.code == 2
    assert words in outcome.sentence
    assert answers(sample_copy) == before
    assert list(tmp_path.iterdir()) == [sample_copy]


@pytest.mark.parametrize(
    "arguments",
    [("nothing",), ("score",), ("report", "only-one"), ("form",), ("form", "bake"), ("backup",), ("--no",)],
)
def test_wrong_usage_is_one_line(call, arguments):
    outcome = call(*arguments)
    assert outcome.code == 2
    assert len(outcome.error.splitlines()) == 1
    assert outcome.error.startswith("roadmapdesk")


def test_nothing_can_be_scored_before_an_interview_is_finished(call, project, tmp_path):
    before = answers(project)
    for arguments in (("score", project), ("score", project, "--json"), ("report", project, tmp_path / "out.pdf")):
        outcome = call(*arguments)
        assert outcome.code == 1
        assert "Interview" in outcome.sentence
    assert answers(project) == before
    assert not (tmp_path / "out.pdf").exists()


@pytest.mark.parametrize(
    "target",
    [
        "taken.pdf",
        "taken.xlsx",
        pytest.param("missing/out.pdf", marks=pytest.mark.slow),
        pytest.param("/proc/self/out.pdf", marks=pytest.mark.slow),
    ],
)
def test_a_report_that_cannot_be_written_leaves_nothing_behind(call, sample_copy, tmp_path, target):
    for ending in ("pdf", "xlsx"):
        (tmp_path / f"taken.{ending}").mkdir()
        (tmp_path / f"taken.{ending}" / "older").write_bytes(b"older")
    before = answers(sample_copy)
    outcome = call("report", sample_copy, tmp_path / target)
    assert outcome.code == 1
    assert outcome.sentence
    assert outcome.out == ""
    assert answers(sample_copy) == before
    assert {path.name for path in tmp_path.iterdir()} == {sample_copy.name, "taken.pdf", "taken.xlsx"}
    assert {path.name for path in tmp_path.glob("taken.*/*")} == {"older"}
    with open_project(sample_copy, read_only=True) as project:
        assert not project.export_log.list()


@pytest.mark.parametrize("kind", ["wrong", "none", "needless"])
def test_a_passphrase_that_does_not_fit_changes_nothing(call, project, locked_project, kind, tmp_path, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO())  # as a service runs it
    file = tmp_path / "passphrase.txt"
    file.write_text("Falsch", encoding="utf-8")
    folder = project if kind == "needless" else locked_project
    given = () if kind == "none" else ("--passphrase-file", file)
    before = content(tmp_path)
    for command in (("check", folder), ("backup", "create", folder), ("report", folder, tmp_path / "out.pdf")):
        outcome = call(*command, *given)
        assert outcome.code == 1
        assert "Falsch" not in outcome.sentence
    assert content(tmp_path) == before


def test_a_project_that_another_program_holds_is_not_written(call, project):
    with open_project(project):
        for command in (("backup", "create", project), ("check", project, "--rebuild")):
            outcome = call(*command)
            assert outcome.code == 1
            assert "bereits" in outcome.sentence
        assert call("check", project).code == 0


def test_nothing_is_overwritten_by_a_restored_or_salvaged_project(call, project, tmp_path):
    call("backup", "create", project)
    before = content(tmp_path)
    for command in (("backup", "restore", project, project), ("salvage", project, project)):
        outcome = call(*command)
        assert outcome.code == 1
        assert "gibt es" in outcome.sentence
    assert content(tmp_path) == before


def test_a_missing_or_unknown_backup_is_named(call, project, tmp_path):
    for command in (("list", project), ("restore", project, tmp_path / "Neu"), ("list", tmp_path / "nichts")):
        outcome = call("backup", *command)
        assert outcome.code == 1
        assert outcome.sentence
    call("backup", "create", project)
    outcome = call("backup", "restore", project, tmp_path / "Neu", "--backup", "20200101T000000000Z-manual.sqlite")
    assert outcome.code == 1
    assert "20200101T000000000Z-manual.sqlite" in outcome.sentence


def test_a_damaged_backup_is_not_passed_off_as_good(call, project, tmp_path):
    backup = Path(call("backup", "create", project).out.strip())
    good = backup.read_bytes()
    backup.write_bytes(good[: len(good) // 8192 * 4096])
    before = content(project)
    outcome = call("backup", "restore", project, tmp_path / "Neu")
    assert outcome.code == 1
    assert "Traceback" not in outcome.error
    assert content(project) == before


def test_a_second_place_that_cannot_be_written_does_not_spoil_the_backup(call, project, tmp_path):
    (tmp_path / "taken").write_text("")
    outcome = call("backup", "create", project, "--copy-to", tmp_path / "taken")
    assert outcome.code == 1
    assert "ist angelegt" in outcome.sentence
    assert call("backup", "list", project).code == 0


def test_a_demo_folder_that_cannot_be_made_is_named(call, tmp_path):
    (tmp_path / "taken").write_text("")
    for folder in (tmp_path / "taken", tmp_path / "taken" / "below"):
        outcome = call("demo", folder)
        assert outcome.code == 1
        assert str(folder) in outcome.sentence


@pytest.mark.parametrize("name", ["nothing.md", "letter.docx", "broken.xlsx"])
def test_a_form_that_cannot_be_read_is_named(call, tmp_path, name):
    file = tmp_path / name
    if name != "nothing.md":
        file.write_text("Ein Brief.", encoding="utf-8")
    for action in (("check", file), ("to-excel", file, tmp_path / "out.xlsx")):
        outcome = call("form", *action)
        assert outcome.code == 1
        assert name in outcome.out + outcome.error
        assert len((outcome.out + outcome.error).splitlines()) <= 2
    assert not (tmp_path / "out.xlsx").exists()


def test_a_workbook_of_a_form_that_cannot_be_written_is_one_sentence(call, tmp_path):
    form = tmp_path / "form.md"
    form.write_text("|survey|\n||type|name|label|\n||text|a|A|\n", encoding="utf-8")
    (tmp_path / "taken.xlsx").mkdir()
    for target in (tmp_path / "taken.xlsx", tmp_path / "missing" / "out.xlsx"):
        outcome = call("form", "to-excel", form, target)
        assert outcome.code == 1
        assert outcome.sentence


COMMANDS = {
    "score": ("score", "{}"),
    "score json": ("score", "{}", "--json"),
    "pdf": ("report", "{}", "{out}.pdf"),
    "xlsx": ("report", "{}", "{out}.xlsx"),
    "check": ("check", "{}"),
    "rebuild": ("check", "{}", "--rebuild"),
    "backup": ("backup", "create", "{}"),
    "list": ("backup", "list", "{}"),
    "protocol": ("print", "protocol", "{}", "{out}.pdf", "--interview", "RP-0001"),
    "actors": ("print", "actors", "{}", "{out}.pdf"),
}


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
def test_a_damaged_project_stays_as_it_is(call, sample_copy, command, tmp_path):
    """Pages overwritten all over the file: whatever a command makes of them, it writes nothing into the project."""
    path = sample_copy / "project.sqlite"
    spoilt = bytearray(path.read_bytes())
    for place in range(40_960, len(spoilt), 40_960):
        spoilt[place : place + 4096] = b"\xff" * 4096
    path.write_bytes(spoilt)
    before = content(sample_copy)

    outcome = call(
        *(part.replace("{out}", str(tmp_path / "out")).replace("{}", str(sample_copy)) for part in command)
    )

    assert content(sample_copy) == before
    assert outcome.code == 1
    assert "\n" not in outcome.error.strip()


def test_a_damaged_sample_is_not_written_to(call, sample_copy, tmp_path):
    folder = tmp_path / "demo"
    folder.mkdir()
    place = sample_copy.rename(folder / "Beispielprojekt.roadmapdesk")
    path = place / "project.sqlite"
    spoilt = bytearray(path.read_bytes())
    spoilt[-40_960:-36_864] = b"\xff" * 4096
    spoilt[40_960:45_056] = b"\xff" * 4096
    path.write_bytes(spoilt)
    before = content(place)

    assert call("demo", folder).code == 1
    assert content(place) == before


def test_salvage_gives_the_shipped_questionnaire_back(call, project, tmp_path):
    """The compiled questionnaire is the largest entry of a small project: damage hits it first."""
    path = project / "project.sqlite"
    spoilt = bytearray(path.read_bytes())
    with sqlite3.connect(path) as connection:
        (xml,) = connection.execute("SELECT xml FROM form").fetchone()
    connection.close()
    place = spoilt.index(xml[len(xml) // 2 :][:500]) // 4096 * 4096
    spoilt[place : place + 4096] = b"\xff" * 4096
    path.write_bytes(spoilt)

    outcome = call("--interface-language", "de", "salvage", project, tmp_path / "Gerettet")

    assert "Gerettet: 1 Interview, 0 Fassungen, 0 Anlagen, " in outcome.out
    with open_project(tmp_path / "Gerettet.roadmapdesk", read_only=True) as target:
        assert target.check().is_sound
        (row,) = target.interviews.list()
        assert target.forms.get(row.form_sha).xml == xml


def test_a_change_that_was_cut_off_does_not_stop_a_reader(call, project):
    """As a power cut in the middle of a transaction leaves file and journal."""
    path = project / "project.sqlite"
    journal = path.with_name("project.sqlite-journal")
    sound = answers(project)
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = TRUNCATE")
    connection.execute("PRAGMA cache_size = 1")
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("UPDATE draft_answer SET text = 'halb'")
    for number in range(200):
        connection.execute("INSERT INTO setting VALUES (?, ?, '')", (f"k{number}", "x" * 3000))
    torn = path.read_bytes(), journal.read_bytes()
    connection.close()
    assert torn[1]
    path.write_bytes(torn[0])
    journal.write_bytes(torn[1])

    outcome = call("check", project)

    assert (outcome.code, outcome.error) == (0, "")
    assert answers(project) == sound
