"""A decimal number in a line of its own, with the language's decimal sign."""

from typing_extensions import override

from roadmapdesk.desktop.interview.controls.integer import IntegerLine
from roadmapdesk.desktop.interview.controls.numbers import Typed, read_decimal
from roadmapdesk.i18n import current_language


class DecimalLine(IntegerLine):
    """A number with decimals; point and comma are both understood where the meaning is clear."""

    @override
    def read(self, typed: str) -> Typed:
        return read_decimal(typed, current_language())
