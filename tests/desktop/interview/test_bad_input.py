"""What nobody should type, typed or pasted with real keys: said below the question, and nothing is lost."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

CTRL = Qt.KeyboardModifier.ControlModifier
FORM = """
|survey|
||type|name|label|appearance|
||begin_group|g|A  Part||
||date|day|A1  When?||
||decimal|share|A2  Share?||
||integer|count|A3  How many?||
||text|word|A4  A word||
||text|long|A5  Many words|multiline|
||text|last|A6  Last||
||end_group|
"""


@pytest.mark.parametrize(
    ("typed", "stored_text"), [("1.1.0001", "0001-01-01"), ("31.12.9999", "9999-12-31"), ("29.2.2000", "2000-02-29")]
)
def test_the_ends_of_the_calendar_are_taken(open_page, press, stored, typed, stored_text):
    page = open_page(FORM)
    page.go_to("/data/g/day")
    press(typed)
    press(Qt.Key.Key_Return)
    assert stored(page)["/data/g/day"] == stored_text
    assert page.questions.row("/data/g/day").problem == ""
    assert page.questions.current == "/data/g/share"


@pytest.mark.parametrize(
    ("ref", "typed"),
    [
        ("day", "1.1.0000"), ("day", "31.12.10000"), ("day", "31.2.2026"), ("day", "gestern"),
        ("share", "1,2,3"), ("share", "zwei"), ("count", "3,5"), ("count", "99999999999"), ("count", "-"),
    ],
)  # fmt: skip
def test_what_is_no_answer_is_said_stays_in_the_field_and_is_not_stored(open_page, press, stored, ref, typed):
    page = open_page(FORM)
    page.go_to(f"/data/g/{ref}")
    press(typed)
    press(Qt.Key.Key_Return)
    row = page.questions.row(f"/data/g/{ref}")
    assert row.problem
    assert row.control.line.text() == typed
    assert stored(page).get(f"/data/g/{ref}", "") == ""
    assert QApplication.focusWidget() is not row.control.line
    page.go_to("/data/g/last")
    press("weiter")
    assert stored(page)["/data/g/last"] == "weiter"


@pytest.mark.parametrize(
    ("typed", "stored_text"), [("1234,5", "1234.5"), ("1.234,5", "1234.5"), ("1,234.5", "1234.5"), ("0.75", "0.75")]
)
def test_numbers_in_the_manner_of_the_other_language_are_understood(open_page, press, stored, typed, stored_text):
    page = open_page(FORM)
    page.go_to("/data/g/share")
    press(typed)
    press(Qt.Key.Key_Return)
    assert stored(page)["/data/g/share"] == stored_text


@pytest.mark.parametrize("ref", ["word", "long"])
def test_control_characters_and_a_megabyte_are_pasted_without_harm(open_page, press, stored, ref):
    page = open_page(FORM)
    page.go_to(f"/data/g/{ref}")
    QApplication.clipboard().setText("vor\x00\x07\x1b[31mnach\u202e\ud800".encode("utf-8", "replace").decode("utf-8"))
    press(Qt.Key.Key_V, CTRL)
    text = stored(page)[f"/data/g/{ref}"]
    assert "vor" in text
    assert not {"\x00", "\x07", "\x1b"} & set(text)
    QApplication.clipboard().setText("x" * 1_000_000)
    press(Qt.Key.Key_V, CTRL)
    said = page.questions.row(f"/data/g/{ref}").problem
    page.go_to("/data/g/last")
    kept = stored(page)[f"/data/g/{ref}"]
    assert kept.startswith("vor")
    assert "100000" in said.replace(".", "")
    press("weiter")
    assert stored(page)["/data/g/last"] == "weiter"


def test_a_note_takes_no_control_characters_and_no_megabyte(open_page, press, stored):
    page = open_page(FORM)
    press(Qt.Key.Key_M, CTRL)
    QApplication.clipboard().setText("Notiz\x07\x1b" + "x" * 1_000_000)
    press(Qt.Key.Key_V, CTRL)
    press(Qt.Key.Key_Return)
    stored(page)
    (note,) = page.conductor.notes
    assert note.text.startswith("Notizx")
    assert len(note.text) <= 10_000


HOUSEHOLD = """
|survey|
||type|name|label|repeat_count|
||text|place|Place||
||integer|children|Children||
||begin_repeat|child|Child|${children}|
{questions}
||end_repeat|||||
"""


def test_a_count_beyond_what_an_interview_holds_is_declined_in_words(open_page, press):
    many = "\n".join(f"||text|q{number}|Question {number}||" for number in range(120))
    page = open_page(HOUSEHOLD.replace("{questions}", many))
    page.conductor.answer("/data/place", "Dresden")
    page.conductor.answer("/data/children", "2")
    page.conductor.answer("/data/children", "600000000")
    assert page.questions.row("/data/children").problem
    assert page.interview.view("/data/children").text == "2"
    assert page.interview.view("/data/place").text == "Dresden"
    page.conductor.answer("/data/children", "3")
    assert page.interview.session.answers()["/data/children"] == "3"
    assert not page.questions.row("/data/children").problem
