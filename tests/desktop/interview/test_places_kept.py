"""Going to a question that takes no answer now, and finding the place again after the program was killed."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from roadmapdesk.desktop.search_dialog import SearchDialog
from roadmapdesk.workspace.interviewing import InterviewDesk, load_interview

CTRL = Qt.KeyboardModifier.ControlModifier

LOCKING = """
|survey|
||type|name|label|required|read_only|relevant|
||begin_group|one|A  Part||||
||text|word|A1  A word||||
||select_one yesno|locked|A2  Details||${closed} = 'yes'||
||text|other|A3  More||||
||select_one yesno|closed|A4  Closed?||||
||text|hidden|A5  Why?|||${closed} = 'no'|
||end_group|
|choices|
||list_name|name|label|
||yesno|yes|Yes|
||yesno|no|No|
"""


def test_going_to_a_locked_question_keeps_the_keys_on_the_page_and_names_the_lock(open_page, press, stored, look):
    page = open_page(LOCKING)
    press("davor")
    page.go_to("/data/one/closed")
    press("1")
    stored(page)
    press(Qt.Key.Key_G, CTRL)
    (dialog,) = look.prompts.dialogs
    assert isinstance(dialog, SearchDialog)
    page.go_to("/data/one/locked")
    assert QApplication.focusWidget() is page.questions.row("/data/one/locked")
    assert page.questions.current == "/data/one/locked"
    assert page.message.isVisible()
    assert "A2" in page.message.accessibleName()
    assert "A4" in page.message.accessibleName()
    press("x ")
    press(Qt.Key.Key_Return)
    assert page.questions.current == "/data/one/other"
    assert not page.message.isVisible()
    press("danach")
    answers = stored(page)
    assert answers["/data/one/word"] == "davor"
    assert answers.get("/data/one/locked", "") == ""
    assert answers["/data/one/other"] == "danach"


def test_going_to_a_question_that_is_not_asked_leads_to_the_answer_that_decides(open_page, press, stored):
    page = open_page(LOCKING)
    page.go_to("/data/one/closed")
    press("1")
    page.go_to("/data/one/word")
    page.go_to("/data/one/hidden")
    assert page.questions.current == "/data/one/closed"
    assert page.questions.isAncestorOf(QApplication.focusWidget())
    assert "A5" in page.message.accessibleName()
    assert "A4" in page.message.accessibleName()


def test_the_place_is_in_the_file_when_the_focus_rested_there_without_an_answer(open_page, press, project, qtbot):
    page = open_page(LOCKING)
    press("a")
    with qtbot.waitSignal(page.saved):
        press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Down, CTRL)
    here = page.questions.current
    qtbot.waitUntil(lambda: project.drafts.load(page.item_id).position == here)
    press(Qt.Key.Key_Up, CTRL)
    back = page.questions.current
    assert back != here
    qtbot.waitUntil(lambda: project.drafts.load(page.item_id).position == back)
    assert InterviewDesk(load_interview(project, page.item_id)).position == back


NOTES_LAST = """
|survey|
||type|name|label|
||begin_group|one|A  First page|
||integer|age|A1  Age?|
||end_group|
||begin_group|two|B  Second page|
||note|read|Nothing to answer here.|
||end_group|
"""


def test_on_a_page_without_questions_the_keys_still_belong_to_the_page(open_page, press):
    page = open_page(NOTES_LAST)
    page.travel.step(1)
    assert page.section == "/data/two"
    assert QApplication.focusWidget() is page.questions
    press(Qt.Key.Key_Up, CTRL)
    assert page.questions.current == "/data/one/age"
