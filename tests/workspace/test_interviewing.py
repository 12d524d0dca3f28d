"""Holding an interview without a screen."""

import pytest

from roadmapdesk.domain.interviews import InterviewState
from roadmapdesk.domain.question_roles import Role
from roadmapdesk.storage import create_project
from roadmapdesk.workspace.forms import add_form, shipped_form
from roadmapdesk.workspace.interview_notes import new_key, read_notes, write_note
from roadmapdesk.workspace.interview_sections import answers_on_screen
from roadmapdesk.workspace.interview_stages import order_of
from roadmapdesk.workspace.interview_steps import ending_sentence
from roadmapdesk.workspace.interviewing import (
    Closing,
    InterviewDesk,
    load_interview,
    loss_sentence,
    move_interview,
    open_interview,
    reopen_interview,
    start_interview,
)


@pytest.fixture
def project(tmp_path):
    with create_project(tmp_path / "study", title="Study", language="de") as project:
        add_form(project, shipped_form())
        yield project


class Pen:
    """Answers and stores at once, as the sample generator does."""

    def __init__(self, project, **known):
        self.project = project
        self.id = start_interview(project, known={Role(role): text for role, text in known.items()})
        self.desk, save = open_interview(project, self.id)
        if save is not None:
            save.write(project)

    def write(self, ref, text, **options):
        step = self.desk.answer(f"/data/{ref}", text, **options)
        if step.save is not None:
            step.save.write(self.project)
        return step

    def stored(self):
        return dict(self.project.drafts.load(self.id).answers)

    def cards(self):
        return [s.key for s in self.desk.pages.sections if self.desk.is_stage_card(s.key)]

    def stages(self):
        return [self.desk.title(key).code for key in self.cards()]


@pytest.fixture
def pen(project):
    pen = Pen(project, **{"interview.code": "RP-0001"})
    pen.write("sec_b/consent_participate", "yes")
    pen.write("sec_d/chain_active", "yes")
    pen.write("sec_d/stages_active", "s4 s5")
    return pen


def test_what_the_plan_knows_is_filled_in_and_shown_in_the_list(project):
    pen = Pen(project, **{"interview.code": "RP-0003", "interview.wave": "w2"})
    assert pen.stored()["/data/sec_a/interview_code"] == "RP-0003"
    assert pen.desk.role_text(Role.INTERVIEW_WAVE) == "w2"
    row = project.interviews.get(pen.id)
    assert (row.code, row.wave, row.state) == ("RP-0003", "w2", InterviewState.DRAFT)
    pen.write("sec_a/interview_code", "RP-0004")
    assert project.interviews.get(pen.id).code == "RP-0004"


def test_the_stored_draft_restores_the_very_same_interview(project, pen):
    pen.write(pen.cards()[0].removeprefix("/data/") + "/grp_perf/perf_d1", "4")
    again = InterviewDesk(load_interview(project, pen.id))
    assert again.answers() == pen.desk.answers()
    assert again.first_save is None
    assert [s.key for s in again.pages.sections] == [s.key for s in pen.desk.pages.sections]


def test_each_save_holds_what_changed_along_with_the_answer(pen):
    step = pen.write("sec_d/stages_judge", "s3")
    refs = [change.ref for change in step.save.changes]
    assert refs[0] == "/data/sec_d/stages_judge"
    assert "/data/sec_d/stages_rated" in refs
    assert pen.stored() == pen.desk.answers()


def test_ratings_follow_their_stage_when_the_selection_changes(pen):
    first, second = pen.cards()
    pen.write(first.removeprefix("/data/") + "/grp_perf/perf_d1", "4")
    pen.write(second.removeprefix("/data/") + "/grp_perf/perf_d1", "2")
    pen.write("sec_d/stages_active", "s1 s4 s5")
    assert pen.stages() == ["S1", "S4", "S5"]
    ratings = [pen.desk.view(f"{key}/grp_perf/perf_d1").text for key in pen.cards()]
    assert ratings == ["", "4", "2"]
    assert pen.cards()[1:] == [first, second]


