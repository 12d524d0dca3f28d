"""veraPDF finds no fault: PDF/UA-1 and PDF/A-2a, at every level and in both languages."""

from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from roadmapdesk.domain.levels import Level
from roadmapdesk.reports.facts import ReportFacts
from roadmapdesk.reports.pdf.writer import write_pdf
from roadmapdesk.reports.summary import build_summary


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
