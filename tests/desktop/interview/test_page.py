"""The interview page with real keys on real forms."""

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QPushButton, QWidget

from roadmapdesk import i18n
from roadmapdesk.desktop.interview import filling
from roadmapdesk.desktop.interview.headings import AddCard, CardHeading
from roadmapdesk.domain.interviews import InterviewState

CTRL = Qt.KeyboardModifier.ControlModifier

SMALL = """
|survey|
||type|name|label|required|appearance|relevant|constraint|constraint_message|
||begin_group|one|A  First part||||||
||text|word|A1  A word|yes|||||
||integer|count|A2  How many||||. < 100|Fewer than 100.|
||select_one yesno|sure|A3  Are you sure?|yes|||||
||text|why|A4  Why?||multiline|${sure} = 'no'|||
||end_group|
||begin_group|two|B  Second part||field-list||||
||select_one scale|r1|B1  Rate this|yes|likert||||
||select_one scale|r2|B2  Rate that|yes|likert||||
||select_one long|pick|B3  Pick one||minimal||||
||date|day|B4  When?||||||
||end_group|
|choices|
||list_name|name|label|
||yesno|yes|Yes|
||yesno|no|No|
||scale|1|1 - poor|
||scale|2|2 - fair|
||scale|3|3 - good|
||scale|97|not applicable|
||scale|98|don't know|
||scale|99|no answer|
||long|a|Alpha|
||long|b|Beta|
"""


def focus_name() -> str:
    return QApplication.focusWidget().accessibleName()


def test_typed_answers_reach_the_file_in_order_and_count_as_saved(open_page, press, stored, qtbot):
    page = open_page(SMALL)
    with qtbot.waitSignal(page.saved):
        press("Hallo")
        press(Qt.Key.Key_Return)
    press("42")
    press(Qt.Key.Key_Down, CTRL)
    press("2")
    answers = stored(page)
    assert answers["/data/one/word"] == "Hallo"
    assert answers["/data/one/count"] == "42"
    assert answers["/data/one/sure"] == "no"


def test_a_pause_in_typing_saves_without_leaving_the_field(open_page, press, qtbot, project):
    page = open_page(SMALL)
    press("Ha")
    qtbot.waitUntil(lambda: project.drafts.load(page.item_id).answers.get("/data/one/word") == "Ha")
    assert focus_name() == "A1 A word"


def test_enter_and_ctrl_down_lead_through_the_pages_and_back(open_page, press):
    page = open_page(SMALL)
    for expected in ("A2 How many", "A3 Are you sure?: Yes"):
        press(Qt.Key.Key_Return)
        assert focus_name() == expected
    press(Qt.Key.Key_Down, CTRL)
    assert page.questions.current == "/data/two/r1"
    press(Qt.Key.Key_Up, CTRL)
    assert page.questions.current == "/data/one/sure"


def test_a_question_appears_when_it_becomes_relevant_and_its_answer_is_kept_when_it_goes(open_page, press, stored):
    page = open_page(SMALL)
    page.go_to("/data/one/sure")
    assert page.questions.row("/data/one/why") is None
    press("2")
    press(Qt.Key.Key_Return)
    assert focus_name() == "A4 Why?"
    press("darum")
    press(Qt.Key.Key_Up, CTRL)
    press("1")
    assert not page.questions.row("/data/one/why").isVisible()
    assert stored(page)["/data/one/why"] == "darum"


def test_digits_choose_points_and_the_answers_without_a_rating(open_page, press, stored):
    page = open_page(SMALL)
    page.go_to("/data/two/r1")
    press("3")
    press(Qt.Key.Key_Return)
    press("8")
    answers = stored(page)
    assert answers["/data/two/r1"] == "3"
    assert answers["/data/two/r2"] == "98"
    press(Qt.Key.Key_9, CTRL)
    assert stored(page)["/data/two/r2"] == "99"


def test_arrows_move_the_focus_on_a_scale_without_choosing_and_down_chooses(open_page, press, stored):
    page = open_page(SMALL)
    page.go_to("/data/two/r1")
    press(Qt.Key.Key_Right)
    press(Qt.Key.Key_Right)
    assert stored(page).get("/data/two/r1", "") == ""
    press(Qt.Key.Key_Down)
    assert stored(page)["/data/two/r1"] == "3"


