"""Dates in other calendars: typed in their numbers and names, stored as ISO dates, kept where they do not reach."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication

from roadmapdesk.desktop.interview.controls.calendar_date import CalendarDate
from roadmapdesk.xforms.calendars.registry import CALENDARS

FORM = """
|survey|
||type|name|label|appearance|default|
||date|bikram|Bikram|bikram-sambat||
||date|buddhist|Buddhist|buddhist||
||date|coptic|Coptic|coptic||
||date|ethiopian|Ethiopian|ethiopian||
||date|islamic|Islamic|islamic||
||date|myanmar|Myanmar|myanmar||
||date|persian|Persian|persian||
||date|month|Month|ethiopian month-year||
||date|year|Year|persian year||
||date|old|Old|bikram-sambat|0001-01-01|
||date|late|Late|bikram-sambat|9999-12-31|
||dateTime|moment|Moment|ethiopian||
||dateTime|long_ago|Long ago|persian|0001-01-01T10:00:00.000Z|
||dateTime|month_of|Month of|month-year||
||dateTime|year_of|Year of|year||
||dateTime|day_of|Day of|||
||dateTime|bare|Bare|no-calendar||
||text|after|After|||
"""


@pytest.fixture
def page(open_page):
    return open_page(FORM)


def control(page, name):
    return page.questions.row(f"/data/{name}").control


def answer(page, name):
    page.conductor.flush()
    return page.interview.view(f"/data/{name}").text


@pytest.mark.parametrize(
    ("name", "day", "month", "year", "stored"),
    [
        ("bikram", "1", "Baisakh", "2083", "2026-04-14"), ("buddhist", "29", "Kumphaphan", "2567", "2024-02-29"),
        ("coptic", "1", "Thout", "1741", "2024-09-11"), ("ethiopian", "29", "Tahsas", "2015", "2023-01-07"),
        ("islamic", "1", "Muharram", "1446", "2024-07-08"), ("myanmar", "24", "Pyatho", "1309", "1948-01-04"),
        ("persian", "22", "Bahman", "1357", "1979-02-11"),
    ],
)  # fmt: skip
def test_a_date_is_typed_by_keyboard_in_its_calendar_and_stored_as_iso(page, press, name, day, month, year, stored):
    page.go_to(f"/data/{name}")
    press(day)
    press(Qt.Key.Key_Tab)
    press(month)
    press(Qt.Key.Key_Tab)
    press(year)
    press(Qt.Key.Key_Return)
    assert type(control(page, name)) is CalendarDate
    assert answer(page, name) == stored
    assert page.questions.row(f"/data/{name}").problem == ""
    page.show_section(page.section)
    shown = control(page, name)
    assert (shown._day.text(), shown._month.currentText(), shown._year.text()) == (day, month, year)
    assert stored[:4] in shown._meaning.text()


def test_a_whole_date_typed_into_the_day_is_spread(page, press):
    page.go_to("/data/persian")
    press("22.11.1357")
    press(Qt.Key.Key_Return)
    assert answer(page, "persian") == "1979-02-11"


def test_month_and_year_and_year_alone_give_their_first_day(page, press):
    page.go_to("/data/month")
    press("Meskerem")
    press(Qt.Key.Key_Tab)
    press("2017")
    press(Qt.Key.Key_Return)
    assert answer(page, "month") == "2024-09-11"
    page.go_to("/data/year")
    press("1403")
    press(Qt.Key.Key_Return)
    assert answer(page, "year") == "2024-03-20"
    assert len(control(page, "year").inputs()) == 1


@pytest.mark.parametrize(
    ("day", "month", "year"), [("31", "Meskerem", "2017"), ("6", "Pagumen", "2016"), ("x", "Tir", "2016"),
                               ("1", "", "2016"), ("", "Tir", "2016"), ("1", "Tir", "99999"), ("1", "Tir", "17")],
)  # fmt: skip
def test_what_is_no_day_is_refused_with_words_and_stays_in_the_fields(page, press, day, month, year):
    page.go_to("/data/ethiopian")
    field = control(page, "ethiopian")
    press(day)
    press(Qt.Key.Key_Tab)
    press(month)
    press(Qt.Key.Key_Tab)
    press(year)
    page.go_to("/data/after")
    assert page.questions.row("/data/ethiopian").problem
    assert answer(page, "ethiopian") == ""
    assert field._year.text() == year


@pytest.mark.parametrize(("name", "stored"), [("old", "0001-01-01"), ("late", "9999-12-31")])
def test_a_date_beyond_the_calendar_is_said_and_kept(page, press, name, stored):
    page.go_to(f"/data/{name}")
    press(Qt.Key.Key_Tab)
    page.go_to("/data/after")
    assert answer(page, name) == stored
    assert stored[:4] in control(page, name)._meaning.text()
    page.go_to(f"/data/{name}")
    control(page, name).clear_answer()
    assert answer(page, name) == ""


def test_the_wheel_over_a_month_changes_nothing(page, press):
    page.go_to("/data/coptic")
    press("1.1.1741")
    press(Qt.Key.Key_Return)
    combo = control(page, "coptic")._month
    combo.setFocus()
    at = QPointF(10, 10)
    for turn in (120, -120):
        wheel = QWheelEvent(
            at, combo.mapToGlobal(at), QPoint(), QPoint(0, turn), Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(combo, wheel)
    assert answer(page, "coptic") == "2024-09-11"


def test_delete_takes_the_month_and_with_all_fields_empty_the_answer_away(page, press):
    page.go_to("/data/coptic")
    press("1.1.1741")
    press(Qt.Key.Key_Return)
    control(page, "coptic").clear_answer()
    assert answer(page, "coptic") == ""


def test_every_calendar_has_a_question_here_and_each_input_a_name(page):
    asked = set()
    for row in page.questions.rows():
        if isinstance(row.control, CalendarDate):
            asked.add(row.control.calendar.name)
            names = [widget.accessibleName() for widget in row.control.inputs()]
            assert all(names)
            assert len(set(names)) == len(names)
    assert asked == set(CALENDARS)


def test_a_moment_is_typed_in_its_calendar_with_the_time_beside_it(page, press):
    page.go_to("/data/moment")
    for part in ("29", "Tahsas", "2015"):
        press(part)
        press(Qt.Key.Key_Tab)
    page.conductor.flush()
    assert answer(page, "moment") == ""  # half a moment is none
    press("9.30")
    press(Qt.Key.Key_Return)
    assert answer(page, "moment").startswith("2023-01-07T09:30:00")
    assert page.questions.row("/data/moment").problem == ""
    page.show_section(page.section)
    shown = control(page, "moment")
    assert (shown._day.text(), shown._year.text(), shown._clock.text()) == ("29", "2015", "09:30")
    page.undo()
    assert answer(page, "moment") == ""
    assert shown._clock.text() == ""


def test_a_moment_without_its_time_says_what_is_missing(page, press):
    page.go_to("/data/moment")
    for part in ("29", "Tahsas", "2015"):
        press(part)
        press(Qt.Key.Key_Tab)
    page.go_to("/data/after")
    page.conductor.flush()
    assert page.questions.row("/data/moment").problem == "Die Uhrzeit fehlt."
    assert answer(page, "moment") == ""


def test_a_moment_before_its_calendar_begins_is_kept(page, press):
    assert answer(page, "long_ago") == "0001-01-01T10:00:00.000Z"
    page.go_to("/data/long_ago")
    page.go_to("/data/after")
    page.conductor.flush()
    assert page.questions.row("/data/long_ago").problem == ""
    assert answer(page, "long_ago") == "0001-01-01T10:00:00.000Z"


@pytest.mark.parametrize(("name", "typed", "stored"), [("month_of", "3/2026", "03"), ("year_of", "2026", "01")])
def test_a_moment_of_a_month_or_a_year_begins_with_its_first_day(page, press, name, typed, stored):
    page.go_to(f"/data/{name}")
    press(typed)
    press(Qt.Key.Key_Tab)
    press("14:00")
    press(Qt.Key.Key_Return)
    assert answer(page, name).startswith(f"2026-{stored}-01T14:00:00")


def test_the_day_of_a_moment_is_chosen_from_the_calendar_by_keys(page, press, qapp):
    page.go_to("/data/day_of")
    press("01.02.2026")
    press(Qt.Key.Key_F4)
    qapp.processEvents()
    press(Qt.Key.Key_Right)
    press(Qt.Key.Key_Return)
    assert control(page, "day_of")._clock.hasFocus()
    press("8:00")
    press(Qt.Key.Key_Return)
    assert answer(page, "day_of")[11:19] == "08:00:00"
    shown = [entry for entry in control(page, "bare").inputs() if entry.isVisible()]
    assert len(shown) == 2  # without the button
