"""Widths of text in the shipped typeface, and how a text is broken or shrunk until it fits its box.

Neither painter kerns (the Qt painter switches it off, reportlab never does), so the sum of the advances is the
width on screen and on paper alike.
"""

from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from pathlib import Path

from roadmapdesk.paths import resources_folder

ELLIPSIS = "…"
LINE_HEIGHT = 1.2
"""Distance of two baselines in units of the text size."""
ASCENT = 0.74
"""Height of a capital with its accent above the baseline in units of the text size."""


class Face(StrEnum):
    """The three shipped faces of Source Sans 3; the value is the name of the file without its ending."""

    REGULAR = "SourceSans3-Regular"
    SEMIBOLD = "SourceSans3-SemiBold"
    ITALIC = "SourceSans3-Italic"


def font_file(face: Face) -> Path:
    """The TrueType file of this face."""
    return resources_folder() / "fonts" / f"{face.value}.ttf"


@cache
def _advances(face: Face) -> tuple[Mapping[int, float], float]:
    """Advance per code point in units of the text size, and the advance of a character without a glyph."""
    from fontTools.ttLib import TTFont  # noqa: PLC0415 — heavy library, loaded on first use

    with TTFont(font_file(face), lazy=True) as font:
        units = font["head"].unitsPerEm
        metrics = font["hmtx"].metrics
        widths = {code: metrics[glyph][0] / units for code, glyph in font.getBestCmap().items()}
        return widths, metrics[".notdef"][0] / units


def has_glyph(character: str, face: Face = Face.REGULAR) -> bool:
    """Whether the shipped typeface can show this character."""
    return ord(character) in _advances(face)[0]


def text_width(text: str, size: float, face: Face = Face.REGULAR) -> float:
    """The width of `text` on one line, in the unit of `size`."""
    widths, missing = _advances(face)
    return size * sum(widths.get(ord(character), missing) for character in text)


def wrap_text(text: str, width: float, size: float, face: Face = Face.REGULAR) -> list[str]:
    """The lines of `text`, broken at spaces.

    A word wider than a line is broken at hyphens, slashes and soft hyphens, and where it has none,
    anywhere. Soft hyphens show as a hyphen only at the end of a line. An empty text has one empty line.
    """
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for word in paragraph.split(" "):
            candidate = f"{line} {word}" if line else word
            if text_width(_plain(candidate), size, face) <= width:
                line = candidate
                continue
            if text_width(_plain(word), size, face) <= width:
                lines.append(_plain(line))
                line = word
                continue
            *full, line = _broken(candidate, width, size, face)
            lines += full
        lines.append(_plain(line))
    return lines


def _broken(text: str, width: float, size: float, face: Face) -> list[str]:
    """Full lines and the rest of a text whose last word is wider than a line."""
    lines: list[str] = []
    line = ""
    for piece in _pieces(text):
        if text_width(_plain(line + piece), size, face) <= width - _hyphen_width(piece, size, face):
            line += piece
            continue
        if line.strip():
            lines.append(_plain(line) + ("-" if line.endswith("\u00ad") else ""))
        line = piece
        while text_width(_plain(line), size, face) > width and len(line) > 1:
            fitting = _fitting_length(line, width, size, face)
            lines.append(_plain(line[:fitting]))
            line = line[fitting:]
    return [*lines, line]


def _hyphen_width(piece: str, size: float, face: Face) -> float:
    return text_width("-", size, face) if piece.endswith("\u00ad") else 0.0


def _pieces(text: str) -> list[str]:
    """`text` cut after each place where a line may end."""
    pieces = [""]
    for index, character in enumerate(text):
        pieces[-1] += character
        if text[index + 1 : index + 2] and character in " -/\u00ad":
            pieces.append("")
    return pieces


def _plain(line: str) -> str:
    """The text as printed inside a line: without soft hyphens and outer spaces."""
    return line.replace("\u00ad", "").strip(" ")


def _fitting_length(line: str, width: float, size: float, face: Face) -> int:
    length = len(line)
    while length > 1 and text_width(line[:length], size, face) > width:
        length -= 1
    return length


def elide(text: str, width: float, size: float, face: Face = Face.REGULAR) -> str:
    """`text`, or its beginning with an ellipsis, so that it fits `width`."""
    if text_width(text, size, face) <= width:
        return text
    length = len(text)
    while length and text_width(text[:length].rstrip() + ELLIPSIS, size, face) > width:
        length -= 1
    return text[:length].rstrip() + ELLIPSIS


def fit_text(
    text: str, width: float, height: float, *, size: float, smallest: float, face: Face = Face.REGULAR
) -> tuple[list[str], float]:
    """Lines and size so that `text` fits the box: wrapped first, then shrunk to `smallest`, last elided.

    Down to nine tenths of `size` no word is divided; below that words are divided at their soft hyphens, and a size
    at which one would be cut elsewhere is only taken when no smaller size avoids it.
    """
    words = [_plain(word) for word in text.split()]
    current = size
    while current >= max(smallest, size * 0.9):
        lines = wrap_text(text, width, current, face)
        if len(lines) * current * LINE_HEIGHT <= height + 1e-6 and all(
            text_width(word, current, face) <= width for word in words
        ):
            return lines, current
        current -= 0.25
    longest = max((_plain(piece) for piece in _pieces(text)), key=len, default="")
    current = size
    while True:
        lines = wrap_text(text, width, current, face)
        fits = len(lines) * current * LINE_HEIGHT <= height + 1e-6
        if (fits and text_width(longest.strip(), current, face) <= width) or current - 0.25 < smallest:
            break
        current -= 0.25
    room = max(1, int((height + 1e-6) / (current * LINE_HEIGHT)))
    if len(lines) > room:
        rest = " ".join(lines[room - 1 :])
        lines = [*lines[: room - 1], elide(rest, width, current, face)]
    return lines, current
