"""What leaves the project below the internal level names no interview, no person, and nothing of the contact list."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from pypdf import PdfReader

from roadmapdesk.domain.levels import Level
from roadmapdesk.i18n import Language
from roadmapdesk.storage import Project, open_project
from roadmapdesk.workspace.assessment import Assessment
from roadmapdesk.workspace.exporting import ReportKind, export

pytestmark = pytest.mark.slow


@pytest.fixture
def project(sample: Path, tmp_path: Path) -> Iterator[Project]:
    """The sample project, whose interviews went through the form session."""
    with open_project(shutil.copytree(sample, tmp_path / "Beispiel.roadmapdesk")) as opened:
        yield opened


def text_of(path: Path) -> str:
    """Everything that a reader of the file can see or dig out: cells, properties, pages."""
    if path.suffix == ".pdf":
        reader = PdfReader(path)
        return "\n".join([str(reader.metadata), *(page.extract_text() for page in reader.pages)])
    book = openpyxl.load_workbook(path)
    cells = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    comments = [cell.comment.text for sheet in book for row in sheet.iter_rows() for cell in row if cell.comment]
    return "\n".join([*cells, *comments, str(book.properties)])


@pytest.mark.parametrize("level", [Level.HANDOFF, Level.PUBLIC])
@pytest.mark.parametrize("kind", list(ReportKind))
def test_no_export_below_internal_tells_of_an_interview(project, tmp_path, level, kind):
    target = tmp_path / f"export.{kind.value}"
    export(project, Assessment(project), kind=kind, level=level, language=Language("de"), target=target)
    text = text_of(target)
    rows = project.interviews.list()
    secret = {row.code for row in rows} | {row.id for row in rows} | {row.id.split("-")[0] for row in rows}

    assert len(text) > 1000
    assert rows
    assert {word for word in secret if word and word in text} == set()


def test_an_export_is_logged_with_the_interviews_that_it_tells_about(project, tmp_path):
    before = len(project.export_log.list())
    target = tmp_path / "bericht.xlsx"
    export(
        project,
        Assessment(project),
        kind=ReportKind.WORKBOOK,
        level=Level.INTERNAL,
        language=Language("de"),
        target=target,
    )
    latest = project.export_log.list()[0]

    assert len(project.export_log.list()) == before + 1
    assert latest.target == "bericht.xlsx"
    assert set(latest.interviews) <= {row.id for row in project.interviews.list()}
    code = project.interviews.get(latest.interviews[0]).code
    places = {(place.target, place.folder) for place in project.erasures.plan(code).places}
    assert ("bericht.xlsx", str(tmp_path)) in places


def test_pseudonyms_stay_the_same_and_tell_nothing(project):
    codes = [row.code for row in project.interviews.list()]
    first, second = project.pseudonyms.of("interview", codes), project.pseudonyms.of("interview", codes)

    assert first == second
    assert len(set(first.values())) == len(set(codes))
    assert all(code not in name and name not in code for code, name in first.items())
