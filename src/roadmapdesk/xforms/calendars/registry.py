"""Which appearance asks for which calendar."""

from datetime import date

from roadmapdesk.xforms.calendars.bikram_sambat import BikramSambatCalendar
from roadmapdesk.xforms.calendars.buddhist import BuddhistCalendar
from roadmapdesk.xforms.calendars.coptic import CopticCalendar, EthiopianCalendar
from roadmapdesk.xforms.calendars.islamic import IslamicCalendar
from roadmapdesk.xforms.calendars.myanmar import MyanmarCalendar
from roadmapdesk.xforms.calendars.persian import PersianCalendar
from roadmapdesk.xforms.calendars.system import Calendar, CalendarDay

_ALL: tuple[Calendar, ...] = (
    BikramSambatCalendar(), BuddhistCalendar(), CopticCalendar(), EthiopianCalendar(), IslamicCalendar(),
    MyanmarCalendar(), PersianCalendar(),
)  # fmt: skip
CALENDARS: dict[str, Calendar] = {calendar.name: calendar for calendar in _ALL}
"""Appearance → calendar."""
_LONGEST_MONTH = 32


def first_day(calendar: Calendar, year: int, month: int | None = None) -> date | None:
    """The first day of a month, or of a year where no month is given; None where there is no such month.

    In a calendar whose year begins within a month this is not always day 1.
    """
    for key in tuple(calendar.months) if month is None else (month,):
        for day in range(1, _LONGEST_MONTH + 1):
            try:
                return calendar.to_gregorian(CalendarDay(year, key, day))
            except (ValueError, OverflowError):
                continue
    return None
