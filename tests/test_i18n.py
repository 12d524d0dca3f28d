"""Figures as each language writes them."""

from roadmapdesk.i18n import Language


def test_the_sign_for_per_cent_stands_off_in_german_only():
    assert Language("de").percent(0.983) == "98\u00a0%"
    assert Language("en").percent(0.983) == "98%"
    assert Language("en").percent(2.0) == "200%"
