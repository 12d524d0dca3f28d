"""The Thai solar calendar: Gregorian months, years counted from 543 BC."""

from datetime import date
from typing import ClassVar

from roadmapdesk.i18n import N_
from roadmapdesk.xforms.calendars.system import CalendarDay

_AHEAD = 543


class BuddhistCalendar:
    """Year 2569 is 2026.

    Source: Thai solar calendar since the reform of 1941; ODK documentation, "Date widgets".
    """

    name: ClassVar = "buddhist"
    title: ClassVar = N_("Buddhist calendar")
    months: ClassVar[dict[int, str]] = {
        1: "Makarakhom", 2: "Kumphaphan", 3: "Minakhom", 4: "Mesayon", 5: "Phruetsaphakhom", 6: "Mithunayon",
        7: "Karakadakhom", 8: "Singhakhom", 9: "Kanyayon", 10: "Tulakhom", 11: "Phruetsachikayon", 12: "Thanwakhom",
    }  # fmt: skip
    first: ClassVar = date.min
    last: ClassVar = date.max

    def from_gregorian(self, day: date) -> CalendarDay:
        """See `Calendar.from_gregorian`."""
        return CalendarDay(day.year + _AHEAD, day.month, day.day)

    def to_gregorian(self, day: CalendarDay) -> date:
        """See `Calendar.to_gregorian`."""
        return date(day.year - _AHEAD, day.month, day.day)
