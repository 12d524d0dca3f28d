"""The page of forms, driven as a person drives it."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox

from roadmapdesk.desktop.forms.compare_dialog import CompareDialog
from roadmapdesk.desktop.forms.import_dialog import ImportDialog
from roadmapdesk.desktop.forms.move_dialog import MoveDialog
from roadmapdesk.desktop.forms.trial_window import TrialWindow
from roadmapdesk.workspace.forms import current_form
from roadmapdesk.workspace.interviewing import open_interview, start_interview

FORM = """|survey|
||type|name|label::Deutsch (de)|label::English (en)|
||select_one yesno|agree|A1  Einverstanden?|A1  Agreed?|
||text|reason|A2  Warum?|A2  Why?|
|choices|
||list_name|name|label::Deutsch (de)|label::English (en)|
||yesno|yes|Ja|Yes|
||yesno|no|Nein|No|
|settings|
||form_title|form_id|version|
||Kurz|short|1|
"""
TWICE = FORM.replace("||yesno|no|Nein|No|\n", "||yesno|no|Nein|No|\n||yesno|no|Nein|No|\n")


@pytest.fixture
def page(program, opened, settle):
    program.window.workbench.go_to("forms")
    settle()
    return program.window.workbench.page


def write(folder: Path, text: str, name: str = "kurz.md") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def add(page, prompts, settle, path: Path) -> ImportDialog:
    """Reads a file through the button and returns the dialog that shows what it holds."""
    prompts.path = path
    page.actions_right()[-1].click()
    settle()
    dialog = prompts.dialogs[-1]
    assert isinstance(dialog, ImportDialog)
    return dialog


def test_a_file_comes_into_the_project_after_the_person_agreed(page, opened, prompts, settle, tmp_path) -> None:
    before = len(opened.forms.list())
    dialog = add(page, prompts, settle, write(tmp_path, FORM))
    assert len(opened.forms.list()) == before

    dialog.confirm.click()
    settle()

    assert current_form(opened).form_id == "short"
    assert page._table.current_row.summary.form_id == "short"


def test_the_form_for_new_interviews_stays_where_the_person_wants_so(page, opened, prompts, settle, tmp_path) -> None:
    before = current_form(opened)
    dialog = add(page, prompts, settle, write(tmp_path, FORM))
    dialog.findChild(QCheckBox).setChecked(False)
    dialog.confirm.click()
    settle()
    assert current_form(opened) == before

    page._detail.buttons["use"].click()
    settle()

    assert current_form(opened).form_id == "short"


def test_errors_stand_against_a_file_until_the_repairs_are_carried_out(page, prompts, settle, tmp_path) -> None:
    dialog = add(page, prompts, settle, write(tmp_path, TWICE))
    assert not dialog.confirm.isEnabled()
    problem = dialog.table.current_row
    assert (problem.sheet, problem.row, problem.column) == ("choices", 4, "name")

    dialog.repair.click()
    settle()

    assert dialog.confirm.isEnabled()
    assert not dialog.table.isVisible()


def test_what_is_no_form_is_said_in_a_sentence(page, opened, prompts, settle, tmp_path) -> None:
    before = len(opened.forms.list())
    prompts.path = tmp_path / "missing.xlsx"
    page.actions_right()[-1].click()
    settle()

    assert page._files.message.isVisible()
    assert "missing.xlsx" in page._files.message.accessibleDescription()
    assert len(opened.forms.list()) == before


def test_a_cancelled_import_leaves_the_page_as_it_was(page, opened, prompts, settle, tmp_path) -> None:
    prompts.path = write(tmp_path, FORM)
    page.actions_right()[-1].click()
    page._files.progress.cancel_requested.emit()
    settle()

    assert not any(isinstance(dialog, ImportDialog) for dialog in prompts.dialogs)
    assert page.actions_right()[-1].isEnabled()


def test_a_trial_takes_answers_by_keyboard_and_stores_none(page, opened, prompts, settle, tmp_path) -> None:
    add(page, prompts, settle, write(tmp_path, FORM)).confirm.click()
    settle()
    QTest.keyClick(page._table, Qt.Key.Key_Return)
    settle()
    window = prompts.dialogs[-1]
    assert isinstance(window, TrialWindow)

    QTest.keyClick(window.focusWidget(), Qt.Key.Key_1)
    settle()

    assert window.interview.view(window.interview.path_of("agree")).text == "yes"
    assert opened.interviews.list() == ()

    window.again.click()
    assert window.interview.view(window.interview.path_of("agree")).text == ""


def test_a_trial_lists_what_stands_against_finalising(page, prompts, settle, tmp_path) -> None:
    required = FORM.replace("label::English (en)|\n||sel", "label::English (en)|required|\n||sel", 1)
    required = required.replace("A1  Agreed?|", "A1  Agreed?|yes|")
    add(page, prompts, settle, write(tmp_path, required)).trial.click()
    settle()
    window = prompts.dialogs[-1]
    window.check.click()

    assert window.problems.isVisible()


def test_two_versions_are_compared(page, prompts, settle, tmp_path) -> None:
    add(page, prompts, settle, write(tmp_path, FORM)).confirm.click()
    settle()
    later = FORM.replace("Warum?", "Weshalb?").replace("|short|1|", "|short|2|")
    add(page, prompts, settle, write(tmp_path, later, "kurz2.md")).confirm.click()
    settle()
    page._detail.buttons["compare"].click()
    settle()
    dialog = prompts.dialogs[-1]

    assert isinstance(dialog, CompareDialog)
    assert dialog.table.model().rowCount() == 1
    assert dialog.table.current_row.question == "reason"


def test_an_unfinished_interview_moves_only_by_the_button(page, opened, prompts, settle, tmp_path) -> None:
    add(page, prompts, settle, write(tmp_path, FORM)).confirm.click()
    settle()
    interview = start_interview(opened)
    desk, first = open_interview(opened, interview)
    first.write(opened)
    desk.answer(desk.path_of("reason"), "darum").save.write(opened)
    later = FORM.replace("||text|reason|A2  Warum?|A2  Why?|\n", "||text|place|A2  Wo?|A2  Where?|\n")
    add(page, prompts, settle, write(tmp_path, later.replace("|short|1|", "|short|2|"))).confirm.click()
    settle()
    newest = current_form(opened).sha
    page._detail.buttons["move"].click()
    settle()
    dialog = prompts.dialogs[-1]
    assert isinstance(dialog, MoveDialog)
    assert [fate.text for fate in dialog._fates_model.rows] == ["darum"]
    assert opened.interviews.get(interview).form_sha != newest

    dialog.confirm.click()
    settle()

    assert opened.interviews.get(interview).form_sha == newest
    assert dialog.interviews.model().rowCount() == 0
    assert not dialog.confirm.isEnabled()


def test_a_form_is_exported_as_a_workbook(page, prompts, settle, tmp_path) -> None:
    prompts.path = tmp_path / "form.xlsx"
    page._detail.buttons["export"].click()
    settle()

    assert prompts.path.read_bytes()[:2] == b"PK"
    assert page._files.message.isVisible()


def test_the_page_says_everything_in_english_too(program, page, settle) -> None:
    program.window.menu.actions["switch_language"].trigger()
    settle()

    assert page.title() == "Forms"
    assert page._detail.buttons["trial"].text() == "Try it out …"
