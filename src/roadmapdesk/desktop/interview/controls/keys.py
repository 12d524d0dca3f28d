"""Which key chooses which option."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from roadmapdesk.xforms.session.view import Choice

MISSING_CODES = ("97", "98", "99")
_NUMBERED = re.compile(r"^\s*(\d{1,2})\s*[-–—.:)=]\s*(?=\S)")


def is_missing(choice: Choice) -> bool:
    """Whether the choice says that there is no rating: not applicable, don't know, no answer."""
    return choice.value in MISSING_CODES


@dataclass(frozen=True, slots=True)
class OptionKeys:
    """The digit keys of one list of options.

    Attributes:
        plain: digit → code, without a modifier.
        held: digit → code, together with Ctrl (97, 98 and 99 only).
    """

    plain: dict[int, str]
    held: dict[int, str]

    def hint(self, code: str) -> str:
        """The key that chooses an option, as Qt writes key sequences; empty where it has none of its own."""
        for digit, owner in self.plain.items():
            if owner == code:
                return str(digit)
        return next((f"Ctrl+{digit}" for digit, owner in self.held.items() if owner == code), "")


def option_keys(choices: Sequence[Choice]) -> OptionKeys:
    """The keys of a list.

    A digit is the code itself where all codes are single digits (a scale from 0 stays a scale from 0), else the
    place in the list. 97, 98 and 99 have Ctrl+7, 8 and 9 everywhere, and 7, 8 and 9 where the others end before 7.
    """
    rated = [choice.value for choice in choices if not is_missing(choice)]
    if rated and all(len(code) == 1 and code.isdigit() for code in rated):
        plain = {int(code): code for code in rated}
    else:
        plain = dict(enumerate(rated[:9], start=1))
    held = {int(choice.value) - 90: choice.value for choice in choices if is_missing(choice)}
    if not plain or max(plain) < 7:
        plain |= held
    return OptionKeys(plain, held)


def anchor(label: str) -> str:
    """The label of a scale point without its number: ``among the leaders`` of ``5 - among the leaders``."""
    return _NUMBERED.sub("", label, count=1).strip()


def numbered(label: str) -> tuple[str, str]:
    """Number and words of the label of a scale point; no number for any other label."""
    match = _NUMBERED.match(label)
    return (match.group(1), anchor(label)) if match else ("", label)


def face(choice: Choice, label: str) -> str:
    """What stands on the button of a scale point: its number, else its label."""
    number, _words = numbered(label)
    if number:
        return number
    if label.strip().isdigit() and len(label.strip()) <= 2:
        return label.strip()
    return choice.value if choice.value.isdigit() and len(choice.value) <= 2 else label
