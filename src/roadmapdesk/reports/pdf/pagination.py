"""Putting blocks onto pages: sections and figures stay whole where they can, headings never stand alone."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from roadmapdesk.reports.pdf.blocks import PrintBlock

_TOP_SLACK = 0.01


@dataclass(frozen=True, slots=True)
class Break:
    """The next block starts a new page."""


@dataclass(frozen=True, slots=True)
class SectionStart:
    """The following blocks belong to this section; it needs `room` points on its first page, else a new page."""

    key: str
    room: float = 0.0


Piece = PrintBlock | Break | SectionStart


@dataclass(frozen=True, slots=True)
class Placed:
    """A block at its height on a page, in its section."""

    block: PrintBlock
    y: float
    section: str


@dataclass(slots=True)
class Page:
    """One page: its blocks from top to bottom, `used` points high."""

    blocks: list[Placed] = field(default_factory=list)
    used: float = 0.0
    gap: float = 0.0


def paginate(pieces: Iterable[Piece], height: float) -> list[Page]:
    """Pages of `height` points; no page is empty."""
    queue = list(pieces)
    queue.reverse()
    pages = [Page()]
    section = ""
    while queue:
        piece = queue.pop()
        page = pages[-1]
        if isinstance(piece, Break):
            if page.blocks:
                pages.append(Page())
            continue
        if isinstance(piece, SectionStart):
            section = piece.key
            if page.blocks and height - page.used - page.gap < piece.room:
                pages.append(Page())
            continue
        top = page.used + (max(page.gap, piece.space_before) if page.blocks else 0.0)
        if top + piece.height + _followers(piece, queue) <= height + _TOP_SLACK:
            _place(page, piece, top, section)
            continue
        parts = None if piece.keeps_with_next else piece.divide(height - top)
        if parts is not None:
            _place(page, parts[0], top, section)
            if not piece.drops_rest:
                queue.append(parts[1])
                pages.append(Page())
            continue
        if not page.blocks:
            # Taller than a page and not divisible: it is placed and may reach into the margin.
            _place(page, piece, top, section)
            continue
        queue.append(piece)
        pages.append(Page())
    return [page for page in pages if page.blocks]


def _place(page: Page, block: PrintBlock, top: float, section: str) -> None:
    page.blocks.append(Placed(block, top, section))
    page.used = top + block.height
    page.gap = block.space_after


def _followers(piece: PrintBlock, queue: list[Piece]) -> float:
    """The room that must remain below a block that keeps with the next ones."""
    room = 0.0
    index = len(queue) - 1
    while piece.keeps_with_next and index >= 0:
        follower = queue[index]
        if not isinstance(follower, PrintBlock):
            break
        room += max(piece.space_after, follower.space_before)
        room += follower.height if follower.keeps_with_next else follower.first_height
        piece = follower
        index -= 1
    return room
