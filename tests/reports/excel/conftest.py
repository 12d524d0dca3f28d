"""Workbooks of the sample project, built once, at every level and in both languages."""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

from roadmapdesk.domain.levels import Level
from roadmapdesk.i18n import Language
from roadmapdesk.reports.excel.workbook import write_workbook
from roadmapdesk.reports.facts import ReportFacts
from roadmapdesk.storage import open_project
from roadmapdesk.workspace.assessment import Assessment
from roadmapdesk.workspace.facts import report_facts

ALL = [(level, language) for level in Level for language in ("de", "en")]


@pytest.fixture(scope="session")
def sample_facts(
    sample: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[Level, str], ReportFacts]]:
    """A function: level, language → facts of the sample project, whose answers went through the form session."""
    project = open_project(shutil.copytree(sample, tmp_path_factory.mktemp("facts") / "Beispiel.roadmapdesk"))
    assessment = Assessment(project)

    @cache
    def facts(level: Level, language: str) -> ReportFacts:
        return report_facts(project, assessment, level=level, language=Language(language))

    yield facts
    project.close()


@pytest.fixture(scope="session")
def workbook_at(
    sample_facts: Callable[[Level, str], ReportFacts], tmp_path_factory: pytest.TempPathFactory
) -> Callable[[Level, str], Path]:
    """A function: level, language → the written workbook of the sample project."""
    folder = tmp_path_factory.mktemp("workbooks")

    @cache
    def workbook(level: Level, language: str) -> Path:
        target = folder / f"{level.value}_{language}.xlsx"
        write_workbook(sample_facts(level, language), target)
        return target

    return workbook


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path, str], Path]:
    """A function: file, ending → the file as LibreOffice converts it, everything recalculated."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        reason = "LibreOffice is not installed, so no other program can recalculate the workbook"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    profile = tmp_path_factory.mktemp("office")

    def convert(source: Path, ending: str) -> Path:
        folder = tmp_path_factory.mktemp("converted")
        subprocess.run(
            [
                program,
                f"-env:UserInstallation={profile.as_uri()}",
                "--headless",
                "--convert-to",
                ending,
                "--outdir",
                folder,
                source,
            ],
            check=True,
            capture_output=True,
            timeout=180,
        )
        return folder / f"{source.stem}.{ending}"

    return convert
