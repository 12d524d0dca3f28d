"""The title page, the table of contents, and what stands in the head and foot of each page."""

from dataclasses import dataclass

from roadmapdesk.figures.metrics import Face, elide, text_width
from roadmapdesk.reports.document import Document
from roadmapdesk.reports.hyphens import dictionary
from roadmapdesk.reports.pdf.blocks import BoxBlock, PrintBlock, Slot, TextBlock, definition_blocks, draw_lines
from roadmapdesk.reports.pdf.sheet import PAGE_HEIGHT, PAGE_WIDTH, Sheet
from roadmapdesk.reports.pdf.structure import Element
from roadmapdesk.reports.pdf.styles import CONTENT_WIDTH, MARGIN_LEFT, PrintStyles, TextStyle
from roadmapdesk.reports.pdf.text_layout import set_lines

_RIGHT = PAGE_WIDTH - MARGIN_LEFT
_FACTS_OFFSET = 130.0


def draw_title_page(sheet: Sheet, document: Document, styles: PrintStyles) -> None:
    """Draws the first page: title, subtitle, facts and the note on confidentiality."""
    page = document.title_page
    section = Element("Sect", sheet.root)
    with sheet.artifact():
        sheet.rect(0, 0, PAGE_WIDTH, 12, fill=styles.colour("accent"))
        sheet.rect(MARGIN_LEFT, 168, 56, 4, fill=styles.colour("accent"))
    y = 190.0
    title = set_lines(page.title, CONTENT_WIDTH, styles.title)
    sheet.bookmark("title", 0)
    with sheet.marked(Element("H1", section)):
        draw_lines(sheet, title, MARGIN_LEFT, y, styles.title)
    y += len(title) * styles.title.leading + 10
    subtitle = set_lines(page.subtitle, CONTENT_WIDTH, styles.subtitle)
    with sheet.marked(Element("P", section)):
        draw_lines(sheet, subtitle, MARGIN_LEFT, y, styles.subtitle)
    y += len(subtitle) * styles.subtitle.leading + 34
    if document.sample_marking:
        y = _draw_sample_notice(sheet, document, styles, section, y)
    _draw_facts(sheet, document, styles, section, y)
    notice_style = TextStyle(9.4, 13.0, styles.colour("text"))
    notice = set_lines(page.notice, CONTENT_WIDTH - 28, notice_style, dictionary(document.language.code))
    height = len(notice) * notice_style.leading + 22
    top = PAGE_HEIGHT - 88 - height
    with sheet.artifact():
        sheet.rect(MARGIN_LEFT, top, CONTENT_WIDTH, height, fill=styles.colour("window"))
        sheet.rect(MARGIN_LEFT, top, 3, height, fill=styles.colour("accent"))
    with sheet.marked(Element("P", section)):
        draw_lines(sheet, notice, MARGIN_LEFT + 14, top + 11, notice_style)


def _draw_sample_notice(sheet: Sheet, document: Document, styles: PrintStyles, section: Element, y: float) -> float:
    style = TextStyle(11.0, 15.0, styles.colour("warning"), Face.SEMIBOLD)
    text = document.language.gettext("Sample data: all organisations and figures in this report are invented.")
    lines = set_lines(text, CONTENT_WIDTH - 28, style)
    height = len(lines) * style.leading + 16
    with sheet.artifact():
        sheet.rect(MARGIN_LEFT, y, CONTENT_WIDTH, height, fill=styles.colour("warning_soft"))
        sheet.rect(MARGIN_LEFT, y, 3, height, fill=styles.colour("warning"))
    with sheet.marked(Element("P", section)):
        draw_lines(sheet, lines, MARGIN_LEFT + 14, y + 8, style)
    return y + height + 26


def _draw_facts(sheet: Sheet, document: Document, styles: PrintStyles, section: Element, y: float) -> None:
    name_style = TextStyle(10.0, 14.0, styles.colour("text_muted"))
    value_style = TextStyle(10.0, 14.0, styles.colour("text"))
    entries = Element("L", section)
    for name, value in document.title_page.facts:
        item = Element("LI", entries)
        names = set_lines(name, _FACTS_OFFSET - 10, name_style)
        values = set_lines(value, CONTENT_WIDTH - _FACTS_OFFSET, value_style)
        with sheet.marked(Element("Lbl", item)):
            draw_lines(sheet, names, MARGIN_LEFT, y, name_style)
        with sheet.marked(Element("LBody", item)):
            draw_lines(sheet, values, MARGIN_LEFT + _FACTS_OFFSET, y, value_style)
        y += max(len(names), len(values)) * 14.0 + 5


