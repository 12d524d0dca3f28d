"""Patterns of forms match whole texts, and no pattern runs without bound."""

import re

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from roadmapdesk.xforms.tree import Document
from roadmapdesk.xforms.xpath import Context, XPathError
from roadmapdesk.xforms.xpath.functions.backtracking import BacktrackingPattern, TooCostly
from roadmapdesk.xforms.xpath.functions.patterns import matches_pattern

HERE = Context(Document())


@pytest.mark.parametrize(
    ("pattern", "text", "matches"),
    [
        ("[0-9]{3}", "123", True),
        ("[0-9]{3}", "1234", False),
        ("^[0-9]{3}$", "123", True),
        ("a|ab", "ab", True),
        (r"\p{L}+", "Prüfung", True),
        (r"^(?!.*\s\s)[A-Za-z ]+$", "two words", True),
        (r"^(?!.*\s\s)[A-Za-z ]+$", "two  words", False),
        (r"(?=.*[A-Z])(?=.*\d).{4,}", "abC1", True),
        (r"(?=.*[A-Z])(?=.*\d).{4,}", "abc1", False),
        (r"(\w+) \1", "so so", True),
        (r"(\w+) \1", "so no", False),
        (r".*(?<=kg)", "12kg", True),
        (r".*(?<!kg)", "12kg", False),
    ],
)
def test_whole_texts_match(pattern, text, matches):
    assert matches_pattern(text, pattern, HERE) is matches


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (r"(.*)(.*)\1!", "a" * 2_000),
        (r"(a|aa)+\1$", "a" * 60 + "!"),
        (r"(a|b|ab)*\1c", "ab" * 200),
        (r"((a{1,20}){1,20})\1", "a" * 300 + "!"),
        (r"(x?x?x?x?x?x?x?x?x?x?x?x?x?x?x?x?x?x?x?x?x?x?x?x?x?)\1y", "x" * 60),
        (r"(?=(a+)+$)a+b", "a" * 40 + "!"),
    ],
)
def test_patterns_without_bound_are_stopped(pattern, text):
    with pytest.raises(XPathError) as stopped:
        matches_pattern(text, pattern, HERE)

    assert stopped.value.code == "xpath.pattern_costly"


@pytest.mark.parametrize("pattern", ["(a+)+$", "(a|a)*b", "(.*a){20}", "(([a-z])+.)+[A-Z]([a-z])+$"])
def test_catastrophic_patterns_without_references_have_an_answer(pattern):
    assert not matches_pattern("a" * 9_000 + "!", pattern, HERE)


@pytest.mark.parametrize(
    ("pattern", "text", "code"),
    [
        ("(", "a", "xpath.pattern"),
        ("a" * 1_001, "a", "xpath.pattern_too_long"),
        ("a*", "a" * 10_001, "xpath.pattern_subject"),
        (r"(?i)(a)\1", "aa", "xpath.pattern"),
    ],
)
def test_patterns_that_cannot_be_used_are_named(pattern, text, code):
    with pytest.raises(XPathError) as refused:
        matches_pattern(text, pattern, HERE)

    assert refused.value.code == code
    assert refused.value.sentence


leaves = st.sampled_from(
    ["a", "b", ".", "[ab]", "[^a]", r"\w", r"\1", "(a)", "(?=a)", "(?!b)", "(?<=a)", "(?<!b)", r"\b", "^", "$", r"\d"]
)
patterns = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.tuples(inner, inner).map("".join),
        st.tuples(inner, inner).map(lambda parts: f"(?:{parts[0]}|{parts[1]})"),
        st.tuples(inner, st.sampled_from(["*", "+", "?", "{1,2}", "*?", "+?", "??"])).map(
            lambda parts: f"(?:{parts[0]}){parts[1]}"
        ),
        st.tuples(inner, inner).map(lambda parts: f"({parts[0]}){parts[1]}"),
        inner.map(lambda part: f"(?={part}){part}"),
        inner.map(lambda part: f"(?>{part})"),
    ),
    max_leaves=6,
)


@settings(max_examples=1_000, deadline=None)
@given(pattern=patterns, text=st.text(alphabet="ab1", max_size=6))
@example(pattern="(?>(?:(?:(?!b)|.))*)", text="1")
def test_the_limited_matcher_agrees_with_the_standard_library(pattern, text):
    source = f"(a|b)?{pattern}"
    try:
        compiled = re.compile(source)
        found = BacktrackingPattern(source).fullmatch(text)
    except (re.error, TooCostly):
        assume(False)
        return

    assert found == (compiled.fullmatch(text) is not None)
