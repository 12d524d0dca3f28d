r"""Form tables as Markdown: the format of the shipped questionnaires, which version control can compare.

``|sheet|`` opens a sheet, ``||cell|cell|`` is a row of it, the first row holds the headers. Trailing blank cells
may be left out; a bar inside a cell is written as ``\|``; a line that begins with ``#`` is a comment.
"""

import re

from roadmapdesk.xforms.xlsform.tables import FormTables, Row, Sheet

_LINE = re.compile(r"\s*\|(.*)\|")
_RULER = re.compile(r"[|\-\s:]+$")
_BAR = re.compile(r"(?<!\\)\|")


def read_markdown(text: str) -> FormTables:
    """The tables of a Markdown text, read as pyxform reads them."""
    sheets: list[tuple[str, list[list[str]]]] = []
    for line in text.split("\n"):
        cells = _split(line)
        if cells is None:
            continue
        if cells[0]:
            sheets.append((cells[0], []))
        if sheets and any(cells[1:]):
            sheets[-1][1].append(cells[1:])
    return FormTables(tuple(_sheet(name, rows) for name, rows in sheets if rows))


def write_markdown(tables: FormTables) -> str:
    """The tables as Markdown without padding; each row ends after its last filled cell."""
    lines: list[str] = []
    for sheet in tables.sheets:
        headers = sheet.headers
        lines += [_line((sheet.name,)), _line(("", *headers))]
        lines += [_line(("", *(row.get(column) for column in headers))) for row in sheet.filled_rows()]
    return "\n".join(lines) + "\n"


def _split(line: str) -> list[str] | None:
    if line.lstrip().startswith("#"):
        return None
    match = _LINE.match(line)
    if match is None or (match[1].strip() and _RULER.match(match[1])):
        return None
    return [cell.strip().replace(r"\|", "|") for cell in _BAR.split(match[1])]


def _sheet(name: str, rows: list[list[str]]) -> Sheet:
    columns = tuple(cell or None for cell in rows[0])
    return Sheet(name, columns, tuple(_row(number, columns, cells) for number, cells in enumerate(rows[1:], start=2)))


def _row(number: int, columns: tuple[str | None, ...], cells: list[str]) -> Row:
    return Row(number, {column: cell for column, cell in zip(columns, cells, strict=False) if column and cell})


def _line(cells: tuple[str, ...]) -> str:
    kept = list(cells)
    while len(kept) > 1 and not kept[-1]:
        kept.pop()
    return "|" + "|".join(re.sub(r"\s*\n\s*", " ", cell).replace("|", r"\|") for cell in kept) + "|"
