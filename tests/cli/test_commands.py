"""Each command on sound projects: what it prints, writes and returns."""

import contextlib
import hashlib
import json
import sqlite3
import subprocess
import sys

import pytest
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from roadmapdesk import __version__
from roadmapdesk.cli import desktop
from roadmapdesk.cli.main import COMMANDS
from roadmapdesk.domain.interviews import InterviewState
from roadmapdesk.storage import open_project
from roadmapdesk.workspace import projects
from roadmapdesk.workspace.saved_copies import write_copy

from .conftest import PASSPHRASE, content


def stale_index(folder):
    with open_project(folder) as project, project.context.store.write() as connection:
        connection.exec_driver_sql("DELETE FROM answer")


def test_help_names_every_command_in_german(call):
    outcome = call("--help")
    assert outcome.code == 0
    assert all(f"\n    {name} " in outcome.out or f"\n    {name}\n" in outcome.out for name in COMMANDS)
    assert "Fenster öffnen" in outcome.out


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_explains_itself(call, name):
    outcome = call(name, "--help")
    assert outcome.code == 0
    assert name in outcome.out


@pytest.mark.parametrize(
    "chosen", [("--interface-language", "en"), ("--interface-language=en",), ("--interface", "en")]
)
def test_wrong_usage_and_help_are_in_the_language_that_was_asked_for(call, chosen):
    assert "the following arguments are required: PROJECT" in call(*chosen, "score").error
    assert call(*chosen, "score", "--help").out.startswith("usage: ")


def test_the_german_help_holds_no_english_sentence(call):
    said = call("--help").out
    assert "show " not in said
    assert "Version" in said
    assert call("score").error.startswith("roadmapdesk score: ")
    assert "required" not in call("score").error


@pytest.mark.parametrize("arguments", [(), ("--interface-language", "en"), ("--interface-language=de",)])
def test_without_a_command_the_window_opens(call, arguments, monkeypatch):
    opened = []
    monkeypatch.setattr(desktop, "run", lambda options: opened.append(options) or 0)
    assert call(*arguments).code == 0
    assert len(opened) == 1


def test_an_unknown_interface_language_is_wrong_usage(call):
    outcome = call("--interface-language", "fr", "score", "nowhere")
    assert (outcome.code, "fr" in outcome.error) == (2, True)
    assert call("--interface-language").code == 2


def test_version(call):
    assert call("--version").out == f"RoadmapDesk {__version__}\n"


def test_the_program_runs_as_a_process_of_its_own(project):
    command = [sys.executable, "-m", "roadmapdesk", "--interface-language", "en", "check", project]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "Checked: 1 interview, 0 revisions. All check sums match.\n"