def test_down_on_an_unchecked_radio_group_selects(open_page, press, stored):
    page = open_page(SMALL)
    page.go_to("/data/one/sure")
    press(Qt.Key.Key_Down)
    assert stored(page)["/data/one/sure"] == "yes"
    press(Qt.Key.Key_Down)
    assert stored(page)["/data/one/sure"] == "no"


def test_the_wheel_over_a_combo_scrolls_the_page_and_changes_no_answer(open_page, stored):
    rows = "\n".join(f"||select_one long|q{n}|Question {n}||minimal|" for n in range(40))
    page = open_page(
        f"|survey|\n||type|name|label|required|appearance|\n{rows}\n" + SMALL[SMALL.index("|choices|") :]
    )
    assert len(page.questions.rows()) == 40
    combo = page.questions.row("/data/q3").control.combo
    combo.setCurrentIndex(0)
    for has_focus in (False, True):
        if has_focus:
            combo.setFocus()
            page.questions.verticalScrollBar().setValue(0)
        before = page.questions.verticalScrollBar().value()
        assert page.questions.verticalScrollBar().maximum() > 0
        place = combo.mapTo(page, combo.rect().center())
        QTest.wheelEvent(page.windowHandle(), QPointF(place), QPoint(0, -120))
        assert combo.currentIndex() == 0
        assert page.questions.verticalScrollBar().value() > before
    assert stored(page).get("/data/q3", "") == ""


def test_no_spin_box_stands_on_any_page(open_page):
    from PySide6.QtWidgets import QAbstractSpinBox

    page = open_page()
    for section in page.interview.pages.sections:
        if section.refs:
            page.travel.choose(section.key)
            assert not page.questions.findChildren(QAbstractSpinBox)


def test_undo_and_redo_work_at_the_level_of_answers_and_are_in_the_trail(open_page, press, stored, project):
    page = open_page(SMALL)
    press("abc")
    press(Qt.Key.Key_Return)
    press("7")
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Z, CTRL)
    assert stored(page).get("/data/one/count", "") == ""
    assert stored(page)["/data/one/word"] == "abc"
    assert page.questions.current == "/data/one/count"
    press(Qt.Key.Key_Z, CTRL)
    assert stored(page).get("/data/one/word", "") == ""
    press(Qt.Key.Key_Y, CTRL)
    assert stored(page)["/data/one/word"] == "abc"
    events = [row.event for row in project.audit.list(page.item_id)]
    assert events.count("undo") == 2
    assert events.count("redo") == 1


CARDS = """
|survey|
||type|name|label|repeat_count|
||select_one yesno|sure|A1  Are you sure?||
||begin_repeat|counted|B  Counted|if(${sure} = 'yes', 1, 0)|
||text|inner|B1  A word||
||end_repeat|
||begin_repeat|free|C  Free||
||text|other|C1  A word||
||end_repeat|
|choices|
||list_name|name|label|
||yesno|yes|Yes|
||yesno|no|No|
"""


COUNTED = """|survey|
||type|name|label|repeat_count|
||begin_group|how|G  Cooperations||
||integer|many|How many?||
||end_group|
||begin_repeat|coop|G  Cooperation|${many}|
||text|partner|G1  With whom?||
||end_repeat|
||begin_group|rest|H  Rest||
||text|last|H1  What else?||
||end_group|
"""


def test_undo_shows_the_answer_that_made_a_card_appear(open_page):
    page = open_page(CARDS)
    for answer in ("yes", "no"):
        page.conductor.answer("/data/sure", answer)
    page.actions_by_key.by_key["undo"].trigger()
    assert page.interview.view("/data/sure").text == "yes"
    options = page.questions.row("/data/sure").control.inputs()
    assert [option.isChecked() for option in options] == [True, False]


def test_undo_takes_the_second_card_away_and_redo_brings_it_back(open_page):
    page = open_page(CARDS)
    before = page.interview.answers()
    page.conductor.add_card("/data/free")
    one = page.interview.answers()
    page.conductor.add_card("/data/free")
    two = page.interview.answers()
    assert before != one != two
    page.actions_by_key.by_key["undo"].trigger()
    assert page.interview.answers() == one
    page.actions_by_key.by_key["redo"].trigger()
    assert page.interview.answers() == two


