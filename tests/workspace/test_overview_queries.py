"""What the overview asks of the database does not grow with the interviews; counted, not timed."""

import re
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from roadmapdesk.domain.interviews import InterviewState
from roadmapdesk.storage import Project
from roadmapdesk.storage.connections import Connection
from roadmapdesk.storage.values import RevisionKind
from roadmapdesk.workspace import coverage as planner
from roadmapdesk.workspace.assessment import Assessment
from roadmapdesk.workspace.interviewing import start_interview
from roadmapdesk.workspace.projects import new_project, open_project

NOW = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def master(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("overview") / "Studie.roadmapdesk"
    with new_project(folder, title="Studie", language="de", author="I01") as project:
        _finalise(project)
    return folder


@pytest.fixture
def project(master: Path, tmp_path: Path) -> Iterator[Project]:
    with open_project(Path(shutil.copytree(master, tmp_path / "Studie.roadmapdesk"))) as opened:
        yield opened


@pytest.fixture
def statements(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The statements of all databases so far."""
    seen: list[str] = []
    run = Connection.exec_driver_sql

    def noted(connection: Connection, statement: str, *parameters: object) -> object:
        seen.append(statement)
        return run(connection, statement, *parameters)

    monkeypatch.setattr(Connection, "exec_driver_sql", noted)
    return seen


def _finalise(project: Project) -> str:
    interview = start_interview(project)
    project.revisions.cut(interview, RevisionKind.FINALISE, state=InterviewState.FINALISED)
    return interview


def _show_overview(project: Project, assessment: Assessment) -> None:
    """What the page and its background job read."""
    planner.progress_of(project, "w1")
    planner.response_of(project, "w1")
    assessment.refresh()
    covered = assessment.coverage("w1")
    planner.news_since(project, NOW, {}, covered, NOW)
    planner.candidates(project, "w1", covered)


def _asked(statements: list[str], work: Callable[[], object]) -> list[str]:
    """The queries on interviews and registers, without the number of values that each takes.

    The settings are left out: a setting is asked for when it is first needed, and remembered.
    """
    del statements[:]
    work()
    return [
        re.sub(r"\?(, \?)+", "?", statement)
        for statement in statements
        if " FROM " in statement and "FROM setting" not in statement
    ]


def test_the_overview_asks_as_often_for_seven_finalised_interviews_as_for_two(
    project: Project, statements: list[str]
) -> None:
    _finalise(project)
    first = _asked(statements, lambda: _show_overview(project, Assessment(project)))
    for _ in range(5):
        _finalise(project)
    many = Assessment(project)
    second = _asked(statements, lambda: _show_overview(project, many))

    assert second == first
    assert sum(bool(interview.revision) for interview in many.interviews()) == 7


def test_a_second_look_reads_only_what_was_finalised_since(project: Project, statements: list[str]) -> None:
    assessment = Assessment(project)
    _show_overview(project, assessment)
    known = assessment.interviews()[0].record
    added = _finalise(project)
    del statements[:]
    _show_overview(project, assessment)

    assert sum("SELECT sha, document" in statement for statement in statements) == 1
    again = {interview.row.id: interview.record for interview in assessment.interviews()}
    assert added in again
    assert any(record is known for record in again.values())
    del statements[:]
    _show_overview(project, assessment)
    assert not any("document" in statement for statement in statements)
