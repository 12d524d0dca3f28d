"""Writes a document as a tagged PDF (PDF/UA-1 and PDF/A-2a). Equal documents give equal files."""

from collections.abc import Callable
from pathlib import Path

from roadmapdesk.reports.document import Document
from roadmapdesk.reports.errors import ReportCancelled
from roadmapdesk.reports.targets import write_whole


def write_pdf(
    document: Document,
    target: Path,
    *,
    progress: Callable[[int, int], None],
    cancelled: Callable[[], bool],
) -> None:
    """Writes `document` to `target` in one step: a reader never sees half a file.

    Args:
        document: the report.
        target: file to write; an existing one is replaced.
        progress: told after each page: pages drawn, pages in all.
        cancelled: asked before each page.

    Raises:
        TargetNotWritable: when the place cannot be written; an older file is untouched then.
        ReportCancelled: when `cancelled` said yes; no file is written then.
    """
    write_whole(target, pdf_bytes(document, progress=progress, cancelled=cancelled))


def pdf_bytes(
    document: Document,
    *,
    progress: Callable[[int, int], None],
    cancelled: Callable[[], bool],
) -> bytes:
    """The bytes of the file; see `write_pdf`."""
    from roadmapdesk.reports.pdf.archive import Properties  # noqa: PLC0415 — loads reportlab, on first use
    from roadmapdesk.reports.pdf.pages import LaidOut  # noqa: PLC0415 — see above
    from roadmapdesk.reports.pdf.structure import LANGUAGE_TAGS  # noqa: PLC0415 — see above

    _stop_if(cancelled)
    laid_out = LaidOut(document, lambda: _stop_if(cancelled))
    properties = Properties(
        title=document.title_page.title,
        author=document.author,
        subject=document.subject,
        producer=document.author,
        language=LANGUAGE_TAGS[document.language.code],
        created=document.created,
    )
    sheet = laid_out.sheet(properties)
    total = laid_out.page_count
    for number in range(1, total + 1):
        _stop_if(cancelled)
        laid_out.draw_page(sheet, number)
        progress(number, total)
    return sheet.finish()


def _stop_if(cancelled: Callable[[], bool]) -> None:
    if cancelled():
        raise ReportCancelled(ReportCancelled.CANCELLED)
