"""Tables on paper: header cells, rows that stay whole, the head repeated on each page, horizontal lines only."""

from dataclasses import dataclass, field

from roadmapdesk.figures.metrics import Face, text_width
from roadmapdesk.figures.symbols import class_symbol, grade_chip
from roadmapdesk.reports.document import Cell, Table
from roadmapdesk.reports.hyphens import dictionary
from roadmapdesk.reports.pdf.blocks import PrintBlock, Slot, draw_lines
from roadmapdesk.reports.pdf.painter import paint_item
from roadmapdesk.reports.pdf.sheet import Sheet
from roadmapdesk.reports.pdf.structure import Element, header_scope, language_attributes
from roadmapdesk.reports.pdf.styles import CONTENT_HEIGHT, PrintStyles, TextStyle
from roadmapdesk.reports.pdf.text_layout import Hyphenator, Line, set_lines, sparing

_GAP = 8.0
_ABOVE = 3.2
_SYMBOL = 7.0
_CHIP = 11.0
_TICK = 13.0
_MARK_GAP = 4.0
_MOST_EXTRA = 14.0
"""What a column takes at most beyond its content, so that a narrow table stays together."""


@dataclass(frozen=True, slots=True)
class _SetCell:
    """A cell with its lines set for the width of its column."""

    cell: Cell
    lines: list[Line]
    style: TextStyle
    is_numeric: bool

    @property
    def height(self) -> float:
        return len(self.lines) * self.style.leading + 2 * _ABOVE


@dataclass(frozen=True, slots=True)
class _Columns:
    """Left edges and widths of the columns, without the gaps between them."""

    lefts: tuple[float, ...]
    widths: tuple[float, ...]


def column_widths(table: Table, width: float, styles: PrintStyles) -> tuple[float, ...]:
    """Widths of the columns: content for weight zero, the rest shared by weight, each at least its longest word."""
    gaps = _GAP * (len(table.header) - 1)
    natural = [_natural_width(table, column, styles) for column in range(len(table.header))]
    fixed = [natural[column] if weight == 0 else 0.0 for column, weight in enumerate(table.weights)]
    room = width - gaps - sum(fixed)
    total = sum(table.weights)
    if total == 0:
        extra = min(max(0.0, room) / len(fixed), _MOST_EXTRA)
        return tuple(own + extra for own in fixed)
    return tuple(
        fixed[column] if weight == 0 else room * weight / total for column, weight in enumerate(table.weights)
    )


def _natural_width(table: Table, column: int, styles: PrintStyles) -> float:
    """The width of the widest cell, and of the longest word of the head."""
    head = styles.cell_head
    widest = max(text_width(word, head.size, head.face) for word in (table.header[column] or "–").split())
    for row in table.rows:
        cell = row[column]
        face = Face.SEMIBOLD if cell.is_strong else Face.REGULAR
        widest = max(widest, text_width(cell.text, styles.cell.size, face) + _mark_width(cell))
    return widest + 1.0


def _mark_width(cell: Cell) -> float:
    return (_SYMBOL + _MARK_GAP if cell.class_key else 0.0) + (_CHIP + _MARK_GAP if cell.grade else 0.0)


