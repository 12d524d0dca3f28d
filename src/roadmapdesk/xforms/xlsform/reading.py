"""Reads form files of all kinds into tables. Runs in the compiler's child process, because files may be hostile."""

import csv
import datetime
import io
import re
import zipfile
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

from roadmapdesk.xforms.xlsform.markdown import read_markdown
from roadmapdesk.xforms.xlsform.problems import Problem, Repair, Severity
from roadmapdesk.xforms.xlsform.tables import FormTables, Row, Sheet

MAX_ROWS = 100_000
MAX_COLUMNS = 2_000
EMPTY_COLUMNS_END = 20
EMPTY_ROWS_END = 60
MAX_ENTRIES = 2_000
MAX_UNPACKED = 400_000_000
MAX_RATIO = 200
_SMALL_ENTRY = 1_000_000
_CHUNK = 1 << 20
Cell = TypeVar("Cell")
Rows = Callable[[int, int], Iterable[Sequence[Cell]]]
"""First row (1-based) and width → the rows from there on."""
_SPACES = re.compile(r" +")


class Refused(Exception):
    """The file cannot be read; carries the problem to show."""

    def __init__(self, code: str, **parameters: str) -> None:
        super().__init__(code)
        self.problem = Problem(code, parameters=parameters)


def read_tables(data: bytes, kind: str) -> tuple[FormTables, list[Problem]]:
    """The tables of one file and what is wrong with the file itself.

    Args:
        data: the file's bytes.
        kind: extension with the dot, in lower case; content of another kind is read as what it is, with a problem.

    Raises:
        Refused: the file is hostile, damaged or of no known kind.
    """
    actual = actual_kind(data, kind)
    problems: list[Problem] = []
    if actual != kind and {actual, kind} != {".xlsx", ".xlsm"}:
        repair = Repair("file", value=actual)
        problems.append(
            Problem(
                "form.wrong_extension", Severity.WARNING, parameters={"found": kind, "actual": actual}, repair=repair
            )
        )
    readers: dict[str, Callable[[bytes], FormTables]] = {
        ".xlsx": lambda content: _read_xlsx(content, problems),
        ".xls": lambda content: _read_xls(content, problems),
        ".csv": _read_csv,
        ".md": lambda content: read_markdown(_decode(content)),
    }
    return readers[actual](data), problems


def actual_kind(data: bytes, kind: str) -> str:
    """The kind that the bytes are of, by their first bytes, whatever the name says."""
    if data.startswith(b"PK\x03\x04"):
        return ".xlsx"
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        return ".xls"
    if kind in {".xlsx", ".xlsm", ".xls"} and b"\0" in data[:4096]:
        raise Refused("form.damaged_file")
    if kind in {".csv", ".md"}:
        return kind
    head = data[:5000]
    if head.count(b"|") >= 5:
        return ".md"
    if head.count(b",") >= 4:
        return ".csv"
    raise Refused("form.damaged_file")


