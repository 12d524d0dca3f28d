"""Form files of all kinds give the same tables; hostile and damaged ones are refused with a message."""

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest

from roadmapdesk.xforms.xlsform.markdown import read_markdown, write_markdown
from roadmapdesk.xforms.xlsform.reading import Refused, read_tables

FORM = """|survey|
||type|name|label|
||text|a|A \\| B|
|choices|
||list_name|name|label|
||l|1|one|
"""


def _workbook(*rows: tuple[object, ...], title: str = "survey") -> bytes:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = title
    for row in rows:
        sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_markdown_round_trip_keeps_bars_inside_cells() -> None:
    tables = read_markdown(FORM)
    assert tables.sheet("survey").rows[0].get("label") == "A | B"
    assert read_markdown(write_markdown(tables)) == tables


def test_workbook_numbers_dates_and_blanks_become_text() -> None:
    data = _workbook(
        ("type", "name", None, "default"), ("integer", "a", "x", 5.0), (None,), ("text", "b\xa0", None, True)
    )
    tables, problems = read_tables(data, ".xlsx")
    rows = tables.sheet("survey").rows
    assert [dict(row.cells) for row in rows] == [
        {"type": "integer", "name": "a", "default": "5"},
        {},
        {"type": "text", "name": "b", "default": "TRUE"},
    ]
    assert [row.number for row in rows] == [2, 3, 4]
    assert not problems


def test_csv_with_several_sheets_is_read() -> None:
    tables, _ = read_tables(b'survey\n,type,name\n,text,"a, b"\nextra\n,x\n,1\n', ".csv")
    assert tables.sheet("survey").rows[0].get("name") == "a, b"
    assert tables.extra_sheets() == {"extra": ({"x": "1"},)}


def test_a_file_with_another_extension_is_read_as_what_it_is() -> None:
    tables, problems = read_tables(_workbook(("type", "name"), ("text", "a")), ".xls")
    assert tables.sheet("survey") is not None
    assert [(problem.code, problem.repair.value) for problem in problems] == [("form.wrong_extension", ".xlsx")]


def test_content_behind_a_long_gap_is_reported() -> None:
    rows = [("type", "name"), ("text", "a"), *[(None,)] * 70, ("text", "b")]
    tables, problems = read_tables(_workbook(*rows), ".xlsx")
    assert len(tables.sheet("survey").rows) == 1
    assert [(problem.code, problem.row) for problem in problems] == [("form.after_gap", 73)]


def test_one_far_cell_costs_nothing_and_is_reported() -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "survey"
    for row in (("type", "name"), ("text", "a")):
        sheet.append(row)
    sheet["XFD1048576"] = "far"
    stream = io.BytesIO()
    book.save(stream)
    tables, problems = read_tables(stream.getvalue(), ".xlsx")
    assert len(tables.sheet("survey").rows) == 1
    assert [problem.code for problem in problems] == ["form.far_cell"]


def _zip(**entries: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name.replace("__", "/"), content)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("data", "kind", "code"),
    [
        (_zip(**{"xl__workbook.xml": b"\0" * 300_000_000}), ".xlsx", "form.hostile_file"),
        (_zip(**{"xl__workbook.xml": b"<!DOCTYPE a [<!ENTITY b 'c'>]><a/>"}), ".xlsx", "form.hostile_file"),
        (_zip(**{"xl__workbook.xml": "<!DOCTYPE a>".encode("utf-16")}), ".xlsx", "form.hostile_file"),
        (_zip(**{f"x{number}": b"" for number in range(2_100)}), ".xlsx", "form.hostile_file"),
        (_zip(other=b"nothing"), ".xlsx", "form.damaged_file"),
        (b"PK\x03\x04 cut off", ".xlsx", "form.damaged_file"),
        (b"\xd0\xcf\x11\xe0 cut off", ".xls", "form.damaged_file"),
        (b"\xff\xfe\x00\x01|||||", ".md", "form.damaged_file"),
        (b"", ".xlsx", "form.damaged_file"),
        (b"just words", ".xls", "form.damaged_file"),
    ],
    ids=[
        "bomb",
        "doctype",
        "hidden-doctype",
        "many-entries",
        "no-workbook",
        "cut-zip",
        "cut-xls",
        "bytes",
        "empty",
        "text",
    ],
)
def test_hostile_and_damaged_files_are_refused(data: bytes, kind: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        read_tables(data, kind)
    assert refused.value.problem.code == code
    assert refused.value.problem.sentence


def test_shipped_form_survives_a_markdown_round_trip() -> None:
    text = (Path(__file__).parents[3] / "forms" / "site_assessment.md").read_text(encoding="utf-8")
    assert write_markdown(read_markdown(text)) == text
