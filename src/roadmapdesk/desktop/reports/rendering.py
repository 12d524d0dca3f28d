"""What a report will look like, before it is written: pages as pictures, or its outline. For worker threads."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from threading import Lock

from PySide6.QtGui import QImage

from roadmapdesk.i18n import gettext as _
from roadmapdesk.i18n import ngettext
from roadmapdesk.reports.document import FigureBlock, Heading, Section, Table
from roadmapdesk.reports.facts import ReportFacts
from roadmapdesk.reports.summary import build_summary
from roadmapdesk.workspace.exporting import ReportKind

_one_at_a_time = Lock()


@dataclass(frozen=True, slots=True)
class OutlineLine:
    """One line of an outline.

    Attributes:
        depth: 0 for a section or sheet, 1 for what stands in it.
    """

    text: str
    detail: str = ""
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Preview:
    """A report in memory.

    Attributes:
        pdf: its bytes, where its pages can be drawn; else None.
        pages: number of pages, 0 where there are no pages to draw.
        chapters: pairs (title, 0-based page) from the file's own bookmarks.
        outline: what it holds, in reading order.
    """

    kind: ReportKind
    pdf: bytes | None
    pages: int
    chapters: tuple[tuple[str, int], ...]
    outline: tuple[OutlineLine, ...]


def can_draw_pages() -> bool:
    """Whether the optional library that draws PDF pages is installed."""
    return find_spec("pypdfium2") is not None


def make_preview(
    facts: ReportFacts, kind: ReportKind, *, progress: Callable[[int, int], None], cancelled: Callable[[], bool]
) -> Preview:
    """The preview of one report.

    Raises:
        ReportCancelled: `cancelled` said yes.
    """
    if kind is ReportKind.WORKBOOK:
        return Preview(kind, None, 0, (), _workbook_outline(facts))
    document = build_summary(facts)
    outline = tuple(line for section in document.sections for line in _section_lines(section))
    if not can_draw_pages():
        return Preview(kind, None, 0, (), outline)
    from roadmapdesk.reports.pdf.writer import pdf_bytes  # noqa: PLC0415 — loads reportlab, on first use

    content = pdf_bytes(document, progress=progress, cancelled=cancelled)
    pages, chapters = _read(content)
    return Preview(kind, content, pages, chapters, outline)


def page_image(pdf: bytes, number: int, width: int) -> QImage:
    """One page as a picture of `width` pixels; `number` is 0-based."""
    import pypdfium2  # noqa: PLC0415 — optional, checked by `can_draw_pages`

    with _one_at_a_time, pypdfium2.PdfDocument(pdf) as document:
        page = document[number]
        scale = width / page.get_width()
        bitmap = page.render(scale=scale, rev_byteorder=True, force_bitmap_format=_BGR)
        picture = QImage(
            bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGB888
        )
        copied = picture.copy()
        bitmap.close()
        page.close()
        return copied


_BGR = 2
"""FPDFBitmap_BGR of the library: three bytes per pixel, here in the order red, green, blue."""


def _read(content: bytes) -> tuple[int, tuple[tuple[str, int], ...]]:
    import pypdfium2  # noqa: PLC0415 — optional, checked by `can_draw_pages`

    with _one_at_a_time, pypdfium2.PdfDocument(content) as document:
        chapters = []
        for entry in document.get_toc():
            target = entry.get_dest()
            index = target.get_index() if target is not None else None
            if index is not None and entry.level == 0:
                chapters.append((str(entry.get_title()), int(index)))
        return len(document), tuple(chapters)


def _section_lines(section: Section) -> list[OutlineLine]:
    figures = sum(isinstance(block, FigureBlock) for block in section.blocks)
    tables = sum(isinstance(block, Table) for block in section.blocks)
    parts = []
    if figures:
        parts.append(ngettext("{n} figure", "{n} figures", figures).format(n=figures))
    if tables:
        parts.append(ngettext("{n} table", "{n} tables", tables).format(n=tables))
    lines = [OutlineLine(section.title, ", ".join(parts))]
    for block in section.blocks:
        if isinstance(block, FigureBlock):
            lines.append(OutlineLine(block.figure.title, block.label, 1))
        elif isinstance(block, Heading):
            lines.append(OutlineLine(block.text, "", 1))
    return lines


def _workbook_outline(facts: ReportFacts) -> tuple[OutlineLine, ...]:
    from roadmapdesk.reports.excel.content.book import build_book  # noqa: PLC0415 — loads openpyxl, on first use
    from roadmapdesk.reports.excel.package import Written  # noqa: PLC0415 — see above

    lines = []
    for sheet in build_book(facts, Written()).sheets:
        rows = sum(table.count for table in sheet.tables)
        detail = ngettext("{n} row", "{n} rows", rows).format(n=rows)
        lines.append(OutlineLine(sheet.name, detail))
        lines.append(OutlineLine(sheet.explanation, "", 1))
    return tuple(lines)


def failed_words() -> str:
    """What stands where a preview could not be made."""
    return _("The preview could not be made. Exporting is still possible.")
