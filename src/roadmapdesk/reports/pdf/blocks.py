"""Pieces of a page: each knows its height in the column, where it may be divided, and how it is drawn and tagged."""

from abc import ABC, abstractmethod
from dataclasses import dataclass, field, replace

from roadmapdesk.figures.metrics import Face, text_width
from roadmapdesk.reports.document import Inline
from roadmapdesk.reports.pdf.sheet import Sheet
from roadmapdesk.reports.pdf.structure import Element, language_attributes
from roadmapdesk.reports.pdf.styles import CONTENT_WIDTH, TextStyle
from roadmapdesk.reports.pdf.text_layout import Hyphenator, Line, set_lines

_FEWEST_LINES = 2
"""A divided paragraph leaves at least so many lines on each page."""


class PrintBlock(ABC):
    """One piece of a column.

    Attributes:
        space_before: distance to the block above, dropped at the top of a page.
        space_after: distance to the block below.
        keeps_with_next: never the last thing on a page.
        drops_rest: what does not fit the page is left out instead of starting the next one.
    """

    space_before: float = 0.0
    space_after: float = 0.0
    keeps_with_next: bool = False
    drops_rest: bool = False

    @property
    @abstractmethod
    def height(self) -> float:
        """Height without the spaces."""

    @property
    def first_height(self) -> float:
        """The least height with which the block may begin on a page."""
        return self.height

    def divide(self, room: float) -> "tuple[PrintBlock, PrintBlock] | None":  # noqa: ARG002 — for those that can
        """The part that fits `room` and the rest, or None where the block stays whole."""
        return None

    @abstractmethod
    def draw(self, sheet: Sheet, x: float, y: float, parent: Element) -> None:
        """Draws the block with its top left corner at (x, y) and hangs its elements below `parent`."""


@dataclass
class Slot:
    """The element of a block, made when its first part is drawn and shared by the later parts."""

    element: Element | None = None

    def get(self, tag: str, parent: Element, language: str = "") -> Element:
        """The element; made with this tag below `parent` on the first call."""
        if self.element is None:
            self.element = Element(tag, parent, language_attributes(language))
        return self.element


def draw_lines(sheet: Sheet, lines: list[Line], x: float, y: float, style: TextStyle) -> None:
    """Draws set lines below each other; each but the last ends with a space or a hyphen, for reading aloud."""
    for index, line in enumerate(lines):
        baseline = y + index * style.leading + (style.leading + style.size * 0.66) / 2
        for run in line.runs:
            is_end = run is line.runs[-1] and index < len(lines) - 1 and not run.text.endswith(("\u00ad", "-"))
            text = run.text + (" " if is_end else "")
            sheet.text(x + run.x, baseline, text, face=run.face, size=style.size, colour=style.colour)


@dataclass
class TextBlock(PrintBlock):
    """A paragraph or heading of set lines under one structure tag.

    Attributes:
        bookmark: target of links and of the outline, empty for none.
        outline_level: level of the entry in the outline, None for none.
        language: code of its language where it is not the document's.
    """

    lines: list[Line]
    style: TextStyle
    tag: str = "P"
    bookmark: str = ""
    outline_level: int | None = None
    title: str = ""
    indent: float = 0.0
    slot: Slot = field(default_factory=Slot)
    language: str = ""

    def __post_init__(self) -> None:
        self.space_before = self.style.space_before
        self.space_after = self.style.space_after
        self.keeps_with_next = self.tag.startswith("H")

    @property
    def height(self) -> float:
        """Height of all lines."""
        return len(self.lines) * self.style.leading

    @property
    def first_height(self) -> float:
        """Two lines, or all where there are at most three."""
        lines = len(self.lines) if len(self.lines) < 2 * _FEWEST_LINES else _FEWEST_LINES
        return lines * self.style.leading

    def divide(self, room: float) -> "tuple[PrintBlock, PrintBlock] | None":
        """Lines that fit, never a single one left alone."""
        count = min(int((room + 1e-6) / self.style.leading), len(self.lines) - _FEWEST_LINES)
        if count < _FEWEST_LINES or self.keeps_with_next:
            return None
        first, rest = replace(self, lines=self.lines[:count]), replace(self, lines=self.lines[count:], bookmark="")
        first.space_after = rest.space_before = 0.0
        return first, rest

    def draw(self, sheet: Sheet, x: float, y: float, parent: Element) -> None:
        """Draws the lines as one element."""
        if self.bookmark:
            sheet.bookmark(self.bookmark, y)
            if self.outline_level is not None:
                sheet.outline(self.title, self.bookmark, self.outline_level)
        with sheet.marked(self.slot.get(self.tag, parent, self.language)):
            draw_lines(sheet, self.lines, x + self.indent, y, self.style)


