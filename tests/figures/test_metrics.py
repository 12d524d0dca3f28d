"""Widths, wrapping and fitting of text in the shipped face."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmapdesk.figures.metrics import (
    LINE_HEIGHT,
    Face,
    elide,
    fit_text,
    font_file,
    has_glyph,
    text_width,
    wrap_text,
)

_WORDS = st.lists(st.text(alphabet="abcdefghijklmnoäöüßW&", min_size=1, max_size=24), max_size=14).map(" ".join)


@pytest.mark.parametrize("face", list(Face))
def test_widths_equal_those_of_the_pdf_library(face: Face) -> None:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    pdfmetrics.registerFont(TTFont(f"test-{face.value}", str(font_file(face))))
    text = "Radiomarkierung – 37,5 % „Lücke“ × n ≥ 5 −12"
    assert text_width(text, 9, face) == pytest.approx(pdfmetrics.stringWidth(text, f"test-{face.value}", 9), abs=0.01)


def test_every_character_that_reports_use_has_a_glyph() -> None:
    assert all(has_glyph(character, face) for face in Face for character in "äöüßÄÖÜẞ„“”’–−×÷≥·•…€→\u00a0\u00ad")


@given(_WORDS, st.floats(30, 300))
def test_wrapped_lines_fit_and_lose_nothing(text: str, width: float) -> None:
    lines = wrap_text(text, width, 8)
    assert all(text_width(line, 8) <= width + 1e-6 or len(line) == 1 for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_soft_hyphens_show_at_the_end_of_a_broken_line_only() -> None:
    assert wrap_text("Versorgungs\u00adsicherheit", 200, 8) == ["Versorgungssicherheit"]
    assert wrap_text("Versorgungs\u00adsicherheit", 60, 8) == ["Versorgungs-", "sicherheit"]


def test_a_word_goes_to_the_next_line_before_it_is_divided() -> None:
    assert wrap_text("Anlagen & Techno\u00adlogie", text_width("Anlagen & Techno-", 8) + 1, 8) == [
        "Anlagen &",
        "Technologie",
    ]


@given(_WORDS, st.floats(40, 200), st.floats(12, 60))
def test_fitted_text_stays_in_its_box(text: str, width: float, height: float) -> None:
    lines, size = fit_text(text, width, height, size=10, smallest=6)
    assert 6 <= size <= 10
    assert all(text_width(line, size) <= width + 1e-6 or len(line) == 1 for line in lines)
    assert len(lines) == 1 or len(lines) * size * LINE_HEIGHT <= height + 1e-6


def test_a_text_that_cannot_fit_ends_with_an_ellipsis() -> None:
    lines, size = fit_text("eins zwei drei vier fünf sechs sieben acht", 40, 20, size=10, smallest=8)
    assert size == pytest.approx(8)
    assert lines[-1].endswith("…")


def test_elided_text_fits() -> None:
    assert elide("kurz", 100, 8) == "kurz"
    short = elide("eine sehr lange Bezeichnung", 50, 8)
    assert short.endswith("…")
    assert text_width(short, 8) <= 50
