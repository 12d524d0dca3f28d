"""Conditions of a form in words."""

import pytest

from roadmapdesk.i18n import Language
from roadmapdesk.workspace.paper_conditions import Conditions, NamedQuestion

_QUESTIONS = {
    "b1": NamedQuestion("B1", {"yes": "Ja", "no": "Nein"}),
    "d2": NamedQuestion("D2", {"s1": "Anlagenbau", "s2": "Forschung"}),
    "n": NamedQuestion("N", {}),
    "panel": NamedQuestion("", {}, "if( /d/b1  = 'no', 'yes', 'no')"),
    "sum": NamedQuestion("", {}, "/d/n + 1"),
}
_DEPENDS = "Ob dies gefragt wird, ergibt sich aus früheren Antworten."


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        ("", ""),
        ("true()", ""),
        (" /d/b1  = 'yes'", "„Ja“ in B1"),
        ("'yes' = ../b1", "„Ja“ in B1"),
        ("/d/b1 != 'yes'", "nicht „Ja“ in B1"),
        ("/d/b1 = 'yes' and selected(/d/d2, 's2')", "„Ja“ in B1 und „Forschung“ in D2"),
        ("/d/b1 = 'yes' or /d/b1 = 'no'", "„Ja“ in B1 oder „Nein“ in B1"),
        ("not(selected(/d/d2, 's1'))", "nicht: „Anlagenbau“ in D2"),
        ("count-selected(/d/d2) > 1", "mindestens 2 Angaben in D2"),
        ("3 < /d/n", "N über 3"),
        ("/d/n = ''", "N blieb leer"),
        ("/d/n != ''", "N wurde beantwortet"),
        ("/d/panel = 'yes'", "„Nein“ in B1"),
        ("position(..) <= /d/n", ""),
        ("/d/panel != ''", ""),
        ("/d/sum > 3", _DEPENDS),
        ("/d/unknown = 'x'", _DEPENDS),
        ("/d/b1 = /d/d2", _DEPENDS),
        ("/d/b1 = 'yes' and today() > '2026-01-01'", _DEPENDS),
        ("((", _DEPENDS),
    ],
)
def test_a_condition_is_said_or_left_open_never_guessed(expression: str, words: str) -> None:
    assert Conditions(_QUESTIONS, Language("de")).words(expression) == words
