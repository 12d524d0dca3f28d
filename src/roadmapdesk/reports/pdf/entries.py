"""What is filled in with a pen: questions with boxes to tick, and lines to write on."""

from dataclasses import dataclass, field, replace

from roadmapdesk.figures.metrics import Face, text_width
from roadmapdesk.reports.document import BOX, CIRCLE, Question, WriteIn
from roadmapdesk.reports.pdf.blocks import PrintBlock, Slot, TextBlock, draw_lines
from roadmapdesk.reports.pdf.sheet import Sheet
from roadmapdesk.reports.pdf.structure import Element
from roadmapdesk.reports.pdf.styles import PrintStyles, TextStyle
from roadmapdesk.reports.pdf.text_layout import Hyphenator, Line, set_lines

_NUMBER_WIDTH = 34.0
_BOX_SIZE = 12.0
_BOX_ROOM = 17.0
_COLUMN_GAP = 14.0
_MOST_COLUMNS = 5
_LINE_DISTANCE = 21.0
_SHORT_LINE = 170.0
_KEPT_TOGETHER = 320.0


@dataclass
class QuestionHead(PrintBlock):
    """Number and wording of a question, side by side."""

    number: list[Line]
    lines: list[Line]
    style: TextStyle
    number_style: TextStyle
    indent: float

    def __post_init__(self) -> None:
        self.space_before = 9.0
        self.space_after = 3.0
        self.keeps_with_next = True

    @property
    def height(self) -> float:
        """Height of the wording."""
        return max(len(self.lines), len(self.number)) * self.style.leading

    def draw(self, sheet: Sheet, x: float, y: float, parent: Element) -> None:
        """Draws both as one paragraph."""
        with sheet.marked(Element("P", parent)):
            if self.indent:
                draw_lines(sheet, self.number, x, y, self.number_style)
            draw_lines(sheet, self.lines, x + self.indent, y, self.style)


@dataclass
class OptionRow(PrintBlock):
    """One row of answers to tick, each an entry of the question's list."""

    options: list[list[Line]]
    mark: str
    column_width: float
    indent: float
    style: TextStyle
    colour: str
    slot: Slot

    def __post_init__(self) -> None:
        self.space_after = 2.0

    @property
    def height(self) -> float:
        """Height of the tallest answer."""
        return max(len(lines) for lines in self.options) * self.style.leading + 1.0

    def draw(self, sheet: Sheet, x: float, y: float, parent: Element) -> None:
        """Draws boxes and words."""
        entries = self.slot.get("L", parent)
        for column, lines in enumerate(self.options):
            left = x + self.indent + column * self.column_width
            item = Element("LI", entries)
            with sheet.marked(Element("Lbl", item)):
                baseline = y + (self.style.leading + self.style.size * 0.66) / 2 + 1.0
                sheet.text(left, baseline, self.mark, face=Face.REGULAR, size=_BOX_SIZE, colour=self.colour)
            with sheet.marked(Element("LBody", item)):
                draw_lines(sheet, lines, left + _BOX_ROOM, y, self.style)


@dataclass
class WriteLines(PrintBlock):
    """Empty lines for handwriting; a reader who listens hears nothing of them."""

    count: int
    indent: float
    width: float
    colour: str

    def __post_init__(self) -> None:
        self.space_after = 6.0

    @property
    def height(self) -> float:
        """Height of all lines."""
        return self.count * _LINE_DISTANCE

    def draw(self, sheet: Sheet, x: float, y: float, parent: Element) -> None:  # noqa: ARG002 — lines are decoration
        """Draws the lines."""
        with sheet.artifact():
            for number in range(1, self.count + 1):
                top = y + number * _LINE_DISTANCE - 2
                sheet.rect(x + self.indent, top, self.width - self.indent, 0.6, fill=self.colour)


