"""Appearances that change a plain control: counters, bearings, addresses, stars, upright sliders, packed lists."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from roadmapdesk.desktop.interview.controls.bearing import BearingLine
from roadmapdesk.desktop.interview.controls.counter import CounterLine
from roadmapdesk.desktop.interview.controls.range_picker import RangePicker
from roadmapdesk.desktop.interview.controls.range_vertical import VerticalRange
from roadmapdesk.desktop.interview.controls.url_line import UrlLine, web_address

FORM = """
|survey|
||type|name|label|appearance|parameters|read_only|calculation|
||integer|count|Count|counter||||
||integer|money|Money|thousands-sep||||
||decimal|price|Price|thousands-sep||||
||text|phone|Phone|numbers thousands-sep||||
||decimal|course|Course|bearing||||
||text|link|Link|url||||
||text|home|Home|url||yes|'https://example.org/x'|
||barcode|token|Token|hidden-answer||||
||range|up|Up|vertical|start=0 end=100 step=10 tick_interval=50|||
||range|plain|Plain|no-ticks|start=0 end=100 step=10|||
||range|pick|Pick|picker|start=0 end=2 step=0.5|||
||range|stars|Stars|rating|start=1 end=5 step=1|||
||range|many|Many|rating|start=1 end=50 step=1|||
||select_one fruit|fast|Fast|minimal quick||||
||text|next|Next|||||
||select_one fruit|pack|Pack|columns-pack no-buttons||||
||select_one fruit|typed|Typed|autocomplete||||
||select_multiple fruit|heads|Heads|label||||
||text|after|After|||||
|choices|
||list_name|name|label|
||fruit|a|Apple|
||fruit|b|Banana|
||fruit|c|Cherry|
"""


@pytest.fixture
def page(open_page):
    return open_page(FORM)


def control(page, name):
    return page.questions.row(f"/data/{name}").control


def answer(page, name):
    page.conductor.flush()
    return page.interview.view(f"/data/{name}").text


def turn(widget, amount):
    at = QPointF(8, 8)
    wheel = QWheelEvent(
        at, widget.mapToGlobal(at), QPoint(), QPoint(0, amount), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(widget, wheel)


def test_a_counter_counts_from_nothing_by_mouse_and_keys_and_never_below_zero(page, qtbot, press):
    counter = control(page, "count")
    assert type(counter) is CounterLine
    assert not counter._less.isEnabled()
    qtbot.mouseClick(counter._more, Qt.MouseButton.LeftButton)
    assert answer(page, "count") == "1"
    counter._more.setFocus()
    press(Qt.Key.Key_Space)
    assert answer(page, "count") == "2"
    counter._less.setFocus()
    for _time in range(3):
        press(Qt.Key.Key_Space) if counter._less.hasFocus() else None
    assert answer(page, "count") == "0"
    counter.line.setFocus()
    press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    press("-7")
    press(Qt.Key.Key_Return)
    assert answer(page, "count") == "-7"
    qtbot.mouseClick(counter._more, Qt.MouseButton.LeftButton)
    assert answer(page, "count") == "-6"


@pytest.mark.parametrize(
    ("name", "typed", "stored", "shown"),
    [
        ("money", "1234567", "1234567", "1.234.567"), ("price", "1.234.567,5", "1234567.5", "1.234.567,5"),
        ("phone", "1234567", "1234567", "1.234.567"), ("phone", "0351123", "0351123", "0351123"),
        ("phone", "1.234", "1234", "1.234"),
    ],
)  # fmt: skip
def test_thousands_are_shown_in_groups_and_stored_without(page, press, name, typed, stored, shown):
    page.go_to(f"/data/{name}")
    press(typed)
    press(Qt.Key.Key_Return)
    assert answer(page, name) == stored
    assert control(page, name).line.text() == shown


@pytest.mark.parametrize(("typed", "stored"), [("0", "0"), ("359,5", "359.5"), ("90°", "90"), ("360", "360")])
def test_a_bearing_is_typed_in_degrees(page, press, typed, stored):
    assert type(control(page, "course")) is BearingLine
    page.go_to("/data/course")
    press(typed)
    press(Qt.Key.Key_Return)
    assert answer(page, "course") == stored
    assert control(page, "course")._rose._degrees == float(stored)


@pytest.mark.parametrize("typed", ["361", "-1", "north"])
def test_what_is_no_bearing_is_refused_and_stays_in_the_line(page, press, typed):
    page.go_to("/data/course")
    press(typed)
    press(Qt.Key.Key_Return)
    assert page.questions.row("/data/course").problem
    assert answer(page, "course") == ""
    assert control(page, "course").line.text() == typed


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("https://example.org/a b", ""), ("https://example.org/a", "https://example.org/a"),
        (" http://example.org ", "http://example.org"), ("file:///etc/passwd", ""), ("javascript:alert(1)", ""),
        ("example.org", ""), ("https://", ""), ("", ""),
    ],
)  # fmt: skip
def test_only_web_addresses_are_opened(text, address):
    assert web_address(text) == address


def test_an_address_is_kept_as_typed_and_opened_only_by_its_button(page, press):
    page.go_to("/data/link")
    press("example.org")
    assert not control(page, "link")._open.isEnabled()
    press(Qt.Key.Key_Home)
    press("https://")
    assert control(page, "link")._open.isEnabled()
    press(Qt.Key.Key_Return)
    assert answer(page, "link") == "https://example.org"
    home = control(page, "home")
    assert type(home) is UrlLine
    assert home.line.isReadOnly()
    assert home._open.isEnabled()


def test_a_hidden_code_is_stored_and_not_shown(page, press):
    page.go_to("/data/token")
    press("4006")
    press(Qt.Key.Key_Return)
    assert answer(page, "token") == "4006"
    assert control(page, "token").line.echoMode() == QLineEdit.EchoMode.Password


def test_an_upright_slider_moves_by_keys_and_by_pointing(page, press, qtbot):
    upright = control(page, "up")
    assert type(upright) is VerticalRange
    page.go_to("/data/up")
    press(Qt.Key.Key_Up)
    assert answer(page, "up") == "60"
    slider = upright._slider
    assert slider.tickInterval() == 5
    qtbot.mouseClick(slider, Qt.MouseButton.LeftButton, pos=QPoint(slider.width() // 2, 1))
    assert answer(page, "up") == "100"
    qtbot.mouseClick(slider, Qt.MouseButton.LeftButton, pos=QPoint(slider.width() // 2, slider.height() - 2))
    assert answer(page, "up") == "0"


def test_pointing_at_the_resting_place_of_a_slider_is_an_answer(page, qtbot):
    slider = control(page, "plain")._slider
    assert answer(page, "plain") == ""
    assert not slider.is_answered
    qtbot.mouseClick(slider, Qt.MouseButton.LeftButton, pos=slider.handle().toPoint())
    assert answer(page, "plain") == "50"
    assert slider.is_answered


def test_a_value_is_picked_from_a_closed_list(page, press):
    picker = control(page, "pick")
    assert type(picker) is RangePicker
    page.go_to("/data/pick")
    press("2")
    assert answer(page, "pick") == "0.5"
    assert picker.combo.currentText() == "0,5"
    press(Qt.Key.Key_Delete)
    assert answer(page, "pick") == ""


def test_stars_are_filled_up_to_the_chosen_one(page, qtbot):
    stars = control(page, "stars")
    buttons = list(stars.inputs())
    qtbot.mouseClick(buttons[2], Qt.MouseButton.LeftButton)
    assert answer(page, "stars") == "3"
    assert [button.is_filled for button in buttons] == [True, True, True, False, False]
    assert control(page, "many").inputs()[0].maximum() == 49


def test_quick_goes_on_from_a_closed_list_too(page, press, qtbot):
    page.go_to("/data/fast")
    press("2")
    qtbot.waitUntil(lambda: page.questions.current == "/data/next")
    assert answer(page, "fast") == "b"


def test_packed_options_stand_side_by_side_without_marks(page, qtbot, qapp):
    page.go_to("/data/pack")
    qapp.processEvents()
    options = control(page, "pack").inputs()
    assert len({option.y() for option in options}) == 1
    assert not options[0].face.has_mark
    qtbot.mouseClick(options[1], Qt.MouseButton.LeftButton)
    assert answer(page, "pack") == "b"


def test_a_row_of_labels_takes_no_answer(page):
    assert control(page, "heads").inputs() == ()


@pytest.mark.parametrize("name", ["up", "plain", "pick", "stars", "count", "course"])
@pytest.mark.parametrize("amount", [120, -120])
def test_the_wheel_changes_no_answer_with_or_without_focus(page, name, amount):
    for widget in control(page, name).inputs():
        turn(widget, amount)
        widget.setFocus()
        turn(widget, amount)
    assert answer(page, name) == ""


@pytest.mark.parametrize("name", ["count", "course", "link", "token", "phone"])
def test_a_megabyte_and_control_characters_are_taken_with_words_or_not_at_all(page, press, name):
    page.go_to(f"/data/{name}")
    QApplication.clipboard().setText("7\x00\x07" + "7" * 1_000_000)
    press(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    row = page.questions.row(f"/data/{name}")
    control(page, name).commit()
    stored = answer(page, name)
    assert row.problem or stored
    assert "\x00" not in stored
    assert len(stored) <= 100_000


def test_each_input_has_a_name_and_those_of_one_question_differ(page):
    for row in page.questions.rows():
        names = [widget.accessibleName() for widget in row.control.inputs()]
        assert all(names), row.ref
        assert len(set(names)) == len(names), row.ref


def test_a_text_that_no_entry_contains_says_which_answer_still_holds(page):
    typed = control(page, "typed")
    line = typed.combo.lineEdit()
    refusals = []
    typed.input_refused.connect(refusals.append)
    line.setText("Banana")
    typed.commit()
    assert answer(page, "typed") == "b"
    line.setText("Quince")
    typed.commit()
    assert answer(page, "typed") == "b"
    assert "„Banana“" in refusals[-1]
    line.setText("an")
    typed.commit()
    line.setText("e")
    typed.commit()
    assert "„Banana“" in refusals[-1]


def test_a_line_that_is_searched_can_be_marked_and_replaced_by_keys(page):
    typed = control(page, "typed")
    line = typed.combo.lineEdit()
    line.setText("Banana")
    typed.combo.setFocus()
    QTest.keyClick(typed.combo, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert line.selectedText() == "Banana"
    QTest.keyClick(typed.combo, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text() == "Banana"
    QTest.keyClicks(typed.combo, "Cherry")
    typed.commit()
    assert answer(page, "typed") == "c"


def test_a_combo_box_grows_for_a_long_name(open_page):
    name = "Institut für sehr lange Bezeichnungen von Einrichtungen der Radiopharmazie in Sachsen e. V."
    rows = "".join(f"||org|o{number}|{name} {number}|\n" for number in range(20))
    page = open_page(
        "|survey|\n||type|name|label|appearance|\n||select_one org|who|Who|minimal|\n"
        "|choices|\n||list_name|name|label|\n" + rows
    )
    combo = control(page, "who").combo
    control(page, "who")._take(3)
    page.conductor.flush()
    assert combo.maximumWidth() >= combo.fontMetrics().horizontalAdvance(name)
