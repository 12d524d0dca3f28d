"""Lines and shapes: typed, pasted, moved and removed; what is stored, and what is said where something is wrong."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QWheelEvent
from PySide6.QtWidgets import QApplication

from roadmapdesk.desktop.interview.controls.coordinates import read_points, split_point
from roadmapdesk.desktop.interview.controls.geoshape import GeoshapeTable
from roadmapdesk.desktop.interview.controls.geotrace import GeotraceTable
from roadmapdesk.desktop.interview.controls.shape_sketch import round_length, shown_area, shown_length
from roadmapdesk.xforms.geometry import Point, area_m2, crosses_itself, length_m

FORM = """
|survey|
||type|name|label|
||geotrace|way|Way|
||geoshape|field|Field|
||geopoint|spot|Spot|
||text|after|After|
"""
SQUARE = "51,00 13,00\n51,00 13,01\n51,01 13,01\n51,01 13,00\n51,00 13,00"


@pytest.fixture
def page(open_page):
    return open_page(FORM)


@pytest.fixture
def paste(press):
    def run(text):
        QGuiApplication.clipboard().setText(text)
        press(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)

    return run


def control(page, name):
    return page.questions.row(f"/data/{name}").control


def answer(page, name):
    page.conductor.flush()
    return page.interview.view(f"/data/{name}").text


def type_points(press, *numbers):
    for number in numbers:
        press(number[0])  # opens the cell, which has the focus from then on
        press(number[1:])
        press(Qt.Key.Key_Return)


def test_a_line_is_typed_from_field_to_field_with_enter(page, press):
    page.go_to("/data/way")
    assert type(control(page, "way")) is GeotraceTable
    type_points(press, "51,05", "13,74", "51,06", "13,75")
    assert answer(page, "way") == "51.05 13.74 0 0; 51.06 13.75 0 0"
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Return)
    assert page.questions.current == "/data/field"
    assert "1,3" in control(page, "way")._summary.text()


def test_one_point_is_no_line_and_is_said_only_when_the_question_is_left(page, press):
    page.go_to("/data/way")
    type_points(press, "51,05", "13,74")
    row = page.questions.row("/data/way")
    assert row.problem == ""
    page.go_to("/data/after")
    assert row.problem
    assert answer(page, "way") == ""
    assert control(page, "way")._model.count == 1


@pytest.mark.parametrize("typed", ["95", "abc", "5e1", "--5"])
def test_a_wrong_number_is_named_with_its_point_and_stays_in_the_table(page, press, typed):
    page.go_to("/data/way")
    type_points(press, "51", "13", typed, "14")
    problem = page.questions.row("/data/way").problem
    assert "2" in problem
    assert control(page, "way")._model.typed()[1][0] == typed
    assert answer(page, "way") == ""


def test_points_are_inserted_moved_and_removed_by_keys(page, press, paste):
    page.go_to("/data/way")
    paste("1 1\n2 2\n3 3")
    table = control(page, "way").table
    table.go_to(0)
    press(Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert answer(page, "way").startswith("2 2 0 0; 1 1 0 0; 3 3")
    press(Qt.Key.Key_Delete)
    assert answer(page, "way") == "2 2 0 0; 3 3 0 0"
    table.go_to(0)
    press(Qt.Key.Key_Insert)
    type_points(press, "9", "9")
    press(Qt.Key.Key_Escape)
    assert answer(page, "way") == "9 9 0 0; 2 2 0 0; 3 3 0 0"


def test_points_are_inserted_moved_and_removed_with_the_mouse(page, qtbot, press, paste):
    page.go_to("/data/way")
    paste("1 1\n2 2\n3 3")
    way = control(page, "way")
    way.table.go_to(2)
    qtbot.mouseClick(way._up, Qt.MouseButton.LeftButton)
    assert answer(page, "way") == "1 1 0 0; 3 3 0 0; 2 2 0 0"
    qtbot.mouseClick(way._remove, Qt.MouseButton.LeftButton)
    assert answer(page, "way") == "1 1 0 0; 2 2 0 0"


def test_a_pasted_shape_is_closed_once_and_measured(page, press, paste):
    page.go_to("/data/field")
    assert type(control(page, "field")) is GeoshapeTable
    paste(SQUARE)
    stored = answer(page, "field")
    assert stored.count(";") == 4
    assert stored.endswith("; 51.00 13.00 0 0")
    assert control(page, "field")._model.count == 4
    assert "ha" in control(page, "field")._summary.text()
    page.show_section(page.section)
    assert control(page, "field")._model.count == 4


def test_a_border_that_crosses_itself_is_doubted_and_kept(page, press, paste):
    page.go_to("/data/field")
    paste("0 0\n1 1\n1 0\n0 1")
    assert control(page, "field")._warning.text()
    assert answer(page, "field")


@pytest.mark.parametrize("text", ["hello", "1 1\nno point", "x" * 1_100_000, "1 1\n" * 2_500, "\x00\x07"])
def test_what_is_no_list_is_refused_with_words_and_nothing_is_lost(page, press, paste, text):
    page.go_to("/data/way")
    paste("1 1\n2 2")
    paste(text)
    assert page.questions.row("/data/way").problem
    assert answer(page, "way") == "1 1 0 0; 2 2 0 0"


def test_the_wheel_over_the_table_scrolls_the_page_and_changes_nothing(page, press, paste, qtbot):
    page.go_to("/data/way")
    paste("\n".join(f"{n} {n}" for n in range(20)))
    table = control(page, "way").table
    page.go_to("/data/after")
    before = table.verticalScrollBar().value()
    at = QPointF(40, 40)
    wheel = QWheelEvent(
        at, table.viewport().mapToGlobal(at), QPoint(), QPoint(0, -240), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(table.viewport(), wheel)
    assert table.verticalScrollBar().value() == before


def test_every_input_of_a_line_has_a_name_of_its_own(page):
    for name in ("way", "field"):
        names = [widget.accessibleName() for widget in control(page, name).inputs()]
        assert all(names)
        assert len(set(names)) == len(names)


def test_a_german_number_typed_as_latitude_is_no_pair(page, press):
    page.go_to("/data/spot")
    press("51,05")
    press(Qt.Key.Key_Tab)
    press("13,74")
    press(Qt.Key.Key_Return)
    assert answer(page, "spot") == "51.05 13.74 0 0"


def test_a_pair_typed_or_pasted_into_one_line_fills_both(page, press, paste):
    page.go_to("/data/spot")
    press("51.05, 13.74")
    press(Qt.Key.Key_Return)
    assert answer(page, "spot") == "51.05 13.74 0 0"
    page.go_to("/data/spot")
    press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    paste("51°3'0\"N 13°44'24\"E")
    assert answer(page, "spot") == "51.05 13.74 0 0"


@pytest.mark.parametrize(
    ("text", "latitude", "longitude"),
    [
        ("51.05, 13.74", "51.05", "13.74"), ("51,05; 13,74", "51.05", "13.74"), ("51,05 13,74", "51.05", "13.74"),
        ("51.05,13.74", "51.05", "13.74"), ("-33.9 18.4 12 3", "-33.9", "18.4"), ("−33,9\t18,4", "-33.9", "18.4"),
        ("51°3'N 13°44'24\"O", "51.05", "13.74"), ("N 51.05° E 13.74°", "51.05", "13.74"),
        ("13°44'24\"E 51°3'N", "51.05", "13.74"), ("33°54'S 18°24'W", "-33.9", "-18.4"),
    ],
)  # fmt: skip
def test_coordinates_are_understood_in_many_spellings(text, latitude, longitude):
    assert split_point(text)[:2] == (latitude, longitude)


@pytest.mark.parametrize("text", ["51,05", "51", "51,13", "", "1 2 3 4 5", "51° 13", "a b"])
def test_what_is_no_pair_is_none(text):
    assert split_point(text) is None


def test_a_stored_line_and_a_list_with_a_heading_are_read():
    assert len(read_points("1 2 0 0; 3 4 0 0").points) == 2
    assert len(read_points("lat;lon\n1;2\n3;4\n").points) == 2


def test_measures_agree_with_known_values():
    quarter = length_m([Point(0, 0), Point(90, 0)])
    assert quarter == pytest.approx(10_018_696, rel=1e-4)
    degree = area_m2([Point(0, 0), Point(0, 1), Point(1, 1), Point(1, 0)])
    assert degree == pytest.approx(1.2391e10, rel=1e-3)
    assert crosses_itself([Point(0, 0), Point(1, 1), Point(1, 0), Point(0, 1), Point(0, 0)])
    assert not crosses_itself([Point(0, 0), Point(0, 1), Point(1, 1), Point(1, 0), Point(0, 0)])
    assert (round_length(740), round_length(0.03), round_length(0)) == (500, 0.02, 0)
    assert shown_length(532) == "532 m"
    assert shown_length(1234) == "1,23 km"
    assert (shown_area(532), shown_area(12_000), shown_area(3_400_000)) == ("532 m²", "1,20 ha", "3,40 km²")
