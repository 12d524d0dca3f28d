"""The PDF file: tagged, readable, the same twice, never half written, and safe with any text."""

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest

from roadmapdesk.domain.levels import Level
from roadmapdesk.reports.document import Cell, Document, Paragraph, Section, Table
from roadmapdesk.reports.errors import ReportCancelled, TargetNotWritable
from roadmapdesk.reports.facts import ReportFacts
from roadmapdesk.reports.pdf.writer import pdf_bytes, write_pdf
from roadmapdesk.reports.summary import build_summary

Facts = Callable[..., ReportFacts]
HOSTILE = "<b>offen & <none> R&D ‹€› „Zitat“ \u202e\u0007 =1+1 𝄞 " + "x" * 400


def _write(document: Document, target: Path) -> None:
    write_pdf(document, target, progress=lambda _done, _total: None, cancelled=lambda: False)


def _bytes(document: Document) -> bytes:
    return pdf_bytes(document, progress=lambda _done, _total: None, cancelled=lambda: False)


@pytest.fixture(scope="module")
def document(facts_at: Facts) -> Document:
    return build_summary(facts_at(Level.INTERNAL, "de"))


@pytest.fixture(scope="module")
def data(document: Document) -> bytes:
    return _bytes(document)


def test_equal_documents_give_equal_files(document: Document, data: bytes) -> None:
    assert _bytes(document) == data


def test_the_file_is_tagged_titled_and_in_its_language(data: bytes) -> None:
    from pypdf import PdfReader

    reader = PdfReader(BytesIO(data))
    catalog = reader.trailer["/Root"]
    assert catalog["/MarkInfo"]["/Marked"] is True or catalog["/MarkInfo"]["/Marked"] == True  # noqa: E712 — a PDF boolean object
    assert catalog["/Lang"] == "de-DE"
    assert catalog["/ViewerPreferences"]["/DisplayDocTitle"]
    assert "/OutputIntents" in catalog
    assert reader.metadata.title == "Standortanalyse Radiopharmazie"
    assert b"<pdfuaid:part>1</pdfuaid:part>" in catalog["/Metadata"].get_data()
    assert b"<pdfaid:conformance>A</pdfaid:conformance>" in catalog["/Metadata"].get_data()


def _elements(element: object) -> Iterator[object]:
    found = element.get_object()
    if isinstance(found, dict):
        yield found
        kids = found.get("/K", [])
        for kid in kids if isinstance(kids, list) else [kids]:
            yield from _elements(kid)


def test_words_of_the_interviews_are_marked_as_german_in_an_english_report(facts_at: Facts) -> None:
    from pypdf import PdfReader

    reader = PdfReader(BytesIO(_bytes(build_summary(facts_at(Level.INTERNAL, "en")))))
    german = [entry["/S"] for entry in _elements(reader.trailer["/Root"]["/StructTreeRoot"]) if "/Lang" in entry]
    assert {"/BlockQuote", "/TD"} == set(german)
    assert len(german) > 3


def test_only_the_shipped_faces_are_embedded(data: bytes) -> None:
    from pypdf import PdfReader

    fonts = set()
    for page in PdfReader(BytesIO(data)).pages:
        for font in page["/Resources"]["/Font"].values():
            fonts.add(font.get_object()["/BaseFont"].rpartition("+")[2])
    assert {font.split("-")[0] for font in fonts} == {"SourceSans3"}


def test_every_section_is_in_the_outline_and_in_the_contents(document: Document, data: bytes) -> None:
    from pypdf import PdfReader

    reader = PdfReader(BytesIO(data))
    titles = [entry.title for entry in reader.outline if not isinstance(entry, list)]
    assert titles == ["Inhalt", *(section.title for section in document.sections)]
    contents = reader.pages[1].extract_text()
    assert all(section.title in contents for section in document.sections)


def test_contents_and_data_lines_are_links(document: Document, data: bytes) -> None:
    from pypdf import PdfReader

    reader = PdfReader(BytesIO(data))
    assert len(reader.pages[1]["/Annots"]) == len(document.sections)
    links = sum(len(page.get("/Annots", ())) for page in reader.pages)
    assert links == len(document.sections) + len(document.figures())


