"""Breaking running text into lines: several faces in one paragraph, hyphenation by language, nothing is markup."""

from collections.abc import Callable
from dataclasses import dataclass

from roadmapdesk.figures.metrics import Face, text_width
from roadmapdesk.reports.document import Inline
from roadmapdesk.reports.pdf.styles import TextStyle

_SHORTEST_HYPHENATED = 8
_TOLERATED_GAP = 0.14
_CLOSING = frozenset("·/")
"""Signs between two words that end a line, never begin one."""
SOFT_HYPHEN = "\u00ad"

Hyphenator = Callable[[str], list[int]]
"""Takes a word, returns the positions where it may be divided, in ascending order."""


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a line in one face, `x` points from the line's start."""

    x: float
    text: str
    face: Face


@dataclass(frozen=True, slots=True)
class Line:
    """One set line."""

    runs: tuple[Run, ...]
    width: float


_Fragment = tuple[str, Face]
_Word = tuple[_Fragment, ...]


def faces_of(inline: Inline, style: TextStyle) -> list[_Fragment]:
    """The runs of a paragraph with the face that each is set in."""
    if isinstance(inline, str):
        return [(inline, style.face)]
    return [
        (span.text, Face.SEMIBOLD if span.is_strong else Face.ITALIC if span.is_emphasis else style.face)
        for span in inline
    ]


def set_lines(inline: Inline, width: float, style: TextStyle, hyphenate: Hyphenator | None = None) -> list[Line]:
    """The lines of `inline` in a column of `width` points; at least one, empty for an empty text."""
    lines: list[Line] = []
    hyphenate = hyphenate if style.hyphenates else None
    for paragraph in _paragraphs(faces_of(inline, style)):
        lines += _set_paragraph(paragraph, width, style.size, hyphenate)
    return lines or [Line((), 0.0)]


def sparing(hyphenate: Hyphenator, width: float, style: TextStyle) -> Hyphenator:
    """Divides only words that no line of `width` points can hold: for few words with room below them."""

    def divide(word: str) -> list[int]:
        return hyphenate(word) if text_width(word, style.size, style.face) > width else []

    return divide


def _paragraphs(fragments: list[_Fragment]) -> list[list[_Word]]:
    """Words by paragraph; a word may change its face inside."""
    paragraphs: list[list[_Word]] = [[]]
    word: list[_Fragment] = []

    def end_word() -> None:
        words = paragraphs[-1]
        if words and len(word) == 1 and word[0][0] in _CLOSING:
            words[-1] = (*words[-1], (f" {word[0][0]}", word[0][1]))
        elif word:
            words.append(tuple(word))
        word.clear()

    for text, face in fragments:
        piece = ""
        for character in text.replace("\r\n", "\n").replace("\t", " "):
            if character in " \n":
                if piece:
                    word.append((piece, face))
                    piece = ""
                end_word()
                if character == "\n":
                    paragraphs.append([])
            else:
                piece += character
        if piece:
            word.append((piece, face))
    end_word()
    return paragraphs


def _width(word: _Word, size: float) -> float:
    return sum(text_width(text.replace(SOFT_HYPHEN, ""), size, face) for text, face in word)


def _set_paragraph(words: list[_Word], width: float, size: float, hyphenate: Hyphenator | None) -> list[Line]:
    lines: list[Line] = []
    current: list[_Word] = []
    used = 0.0
    space = text_width(" ", size)
    queue = list(reversed(words))
    while queue:
        word = queue.pop()
        room = width - used - (space if current else 0.0)
        needed = _width(word, size)
        if needed <= room + 1e-6:
            current.append(word)
            used = width - room + needed
            continue
        if room > width * _TOLERATED_GAP or needed > width:
            parts = _divided(word, room, size, hyphenate)
            if parts is None and not current:
                parts = _cut(word, room, size)
            if parts is not None:
                current.append(parts[0])
                queue.append(parts[1])
                word = ()
        if word:
            queue.append(word)
        lines.append(_line(current, size))
        current, used = [], 0.0
    lines.append(_line(current, size))
    return lines


def _line(words: list[_Word], size: float) -> Line:
    """The runs of the words of one line; neighbours in one face become one run."""
    pieces: list[_Fragment] = []
    for index, word in enumerate(words):
        for part, (text, face) in enumerate(word):
            is_end = index == len(words) - 1 and part == len(word) - 1
            shown = (" " if index and part == 0 else "") + _shown(text, is_end=is_end)
            if pieces and pieces[-1][1] is face:
                pieces[-1] = (pieces[-1][0] + shown, face)
            else:
                pieces.append((shown, face))
    runs: list[Run] = []
    x = 0.0
    for text, face in pieces:
        runs.append(Run(x, text, face))
        x += text_width(text, size, face)
    return Line(tuple(runs), x)


def _shown(text: str, *, is_end: bool) -> str:
    """A soft hyphen is drawn only where the line ends with it; the typeface shows it as a hyphen."""
    return text.replace(SOFT_HYPHEN, "") + (SOFT_HYPHEN if is_end and text.endswith(SOFT_HYPHEN) else "")


def _divided(word: _Word, room: float, size: float, hyphenate: Hyphenator | None) -> tuple[_Word, _Word] | None:
    """The word divided at the last place that fits `room`: after a hyphen or slash, or by the dictionary."""
    best: tuple[_Word, _Word] | None = None
    for index, (text, face) in enumerate(word):
        for position, mark in _break_points(text, hyphenate):
            head = (*word[:index], (text[:position] + mark, face))
            width = sum(text_width(part, size, kind) for part, kind in head)
            if width > room:
                return best
            rest = ((text[position:].removeprefix(SOFT_HYPHEN), face), *word[index + 1 :])
            best = (head, rest)
    return best


def _break_points(text: str, hyphenate: Hyphenator | None) -> list[tuple[int, str]]:
    """Positions inside `text` and the mark that a division there needs, in ascending order."""
    points: dict[int, str] = {}
    for position in range(2, len(text) - 1):
        before = text[position - 1]
        if before in "-/–" and text[position] not in "-/–,.":
            points[position] = ""
        elif text[position] == SOFT_HYPHEN:
            points[position] = SOFT_HYPHEN
    if hyphenate is not None:
        letters = text.strip("„“”()[].,;:!?")
        start = text.find(letters)
        if len(letters) >= _SHORTEST_HYPHENATED and letters.isalpha():
            for position in hyphenate(letters):
                points.setdefault(start + position, SOFT_HYPHEN)
    return sorted(points.items())


def _cut(word: _Word, room: float, size: float) -> tuple[_Word, _Word]:
    """A word that no rule divides, an address for example, cut where the column ends."""
    text, face = word[0]
    length = max(1, len(text) - 1)
    while length > 1 and text_width(text[:length], size, face) > room:
        length -= 1
    if length >= len(text):
        return word[:1], word[1:]
    return ((text[:length], face),), ((text[length:], face), *word[1:])