@dataclass
class WriteInPrint(PrintBlock):
    """Lines side by side with what belongs there below each."""

    captions: list[list[Line]]
    column_width: float
    styles: PrintStyles
    slot: Slot = field(default_factory=Slot)

    def __post_init__(self) -> None:
        self.space_before = 8.0
        self.space_after = 10.0

    @property
    def height(self) -> float:
        """Room for the hand, the line, and the words."""
        return 34.0 + max(len(lines) for lines in self.captions) * self.styles.small.leading

    def draw(self, sheet: Sheet, x: float, y: float, parent: Element) -> None:
        """Draws lines and captions."""
        for column, lines in enumerate(self.captions):
            left = x + column * (self.column_width + _COLUMN_GAP)
            with sheet.artifact():
                sheet.rect(left, y + 31, self.column_width, 0.7, fill=self.styles.colour("text_muted"))
            with sheet.marked(Element("P", parent)):
                draw_lines(sheet, lines, left, y + 34, self.styles.small)


def question_blocks(block: Question, width: float, styles: PrintStyles, hyphenate: Hyphenator) -> list[PrintBlock]:
    """Wording, notes, answers to tick and lines, kept together where that is not too much for a page."""
    indent = _NUMBER_WIDTH if block.number else 0.0
    wording = replace(styles.body, face=Face.SEMIBOLD, size=10.2, leading=13.6, hyphenates=False)
    number_style = replace(wording, colour=styles.colour("text_muted"))
    text = set_lines(block.text, width - indent, wording, hyphenate)
    blocks: list[PrintBlock] = [
        QuestionHead(set_lines(block.number, indent or width, number_style), text, wording, number_style, indent)
    ]
    for note in block.notes:
        lines = set_lines(note, width - indent, styles.note, hyphenate)
        note_block = TextBlock(lines, styles.note, indent=indent)
        note_block.space_after = 3.0
        blocks.append(note_block)
    blocks += _option_rows(block, width, indent, styles, hyphenate)
    if block.lines:
        line_width = min(width, indent + _SHORT_LINE) if block.is_short else width
        blocks.append(WriteLines(block.lines, indent, line_width, styles.colour("border_strong")))
    if sum(piece.height for piece in blocks) <= _KEPT_TOGETHER:
        for piece in blocks[:-1]:
            piece.keeps_with_next = True
    blocks[-1].space_after = max(blocks[-1].space_after, 5.0)
    return blocks


def _option_rows(
    block: Question, width: float, indent: float, styles: PrintStyles, hyphenate: Hyphenator
) -> list[PrintBlock]:
    """As many columns as the longest answer allows."""
    if not block.options:
        return []
    style = replace(styles.body, size=9.4, leading=13.0)
    widest = max(text_width(option, style.size, style.face) for option in block.options)
    room = width - indent
    fitting = int((room + _COLUMN_GAP) / (widest + _BOX_ROOM + _COLUMN_GAP))
    columns = max(1, min(fitting, _MOST_COLUMNS, len(block.options)))
    column_width = (room + _COLUMN_GAP) / columns if columns > 1 else room
    if columns == len(block.options):
        column_width = min(column_width, widest + _BOX_ROOM + 2 * _COLUMN_GAP)
    slot = Slot()
    set_options = [
        set_lines(option, column_width - _BOX_ROOM - (_COLUMN_GAP if columns > 1 else 0), style, hyphenate)
        for option in block.options
    ]
    return [
        OptionRow(
            set_options[first : first + columns],
            BOX if block.is_multiple else CIRCLE,
            column_width,
            indent,
            style,
            styles.colour("text"),
            slot,
        )
        for first in range(0, len(set_options), columns)
    ]


def write_in(block: WriteIn, width: float, styles: PrintStyles) -> WriteInPrint:
    """The lines of a signature, for example."""
    count = len(block.captions)
    column_width = (width - _COLUMN_GAP * (count - 1)) / count
    captions = [set_lines(text, column_width, styles.small) for text in block.captions]
    return WriteInPrint(captions, column_width, styles)