def test_the_note_input_shows_the_question_that_was_entered_now(open_page, press, qtbot):
    page = open_page(SMALL)
    area = page.notes._input.viewport()
    painted = []

    class Witness(QObject):
        def eventFilter(self, _watched, event):  # noqa: N802 — a name of Qt's interface
            if event.type() == QEvent.Type.Paint:
                painted.append(page.notes._input.placeholderText())
            return False

    QApplication.processEvents()
    witness = Witness()
    area.installEventFilter(witness)
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(painted))

    assert painted[-1] == page.notes._input.placeholderText()
    area.removeEventFilter(witness)


def test_a_person_adds_and_removes_cards_of_a_repeat_at_the_top_of_a_form(open_page, press):
    page = open_page(CARDS)
    page.travel.choose("/data/free")
    for number in range(2):
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        page.questions.rows()  # a long page appears in slices
        (add,) = page.questions.findChildren(AddCard)
        add.findChild(QAbstractButton).click()
        QApplication.processEvents()
        assert page.section == "/data/free", number
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    rows = [row.ref for row in page.questions.rows()]
    assert [ref for ref in rows if ref.startswith("/data/free")] == rows
    assert len(rows) >= 2
    cards = page.questions.findChildren(CardHeading)
    assert len(cards) == len(rows)

    cards[0].findChild(QAbstractButton).click()
    QApplication.processEvents()
    assert len([row.ref for row in page.questions.rows()]) == len(rows) - 1


def test_a_group_and_the_cards_it_counts_stand_under_one_heading(open_page):
    page = open_page(COUNTED)
    page.conductor.answer("/data/how/many", "2")
    titles = [page.interview.title(section.key) for section in page.interview.pages.sections]
    assert [(title.code, title.text) for title in titles] == [
        ("G", "Cooperations"),
        ("1", "Cooperation 1"),
        ("2", "Cooperation 2"),
        ("H", "Rest"),
    ]
    assert [section.depth for section in page.interview.pages.sections] == [0, 1, 1, 0]
    card = page.interview.pages.sections[1].key
    page.travel.choose(card)
    assert page.places.bar(card) == ("G Cooperations · 1 von 2", "1 Cooperation 1")


def test_an_open_required_question_is_no_fault_until_it_was_left_or_passed(open_page, press, stored):
    page = open_page(SMALL)
    row = page.questions.row("/data/one/word")
    assert row.problem == ""
    press(Qt.Key.Key_Return)
    assert row.problem != ""
    assert page.interview.pages.problems() == ("/data/one/word",)
    press(Qt.Key.Key_Up, CTRL)
    press("da")
    stored(page)
    assert row.problem == ""


def test_a_broken_constraint_is_said_below_the_answer_and_f8_leads_there(open_page, press, stored):
    page = open_page(SMALL)
    page.go_to("/data/one/count")
    press("500")
    press(Qt.Key.Key_Return)
    assert page.questions.row("/data/one/count").problem == "Fewer than 100."
    assert stored(page)["/data/one/count"] == "500"
    page.go_to("/data/two/day")
    press(Qt.Key.Key_F8)
    assert page.questions.current in {"/data/one/word", "/data/one/count"}


def test_what_is_no_number_stays_in_the_field_and_is_not_stored(open_page, press, stored):
    page = open_page(SMALL)
    page.go_to("/data/one/count")
    press("12a")
    press(Qt.Key.Key_Return)
    row = page.questions.row("/data/one/count")
    assert row.control.line.text() == "12a"
    assert row.problem
    assert stored(page).get("/data/one/count", "") == ""


def test_dates_have_four_digit_years(open_page, press, stored):
    page = open_page(SMALL)
    page.go_to("/data/two/day")
    press("5.3.26")
    press(Qt.Key.Key_Return)
    row = page.questions.row("/data/two/day")
    assert "vier" in row.problem
    row.control.line.setText("5.3.2026")
    row.control.commit()
    assert row.control.line.text() == "05.03.2026"
    assert stored(page)["/data/two/day"] == "2026-03-05"


def test_an_answer_counts_again_after_undo_took_it_back_from_under_a_refused_text(open_page, press, stored):
    page = open_page(SMALL)
    page.go_to("/data/two/day")
    press("12.03.2026")
    page.go_to("/data/one/word")
    press("Hallo")
    page.go_to("/data/two/day")
    press("01.06.2025")
    page.conductor.flush()
    press("x")
    page.questions.row("/data/two/day").control.commit()
    page.actions_by_key.by_key["undo"].trigger()
    page.conductor.flush()
    assert stored(page)["/data/two/day"] == "2025-06-01"

    page.questions.row("/data/two/day").control.line.selectAll()
    press("12.03.2026")
    page.conductor.flush()
    assert stored(page)["/data/two/day"] == "2026-03-12"


