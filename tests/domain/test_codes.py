"""Codes stand for people and must not be names."""

import pytest

from roadmapdesk.domain.codes import interviewer_problem, is_valid_code


@pytest.mark.parametrize("typed", ["Max Müller", "Max", "I 03", "Ü03", "I03x", "I-03", "1234567", "abcde1"])
def test_what_could_be_a_name_is_refused(typed):
    assert interviewer_problem(typed)
    assert interviewer_problem(typed, is_required=False)


@pytest.mark.parametrize("typed", ["I03", "ab12", "7", "INT042"])
def test_a_code_is_taken(typed):
    assert interviewer_problem(typed) == ""


def test_an_empty_code_is_refused_where_it_is_needed():
    assert interviewer_problem("")
    assert interviewer_problem("", is_required=False) == ""


def test_the_form_says_how_codes_look():
    assert interviewer_problem("AB7", "I{number:02d}")
    assert interviewer_problem("I03", "I{number:02d}") == ""
    assert is_valid_code("RP-{number:04d}", "RP-0007")
    assert not is_valid_code("RP-{number:04d}", "RP-٠٠٠٧")
    assert is_valid_code("", "anything")
