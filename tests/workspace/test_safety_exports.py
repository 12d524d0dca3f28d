"""What leaves the project below the internal level names no interview, no person, and nothing of the contact list."""

from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from pypdf import PdfReader

from roadmapdesk.domain.levels import Level
from roadmapdesk.i18n import Language
from roadmapdesk.storage import Project
from roadmapdesk.workspace.assessment import Assessment
from roadmapdesk.workspace.exporting import ReportKind, export
from roadmapdesk.workspace.sample import build_sample

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    """The sample project, whose interviews went through the form session."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for variable in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
            patch.setenv(variable, str(home))
        with build_sample(home / "Beispiel.roadmapdesk") as project:
            yield project


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
def test_no_export_below_internal_tells_of_an_interview(sample, tmp_path, level, kind):
    target = tmp_path / f"export.{kind.value}"
    export(sample, Assessment(sample), kind=kind, level=level, language=Language("de"), target=target)
    text = text_of(target)
    rows = sample.interviews.list()
    secret = {row.code for row in rows} | {row.id for row in rows} | {row.id.split("-")[0] for row in rows}

    assert len(text) > 1000
    assert rows
    assert {word for word in secret if word and word in text} == set()


def test_an_export_is_logged_with_the_interviews_that_it_tells_about(sample, tmp_path):
    before = len(sample.export_log.list())
    target = tmp_path / "bericht.xlsx"
    export(
        sample,
        Assessment(sample),
        kind=ReportKind.WORKBOOK,
        level=Level.INTERNAL,
        language=Language("de"),
        target=target,
    )
    latest = sample.export_log.list()[0]

    assert len(sample.export_log.list()) == before + 1
    assert latest.target == "bericht.xlsx"
    assert set(latest.interviews) <= {row.id for row in sample.interviews.list()}
    code = sample.interviews.get(latest.interviews[0]).code
    assert "bericht.xlsx" in {place.target for place in sample.erasures.plan(code).places}


def test_pseudonyms_stay_the_same_and_tell_nothing(sample):
    codes = [row.code for row in sample.interviews.list()]
    first, second = sample.pseudonyms.of("interview", codes), sample.pseudonyms.of("interview", codes)

    assert first == second
    assert len(set(first.values())) == len(set(codes))
    assert all(code not in name and name not in code for code, name in first.items())
