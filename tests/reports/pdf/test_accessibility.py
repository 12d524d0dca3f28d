"""veraPDF finds no fault: PDF/UA-1 and PDF/A-2a, at every level and in both languages."""

import importlib.util
import os
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from roadmapdesk.domain.levels import Level
from roadmapdesk.reports.facts import ReportFacts
from roadmapdesk.reports.pdf.writer import write_pdf
from roadmapdesk.reports.summary import build_summary

_TOOL = Path(__file__).parents[2] / "tools" / "check_pdf.py"


@pytest.fixture(scope="module")
def checker() -> ModuleType:
    """The checker; skips where its tools are missing, and fails there in continuous integration."""
    specification = importlib.util.spec_from_file_location("check_pdf", _TOOL)
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    sys.modules["check_pdf"] = module
    specification.loader.exec_module(module)
    missing = module.missing_tool()
    if missing is not None:
        if os.environ.get("CI", "").lower() == "true":
            pytest.fail(missing)
        pytest.skip(missing)
    return module


@pytest.mark.slow
def test_every_level_and_language_complies(
    facts_at: Callable[..., ReportFacts], checker: ModuleType, tmp_path: Path
) -> None:
    files = []
    for level in Level:
        for language in ("de", "en"):
            files.append(tmp_path / f"{level.value}-{language}.pdf")
            document = build_summary(facts_at(level, language))
            write_pdf(document, files[-1], progress=lambda _done, _total: None, cancelled=lambda: False)
    result = checker.check(files)
    assert result.returncode == 0, result.stdout + result.stderr
    assert result.stdout.count("compliant=true") == 2 * len(files)


def test_a_file_without_tags_is_found(checker: ModuleType, tmp_path: Path) -> None:
    from reportlab.pdfgen.canvas import Canvas

    target = tmp_path / "untagged.pdf"
    canvas = Canvas(str(target))
    canvas.drawString(100, 100, "x")
    canvas.save()
    result = checker.check([target], ["ua1"])
    assert result.returncode == 1
    assert "compliant=false" in result.stdout