def test_before_ratings_would_disappear_a_person_is_asked(pen):
    first, second = pen.cards()
    pen.write(first.removeprefix("/data/") + "/grp_perf/perf_d1", "4")
    pen.write(second.removeprefix("/data/") + "/grp_perf/perf_d1", "2")
    before = pen.desk.answers()
    step = pen.write("sec_d/stages_active", "s5")
    assert [(card.ref, card.answers) for card in step.lost] == [(first, 1)]
    assert step.save is None
    assert pen.desk.answers() == before
    assert step.lost[0].title in loss_sentence(step.lost)
    pen.write("sec_d/stages_active", "s5", accepts_loss=True)
    assert pen.stages() == ["S5"]
    assert pen.desk.view(f"{second}/grp_perf/perf_d1").text == "2"
    pen.write("sec_d/stages_active", "s4 s5")
    assert pen.desk.view(f"{first}/grp_perf/perf_d1").text == "4"
    assert pen.stored()[f"{first}/grp_perf/perf_d1"] == "4"


def test_a_stage_in_the_place_of_another_gets_a_card_of_its_own(pen):
    first = pen.cards()[0]
    pen.write(first.removeprefix("/data/") + "/grp_perf/perf_d1", "4")
    pen.write("sec_d/stages_active", "s5", accepts_loss=True)
    pen.write("sec_d/stages_active", "s5 s7")
    assert pen.stages() == ["S5", "S7"]
    assert all(pen.desk.view(f"{key}/grp_perf/perf_d1").text == "" for key in pen.cards())


def test_a_card_without_answers_disappears_without_a_question(pen):
    assert pen.write("sec_d/stages_active", "s4").lost == ()
    assert pen.stages() == ["S4"]


def test_undo_and_redo_reach_every_state_again(pen):
    states = [pen.desk.answers()]
    first = pen.cards()[0].removeprefix("/data/")
    for ref, text in (
        (f"{first}/grp_perf/perf_d1", "4"),
        ("sec_d/stages_judge", "s3"),
        ("sec_d/stages_active", "s4"),
        ("sec_a/interviewer_code", "I01"),
    ):
        pen.write(ref, text, accepts_loss=True)
        states.append(pen.desk.answers())
    for state in reversed(states[:-1]):
        step, _ref = pen.desk.undo()
        step.save.write(pen.project)
        assert pen.desk.answers() == state == pen.stored()
    for state in states[1:]:
        step, _ref = pen.desk.redo()
        step.save.write(pen.project)
        assert pen.desk.answers() == state == pen.stored()


def test_typing_in_one_question_is_one_step_of_undo(pen):
    for text in ("I", "I0", "I01"):
        pen.write("sec_a/interviewer_code", text, is_typing=True)
    pen.desk.leave("/data/sec_a/interviewer_code")
    pen.write("sec_a/interviewer_code", "I02", is_typing=True)
    pen.desk.undo()
    assert pen.desk.view("/data/sec_a/interviewer_code").text == "I01"
    pen.desk.undo()
    assert pen.desk.view("/data/sec_a/interviewer_code").text == ""


def test_without_consent_nothing_further_is_taken(project):
    pen = Pen(project)
    pen.write("sec_b/consent_participate", "no")
    before = pen.stored()
    step = pen.write("sec_a/interviewer_code", "I01")
    assert step.notice
    assert step.save is None
    assert pen.stored() == before
    closing = pen.desk.finalise()
    assert isinstance(closing, Closing)
    closing.write(project)
    assert project.interviews.get(pen.id).state is InterviewState.WITHDRAWN


