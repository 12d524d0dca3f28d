"""Questions whose calculation may keep what is typed are answered like any other."""

from PySide6.QtCore import Qt

FORM = """
| survey |
| | type | name | label::Deutsch (de) | calculation |
| | begin_group | g | Namen | |
| | text | who | Wer? | |
| | calculate | made | | ${who} |
| | select_one yn | own | Soll der Name so lauten? | if(${made} = ${name}, 'true', 'false') |
| | text | name | Name | if(selected(${own}, 'true'), ${made}, .) |
| | text | fixed | Ort | if(${who} = 'Mary', 'Leipzig', .) |
| | end_group | | | |
| choices |
| | list_name | name | label::Deutsch (de) |
| | yn | true | Ja |
| | yn | false | Nein |
"""


def test_a_name_is_typed_and_the_made_one_chosen_again(open_page, press, stored):
    page = open_page(FORM)
    page.go_to("/data/g/who")
    press("Mary")
    press(Qt.Key.Key_Return)
    page.go_to("/data/g/name")
    press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    press("Mine")
    press(Qt.Key.Key_Return)
    answers = stored(page)
    assert (answers["/data/g/name"], answers["/data/g/own"]) == ("Mine", "false")
    page.go_to("/data/g/own")
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Up)
    press(Qt.Key.Key_Space)
    answers = stored(page)
    assert (answers["/data/g/name"], answers["/data/g/own"]) == ("Mary", "true")
    assert page.questions.row("/data/g/name").control.line.text() == "Mary"


def test_an_answer_that_its_calculation_overrules_is_shown_as_it_is_stored(open_page, press, stored):
    page = open_page(FORM)
    page.go_to("/data/g/who")
    press("Mary")
    press(Qt.Key.Key_Return)
    page.go_to("/data/g/fixed")
    press("x")
    press(Qt.Key.Key_Return)
    assert stored(page)["/data/g/fixed"] == "Leipzig"
    page.conductor.flush()
    assert page.questions.row("/data/g/fixed").control.line.text() == "Leipzig"
