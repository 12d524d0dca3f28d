"""Bikram Sambat, the calendar of Nepal. Its month lengths follow the sun, so they are listed and not computed."""

from bisect import bisect_right
from datetime import date
from itertools import accumulate
from typing import ClassVar

from roadmapdesk.i18n import N_
from roadmapdesk.xforms.calendars.system import CalendarDay, checked, require

_FIRST_YEAR = 1970
_EPOCH = date(1913, 4, 13).toordinal()  # 1 Baisakh 1970
_LENGTHS = (
    "112111090900 112120090900 121210009901 021210009091 112111090900 112201090900 "  # 1970
    "121210009901 021210009091 112111090900 112210090900 121210009901 111211900900 "  # 1976
    "112111090900 112210090900 121210009901 111211900900 112111090900 121210090900 "  # 1982
    "121210009901 111211090900 112111090900 121210090900 121210009091 111211090900 "  # 1988
    "112111090900 121210009900 121210009091 112111090900 112111090900 121210009901 "  # 1994
    "021210009091 112111090900 112210090900 121210009901 021210009091 112111090900 "  # 2000
    "112210090900 121210009901 111211900991 112111090900 112210090900 121210009901 "  # 2006
    "111211900900 112111090900 112210090900 121210009901 111211900900 112111090900 "  # 2012
    "121210090900 121210009091 111211090900 112111090900 121210009900 121210009091 "  # 2018
    "111211090900 112111090900 121210009901 021210009091 112111090900 112120090900 "  # 2024
    "121210009901 021210009091 112111090900 112210090900 121210009901 021211900991 "  # 2030
    "112111090900 112210090900 121210009901 111211900900 112111090900 112210090900 "  # 2036
    "121210009901 111211900900 112111090900 121210090900 121210009901 111211090900 "  # 2042
    "112111090900 121210009900 121210009091 111211090900 112111090900 121210009900 "  # 2048
    "121210009091 112111090900 112120090900 121210009901 021210009091 112111090900 "  # 2054
    "112210090900 121210009901 021211909091 112111090900 112210090900 121210009901 "  # 2060
    "111211900991 112111090900 112210090900 121210009901 111211900900 112111090900 "  # 2066
    "121210090900 121210009901 111211090900 112111090900 121210009900 121210009091 "  # 2072
    "111211090900 112111090900 121210009900 121210009091 112111090900 112111090900 "  # 2078
    "121210009901 021210009091 112111090900 112210090900 121210009901 021210009091 "  # 2084
    "112111090900"  # 2090
)
"""One word for each year, one digit for each month: the last digit of its 29 to 32 days.

Source: table of github.com/medic/bikram-sambat (Apache-2.0), which ODK Collect uses, for 1970 to 2080; the calendars
published in Nepal for 2081 to 2083; for later years the forecast in the table of github.com/remotemerge/
nepali-date-converter, which the yearly calendar may correct by a day within a month.
"""
_MONTHS = tuple(tuple(int(digit) + (20 if digit == "9" else 30) for digit in word) for word in _LENGTHS.split())
_STARTS = tuple(accumulate((sum(months) for months in _MONTHS), initial=_EPOCH))


class BikramSambatCalendar:
    """Years 1970 to 2090, April 1913 to April 2034; 1 Baisakh 2080 is 14 April 2023."""

    name: ClassVar = "bikram-sambat"
    title: ClassVar = N_("Bikram Sambat calendar")
    months: ClassVar[dict[int, str]] = {
        1: "Baisakh", 2: "Jestha", 3: "Asar", 4: "Shrawan", 5: "Bhadra", 6: "Ashwin", 7: "Kartik", 8: "Mangsir",
        9: "Poush", 10: "Magh", 11: "Falgun", 12: "Chaitra",
    }  # fmt: skip
    first: ClassVar = date.fromordinal(_EPOCH)
    last: ClassVar = date.fromordinal(_STARTS[-1] - 1)

    def from_gregorian(self, day: date) -> CalendarDay:
        """See `Calendar.from_gregorian`."""
        require(self, day)
        place = bisect_right(_STARTS, day.toordinal()) - 1
        left = day.toordinal() - _STARTS[place]
        month = 0
        while left >= _MONTHS[place][month]:
            left -= _MONTHS[place][month]
            month += 1
        return CalendarDay(_FIRST_YEAR + place, month + 1, left + 1)

    def to_gregorian(self, day: CalendarDay) -> date:
        """See `Calendar.to_gregorian`."""
        place = day.year - _FIRST_YEAR
        if not (0 <= place < len(_MONTHS) and 1 <= day.month <= 12):
            raise ValueError(day)
        return checked(self, _STARTS[place] + sum(_MONTHS[place][: day.month - 1]) + day.day - 1, day)
