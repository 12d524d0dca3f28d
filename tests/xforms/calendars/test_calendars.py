"""Calendars against published days, against Qt's calendars, and forth and back."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QCalendar, QDate

from roadmapdesk.xforms.calendars.registry import CALENDARS, first_day
from roadmapdesk.xforms.calendars.system import CalendarDay

KNOWN = [
    ("bikram-sambat", (1970, 1, 1), date(1913, 4, 13)), ("bikram-sambat", (1980, 1, 21), date(1923, 5, 3)),
    ("bikram-sambat", (2007, 2, 32), date(1950, 6, 14)), ("bikram-sambat", (2007, 5, 1), date(1950, 8, 17)),
    ("bikram-sambat", (2077, 1, 1), date(2020, 4, 13)), ("bikram-sambat", (2082, 2, 15), date(2025, 5, 29)),
    ("bikram-sambat", (2083, 1, 1), date(2026, 4, 14)),
    ("buddhist", (2567, 2, 29), date(2024, 2, 29)),
    ("coptic", (1, 1, 1), date(284, 8, 29)), ("coptic", (1741, 1, 1), date(2024, 9, 11)),
    ("coptic", (1739, 13, 6), date(2023, 9, 11)), ("coptic", (1740, 4, 28), date(2024, 1, 7)),
    ("ethiopian", (2000, 1, 1), date(2007, 9, 12)), ("ethiopian", (2017, 1, 1), date(2024, 9, 11)),
    ("ethiopian", (2015, 4, 29), date(2023, 1, 7)), ("ethiopian", (1888, 6, 23), date(1896, 3, 1)),
    ("islamic", (1, 1, 1), date(622, 7, 19)), ("islamic", (1446, 1, 1), date(2024, 7, 8)),
    ("myanmar", (1309, 10, 24), date(1948, 1, 4)), ("myanmar", (1381, 8, 25), date(2019, 11, 21)),
    ("myanmar", (1385, 4, 15), date(2023, 8, 1)), ("myanmar", (1386, 4, 15), date(2024, 7, 20)),
    ("myanmar", (1385, 7, 15), date(2023, 10, 29)), ("myanmar", (1386, 8, 15), date(2024, 11, 15)),
    ("persian", (1357, 11, 22), date(1979, 2, 11)), ("persian", (1399, 12, 30), date(2021, 3, 20)),
    ("persian", (1403, 1, 1), date(2024, 3, 20)), ("persian", (1404, 1, 1), date(2025, 3, 21)),
]  # fmt: skip


@pytest.mark.parametrize(("name", "own", "gregorian"), KNOWN)
def test_published_days_are_converted_both_ways(name, own, gregorian):
    calendar = CALENDARS[name]
    assert calendar.from_gregorian(gregorian) == CalendarDay(*own)
    assert calendar.to_gregorian(CalendarDay(*own)) == gregorian


@pytest.mark.parametrize("name", sorted(CALENDARS))
@given(share=st.floats(0, 1))
def test_every_day_within_reach_comes_back_as_itself(name, share):
    calendar = CALENDARS[name]
    low, high = calendar.first.toordinal(), calendar.last.toordinal()
    day = date.fromordinal(low + int((high - low) * share))
    own = calendar.from_gregorian(day)
    assert own.month in calendar.months
    assert calendar.to_gregorian(own) == day


@pytest.mark.parametrize("name", sorted(CALENDARS))
def test_days_follow_each_other_without_a_gap(name):
    calendar = CALENDARS[name]
    order = list(calendar.months)
    before = calendar.from_gregorian(date(1995, 12, 31))
    for number in range(800):
        now = calendar.from_gregorian(date(1996, 1, 1) + timedelta(number))
        if now.day != before.day + 1 or now.month != before.month:
            assert now.year != before.year or order.index(now.month) > order.index(before.month)
            assert now.day == 1 or name == "myanmar"
        before = now


@pytest.mark.parametrize(("name", "system"), [("islamic", "IslamicCivil"), ("persian", "Jalali")])
@given(day=st.dates(date(1900, 1, 1), date(2050, 1, 1)))
def test_qt_gives_the_same_days(name, system, day):
    parts = QCalendar(QCalendar.System[system]).partsFromDate(QDate(day.year, day.month, day.day))
    assert CALENDARS[name].from_gregorian(day) == (parts.year, parts.month, parts.day)


@pytest.mark.parametrize("name", sorted(CALENDARS))
@pytest.mark.parametrize("own", [(2000, 1, 33), (2000, 99, 1), (2000, 1, 0), (0, 1, 1), (-5, 1, 1), (99_999, 1, 1)])
def test_days_that_do_not_exist_are_refused(name, own):
    with pytest.raises((ValueError, OverflowError)):
        CALENDARS[name].to_gregorian(CalendarDay(*own))


@pytest.mark.parametrize("name", sorted(set(CALENDARS) - {"buddhist"}))
def test_days_beyond_a_calendar_are_refused(name):
    with pytest.raises(ValueError, match="1-1-1|0001|datetime"):
        CALENDARS[name].from_gregorian(date.min)


def test_a_leap_day_exists_in_leap_years_only():
    assert CALENDARS["ethiopian"].to_gregorian(CalendarDay(2015, 13, 6)) == date(2023, 9, 11)
    with pytest.raises(ValueError, match="2016"):
        CALENDARS["ethiopian"].to_gregorian(CalendarDay(2016, 13, 6))


def test_the_first_day_of_a_month_and_of_a_year_is_found():
    assert first_day(CALENDARS["persian"], 1403) == date(2024, 3, 20)
    assert first_day(CALENDARS["persian"], 1403, 7) == date(2024, 9, 22)
    assert first_day(CALENDARS["bikram-sambat"], 2300, 1) is None
    new_year = first_day(CALENDARS["myanmar"], 1386)
    assert new_year is not None
    assert new_year.month == 4
