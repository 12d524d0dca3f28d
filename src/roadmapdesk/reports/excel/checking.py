"""Reads a written workbook back with openpyxl's own reader, and compares it with the facts, not with the writer."""

import hashlib
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import BadZipFile

from roadmapdesk.reports.excel.cell_text import unescaped
from roadmapdesk.reports.excel.content import cells, overview, protocol
from roadmapdesk.reports.facts import ReportFacts
from roadmapdesk.scoring.scorecard import CellKey

if TYPE_CHECKING:
    from openpyxl import Workbook

SUM_LENGTH = 64
_MOMENT = "yyyy\\-mm\\-dd\\ hh:mm"

Shown = str | int | float | bool | datetime | None


def check_workbook(target: Path, facts: ReportFacts) -> bool:
    """Whether the file is a whole workbook of these facts.

    Compares the names of its sheets and their checksums with the list in its protocol, the matrix of cells with the
    disclosed scorecard, and looks for the mark of invented data on every sheet.
    """
    import openpyxl  # noqa: PLC0415 — heavy library, loaded on first use
    from openpyxl.utils.exceptions import InvalidFileException  # noqa: PLC0415 — heavy library, loaded on first use

    try:
        book = openpyxl.load_workbook(target, read_only=True, data_only=True)
    except (OSError, BadZipFile, KeyError, ValueError, InvalidFileException):
        return False
    try:
        return _holds(book, facts)
    except (KeyError, ValueError, BadZipFile, EOFError):
        return False
    finally:
        book.close()


def _holds(book: "Workbook", facts: ReportFacts) -> bool:
    language = facts.language.code
    names = book.sheetnames
    if names[:1] != [overview.READ_ME.text(language)] or names[-1:] != [protocol.NAME.text(language)]:
        return False
    sums = {}
    for row in rows_of(book, names[-1]):
        if len(row) >= 3 and isinstance(row[1], str) and row[0] in names and len(row[1]) == SUM_LENGTH:
            sums[str(row[0])] = row[1]
    if list(sums) != names[:-1] or any(checksum(rows_of(book, name)) != known for name, known in sums.items()):
        return False
    mark = facts.language.gettext("Sample data")
    if facts.is_sample and any(mark not in str(_head(book, name)) for name in names):
        return False
    return _has_matrix(list(rows_of(book, cells.NAME.text(language))), facts)


def _head(book: "Workbook", name: str) -> list[list[Shown]]:
    return [row for _number, row in zip(range(3), rows_of(book, name), strict=False)]


def _has_matrix(rows: list[list[Shown]], facts: ReportFacts) -> bool:
    """Whether every cell of the scorecard stands there with its performance, and nothing else."""
    stages = set(facts.scorecard.stages)
    found = {CellKey(str(row[0]), str(row[2])): row[4] for row in rows if len(row) > 4 and row[0] in stages}
    if set(found) != set(facts.scorecard.cells):
        return False
    for key, shown in found.items():
        figure = facts.scorecard.cells[key].performance
        if figure is None or not isinstance(shown, int | float):
            if figure is not None or shown is not None:
                return False
        elif abs(shown - figure.mean) > 1e-9:
            return False
    return True


def rows_of(book: "Workbook", name: str) -> Iterator[list[Shown]]:
    """The values of a sheet, row by row; formulas by their stored value, dates and times as ISO text."""
    for row in book[name].iter_rows():
        yield [_shown(cell.value, cell.number_format) for cell in row]


def _shown(value: object, number_format: str) -> Shown:
    if isinstance(value, datetime):
        return value.isoformat(" ", "seconds") if number_format == _MOMENT else value.date().isoformat()
    if isinstance(value, str):
        return unescaped(value)
    assert value is None or isinstance(value, int | float), "a written cell holds text, number, truth or date"
    return value


def checksum(rows: Iterable[list[Shown]]) -> str:
    """The checksum of a sheet as the protocol explains it, computed from what a reader gets."""
    digest = hashlib.sha256()
    for row in rows:
        line = "\x1f".join(_text(value) for value in row).rstrip("\x1f")
        if line:
            digest.update((line + "\n").encode())
    return digest.hexdigest()


def _text(value: Shown) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    return format(value, ".15g") if isinstance(value, int | float) else str(value)