def test_closing_and_opening_leads_to_the_same_question(open_page, press, stored, qtbot):
    page = open_page(SMALL)
    page.go_to("/data/two/r2")
    press("1")
    with qtbot.waitCallback() as left:
        page.can_leave(left)
    page.close_page()
    page.close()
    again = open_page(interview_id=page.item_id)
    assert again.questions.current == "/data/two/r2"
    assert again.questions.row("/data/two/r2").view.text == "1"


def test_notes_are_tied_to_their_question_with_a_time(open_page, press, stored, project):
    page = open_page(SMALL)
    page.go_to("/data/one/count")
    press(Qt.Key.Key_M, CTRL)
    press("Fragt nach der Einheit")
    press(Qt.Key.Key_Return)
    stored(page)
    (note,) = page.conductor.notes
    assert note.ref == "/data/one/count"
    assert project.notes.list(page.item_id)[0].text == "Fragt nach der Einheit"
    assert page.questions.current == "/data/one/count"
    assert QApplication.focusWidget() is page.questions.row("/data/one/count").control.line


def test_finalising_needs_a_complete_form_and_locks_the_answers(open_page, press, stored, project, look):
    page = open_page(SMALL)
    page.actions_by_key.by_key["finalise"].trigger()
    assert page.problems.isVisible()
    assert project.interviews.get(page.item_id).state is InterviewState.DRAFT
    for ref, text in (("one/word", "a"), ("one/sure", "yes"), ("two/r1", "1"), ("two/r2", "98")):
        page.conductor.answer(f"/data/{ref}", text)
    page.actions_by_key.by_key["finalise"].trigger()
    look.jobs.finish()
    assert project.interviews.get(page.item_id).state is InterviewState.FINALISED
    assert project.revisions.heads(page.item_id)[0].answers["/data/one/word"] == "a"
    page.conductor.answer("/data/one/word", "b")
    look.jobs.finish()
    assert project.drafts.load(page.item_id).answers["/data/one/word"] == "a"
    page.conductor.reopen("Tippfehler")
    look.jobs.finish()
    assert page.interview.is_open
    page.conductor.answer("/data/one/word", "b")
    assert stored(page)["/data/one/word"] == "b"


def test_a_closed_interview_takes_no_key_that_it_would_not_store(open_page, look, stored):
    page = open_page(SMALL)
    for ref, text in (("one/word", "wichtig"), ("one/sure", "yes"), ("two/r1", "1"), ("two/r2", "98")):
        page.conductor.answer(f"/data/{ref}", text)
    assert stored(page)["/data/one/word"] == "wichtig"
    assert not page.questions.row("/data/one/word").control.line.isReadOnly()
    page.actions_by_key.by_key["finalise"].trigger()
    look.jobs.finish()
    assert not page.interview.is_open
    shown = page.questions.rows()
    assert shown
    for row in shown:
        assert row.control.view.is_readonly
        assert row.lock == ""
    page.questions.focus_first()
    first = page.questions.current
    page.questions.step(1)
    assert page.questions.current == shown[1].ref != first == shown[0].ref
    line = page.questions.row("/data/one/word").control.line
    assert line.isReadOnly()
    QTest.keyClicks(line, "X")
    assert line.text() == "wichtig"
    page.conductor.reopen("Tippfehler")
    look.jobs.finish()
    assert not page.questions.row("/data/one/word").control.line.isReadOnly()


def test_a_failed_save_keeps_the_text_says_why_and_can_be_tried_again(open_page, press, look, project, tmp_path):
    page = open_page(SMALL)
    look.jobs.finish()
    blocked = project.folder / "project.sqlite"
    aside = tmp_path / "aside.sqlite"
    blocked.rename(aside)
    press("wichtig")
    press(Qt.Key.Key_Return)
    look.jobs.finish()
    assert page.failure.isVisible()
    assert page.failure.sentence
    assert page.questions.row("/data/one/word").control.line.text() == "wichtig"
    said = page.failure.accessibleName()
    page.conductor.write_note("/data/one/word", "beiseite")
    assert page.failure.accessibleName() == said == "1 Antwort ist nicht gespeichert"
    there = page.questions.current
    press("2")
    page.conductor.flush()
    assert page.failure.accessibleName() == "2 Antworten sind nicht gespeichert"
    copy = tmp_path / "copy.json"
    look.prompts.path = copy
    page.failure.copy_wanted.emit()
    assert "wichtig" in copy.read_text(encoding="utf-8")
    aside.rename(blocked)
    button = page.failure.findChild(QPushButton, "retry_save")
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)
    look.jobs.finish()
    assert not page.failure.isVisible()
    assert page.questions.current == there
    assert page.questions.row(there).control.holds_focus()
    assert project.drafts.load(page.item_id).answers["/data/one/word"] == "wichtig"


