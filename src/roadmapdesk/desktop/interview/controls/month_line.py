"""A month and year, or a year alone, stored as the first day of it."""

from typing_extensions import override

from roadmapdesk.desktop.interview.controls.dates import read_month, read_year, show_month, show_year
from roadmapdesk.desktop.interview.controls.integer import IntegerLine
from roadmapdesk.desktop.interview.controls.numbers import Typed
from roadmapdesk.i18n import current_language


class MonthLine(IntegerLine):
    """A month and a year (appearance ``month-year``)."""

    @override
    def read(self, typed: str) -> Typed:
        return read_month(typed, current_language())

    @override
    def show_stored(self, stored: str) -> str:
        return show_month(stored, current_language()) if stored else ""


class YearLine(IntegerLine):
    """A year (appearance ``year``)."""

    @override
    def read(self, typed: str) -> Typed:
        return read_year(typed, current_language())

    @override
    def show_stored(self, stored: str) -> str:
        return show_year(stored, current_language())
