"""A document laid out on pages: everything is measured before the first page is drawn, so page numbers are known."""

from collections.abc import Callable, Iterator

from roadmapdesk.reports.document import Document
from roadmapdesk.reports.pdf.archive import Properties
from roadmapdesk.reports.pdf.blocks import PrintBlock, TextBlock
from roadmapdesk.reports.pdf.composition import Composer
from roadmapdesk.reports.pdf.front import contents_blocks, draw_margins, draw_title_page, head_blocks
from roadmapdesk.reports.pdf.pagination import Break, Page, Piece, SectionStart, paginate
from roadmapdesk.reports.pdf.sheet import Sheet
from roadmapdesk.reports.pdf.structure import Element
from roadmapdesk.reports.pdf.styles import CONTENT_HEIGHT, MARGIN_LEFT, MARGIN_TOP, PrintStyles

_CONTENTS = "contents"


class LaidOut:
    """The pages of a document; page 1 is the title page, where the document has one.

    Args:
        document: the report.
        check: called between blocks; raises to end the work.
    """

    def __init__(self, document: Document, check: Callable[[], None]) -> None:
        self._document = document
        self._styles = PrintStyles()
        self._sections: dict[str, Element] = {}
        self._before = 0 if document.title_page.is_head else 1
        self._pages = paginate(self._pieces(check), CONTENT_HEIGHT)

    def _pieces(self, check: Callable[[], None]) -> Iterator[Piece]:
        yield SectionStart(_CONTENTS)
        if self._before:
            title = self._document.language.gettext("Contents")
            yield from contents_blocks(self._document, title, self._styles)
            yield Break()
        else:
            yield from head_blocks(self._document, self._styles)
        for piece in Composer(self._document, self._styles).pieces():
            check()
            yield piece

    @property
    def page_count(self) -> int:
        """Number of pages with the title page."""
        return len(self._pages) + self._before

    @property
    def pages(self) -> list[Page]:
        """The pages after the title page."""
        return self._pages

    def sheet(self, properties: Properties) -> Sheet:
        """An empty sheet that knows the page of every bookmark."""
        pages_of: dict[str, int] = {}
        for number, page in enumerate(self._pages, start=1 + self._before):
            for placed in page.blocks:
                for key in _bookmarks(placed.block):
                    pages_of.setdefault(key, number)
        return Sheet(properties, pages_of)

    def draw_page(self, sheet: Sheet, number: int) -> None:
        """Draws page `number`, counted from 1."""
        draw_margins(sheet, self._document, self._styles, number, self.page_count)
        if number <= self._before:
            draw_title_page(sheet, self._document, self._styles)
        else:
            for placed in self._pages[number - 1 - self._before].blocks:
                if placed.section not in self._sections:
                    self._sections[placed.section] = Element("Sect", sheet.root)
                placed.block.draw(sheet, MARGIN_LEFT, MARGIN_TOP + placed.y, self._sections[placed.section])
        sheet.finish_page(is_last=number == self.page_count)


def _bookmarks(block: PrintBlock) -> Iterator[str]:
    if isinstance(block, TextBlock) and block.bookmark:
        yield block.bookmark
