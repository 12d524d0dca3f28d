"""Writes a book: openpyxl makes the skeleton, the rows are streamed into it, about six times faster than by cells.

Rows are read once and never collected, so a table of any length needs the memory of one chunk. Each sheet gets a
checksum over what its cells show; `canonical` says how, so that anyone can compute it again.
"""

import hashlib
import io
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import IO

from roadmapdesk.reports.excel.layout import (
    EXPLANATION_ROW,
    MARKING_ROW,
    TITLE_ROW,
    Place,
    letter,
    named_places,
    places,
)
from roadmapdesk.reports.excel.row_xml import RowWriter
from roadmapdesk.reports.excel.sheets import Book, Sheet
from roadmapdesk.reports.excel.skeleton import build_skeleton
from roadmapdesk.reports.excel.styles import Styles

_CHUNK = 400
_SHEET = re.compile(r"xl/worksheets/sheet(\d+)\.xml")
_NO_ROWS = re.compile(rb"<sheetData\s*/>|<sheetData>\s*</sheetData>")
_DIMENSION = re.compile(rb'<dimension ref="[^"]*"\s*/>')
_PROGRAM = re.compile(rb"<Application>.*?</AppVersion>", re.DOTALL)
_HEAD_LINES = 15.0


@dataclass(slots=True)
class Written:
    """What was written, for the protocol: filled while sheets are streamed, in the order of the book.

    Attributes:
        checksums: mapping sheet → SHA-256 of its content in hexadecimal.
        rows: mapping sheet → records in all its tables.
        shortened: mapping sheet → texts that were too long for a cell.
    """

    checksums: dict[str, str] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    shortened: dict[str, int] = field(default_factory=dict)


def write_book(
    book: Book,
    stream: IO[bytes],
    *,
    written: Written | None = None,
    before_sheet: Callable[[int, int], None] = lambda _done, _total: None,
) -> Written:
    """Writes the workbook to a binary stream.

    Args:
        book: the description; rows of its tables are consumed.
        stream: seekable target.
        written: filled while writing, so that a later sheet's rows can tell about earlier ones.
        before_sheet: told sheets done and sheets in all; may raise to stop.

    Raises:
        ValueError: a table gives another number of rows than it announced.
    """
    written = written if written is not None else Written()
    skeleton, styles = build_skeleton(book)
    named = named_places(book)
    moment = book.created.timetuple()[:6]
    with (
        zipfile.ZipFile(io.BytesIO(skeleton)) as source,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for member in sorted(source.namelist(), key=_order):
            entry = zipfile.ZipInfo(member, moment)
            entry.compress_type = zipfile.ZIP_DEFLATED
            number = _sheet_number(member)
            if number is None:
                target.writestr(entry, _without_writer(member, source.read(member)))
                continue
            before_sheet(number, len(book.sheets))
            sheet = _SheetStream(book, book.sheets[number], styles, named, written)
            with target.open(entry, "w", force_zip64=True) as out:
                for part in sheet.parts(source.read(member)):
                    out.write(part)
    before_sheet(len(book.sheets), len(book.sheets))
    return written


def _sheet_number(member: str) -> int | None:
    """Which sheet of the book a member of the file holds, counted from 0; None for everything else."""
    found = _SHEET.fullmatch(member)
    return int(found.group(1)) - 1 if found else None


def _without_writer(member: str, content: bytes) -> bytes:
    """The member as it is, with our name where the library that made the skeleton put its own."""
    if member != "docProps/app.xml":
        return content
    return _PROGRAM.sub(b"<Application>RoadmapDesk</Application>", content)


def _order(member: str) -> tuple[bool, int, str]:
    """The list of contents first, sheets in the order of the book, because the protocol tells about earlier ones."""
    number = _sheet_number(member)
    return member != "[Content_Types].xml", 0 if number is None else number + 1, member


class _SheetStream:
    """One sheet on its way into the file."""

    def __init__(
        self, book: Book, sheet: Sheet, styles: Styles, named: Mapping[str, Place], written: Written
    ) -> None:
        self.book, self.sheet, self.styles, self.written = book, sheet, styles, written
        self.rows = RowWriter(styles, named, book.shortened)

    def parts(self, skeleton: bytes) -> Iterator[bytes]:
        """The bytes of the sheet in order."""
        found = _NO_ROWS.search(skeleton)
        if found is None:
            msg = "the skeleton of a sheet already holds rows"
            raise ValueError(msg)
        area = self._area()
        yield _DIMENSION.sub(b'<dimension ref="' + area.encode() + b'"/>', skeleton[: found.start()])
        yield b"<sheetData>"
        yield from self._rows()
        yield b"</sheetData>"
        yield skeleton[found.end() :]

    def _area(self) -> str:
        found = places(self.sheet)
        width = max(len(place.table.columns) for place in found)
        return f"A1:{letter(width)}{max(max(place.last, place.first) for place in found)}"

    def _rows(self) -> Iterator[bytes]:
        digest = hashlib.sha256()
        yield from self._head(digest)
        records = 0
        for place in places(self.sheet):
            yield from self._table(place, digest)
            records += place.table.count
        self.written.rows[self.sheet.name] = records
        self.written.shortened[self.sheet.name] = self.rows.shortened
        if self.sheet.has_checksum:
            self.written.checksums[self.sheet.name] = digest.hexdigest()

    def _head(self, digest: "hashlib._Hash") -> Iterator[bytes]:
        """Title, marking and explanation."""
        styles, sheet = self.styles, self.sheet
        for row, text, style, height in (
            (TITLE_ROW, sheet.title, styles.title, 24.0),
            (MARKING_ROW, self.book.marking, styles.marking, _HEAD_LINES),
            (EXPLANATION_ROW, sheet.explanation, styles.explanation, _HEAD_LINES),
        ):
            xml, canonical = self.rows.line(row, (text,), style, height)
            digest.update(canonical)
            yield xml

    def _table(self, place: Place, digest: "hashlib._Hash") -> Iterator[bytes]:
        """One table with its heading and headers.

        Raises:
            ValueError: it gives another number of rows than it announced.
        """
        if place.title:
            xml, canonical = self.rows.line(place.title, (place.table.title,), self.styles.heading, 20.0)
            digest.update(canonical)
            yield xml
        if place.head:
            xml, canonical = self.rows.head(place)
            digest.update(canonical)
            yield xml
        count = 0
        for count, xml in self.rows.records(place, digest, _CHUNK):  # noqa: B007 — the last count is compared below
            yield xml
        if count != place.table.count:
            msg = f"table {place.table.name} announced {place.table.count} rows and gave {count}"
            raise ValueError(msg)
