"""Each control on a form of its own: what is entered, what is stored, what is shown again, and its name."""

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtWidgets import QApplication

from roadmapdesk.desktop.interview.controls.acknowledge import Acknowledge
from roadmapdesk.desktop.interview.controls.attachment import AttachmentField
from roadmapdesk.desktop.interview.controls.barcode import BarcodeLine
from roadmapdesk.desktop.interview.controls.calculated import CalculatedValue, show_value
from roadmapdesk.desktop.interview.controls.coordinates import join_point, split_point
from roadmapdesk.desktop.interview.controls.date_line import DateLine
from roadmapdesk.desktop.interview.controls.date_time import DateTimeLine
from roadmapdesk.desktop.interview.controls.decimal import DecimalLine
from roadmapdesk.desktop.interview.controls.geopoint import GeopointLines
from roadmapdesk.desktop.interview.controls.integer import IntegerLine
from roadmapdesk.desktop.interview.controls.keys import anchor, option_keys
from roadmapdesk.desktop.interview.controls.line import clean_typed
from roadmapdesk.desktop.interview.controls.masked_line import MaskedLine
from roadmapdesk.desktop.interview.controls.month_line import MonthLine, YearLine
from roadmapdesk.desktop.interview.controls.note import NoteDisplay
from roadmapdesk.desktop.interview.controls.range_slider import RangeSlider
from roadmapdesk.desktop.interview.controls.range_steps import RangeSteps
from roadmapdesk.desktop.interview.controls.rank import RankList
from roadmapdesk.desktop.interview.controls.rating import RatingRow
from roadmapdesk.desktop.interview.controls.scale import ScaleRow
from roadmapdesk.desktop.interview.controls.select_many import SelectManyList, read_codes, write_codes
from roadmapdesk.desktop.interview.controls.select_minimal import SelectMinimal
from roadmapdesk.desktop.interview.controls.select_one import SelectOneList
from roadmapdesk.desktop.interview.controls.text_area import TextArea
from roadmapdesk.desktop.interview.controls.text_line import TextLine
from roadmapdesk.desktop.interview.controls.time_line import TimeLine
from roadmapdesk.xforms.session.view import Choice

FORM = """
|survey|
||type|name|label|appearance|parameters|calculation|
||text|line|Line||||
||text|area|Area|multiline|||
||text|secret|Secret|masked|||
||barcode|code|Code||||
||integer|whole|Whole||||
||decimal|part|Part||||
||date|day|Day||||
||date|month|Month|month-year|||
||date|year|Year|year|||
||time|clock|Clock||||
||dateTime|moment|Moment||||
||select_one fruit|one|One||||
||select_one fruit|short|Short|minimal|||
||select_one fruit|odd|Odd|some-unknown-appearance|||
||select_multiple fruit|many|Many||||
||select_one points|scale|Scale|likert|||
||rank fruit|order|Order||||
||range|slide|Slide||start=0 end=10 step=2||
||range|stars|Stars|rating|start=1 end=5 step=1||
||acknowledge|read|Read||||
||geopoint|place|Place||||
||image|picture|Picture||||
||file|paper|Paper||||
||note|remark|Remark||||
||text|sum|Sum|||1 + 1|
|choices|
||list_name|name|label|
||fruit|a|Apple|
||fruit|b|Banana|
||fruit|c|Cherry|
||points|1|1 - low|
||points|2|2 - high|
||points|98|don't know|
"""
KINDS = {
    "line": TextLine, "area": TextArea, "secret": MaskedLine, "code": BarcodeLine, "whole": IntegerLine,
    "part": DecimalLine, "day": DateLine, "month": MonthLine, "year": YearLine, "clock": TimeLine,
    "moment": DateTimeLine, "one": SelectOneList, "short": SelectMinimal, "odd": SelectOneList,
    "many": SelectManyList, "scale": ScaleRow, "order": RankList, "slide": RangeSlider, "stars": RatingRow,
    "read": Acknowledge, "place": GeopointLines, "picture": AttachmentField, "paper": AttachmentField,
    "remark": NoteDisplay, "sum": CalculatedValue,
}  # fmt: skip


