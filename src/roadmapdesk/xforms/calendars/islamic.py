"""The Islamic calendar in its tabular form: months of 30 and 29 days, eleven leap years in thirty."""

from datetime import date
from typing import ClassVar

from roadmapdesk.i18n import N_
from roadmapdesk.xforms.calendars.system import CalendarDay, checked, require

_EPOCH = 227_015  # 16 July 622 in the Julian calendar, as days since 31 December of the year 0, Gregorian


class IslamicCalendar:
    """Leap years are 2, 5, 7, 10, 13, 16, 18, 21, 24, 26 and 29 of each thirty; a sighted moon may differ by a day.

    Source: E. M. Reingold and N. Dershowitz, "Calendrical Calculations", Cambridge 2018, chapter 7; the same leap
    years as in Joda-Time, which ODK Collect uses.
    """

    name: ClassVar = "islamic"
    title: ClassVar = N_("Islamic calendar")
    months: ClassVar[dict[int, str]] = {
        1: "Muharram", 2: "Safar", 3: "Rabi al-Awwal", 4: "Rabi al-Thani", 5: "Jumada al-Ula", 6: "Jumada al-Akhirah",
        7: "Rajab", 8: "Shaban", 9: "Ramadan", 10: "Shawwal", 11: "Dhu al-Qadah", 12: "Dhu al-Hijjah",
    }  # fmt: skip
    first: ClassVar = date.fromordinal(_EPOCH)
    last: ClassVar = date.max

    def _ordinal(self, year: int, month: int, day: int) -> int:
        return _EPOCH - 1 + (year - 1) * 354 + (3 + 11 * year) // 30 + 29 * (month - 1) + month // 2 + day

    def from_gregorian(self, day: date) -> CalendarDay:
        """See `Calendar.from_gregorian`."""
        require(self, day)
        ordinal = day.toordinal()
        year = (30 * (ordinal - _EPOCH) + 10_646) // 10_631
        passed = ordinal - self._ordinal(year, 1, 1)
        month = (11 * passed + 330) // 325
        return CalendarDay(year, month, ordinal - self._ordinal(year, month, 1) + 1)

    def to_gregorian(self, day: CalendarDay) -> date:
        """See `Calendar.to_gregorian`."""
        return checked(self, self._ordinal(*day), day)
