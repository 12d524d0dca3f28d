"""Actors, interviews, overview and start page on a real project."""

import dataclasses
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QPushButton

from roadmapdesk.desktop import settings as keys
from roadmapdesk.desktop.actors.dialog import ActorDialog
from roadmapdesk.desktop.interviews.dialog import NewInterviewDialog
from roadmapdesk.desktop.overview.coverage_table import CoverageTable, short_name
from roadmapdesk.desktop.projects.dialogs import NewProjectDialog, PassphraseDialog
from roadmapdesk.desktop.safety.recovery_key import RecoveryKeyDialog
from roadmapdesk.desktop.search_dialog import SearchDialog
from roadmapdesk.desktop.widgets.form_row import FormRow
from roadmapdesk.desktop.widgets.inputs import SearchBox
from roadmapdesk.desktop.widgets.notices import MessageBar
from roadmapdesk.desktop.widgets.reason_dialog import ReasonDialog
from roadmapdesk.desktop.widgets.table_view import TableView
from roadmapdesk.domain.interviews import InterviewState
from roadmapdesk.domain.question_roles import Role
from roadmapdesk.storage import open_project
from roadmapdesk.workspace.interviewing import start_interview


def go_to(program, settle, key: str):
    program.window.workbench.go_to(key)
    settle()
    return program.window.workbench.page


def table_of(page) -> TableView:
    return page.findChild(TableView)


def texts(table: TableView, column: int = 0) -> list[str]:
    model = table.model()
    return [model.index(row, column).data() for row in range(model.rowCount())]


def row_of(dialog, label: str) -> FormRow:
    return next(row for row in dialog.findChildren(FormRow) if row.editor.accessibleName() == label)


# -- actors


def test_the_known_actors_are_listed(program, opened, settle) -> None:
    page = go_to(program, settle, "actors")

    assert len(texts(table_of(page))) == len(opened.actors.list()) > 20
    assert page.context().startswith(f"{len(opened.actors.list())} Akteure")


def test_a_new_actor_is_stored_and_can_be_undone_and_redone(program, prompts, opened, settle) -> None:
    page = go_to(program, settle, "actors")
    before = len(opened.actors.list())
    page.actions_right()[-1].click()
    dialog = prompts.dialogs[-1]
    assert isinstance(dialog, ActorDialog)
    row_of(dialog, "Name").editor.setText("Prüflabor Muster GmbH")
    dialog.confirm.click()
    settle()

    assert opened.actors.get("pruflabor_muster_gmbh").names["de"] == "Prüflabor Muster GmbH"
    assert table_of(page).current_row.actor.key == "pruflabor_muster_gmbh"
    undo, redo = page.menu_actions()["edit"]
    undo.trigger()
    settle()
    assert len(opened.actors.list()) == before
    redo.trigger()
    settle()
    assert len(opened.actors.list()) == before + 1


def test_an_actor_without_a_name_or_with_a_taken_one_is_refused(program, prompts, opened, settle) -> None:
    page = go_to(program, settle, "actors")
    page.actions_right()[-1].click()
    dialog = prompts.dialogs[-1]
    dialog.confirm.click()
    assert "Name fehlt" in row_of(dialog, "Name").error

    row_of(dialog, "Name").editor.setText(opened.actors.list()[0].names["de"].upper())
    dialog.confirm.click()

    assert "schon im Verzeichnis" in row_of(dialog, "Name").error
    assert dialog.isVisible()
    dialog.reject()


def test_a_role_per_stage_is_edited(program, prompts, opened, settle) -> None:
    page = go_to(program, settle, "actors")
    key = table_of(page).current_row.actor.key
    QTest.keyClick(table_of(page), Qt.Key.Key_Return)
    dialog = prompts.dialogs[-1]
    box = next(box for box in dialog.findChildren(QComboBox) if box.accessibleName().startswith("S9"))
    box.setCurrentIndex(box.findData("core"))
    dialog.confirm.click()
    settle()

    assert opened.actors.get(key).stages["s9"].value == "core"


def test_filters_and_search_narrow_the_table(program, opened, settle) -> None:
    opened.actors.save(dataclasses.replace(opened.actors.list()[0], is_founder=True))
    page = go_to(program, settle, "actors")
    everyone = len(texts(table_of(page)))
    founders = next(box for box in page.findChildren(QCheckBox) if "Gründung" in box.text())
    founders.click()
    members = len(texts(table_of(page)))
    page.findChild(SearchBox).setText("qqq")

    assert 0 < members < everyone
    assert texts(table_of(page)) == []
    page.show_item(opened.actors.list()[3].key)
    assert len(texts(table_of(page))) == everyone
    assert table_of(page).current_row.actor.key == opened.actors.list()[3].key