@pytest.fixture
def page(open_page):
    return open_page(FORM)


def control(page, name):
    return page.questions.row(f"/data/{name}").control


def test_every_kind_of_question_has_its_control_and_each_input_a_name(page):
    for name, kind in KINDS.items():
        found = control(page, name)
        assert type(found) is kind, name
        for widget in found.inputs():
            assert widget.accessibleName(), name


@pytest.mark.parametrize(
    ("name", "typed", "stored", "shown"),
    [
        ("line", "  R&D <b> ", "R&D <b>", "R&D <b>"),
        ("secret", "abc", "abc", "abc"),
        ("code", "4006381333931", "4006381333931", "4006381333931"),
        ("whole", "1.234", "1234", "1234"),
        ("part", "-1,50", "-1.50", "-1,50"),
        ("day", "1.2.2026", "2026-02-01", "01.02.2026"),
        ("month", "2/2026", "2026-02-01", "02.2026"),
        ("year", "2026", "2026-01-01", "2026"),
    ],
)
def test_a_typed_line_is_stored_and_shown_in_the_languages_manner(page, stored, name, typed, shown, press, request):
    wanted = request.node.callspec.params["stored"]
    page.go_to(f"/data/{name}")
    press(typed)
    press(Qt.Key.Key_Return)
    line = control(page, name).line
    assert line.text() == shown
    page.conductor.flush()
    assert page.interview.view(f"/data/{name}").text == wanted


def test_a_time_is_stored_with_its_zone_and_shown_to_the_minute(page, press):
    page.go_to("/data/clock")
    press("930")
    press(Qt.Key.Key_Return)
    assert control(page, "clock").line.text() == "09:30"
    assert page.interview.view("/data/clock").text.startswith("09:30:00")


def test_date_and_time_become_one_moment_when_both_are_there(page, press):
    page.go_to("/data/moment")
    press("1.2.2026")
    press(Qt.Key.Key_Tab)
    assert page.interview.view("/data/moment").text == ""
    press("9:05")
    press(Qt.Key.Key_Return)
    assert page.interview.view("/data/moment").text.startswith("2026-02-01T09:05:00")
    assert page.questions.row("/data/moment").problem == ""


def test_a_text_area_breaks_lines_with_enter_and_is_left_with_tab(page, press):
    page.go_to("/data/area")
    press("eins")
    press(Qt.Key.Key_Return)
    press("zwei")
    press(Qt.Key.Key_Tab)
    assert page.interview.view("/data/area").text == "eins\nzwei"
    assert page.questions.current == "/data/secret"


def test_a_pasted_megabyte_is_refused_with_words_and_nothing_is_lost(page, press):
    page.go_to("/data/area")
    press("vorher")
    field = control(page, "area").field
    data = QMimeData()
    data.setText("x" * 1_000_000)
    field.insertFromMimeData(data)
    assert field.toPlainText() == "vorher"
    assert "1000000" in page.questions.row("/data/area").problem


def test_control_characters_never_reach_an_answer():
    assert clean_typed("a\x00b\x07\ud800c\r\nd") == "abc d"
    assert clean_typed("a\r\nb\u2028c\td", keeps_lines=True) == "a\nb\nc\td"


def test_a_minimal_select_opens_with_down_and_takes_digits_and_delete(page, press):
    page.go_to("/data/short")
    combo = control(page, "short").combo
    press("2")
    assert page.interview.view("/data/short").text == "b"
    press(Qt.Key.Key_Down)
    assert combo.view().isVisible()
    assert page.interview.view("/data/short").text == "b"
    combo.hidePopup()
    press(Qt.Key.Key_Delete)
    assert page.interview.view("/data/short").text == ""
    assert combo.currentIndex() == -1


def test_several_choices_are_stored_in_the_order_of_the_list(page, press):
    page.go_to("/data/many")
    press("3")
    press("1")
    assert page.interview.view("/data/many").text == "a c"
    press(Qt.Key.Key_Space)
    assert page.interview.view("/data/many").text == "c"
    assert write_codes(read_codes("z b a"), ("a", "b")) == "a b z"


