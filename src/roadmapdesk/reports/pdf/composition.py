"""From the format-neutral document to the pieces of its pages."""

from collections.abc import Iterator
from dataclasses import replace

from roadmapdesk.reports.document import (
    Block,
    Box,
    Bullets,
    Definitions,
    Document,
    FigureBlock,
    Heading,
    KeyFigures,
    PageBreak,
    Paragraph,
    Question,
    Span,
    Table,
    Tiles,
    Tone,
    WriteIn,
)
from roadmapdesk.reports.hyphens import dictionary
from roadmapdesk.reports.pdf.blocks import BoxBlock, PrintBlock, TextBlock, bullet_blocks, definition_blocks
from roadmapdesk.reports.pdf.entries import question_blocks, write_in
from roadmapdesk.reports.pdf.pagination import Break, Piece, SectionStart
from roadmapdesk.reports.pdf.panels import figure_print, key_figures_print, tiles_print
from roadmapdesk.reports.pdf.styles import CONTENT_WIDTH, PrintStyles, TextStyle
from roadmapdesk.reports.pdf.tables import table_block
from roadmapdesk.reports.pdf.text_layout import set_lines

_SECTION_ROOM = 170.0
_BOX_PADDING = 11.0
_TIGHT_PADDING = 8.0
_QUOTE_INDENT = 12.0


class Composer:
    """Sets every block of one document for the column of the page."""

    def __init__(self, document: Document, styles: PrintStyles) -> None:
        self._document = document
        self._styles = styles
        self._hyphenate = dictionary(document.language.code)

    def pieces(self) -> Iterator[Piece]:
        """All pieces of all sections in reading order."""
        for section in self._document.sections:
            if section.starts_page:
                yield Break()
            yield SectionStart(section.key, _SECTION_ROOM)
            if section.title:
                yield self._heading(1, section.title, f"section:{section.key}")
            for number, block in enumerate(section.blocks):
                if isinstance(block, PageBreak):
                    yield Break()
                    continue
                yield from self.blocks(block, f"{section.key}:{number}", CONTENT_WIDTH)

    def blocks(self, block: Block, key: str, width: float) -> Iterator[PrintBlock]:
        """The printed blocks of one block of the document; `key` names it in the outline."""
        styles = self._styles
        match block:
            case Heading():
                yield self._heading(block.level, block.text, f"heading:{key}", width)
            case Paragraph():
                yield from self._paragraph(block, width)
            case Bullets():
                yield from bullet_blocks(block.items, width, styles.body, styles.colour("accent"), self._hyphenate)
            case Definitions():
                term = TextStyle(9.4, 12.6, styles.colour("text"), styles.caption.face, hyphenates=True)
                text = TextStyle(9.4, 12.6, styles.colour("text"), space_after=6)
                yield from definition_blocks(block.entries, width, term, text, self._hyphenate)
            case Table():
                yield from self._table(block, width)
            case FigureBlock():
                data_in = self._document.language.gettext("Data: {table}").format(table=block.table_label)
                yield figure_print(block, data_in, styles, self._hyphenate)
            case KeyFigures():
                yield key_figures_print(block, styles, self._hyphenate)
            case Tiles():
                yield tiles_print(block, styles, self._hyphenate)
            case Box():
                yield self._box(block, key)
            case Question():
                yield from question_blocks(block, width, styles, self._hyphenate)
            case WriteIn():
                yield write_in(block, width, styles)
            case _:
                msg = f"a page cannot hold {type(block).__name__} here"
                raise TypeError(msg)

    def _heading(self, level: int, text: str, key: str, width: float = CONTENT_WIDTH) -> TextBlock:
        """A heading with its bookmark; levels 1 and 2 stand in the outline."""
        style = self._styles.headings[level]
        if level == 1 and self._document.title_page.is_head:
            style = replace(style, size=14.5, leading=18.5, space_before=16.0, space_after=6.0)
        lines = set_lines(text, width, style)
        tag = {1: "H1", 2: "H2", 3: "H3"}[level]
        outline = level - 1 if level < 3 else None
        return TextBlock(lines, style, tag, key, outline, text)

    def _paragraph(self, block: Paragraph, width: float) -> Iterator[PrintBlock]:
        style = self._styles.for_tone(block.tone)
        hyphenate = dictionary(block.language) if block.language else self._hyphenate
        if block.tone is Tone.WARNING:
            yield self._box(Box("", (Paragraph(block.text),), Tone.WARNING), "")
            return
        if block.tone is Tone.QUOTE:
            lines = set_lines(block.text, width - _QUOTE_INDENT, style, hyphenate)
            yield TextBlock(lines, style, "BlockQuote", indent=_QUOTE_INDENT, language=block.language)
            return
        text = TextBlock(set_lines(block.text, width, style, hyphenate), style, language=block.language)
        text.keeps_with_next = block.leads_on
        yield text

    def _table(self, block: Table, width: float) -> Iterator[PrintBlock]:
        styles = self._styles
        if block.title:
            caption = (Span(f"{block.label}: ", is_strong=True), Span(block.title, is_strong=True))
            title = TextBlock(set_lines(caption, width, styles.caption), styles.caption, "P", block.key)
            title.keeps_with_next = True
            title.space_before = 8.0
            title.space_after = 2.0
            yield title
        grid = table_block(block, width, styles, self._hyphenate)
        yield grid
        if block.note:
            grid.space_after = 3.0
            note = TextBlock(set_lines(block.note, width, styles.note, self._hyphenate), styles.note)
            note.space_after = 10.0
            yield note

    def _box(self, block: Box, key: str) -> BoxBlock:
        width = CONTENT_WIDTH - 2 * _BOX_PADDING - 3
        content: list[PrintBlock] = []
        if block.title:
            content.append(self._heading(2, block.title, f"box:{key}", width))
        for number, inner in enumerate(block.content):
            content += self.blocks(inner, f"{key}:{number}", width)
        is_warning = block.tone is Tone.WARNING
        fill = self._styles.colour("warning_soft" if is_warning else "window")
        bar = self._styles.colour("warning" if is_warning else "accent")
        box = BoxBlock(content, fill, bar, _TIGHT_PADDING if block.is_tight else _BOX_PADDING)
        if block.is_tight:
            box.space_before = box.space_after = 5.0
        return box
