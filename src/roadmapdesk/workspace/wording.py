"""How a label of the form splits into a code and its wording.

Convention (documented in the handbook of forms): a label may begin with the question's code, set off by two or more
blanks (``E3  Competence``). Where a compiler has folded blanks into one, a code is still known by its shape: up to
three capital letters and a number (``E3``, ``SW12a``), a number with a point or bracket (``3.``, ``2.1``), and, for
the title of a section, one capital letter before a capitalised word (``A Interview data``).
"""

import re
from dataclasses import dataclass
from functools import lru_cache

_SPACED = re.compile(r"^(\S{1,8})(?: {2,}|\u2003|\t)\s*(\S.*)$", re.DOTALL)
_SHAPED = re.compile(r"^([A-Z]{1,3}\d{1,3}[a-z]?|\d{1,3}(?:\.\d{1,3})+|\d{1,3}(?=[.)]))[.):]?\s+(\S.*)$", re.DOTALL)
_SECTION = re.compile(r"^([A-Z])[.):]?\s+([A-ZÄÖÜ(„“].*)$", re.DOTALL)
_MARKUP = re.compile(
    r"(\*\*|__)(.+?)\1|(?<!\w)([*_])(\S.*?)\3(?!\w)|<(/?)(?:span|b|i|u|br|p)\b[^>]*>|\[([^\]]+)\]\([^)]*\)"
)


@dataclass(frozen=True, slots=True)
class Wording:
    """A label in its two parts.

    Attributes:
        code: what people call the question (``E3``); empty where the label carries none.
        text: the wording without the code.
    """

    code: str
    text: str

    @property
    def short(self) -> str:
        """The wording up to a colon, for lists: ``Weighting`` of ``Weighting: please distribute …``."""
        head, colon, _ = self.text.partition(": ")
        return head if colon and head else self.text


@lru_cache(maxsize=4096)
def split_label(label: str, *, section: bool = False) -> Wording:
    """The code and the wording of a label.

    Args:
        label: as the form gives it, filled in and in the language shown.
        section: whether it is the title of a section, where one capital letter alone is a code.
    """
    label = label.strip()
    patterns = (_SPACED, _SHAPED, _SECTION) if section else (_SPACED, _SHAPED)
    for pattern in patterns:
        match = pattern.match(label)
        if match:
            return Wording(match.group(1), match.group(2).strip())
    return Wording("", label)


@lru_cache(maxsize=4096)
def plain(label: str) -> str:
    """The label without the Markdown and HTML marks that ODK allows, for accessible names and lists."""

    def keep(match: re.Match[str]) -> str:
        return match.group(2) or match.group(4) or match.group(6) or ""

    return " ".join(_MARKUP.sub(keep, label).split())
