"""What a calendar can do, and the day in one."""

from datetime import date
from typing import ClassVar, NamedTuple, Protocol


class CalendarDay(NamedTuple):
    """A day in some calendar; year and day count from 1, `month` is a key of the calendar's months."""

    year: int
    month: int
    day: int


class Calendar(Protocol):
    """Turns Gregorian days into days of its own and back.

    Attributes:
        name: the appearance that asks for it, for example ``coptic``.
        title: how the calendar is called, to be translated.
        months: key → name of the month in Latin letters, in the order of the year.
        first: the first Gregorian day that it knows.
        last: the last Gregorian day that it knows.
    """

    name: ClassVar[str]
    title: ClassVar[str]
    months: ClassVar[dict[int, str]]
    first: ClassVar[date]
    last: ClassVar[date]

    def from_gregorian(self, day: date) -> CalendarDay:
        """The day in this calendar.

        Raises:
            ValueError: the calendar does not reach to this day.
        """
        ...

    def to_gregorian(self, day: CalendarDay) -> date:
        """The Gregorian day.

        Raises:
            ValueError: no such day in this calendar, or one that it does not reach to.
        """
        ...


def checked(calendar: Calendar, ordinal: int, day: CalendarDay) -> date:
    """The Gregorian day of an ordinal, if the calendar gives the same day back: so no day 31 of 30 is taken.

    Raises:
        ValueError: it does not.
    """
    if not calendar.first.toordinal() <= ordinal <= calendar.last.toordinal():
        raise ValueError(day)
    found = date.fromordinal(ordinal)
    if calendar.from_gregorian(found) != day:
        raise ValueError(day)
    return found


def require(calendar: Calendar, day: date) -> None:
    """Refuses a day that the calendar does not reach to.

    Raises:
        ValueError: it does not.
    """
    if not calendar.first <= day <= calendar.last:
        raise ValueError(day)