def test_pages_are_numbered_in_the_report_s_language(data: bytes) -> None:
    from pypdf import PdfReader

    pages = PdfReader(BytesIO(data)).pages
    for number, page in enumerate(pages, start=1):
        assert f"Seite {number} von {len(pages)}" in page.extract_text()


def test_no_page_but_the_last_is_nearly_empty(facts_at: Facts) -> None:
    from roadmapdesk.reports.pdf.pages import LaidOut

    for level in Level:
        for language in ("de", "en"):
            pages = LaidOut(build_summary(facts_at(level, language)), lambda: None).pages
            emptiest = min(pages[1:-1], key=lambda page: page.used)
            assert emptiest.used > 200, (level, language, emptiest.blocks[0].section)


def test_no_heading_ends_a_page_and_nothing_runs_over_it(facts_at: Facts) -> None:
    from roadmapdesk.reports.pdf.pages import LaidOut
    from roadmapdesk.reports.pdf.styles import CONTENT_HEIGHT

    for level in Level:
        for page in LaidOut(build_summary(facts_at(level)), lambda: None).pages:
            assert not page.blocks[-1].block.keeps_with_next
            assert page.used <= CONTENT_HEIGHT + 0.1


def _hostile(document: Document) -> Document:
    rows = (*((Cell(f"Z{n}"), Cell(HOSTILE * 3)) for n in range(3)), (Cell("lang"), Cell("Wort " * 4000)))
    table = Table(("A", HOSTILE), rows, (0, 1), title=HOSTILE, label="T", key="t")
    section = Section("x", HOSTILE, (Paragraph(HOSTILE * 2), table))
    title_page = replace(document.title_page, title=HOSTILE)
    return replace(document, sections=(section,), title_page=title_page, running_title=HOSTILE)


def test_any_text_is_printed_as_it_is(document: Document) -> None:
    from pypdf import PdfReader

    text = "".join(page.extract_text() for page in PdfReader(BytesIO(_bytes(_hostile(document)))).pages)
    assert "<b>offen & <none> R&D" in text
    assert text.count("Wort") == 4000


def test_progress_counts_every_page(document: Document) -> None:
    calls: list[tuple[int, int]] = []
    pdf_bytes(document, progress=lambda done, total: calls.append((done, total)), cancelled=lambda: False)
    assert [done for done, _total in calls] == list(range(1, calls[-1][1] + 1))


def test_a_cancelled_export_leaves_the_old_file(document: Document, tmp_path: Path) -> None:
    target = tmp_path / "bericht.pdf"
    target.write_bytes(b"old")
    answers = iter([False] * 5 + [True] * 1000)
    with pytest.raises(ReportCancelled):
        write_pdf(document, target, progress=lambda _done, _total: None, cancelled=lambda: next(answers))
    assert target.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["bericht.pdf"]


def test_a_file_is_replaced_whole(document: Document, data: bytes, tmp_path: Path) -> None:
    target = tmp_path / "Bericht äöü.pdf"
    target.write_bytes(b"old")
    _write(document, target)
    assert target.read_bytes() == data
    assert len(list(tmp_path.iterdir())) == 1


def test_places_that_cannot_be_written_are_named(document: Document, tmp_path: Path) -> None:
    with pytest.raises(TargetNotWritable) as missing:
        _write(document, tmp_path / "none" / "a.pdf")
    assert missing.value.code == "reports.missing_folder"
    with pytest.raises(TargetNotWritable) as folder:
        _write(document, tmp_path)
    assert folder.value.code == "reports.is_folder"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_is_named_and_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from roadmapdesk.reports.targets import write_whole

    def full(_handle: int) -> None:
        with Path("/dev/full").open("wb", buffering=0) as device:
            device.write(b"x")

    monkeypatch.setattr(os, "fsync", full)
    target = tmp_path / "a.pdf"
    target.write_bytes(b"old")
    with pytest.raises(TargetNotWritable) as error:
        write_whole(target, b"new")
    assert error.value.code == "reports.no_space"
    assert target.read_bytes() == b"old"
    assert len(list(tmp_path.iterdir())) == 1
