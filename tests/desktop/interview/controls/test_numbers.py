"""Numbers as people type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmapdesk.desktop.interview.controls.numbers import read_decimal, read_integer, show_number
from roadmapdesk.i18n import Language

DE = Language("de")
EN = Language("en")


@pytest.mark.parametrize(
    ("typed", "stored"),
    [("12", "12"), (" 007 ", "7"), ("−5", "-5"), ("1.234", "1234"), ("1 234 567", "1234567"), ("", ""), ("-0", "0")],
)
def test_whole_numbers_are_read_with_grouping(typed, stored):
    assert read_integer(typed, DE).stored == stored
    assert not read_integer(typed, DE).problem


@pytest.mark.parametrize("typed", ["12a", "1,5", "--3", "1.23", "²", "٣x"])
def test_what_is_no_whole_number_is_refused_with_words(typed):
    answer = read_integer(typed, DE)
    assert answer.problem
    assert answer.stored == ""


@pytest.mark.parametrize(
    ("typed", "language", "stored"),
    [
        ("1234,5", DE, "1234.5"),
        ("1234.5", DE, "1234.5"),
        ("1.234,50", DE, "1234.50"),
        ("1,234.50", DE, "1234.50"),
        ("1,234", DE, "1.234"),
        ("1.234", EN, "1.234"),
        ("0.125", DE, "0.125"),
        (",5", DE, "0.5"),
        ("1.234.567", DE, "1234567"),
        ("-3,0", DE, "-3.0"),
    ],
)
def test_decimals_are_read_in_either_manner(typed, language, stored):
    assert read_decimal(typed, language).stored == stored


@pytest.mark.parametrize(("typed", "language"), [("1.234", DE), ("1,234", EN)])
def test_a_sign_that_might_group_or_divide_is_asked_back(typed, language):
    answer = read_decimal(typed, language)
    assert answer.stored == ""
    assert "1234" in answer.problem


@pytest.mark.parametrize("typed", ["1.2.3", "1,2,3.4", "abc", "1e5", "+", "12,34.567,8"])
def test_what_is_no_number_is_refused(typed):
    assert read_decimal(typed, DE).problem


@given(st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-(10**9), max_value=10**9))
def test_a_shown_decimal_reads_back_as_the_same(value):
    stored = format(value, "f")
    for language in (DE, EN):
        again = read_decimal(show_number(stored, language), language)
        if not again.problem:
            assert float(again.stored) == float(stored)
        else:
            assert "?" in again.problem


@pytest.mark.parametrize("typed", ["2147483648", "-2147483649", "6000000002020", "9" * 400])
def test_a_whole_number_beyond_what_forms_know_is_refused_with_the_limits(typed):
    answer = read_integer(typed, DE)
    assert not answer.stored
    assert "2147483647" in answer.problem
    assert read_integer("2147483647", DE).stored == "2147483647"


@given(st.integers(min_value=-(2**31), max_value=2**31 - 1), st.booleans())
def test_a_shown_integer_reads_back_as_the_same(value, grouped):
    for language in (DE, EN):
        assert read_integer(show_number(str(value), language, grouped=grouped), language).stored == str(value)
