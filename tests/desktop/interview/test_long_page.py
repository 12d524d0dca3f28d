"""What a long page costs: few objects for each question, one width, and no ear for inputs without the focus."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QLayout, QWidget

from roadmapdesk.desktop.interview.focus_watch import FocusWatch

FORM = """
|survey|
||type|name|label|relevant|
||begin_group|page|Page||
||select_one yesno|first|First||
||text|name|Name||
||integer|count|Count||
||begin_group|more|More|${first} = 'yes'|
{more}
||end_group||||
||end_group||||
|choices|
||list_name|name|label|
||yesno|yes|Yes|
||yesno|no|No|
"""


@pytest.fixture
def heard(monkeypatch):
    """What the watch is asked about."""
    found = []
    monkeypatch.setattr(FocusWatch, "eventFilter", lambda _self, watched, _event: found.append(watched) or False)
    return found


@pytest.fixture
def page(heard, open_page, qapp):
    more = "\n".join(f"||text|more_{number}|More {number}||" for number in range(30))
    page = open_page(FORM.replace("{more}", more))
    page.resize(1200, 600)
    page.questions.rows()
    qapp.processEvents()
    return page


def test_a_question_is_made_of_few_objects(page):
    options = page.questions.row("/data/page/first")
    line = page.questions.row("/data/page/name")
    # wording, control and list or line; the list has one button for each option
    assert len(line.findChildren(QWidget)) == 3
    assert len(options.findChildren(QWidget)) == 3 + 2
    assert all(len(row.findChildren(QLayout)) <= 2 for row in (options, line))


def test_questions_that_appear_below_the_screen_move_nothing_sideways(page, press, qapp):
    bar, row = page.questions.verticalScrollBar(), page.questions.row("/data/page/name")
    assert bar.maximum() == 0
    before = row.width()
    page.go_to("/data/page/first")
    press(Qt.Key.Key_1)
    page.questions.rows()
    qapp.processEvents()
    assert bar.maximum() > 0
    assert row.width() == before


def test_only_the_input_with_the_focus_is_watched(page, heard):
    page.go_to("/data/page/name")
    name, count = (page.questions.row(f"/data/page/{each}").control.inputs()[0] for each in ("name", "count"))
    for line in (name, count):
        QApplication.sendEvent(line, QEvent(QEvent.Type.ToolTip))
    assert name in heard
    assert count not in heard
