"""Forms in the style ``theme-grid``: questions share rows by their widths; and no page scrolls into empty room."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication

GRID = """
|survey|
||type|name|label::Deutsch (de)|label::English (en)|appearance|relevant|
||begin_group|person|Person|Person|{group}||
||text|first|Vorname|First name|w2||
||text|last|Nachname|Last name|w2||
||text|middle|Mitte|Middle|w1|${{last}} = 'Lang'|
||integer|staff|Beschäftigte|Staff|w4||
||text|remark|Anmerkung|Remark|multiline||
||select_one yesno|member|Mitglied|Member|w3||
||date|since|Seit|Since|w3||
||end_group||||||
||begin_group|plain|Ohne Zahl|No number|||
||text|a|A|A|w1||
||text|b|B|B|w3||
||end_group||||||
|choices|
||list_name|name|label::Deutsch (de)|label::English (en)|
||yesno|yes|Ja|Yes|
||yesno|no|Nein|No|
|settings|
||form_id|style|default_language|
||grid|{style}|Deutsch (de)|
"""


@pytest.fixture
def open_grid(open_page, qapp):
    def open_(*, style="pages theme-grid", group="w6 field-list", width=1600):
        page = open_page(GRID.format(style=style, group=group))
        page.resize(width, 700)
        page.questions.rows()
        qapp.processEvents()
        return page

    return open_


def place(page, name, group="person"):
    """Left, top and width of a question on its page."""
    row = page.questions.row(f"/data/{group}/{name}")
    at = row.mapTo(page.questions.widget(), QPoint())
    return at.x(), at.y(), row.width()


def test_questions_share_rows_by_their_widths_and_fill_them(open_grid):
    page = open_grid()
    first, last, staff = (place(page, name) for name in ("first", "last", "staff"))
    remark, member, since = (place(page, name) for name in ("remark", "member", "since"))
    assert first[1] == last[1] < staff[1] < remark[1] < member[1] == since[1]
    assert first[0] < last[0]
    assert first[2] == remark[2] // 3  # two of six units
    assert first[2] + last[2] == staff[2] == remark[2] == member[2] + since[2]
    assert abs(member[2] - since[2]) <= 1


def test_a_row_of_a_group_without_a_width_has_four_units(open_grid, qapp):
    page = open_grid()
    page.travel.choose("/data/plain")
    page.questions.rows()
    qapp.processEvents()
    a, b = place(page, "a", "plain"), place(page, "b", "plain")
    assert a[1] == b[1]
    assert abs(b[2] - 3 * a[2]) <= 3


def test_rows_break_where_the_window_is_narrow(open_grid, qapp):
    page = open_grid(width=760)
    page.travel.choose("/data/plain")
    page.questions.rows()
    qapp.processEvents()
    a, b = place(page, "a", "plain"), place(page, "b", "plain")
    assert a[1] < b[1]
    assert a[2] == b[2]


def test_a_question_that_becomes_relevant_takes_its_place_in_the_row(open_grid, press, qapp):
    page = open_grid()
    page.go_to("/data/person/last")
    press("Lang")
    press(Qt.Key.Key_Tab)
    page.conductor.flush()
    qapp.processEvents()
    first, last, middle = (place(page, name) for name in ("first", "last", "middle"))
    assert first[1] == last[1] == middle[1]
    assert last[0] + last[2] == middle[0]


def test_tab_goes_along_the_rows(open_grid, press, qapp):
    page = open_grid()
    page.go_to("/data/person/first")
    order = []
    for _ in range(4):
        focused = QApplication.focusWidget()
        order.append(next(row.view.name for row in page.questions.rows() if row.isAncestorOf(focused)))
        press(Qt.Key.Key_Tab)
    assert order == ["first", "last", "staff", "remark"]


def test_both_languages_stand_one_below_the_other_in_a_narrow_cell(open_grid, qapp):
    page = open_grid()
    page.select_language("+")
    qapp.processEvents()
    texts = page.questions.row("/data/person/first")._texts
    assert texts.second.geometry().top() >= texts.wording.geometry().bottom()


def test_widths_mean_nothing_in_another_style(open_grid):
    page = open_grid(style="pages")
    first, last, staff = (place(page, name) for name in ("first", "last", "staff"))
    assert first[1] < last[1] < staff[1]
    assert first[2] == last[2] == staff[2]


@pytest.mark.parametrize("width", [760, 1278])
def test_a_page_ends_below_its_last_question(open_page, qapp, width):
    texts = "A wording of many words that needs several lines where the room is short. " * 3
    rows = "\n".join(f"||text|q{place}|{texts}||" for place in range(30))
    page = open_page(f"|survey|\n||type|name|label|hint|\n{rows}")
    page.resize(width, 700)
    questions = page.questions
    last = questions.rows()[-1]
    qapp.processEvents()
    below = questions.widget().height() - last.mapTo(questions.widget(), QPoint(0, last.height())).y()
    assert below <= 32
