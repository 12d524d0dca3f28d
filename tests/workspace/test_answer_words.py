"""Answers are shown as the language writes them, wherever they are listed."""

import pytest

from roadmapdesk.i18n import Language, set_language
from roadmapdesk.workspace.answer_words import value_words
from roadmapdesk.workspace.interview_cards import shown_answer
from roadmapdesk.xforms.definition.form import FormDefinition
from roadmapdesk.xforms.session.session import FormSession
from roadmapdesk.xforms.xlsform.compiler import compile_form

FORM = """
|survey|
||type|name|label|
||date|day|Day|
||decimal|share|Share|
||text|free|Free|
||select_one yes|agreed|Agreed|
|choices|
||list_name|name|label|
||yes|1|Yes|
"""


@pytest.fixture
def session(tmp_path):
    path = tmp_path / "form.md"
    path.write_text(FORM, encoding="utf-8")
    return FormSession(FormDefinition.from_xml(compile_form(path).xform_xml))


@pytest.mark.parametrize(
    ("language", "name", "stored", "shown"),
    [
        ("en", "day", "2026-10-01", "1 Oct 2026"),
        ("de", "day", "2026-10-01", "01.10.2026"),
        ("de", "share", "-12.50", "−12,50"),
        ("en", "share", "12.5", "12.5"),
        ("de", "free", "2026-10-01  was it", "2026-10-01 was it"),
        ("de", "agreed", "1", "Yes"),
        ("de", "day", "", ""),
    ],
)
def test_an_answer_is_shown_in_the_words_of_the_language(session, language, name, stored, shown):
    set_language(language)
    if stored:
        session.answer(f"/data/{name}", stored)
    assert shown_answer(session.node(f"/data/{name}")) == shown


def test_a_text_that_looks_like_a_number_stays_as_it_was_typed():
    assert value_words("007", "007", Language("de")) == "007"
