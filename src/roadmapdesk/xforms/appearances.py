"""Which appearances the interview page follows, which it passes over, and which it does not know.

An appearance that is not followed never loses a question: the plain control of its type is shown. The form check
names those that a form asks for in vain. Source: XLSForm and ODK documentation, "Question appearances".
"""

import re
from enum import Enum

_CHOICES = frozenset({
    "minimal", "autocomplete", "search", "quick", "quickcompact", "columns", "columns-flex", "columns-pack",
    "compact", "horizontal", "horizontal-compact", "vertical", "likert", "label", "no-buttons",
    "image-map", "list", "list-nolabel",
})  # fmt: skip
_CALENDARS = frozenset({"bikram-sambat", "buddhist", "coptic", "ethiopian", "islamic", "myanmar", "persian"})
_FOLLOWED: dict[str, frozenset[str]] = {
    "string": frozenset({"multiline", "numbers", "masked", "hidden-answer", "url", "thousands-sep"}),
    "int": frozenset({"thousands-sep", "counter"}),
    "decimal": frozenset({"thousands-sep", "bearing"}),
    "date": _CALENDARS | {"month-year", "year", "no-calendar"},
    "dateTime": _CALENDARS | {"month-year", "year", "no-calendar"},
    "barcode": frozenset({"hidden-answer"}),
    "select1": _CHOICES,
    "select": _CHOICES - {"likert", "quick"},
    "range": frozenset({"rating", "picker", "vertical", "no-ticks"}),
    "upload": frozenset({"signature", "draw", "annotate"}),
}
_NEEDLESS = frozenset({
    "map", "maps", "placement-map", "new", "new-front", "selfie", "hide-input", "pages", "field-list", "table-list",
    "theme-grid", "no-calendar", "no-collapse",
})  # fmt: skip
_WIDTH = re.compile(r"w([1-9]|1[0-2])")
_PATTERNS = (
    re.compile(r"(columns|compact|quickcompact)-\d+"), _WIDTH, re.compile(r"search\(.*", re.DOTALL),
    re.compile(r"h\d{1,2}"),
)  # fmt: skip
KNOWN = _NEEDLESS | {"vertical-compact"} | frozenset().union(*_FOLLOWED.values())
"""All fixed words that forms may use, those of Enketo included."""
_OUTSIDE = ("ex:", "printer")
_SELECTS = frozenset({"select1", "select", "rank"})


class Following(Enum):
    """What becomes of an appearance on the interview page."""

    FOLLOWED = "followed"
    NEEDLESS = "needless"
    PLAIN = "plain"


def following(appearance: str, kind: str) -> Following:
    """What the interview page does with one word of an appearance.

    Args:
        appearance: one word such as ``likert``; case does not matter.
        kind: ``select1``, ``select``, ``rank``, ``range``, ``upload`` or ``group`` for these elements, else the type
            of the value such as ``string`` or ``date``.

    Returns:
        ``FOLLOWED``; ``NEEDLESS`` where a desktop shows the question completely without it (a layout for telephones,
        a choice between cameras); ``PLAIN`` where something that the form asks for is missing, and the plain control
        stands in.
    """
    word = appearance.casefold()
    if word in _FOLLOWED.get(kind, frozenset()) or _WIDTH.fullmatch(word):
        return Following.FOLLOWED
    if kind in _SELECTS - {"rank"} and any(pattern.fullmatch(word) for pattern in _PATTERNS):
        return Following.FOLLOWED
    is_misplaced = word in _CHOICES and kind not in _SELECTS  # no engine does anything with it there
    if is_misplaced or word in _NEEDLESS or any(pattern.fullmatch(word) for pattern in _PATTERNS):
        return Following.NEEDLESS
    return Following.PLAIN


def is_known(appearance: str) -> bool:
    """Whether a word belongs to XLSForm, whatever becomes of it; apps outside of the program (``ex:…``) do."""
    word = appearance.casefold()
    return word in KNOWN or word.startswith(_OUTSIDE) or any(pattern.fullmatch(word) for pattern in _PATTERNS)


def followed(kind: str) -> frozenset[str]:
    """The appearances that a kind of question follows, for the table of features; ``columns-N`` comes on top."""
    return _FOLLOWED.get(kind, frozenset())


def kinds() -> tuple[str, ...]:
    """The kinds of questions that follow any appearance."""
    return tuple(_FOLLOWED)
