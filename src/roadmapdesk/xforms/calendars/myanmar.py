"""The Myanmar calendar: lunar months, a leap month by rules that changed from era to era."""

import math
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import ClassVar

from roadmapdesk.i18n import N_
from roadmapdesk.xforms.calendars.system import CalendarDay, checked, require

_SOLAR_YEAR = 1_577_917_828 / 4_320_000
_LUNAR_MONTH = 1_577_917_828 / 53_433_336
_EPOCH = 1_954_168.050623  # Julian date of the beginning of year 0
_JULIAN_DAY_ZERO = 1_721_425  # the Julian day of the day before 1 January 1, Gregorian
_FIRST_YEAR = 1100
_LAST_YEAR = 2200
_METONIC_ERA_ENDS = 1217
_ERAS = ((_FIRST_YEAR, -1, -0.85), (_METONIC_ERA_ENDS, 4, -1.0), (1312, 8, -0.5))
"""First year, months that count for the excess days, and shift of the full moon in days, for each era."""
_FULL_MOONS = {1120: 1, 1126: -1, 1150: 1, 1172: -1, 1207: 1, 1234: 1, 1261: -1, 1377: 1}
_LEAP_YEARS = {1201: True, 1202: False, 1263: True, 1264: False, 1344: True, 1345: False}
_FIRST_WASO, _NAYON = 0, 3


class MyanmarCalendar:
    """Years 1100 to 2200 (1738 to 2838); days of a month count to 29 or 30, the waning 9th is day 24.

    A year begins with the sun in the middle of April. The days of Tagu before that belong to the old year and are
    called Late Tagu. In a leap year a First Waso goes before Waso.

    Source: Yan Naing Aye, "Algorithm, program and calculation of Myanmar calendar" (2013, MIT),
    cool-emerald.blogspot.com/2013/06/algorithm-program-and-calculation-of.html
    """

    name: ClassVar = "myanmar"
    title: ClassVar = N_("Myanmar calendar")
    months: ClassVar[dict[int, str]] = {
        1: "Tagu", 2: "Kason", 3: "Nayon", _FIRST_WASO: "First Waso", 4: "Waso", 5: "Wagaung", 6: "Tawthalin",
        7: "Thadingyut", 8: "Tazaungmon", 9: "Nadaw", 10: "Pyatho", 11: "Tabodwe", 12: "Tabaung",
        13: "Late Tagu", 14: "Late Kason",
    }  # fmt: skip
    first: ClassVar = date(1738, 4, 20)
    last: ClassVar = date(2838, 4, 1)

    def from_gregorian(self, day: date) -> CalendarDay:
        """See `Calendar.from_gregorian`."""
        require(self, day)
        julian = day.toordinal() + _JULIAN_DAY_ZERO
        year = math.floor((julian - 0.5 - _EPOCH) / _SOLAR_YEAR)
        left = julian - _year(year)[0]
        for month, length in _lengths(year):
            if left < length:
                return CalendarDay(year, month, left + 1)
            left -= length
        raise ValueError(day)

    def to_gregorian(self, day: CalendarDay) -> date:
        """See `Calendar.to_gregorian`."""
        if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
            raise ValueError(day)
        before = 0
        for month, length in _lengths(day.year):
            if month == day.month:
                return checked(self, _year(day.year)[0] + before + day.day - 1 - _JULIAN_DAY_ZERO, day)
            before += length
        raise ValueError(day)


def _lengths(year: int) -> Iterator[tuple[int, int]]:
    """The months of a year in their order, with their days."""
    _start, is_leap, is_long = _year(year)
    for month in MyanmarCalendar.months:
        if month != _FIRST_WASO or is_leap:
            yield month, 30 - month % 2 + (1 if month == _NAYON and is_long else 0)


@lru_cache(maxsize=512)
def _year(year: int) -> tuple[int, bool, bool]:
    """Julian day of 1 Tagu, whether there is a First Waso, and whether Nayon has a day more."""
    is_leap, full_moon = _waso(year)
    back = 1
    while back < 3 and not _waso(year - back)[0]:
        back += 1
    former = _waso(year - back)[1]
    is_long = is_leap and (full_moon - former) % 354 // 31 == 1
    return former + 354 * back - 102, is_leap, is_long


@lru_cache(maxsize=512)
def _waso(year: int) -> tuple[bool, int]:
    """Whether a year has a leap month, and the Julian day of the full moon of its (second) Waso."""
    _begin, counted, shift = next((era for era in reversed(_ERAS) if year >= era[0]), _ERAS[0])
    drift = _SOLAR_YEAR / 12 - _LUNAR_MONTH
    excess = _SOLAR_YEAR * (year + 3739) % _LUNAR_MONTH
    if excess < drift * (12 - counted):
        excess += _LUNAR_MONTH
    full_moon = math.floor(_SOLAR_YEAR * year + _EPOCH - excess + 4.5 * _LUNAR_MONTH + shift + 0.5)
    if year < _METONIC_ERA_ENDS:
        is_leap = (year * 7 + 2) % 19 >= 12
    else:
        is_leap = excess >= _LUNAR_MONTH - drift * counted
    return _LEAP_YEARS.get(year, is_leap), full_moon + _FULL_MOONS.get(year, 0)