def test_refusing_consent_after_answers_asks_first_and_counts_them_all(pen):
    card = pen.cards()[0].removeprefix("/data/")
    pen.write(f"{card}/grp_perf/perf_d1", "4")
    before = pen.desk.answers()
    shown = answers_on_screen(pen.desk.root)
    step = pen.write("sec_b/consent_participate", "no")
    assert step.save is None
    assert pen.desk.answers() == before
    assert not pen.desk.is_refused
    pen.write("sec_b/consent_participate", "no", accepts_loss=True)
    assert pen.desk.is_refused
    assert step.ending == len(shown - answers_on_screen(pen.desk.root)) > 2
    assert str(step.ending) in ending_sentence(step.ending)


def test_an_incomplete_interview_is_not_finalised_and_says_every_problem(pen, project):
    violations = pen.desk.finalise()
    assert isinstance(violations, tuple)
    refs = {violation.ref for violation in violations}
    assert "/data/sec_a/interviewer_code" in refs
    assert refs <= set(pen.desk.pages.problems()) | refs
    assert project.interviews.get(pen.id).state is InterviewState.DRAFT


def test_reopening_needs_a_reason_and_keeps_the_state_before(project):
    pen = Pen(project)
    pen.write("sec_b/consent_participate", "no")
    pen.desk.finalise().write(project)
    with pytest.raises(ValueError, match="reason"):
        reopen_interview(project, pen.id, " ")
    reopen_interview(project, pen.id, "Eingabefehler")
    assert project.interviews.get(pen.id).state is InterviewState.DRAFT
    assert project.revisions.history(pen.id)[0].reason == "Eingabefehler"
    again = InterviewDesk(load_interview(project, pen.id))
    assert again.is_open


def test_states_follow_each_other_in_order(project):
    pen = Pen(project)
    with pytest.raises(ValueError, match="follow"):
        move_interview(project, pen.id, InterviewState.APPROVED)
    move_interview(project, pen.id, InterviewState.WITHDRAWN, "Widerruf")
    assert project.interviews.get(pen.id).state is InterviewState.WITHDRAWN


def test_counts_of_the_list_are_those_of_the_pages(pen, project):
    pen.write("sec_a/interviewer_code", "I01")
    total = pen.desk.pages.total
    row = project.interviews.get(pen.id)
    assert (row.answered, row.total) == (total.answered, total.asked)


def test_kept_counts_are_those_of_counting_everything_anew(pen):
    for ref, text in (
        ("sec_d/stages_judge", "s3"),
        ("sec_g/coop_count", "2"),
        ("sec_a/wave", "w2"),
        ("sec_g/coop_count", "1"),
        ("sec_h/open_positions", "900"),
    ):
        pen.write(ref, text, accepts_loss=True)
        kept = {s.key: pen.desk.pages.tally(s.key) for s in pen.desk.pages.sections}
        pen.desk.pages.rebuild(pen.desk.root)
        assert kept == {s.key: pen.desk.pages.tally(s.key) for s in pen.desk.pages.sections}


def test_notes_of_one_question_keep_apart_and_in_order(project, pen):
    from datetime import UTC, datetime

    at = datetime(2026, 3, 12, 10, 31, tzinfo=UTC)
    keys = []
    for text in ("eins", "zwei"):
        key = new_key("/data/sec_a/wave", at, keys)
        keys.append(key)
        write_note(project, pen.id, key, text)
    notes = read_notes(project.notes.list(pen.id))
    assert [(note.ref, note.at) for note in notes] == [("/data/sec_a/wave", at)] * 2
    assert {note.text for note in notes} == {"eins", "zwei"}


@pytest.mark.parametrize(
    ("wanted", "owner", "present", "order"),
    [
        (["s3", "s7"], {"a": "s7"}, ["a", "b"], ("b", "a")),
        (["s3"], {"a": "s3"}, ["a", "b"], None),
        (["s7"], {"a": "s3"}, ["a"], ("k2", "a")),
        ([], {"a": "s3"}, ["a"], None),
        (["s1", "s2"], {}, ["a", "b"], None),
    ],
)
def test_instances_are_ordered_by_their_stages(wanted, owner, present, order):
    assert order_of(wanted, owner, present) == order
