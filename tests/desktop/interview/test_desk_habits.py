"""Habits around the questions: finding, notes, locks, the reading window, large text, wide screens."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QListView

from roadmapdesk.desktop.interview.headings import AddCard
from roadmapdesk.desktop.interview.section_page import WIDEST
from roadmapdesk.desktop.search_dialog import SearchDialog
from roadmapdesk.domain.actors import Actor, ActorType
from roadmapdesk.domain.question_roles import Role

CTRL = Qt.KeyboardModifier.ControlModifier
LEFT = Qt.MouseButton.LeftButton

FORM = """
|survey|
||type|name|label|hint|guidance_hint|required|read_only|relevant|
||begin_group|one|A  First part||||||
||text|word|A1  A word|A hint|Only for the interviewer|yes|||
||select_one yesno|closed|A2  Closed?||||||
||text|locked|A3  Details||||${closed} = 'yes'||
||end_group|
||begin_group|two|B  Second part||||||
||text|other|B1  More||||||
||end_group|
|choices|
||list_name|name|label|
||yesno|yes|Yes|
||yesno|no|No|
"""


def finder(look, words: str) -> list[str]:
    """What the open finder lists for these words."""
    dialog = look.prompts.dialogs[-1]
    assert isinstance(dialog, SearchDialog)
    dialog.show()
    QTest.keyClicks(dialog.findChild(QLineEdit), words)
    model = dialog.findChild(QListView).model()
    return [model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(model.rowCount())]


def test_find_searches_questions_answers_and_notes_and_go_to_only_questions(open_page, press, stored, look):
    page = open_page(FORM)
    press("Stichwort")
    press(Qt.Key.Key_M, CTRL)
    press("Nachfrage zur Einheit")
    press(Qt.Key.Key_Return)
    stored(page)
    page.go_to("/data/two/other")
    press(Qt.Key.Key_F, CTRL)
    assert finder(look, "stichwort") == ["Frage, A1 A word, Stichwort"]
    press(Qt.Key.Key_F, CTRL)
    assert finder(look, "nachfrage") == ["Notiz, Nachfrage zur Einheit, A1"]
    QTest.keyClick(look.prompts.dialogs[-1].findChild(QLineEdit), Qt.Key.Key_Return)
    assert page.questions.current == "/data/one/word"
    press(Qt.Key.Key_G, CTRL)
    assert finder(look, "stichwort") == []
    assert any("stichwort" in label.text() for label in look.prompts.dialogs[-1].findChildren(QLabel))


def test_a_click_on_a_note_leads_to_its_question(open_page, press, stored):
    page = open_page(FORM)
    press(Qt.Key.Key_M, CTRL)
    press("Spaeter nachfragen")
    press(Qt.Key.Key_Return)
    stored(page)
    page.go_to("/data/two/other")
    link = next(button for button in page.notes.findChildren(type(page.controls.check)) if button.text() == "A1")
    QTest.mouseClick(link, LEFT)
    assert page.questions.current == "/data/one/word"
    assert page.section == "/data/one"


def test_a_locked_question_names_the_one_that_locks_it(open_page, stored):
    page = open_page(FORM)
    page.conductor.answer("/data/one/closed", "yes")
    row = page.questions.row("/data/one/locked")
    assert row.lock == "Gesperrt durch die Antwort auf A2"
    page.conductor.answer("/data/one/closed", "no")
    assert row.lock == ""


def test_the_reading_window_shows_only_the_question_and_follows(open_page, press, qtbot):
    page = open_page(FORM)
    press(Qt.Key.Key_R, CTRL)
    window = page.speech.reading
    qtbot.addWidget(window)
    texts = [label.text() for label in window.findChildren(QLabel) if label.isVisible()]
    assert "A word" in texts
    assert "A hint" in texts
    assert not any("interviewer" in text or "A1" in text for text in texts)
    page.go_to("/data/two/other")
    assert "More" in [label.text() for label in window.findChildren(QLabel) if label.isVisible()]
    QTest.keyClick(window, Qt.Key.Key_F11)
    assert window.isFullScreen()
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert not window.isVisible()


def test_guidance_is_shown_to_the_interviewer_and_can_be_hidden(open_page, press):
    page = open_page(FORM)
    row = page.questions.row("/data/one/word")

    def guidance() -> bool:
        return any(label.isVisible() and "interviewer" in label.text() for label in row.findChildren(QLabel))

    assert guidance()
    press(Qt.Key.Key_I, CTRL)
    assert not guidance()


def test_in_large_text_the_notes_fold_and_a_button_brings_them_back(open_page, press, look, stored):
    page = open_page(FORM)
    button = page.columns.notes_button
    assert page.notes.isVisible()
    assert not button.isVisible()
    look.theme.set_factor(2.0)
    assert not page.notes.isVisible()
    assert button.text() == "Notizen (0)"
    QTest.mouseClick(button, LEFT)
    assert page.notes.isVisible()
    QTest.mouseClick(button, LEFT)
    assert not page.notes.isVisible()
    page.questions.focus_question("/data/one/word")
    press(Qt.Key.Key_M, CTRL)
    assert page.notes.isAncestorOf(QApplication.focusWidget())
    press("gross")
    press(Qt.Key.Key_Return)
    assert not page.notes.isVisible()
    assert button.text() == "Notizen (1)"


def test_the_list_of_problems_leaves_room_for_the_questions(open_page, look):
    page = open_page()
    look.theme.set_factor(2.0)
    page.closing.check()
    assert page.problems.isVisible()
    QApplication.processEvents()
    assert page.problems.height() < page.questions.height()


def test_on_a_wide_screen_answers_stay_near_their_questions(open_page):
    page = open_page(FORM)
    page.resize(1832, 960)
    QApplication.processEvents()
    row = page.questions.row("/data/one/word")
    assert row.width() <= WIDEST
    assert row.mapTo(page.questions, QPoint()).x() < 40
    assert page.outline.width() > 300


CLICKED = """
|survey|
||type|name|label|constraint|constraint_message|relevant|
||begin_group|g|A  Part||||
||integer|count|A1  How many?|. < 100|Fewer than 100.||
||text|why|A2  Why?|||${count} > 90|
||select_one yesno|sure|A3  Sure?||||
||date|day|A4  When?||||
||begin_repeat|card|B  Cards||||
||text|inner|B1  A word||||
||end_repeat|
||end_group|
|choices|
||list_name|name|label|
||yesno|yes|Yes|
||yesno|no|No|
"""


def press_and_release(page, widget) -> None:
    """The left button goes down over a widget, the program works meanwhile, and it goes up at the same place."""
    window = page.windowHandle()
    work()
    place = widget.mapTo(page, widget.rect().center())
    QTest.mousePress(window, LEFT, Qt.KeyboardModifier.NoModifier, place)
    work()
    QTest.mouseRelease(window, LEFT, Qt.KeyboardModifier.NoModifier, place)


def work() -> None:
    """Lets layouts, scrolling and posted events settle."""
    for _ in range(30):
        QApplication.processEvents()


def test_a_click_counts_although_leaving_the_question_before_moves_the_page(open_page, press, qtbot):
    page = open_page(CLICKED)
    page.go_to("/data/g/count")
    press("500")
    option = page.questions.row("/data/g/sure").control.inputs()[1]
    before = option.mapTo(page, option.rect().topLeft())
    press_and_release(page, option)
    qtbot.waitUntil(lambda: page.interview.view("/data/g/sure").text == "no")
    assert page.interview.view("/data/g/count").text == "500"
    qtbot.waitUntil(lambda: page.questions.row("/data/g/count").problem == "Fewer than 100.")
    assert page.questions.row("/data/g/why").isVisible()
    work()
    assert option.mapTo(page, option.rect().topLeft()) != before
    assert page.questions.current == "/data/g/sure"


def test_a_date_that_is_being_left_by_a_click_on_add_is_kept(open_page, press, stored, qtbot):
    page = open_page(CLICKED)
    page.go_to("/data/g/day")
    press("5.3.2026")
    page.questions.rows()
    button = page.questions.findChild(AddCard).findChild(QAbstractButton)
    page.questions.ensureWidgetVisible(button)
    cards = len(page.interview.pages.cards)
    press_and_release(page, button)
    qtbot.waitUntil(lambda: len(page.interview.pages.cards) == cards + 1)
    assert stored(page)["/data/g/day"] == "2026-03-05"


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Tab])
def test_the_next_key_leads_to_the_question_that_what_was_typed_makes_relevant(key, open_page, press):
    page = open_page(
        "|survey|\n||type|name|label|relevant|\n||integer|staff|Staff||\n||text|roles|Roles|${staff} > 1|\n"
        "||text|last|Last||\n"
    )
    press("12")
    press(key)
    assert page.questions.current == "/data/roles"
    press("Chemie")
    assert page.questions.row("/data/roles").control.inputs()[0].text() == "Chemie"


def test_shift_tab_leads_to_the_question_that_what_was_typed_makes_relevant(open_page, press):
    page = open_page(
        "|survey|\n||type|name|label|relevant|\n||text|first|First||\n||text|why|Why|${staff} > 1|\n"
        "||integer|staff|Staff||\n"
    )
    page.go_to("/data/staff")
    press("12")
    press(Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert page.questions.current == "/data/why"


def test_a_question_whose_list_offers_nothing_says_so(open_page, press, qapp):
    page = open_page(
        "|survey|\n||type|name|label|choice_filter|\n||text|area|Area||\n"
        "||select_one towns|town|Town|area = ${area}|\n"
        "|choices|\n||list_name|name|label|area|\n||towns|aue|Aue|north|\n"
    )
    row = page.questions.row("/data/town")
    assert row.lock.startswith("Es steht nichts zur Auswahl")
    page.go_to("/data/area")
    press("north")
    press(Qt.Key.Key_Return)
    assert row.lock == ""
    qapp.processEvents()
    assert row.control.inputs()[0].hasFocus()


def test_the_head_names_the_organisation_before_the_form_asks_for_it(open_page, project):
    project.actors.save(Actor(key="werk", names={"de": "Musterwerk GmbH"}, type=ActorType.COMPANY))
    page = open_page(**{Role.ACTOR.value: "werk", Role.INTERVIEW_WAVE.value: "w1"})
    ref = page.interview.path_of(page.interview.roles.question(Role.ACTOR))
    assert not page.interview.view(ref).is_relevant
    assert page.context().startswith("Musterwerk GmbH · ")


def test_a_long_choice_goes_on_below_its_own_beginning_for_the_respondent(open_page, press, look, qapp):
    long = "eine Antwort, die über viele Worte geht und deshalb in eine zweite Zeile reicht, die eingerückt beginnt"
    page = open_page(
        "|survey|\n||type|name|label|\n||select_one list|one|One|\n||text|last|Last|\n"
        f"|choices|\n||list_name|name|label|\n||list|a|{long}|\n||list|b|kurz|\n"
    )
    look.theme.set_factor(2.0)
    press(Qt.Key.Key_R, CTRL)
    window = page.speech.reading
    qapp.processEvents()
    shown = {label.text(): label for label in window.findChildren(QLabel) if label.isVisible()}
    assert shown[long].height() > 1.5 * shown["kurz"].height()
    assert shown[long].x() == shown["kurz"].x() > shown["•"].geometry().left()
    page.go_to("/data/last")
    qapp.processEvents()
    assert not any(label.isVisible() for label in window.findChildren(QLabel) if label.text() in {long, "•"})
