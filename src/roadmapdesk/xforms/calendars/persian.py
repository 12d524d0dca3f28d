"""The Persian (solar Hijri) calendar by the arithmetic that follows the spring equinox for three thousand years."""

from datetime import date
from itertools import pairwise
from typing import ClassVar

from roadmapdesk.i18n import N_
from roadmapdesk.xforms.calendars.system import CalendarDay, checked, require

_BREAKS = (
    -61, 9, 38, 199, 426, 686, 756, 818, 1111, 1181, 1210, 1635, 2060, 2097, 2192, 2262, 2324, 2394, 2456, 3178,
)  # fmt: skip
_LAST_YEAR = 3177
_AHEAD = 621
_LONG_HALF = 6 * 31


class PersianCalendar:
    """Six months of 31 days, five of 30, and Esfand with 29 or 30.

    Source: K. M. Borkowski, "The Persian calendar for 3000 years", Earth, Moon, and Planets 74 (1996), 223-230.
    """

    name: ClassVar = "persian"
    title: ClassVar = N_("Persian calendar")
    months: ClassVar[dict[int, str]] = {
        1: "Farvardin", 2: "Ordibehesht", 3: "Khordad", 4: "Tir", 5: "Mordad", 6: "Shahrivar",
        7: "Mehr", 8: "Aban", 9: "Azar", 10: "Dey", 11: "Bahman", 12: "Esfand",
    }  # fmt: skip
    first: ClassVar = date(622, 3, 22)
    last: ClassVar = date(_LAST_YEAR + _AHEAD, 3, 19)

    def from_gregorian(self, day: date) -> CalendarDay:
        """See `Calendar.from_gregorian`."""
        require(self, day)
        year = day.year - _AHEAD
        ordinal = day.toordinal()
        if ordinal < _new_year(year):
            year -= 1
        passed = ordinal - _new_year(year)
        if passed < _LONG_HALF:
            return CalendarDay(year, passed // 31 + 1, passed % 31 + 1)
        passed -= _LONG_HALF
        return CalendarDay(year, passed // 30 + 7, passed % 30 + 1)

    def to_gregorian(self, day: CalendarDay) -> date:
        """See `Calendar.to_gregorian`."""
        if not (1 <= day.year <= _LAST_YEAR and 1 <= day.month <= 12):
            raise ValueError(day)
        before = 31 * (day.month - 1) if day.month <= 7 else _LONG_HALF + 30 * (day.month - 7)
        return checked(self, _new_year(day.year) + before + day.day - 1, day)


def _new_year(year: int) -> int:
    """The ordinal of 1 Farvardin."""
    leaps = -14
    start, jump = _BREAKS[0], 0
    for start, end in pairwise(_BREAKS):
        jump = end - start
        if year < end:
            break
        leaps += jump // 33 * 8 + jump % 33 // 4
    passed = year - start
    leaps += passed // 33 * 8 + (passed % 33 + 3) // 4
    if jump % 33 == 4 and jump - passed == 4:
        leaps += 1
    gregorian = year + _AHEAD
    gregorian_leaps = gregorian // 4 - (gregorian // 100 + 1) * 3 // 4 - 150
    return date(gregorian, 3, 1).toordinal() + 19 + leaps - gregorian_leaps