@pytest.mark.parametrize("says_yes", [True, False])
def test_a_card_with_answers_disappears_only_after_a_yes(open_page, stored, look, says_yes):
    page = open_page()
    base = "/data"
    for ref, text in (
        ("sec_b/consent_participate", "yes"),
        ("sec_d/chain_active", "yes"),
        ("sec_d/stages_active", "s4 s5"),
    ):
        page.conductor.answer(f"{base}/{ref}", text)
    cards = [s.key for s in page.interview.pages.sections if page.interview.is_stage_card(s.key)]
    page.conductor.answer(cards[0] + "/grp_perf/perf_d1", "4")
    look.prompts.says_yes = says_yes
    page.conductor.answer(f"{base}/sec_d/stages_active", "s5")
    assert len(look.prompts.questions) == 1
    answers = stored(page)
    assert answers[f"{base}/sec_d/stages_active"] == ("s5" if says_yes else "s4 s5")
    assert answers[cards[0] + "/grp_perf/perf_d1"] == "4"


def test_no_consent_ends_the_interview_and_stores_nothing_further(open_page, stored, look, project):
    page = open_page()
    page.conductor.answer("/data/sec_b/consent_participate", "no")
    before = stored(page)
    page.conductor.answer("/data/sec_a/interviewer_code", "I07")
    assert stored(page) == before
    assert page.message.isVisible()
    page.message.action_requested.emit()
    look.jobs.finish()
    assert project.interviews.get(page.item_id).state is InterviewState.WITHDRAWN


def test_both_languages_stand_side_by_side_and_switch_with_a_key(open_page, press):
    page = open_page()
    page.go_to("/data/sec_a/interview_mode")
    row = page.questions.row("/data/sec_a/interview_mode")
    assert row._texts.wording.text().endswith("Form des Interviews")
    press(Qt.Key.Key_L, CTRL)
    assert row._texts.wording.text().endswith("Mode of the interview")
    press(Qt.Key.Key_L, CTRL)
    assert row._texts.wording.text().endswith("Form des Interviews")
    assert row._texts.second.text() == "Mode of the interview"
    assert "vor Ort · in person" in [row.control.combo.itemText(i) for i in range(row.control.combo.count())]


def test_the_open_list_of_problems_follows_what_is_solved_and_what_comes_up(open_page):
    page = open_page(SMALL)
    page.actions_by_key.by_key["check"].trigger()
    shown = page.problems._model

    def refs():
        return [problem.ref.removeprefix("/data/") for problem in shown.problems]

    assert refs() == ["one/word", "one/sure", "two/r1", "two/r2"]
    page.conductor.answer("/data/one/word", "a")
    assert refs() == ["one/sure", "two/r1", "two/r2"]
    page.conductor.answer("/data/one/count", "200")
    page.questions.step(1)
    assert refs() == ["one/count", "one/sure", "two/r1", "two/r2"]
    for ref, text in (("one/count", "2"), ("one/sure", "yes"), ("two/r1", "1"), ("two/r2", "98")):
        page.conductor.answer(f"/data/{ref}", text)
    assert page.problems.isHidden()


def test_an_interview_begins_in_the_language_of_the_program_and_goes_on_in_the_one_chosen(open_page):
    i18n.set_language("en")
    page = open_page()
    mode = page.conductor.view("/data/sec_a/interview_mode")
    assert mode.label.endswith("Mode of the interview")
    assert page.controls.language.key == "English (en)"
    page.select_language("Deutsch (de)")
    again = open_page(interview_id=page.item_id)
    assert again.conductor.view("/data/sec_a/interview_mode").label.endswith("Form des Interviews")
    again.select_language("+")
    both = open_page(interview_id=page.item_id)
    assert (both.speech.shown, both.controls.language.key) == ("+", "+")