def test_the_focused_point_of_a_scale_is_explained_below_it(page, press):
    page.go_to("/data/scale")
    press(Qt.Key.Key_Right)
    assert "high" in control(page, "scale")._anchor.text()
    assert page.interview.view("/data/scale").text == ""
    press(Qt.Key.Key_Space)
    assert page.interview.view("/data/scale").text == "2"
    press("8")
    assert page.interview.view("/data/scale").text == "98"


def test_a_rank_is_moved_by_keys_and_taken_as_it_stands(page, press):
    page.go_to("/data/order")
    control(page, "order")._take.click()
    assert page.interview.view("/data/order").text == "a b c"
    press(Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert page.interview.view("/data/order").text == "b a c"
    press(Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert page.interview.view("/data/order").text == "a b c"


def test_a_range_is_moved_in_its_steps_and_typed_values_are_checked(page, press):
    page.go_to("/data/slide")
    press(Qt.Key.Key_Right)
    assert page.interview.view("/data/slide").text == "6"
    line = control(page, "slide")._line
    line.setText("7")
    control(page, "slide").commit()
    assert page.questions.row("/data/slide").problem
    assert page.interview.view("/data/slide").text == "6"
    steps = RangeSteps({"start": "1", "end": "0", "step": "0.25"})
    assert [steps.text(place) for place in range(steps.count + 1)] == ["1", "0.75", "0.50", "0.25", "0"]
    assert steps.place("0.5") == 2
    assert steps.place("0.6") is None


def test_points_of_a_range_are_chosen_by_digit(page, press):
    page.go_to("/data/stars")
    press("4")
    assert page.interview.view("/data/stars").text == "4"


def test_acknowledging_stores_ok(page, press):
    page.go_to("/data/read")
    press("1")
    assert page.interview.view("/data/read").text == "OK"
    press(Qt.Key.Key_Space)
    assert page.interview.view("/data/read").text == ""


def test_a_pasted_pair_of_coordinates_becomes_a_point(page, press):
    assert split_point("51.05, 13.74") == ("51.05", "13.74", "", "")
    assert join_point("1", "2", "", "") == "1 2 0 0"
    page.go_to("/data/place")
    lines = control(page, "place").inputs()
    lines[0].setText("95")
    lines[1].setText("13,74")
    press(Qt.Key.Key_Return)
    assert page.questions.row("/data/place").problem
    lines[0].setText("51,05")
    control(page, "place").commit()
    assert page.interview.view("/data/place").text == "51.05 13.74 0 0"


def test_calculated_values_are_shown_in_the_languages_manner(page):
    assert control(page, "sum").inputs() == ()
    assert control(page, "sum")._value.text() == "2"
    assert show_value("1234.5", "decimal") == "1234,5"
    assert show_value("", "string") == "–"


def test_keys_are_the_codes_of_a_scale_and_places_of_other_lists():
    zero = option_keys([Choice("0", "0"), Choice("1", "1"), Choice("99", "no answer")])
    assert zero.plain == {0: "0", 1: "1", 9: "99"}
    trl = option_keys([Choice(str(n), str(n)) for n in range(1, 10)] + [Choice("98", "?")])
    assert trl.plain[8] == "8"
    assert trl.held == {8: "98"}
    assert option_keys([Choice("yes", "Yes"), Choice("no", "No")]).plain == {1: "yes", 2: "no"}
    assert anchor("5 - among the leaders") == "among the leaders"


def test_delete_takes_an_answer_of_a_list_away(page, press):
    page.go_to("/data/one")
    press("2")
    assert page.interview.view("/data/one").text == "b"
    press(Qt.Key.Key_Delete)
    assert page.interview.view("/data/one").text == ""
    assert not any(widget.isChecked() for widget in control(page, "one").inputs())


def test_the_masked_answer_is_hidden_until_a_person_looks(page, press):
    page.go_to("/data/secret")
    press("x")
    line = control(page, "secret").line
    assert line.displayText() != "x"
    control(page, "secret")._reveal.click()
    assert line.displayText() == "x"
    assert QApplication.focusWidget() is not None