@dataclass
class BulletBlock(PrintBlock):
    """One entry of a list: a bullet or number and its text."""

    lines: list[Line]
    style: TextStyle
    colour: str
    list_slot: Slot
    label: str = "•"
    indent: float = 12.0

    def __post_init__(self) -> None:
        self.space_after = 2.5

    @property
    def height(self) -> float:
        """Height of all lines."""
        return len(self.lines) * self.style.leading

    def draw(self, sheet: Sheet, x: float, y: float, parent: Element) -> None:
        """Draws label and body of the entry."""
        item = Element("LI", self.list_slot.get("L", parent))
        baseline = y + (self.style.leading + self.style.size * 0.66) / 2
        with sheet.marked(Element("Lbl", item)):
            sheet.text(x + 1, baseline, self.label, face=Face.SEMIBOLD, size=self.style.size, colour=self.colour)
        with sheet.marked(Element("LBody", item)):
            draw_lines(sheet, self.lines, x + self.indent, y, self.style)


def bullet_blocks(
    items: tuple[Inline, ...], width: float, style: TextStyle, colour: str, hyphenate: Hyphenator
) -> list[PrintBlock]:
    """The entries of one list."""
    slot = Slot()
    blocks: list[PrintBlock] = [
        BulletBlock(set_lines(item, width - 12, style, hyphenate), style, colour, slot) for item in items
    ]
    if blocks:
        blocks[-1].space_after = style.space_after + 2
    return blocks


@dataclass
class DefinitionBlock(PrintBlock):
    """A term and what it means, side by side."""

    term: list[Line]
    meaning: list[Line]
    term_style: TextStyle
    style: TextStyle
    offset: float
    list_slot: Slot

    def __post_init__(self) -> None:
        self.space_after = 3.0

    @property
    def height(self) -> float:
        """Height of the taller side."""
        return max(len(self.term) * self.term_style.leading, len(self.meaning) * self.style.leading)

    def draw(self, sheet: Sheet, x: float, y: float, parent: Element) -> None:
        """Draws the term left and its meaning right."""
        item = Element("LI", self.list_slot.get("L", parent))
        with sheet.marked(Element("Lbl", item)):
            draw_lines(sheet, self.term, x, y, self.term_style)
        with sheet.marked(Element("LBody", item)):
            draw_lines(sheet, self.meaning, x + self.offset, y, self.style)


def definition_blocks(
    entries: tuple[tuple[str, str], ...], width: float, term: TextStyle, style: TextStyle, hyphenate: Hyphenator
) -> list[PrintBlock]:
    """Terms and meanings in two columns; the left one is as wide as the longest term, at most a third."""
    slot = Slot()
    widest = max((text_width(name, term.size, term.face) for name, _ in entries), default=0.0)
    offset = min(widest + 14, width * 0.34)
    blocks: list[PrintBlock] = [
        DefinitionBlock(
            set_lines(name, offset - 12, term, hyphenate),
            set_lines(meaning, width - offset, style, hyphenate),
            term,
            style,
            offset,
            slot,
        )
        for name, meaning in entries
    ]
    if blocks:
        blocks[-1].space_after = style.space_after
    return blocks


@dataclass
class BoxBlock(PrintBlock):
    """A group on a soft ground with a bar at its left edge; its parts may go on on the next page.

    Attributes:
        padding: distance of the content to the edges of the ground.
    """

    content: list[PrintBlock]
    fill: str
    bar: str
    padding: float = 11.0
    slot: Slot = field(default_factory=Slot)

    def __post_init__(self) -> None:
        self.space_before = 6.0
        self.space_after = 10.0

    @property
    def height(self) -> float:
        """Height of the content and the padding."""
        return stack_height(self.content) + 2 * self.padding - 2

    @property
    def first_height(self) -> float:
        """Whole boxes up to half a page are never divided."""
        return min(self.height, 300.0)

    def divide(self, room: float) -> "tuple[PrintBlock, PrintBlock] | None":
        """Parts that fit, at least two on each side."""
        if self.height <= 300.0:
            return None
        for count in range(len(self.content) - 1, 1, -1):
            head = BoxBlock(self.content[:count], self.fill, self.bar, self.padding, self.slot)
            if head.height <= room and not self.content[count - 1].keeps_with_next:
                return head, BoxBlock(self.content[count:], self.fill, self.bar, self.padding, self.slot)
        return None

    def draw(self, sheet: Sheet, x: float, y: float, parent: Element) -> None:
        """Draws ground and bar, then the content."""
        with sheet.artifact():
            sheet.rect(x, y, CONTENT_WIDTH, self.height, fill=self.fill)
            sheet.rect(x, y, 3, self.height, fill=self.bar)
        draw_stack(sheet, self.content, x + self.padding + 3, y + self.padding, self.slot.get("Div", parent))


def stack_height(blocks: list[PrintBlock]) -> float:
    """The height of blocks below each other, without the outer spaces."""
    height = 0.0
    for index, block in enumerate(blocks):
        if index:
            height += max(blocks[index - 1].space_after, block.space_before)
        height += block.height
    return height


def draw_stack(sheet: Sheet, blocks: list[PrintBlock], x: float, y: float, parent: Element) -> None:
    """Draws blocks below each other from (x, y)."""
    for index, block in enumerate(blocks):
        if index:
            y += max(blocks[index - 1].space_after, block.space_before)
        block.draw(sheet, x, y, parent)
        y += block.height
