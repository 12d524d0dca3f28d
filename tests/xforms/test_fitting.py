"""Defaults and results of calculations are written as the reference engines write them."""

from datetime import UTC

import pytest

from roadmapdesk.xforms.fitting import convert, default_text


@pytest.mark.parametrize(
    ("kind", "given", "kept"),
    [
        ("geopoint", "38.25 21.75", "38.25 21.75 0 0"),
        ("geopoint", "38.250 21.7500 0 0", "38.25 21.75 0 0"),
        ("geopoint", "1.0 2.00 3 4.50", "1 2 3 4.5"),
        ("geotrace", "1.0 2;3 4", "1 2 0 0; 3 4 0 0"),
        ("geoshape", "1 2; 3 4; 5 6; 1 2", "1 2 0 0; 3 4 0 0; 5 6 0 0; 1 2 0 0"),
        ("geopoint", "nowhere", "nowhere"),
        ("geopoint", "91 2", "91 2"),
        ("int", " 007 ", "7"),
        ("int", "+7", "7"),
        ("int", "seven", "seven"),
        ("decimal", "1.50", "1.5"),
        ("decimal", " 007.0", "7"),
        ("decimal", "-100", "-100"),
        ("decimal", "0.00", "0"),
        ("decimal", "1e3", "1e3"),
        ("date", "2024-5-6", "2024-05-06"),
        ("date", "2024-05-06T10:00:00.000Z", "2024-05-06"),
        ("date", "2024-02-31", "2024-02-31"),
        ("dateTime", "2024-05-06", "2024-05-06T00:00:00.000Z"),
        ("time", "2024-05-06T10:00:00.000Z", "10:00:00.000Z"),
        ("string", "  a  b ", "  a  b "),
    ],
)
def test_a_default_is_written_as_an_answer_would_be(kind, given, kept):
    assert default_text(kind, given, UTC) == kept


@pytest.mark.parametrize(
    ("kind", "given", "kept"),
    [
        ("geopoint", "38.25 21.75", "38.25 21.75 0 0"),
        ("geotrace", "1 2", "1 2"),
        ("int", "3.9", "3"),
        ("int", "true", "1"),
        ("date", "19849.5", "2024-05-06"),
        ("dateTime", "19849.5", "2024-05-06T12:00:00.000Z"),
        ("decimal", "NaN", ""),
    ],
)
def test_a_result_is_fitted_to_the_type_of_its_field(kind, given, kept):
    assert convert(kind, given, UTC) == kept
