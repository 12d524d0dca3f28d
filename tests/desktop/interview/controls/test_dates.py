"""Dates and times as people type them."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmapdesk.desktop.interview.controls.dates import (
    read_date,
    read_month,
    read_time,
    read_year,
    show_date,
    show_month,
    show_time,
)
from roadmapdesk.i18n import Language

DE = Language("de")
EN = Language("en")


@pytest.mark.parametrize(
    "typed", ["12.03.2026", "12.3.2026", "12/3/2026", "2026-03-12", "12032026", "12 Mar 2026", "12. März 2026"]
)
def test_dates_are_understood_in_many_spellings(typed):
    assert read_date(typed, DE).stored == "2026-03-12"


def test_a_year_of_two_digits_is_asked_back():
    answer = read_date("12.3.26", DE)
    assert answer.stored == ""
    assert "2026" in answer.problem


@pytest.mark.parametrize("typed", ["31.02.2026", "00.01.2026", "heute", "12.3", "12.13.2026", "29.02.2025"])
def test_what_is_no_date_is_refused(typed):
    answer = read_date(typed, DE)
    assert answer.problem
    assert answer.stored == ""


@pytest.mark.parametrize("typed", ["01.01.0001", "31.12.9999"])
def test_the_ends_of_the_calendar_are_dates(typed):
    assert show_date(read_date(typed, DE).stored, DE) == typed


@given(st.dates())
def test_a_shown_date_reads_back_as_the_same(value: date):
    for language in (DE, EN):
        assert read_date(show_date(value.isoformat(), language), language).stored == value.isoformat()


@pytest.mark.parametrize(
    ("typed", "stored"),
    [("14:30", "14:30:00"), ("1430", "14:30:00"), ("9.05 Uhr", "09:05:00"), ("2:30 pm", "14:30:00"),
     ("12 am", "00:00:00"), ("14 Uhr", "14:00:00"), ("23:59:59", "23:59:59"), ("", "")],
)  # fmt: skip
def test_times_are_understood_in_many_spellings(typed, stored):
    assert read_time(typed, DE).stored == stored


@pytest.mark.parametrize("typed", ["25:00", "12:60", "14", "noon", "13 pm"])
def test_what_is_no_time_is_refused(typed):
    assert read_time(typed, DE).problem


@given(st.times())
def test_a_shown_time_reads_back_to_the_second(value: time):
    stored = value.replace(microsecond=0).isoformat()
    assert read_time(show_time(stored, DE), DE).stored == stored


@pytest.mark.parametrize("typed", ["3/2026", "03.2026", "2026-03", "März 2026", "Mar 2026"])
def test_months_are_understood(typed):
    stored = read_month(typed, DE).stored
    assert stored == "2026-03-01"
    assert show_month(stored, DE) == "03.2026"


@pytest.mark.parametrize("typed", ["13/2026", "3/26", "2026"])
def test_what_is_no_month_is_refused(typed):
    assert read_month(typed, DE).problem


def test_years_have_four_digits():
    assert read_year("2026", DE).stored == "2026-01-01"
    assert read_year("26", DE).problem
    assert read_year("0000", DE).problem
