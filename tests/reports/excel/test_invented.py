"""No file that the sample project gives away names a real organisation: workbooks, reports, papers, scorecard."""

import html
import json
import re
import shutil
import zipfile
from collections.abc import Callable, Iterator
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from roadmapdesk.cli.score import golden_record
from roadmapdesk.domain.catalog import load_catalog
from roadmapdesk.domain.levels import Level
from roadmapdesk.i18n import Language
from roadmapdesk.reports.document import Document
from roadmapdesk.reports.facts import ReportFacts
from roadmapdesk.reports.pdf.writer import pdf_bytes
from roadmapdesk.reports.summary import build_summary
from roadmapdesk.reports.wording import TYPE_NAMES
from roadmapdesk.storage import open_project
from roadmapdesk.storage.project import Project
from roadmapdesk.workspace.assessment import Assessment
from roadmapdesk.workspace.papers import PaperKind, build_paper

LANGUAGES = ("de", "en")
ALL = [(level, language) for level in Level for language in LANGUAGES]
# The internal level tells most; the others are told less of the same.
REPORTS = [pytest.param(*each, marks=() if each[0] is Level.INTERNAL else pytest.mark.slow) for each in ALL]


@pytest.fixture(scope="session")
def opened(sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    """A copy of the sample project."""
    copy = shutil.copytree(sample, tmp_path_factory.mktemp("invented") / "Beispiel.roadmapdesk")
    with open_project(copy, read_only=True) as project:
        yield project


@cache
def _names() -> dict[str, re.Pattern[str]]:
    """Every name of the catalogue as whole words, however its blanks are broken into lines."""
    catalog = load_catalog()
    names = {entry.name(code) for entry in (*catalog.actors, *catalog.networks) for code in LANGUAGES}
    # One entry of the catalogue is called like a type of organisation, and types stand everywhere.
    names -= {Language(code).gettext(name) for name in TYPE_NAMES.values() for code in LANGUAGES}
    return {name: _whole_words(name) for name in names}


def _whole_words(name: str) -> re.Pattern[str]:
    words = r"\s+".join(re.escape(word) for word in name.casefold().split())
    return re.compile(rf"(?<!\w){words}(?!\w)")


def _named(text: str) -> list[str]:
    folded = html.unescape(text).replace("\u00ad", "").casefold()
    return [name for name, pattern in _names().items() if pattern.search(folded)]


def _pdf_text(document: Document) -> str:
    content = pdf_bytes(document, progress=lambda _done, _total: None, cancelled=lambda: False)
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)


def test_a_name_is_found_in_markup_across_lines_and_when_it_is_short() -> None:
    name = min(_names(), key=len)
    assert len(name) <= 6
    assert _named(f"({name.upper()})") == [name]
    assert not _named(f"x{name}x")
    long = max(_names(), key=lambda name: name.count(" "))
    assert long in _named("<t>" + html.escape(long).replace(" ", "\n") + "</t>")


@pytest.mark.parametrize(("level", "language"), ALL)
def test_no_real_organisation_stands_in_a_sample_workbook(
    level: Level, language: str, workbook_at: Callable[[Level, str], Path]
) -> None:
    with zipfile.ZipFile(workbook_at(level, language)) as archive:
        text = "\n".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
    assert not _named(text)


@pytest.mark.parametrize(("level", "language"), REPORTS)
def test_no_real_organisation_stands_in_a_sample_report(
    level: Level, language: str, sample_facts: Callable[[Level, str], ReportFacts]
) -> None:
    text = _pdf_text(build_summary(sample_facts(level, language)))
    assert len(text) > 1000
    assert not _named(text)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", PaperKind)
def test_no_real_organisation_stands_in_a_sample_paper(kind: PaperKind, language: str, opened: Project) -> None:
    interview = opened.interviews.list()[0].id if kind is PaperKind.PROTOCOL else ""
    text = _pdf_text(build_paper(opened, kind, language=Language(language), interview_id=interview))
    assert len(text) > 200
    assert not _named(text)


def test_no_real_organisation_stands_in_the_scorecard_of_the_sample(opened: Project) -> None:
    record = json.dumps(golden_record(Assessment(opened), None), ensure_ascii=False)
    assert len(record) > 1000
    assert not _named(record)


def test_no_invented_organisation_claims_a_membership_in_the_real_cluster(opened: Project) -> None:
    assert not [actor.key for actor in opened.actors.list() if actor.is_founder]
