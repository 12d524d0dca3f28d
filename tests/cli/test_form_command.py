"""``roadmapdesk form``: what it prints, writes and returns."""

import argparse
import json
from pathlib import Path

import pytest

from roadmapdesk import i18n
from roadmapdesk.cli import form
from roadmapdesk.paths import forms_folder
from roadmapdesk.xforms.xlsform.problems import FormFileError

BROKEN = """|survey|
||type|name|label|
||intger|a|A|
||select_one l|b|B|
|choices|
||list_name|name|label|
||l|1|x|
||l|1|x|
"""


def _run(*arguments: str) -> int:
    parser = argparse.ArgumentParser()
    form.add_parser(parser.add_subparsers())
    return form.run(parser.parse_args(["form", *arguments]))


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    path = tmp_path / "broken.md"
    path.write_text(BROKEN, encoding="utf-8")
    return path


def test_check_of_the_shipped_form_finds_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert _run("check", str(forms_folder() / "site_assessment.md")) == 0
    assert "site_assessment.md" in capsys.readouterr().out


def test_check_lists_every_problem_in_both_languages(broken: Path, capsys: pytest.CaptureFixture[str]) -> None:
    i18n.set_language("en")
    assert _run("check", str(broken)) == 1
    english = capsys.readouterr().out
    assert "Error: sheet survey, row 2, column type: The question type intger is unknown" in english
    assert "Offered repair: remove the row" in english
    i18n.set_language("de")
    _run("check", str(broken))
    german = capsys.readouterr().out
    assert "Blatt survey, Zeile 2, Spalte type" in german
    assert not any(line in german for line in ("The question type", "Offered repair", "Error:"))


def test_a_form_without_its_main_sheet_is_told_once_in_german(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "form.md"
    path.write_text("|settings|\n||form_title|\n||A|\n", encoding="utf-8")
    assert _run("check", str(path)) == 1
    first, count = capsys.readouterr().out.splitlines()
    assert first == "Fehler: Dem Formular fehlt das Blatt survey."
    assert count.startswith("form.md: 1 Problem")


def test_check_gives_json_and_a_repaired_copy(
    broken: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fixed = tmp_path / "fixed.xlsx"
    assert _run("check", str(broken), "--json", "--repair", str(fixed)) == 1
    said = capsys.readouterr()
    records = json.loads(said.out)
    assert {"code", "severity", "sheet", "row", "column", "sentence", "repair"} == records[0].keys()
    assert str(fixed) in said.err
    assert _run("check", str(fixed)) == 0


def test_a_repaired_copy_can_be_markdown_and_replaces_an_older_one(
    broken: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fixed = tmp_path / "fixed.md"
    fixed.write_text("older", encoding="utf-8")
    _run("check", str(broken), "--repair", str(fixed))
    assert str(fixed) in capsys.readouterr().out
    assert _run("check", str(fixed)) == 0
    assert {path.name for path in tmp_path.iterdir()} == {"broken.md", "fixed.md"}


def test_check_reads_the_sheets_of_the_assessment(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    i18n.set_language("en")
    text = (forms_folder() / "site_assessment.md").read_text(encoding="utf-8")
    rating = "||perf_d1|cell|@stage_key|d1|performance|1|1|5|no|"
    for old, new in (
        (rating, "||perf_d0|cell|@stage_kye|d99|performnce|abc|5|1|maybe|"),
        ("||interview.code|", "||interview.cod|"),
        ("||interview.date|interview_date|", "||interview.date|interview_day|"),
    ):
        assert old in text
        text = text.replace(old, new)
    form_file = tmp_path / "form.md"
    form_file.write_text(text, encoding="utf-8")
    assert _run("check", str(form_file), "--json") == 1
    found = json.loads(capsys.readouterr().out)
    assert {(one["sheet"], one["row"], one["column"], one["code"]) for one in found} == {
        ("scoring", 2, "question", "form.unknown_question"),
        ("scoring", 2, "stage", "sheet.no_such_question"),
        ("scoring", 2, "dimension", "scoring.unknown_dimension"),
        ("scoring", 2, "measure", "scoring.unknown_measure"),
        ("scoring", 2, "weight", "scoring.not_a_number"),
        ("scoring", 2, "scale_max", "scoring.bad_scale"),
        ("scoring", 2, "reverse", "scoring.bad_reverse"),
        ("roles", 2, "role", "sheet.unknown_role"),
        ("roles", 3, "question", "form.unknown_question"),
        ("roles", 0, "", "sheet.missing_role"),
    }
    assert _run("check", str(form_file)) == 1
    assert "Error: sheet scoring, row 2, column reverse: “maybe” says neither yes nor no." in capsys.readouterr().out


def test_to_excel_writes_a_workbook(tmp_path: Path) -> None:
    target = tmp_path / "form.xlsx"
    assert _run("to-excel", str(forms_folder() / "site_assessment.md"), str(target)) == 0
    assert target.stat().st_size > 10_000


def test_missing_file_is_an_error_of_the_environment(tmp_path: Path) -> None:
    with pytest.raises(FormFileError, match=r"form\.file_missing") as caught:
        _run("check", str(tmp_path / "nothing.md"))
    assert str(tmp_path / "nothing.md") in caught.value.sentence
