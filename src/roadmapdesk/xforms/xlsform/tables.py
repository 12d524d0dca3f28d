"""The tables of a form, as neutral text: what every reader produces and every check, repair and writer works on."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

STANDARD_SHEETS = frozenset({"survey", "choices", "settings", "external_choices", "entities", "osm"})


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a sheet.

    Attributes:
        number: 1-based row in the sheet as a person counts it, the header being row 1.
        cells: mapping column → text; blank cells are absent.
    """

    number: int
    cells: Mapping[str, str]

    def get(self, column: str) -> str:
        """The cell's text, or an empty string."""
        return self.cells.get(column, "")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet.

    Attributes:
        columns: headers in their order; a blank header is None.
        rows: all rows, blank ones included, so that positions stay those of the file.
    """

    name: str
    columns: tuple[str | None, ...]
    rows: tuple[Row, ...]

    @property
    def headers(self) -> tuple[str, ...]:
        """The headers that are not blank."""
        return tuple(column for column in self.columns if column is not None)

    def column_number(self, column: str) -> int | None:
        """1-based position of a column, None where the sheet has no such column."""
        return self.columns.index(column) + 1 if column in self.columns else None

    def filled_rows(self) -> Iterator[Row]:
        """The rows with at least one filled cell."""
        return (row for row in self.rows if row.cells)


@dataclass(frozen=True, slots=True)
class FormTables:
    """All sheets of a form in the order of the file."""

    sheets: tuple[Sheet, ...]

    def sheet(self, name: str) -> Sheet | None:
        """The sheet with this name in any case; a lone sheet of another name counts as the survey."""
        for sheet in self.sheets:
            if sheet.name.lower() == name:
                return sheet
        lone = len(self.sheets) == 1 and self.sheets[0].name.lower() not in STANDARD_SHEETS
        return self.sheets[0] if lone and name == "survey" else None

    def extra_sheets(self) -> dict[str, tuple[dict[str, str], ...]]:
        """Sheets that pyxform ignores, by lower-case name: their filled rows as mappings column → text."""
        if len(self.sheets) < 2:
            return {}
        return {
            sheet.name.lower(): tuple(dict(row.cells) for row in sheet.filled_rows())
            for sheet in self.sheets
            if sheet.name.lower() not in STANDARD_SHEETS
        }

    def with_sheet(self, changed: Sheet) -> "FormTables":
        """The same tables with the sheet of this name exchanged."""
        return FormTables(tuple(changed if sheet.name == changed.name else sheet for sheet in self.sheets))

    def with_cell(self, sheet_name: str, row_number: int, column: str, value: str | None) -> "FormTables":
        """The same tables with one cell of text changed; None empties it. Row 1 renames the column."""
        sheet = self.sheet(sheet_name)
        if sheet is None:
            return self
        if row_number == 1:
            return self.with_sheet(_renamed(sheet, column, value))
        rows = tuple(_changed(row, column, value) if row.number == row_number else row for row in sheet.rows)
        columns = sheet.columns if column in sheet.columns else (*sheet.columns, column)
        return self.with_sheet(replace(sheet, columns=columns, rows=rows))

    def without_row(self, sheet_name: str, row_number: int) -> "FormTables":
        """The same tables with one row emptied; later rows keep their numbers."""
        sheet = self.sheet(sheet_name)
        if sheet is None:
            return self
        rows = tuple(Row(row.number, {}) if row.number == row_number else row for row in sheet.rows)
        return self.with_sheet(replace(sheet, rows=rows))


def _changed(row: Row, column: str, value: str | None) -> Row:
    cells = {key: text for key, text in row.cells.items() if key != column}
    if value:
        cells[column] = value
    return Row(row.number, cells)


def _renamed(sheet: Sheet, column: str, value: str | None) -> Sheet:
    columns = tuple(value if name == column else name for name in sheet.columns)
    rows = tuple(
        Row(
            row.number,
            {new: text for key, text in row.cells.items() if (new := value if key == column else key)},
        )
        for row in sheet.rows
    )
    return Sheet(sheet.name, columns, rows)
