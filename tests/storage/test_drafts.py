"""Answers are saved one by one, durably, and told in the audit trail."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from roadmapdesk.storage.errors import Rejected
from roadmapdesk.storage.values import AuditEvent, Change, RevisionKind

from .conftest import FORM, answer


def test_an_answer_is_in_draft_index_and_audit_trail_after_saving(project, interview):
    project.drafts.save_answer(interview, "/data/e[k3]/perf", "perf", None, "4", position="/data/e[k3]/perf")

    draft = project.drafts.load(interview)
    assert draft.answers == {"/data/e[k3]/perf": "4"}
    assert (draft.sequence, draft.position, draft.is_stored) == (1, "/data/e[k3]/perf", True)
    assert [(row.keys, row.text, row.number) for row in project.answers.values(["perf"])] == [("k3", "4", 4.0)]
    row = project.audit.list(interview, ref="/data/e[k3]/perf")[0]
    assert (row.old, row.new, row.event, row.sequence) == (None, "4", AuditEvent.ANSWER, 1)
    assert row.elapsed_ms >= 0


def test_answers_survive_closing_and_opening(project, interview, engine):
    answer(project, interview, "/data/a", "Äpfel & <Öl>")
    folder = project.folder
    project.close()

    with engine.open(folder) as again:
        assert again.drafts.load(interview).answers == {"/data/a": "Äpfel & <Öl>"}


def test_removing_an_answer_removes_its_index_row(project, interview):
    answer(project, interview, "/data/a", "ja")
    answer(project, interview, "/data/a", None)

    assert project.drafts.load(interview).answers == {}
    assert project.answers.frequency("a") == {}
    assert [row.new for row in project.audit.list(interview, ref="/data/a")] == ["ja", None]


def test_saving_the_same_change_again_changes_nothing(project, interview):
    first = project.drafts.save_answer(interview, "/data/a", "a", None, "1", position="", sequence=1)
    again = project.drafts.save_answer(interview, "/data/a", "a", None, "1", position="", sequence=1)

    assert again == first
    assert len(project.audit.list(interview, ref="/data/a")) == 1
    assert project.drafts.load(interview).sequence == 1


@pytest.mark.parametrize(("sequence", "text"), [(1, "2"), (3, "1")])
def test_a_sequence_number_cannot_be_reused_or_left_out(project, interview, sequence, text):
    project.drafts.save_answer(interview, "/data/a", "a", None, "1", position="", sequence=1)

    with pytest.raises(ValueError, match="does not follow"):
        project.drafts.save_answer(interview, "/data/a", "a", None, text, position="", sequence=sequence)
    assert project.drafts.load(interview).answers == {"/data/a": "1"}


def test_changes_that_belong_together_share_a_number(project, interview):
    project.drafts.save_changes(
        interview,
        [Change("/data/e[k1]/a", None, "1"), Change("/data/e[k1]/b", None, "2")],
        position="",
        event=AuditEvent.REPEAT_ADDED,
        progress=(2, 7),
    )

    rows = [row for row in project.audit.list(interview) if row.event == AuditEvent.REPEAT_ADDED]
    assert [row.sequence for row in rows] == [1, 1]
    listed = project.interviews.get(interview)
    assert (listed.answered, listed.total) == (2, 7)


def test_the_numbers_go_on_after_finalising_and_changing(project, interview):
    answer(project, interview, "/data/a", "1")
    project.revisions.cut(interview, RevisionKind.FINALISE)
    assert not project.drafts.load(interview).is_stored

    answer(project, interview, "/data/b", "2")

    draft = project.drafts.load(interview)
    assert draft.answers == {"/data/a": "1", "/data/b": "2"}
    assert (draft.sequence, draft.is_stored) == (2, True)


def test_a_change_is_written_completely_or_not_at_all(project, interview):
    answer(project, interview, "/data/a", "1")
    with project.context.store.write() as connection:
        connection.exec_driver_sql("CREATE TRIGGER stop BEFORE INSERT ON audit BEGIN SELECT raise(ABORT, 'no'); END")

    with pytest.raises(Rejected):
        project.drafts.save_changes(interview, [Change("/data/b", None, "x")], position="")

    assert project.drafts.load(interview).answers == {"/data/a": "1"}
    assert project.answers.frequency("b") == {}
    assert project.check().is_sound


def test_a_position_is_kept_without_an_answer(project, interview):
    project.drafts.set_position(interview, "/data/z")

    assert project.drafts.load(interview).position == "/data/z"
    assert project.check().is_sound


def test_moving_to_another_form_keeps_a_trail(project, interview):
    answer(project, interview, "/data/a", "1")
    answer(project, interview, "/data/gone", "2")
    newer = project.forms.add(b"<x/>", form_id="site", version="2", title="Standort")

    project.drafts.set_form(interview, newer, {"actors.csv": "0" * 64}, {"/data/a": "1", "/data/b": "3"}, reason="v2")

    draft = project.drafts.load(interview)
    assert draft.form_sha == newer
    assert draft.answers == {"/data/a": "1", "/data/b": "3"}
    assert project.interviews.get(interview).form_sha == newer
    assert project.check().is_sound


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(st.sampled_from(["/d/a", "/d/b", "/d/r[x]/c", "/d/r[y]/c"]), st.none() | st.text(max_size=30)),
        min_size=1,
        max_size=12,
    )
)
def test_draft_index_and_check_sums_agree_after_any_changes(project, form, steps):
    interview = project.interviews.create(form)
    expected: dict[str, str] = {}
    for ref, text in steps:
        project.drafts.save_changes(interview, [Change(ref, expected.get(ref), text)], position=ref)
        if text is None:
            expected.pop(ref, None)
        else:
            expected[ref] = text.replace("\0", "")

    assert project.drafts.load(interview).answers == expected
    assert project.check().is_sound


def test_a_name_and_a_place_that_no_file_can_hold_are_kept_as_far_as_possible(engine, tmp_path):
    with engine.create(tmp_path / "Namen", author="P\udc80") as project:
        assert project.author == "P\ufffd"
        interview = project.interviews.create(project.forms.add(FORM, form_id="site", version="1", title="Standort"))
        project.drafts.save_answer(interview, "/data/a", "a", None, "1", position="/data/\udc80")
        assert project.drafts.load(interview).position == "/data/\ufffd"
        project.drafts.set_position(interview, "/data/\udc81b")
        assert project.drafts.load(interview).position == "/data/\ufffdb"
        project.export_log.add(
            kind="pdf",
            level="internal",
            language="de",
            target="\udc80.pdf",
            sha="0" * 64,
            details={"folder": "\udc80"},
        )
        entry = project.export_log.list()[0]
        assert (entry.author, entry.target, entry.folder) == ("P\ufffd", "\ufffd.pdf", "\ufffd")
        assert project.check().is_sound


def test_somebody_who_introduces_himself_later_with_such_a_name_is_noted(project):
    project.introduce("Interview \udc80")

    assert project.author == "Interview \ufffd"
    assert project.check().is_sound


def test_text_that_no_engine_can_store_is_cleaned(project, interview):
    answer(project, interview, "/data/a", "vor\0her \udc80 nachher")

    assert project.drafts.load(interview).answers == {"/data/a": "vorher \ufffd nachher"}


def test_an_unknown_interview_is_a_key_error(project):
    with pytest.raises(KeyError):
        project.drafts.load("nobody")