def test_no_window_and_no_report_writer_is_loaded_for_a_check(project):
    code = (
        "import sys; from roadmapdesk.__main__ import main; main(['check', sys.argv[1]]);"
        "print([name for name in ('PySide6', 'reportlab', 'openpyxl', 'numpy') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code, project], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_score_prints_a_table_and_leaves_the_project_as_it_was(call, sample):
    before = content(sample)
    outcome = call("score", sample)
    assert (outcome.code, outcome.error) == (0, "")
    assert outcome.out.startswith("Welle w2: 10 Interviews mit 10 Einrichtungen")
    assert len(outcome.out.splitlines()) == 13
    assert content(sample) == before


def test_score_as_json_gives_the_last_two_waves_or_one(call, sample):
    both = json.loads(call("score", sample, "--json").out)
    one = json.loads(call("score", sample, "--json", "--wave", "w1").out)
    assert both["site_cells"] == one["site_cells"]
    assert both.keys() - one.keys() == {"actor_cells_wave2", "hashes_wave2", "change", "waves"}
    assert both["waves"]["w1"] == one
    assert both["waves"].keys() == {"w1", "w2"}


@pytest.mark.parametrize("option", [(), ("--json",)])
def test_scores_that_go_into_a_file_stand_in_the_log_at_the_next_opening(call, sample_copy, option):
    said = call("score", sample_copy, *option).out
    with projects.open_project(sample_copy) as project:
        line = project.export_log.list()[0]
        assert (line.kind, line.level, line.target) == ("scores", "internal", "-")
        assert line.sha == hashlib.sha256(said.rstrip("\n").encode()).hexdigest()
        assert set(line.interviews) <= {row.id for row in project.interviews.list()}
        assert len(line.interviews) == (24 if option else 10)


@pytest.mark.parametrize(("language", "title"), [("de", "Beispieldaten"), ("en", "Sample data")])
def test_report_writes_what_the_ending_says(call, sample_copy, tmp_path, language, title):
    pdf, workbook = tmp_path / "out.pdf", tmp_path / "out.xlsx"
    for target in (pdf, workbook):
        outcome = call("report", sample_copy, target, "--level", "public", "--lang", language)
        assert (outcome.code, outcome.out, outcome.error) == (0, f"{target}\n", "")
    assert title.casefold() in PdfReader(pdf).pages[0].extract_text().casefold()
    first = CalamineWorkbook.from_path(workbook).get_sheet_by_index(0).to_python()
    assert any(title.casefold() in str(cell).casefold() for row in first for cell in row)
    with open_project(sample_copy, read_only=True) as project:
        assert [entry.level for entry in project.export_log.list()] == ["public", "public"]


def test_a_result_is_released_from_the_command_line_and_only_when_all_is_approved(call, sample_copy, tmp_path):
    target = tmp_path / "out.pdf"
    order = ("report", sample_copy, target, "--level", "public", "--lang", "en", "--release", "Projektleitung")
    refused = call(*order)
    assert (refused.code, "(2)" in refused.sentence, target.exists()) == (1, True, False)
    with open_project(sample_copy) as project:
        for row in project.interviews.list():
            if row.state is InterviewState.FINALISED or row.state is InterviewState.IN_REVIEW:
                project.interviews.set_state(row.id, InterviewState.APPROVED)

    assert call(*order).code == 0
    first = PdfReader(target).pages[0].extract_text()
    assert "Released on" in first
    assert "draft" not in first.casefold()
    with open_project(sample_copy, read_only=True) as project:
        assert [(line.kind, line.details.get("by")) for line in project.export_log.list()] == [
            ("pdf", None),
            ("release", "Projektleitung"),
        ]


def test_check_finds_a_stale_index_and_rebuild_mends_it(call, project):
    stale_index(project)
    found = call("check", project)
    assert found.code == 1
    assert "Antwortverzeichnis" in found.out
    assert "1 Befund." in found.out
    mended = call("check", project, "--rebuild")
    assert mended.code == 0
    assert "Alle Prüfsummen stimmen." in mended.out
    assert call("check", project).code == 0


def test_a_backup_is_made_listed_and_restored(call, project, tmp_path):
    second = tmp_path / "Zweitkopie"
    made = call("backup", "create", project, "--copy-to", second)
    assert (made.code, made.error) == (0, "")
    assert [path.name for path in second.rglob("*-manual-*.sqlite")] == [made.out.strip().rpartition("/")[2]]
    listed = call("backup", "list", project)
    assert "auf Wunsch" in listed.out
    before = content(project)
    target = tmp_path / "Zurück"
    restored = call("backup", "restore", project, target)
    assert restored.code == 0
    assert "mit 1 Interview wiederhergestellt" in restored.out
    assert content(project) == before
    assert call("check", f"{target}.roadmapdesk").code == 0


def test_a_named_backup_of_a_destroyed_project_is_restored(call, project, tmp_path):
    name = call("backup", "create", project).out.strip().rpartition("/")[2]
    call("backup", "create", project)
    (project / "project.sqlite").write_bytes(b"")
    restored = call("backup", "restore", project, tmp_path / "Zurück", "--backup", name)
    assert (restored.code, restored.error) == (0, "")
    assert call("check", tmp_path / "Zurück.roadmapdesk").code == 0


def test_a_saved_copy_is_taken_in_once_and_a_foreign_file_is_refused(call, project, tmp_path):
    with open_project(project) as opened:
        (row,) = opened.interviews.list()
        form = opened.forms.list()[0]
        draft = opened.drafts.load(row.id)
    ref = sorted(draft.answers)[0]
    copy = tmp_path / "kopie.json"
    write_copy(copy, row.id, form.form_id, form.version, {**draft.answers, ref: "4711"})

    first, second = call("recover", project, copy), call("recover", project, copy)

    assert (first.code, first.error, second.code) == (0, "", 0)
    assert "1 Antwort ersetzt" in first.out
    assert "0 Antworten ersetzt" in second.out
    with open_project(project, read_only=True) as opened:
        assert opened.drafts.load(row.id).answers[ref] == "4711"
    copy.write_text("{}", encoding="utf-8")
    refused = call("recover", project, copy)
    assert refused.code == 1
    assert "kopie.json" in refused.sentence


def test_salvage_brings_a_sound_project_over_whole(call, sample, tmp_path):
    before = content(sample)
    target = tmp_path / "Gerettet.roadmapdesk"
    outcome = call("salvage", sample, target)
    assert (outcome.code, outcome.error) == (0, "")
    assert "Gerettet: 24 Interviews, " in outcome.out
    assert content(sample) == before
    assert call("check", target).code == 0
    assert call("score", target, "--json").out == call("score", sample, "--json").out
    with open_project(target, read_only=True) as saved:
        assert saved.settings.is_sample


def test_salvage_names_what_stayed_behind(call, sample_copy, tmp_path):
    path = sample_copy / "project.sqlite"
    good = path.read_bytes()
    half = len(good) // 8192 * 4096
    path.write_bytes(good[:half] + b"\xa5" * 20480 + good[half + 20480 :])
    before = content(sample_copy)
    target = tmp_path / "Gerettet.roadmapdesk"
    outcome = call("salvage", sample_copy, target)
    assert outcome.code == 1
    assert "konnte nicht zu Ende gelesen werden" in outcome.out
    assert content(sample_copy) == before
    assert call("check", target).code == 0


@pytest.mark.parametrize(
    ("language", "words"),
    [("de", "mit einer neueren Version des Programms"), ("en", "by a newer version of the program")],
)
def test_salvage_of_a_project_of_a_newer_version_says_that_something_stayed_behind(
    call, sample_copy, tmp_path, language, words
):
    with contextlib.closing(sqlite3.connect(sample_copy / "project.sqlite")) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0042'")
        connection.commit()
    target = tmp_path / "Gerettet.roadmapdesk"
    outcome = call("--interface-language", language, "salvage", sample_copy, target)
    assert outcome.code == 1
    assert words in outcome.out
    assert "0042" in outcome.out
    assert call("check", target).code == 0, "the new project is one of this version"


@pytest.mark.parametrize("name", ["bericht.pdf", "bericht.xlsx", "backups/bericht.pdf"])
def test_no_report_is_laid_into_a_project_and_nothing_released_for_it(call, sample_copy, name):
    (sample_copy / "backups").mkdir(exist_ok=True)
    before = {path.relative_to(sample_copy) for path in sample_copy.rglob("*")}
    outcome = call("report", sample_copy, sample_copy / name, "--level", "public", "--release", "Projektleitung")
    assert outcome.code == 1
    assert "außerhalb von Projekten" in outcome.sentence
    assert {path.relative_to(sample_copy) for path in sample_copy.rglob("*")} == before
    with open_project(sample_copy, read_only=True) as project:
        assert not project.export_log.list()


def test_a_passphrase_comes_from_a_file_or_from_standard_input(call, locked_project, tmp_path, monkeypatch):
    import io

    file = tmp_path / "passphrase.txt"
    file.write_text(PASSPHRASE + "\nsecond line", encoding="utf-8")
    assert call("check", locked_project, "--passphrase-file", file).code == 0
    monkeypatch.setattr("sys.stdin", io.StringIO(PASSPHRASE + "\n"))
    assert call("check", locked_project, "--passphrase-file", "-").code == 0
    assert call("backup", "create", locked_project, "--passphrase-file", file).code == 0
    target = tmp_path / "Zurück.roadmapdesk"
    assert call("backup", "restore", locked_project, target, "--passphrase-file", file).code == 0
    assert call("check", target, "--passphrase-file", file).code == 0
    saved = tmp_path / "Gerettet.roadmapdesk"
    assert call("salvage", locked_project, saved, "--passphrase-file", file).code == 0
    assert call("check", saved).code == 1
    assert call("check", saved, "--passphrase-file", file).code == 0


def test_a_person_is_asked_for_the_passphrase(call, locked_project, monkeypatch):
    class Terminal:
        @staticmethod
        def isatty() -> bool:
            return True

    monkeypatch.setattr("sys.stdin", Terminal())
    monkeypatch.setattr("getpass.getpass", lambda _prompt: PASSPHRASE)
    assert call("check", locked_project).code == 0


@pytest.mark.slow
def test_the_demo_leaves_everything_read_back_and_can_run_again(call, tmp_path):
    folder = tmp_path / "demo"
    first = call("demo", folder)
    assert (first.code, first.error) == (0, "")
    written = [line.strip() for line in first.out.splitlines()[1:]]
    assert sorted(path.rpartition(".")[2] for path in written) == ["json", *["pdf"] * 6, "roadmapdesk", *["xlsx"] * 6]
    assert json.loads((folder / "scorecard.json").read_text("utf-8"))["site_cells"]
    again = call("demo", folder, "--seed", "7")
    assert again.code == 2
    assert "Startwert" in again.sentence
    assert call("check", folder / "Beispielprojekt.roadmapdesk").code == 0
