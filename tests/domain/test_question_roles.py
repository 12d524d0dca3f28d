"""Roles: what a form says about its questions, and what it leaves open."""

import pytest

from roadmapdesk.domain.question_roles import QuestionRoles, Role, Topic
from roadmapdesk.paths import forms_folder
from roadmapdesk.xforms.xlsform.markdown import read_markdown

ROWS = (
    {"role": "interview.code", "question": "code"},
    {"role": "consent.handoff", "question": "may", "value": "yes perhaps"},
    {"role": "code.unknown", "value": "98"},
    {"role": "code.no_answer", "value": "99"},
    {"role": "code.none", "value": "none"},
    {"role": "topic.counts", "question": "q1", "value": "people"},
    {"role": "topic.rating", "question": "q2", "value": "people"},
    {"role": "topic.counts", "question": "q3", "value": "money"},
    {"role": "text.quotable", "question": "t1"},
    {"role": "text.quotable", "question": "t2"},
)


def test_roles_answer_by_meaning() -> None:
    roles = QuestionRoles.from_rows(ROWS)
    assert roles.question(Role.INTERVIEW_CODE) == "code"
    assert roles.question(Role.ACTOR) is None
    assert roles.questions(Role.QUOTABLE) == ("t1", "t2")
    assert roles.code(Role.CODE_UNKNOWN) == "98"
    assert roles.missing_codes == {"98", "99"}
    assert roles.exclusive_codes == {"98", "99", "none"}
    assert roles.topics == (Topic("people", counts=("q1",), ratings=("q2",)), Topic("money", counts=("q3",)))
    assert roles.topic("weather") == Topic("weather")
    assert roles.roles_of("q1") == (Role.TOPIC_COUNTS,)


@pytest.mark.parametrize(
    ("answer", "says"), [("yes", True), ("perhaps", True), ("no", False), ("", False), (None, False)]
)
def test_consent_needs_one_of_its_codes(answer: str | None, says: bool) -> None:
    assert QuestionRoles.from_rows(ROWS).says_yes(Role.CONSENT_HANDOFF, answer) is says


def test_missing_roles_are_named_in_order() -> None:
    roles = QuestionRoles.from_rows(ROWS)
    assert roles.missing((Role.ACTOR, Role.INTERVIEW_CODE, Role.STAGE_KEY)) == (Role.ACTOR, Role.STAGE_KEY)
    assert roles.has(Role.INTERVIEW_CODE, Role.CONSENT_HANDOFF)
    assert not roles.has(Role.INTERVIEW_CODE, Role.ACTOR)


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ({"role": "interview.colour", "question": "q"}, "unknown_role"),
        ({"role": "actor.key"}, "no_question"),
        ({"role": "code.all"}, "no_value"),
        ({"role": "topic.counts", "question": "q"}, "no_value"),
        ({"role": "interview.code", "question": "again"}, "given_twice"),
    ],
)
def test_rows_without_sense_are_reported_and_left_out(row: dict[str, str], code: str) -> None:
    roles = QuestionRoles.from_rows((*ROWS, row))
    assert [(problem.code, problem.row) for problem in roles.problems] == [(code, len(ROWS) + 2)]
    assert len(roles.entries) == len(ROWS)


def test_shipped_form_gives_every_role() -> None:
    form = read_markdown((forms_folder() / "site_assessment.md").read_text(encoding="utf-8"))
    roles = QuestionRoles.from_rows(form.extra_sheets()["roles"])
    assert roles.problems == ()
    assert roles.missing(tuple(Role)) == ()
    assert roles.missing() == ()
    assert {topic.key for topic in roles.topics} >= {
        "bottleneck",
        "workforce",
        "nuclides",
        "transfer",
        "international",
    }
