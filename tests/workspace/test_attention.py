"""From when on an open required question is called a problem."""

import pytest

from roadmapdesk.domain.question_roles import Role
from roadmapdesk.storage import create_project
from roadmapdesk.workspace.forms import add_form
from roadmapdesk.workspace.interviewing import open_interview, start_interview

FORM = """
|survey|
||type|name|label|required|relevant|default|
||begin_group|one|A  Part||||
||select_one yesno|agreed|A1  Agreed?|yes|||
||text|who|A2  Who?|yes|${agreed} = 'yes'||
||text|how|A3  How?|yes|${agreed} = 'yes'|by mail|
||text|why|A4  Why?||||
||note|stop|Nobody else may be asked.|yes|${agreed} = 'no'||
||end_group|
|choices|
||list_name|name|label|
||yesno|yes|Yes|
||yesno|no|No|
"""


@pytest.fixture
def desk(tmp_path):
    path = tmp_path / "form.md"
    path.write_text(FORM, encoding="utf-8")
    with create_project(tmp_path / "study", title="Study", language="de") as project:
        form = add_form(project, path)
        interview = start_interview(project, form_sha=form.sha, known={Role.INTERVIEW_CODE: "RP-0001"})
        yield open_interview(project, interview)[0]


def test_a_default_behind_a_question_does_not_make_it_a_problem(desk):
    desk.answer("/data/one/agreed", "yes")
    assert desk.view("/data/one/how").text == "by mail"
    assert desk.pages.problems() == ()


def test_a_required_question_passed_over_by_an_answer_is_a_problem(desk):
    desk.answer("/data/one/agreed", "yes")
    desk.answer("/data/one/why", "darum")
    assert desk.pages.problems() == ("/data/one/who",)


def test_checking_makes_every_open_required_question_a_problem(desk):
    desk.answer("/data/one/agreed", "yes")
    desk.check()
    assert desk.pages.problems() == ("/data/one/who",)


def test_a_required_note_is_a_problem_once_the_interview_was_checked(desk):
    desk.answer("/data/one/agreed", "no")
    assert desk.pages.problems() == ()
    assert [each.ref for each in desk.check().violations] == ["/data/one/stop"]
    assert desk.pages.problems() == ("/data/one/stop",)
    assert (desk.pages.total.asked, desk.pages.total.open_required) == (2, ())
    desk.answer("/data/one/agreed", "yes")
    assert desk.pages.problems() == ("/data/one/who",)
