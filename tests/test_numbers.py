"""Numbers as each language writes them."""

import pytest

from roadmapdesk.i18n import Language, half_up


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [(62.5, 0, "63"), (37.5, 0, "38"), (-62.5, 0, "−63"), (12.25, 1, "12,3"), (0.15, 1, "0,2"), (-0.04, 1, "0,0")],
)
def test_halves_go_away_from_zero_as_in_excel(value: float, decimals: int, text: str) -> None:
    assert Language("de").number(value, decimals) == text


def test_what_is_no_half_is_rounded_to_the_nearest() -> None:
    assert [half_up(value) for value in (62.49, 62.51, -0.2, 0.0)] == [62.0, 63.0, 0.0, 0.0]
    assert str(half_up(-0.2)) == "0.0"
