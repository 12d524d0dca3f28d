"""Rows as XML text, and what the checksum of a sheet is taken over.

Checksum: for every row with content its cells, joined by U+001F, empty cells at the end left out, closed by a line
feed, in UTF-8. A text counts as it is, a number with 15 significant digits, a date as ISO 8601, a formula by its
value.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from roadmapdesk.reports.excel.cell_text import (
    FORMULA_STARTS,
    MAX_LENGTH,
    fitted,
    starts_like_formula,
    stored_text,
    xml_text,
)
from roadmapdesk.reports.excel.layout import Place, letter
from roadmapdesk.reports.excel.sheets import Formula, Kind, Row, Styled, Value
from roadmapdesk.reports.excel.styles import WRAPPED, Styles

if TYPE_CHECKING:
    import hashlib

_WriteRecord = Callable[[str, Row, Callable[[str], None]], list[str]]
SEPARATOR, LINE_END = "\x1f", "\n"
_TALLEST, _MEASURED = 400.0, 4000
_LINE = 12.75
_TWO_LINES = f' ht="{3 + _LINE * 2:g}"'
_ALIKE = 2000
"""Rows of a table that are measured before the first is written."""
_LETTERS = 1.1
"""Letters of running text in the room of one digit, by which widths are counted."""
_KNOWN = 4096
"""Escaped texts that are remembered, because codes and labels come again and again."""
_EXACT = 10**15
"""Whole numbers below it are written as they are; Excel holds 15 digits."""
_SHORT = MAX_LENGTH // 2
"""Texts below this length fit whatever their characters."""
_DAY_ZERO = date(1899, 12, 30).toordinal()
_NAME = re.compile(r"\{(?:(\w+)\.)?(\w+)\}")
_RIGHT_HEADS = frozenset(set(Kind) - {Kind.TEXT, Kind.CODE, Kind.LABEL, Kind.DATE, Kind.MOMENT})


def number_text(value: float) -> str:
    """A number as the file holds it. Worked numbers: 75.0 is ``75``, 0.1 + 0.2 is ``0.3``.

    Raises:
        ValueError: not a number or infinite, which no cell can hold.
    """
    text = format(value, ".15g")
    if text[-1] in "nf":
        msg = "a cell cannot hold a number that is not finite"
        raise ValueError(msg)
    return text


def canonical(texts: list[str]) -> bytes:
    """One row as the checksum sees it; nothing for an empty row."""
    line = SEPARATOR.join(texts).rstrip(SEPARATOR)
    return (line + LINE_END).encode("utf-8", "surrogatepass") if line else b""


class RowWriter:
    """Writes the rows of one sheet; `shortened` counts texts that were too long for a cell."""

    def __init__(self, styles: Styles, named: Mapping[str, Place], mark: str) -> None:
        self._styles, self._named, self._mark = styles, named, mark
        self.shortened = 0

    def line(self, row: int, texts: tuple[str, ...], style: int, height: float) -> tuple[bytes, bytes]:
        """A row of texts in one style, and its part of the checksum."""
        stored = [self._stored(text) for text in texts]
        cells = "".join(
            _text_cell(f"{letter(number)}{row}", style, text) for number, text in enumerate(stored, start=1) if text
        )
        return f'<row r="{row}" ht="{height:g}" customHeight="1">{cells}</row>'.encode(), canonical(stored)

    def head(self, place: Place) -> tuple[bytes, bytes]:
        """The headers of a table, and their part of the checksum."""
        styles = self._styles
        titles = [column.title for column in place.table.columns]
        cells = "".join(
            _text_cell(
                f"{letter(number)}{place.head}",
                styles.head_right if column.kind in _RIGHT_HEADS else styles.head,
                column.title,
            )
            for number, column in enumerate(place.table.columns, start=1)
        )
        lines = max(_lines(title, width - 2) for title, width in zip(titles, place.widths, strict=True))
        height = 6 + 13.5 * lines
        return f'<row r="{place.head}" ht="{height:g}" customHeight="1">{cells}</row>'.encode(), canonical(titles)

    def records(self, place: Place, digest: "hashlib._Hash", chunk: int) -> Iterator[tuple[int, bytes]]:
        """The records of a table in parts: how many so far, and their XML; `digest` is fed along the way.

        Raises:
            ValueError: a record is not as long as the table has columns.
        """
        write = self._record_writer(place)
        opening = _row_openings(place)
        cells: list[str] = []
        lines: list[str] = []
        row = place.first - 1
        for row, record in enumerate(place.table.rows, start=place.first):
            here = str(row)
            cells.append(opening(here, record))
            lines.append(SEPARATOR.join(write(here, record, cells.append)).rstrip(SEPARATOR))
            cells.append("</row>")
            if len(lines) >= chunk:
                digest.update(_joined(lines))
                lines.clear()
                yield row - place.first + 1, "".join(cells).encode()
                cells.clear()
        digest.update(_joined(lines))
        yield row - place.first + 1, "".join(cells).encode()

    def _record_writer(self, place: Place) -> "_WriteRecord":
        """What writes the cells of one record and gives back its texts for the checksum.

        Millions of cells come by here: the usual kinds of values are told apart by their type alone, and what a
        column needs is put together once.
        """
        columns = [(letter(number), column.kind) for number, column in enumerate(place.table.columns, start=1)]
        plain = [self._styles.kinds[kind] for _letter, kind in columns]
        openings = [f'<c r="{name}' for name, _kind in columns]
        numbers = [f'" s="{style}"><v>' for style in plain]
        texts = [f'" s="{style}" t="inlineStr"><is><t xml:space="preserve">' for style in plain]
        blanks = [f'" s="{style}"/>' for style in plain]
        parts = list(zip(openings, numbers, texts, blanks, columns, strict=True))
        known: dict[str, tuple[str, str]] = {}

        def write(here: str, record: Row, add: Callable[[str], None]) -> list[str]:
            line: list[str] = []
            show = line.append
            for value, (opening, number, text, blank, column) in zip(record, parts, strict=True):
                if value is None or value == "":
                    show("")
                    add(f"{opening}{here}{blank}")
                elif type(value) is str and (pair := known.get(value) or _remembered(value, known)):
                    show(pair[1])
                    add(f"{opening}{here}{text}{pair[0]}</t></is></c>")
                elif type(value) is float or (type(value) is int and -_EXACT < value < _EXACT):
                    shown = number_text(value) if type(value) is float else str(value)
                    show(shown)
                    add(f"{opening}{here}{number}{shown}</v></c>")
                elif type(value) is date:
                    show(value.isoformat())
                    add(f"{opening}{here}{number}{value.toordinal() - _DAY_ZERO}</v></c>")
                else:
                    xml, shown = self._unusual(value, column, place, here)
                    show(shown)
                    add(xml)
            return line

        return write

    def _unusual(self, value: Value, column: tuple[str, Kind], place: Place, row: str) -> tuple[str, str]:
        """XML and checksum text of a value that needs more than its column's style."""
        cell, kind = column[0] + row, column[1]
        if isinstance(value, Styled):
            kind, value = value.kind, value.value
            if value is None or value == "":
                return f'<c r="{cell}" s="{self._styles.kinds[kind]}"/>', ""
        style = self._styles.kinds[kind]
        if isinstance(value, str):
            stored = self._stored(value)
            if starts_like_formula(stored):
                style = self._styles.quoted.get(kind, style)
            return _text_cell(cell, style, stored), stored
        if isinstance(value, Formula):
            return self._formula(cell, style, value, place, row)
        if isinstance(value, bool):
            return f'<c r="{cell}" s="{style}" t="b"><v>{int(value)}</v></c>', str(value).upper()
        if isinstance(value, datetime):
            local = value.replace(tzinfo=None, microsecond=0)
            days = (local - datetime(1899, 12, 30)).total_seconds() / 86_400
            return f'<c r="{cell}" s="{style}"><v>{days!r}</v></c>', local.isoformat(" ")
        if isinstance(value, date):
            return f'<c r="{cell}" s="{style}"><v>{value.toordinal() - _DAY_ZERO}</v></c>', value.isoformat()
        if isinstance(value, int | float):
            text = number_text(value)
            return f'<c r="{cell}" s="{style}"><v>{text}</v></c>', text
        msg = f"a cell cannot hold {type(value).__name__}"
        raise TypeError(msg)

    def _formula(self, cell: str, style: int, formula: Formula, place: Place, row: str) -> tuple[str, str]:
        def reference(found: re.Match[str]) -> str:
            table, column = found.group(1), found.group(2)
            return self._named[table].whole_column(column) if table else place.column(column) + row

        text = xml_text(_NAME.sub(reference, formula.text))
        if isinstance(formula.value, str):
            stored = self._stored(formula.value)
            return f'<c r="{cell}" s="{style}" t="str"><f>{text}</f><v>{xml_text(stored)}</v></c>', stored
        shown = number_text(formula.value)
        return f'<c r="{cell}" s="{style}"><f>{text}</f><v>{shown}</v></c>', shown

    def _stored(self, text: str) -> str:
        kept = fitted(text, self._mark)
        if kept is not text:
            self.shortened += 1
        return stored_text(kept)


