"""The estimate of a passphrase's strength names the usual weaknesses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmapdesk.workspace.passphrases import SHORTEST, Strength, strength


@pytest.mark.parametrize(
    ("passphrase", "expected"),
    [
        ("", Strength.TOO_SHORT),
        ("Kr4nich!", Strength.TOO_SHORT),
        ("aaaaaaaaaaaaaaaa", Strength.WEAK),
        ("qwertzuiopasdf", Strength.WEAK),
        ("1234567890123456", Strength.WEAK),
        ("Passwort2026!!", Strength.WEAK),
        ("Kranich Fahrrad Regentonne", Strength.FAIR),
        ("Kranich Fahrrad Regentonne Zimt", Strength.GOOD),
        ("Kranich Fahrrad Regentonne Zimt Alphorn Moos Lehm", Strength.VERY_GOOD),
        ("g7#Kq!2vZx9$Lm4&Tw8*", Strength.VERY_GOOD),
    ],
)
def test_usual_passphrases_are_judged_as_people_would(passphrase, expected):
    assert strength(passphrase) is expected


@given(st.text(max_size=60))
def test_any_text_has_a_strength_and_short_ones_are_short(text):
    assert (strength(text) is Strength.TOO_SHORT) == (len(text) < SHORTEST)
