"""At most one violation per field: constraint where there is a value, required where there is none."""

import pytest

from roadmapdesk.xforms.session import Kind, ViolationKind


@pytest.fixture
def session(make_form, open_session):
    form = make_form(
        "<limit>10</limit><a/><hidden/>",
        '<bind nodeset="/data/limit" type="int"/>'
        '<bind nodeset="/data/a" type="int" required="true()" constraint=". &lt;= /data/limit" jr:constraintMsg="Too much"/>'  # noqa: E501 — one element of a form
        '<bind nodeset="/data/hidden" required="true()" relevant="/data/a = 1"/>',
        '<input ref="/data/limit"/><input ref="/data/a"/><input ref="/data/hidden"/>',
    )
    return open_session(form)


def test_an_empty_required_field_is_a_violation_and_a_hidden_one_is_none(session):
    assert [(each.ref, each.kind) for each in session.validate()] == [("/data/a", ViolationKind.REQUIRED)]
    session.answer("/data/a", 1)
    assert [each.ref for each in session.validate()] == ["/data/hidden"]


def test_a_broken_constraint_is_kept_and_told_with_the_forms_message(session):
    changes = session.answer("/data/a", 11)
    violation = session.node("/data/a").violation
    assert changes.refused is None
    assert (violation.kind, violation.message) == (ViolationKind.CONSTRAINT, "Too much")


def test_a_constraint_follows_the_other_question_that_it_reads(session):
    session.answer("/data/a", 9)
    assert session.node("/data/a").violation is None
    changes = session.answer("/data/limit", 5)
    assert session.node("/data/a").violation.kind is ViolationKind.CONSTRAINT
    assert changes.changed == {"/data/limit", "/data/a"}


def test_a_probe_changes_nothing(session):
    assert session.probe("/data/a", 99).kind is ViolationKind.CONSTRAINT
    assert session.probe("/data/a", 3) is None
    assert session.node("/data/a").text == ""


@pytest.mark.parametrize("text", ["abc", "1,5", "99999999999", "1e3"])
def test_a_text_of_another_type_is_refused_and_changes_nothing(session, text):
    session.answer("/data/a", 4)
    changes = session.answer("/data/a", text)
    assert changes.refused.kind is ViolationKind.TYPE
    assert not changes
    assert session.node("/data/a").value == 4


def test_finalising_an_incomplete_form_does_nothing_and_says_why(session):
    assert [each.ref for each in session.finalise()] == ["/data/a"]


@pytest.mark.parametrize(
    ("bind", "words", "kind"),
    [
        ('type="string" readonly="true()"', "<label>Read this</label>", Kind.NOTE),
        ('type="string" readonly="true()"', "", Kind.QUESTION),
        ('type="int" readonly="true()"', "<label>Score</label>", Kind.QUESTION),
        ('type="string" readonly="/data/b = 1"', "<label>Score</label>", Kind.QUESTION),
    ],
)
def test_a_note_is_a_text_that_nobody_can_write_with_words_beside_it(make_form, open_session, bind, words, kind):
    form = make_form("<a/><b/>", f'<bind nodeset="/data/a" {bind}/>', f'<input ref="/data/a">{words}</input>')
    assert open_session(form).node("/data/a").kind is kind


@pytest.mark.parametrize("text", ["12", "-1", "many"])
def test_a_number_beyond_a_scale_is_refused_with_its_ends(make_form, open_session, text):
    form = make_form(
        "<a/>", '<bind nodeset="/data/a" type="int"/>', '<range ref="/data/a" start="0" end="10" step="2"/>'
    )
    refused = open_session(form).answer("/data/a", text).refused
    assert refused is not None
    assert {"0", "10"} <= set(refused.message.rstrip(".").split())
