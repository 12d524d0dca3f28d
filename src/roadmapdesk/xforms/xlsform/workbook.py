"""Writes form tables as a workbook for editing; reading it back gives the same form."""

import io
import re
from pathlib import Path
from typing import TYPE_CHECKING

from roadmapdesk.errors import Message, RoadmapDeskError, reason_of
from roadmapdesk.files import replace_whole
from roadmapdesk.i18n import N_
from roadmapdesk.xforms.xlsform.tables import FormTables, Sheet

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

NOT_WRITABLE = Message(
    "form.not_writable",
    N_("The workbook {name} cannot be written: {reason}. Is it open in another program?"),
)
_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|[\ud800-\udfff]")
_TITLE = re.compile(r"[\\/*?:\[\]]")
_WIDTHS = {"type": 30, "name": 24, "list_name": 18, "question": 24}
_TEXT_WIDTH = 44
_OTHER_WIDTH = 20
_MAX_TITLE = 31


class WorkbookError(RoadmapDeskError):
    """The workbook cannot be written."""


def write_workbook(tables: FormTables, target: Path) -> None:
    """Writes all sheets as text cells; an earlier file is replaced in one step or stays as it was.

    Raises:
        WorkbookError: the target cannot be written.
    """
    from openpyxl import Workbook  # noqa: PLC0415 — heavy library, loaded on first use

    book = Workbook()
    book.remove(book.worksheets[0])
    for sheet in tables.sheets:
        _fill(book.create_sheet(_TITLE.sub(" ", sheet.name)[:_MAX_TITLE]), sheet)
    stream = io.BytesIO()
    book.save(stream)
    write_form_file(target, stream.getvalue())


def write_form_file(target: Path, data: bytes) -> None:
    """Puts a form file of any kind at `target`, whole or not at all.

    Raises:
        WorkbookError: the target cannot be written.
    """
    try:
        replace_whole(target, data)
    except OSError as error:
        raise WorkbookError(NOT_WRITABLE, name=target.name, reason=reason_of(error)) from error


def _fill(page: "Worksheet", sheet: Sheet) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill  # noqa: PLC0415 — heavy library, loaded on first use
    from openpyxl.utils import get_column_letter  # noqa: PLC0415 — heavy library, loaded on first use

    columns = sheet.columns
    for number, header in enumerate(columns, start=1):
        _write(page, 1, number, header or "")
        width = _WIDTHS.get(header or "", _TEXT_WIDTH if header and "label" in header else _OTHER_WIDTH)
        page.column_dimensions[get_column_letter(number)].width = width
        head = page.cell(1, number)
        head.font = Font(bold=True)
        head.fill = PatternFill("solid", start_color="E8EDF2")
    for row in sheet.rows:
        for number, header in enumerate(columns, start=1):
            if header is not None and row.get(header):
                _write(page, row.number, number, row.get(header))
                page.cell(row.number, number).alignment = Alignment(vertical="top", wrap_text="label" in header)
    page.freeze_panes = "A2"


def _write(page: "Worksheet", row: int, column: int, text: str) -> None:
    """One cell of text; a leading ``=`` never becomes a formula."""
    if text:
        cell = page.cell(row, column)
        cell.value = _ILLEGAL.sub("", text)
        cell.data_type = "s"
