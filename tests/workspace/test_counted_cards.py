"""Cards that a count brings and takes: asked about before they go, brought back exactly where a person keeps them."""

import pytest

from roadmapdesk.storage import create_project
from roadmapdesk.workspace.forms import add_form
from roadmapdesk.workspace.interviewing import loss_sentence, lost_lines, open_interview, start_interview

FORM = """
|survey|
||type|name|label|repeat_count|
||integer|count|How many?||
||begin_repeat|card|Card|${count}|
||text|word|A word||
||end_repeat|
"""


@pytest.fixture
def pen(tmp_path):
    """Answers a question of an interview and stores what is to be stored; also tells what is stored."""
    path = tmp_path / "form.md"
    path.write_text(FORM, encoding="utf-8")
    with create_project(tmp_path / "study", title="Study", language="de") as project:
        interview = start_interview(project, form_sha=add_form(project, path).sha)
        desk, save = open_interview(project, interview)
        if save is not None:
            save.write(project)

        class Pen:
            live = desk

            def write(self, ref, text, **options):
                step = desk.answer(f"/data/{ref}", text, **options)
                if step.save is not None:
                    step.save.write(project)
                return step

            def stored(self):
                return dict(project.drafts.load(interview).answers)

        yield Pen()


def test_a_lower_count_after_a_cleared_one_asks_and_keeps_every_card_until_a_person_agrees(pen):
    pen.write("count", "4")
    pen.write("card[k4]/word", "last")
    pen.write("count", "")
    before = pen.stored()

    step = pen.write("count", "3")
    assert [(card.ref, card.answers) for card in step.lost] == [("/data/card[k4]", 1)]
    assert pen.live.answers() == pen.stored() == before
    assert pen.live.view("/data/card[k4]/word").text == "last"

    assert not pen.write("count", "3", accepts_loss=True).lost
    assert pen.live.answers() == pen.stored()
    assert pen.stored()["/data/card"] == "k1 k2 k3"
    pen.write("count", "4")
    assert pen.live.view("/data/card[k4]/word").text == "last"


def test_a_lower_count_after_a_cleared_one_takes_empty_cards_away_unasked(pen):
    pen.write("count", "4")
    pen.write("count", "")
    step = pen.write("count", "3")
    assert (step.lost, pen.stored()["/data/card"]) == ((), "k1 k2 k3")
    assert len(pen.live.pages.cards) == 3


def test_a_thousand_cards_come_and_go_and_come_back_by_undo(pen):
    for count in ("1980", "15", "1980", "", "3"):
        pen.write("count", count)
        assert pen.live.answers() == pen.stored()
    for number in (1980, 1980, 15, 1980):
        step, _ref = pen.live.undo()
        assert len(step.save.changes) <= 3
        assert len(pen.live.pages.cards) == number


def test_every_one_of_many_cards_that_would_disappear_is_named(pen):
    pen.write("count", "30")
    for number in range(11, 31):
        pen.write(f"card[k{number}]/word", f"word {number}")
    lost = pen.write("count", "10").lost
    assert [card.title for card in lost] == [f"word {number}" for number in range(11, 31)]
    assert "20" in loss_sentence(lost)
    lines = lost_lines(lost)
    assert len(lines) == 20
    assert all(f"word {number}" in line and "1" in line for number, line in zip(range(11, 31), lines, strict=True))


def test_a_few_cards_that_would_disappear_are_named_in_the_sentence(pen):
    pen.write("count", "3")
    for number in (2, 3):
        pen.write(f"card[k{number}]/word", f"word {number}")
    lost = pen.write("count", "1").lost
    assert "word 2" in loss_sentence(lost)
    assert "word 3" in loss_sentence(lost)
    assert lost_lines(lost) == ()
