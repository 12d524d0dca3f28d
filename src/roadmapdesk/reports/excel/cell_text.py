"""Any text in a cell: what XML cannot hold, what Excel would misread, and what is too long for a cell.

Source: ECMA-376 part 1, 22.9.2.19 (``_xHHHH_`` escapes) and 18.3.1.4 (cell contents); XML 1.0, 2.2 (characters).
"""

import re

MAX_LENGTH = 32_767
"""UTF-16 units that a cell can hold."""

# One set of characters is searched several times faster than alternatives; an underscore only asks for a closer look.
_UNUSUAL = re.compile("[&<>\r_\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
FORMULA_STARTS = frozenset("=+-@\t\r")
"""First characters that a spreadsheet program takes for the beginning of a formula."""


def xml_text(text: str) -> str:
    """The text as it stands between tags: escaped, characters that XML forbids replaced by U+FFFD."""
    if _UNUSUAL.search(text) is None:
        return text
    text = _LOOKS_ESCAPED.sub("_x005F_", text)
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "_x000D_")
    return _FORBIDDEN.sub("\ufffd", text)


def stored_text(text: str) -> str:
    """The text that a reader of the workbook gets back: the same, forbidden characters replaced."""
    return _FORBIDDEN.sub("\ufffd", text)


def unescaped(text: str) -> str:
    """Undoes ``_xHHHH_`` for readers that leave it in place."""
    return _ESCAPE.sub(lambda match: chr(int(match.group(1), 16)), text)


def fitted(text: str, mark: str) -> str:
    """The text, cut so that it fits a cell together with `mark`, in which ``{n}`` tells the characters left out.

    Args:
        text: any text.
        mark: ending of a cut text.
    """
    if len(text) <= MAX_LENGTH and len(text.encode("utf-16-le", "surrogatepass")) // 2 <= MAX_LENGTH:
        return text
    room = MAX_LENGTH - len(mark) - 12
    kept = text.encode("utf-16-le", "surrogatepass")[: room * 2].decode("utf-16-le", "ignore")
    return kept + mark.format(n=len(text) - len(kept))


def starts_like_formula(text: str) -> bool:
    """Whether a spreadsheet program would take the text for a formula when someone types or pastes it again."""
    return text[:1] in FORMULA_STARTS