@dataclass
class TableBlock(PrintBlock):
    """The grid of a table or of a part of it.

    Attributes:
        is_continued: whether rows of the same table stand before this part: its head is an artifact then.
    """

    head: tuple[_SetCell, ...]
    rows: list[tuple[_SetCell, ...]]
    columns: _Columns
    styles: PrintStyles
    is_continued: bool = False
    slot: Slot = field(default_factory=Slot)

    def __post_init__(self) -> None:
        self.space_after = 10.0

    @property
    def height(self) -> float:
        """Height of the head and all rows."""
        return _row_height(self.head) + sum(_row_height(row) for row in self.rows) + 1.0

    @property
    def first_height(self) -> float:
        """The head and up to three rows, so that a head never stands alone."""
        rows = sum(_row_height(row) for row in self.rows[: 1 if self.drops_rest else 3])
        return min(_row_height(self.head) + rows + 1.0, CONTENT_HEIGHT)

    def divide(self, room: float) -> "tuple[PrintBlock, PrintBlock] | None":
        """Rows that fit; a row taller than a page is divided between its lines."""
        used = _row_height(self.head) + 1.0
        count = 0
        for row in self.rows:
            if used + _row_height(row) > room:
                break
            used += _row_height(row)
            count += 1
        rows = self.rows
        if count == 0:
            if used + _row_height(rows[0]) <= CONTENT_HEIGHT or room < CONTENT_HEIGHT * 0.9:
                return None
            rows = [*_divided_row(rows[0], room - used), *rows[1:]]
            count = 1
        if count == len(rows):
            return None
        if len(rows) - count == 1 and count > 3 and not self.drops_rest:
            count -= 1
        while count > 1 and _is_title(rows[count - 1]):
            count -= 1
        first = TableBlock(self.head, rows[:count], self.columns, self.styles, self.is_continued, self.slot)
        first.space_after = 0.0
        return first, TableBlock(self.head, rows[count:], self.columns, self.styles, True, self.slot)

    def draw(self, sheet: Sheet, x: float, y: float, parent: Element) -> None:
        """Draws head and rows with the lines between them."""
        table = self.slot.get("Table", parent)
        colours = self.styles.colour
        width = self.columns.lefts[-1] + self.columns.widths[-1]
        head_height = _row_height(self.head)
        if self.is_continued:
            with sheet.artifact("Pagination"):
                for column, cell in enumerate(self.head):
                    self._draw_text(sheet, cell, column, x, y + head_height - cell.height)
        else:
            row = Element("TR", table)
            for column, cell in enumerate(self.head):
                element = Element("TH", row, header_scope("Column"))
                with sheet.marked(element):
                    self._draw_text(sheet, cell, column, x, y + head_height - cell.height)
        y += head_height
        with sheet.artifact():
            sheet.rect(x, y, width, 0.8, fill=colours("border_strong"))
        for cells in self.rows:
            self._draw_row(sheet, cells, x, y, table)
            y += _row_height(cells)
            with sheet.artifact():
                sheet.rect(x, y, width, 0.4, fill=colours("border"))

    def _draw_row(self, sheet: Sheet, cells: tuple[_SetCell, ...], x: float, y: float, table: Element) -> None:
        row = Element("TR", table)
        for column, cell in enumerate(cells):
            self._draw_marks(sheet, cell, x + self.columns.lefts[column], y)
            scope = header_scope("Row") if column == 0 else {}
            attributes = {**scope, **language_attributes(cell.cell.language)}
            element = Element("TH" if column == 0 else "TD", row, attributes)
            if any(run.text.strip() for line in cell.lines for run in line.runs):
                with sheet.marked(element):
                    self._draw_text(sheet, cell, column, x, y)

    def _draw_text(self, sheet: Sheet, cell: _SetCell, column: int, x: float, y: float) -> None:
        left = x + self.columns.lefts[column]
        if not cell.is_numeric:
            draw_lines(sheet, cell.lines, left + _mark_width(cell.cell), y + _ABOVE, cell.style)
            return
        for index, line in enumerate(cell.lines):
            start = left + self.columns.widths[column] - line.width
            draw_lines(sheet, [line], start, y + _ABOVE + index * cell.style.leading, cell.style)

    def _draw_marks(self, sheet: Sheet, cell: _SetCell, x: float, y: float) -> None:
        """Symbol and chip: decoration, because the words beside them say the same."""
        middle = y + _ABOVE + cell.style.leading / 2
        palette = self.styles.palette
        if cell.cell.class_key:
            mark = palette.classes[cell.cell.class_key].mark
            with sheet.artifact():
                paint_item(
                    sheet, class_symbol(cell.cell.class_key, x + _SYMBOL / 2, middle, _SYMBOL, mark), (0.0, 0.0)
                )
            x += _SYMBOL + _MARK_GAP
        if cell.cell.grade:
            grade = palette.grades[cell.cell.grade]
            with sheet.artifact():
                paint_item(sheet, grade_chip(x, middle - _CHIP / 2, _CHIP, grade.fill, grade.border), (0.0, 0.0))
                width = text_width(grade.key, 7.6, Face.SEMIBOLD)
                sheet.text(
                    x + (_CHIP - width) / 2, middle + 2.6, grade.key, face=Face.SEMIBOLD, size=7.6, colour=grade.text
                )


def _is_title(cells: tuple[_SetCell, ...]) -> bool:
    """Whether a row only names the rows below it."""
    said = [cell.cell for cell in cells if cell.cell.text]
    return len(said) == 1 and said[0].is_strong and len(cells) > 1


def _row_height(cells: tuple[_SetCell, ...]) -> float:
    return max(cell.height for cell in cells)


def _divided_row(cells: tuple[_SetCell, ...], room: float) -> tuple[tuple[_SetCell, ...], tuple[_SetCell, ...]]:
    """A row taller than a page: the lines that fit, and the rest."""
    first: list[_SetCell] = []
    rest: list[_SetCell] = []
    for cell in cells:
        count = max(1, int((room - 2 * _ABOVE) / cell.style.leading))
        first.append(_SetCell(cell.cell, cell.lines[:count], cell.style, cell.is_numeric))
        rest.append(
            _SetCell(
                Cell("", language=cell.cell.language),
                cell.lines[count:] or [Line((), 0.0)],
                cell.style,
                cell.is_numeric,
            )
        )
    return tuple(first), tuple(rest)


def table_block(table: Table, width: float, styles: PrintStyles, hyphenate: Hyphenator) -> TableBlock:
    """The table set for a column of `width` points."""
    widths = column_widths(table, width, styles)
    lefts = tuple(sum(widths[:column]) + _GAP * column for column in range(len(widths)))

    def set_cell(cell: Cell, column: int, style: TextStyle) -> _SetCell:
        face_style = (
            style if not cell.is_strong else TextStyle(style.size, style.leading, style.colour, Face.SEMIBOLD)
        )
        if cell.is_tick:
            face_style = TextStyle(_TICK, style.leading, style.colour)
        room = widths[column] - _mark_width(cell)
        own = dictionary(cell.language) if cell.language else hyphenate
        if style is styles.cell_head:
            own = sparing(own, room, style)
        return _SetCell(cell, set_lines(cell.text, room, face_style, own), face_style, column in table.numeric)

    head = tuple(set_cell(Cell(text), column, styles.cell_head) for column, text in enumerate(table.header))
    rows = [tuple(set_cell(cell, column, styles.cell) for column, cell in enumerate(row)) for row in table.rows]
    block = TableBlock(head, rows, _Columns(lefts, widths), styles)
    block.drops_rest = table.is_extract
    return block
