"""A questionnaire that changes while an interview is open: nothing is lost, and it is said."""

import pytest
from PySide6.QtWidgets import QApplication

from roadmapdesk import i18n
from roadmapdesk.workspace.form_moves import carry_out_move, plan_move
from roadmapdesk.workspace.forms import add_form

FIRST = """
|survey|
||type|name|label|
||text|one|One|
||text|two|Two|
||text|gone|Gone|
|settings|
||form_title|form_id|version|
||Test|test|1|
"""
SECOND = FIRST.replace("||text|gone|Gone|\n", "||text|three|Three|\n").replace("||Test|test|1|", "||Test|test|2|")


@pytest.fixture
def page(open_page):
    i18n.set_language("en")
    return open_page(FIRST)


@pytest.fixture
def import_second(project, tmp_path):
    def run() -> str:
        path = tmp_path / "second.md"
        path.write_text(SECOND, encoding="utf-8")
        return add_form(project, path).sha

    return run


@pytest.fixture
def settle(look):
    def run() -> None:
        for _ in range(4):
            look.jobs.finish()
            QApplication.processEvents()

    return run


def test_an_import_of_a_newer_version_changes_nothing_for_the_open_interview(page, import_second, stored, settle):
    page.conductor.answer("/data/one", "before")
    settle()
    import_second()
    page.conductor.answer("/data/gone", "after")
    settle()
    page.form_watch.look()
    assert "newer version of the questionnaire (2)" in page.message.accessibleName()
    assert "version 1" in page.message.accessibleName()
    answers = stored(page)
    assert (answers["/data/one"], answers["/data/gone"]) == ("before", "after")
    page.message.hide()
    page.form_watch.look()
    assert not page.message.isVisible()


def test_moving_the_open_interview_keeps_every_answer(page, import_second, stored, settle, project):
    page.conductor.answer("/data/one", "before")
    page.conductor.answer("/data/gone", "old")
    settle()
    sha = import_second()
    carry_out_move(project, plan_move(project, page.item_id, sha), "test")

    page.conductor.answer("/data/two", "meanwhile")
    page.conductor.answer("/data/gone", "said to a question that is gone")
    settle()

    assert not page.failure.isVisible()
    answers = stored(page)
    assert (answers["/data/one"], answers["/data/two"]) == ("before", "meanwhile")
    assert "/data/gone" not in answers
    assert page.questions.row("/data/three") is not None
    assert "was moved to another version" in page.message.accessibleName()
    assert "kept as a note" in page.message.accessibleName()
    settle()
    assert [note.text for note in project.notes.list(page.item_id)] == ["gone: said to a question that is gone"]
    page.conductor.answer("/data/three", "goes on")
    assert stored(page)["/data/three"] == "goes on"
    assert project.check().is_sound