def test_an_actor_with_interviews_stays(program, prompts, opened, settle) -> None:
    actor = opened.actors.list()[0]
    start_interview(opened, known={Role.ACTOR: actor.key})
    page = go_to(program, settle, "actors")
    page.show_item(actor.key)
    page.findChild(QPushButton, "remove_actor").click()
    settle()

    assert prompts.questions == ["Dieser Akteur kann nicht entfernt werden"]
    assert opened.actors.get(actor.key) == actor


# -- interviews


def test_a_planned_interview_gets_the_next_code_and_stays_in_the_list(program, prompts, opened, settle) -> None:
    page = go_to(program, settle, "interviews")
    QTest.keyClick(program.window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    settle()
    dialog = prompts.dialogs[-1]
    assert isinstance(dialog, NewInterviewDialog)
    next(button for button in dialog.findChildren(QPushButton) if button.text() == "Nur planen").click()
    settle()

    (row,) = opened.interviews.list()
    assert (row.code, row.state, row.wave) == ("RP-0001", InterviewState.PLANNED, "w1")
    assert texts(table_of(page)) == ["RP-0001"]


def test_beginning_an_interview_opens_it(program, prompts, opened, settle) -> None:
    go_to(program, settle, "interviews").ask_new(opened.actors.list()[0].key)
    prompts.dialogs[-1].confirm.click()
    settle()

    (row,) = opened.interviews.list()
    assert row.state is InterviewState.DRAFT
    assert row.actor_key == opened.actors.list()[0].key
    assert program.window.workbench.page.item_id == row.id
    assert program.desk.settings.recent_projects()[0].open_interview == row.id


@pytest.mark.parametrize(
    ("label", "text", "said"), [("Code", "RP-7", "RP-0007"), ("Datum", "12.03.26", "12.03.2026")]
)
def test_a_wrong_code_or_date_is_said_in_the_dialog(program, prompts, opened, settle, label, text, said) -> None:
    go_to(program, settle, "interviews").ask_new()
    dialog = prompts.dialogs[-1]
    row_of(dialog, label).editor.setText(text)
    dialog.confirm.click()
    settle()

    assert said in row_of(dialog, label).error
    assert opened.interviews.count() == 0
    dialog.reject()


def test_a_person_keeps_the_code_over_the_waves(program, prompts, opened, settle) -> None:
    actor = opened.actors.list()[0]
    start_interview(opened, known={Role.ACTOR: actor.key, Role.INTERVIEW_CODE: "RP-0042"})
    go_to(program, settle, "interviews").ask_new(actor.key)

    assert row_of(prompts.dialogs[-1], "Code").editor.text() == "RP-0042"
    prompts.dialogs[-1].reject()


def test_only_an_empty_draft_is_deleted_after_a_question(program, prompts, opened, settle) -> None:
    empty = start_interview(opened, known={Role.INTERVIEW_CODE: "RP-0001"})
    page = go_to(program, settle, "interviews")
    drop = next(button for button in page.findChildren(QPushButton) if "Entwurf löschen" in button.text())
    prompts.says_yes = False
    drop.click()
    settle()
    assert opened.interviews.count() == 1

    prompts.says_yes = True
    drop.click()
    settle()
    assert opened.interviews.count() == 0
    assert not opened.erasures.is_erased(empty)


def test_withdrawing_wants_a_reason(program, prompts, opened, settle) -> None:
    chosen = start_interview(opened, known={Role.INTERVIEW_CODE: "RP-0001"})
    page = go_to(program, settle, "interviews")
    next(button for button in page.findChildren(QPushButton) if "Zurückziehen" in button.text()).click()
    dialog = prompts.dialogs[-1]
    assert isinstance(dialog, ReasonDialog)
    dialog.confirm.click()
    assert "Grund fehlt" in row_of(dialog, "Grund").error
    row_of(dialog, "Grund").editor.setText("widerrufen")
    dialog.confirm.click()
    settle()

    assert opened.interviews.get(chosen).state is InterviewState.WITHDRAWN


# -- overview


def test_the_coverage_of_an_empty_study_is_zero_everywhere(program, opened, settle) -> None:
    page = go_to(program, settle, "overview")
    model = page.findChild(CoverageTable).coverage

    cells = [model.index(row, column) for row in range(9) for column in range(1, 8)]
    assert {cell.data() for cell in cells} == {"0"}
    said = cells[8].data(Qt.ItemDataRole.AccessibleTextRole)
    assert said.startswith("S2, ")
    assert said.endswith("0 Einrichtungen; keine Ausgabe")


def test_whom_to_ask_next_leads_to_a_new_interview_with_this_actor(program, prompts, opened, settle) -> None:
    page = go_to(program, settle, "overview")
    first = table_of(page).current_row
    lifts = [table_of(page).model().index(row, 1).data() for row in range(3)]
    assert lifts == sorted(lifts, key=lambda text: -int(text.split()[0]))

    QTest.keyClick(table_of(page), Qt.Key.Key_Return)
    settle()

    assert row_of(prompts.dialogs[-1], "Akteur").editor.currentData() == first.actor.key
    prompts.dialogs[-1].reject()


@pytest.mark.parametrize(("name", "short"), [("Kompetenz & Technologie", "Kompetenz"), ("F&E", "F"), ("", "")])
def test_heads_show_the_first_word(name: str, short: str) -> None:
    assert short_name(name) == short


# -- start page, projects, search


def test_a_new_project_is_created_and_opened(program, prompts, settle, tmp_path: Path) -> None:
    program.window.menu.actions["new_project"].trigger()
    dialog = prompts.dialogs[-1]
    assert isinstance(dialog, NewProjectDialog)
    dialog.confirm.click()
    assert "Titel fehlt" in row_of(dialog, "Titel").error
    row_of(dialog, "Ihr Kürzel").editor.clear()
    row_of(dialog, "Titel").editor.setText("Neue Studie")
    row_of(dialog, "Ordner").editor.setText(str(tmp_path))
    next(box for box in dialog.findChildren(QCheckBox) if "verschlüsseln" in box.text()).click()
    dialog.confirm.click()
    assert "Tragen Sie Ihr Kürzel ein" in row_of(dialog, "Ihr Kürzel").error
    row_of(dialog, "Ihr Kürzel").editor.setText("I03")
    dialog.confirm.click()
    settle()

    assert program.window.project.settings.title == "Neue Studie"
    assert (tmp_path / "Neue_Studie.roadmapdesk").is_dir()


def test_a_project_that_cannot_be_created_leaves_the_dialog_and_no_defaults(
    program, prompts, settle, tmp_path: Path
) -> None:
    blocked = tmp_path / "no_folder"
    blocked.write_text("a file", encoding="utf-8")
    before = program.desk.settings.get(keys.PROJECTS_FOLDER), program.desk.settings.get(keys.INTERVIEWER)
    program.window.menu.actions["new_project"].trigger()
    dialog = prompts.dialogs[-1]
    row_of(dialog, "Titel").editor.setText("Neue Studie")
    row_of(dialog, "Ordner").editor.setText(str(blocked))
    code = row_of(dialog, "Ihr Kürzel")
    code.editor.setText("Max Müller")
    next(box for box in dialog.findChildren(QCheckBox) if "verschlüsseln" in box.text()).click()
    dialog.confirm.click()
    settle()
    assert "I03" in code.error
    assert dialog.focusWidget() is code.editor
    code.editor.setText("I07")
    dialog.confirm.click()
    settle()

    assert "nicht angelegt" in row_of(dialog, "Ordner").error
    assert row_of(dialog, "Titel").editor.text() == "Neue Studie"
    assert dialog.isEnabled()
    assert (program.desk.settings.get(keys.PROJECTS_FOLDER), program.desk.settings.get(keys.INTERVIEWER)) == before
    dialog.reject()


def test_an_encrypted_project_shows_its_recovery_key_and_asks_for_its_passphrase(
    program, prompts, settle, tmp_path: Path
) -> None:
    program.window.menu.actions["new_project"].trigger()
    dialog = prompts.dialogs[-1]
    row_of(dialog, "Titel").editor.setText("Geheim")
    row_of(dialog, "Ordner").editor.setText(str(tmp_path))
    assert next(box for box in dialog.findChildren(QCheckBox) if "verschlüsseln" in box.text()).isChecked()
    row_of(dialog, "Passphrase").editor.setText("kurz")
    dialog.confirm.click()
    assert "zu kurz" in row_of(dialog, "Passphrase").error
    row_of(dialog, "Passphrase").editor.setText("ein langes Geheimnis")
    row_of(dialog, "Passphrase wiederholen").editor.setText("ein langes Geheimnis")
    dialog.confirm.click()
    settle()
    assert isinstance(prompts.dialogs[-1], RecoveryKeyDialog)
    prompts.dialogs[-1].reject()
    program.window.close_project()
    settle()

    program.door.open(tmp_path / "Geheim.roadmapdesk", window=program.window)
    settle()
    asked = prompts.dialogs[-1]
    assert isinstance(asked, PassphraseDialog)
    asked.findChild(QLineEdit).setText("ein langes Geheimnis")
    asked.confirm.click()
    settle()

    assert program.window.project.is_encrypted


def test_an_interview_on_the_screen_is_offered_again_without_talk_of_an_interruption(program, opened, settle) -> None:
    chosen = start_interview(opened, known={Role.INTERVIEW_CODE: "RP-0007"})
    folder = opened.folder
    program.window.workbench.go_to("interview", chosen)
    settle()
    program.window.close_project()
    settle()
    bar = next(bar for bar in program.window.findChildren(MessageBar) if bar.isVisible())
    assert bar.accessibleName() == "Ein Interview ist noch nicht abgeschlossen."
    assert "Fragebogen" not in bar.accessibleDescription()
    assert "RP-0007" in bar.accessibleDescription()

    bar.action_requested.emit()
    settle()

    assert program.window.project.folder == folder
    assert program.window.workbench.page.item_id == chosen


def test_an_interview_is_counted_on_the_start_page_although_the_program_ends_at_once(program, opened, settle) -> None:
    chosen = start_interview(opened, known={Role.INTERVIEW_CODE: "RP-0007"})
    program.window.workbench.go_to("interview", chosen)
    settle()

    (left,) = program.desk.settings.recent_projects()  # all that is left when the program is killed now
    assert (left.drafts, left.open_interview) == (1, chosen)


def test_a_recent_project_that_is_gone_says_so(program, opened, settle, tmp_path: Path) -> None:
    folder = opened.folder
    program.window.close_project()
    settle()
    folder.rename(tmp_path / "weg")
    program.window.findChild(TableView).window().centralWidget()
    start = program.window.findChild(object, "start_page")
    start.refresh()
    settle()

    table = start.findChild(TableView)
    assert texts(table, 3) == ["Datei nicht gefunden"]
    buttons = {button.text(): button.isEnabled() for button in start.findChildren(QPushButton)}
    assert buttons["Öffnen"] is False


def test_the_search_finds_actors_interviews_and_commands_by_keyboard(program, prompts, opened, settle) -> None:
    actor = opened.actors.list()[5]
    QTest.keyClick(program.window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    dialog = prompts.dialogs[-1]
    assert isinstance(dialog, SearchDialog)
    field = dialog.findChild(SearchBox)
    field.setText(actor.names["de"])
    QTest.keyClick(field, Qt.Key.Key_Return)
    settle()

    assert program.window.workbench.page.key == "actors"
    assert table_of(program.window.workbench.page).current_row.actor.key == actor.key


def test_closing_and_opening_loses_no_change(program, prompts, opened, settle) -> None:
    page = go_to(program, settle, "actors")
    page.actions_right()[-1].click()
    row_of(prompts.dialogs[-1], "Name").editor.setText("Spät Muster GmbH")
    prompts.dialogs[-1].confirm.click()
    program.window.close_project()

    with open_project(opened.folder) as again:
        assert "spat_muster_gmbh" in {actor.key for actor in again.actors.list()}


@pytest.mark.parametrize("typed", ["  ", "Max Müller"])
def test_a_name_or_nothing_is_no_code_of_an_interviewer(program, prompts, opened, settle, typed) -> None:
    """The same rule wherever it is asked for: here preferences and the start of an interview."""
    go_to(program, settle, "interviews").ask_new()
    start = prompts.dialogs[-1]
    row = row_of(start, "Kürzel")
    row.editor.setText(typed)
    start.confirm.click()
    assert row.error
    assert not opened.interviews.list()
    row.editor.setText("I03")
    start.confirm.click()
    settle()
    assert [one.interviewer for one in opened.interviews.list()] == ["I03"]

    program.window.menu.actions["preferences"].trigger()
    preferences = prompts.dialogs[-1]
    row = row_of(preferences, "Ihr Kürzel")
    row.editor.setText(typed)
    row.editor.editingFinished.emit()
    assert bool(row.error) is bool(typed.strip())
    assert program.desk.settings.get(keys.INTERVIEWER) == ("I03" if typed.strip() else "")
    preferences.close()


def test_the_form_has_the_last_word_on_the_code_of_an_interviewer(program, prompts, opened, settle) -> None:
    go_to(program, settle, "interviews").ask_new()
    start = prompts.dialogs[-1]
    row_of(start, "Kürzel").editor.setText("AB7")
    start.confirm.click()
    assert "I03" in row_of(start, "Kürzel").error
    start.reject()


def test_who_begins_an_interview_stands_beside_its_changes(program, prompts, project_folder, settle) -> None:
    """Also where nobody had a code when the project was opened."""
    program.desk.settings.set(keys.INTERVIEWER, "")
    program.door.open(project_folder, window=program.window)
    settle()
    project = program.window.project
    assert project.author == ""
    go_to(program, settle, "interviews").ask_new()
    row_of(prompts.dialogs[-1], "Kürzel").editor.setText("I07")
    prompts.dialogs[-1].confirm.click()
    settle()
    assert project.author == "I07"
    assert {row.author for row in project.audit.list(project.interviews.list()[0].id)} == {"I07"}