def draw_margins(sheet: Sheet, document: Document, styles: PrintStyles, number: int, total: int) -> None:
    """Draws head and foot: short title, level, sample marking, date and page; artifacts all of them."""
    muted, size = styles.colour("text_muted"), 8.2
    with sheet.artifact("Pagination"):
        marking = document.marking
        width = text_width(marking, size, Face.SEMIBOLD)
        sheet.text(_RIGHT - width, 40, marking, face=Face.SEMIBOLD, size=size, colour=styles.colour("text"))
        right = _RIGHT - width - 14
        if document.sample_marking:
            sample = document.sample_marking
            chip = text_width(sample, size, Face.SEMIBOLD) + 10
            sheet.rect(right - chip, 30.5, chip, 13.5, fill=styles.colour("warning_soft"), radius=2)
            colour = styles.colour("warning")
            sheet.text(right - chip + 5, 40, sample, face=Face.SEMIBOLD, size=size, colour=colour)
            right -= chip + 14
        if number > 1:
            title = elide(document.running_title, right - MARGIN_LEFT, size)
            sheet.text(MARGIN_LEFT, 40, title, face=Face.REGULAR, size=size, colour=muted)
            sheet.rect(MARGIN_LEFT, 48, CONTENT_WIDTH, 0.5, fill=styles.colour("border"))
        foot = PAGE_HEIGHT - 36
        language = document.language
        created = language.gettext("Created {moment}").format(moment=language.date_time(document.created))
        sheet.text(MARGIN_LEFT, foot, f"{created} · {document.author}", face=Face.REGULAR, size=size, colour=muted)
        page = language.gettext("Page {number} of {total}").format(number=number, total=total)
        width = text_width(page, size)
        sheet.text(_RIGHT - width, foot, page, face=Face.REGULAR, size=size, colour=muted)


@dataclass
class ContentsLine(PrintBlock):
    """One line of the table of contents: title, dots and page, a link as a whole."""

    title: str
    target: str
    styles: PrintStyles
    slot: Slot
    level: int = 0

    def __post_init__(self) -> None:
        self.space_before = 7.0 if self.level == 0 else 0.0

    @property
    def height(self) -> float:
        """One line."""
        return 15.0 if self.level == 0 else 13.0

    def draw(self, sheet: Sheet, x: float, y: float, parent: Element) -> None:
        """Draws the line and makes it a link."""
        size = 10.2 if self.level == 0 else 9.2
        face = Face.SEMIBOLD if self.level == 0 else Face.REGULAR
        indent = 16.0 * self.level
        page = str(sheet.pages_of[self.target])
        baseline = y + size * 1.05
        page_width = text_width(page, size, face)
        title = elide(self.title, CONTENT_WIDTH - indent - page_width - 24, size, face)
        link = Element("Link", Element("TOCI", self.slot.get("TOC", parent)))
        colour = self.styles.colour("text")
        with sheet.marked(link):
            sheet.text(x + indent, baseline, title + " ", face=face, size=size, colour=colour)
        start = x + indent + text_width(title, size, face) + 6
        end = x + CONTENT_WIDTH - page_width - 6
        with sheet.artifact():
            if end - start > 8:
                sheet.path(
                    ((start, baseline - 0.5), (end, baseline - 0.5)),
                    stroke=self.styles.colour("text_disabled"),
                    stroke_width=0.6,
                    is_closed=False,
                    dash=(0.8, 3.2),
                )
        with sheet.marked(link):
            sheet.text(x + CONTENT_WIDTH - page_width, baseline, page, face=face, size=size, colour=colour)
        box = (x + indent, y, x + CONTENT_WIDTH, y + self.height)
        sheet.link(link, self.target, box, f"{self.title}, {page}")


def contents_blocks(document: Document, title: str, styles: PrintStyles) -> list[PrintBlock]:
    """The table of contents: one line per section, stages and other level 2 headings are left to the outline."""
    style = styles.headings[1]
    head = TextBlock(set_lines(title, CONTENT_WIDTH, style), style, "H1", "section:contents", 0, title)
    slot = Slot()
    lines = [ContentsLine(section.title, f"section:{section.key}", styles, slot) for section in document.sections]
    return [head, *lines]


def head_blocks(document: Document, styles: PrintStyles) -> list[PrintBlock]:
    """The head of a short paper: title, subtitle, facts and notice, above its text."""
    page, hyphenate = document.title_page, dictionary(document.language.code)
    title_style = TextStyle(21.0, 25.0, styles.colour("text"), Face.SEMIBOLD, 0.0, 3.0, hyphenates=False)
    title = set_lines(page.title, CONTENT_WIDTH, title_style)
    blocks: list[PrintBlock] = [TextBlock(title, title_style, "H1", "title", 0, page.title)]
    if page.subtitle:
        style = TextStyle(12.0, 16.0, styles.colour("text_muted"), space_after=10.0, hyphenates=False)
        blocks.append(TextBlock(set_lines(page.subtitle, CONTENT_WIDTH, style), style))
    if page.facts:
        name = TextStyle(9.4, 12.6, styles.colour("text_muted"), hyphenates=False)
        value = TextStyle(9.4, 12.6, styles.colour("text"), space_after=8.0)
        blocks += definition_blocks(page.facts, CONTENT_WIDTH, name, value, hyphenate)
    if page.notice:
        notice = TextBlock(set_lines(page.notice, CONTENT_WIDTH - 25, styles.body, hyphenate), styles.body)
        colour = "warning" if page.is_warning else "accent"
        fill = "warning_soft" if page.is_warning else "window"
        blocks.append(BoxBlock([notice], styles.colour(fill), styles.colour(colour)))
    return blocks
