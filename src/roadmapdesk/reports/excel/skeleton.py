"""The workbook without its rows: sheets, tables, widths, conditional formats, printing. Rows are spliced in later."""

import io
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, cast

from roadmapdesk.figures.palette import HEAT_STEP, load_palette
from roadmapdesk.reports.excel.layout import MARKING_ROW, TITLE_ROW, Place, letter, places, widths
from roadmapdesk.reports.excel.sheets import Book, Look, Sheet
from roadmapdesk.reports.excel.styles import Styles, make_styles

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_A4 = 9
_MARGIN_INCH = 0.5


def build_skeleton(book: Book) -> tuple[bytes, Styles]:
    """The bytes of a workbook whose sheets are complete but for their rows, and the numbers of its styles."""
    import openpyxl  # noqa: PLC0415 — heavy library, loaded on first use
    from openpyxl.writer.excel import ExcelWriter  # noqa: PLC0415 — see above

    workbook = openpyxl.Workbook()
    first = workbook.active
    for sheet in book.sheets:
        _sheet(workbook.create_sheet(sheet.name), sheet, book)
    styles = make_styles(workbook)
    if first is not None:
        workbook.remove(first)
    about = workbook.properties
    about.title, about.subject, about.creator = book.title, book.subject, book.author
    about.lastModifiedBy, about.language = book.author, book.language
    about.created = about.modified = book.created.astimezone(tz=None).replace(tzinfo=None)
    # Every formula carries its value; recalculating on load would ask readers to save an unchanged file.
    workbook.calculation.fullCalcOnLoad = False
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        ExcelWriter(workbook, archive).save()  # `Workbook.save` would put the present second in as the date of change
    return stream.getvalue(), styles


def _sheet(worksheet: "Worksheet", sheet: Sheet, book: Book) -> None:
    found = places(sheet)
    for place in found:
        if place.head:
            _table(worksheet, place)
        for column, look in _looks(place):
            _look(worksheet, place, column, look)
    for number, width in enumerate(widths(sheet), start=1):
        worksheet.column_dimensions[letter(number)].width = width
    _view(worksheet, sheet, found)
    _print(worksheet, sheet, book, found)


def _table(worksheet: "Worksheet", place: Place) -> None:
    from openpyxl.worksheet.table import Table, TableStyleInfo  # noqa: PLC0415 — heavy library, loaded on first use

    table = Table(displayName=place.table.name, name=place.table.name, ref=place.area)
    table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=False)
    cast("Any", table)._initialise_columns()  # the only way to name columns without cells
    for described, column in zip(table.tableColumns, place.table.columns, strict=True):
        described.name = column.title
    worksheet.add_table(table)


def _view(worksheet: "Worksheet", sheet: Sheet, found: tuple[Place, ...]) -> None:
    worksheet.sheet_view.showGridLines = False
    worksheet.sheet_view.zoomScale = 100
    is_single = len(found) == 1 and bool(found[0].head)
    row = found[0].first if is_single else MARKING_ROW + 1
    worksheet.freeze_panes = f"{letter(sheet.frozen_columns + 1 if is_single else 1)}{row}"


def _print(worksheet: "Worksheet", sheet: Sheet, book: Book, found: tuple[Place, ...]) -> None:
    setup = worksheet.page_setup
    setup.paperSize = _A4
    setup.orientation = "landscape" if sheet.is_landscape else "portrait"
    setup.fitToWidth, setup.fitToHeight = 1, int(sheet.fits_page)
    if worksheet.sheet_properties.pageSetUpPr is None:
        from openpyxl.worksheet.properties import PageSetupProperties  # noqa: PLC0415 — heavy library, loaded on first use

        worksheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    worksheet.sheet_properties.pageSetUpPr.fitToPage = True
    margins = worksheet.page_margins
    margins.left = margins.right = _MARGIN_INCH
    margins.top = margins.bottom = _MARGIN_INCH + 0.3
    head, foot = cast("Any", worksheet.oddHeader), cast("Any", worksheet.oddFooter)
    head.left.text, head.right.text = _page_text(book.title), _page_text(book.marking)
    foot.left.text, foot.right.text = _page_text(sheet.name), book.page
    is_single = len(found) == 1 and bool(found[0].head)
    repeated = found[0].head if is_single else TITLE_ROW
    worksheet.print_title_rows = f"{repeated}:{repeated}"
    last_column = letter(max(place.table.printed for place in found))
    worksheet.print_area = f"A1:{last_column}{max(max(place.last, place.first) for place in found)}"


def _page_text(text: str) -> str:
    """Text for the head or foot of a page, where ``&`` begins a command and 255 characters is the limit of all."""
    return text.replace("&", "&&")[:110]


def _looks(place: Place) -> Iterator[tuple[str, Look]]:
    for number, column in enumerate(place.table.columns, start=1):
        if column.look is not Look.NONE:
            yield letter(number), column.look


def _look(worksheet: "Worksheet", place: Place, column: str, look: Look) -> None:
    from openpyxl.formatting.rule import FormulaRule  # noqa: PLC0415 — heavy library, loaded on first use
    from openpyxl.styles import Font, PatternFill  # noqa: PLC0415 — heavy library, loaded on first use

    cell = f"{column}{place.first}"
    for condition, fill, ink in _rules(look, f"${column}{place.first}"):
        rule = cast("Any", FormulaRule)(
            formula=[condition],
            fill=PatternFill("solid", bgColor="FF" + fill[1:], fgColor="FF" + fill[1:]),
            font=Font(color="FF" + ink[1:]),
            stopIfTrue=True,
        )
        worksheet.conditional_formatting.add(f"{cell}:{column}{max(place.last, place.first)}", rule)


def _rules(look: Look, cell: str) -> Iterator[tuple[str, str, str]]:
    """Triples (condition, fill, ink) from the palette; words and numbers in the cell say the same without colour."""
    palette = load_palette()
    if look is Look.HEAT:
        last = len(palette.heat_fill) - 1
        for step, (fill, ink) in enumerate(zip(palette.heat_fill, palette.heat_ink, strict=True)):
            upper = f",{cell}<{(step + 1) * HEAT_STEP:g}" if step < last else ""
            yield f"AND(ISNUMBER({cell}),{cell}>={step * HEAT_STEP:g}{upper})", fill, ink
    elif look is Look.CLASS:
        for style in palette.classes.values():
            names = ",".join(f'RIGHT({cell},{len(name)})="{name}"' for name in sorted(set(style.names.values())))
            yield f"OR({names})", style.soft, style.text
    elif look is Look.GRADE:
        for key, grade in palette.grades.items():
            yield f'{cell}="{key}"', grade.fill, grade.text