def _decode(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused("form.damaged_file") from error


def _read_csv(data: bytes) -> FormTables:
    sheets: list[tuple[str, list[str | None], list[Row]]] = []
    wants_header = False
    try:
        lines = list(csv.reader(io.StringIO(_decode(data), newline="")))
    except csv.Error as error:
        raise Refused("form.damaged_file") from error
    for line in lines:
        name = line[0].strip() if line else ""
        cells = [cell.strip() for cell in line[1:]]
        if name:
            sheets.append((name, [], []))
            wants_header = True
        if not sheets or (name and not any(cells)) or not line[1:]:
            continue
        _, columns, rows = sheets[-1]
        if wants_header:
            columns += [cell or None for cell in cells]
            wants_header = False
        else:
            pairs = zip(columns, cells, strict=False)
            rows.append(Row(len(rows) + 2, {column: cell for column, cell in pairs if column and cell}))
    return FormTables(tuple(Sheet(name, tuple(columns), tuple(rows)) for name, columns, rows in sheets))


def _read_xlsx(data: bytes, problems: list[Problem]) -> FormTables:
    _inspect_archive(data)
    from openpyxl.reader.excel import ExcelReader  # noqa: PLC0415 — heavy library, loaded on first use

    try:
        reader = ExcelReader(io.BytesIO(data), read_only=True, data_only=True)
        reader.read()
        book = reader.wb
        return FormTables(tuple(_xlsx_sheet(book[name], problems) for name in book.sheetnames))
    except (
        zipfile.BadZipFile,
        KeyError,
        OSError,
        TypeError,
        ValueError,
        AttributeError,
        IndexError,
        SyntaxError,
    ) as error:
        raise Refused("form.damaged_file") from error


def _xlsx_sheet(page: Any, problems: list[Problem]) -> Sheet:  # noqa: ANN401 — openpyxl's read-only sheet has no public type
    if (page.max_column or 0) > MAX_COLUMNS:
        problems.append(_far_cell(page.title))

    def rows(first: int, width: int) -> Iterable[Sequence[object]]:
        cells: Iterable[Sequence[object]] = page.iter_rows(min_row=first, max_col=max(width, 1), values_only=True)
        return cells

    return _sheet(page.title, rows, _cell_text, problems)


def _inspect_archive(data: bytes) -> None:
    """Refuses archives that unpack to too much, hold too many entries or declare a document type."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            if len(entries) > MAX_ENTRIES:
                raise Refused("form.hostile_file", detail=f"{len(entries)} entries")
            total = 0
            for entry in entries:
                total += _unpacked_size(archive, entry, MAX_UNPACKED - total)
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError) as error:
        raise Refused("form.damaged_file") from error


def _unpacked_size(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, allowed: int) -> int:
    if entry.filename.startswith("xl/media/"):
        return 0
    size = 0
    tail = b""
    with archive.open(entry) as stream:
        while chunk := stream.read(_CHUNK):
            size += len(chunk)
            if size > allowed or (size > _SMALL_ENTRY and size > MAX_RATIO * max(entry.compress_size, 1)):
                raise Refused("form.hostile_file", detail=f"{entry.filename[:80]} unpacks to more than allowed")
            text = (tail + chunk).replace(b"\0", b"")
            if entry.filename.endswith((".xml", ".rels")) and b"<!DOCTYPE" in text:
                raise Refused("form.hostile_file", detail=f"{entry.filename[:80]} declares a document type")
            tail = chunk[-32:]
    return size


def _read_xls(data: bytes, problems: list[Problem]) -> FormTables:
    import xlrd  # noqa: PLC0415 — only for the old format

    try:
        book = xlrd.open_workbook(file_contents=data)
        return FormTables(tuple(_xls_sheet(book.datemode, sheet, problems) for sheet in book.sheets()))
    except (
        xlrd.XLRDError,
        AssertionError,
        IndexError,
        KeyError,
        TypeError,
        ValueError,
        OSError,
        AttributeError,
    ) as error:
        raise Refused("form.damaged_file") from error


def _xls_sheet(datemode: int, sheet, problems: list[Problem]) -> Sheet:  # type: ignore[no-untyped-def]  # noqa: ANN001 — xlrd has no types
    import xlrd  # noqa: PLC0415 — only for the old format

    def text(cell) -> str:  # type: ignore[no-untyped-def]  # noqa: ANN001 — xlrd has no types
        if cell.ctype == xlrd.XL_CELL_BOOLEAN:
            return "TRUE" if cell.value else "FALSE"
        if cell.ctype == xlrd.XL_CELL_NUMBER:
            return _number_text(cell.value)
        if cell.ctype == xlrd.XL_CELL_DATE:
            parts = xlrd.xldate_as_tuple(cell.value, datemode)
            return str(datetime.time(*parts[3:]) if parts[:3] == (0, 0, 0) else datetime.datetime(*parts))
        return _plain(str(cell.value))

    def rows(first: int, width: int) -> Iterable[Sequence[Any]]:
        return (sheet.row(number)[:width] for number in range(first - 1, sheet.nrows))

    return _sheet(sheet.name, rows, text, problems)


def _sheet(name: str, rows: Rows[Cell], text: Callable[[Cell], str], problems: list[Problem]) -> Sheet:
    columns = _headers([text(cell) for cell in next(iter(rows(1, MAX_COLUMNS)), ())])
    found: list[Row] = []
    empty = 0
    for number, cells in enumerate(rows(2, len(columns)), start=2):
        if number > MAX_ROWS:
            problems += [_far_cell(name)] if not problems or problems[-1].code != "form.far_cell" else []
            break
        filled = {
            column: value
            for column, cell in zip(columns, cells, strict=False)
            if column is not None and (value := text(cell))
        }
        if filled and empty > EMPTY_ROWS_END:
            problems.append(_after_gap(name, empty, number))
            break
        empty = 0 if filled else empty + 1
        if filled or empty <= EMPTY_ROWS_END:
            found.append(Row(number, filled))
    while found and not found[-1].cells:
        found.pop()
    return Sheet(name, tuple(columns), tuple(found))


def _headers(cells: list[str]) -> list[str | None]:
    columns: list[str | None] = []
    empty = 0
    for cell in cells:
        header = _SPACES.sub(" ", cell)
        empty = 0 if header else empty + 1
        if empty > EMPTY_COLUMNS_END:
            break
        columns.append(header or None)
    while columns and columns[-1] is None:
        columns.pop()
    return columns


def _far_cell(sheet: str) -> Problem:
    limits = {"rows": str(MAX_ROWS), "columns": str(MAX_COLUMNS)}
    return Problem("form.far_cell", Severity.WARNING, sheet, parameters=limits)


def _after_gap(sheet: str, gap: int, first: int) -> Problem:
    return Problem(
        "form.after_gap", Severity.WARNING, sheet, first, parameters={"gap": str(gap), "first": str(first)}
    )


def _cell_text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return _number_text(value)
    return _plain(str(value))


def _number_text(value: float) -> str:
    return str(int(value)) if value.is_integer() else str(value)


def _plain(text: str) -> str:
    return text.replace("\xa0", " ").strip()
