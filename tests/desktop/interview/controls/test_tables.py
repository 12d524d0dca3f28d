"""Selects as tables, closed lists of check boxes, and the labels of ranges."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

TABLE = """
|survey|
||type|name|label|appearance|
||begin_group|ways|Ways|field-list|
||select_one often|head|Way|label|
||select_one often|phone|Telephone|list-nolabel|
||select_multiple often|mail|Mail|list-nolabel|
||select_one often|visit|Visit|list|
||end_group|||
|choices|
||list_name|name|label|
||often|1|never|
||often|2|less than once a month|
||often|98|don't know|
"""
CLOSED = """
|survey|
||type|name|label|appearance|
||select_multiple ways|many|Which ones?|minimal|
||text|after|After||
|choices|
||list_name|name|label|
||ways|a|By mail|
||ways|b|By phone|
||ways|c|On site|
"""
MADE = """
|survey|
||type|name|label|appearance|
||begin_group|made|Made|table-list|
||select_one ways|first|First||
||select_one ways|second|Second||
||end_group|||
|choices|
||list_name|name|label|
||ways|a|By mail|
||ways|b|By phone|
"""
RANGE = """
|survey|
||type|name|label|appearance|parameters|
||range|plain|Strength||start=1 end=5 step=1 tick_labelset=t|
||range|upright|Strength|vertical|start=1 end=5 step=1 tick_labelset=t|
||range|bare|Strength||start=1 end=5 step=1|
|choices|
||list_name|name|label|
||t|1|weak|
||t|3|middling|
||t|5|strong|
"""


@pytest.fixture
def table(open_page, qapp):
    page = open_page(TABLE)
    page.questions.rows()
    qapp.processEvents()
    return page


def left_edges(page, name):
    return [
        option.mapTo(page.questions, option.rect().topLeft()).x()
        for option in page.questions.row(f"/data/ways/{name}").control.inputs()
    ]


def test_rows_of_a_table_stand_below_each_other_in_equal_columns(table):
    phone = left_edges(table, "phone")
    assert phone == sorted(set(phone))
    assert phone == left_edges(table, "mail") == left_edges(table, "visit")
    head = table.questions.row("/data/ways/head").control
    assert head.mapTo(table.questions, head.rect().topLeft()).x() == phone[0] - 3
    assert head.height() > 0
    assert not head.inputs()


def test_cells_say_question_and_choice(table):
    named = [entry.accessibleName() for entry in table.questions.row("/data/ways/mail").control.inputs()]
    assert named == ["Mail: never", "Mail: less than once a month", "Mail: don't know"]


def test_a_table_is_answered_by_keys(table, press, stored):
    press("2")
    press(Qt.Key.Key_Return)
    press("1")
    press("8")
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Down)
    answers = stored(table)
    assert [answers[f"/data/ways/{name}"] for name in ("phone", "mail", "visit")] == ["2", "1 98", "1"]


def test_a_narrow_table_becomes_lists_with_their_wordings(table, qapp):
    row = table.questions.row("/data/ways/phone")
    head = table.questions.row("/data/ways/head").control
    row.control.setFixedWidth(150)
    head.setFixedWidth(150)
    qapp.processEvents()
    lefts = set(left_edges(table, "phone"))
    assert len(lefts) == 1
    assert head.heightForWidth(150) == 0


def test_the_head_of_a_table_that_the_converter_made_shows_no_technical_name(open_page):
    page = open_page(MADE)
    (head,) = (row for row in page.questions.shown_rows() if "label" in row.view.appearances)
    assert head._texts.wording.text().strip() == ""
    assert head.control.accessibleName() == "By mail, By phone"


def test_check_boxes_of_a_closed_list_are_switched_by_keys_and_it_stays_open(open_page, press, stored):
    page = open_page(CLOSED)
    combo = page.questions.row("/data/many").control.combo
    press(Qt.Key.Key_Down)
    assert combo.view().isVisible()
    press(Qt.Key.Key_Space)
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Space)
    assert combo.view().isVisible()
    press(Qt.Key.Key_Return)
    assert not combo.view().isVisible()
    assert page.questions.current == "/data/many"
    assert combo.shown_text() == "By mail, On site"
    assert "By mail, On site" in combo.accessibleDescription()
    assert stored(page)["/data/many"] == "a c"
    press("1")
    assert stored(page)["/data/many"] == "c"
    press(Qt.Key.Key_Delete)
    assert stored(page).get("/data/many", "") == ""
    press(Qt.Key.Key_Return)
    assert page.questions.current == "/data/after"


def test_a_click_switches_a_check_box_of_a_closed_list(open_page, qtbot, stored):
    page = open_page(CLOSED)
    combo = page.questions.row("/data/many").control.combo
    combo.showPopup()
    view = combo.view()
    second = view.visualRect(combo.model().index(1, 0)).center()
    qtbot.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=second)
    assert combo.shown_text() == ""
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=second)
    assert view.isVisible()
    combo.hidePopup()
    assert stored(page)["/data/many"] == "b"


def test_a_range_shows_the_labels_of_its_points(open_page, qapp):
    page = open_page(RANGE)
    page.questions.rows()
    qapp.processEvents()
    shown = {name: page.questions.row(f"/data/{name}").control for name in ("plain", "upright", "bare")}
    plain, upright, bare = (shown[name].inputs()[0] for name in ("plain", "upright", "bare"))
    assert plain.height() > bare.height()
    assert upright.width() > bare.height()
    assert plain.grab().toImage() != bare.grab().toImage()
    QApplication.focusWidget().clearFocus()
    page.conductor.answer("/data/plain", "3")
    assert shown["plain"].accessible_value() == "3, middling"


def test_labels_of_a_range_that_are_too_close_stand_in_one_line(open_page, qapp):
    crowded = RANGE.replace("||t|3|middling|", "||t|2|incomparable|\n||t|3|middling|")
    page = open_page(crowded)
    page.questions.rows()
    qapp.processEvents()
    slider = page.questions.row("/data/plain").control.inputs()[0]
    slider.setFixedWidth(160)
    qapp.processEvents()
    ((area, text, _flags),) = slider._label_areas()
    assert text == "1 – weak · 2 – incomparable · 3 – middling · 5 – strong"
    assert area.bottom() < slider.height()
