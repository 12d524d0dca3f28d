"""The Excel hand-off as a file: written from facts, read back without the writer."""

import io
from collections.abc import Callable
from pathlib import Path

from roadmapdesk.reports.errors import ReportCancelled
from roadmapdesk.reports.excel.checking import check_workbook
from roadmapdesk.reports.excel.content.book import build_book
from roadmapdesk.reports.excel.package import Written, write_book
from roadmapdesk.reports.facts import ReportFacts
from roadmapdesk.reports.targets import write_whole

__all__ = ["check_workbook", "write_workbook"]


def write_workbook(
    facts: ReportFacts,
    target: Path,
    *,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> None:
    """Writes the workbook of a report; an existing file is replaced in one step.

    Args:
        facts: what to write, disclosed for its level; decides language and level.
        target: file to write.
        progress: told sheets done and sheets in all.
        cancelled: asked between sheets.

    Raises:
        TargetNotWritable: the place cannot be written; an older file is untouched.
        ReportCancelled: `cancelled` said yes; nothing was written.
    """

    def before_sheet(done: int, total: int) -> None:
        if cancelled():
            raise ReportCancelled(ReportCancelled.CANCELLED)
        progress(done, total)

    written = Written()
    stream = io.BytesIO()
    write_book(build_book(facts, written), stream, written=written, before_sheet=before_sheet)
    write_whole(target, stream.getvalue())