def _remembered(text: str, known: dict[str, tuple[str, str]]) -> tuple[str, str] | None:
    """A text as XML and as the checksum sees it, kept in `known`; None for long ones and likely formulas."""
    if len(text) >= _SHORT or text[0] in FORMULA_STARTS:
        return None
    if len(known) > _KNOWN:
        known.clear()
    escaped = xml_text(text)
    known[text] = escaped, text if escaped is text else stored_text(text)
    return known[text]


def _row_openings(place: Place) -> Callable[[str, Row], str]:
    """What gives the opening tag of a row from its number and record, with the height that its texts need."""
    wrapped = [
        (index, int(place.widths[index] * _LETTERS))
        for index, column in enumerate(place.table.columns)
        if column.kind in WRAPPED
    ]
    common = _common_height(place, wrapped)
    if common or not wrapped:
        return lambda here, _record: f'<row r="{here}"{common}>'
    return lambda here, record: f'<row r="{here}"{_height(record, wrapped)}>'


def _text_cell(cell: str, style: int, text: str) -> str:
    return f'<c r="{cell}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{xml_text(text)}</t></is></c>'


def _common_height(place: Place, wrapped: list[tuple[int, int]]) -> str:
    """One height for all rows of a table whose texts need two lines at most; empty where each row has its own."""
    rows = place.table.rows
    if not wrapped or not isinstance(rows, Sequence) or len(rows) > _ALIKE:
        return ""
    heights = {_height(record, wrapped) for record in rows}
    return f'{_TWO_LINES} customHeight="1"' if _TWO_LINES in heights and heights <= {"", _TWO_LINES} else ""


def _height(record: Row, wrapped: list[tuple[int, int]]) -> str:
    """The height of a row whose texts need more than one line, because readers do not measure rows on opening."""
    lines = 1
    for index, width in wrapped:
        value = record[index]
        if isinstance(value, Styled):
            if value.kind is Kind.HEADING:
                return ' ht="24"'
            value = value.value
        if isinstance(value, str) and (len(value) > width or "\n" in value):
            lines = max(lines, sum(_lines(part, width) for part in value[:_MEASURED].split("\n")))
    return f' ht="{min(_TALLEST, 3 + _LINE * lines):g}"' if lines > 1 else ""


def _joined(lines: list[str]) -> bytes:
    return "".join([line + LINE_END for line in lines if line]).encode()


def _lines(text: str, width: float) -> int:
    """Lines that a wrapped header needs, broken at spaces; a word longer than a line is broken inside."""
    room = max(4, int(width))
    lines, used = 1, 0
    for word in text.split(" "):
        length = len(word)
        if used and used + 1 + length <= room:
            used += 1 + length
            continue
        lines += (1 if used else 0) + max(0, (length - 1) // room)
        used = length % room or room
    return lines