def test_only_what_changed_is_painted_again(open_page, monkeypatch):
    page = open_page(SMALL)
    page.travel.choose("/data/two")
    painted = []
    original = type(page.questions)._repaint_slot

    def spy(self, place):
        painted.append(self._slots[place].ref)
        return original(self, place)

    monkeypatch.setattr(type(page.questions), "_repaint_slot", spy)
    page.conductor.answer("/data/two/r1", "2")
    assert set(painted) == {"/data/two/r1"}


def test_every_input_has_a_name_and_is_reached_by_tab_in_visual_order(open_page, press):
    page = open_page()
    page.conductor.answer("/data/sec_b/consent_participate", "yes")
    for section in page.interview.pages.sections:
        if not section.refs:
            continue
        page.travel.choose(section.key)
        for row in page.questions.rows():
            for widget in row.control.inputs():
                assert widget.accessibleName(), row.ref
    page.travel.choose("/data/sec_c")
    seen = []
    for _ in range(len(page.questions.rows()) - 1):
        seen.append(page.questions.current)
        while page.questions.current == seen[-1]:
            press(Qt.Key.Key_Tab)
    assert seen == [row.ref for row in page.questions.rows()][: len(seen)]


def test_the_text_size_may_change_after_other_pages_were_seen(open_page, look, qapp):
    page = open_page(SMALL)
    for key in ("/data/two", "/data/one", "/data/two"):
        page.travel.choose(key)
        page.questions.rows()
        qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    look.theme.set_factor(2.0)
    qapp.processEvents()
    body, room = page.questions.widget().width(), page.questions.viewport().width()
    assert body <= room


def test_a_long_page_appears_in_slices_and_keeps_focus_and_place(open_page, press, qapp, monkeypatch):
    monkeypatch.setattr(filling, "FIRST_SLICE_S", 0.0)
    monkeypatch.setattr(filling, "SLICE_S", 0.0)
    rows = "\n".join(f"||text|q{n}|Question {n}|" for n in range(60))
    page = open_page(f"|survey|\n||type|name|label|\n||begin_group|g|G|\n{rows}\n||end_group|g||\n")
    page.questions.rows()
    page.show_section("/data/g", at="/data/g/q40")
    assert page.questions.focus_question("/data/g/q40")
    assert page.questions._filling.is_busy
    row = page.questions.row("/data/g/q40")
    qapp.processEvents()
    before = row.mapTo(page.questions.viewport(), row.rect().topLeft()).y()
    press("x")
    for _ in range(80):
        qapp.processEvents()
        qapp.sendPostedEvents()
    assert not page.questions._filling.is_busy
    assert page.questions.current == "/data/g/q40"
    assert QApplication.focusWidget() is row.control.line
    assert row.control.line.text() == "x"
    assert abs(row.mapTo(page.questions.viewport(), row.rect().topLeft()).y() - before) <= 40
    assert [shown.ref for shown in page.questions.rows()] == [f"/data/g/q{n}" for n in range(60)]


def test_the_open_interview_prints_its_protocol(open_page, press, stored, look, tmp_path, qtbot, monkeypatch):
    page = open_page(SMALL)
    press("Hallo")
    stored(page)
    target = tmp_path / "protocol.pdf"
    monkeypatch.setattr(look.prompts, "save_file", lambda *_args, chosen, **_words: chosen(target))
    page.actions_by_key.by_key["print"].trigger()
    qtbot.waitUntil(lambda: not look.jobs.is_busy, timeout=30_000)
    assert target.read_bytes().startswith(b"%PDF-")
    assert "protocol.pdf" in page.papers.findChild(QWidget, "paper_message").accessibleName()


def test_what_a_closed_interview_does_not_take_is_not_offered_in_its_menu(open_page, look, stored):
    page = open_page(SMALL)
    for ref, text in (("one/word", "wichtig"), ("one/sure", "yes"), ("two/r1", "1"), ("two/r2", "98")):
        page.conductor.answer(f"/data/{ref}", text)
    stored(page)
    commands = page.actions_by_key.by_key
    assert [commands[key].isEnabled() for key in ("finalise", "note", "reopen")] == [True, True, False]
    commands["finalise"].trigger()
    look.jobs.finish()
    assert [commands[key].isEnabled() for key in ("finalise", "note", "reopen")] == [False, False, True]
