"""Any text in a cell arrives as it was, never as a formula, whatever an interview says."""

import io
from datetime import UTC, date, datetime
from math import inf, nan

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from roadmapdesk.reports.excel.cell_text import MAX_LENGTH, fitted, stored_text, unescaped, xml_text
from roadmapdesk.reports.excel.package import Written, write_book
from roadmapdesk.reports.excel.sheets import Book, Column, Kind, Row, Sheet, Styled, Table

MOMENT = datetime(2026, 3, 1, 12, 30, tzinfo=UTC)
DANGEROUS = (
    "=1+1",
    '=HYPERLINK("http://example.org")',
    "+49 123",
    "-",
    "@SUM(A1)",
    "\t=1",
    "#N/A",
    "_x0041_",
    "_x005F_x0041_",
    "a\rb",
    "a\r\nb",
    "line\nbreak",
    "R&D <b>bold</b> ]]>",
    "ä€😀",
    "TRUE",
    "007",
)


def _book(rows: list[Row], columns: tuple[Column, ...] | None = None, count: int | None = None) -> Book:
    columns = columns or (Column("text", "Text", Kind.TEXT, "Any text."),)
    table = Table("texts", columns, rows, len(rows) if count is None else count)
    return Book((Sheet("Texte", "Texte", "Beliebig", (table,)),), "Titel", "Thema", "Prüfung", "Test", "de", MOMENT)


def _written(book: Book) -> tuple[bytes, Written]:
    stream = io.BytesIO()
    written = write_book(book, stream)
    return stream.getvalue(), written


def _read(content: bytes) -> list[object]:
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    return [row[0] for row in sheet.iter_rows(min_row=6, values_only=True)]


def test_dangerous_texts_arrive_unchanged_in_two_readers() -> None:
    content, _ = _written(_book([(text,) for text in DANGEROUS]))
    assert [unescaped(str(value)) for value in _read(content)] == list(DANGEROUS)
    calamine = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    assert [row[0] for row in calamine[5:]] == list(DANGEROUS)


def test_no_text_becomes_a_formula_and_editing_keeps_it_text() -> None:
    content, _ = _written(_book([(text,) for text in DANGEROUS]))
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    for row, text in enumerate(DANGEROUS, start=6):
        cell = sheet.cell(row, 1)
        assert cell.data_type == "s"
        assert cell.quotePrefix == (text[0] in "=+-@\t\r")


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(st.characters(codec=None), min_size=1, max_size=60), min_size=1, max_size=20))
def test_any_text_arrives(texts: list[str]) -> None:
    content, _ = _written(_book([(text,) for text in texts]))
    assert [unescaped(str(value)) for value in _read(content)] == [stored_text(text) for text in texts]


@given(st.text(st.characters(codec=None), max_size=80))
def test_escaping_loses_nothing_that_xml_can_hold(text: str) -> None:
    xml = xml_text(text)
    back = unescaped(xml.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"))
    assert back == stored_text(text)


@pytest.mark.parametrize("text", ["x" * 40_000, "😀" * 20_000, "\ud800" * 40_000])
def test_a_text_too_long_for_a_cell_ends_with_what_was_left_out(text: str) -> None:
    content, written = _written(_book([(text,), ("short",)]))
    (shown, short) = _read(content)
    assert len(str(shown).encode("utf-16-le", "surrogatepass")) // 2 <= MAX_LENGTH
    assert str(shown).endswith("]")
    assert short == "short"
    assert written.shortened == {"Texte": 1}


def test_a_text_that_just_fits_stays() -> None:
    text = "x" * MAX_LENGTH
    assert fitted(text, "…{n}") is text
    assert _read(_written(_book([(text,)]))[0]) == [text]


def test_values_keep_their_types() -> None:
    kinds = (Kind.INTEGER, Kind.POINTS, Kind.DATE, Kind.MOMENT, Kind.CODE)
    columns = tuple(Column(kind.value, kind.value, kind, "A value.") for kind in kinds)
    row: Row = (3, 47.5, date(2026, 2, 28), MOMENT, "s1")
    content, _ = _written(_book([row, (None, "", None, None, None), (True, 0.1 + 0.2, None, None, None)], columns))
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    assert [cell.value for cell in sheet[6]] == [3, 47.5, datetime(2026, 2, 28), datetime(2026, 3, 1, 12, 30), "s1"]
    assert sheet["C6"].number_format == "yyyy\\-mm\\-dd"
    assert [cell.value for cell in sheet[7]] == [None] * 5
    assert sheet["A8"].value is True
    assert sheet["B8"].value == 0.3


def test_a_value_may_look_otherwise_than_its_column() -> None:
    content, _ = _written(_book([(Styled(0.5, Kind.SHARE),), (Styled(None, Kind.DATE),)]))
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    assert (sheet["A6"].value, sheet["A6"].number_format) == (0.5, "0%")
    assert sheet["A7"].value is None


@pytest.mark.parametrize("value", [nan, inf, -inf])
def test_a_number_that_is_none_is_refused(value: float) -> None:
    with pytest.raises(ValueError, match="finite"):
        _written(_book([(value,)]))


@pytest.mark.parametrize("announced", [0, 2])
def test_a_table_with_another_number_of_rows_is_refused(announced: int) -> None:
    with pytest.raises(ValueError, match="announced"):
        _written(_book([("one",)], count=announced))


def test_a_record_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="zip"):
        _written(_book([("one", "two")]))


def test_two_columns_of_one_name_are_refused() -> None:
    column = Column("a", "Wert", Kind.TEXT, "A value.")
    with pytest.raises(ValueError, match="one name"):
        Table("t", (column, column), [], 0)


def test_an_empty_table_is_readable() -> None:
    content, written = _written(_book([]))
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    assert sheet.tables["texts"].ref == "A5:A6"
    assert written.rows == {"Texte": 0}
