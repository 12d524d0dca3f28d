"""The Coptic and the Ethiopian calendar: twelve months of 30 days and one of five, or six in a leap year."""

from datetime import date
from typing import ClassVar

from roadmapdesk.i18n import N_
from roadmapdesk.xforms.calendars.system import CalendarDay, checked, require


class CopticCalendar:
    """Years of the martyrs; 1 Thout 1 is 29 August 284 in the Julian calendar.

    Source: E. M. Reingold and N. Dershowitz, "Calendrical Calculations", Cambridge 2018, chapter 4.
    """

    name: ClassVar = "coptic"
    title: ClassVar = N_("Coptic calendar")
    months: ClassVar[dict[int, str]] = {
        1: "Thout", 2: "Paopi", 3: "Hathor", 4: "Koiak", 5: "Tobi", 6: "Meshir", 7: "Paremhat", 8: "Parmouti",
        9: "Pashons", 10: "Paoni", 11: "Epip", 12: "Mesori", 13: "Pi Kogi Enavot",
    }  # fmt: skip
    epoch: ClassVar = 103_605  # days since 31 December of the year 0, Gregorian
    first: ClassVar = date.fromordinal(epoch)
    last: ClassVar = date.max

    def _ordinal(self, year: int, month: int, day: int) -> int:
        return self.epoch - 1 + 365 * (year - 1) + year // 4 + 30 * (month - 1) + day

    def from_gregorian(self, day: date) -> CalendarDay:
        """See `Calendar.from_gregorian`."""
        require(self, day)
        ordinal = day.toordinal()
        year = (4 * (ordinal - self.epoch) + 1463) // 1461
        month = (ordinal - self._ordinal(year, 1, 1)) // 30 + 1
        return CalendarDay(year, month, ordinal - self._ordinal(year, month, 1) + 1)

    def to_gregorian(self, day: CalendarDay) -> date:
        """See `Calendar.to_gregorian`."""
        return checked(self, self._ordinal(*day), day)


class EthiopianCalendar(CopticCalendar):
    """Years of grace; 1 Meskerem 1 is 29 August 8 in the Julian calendar.

    Source: E. M. Reingold and N. Dershowitz, "Calendrical Calculations", Cambridge 2018, chapter 4.
    """

    name: ClassVar = "ethiopian"
    title: ClassVar = N_("Ethiopian calendar")
    months: ClassVar[dict[int, str]] = {
        1: "Meskerem", 2: "Tikimt", 3: "Hidar", 4: "Tahsas", 5: "Tir", 6: "Yekatit", 7: "Megabit", 8: "Miazia",
        9: "Genbot", 10: "Senie", 11: "Hamlie", 12: "Nehasie", 13: "Pagumen",
    }  # fmt: skip
    epoch: ClassVar = 2_796
    first: ClassVar = date.fromordinal(epoch)
