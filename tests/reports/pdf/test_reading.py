"""A damaged PDF is noticed when it is read back."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from roadmapdesk.reports.pdf.reading import check_pdf


@pytest.fixture
def whole(tmp_path: Path) -> Path:
    stream = io.BytesIO()
    canvas = Canvas(stream)
    for number in range(3):
        canvas.drawString(100, 700, f"Page {number}")
        canvas.showPage()
    canvas.save()
    path = tmp_path / "whole.pdf"
    path.write_bytes(stream.getvalue())
    return path


def test_a_whole_file_passes(whole: Path) -> None:
    assert check_pdf(whole)


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: content[:-40],
        lambda content: content[: len(content) // 2],
        lambda content: content[:200] + content[260:],
        lambda content: content.replace(b"/Type /Page\n", b"/Type /Bage\n", 1),
        lambda content: b"",
        lambda content: b"<html>" + content,
    ],
    ids=["end cut", "half", "bytes missing", "page missing", "empty", "foreign start"],
)
def test_a_damaged_file_is_noticed(whole: Path, damage: Callable[[bytes], bytes]) -> None:
    damaged = damage(whole.read_bytes())
    assert damaged != whole.read_bytes()
    whole.write_bytes(damaged)

    assert not check_pdf(whole)


def test_a_missing_file_is_no_whole_file(tmp_path: Path) -> None:
    assert not check_pdf(tmp_path / "nothing.pdf")
