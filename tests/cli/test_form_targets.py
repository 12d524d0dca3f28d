"""Where ``roadmapdesk form`` and ``demo`` write nothing: projects, databases, other endings, the form itself."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from .conftest import content


@pytest.fixture
def form(tmp_path: Path) -> Path:
    """A small sound form."""
    path = tmp_path / "form.md"
    path.write_text("|survey|\n||type|name|label|\n||text|a|A|\n", encoding="utf-8")
    return path


@pytest.fixture(params=["to-excel", "repair"])
def write(request: pytest.FixtureRequest, call: Callable, form: Path) -> Callable:
    """Writes the form to a place, by either way."""
    if request.param == "to-excel":
        return lambda target: call("form", "to-excel", form, target)
    return lambda target: call("form", "check", form, "--repair", target)


@pytest.mark.parametrize("place", ["project.sqlite", "media.sqlite", "new.xlsx", "backups/deep/new.xlsx"])
def test_nothing_is_written_into_a_project(write: Callable, project: Path, tmp_path: Path, place: str) -> None:
    before = content(tmp_path)
    outcome = write(project / place)
    assert outcome.code == 1
    assert "gehört zum Projekt „Klein“" in outcome.sentence
    assert outcome.out == ""
    assert content(tmp_path) == before


def test_a_project_folder_without_its_ending_is_known_by_its_file(
    write: Callable, project: Path, tmp_path: Path
) -> None:
    project.rename(tmp_path / "Umbenannt")
    outcome = write(tmp_path / "Umbenannt" / "new.xlsx")
    assert (outcome.code, "Umbenannt" in outcome.sentence) == (1, True)
    assert not (tmp_path / "Umbenannt" / "new.xlsx").exists()


def test_a_database_under_another_name_stays(write: Callable, tmp_path: Path) -> None:
    target = tmp_path / "form.xlsx"
    with sqlite3.connect(target) as connection:
        connection.execute("CREATE TABLE answers (text TEXT)")
    connection.close()
    before = target.read_bytes()
    outcome = write(target)
    assert (outcome.code, "Datenbank" in outcome.sentence) == (1, True)
    assert target.read_bytes() == before


def test_a_project_reached_through_a_link_is_still_one(write: Callable, project: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(project, target_is_directory=True)
    assert write(tmp_path / "link" / "new.xlsx").code == 1
    assert not (project / "new.xlsx").exists()


@pytest.mark.parametrize("name", ["notes.txt", "form.xls", "form"])
def test_another_ending_is_wrong_usage(write: Callable, tmp_path: Path, name: str) -> None:
    target = tmp_path / name
    target.write_text("older", encoding="utf-8")
    outcome = write(target)
    assert outcome.code == 2
    assert ".xlsx" in outcome.sentence
    assert target.read_text(encoding="utf-8") == "older"


def test_an_older_workbook_is_replaced_and_nothing_left_beside_it(write: Callable, tmp_path: Path) -> None:
    target = tmp_path / "copy.xlsx"
    target.write_bytes(b"older")
    assert write(target).code == 0
    assert target.read_bytes()[:2] == b"PK"
    assert {path.name for path in tmp_path.iterdir()} == {"copy.xlsx", "form.md"}


def test_the_form_that_is_read_is_not_overwritten(call: Callable, form: Path, tmp_path: Path) -> None:
    workbook = tmp_path / "book.xlsx"
    assert call("form", "to-excel", form, workbook).code == 0
    before = content(tmp_path)
    for arguments in (
        ("check", form, "--repair", form),
        ("check", workbook, "--repair", tmp_path / "." / "book.xlsx"),
        ("to-excel", workbook, workbook),
    ):
        outcome = call("form", *arguments)
        assert outcome.code == 1
        assert "der gelesen wird" in outcome.sentence
    assert content(tmp_path) == before


def test_an_xform_has_no_tables_to_repair(call: Callable, tmp_path: Path) -> None:
    source = tmp_path / "form.xml"
    source.write_text("<h:html xmlns:h='http://www.w3.org/1999/xhtml'/>", encoding="utf-8")
    outcome = call("form", "check", source, "--repair", tmp_path / "out.xlsx")
    assert outcome.code == 1
    assert "ohne Tabellen" in outcome.sentence
    assert not (tmp_path / "out.xlsx").exists()


@pytest.mark.parametrize("place", ["", "inside"])
def test_a_demo_is_not_built_in_a_project(call: Callable, project: Path, tmp_path: Path, place: str) -> None:
    before = content(tmp_path)
    outcome = call("demo", project / place)
    assert outcome.code == 1
    assert "gehört zum Projekt" in outcome.sentence
    assert content(tmp_path) == before
    assert not (project / "inside").exists()
