"""Where everything stands on a sheet: title, marking, explanation, then the tables one below the other."""

from collections.abc import Mapping
from dataclasses import dataclass

from roadmapdesk.reports.excel.sheets import Book, Sheet, Table

TITLE_ROW, MARKING_ROW, EXPLANATION_ROW = 1, 2, 3
FIRST_ROW = 5
"""First row of the first table; the fourth row stays empty."""


def letter(number: int) -> str:
    """The name of a column. Worked number: 1 is A, 27 is AA."""
    name = ""
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(65 + rest) + name
    return name


@dataclass(frozen=True, slots=True)
class Place:
    """Rows of one table on its sheet, 1-based.

    Attributes:
        title: row of its heading, 0 without one.
        head: row of the column headers, 0 without them.
        first: row of its first record.
        last: row of its last record; the row before `first` when it is empty.
        widths: of its columns on the sheet; tables one below the other share the widest.
    """

    sheet: str
    table: Table
    title: int
    head: int
    first: int
    last: int
    widths: tuple[float, ...]

    @property
    def area(self) -> str:
        """The whole table; Excel wants at least one row below the head."""
        return f"A{self.head or self.first}:{letter(len(self.table.columns))}{max(self.last, self.first)}"

    def column(self, name: str) -> str:
        """The letter of a column of the table."""
        names = [column.name for column in self.table.columns]
        return letter(names.index(name) + 1)

    def whole_column(self, name: str) -> str:
        """All records of a column as a reference from anywhere in the book."""
        column = self.column(name)
        return f"'{self.sheet}'!${column}${self.first}:${column}${max(self.last, self.first)}"


def places(sheet: Sheet) -> tuple[Place, ...]:
    """The places of all tables of a sheet, from top to bottom."""
    found = []
    shared = widths(sheet)
    row = FIRST_ROW
    for table in sheet.tables:
        title = row if table.title else 0
        head = row + bool(title) if table.has_head else 0
        first = row + bool(title) + table.has_head
        last = first + table.count - 1
        found.append(Place(sheet.name, table, title, head, first, last, shared[: len(table.columns)]))
        row = max(last, first) + 2
    return tuple(found)


def widths(sheet: Sheet) -> tuple[float, ...]:
    """The width of each column of a sheet: the widest that one of its tables asks for, in characters."""
    asked: dict[int, float] = {}
    for table in sheet.tables:
        for number, column in enumerate(table.columns):
            own = column.shown_width if table.has_head else column.width
            asked[number] = max(asked.get(number, 0.0), own)
    return tuple(asked.values())


def named_places(book: Book) -> Mapping[str, Place]:
    """Mapping name of a table → its place."""
    return {place.table.name: place for sheet in book.sheets for place in places(sheet)}
