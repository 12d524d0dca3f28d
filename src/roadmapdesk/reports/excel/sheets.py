"""What a workbook is made of: books, sheets, tables, columns and values, before anything is written.

A column says what it means, in which unit, how it comes about and which question stands behind it. Table heads, the
data dictionary and the protocol are all made from these descriptions, so they cannot disagree.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum


class Kind(StrEnum):
    """What a column holds; each kind has one number format and alignment."""

    TEXT = "text"
    CODE = "code"
    POINTS = "points"
    WHOLE_POINTS = "whole_points"
    SIGNED = "signed"
    WHOLE_SIGNED = "whole_signed"
    INTEGER = "integer"
    SHARE = "share"
    DECIMAL = "decimal"
    BAND = "band"
    DATE = "date"
    MOMENT = "moment"
    LABEL = "label"
    HEADING = "heading"


class Look(StrEnum):
    """A conditional format of a column."""

    NONE = "none"
    HEAT = "heat"
    CLASS = "class"
    GRADE = "grade"


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula and its value, so that readers that do not calculate show the same.

    Attributes:
        text: in Excel's stored notation without ``=``; ``{name}`` is the column of that name in the same row,
            ``{table.name}`` the whole column of a table of the book.
        value: what the formula gives.
    """

    text: str
    value: float | int | str


Plain = str | int | float | bool | date | datetime | Formula | None


@dataclass(frozen=True, slots=True)
class Styled:
    """A value in another style than its column's, for lists in which each row holds another kind of value."""

    value: Plain
    kind: Kind


Value = Plain | Styled
Row = tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table.

    Attributes:
        name: stable ASCII name, unique in the table, for formulas and the dictionary.
        header: what it is called, in the language of the book; unique in the table together with its unit.
        meaning: one sentence for the dictionary.
        width: in characters, see `shown_width`.
        unit: unit or scale, shown behind the header.
        formula: how it comes about, in words; empty for what was entered.
        source: names of the questions behind it, separated by spaces.
        is_printed: whether it lies in the printed area; unprinted columns stand behind the printed ones.
    """

    name: str
    header: str
    kind: Kind
    meaning: str
    width: float = 12.0
    unit: str = ""
    formula: str = ""
    source: str = ""
    look: Look = Look.NONE
    is_printed: bool = True

    @property
    def title(self) -> str:
        """The header with its unit."""
        return f"{self.header} ({self.unit})" if self.unit else self.header

    @property
    def shown_width(self) -> float:
        """The width, at least that of the longest word of the header in bold with room for the filter button."""
        return max(self.width, 1.1 * max(map(len, self.title.split())) + 3)

    def unprinted(self) -> "Column":
        """The same column outside the printed area."""
        return replace(self, is_printed=False)


def named_row(columns: Sequence[Column], values: Mapping[str, Value]) -> Row:
    """The values in the order of the columns, so that each stands under its own header.

    Args:
        columns: of a table.
        values: mapping name of a column → value; complete.

    Raises:
        ValueError: a column has no value, or a value no column.
    """
    names = [column.name for column in columns]
    if values.keys() != set(names):
        msg = f"columns and values differ in {', '.join(sorted(values.keys() ^ set(names)))}"
        raise ValueError(msg)
    return tuple(values[name] for name in names)


@dataclass(frozen=True, slots=True)
class Table:
    """One table; rows are read once, so they may come from a generator.

    Attributes:
        name: ASCII name of the Excel table, unique in the book.
        count: number of rows that `rows` will give.
        title: heading above it, used where a sheet holds several tables.
        has_head: whether it shows its columns' headers and becomes an Excel table; else it is a list of pairs.
        is_described: whether the data dictionary lists its columns.
    """

    name: str
    columns: tuple[Column, ...]
    rows: Iterable[Row]
    count: int
    title: str = ""
    has_head: bool = True
    is_described: bool = True

    def __post_init__(self) -> None:
        titles = [column.title.casefold() for column in self.columns]
        if len(set(titles)) != len(titles):
            msg = f"table {self.name} has two columns of one name"
            raise ValueError(msg)

    @property
    def printed(self) -> int:
        """Number of columns in the printed area."""
        return sum(column.is_printed for column in self.columns)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: title, marking and explanation above one or more tables.

    Attributes:
        name: at most 31 characters.
        explanation: what the sheet shows and how to read it.
        frozen_columns: columns that stay in sight when scrolling sideways.
        is_landscape: orientation of the printed page.
        fits_page: whether it is printed on one page, not only as wide as one.
        has_checksum: False for the sheet that lists the checksums itself.
    """

    name: str
    title: str
    explanation: str
    tables: tuple[Table, ...]
    frozen_columns: int = 0
    is_landscape: bool = True
    fits_page: bool = False
    has_checksum: bool = True


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook.

    Attributes:
        marking: level, wave and, for invented data, the word for it; second line and page header of every sheet.
        page: footer text with ``&P`` for the page and ``&N`` for the number of pages.
        shortened: mark at the end of a text that is too long for a cell, with ``{n}`` for the characters left out.
    """

    sheets: tuple[Sheet, ...]
    title: str
    subject: str
    marking: str
    author: str
    language: str
    created: datetime
    page: str = "&P / &N"
    shortened: str = " … [+{n}]"
