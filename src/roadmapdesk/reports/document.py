"""The format-neutral document: what a report says, in reading order, before any writer gives it a form.

Texts are plain Unicode, never markup, so a value from an interview can hold any character. Writers number nothing:
figures and tables already carry their labels.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from roadmapdesk.domain.levels import Level
from roadmapdesk.figures.display_list import Figure
from roadmapdesk.i18n import Language


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text in one face."""

    text: str
    is_strong: bool = False
    is_emphasis: bool = False


Inline = str | tuple[Span, ...]
"""Running text: one plain text, or runs in several faces."""


def plain(inline: Inline) -> str:
    """The text without its faces."""
    return inline if isinstance(inline, str) else "".join(span.text for span in inline)


class Tone(StrEnum):
    """What a paragraph or box is for; each writer has one look per tone."""

    BODY = "body"
    LEAD = "lead"
    NOTE = "note"
    QUOTE = "quote"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside a section; level 2 or 3, because the section's title is level 1."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph; `leads_on` keeps it on one page with what follows.

    Attributes:
        language: code of the text's language where it is not the document's; empty else.
    """

    text: Inline
    tone: Tone = Tone.BODY
    leads_on: bool = False
    language: str = ""


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list of short statements."""

    items: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table.

    Attributes:
        class_key: shows the symbol of this class before the text; empty for none.
        grade: shows the chip of this grade before the text; empty for none.
        is_tick: the text is a box or circle to tick with a pen.
        language: code of the text's language where it is not the document's; empty else.
    """

    text: str
    class_key: str = ""
    grade: str = ""
    is_strong: bool = False
    is_tick: bool = False
    language: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table with one header row; the first column names the row.

    Attributes:
        key: stable name, unique in the document, the target of links; empty for a table without caption.
        label: ``Tabelle A3``; empty for a table without caption.
        weights: relative widths of the columns; a zero makes the column as wide as its content.
        numeric: indices of right-aligned columns.
        note: one line below the table, empty for none.
        is_extract: the first rows of a list that stands elsewhere in full; a writer with pages may show fewer of
            them so that they stay on one page.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    weights: tuple[float, ...]
    numeric: frozenset[int] = frozenset()
    key: str = ""
    label: str = ""
    title: str = ""
    note: str = ""
    is_extract: bool = False

    def __post_init__(self) -> None:
        if any(len(row) != len(self.header) for row in self.rows) or len(self.weights) != len(self.header):
            msg = "a row or the weights of a table are not as long as its header"
            raise ValueError(msg)


@dataclass(frozen=True, slots=True)
class FigureBlock:
    """A figure with its label and the link to its data table in the annex."""

    figure: Figure
    label: str
    table_key: str
    table_label: str


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """One headline number: value, what it is, and what it rests on."""

    value: str
    name: str
    basis: str


@dataclass(frozen=True, slots=True)
class KeyFigures:
    """Headline numbers side by side, at most five."""

    items: tuple[KeyFigure, ...]


@dataclass(frozen=True, slots=True)
class Tile:
    """One finding in a few words.

    Attributes:
        title: what it is about, a stage for example.
        detail: the second line, a dimension for example.
        values: value, n and further numbers, already as text.
        grade: letter of the grade, empty where none may be shown.
    """

    title: str
    detail: str
    values: str
    class_key: str = ""
    grade: str = ""


@dataclass(frozen=True, slots=True)
class TileColumn:
    """Findings of one kind, the most important first; `empty` stands there when there is none."""

    title: str
    tiles: tuple[Tile, ...]
    empty: str


@dataclass(frozen=True, slots=True)
class Tiles:
    """Columns of findings side by side."""

    columns: tuple[TileColumn, ...]


@dataclass(frozen=True, slots=True)
class Definitions:
    """Terms and what they mean, as in a glossary."""

    entries: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Box:
    """A framed group with a title of its own that belongs together; a tight one takes less room around its text."""

    title: str
    content: tuple["Heading | Paragraph | Bullets | Definitions", ...]
    tone: Tone = Tone.BODY
    is_tight: bool = False


BOX, CIRCLE = "\u2610", "\u25cb"
"""What is ticked on paper: any number of boxes, one of the circles."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question to be answered on paper, with its room for the answer.

    Attributes:
        number: ``E3``; empty where the question carries none.
        notes: hint and condition, below the wording.
        options: answers to tick; none for a free answer.
        is_multiple: whether several may be ticked.
        lines: lines to write on, below the options.
        is_short: whether the lines are short, for a number or a date.
    """

    number: str
    text: str
    notes: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    is_multiple: bool = False
    lines: int = 0
    is_short: bool = False


@dataclass(frozen=True, slots=True)
class WriteIn:
    """Lines to write on, side by side, with what belongs there below each: place and date, signature."""

    captions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PageBreak:
    """Starts a new page."""


Block = (
    Heading
    | Paragraph
    | Bullets
    | Table
    | FigureBlock
    | KeyFigures
    | Tiles
    | Definitions
    | Box
    | Question
    | WriteIn
    | PageBreak
)


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the report, in the table of contents.

    Attributes:
        key: stable name, unique in the document.
        title: empty only where the head of a short paper says it already.
        starts_page: whether the section begins on a new page.
    """

    key: str
    title: str
    blocks: tuple[Block, ...]
    starts_page: bool = False


@dataclass(frozen=True, slots=True)
class TitlePage:
    """The first page.

    Attributes:
        facts: pairs (name, value): wave, period, status, level, versions.
        notice: the note on confidentiality; may be empty on a short paper.
        is_head: a head above the text instead of a page of its own; for short papers, which have no contents page.
        is_warning: whether the notice warns.
    """

    title: str
    subtitle: str
    facts: tuple[tuple[str, str], ...]
    notice: str
    is_head: bool = False
    is_warning: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """A complete report.

    Attributes:
        running_title: short title in the head of each page.
        marking: level of confidentiality in words and whether it is a draft, on each page.
        sample_marking: ``Beispieldaten`` or its translation on each page of invented data, ``Entwurf`` on
            a paper that is not final, else empty.
        created: moment of the export, printed and written to the file's properties.
    """

    title_page: TitlePage
    sections: tuple[Section, ...]
    language: Language
    level: Level
    running_title: str
    marking: str
    sample_marking: str
    author: str
    subject: str
    created: datetime

    def blocks(self) -> Iterator[Block]:
        """All blocks of all sections in reading order."""
        for section in self.sections:
            yield from section.blocks

    def figures(self) -> list[FigureBlock]:
        """All figures in reading order."""
        return [block for block in self.blocks() if isinstance(block, FigureBlock)]
