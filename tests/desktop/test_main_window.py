"""The window around an open project."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QToolButton,
    QWidget,
)

from roadmapdesk.desktop.app import Program
from roadmapdesk.desktop.crash import CrashReport
from roadmapdesk.desktop.theme import Scheme
from roadmapdesk.desktop.widgets.labels import Text
from roadmapdesk.domain.question_roles import Role
from roadmapdesk.i18n import current_language
from roadmapdesk.storage import open_project
from roadmapdesk.storage.values import Summary
from roadmapdesk.workspace.interview_sections import walk
from roadmapdesk.workspace.interviewing import open_interview, start_interview

INPUTS = (QLineEdit, QComboBox, QAbstractButton, QPlainTextEdit, QAbstractSpinBox, QAbstractItemView)


def page_title(program: Program) -> str:
    found = program.window.findChild(Text, "page_title")
    assert found is not None
    return found.text()


def nameless_inputs(root: QWidget) -> list[QWidget]:
    inputs = [child for kind in INPUTS for child in root.findChildren(kind) if child.isVisible()]
    own = [child for child in inputs if not child.objectName().startswith("qt_")]
    return [
        child
        for child in own
        if child.focusPolicy() != Qt.FocusPolicy.NoFocus
        and not QAccessible.queryAccessibleInterface(child).text(QAccessible.Text.Name)
    ]


def test_a_project_opens_with_its_overview(program, opened) -> None:
    assert page_title(program) == "Übersicht"
    assert program.window.windowTitle() == "Studie – RoadmapDesk"
    assert program.window.status.file.text() == "Studie.roadmapdesk"


@pytest.mark.parametrize("page", ["overview", "interviews", "forms"])
def test_closing_the_window_closes_the_project_and_the_window_at_once(program, opened, settle, page) -> None:
    program.window.workbench.go_to(page)
    settle()
    program.window.show()
    program.window.close()
    settle()
    assert program.window.workbench is None
    assert not program.window.isVisible()


def test_control_and_a_digit_go_to_a_page(program, opened, settle) -> None:
    workbench = program.window.workbench
    seen = []
    for number, entry in enumerate(workbench.entries, start=1):
        QTest.keyClick(program.window, Qt.Key(Qt.Key.Key_0 + number), Qt.KeyboardModifier.ControlModifier)
        settle()
        seen.append(workbench.page.key == entry.key)

    assert seen == [True] * len(workbench.entries)


def test_the_navigation_is_a_list_for_arrow_keys(program, opened, settle) -> None:
    navigation = program.window.workbench.navigation
    navigation.setFocus()
    QTest.keyClick(navigation, Qt.Key.Key_Down)
    settle()

    assert program.window.workbench.page.key == program.window.workbench.entries[1].key
    interface = QAccessible.queryAccessibleInterface(navigation)
    assert interface.text(QAccessible.Text.Name) == "Seiten"


def test_the_language_changes_everywhere_at_once(program, opened, settle) -> None:
    program.window.menu.actions["switch_language"].trigger()
    settle()

    assert current_language().code == "en"
    assert page_title(program) == "Overview"
    assert program.window.menu.menus["file"].title() == "&File"
    assert program.window.status.language.text() == "English"
    program.window.menu.actions["switch_language"].trigger()
    assert page_title(program) == "Übersicht"


def test_the_scheme_changes_at_once_and_is_remembered(program, opened, qapp: QApplication) -> None:
    light = qapp.palette().window().color()
    program.window.menu.actions["dark"].trigger()

    assert program.desk.theme.scheme is Scheme.DARK
    assert qapp.palette().window().color().lightness() < light.lightness()


@pytest.mark.parametrize("factor", [1.0, 1.5, 2.0])
def test_every_page_fits_at_every_text_size(program, opened, settle, factor: float) -> None:
    program.desk.theme.set_factor(factor)
    for entry in program.window.workbench.entries:
        program.window.workbench.go_to(entry.key)
        settle()
        clipped = [
            label.text()
            for label in program.window.findChildren(Text)
            if label.isVisible()
            and label.text()
            and not label.wordWrap()
            and label.height() < label.fontMetrics().height() - 2
        ]
        assert clipped == []


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_input_has_a_name(program, opened, settle, language: str) -> None:
    if language == "en":
        program.window.menu.actions["switch_language"].trigger()
    for entry in program.window.workbench.entries:
        program.window.workbench.go_to(entry.key)
        settle()
        assert nameless_inputs(program.window) == []


def test_the_wheel_over_a_combo_box_does_not_choose(program, opened, settle) -> None:
    program.window.workbench.go_to("actors")
    settle()
    box = next(box for box in program.window.findChildren(QComboBox) if box.isVisible())
    down = QWheelEvent(
        QPointF(5, 5),
        QPointF(box.mapToGlobal(QPoint(5, 5))),
        QPoint(0, 0),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )

    QApplication.sendEvent(box, down)

    assert box.currentIndex() == 0


def test_the_focus_ring_surrounds_the_control(program, opened, settle) -> None:
    program.window.workbench.go_to("actors")
    settle()
    program.window.activateWindow()
    box = next(box for box in program.window.findChildren(QComboBox) if box.isVisible())
    box.setFocus()
    settle()

    ring = box.parentWidget().findChild(QWidget, "focus_ring")
    assert program.ring.target is box
    assert ring.geometry() == box.geometry().adjusted(-3, -3, 3, 3)


def test_closing_gives_the_project_back_and_remembers_it(program, opened, settle) -> None:
    folder = opened.folder
    program.window.menu.actions["close_project"].trigger()
    settle()

    assert program.window.workbench is None
    assert program.desk.settings.recent_projects()[0].name == "Studie"
    with open_project(folder) as again:
        assert again.recovery is None


def test_a_backup_is_told_in_the_status_bar(program, opened, settle) -> None:
    assert program.window.status.backup.text() == "Noch keine Sicherung"

    program.window.menu.actions["back_up"].trigger()
    settle()

    assert program.window.status.backup.text().startswith("Sicherung heute")
    assert len(opened.backups.list()) == 1


def test_a_missing_project_is_said_and_nothing_breaks(program, prompts, settle, tmp_path: Path) -> None:
    program.door.open(tmp_path / "nowhere.roadmapdesk", window=program.window)
    settle()

    assert prompts.questions == ["Das Projekt wurde nicht geöffnet"]
    assert program.window.workbench is None


def test_a_project_open_elsewhere_is_offered_for_reading(program, prompts, settle, project_folder: Path) -> None:
    with open_project(project_folder):
        program.door.open(project_folder, window=program.window)
        settle()

        prompts.dialogs[-1].confirm.click()
        settle()
        assert program.window.project.is_read_only
        program.window.close_project()


def test_a_command_without_a_project_is_greyed_out(program) -> None:
    assert not program.window.menu.actions["close_project"].isEnabled()
    assert program.window.menu.actions["new_project"].isEnabled()


def test_every_command_has_a_handler_and_keys_are_given_once(program) -> None:
    from roadmapdesk.desktop.commands import MENUS

    commands = [command for menu in MENUS for command in menu.commands if command is not None]
    keys = [key for command in commands for key in command.keys]

    assert {command.key for command in commands} == set(program.window.menu.actions)
    assert len(keys) == len(set(keys))


def test_a_backup_older_than_a_day_is_a_warning(program, opened) -> None:
    status = program.window.status
    now = datetime.now(UTC)
    status.set_backup(now - timedelta(hours=23))
    assert status.backup.property("tone") == "text_muted"
    status.set_backup(now - timedelta(hours=25))
    assert status.backup.property("tone") == "warning"
    assert "älter als ein Tag" in status.backup.accessibleDescription()
    status.set_backup(now)
    assert status.backup.property("tone") == "text_muted"


def test_a_warning_that_was_put_away_stays_in_the_status_bar_and_comes_back(
    program, project_folder, settle, tmp_path: Path
) -> None:
    folder = tmp_path / "Nextcloud" / project_folder.name
    folder.parent.mkdir()
    project_folder.rename(folder)
    program.door.open(folder, window=program.window)
    settle()
    banner, status = program.window.banner, program.window.status
    assert banner.isVisible()
    assert not status.warning.isVisible()
    QTest.mouseClick(banner.findChild(QToolButton), Qt.MouseButton.LeftButton)
    assert not banner.isVisible()
    assert status.warning.text() == "Cloud-Ordner"
    QTest.mouseClick(status.warning, Qt.MouseButton.LeftButton)
    assert banner.isVisible()
    assert not status.warning.isVisible()
    program.window.close_project()
    assert not status.warning.isVisible()


def test_a_fault_is_told_in_the_status_bar_and_its_details_can_be_copied(program, opened, prompts) -> None:
    report = CrashReport("2026-03-12T10:00:00+00:00", "ValueError\n  page.py:3 take")
    program.window.help.note_fault(report)
    assert not prompts.dialogs
    QTest.mouseClick(program.window.status.fault, Qt.MouseButton.LeftButton)
    (dialog,) = prompts.dialogs
    QTest.mouseClick(dialog.copy, Qt.MouseButton.LeftButton)
    assert QApplication.clipboard().text() == f"{report.at}\n{report.text}"
    assert not program.window.status.fault.isVisible()


def searched(program: Program, prompts, words: str) -> list[str]:
    """What Ctrl+K finds for these words, as the screen reader says it."""
    QTest.keyClick(program.window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    dialog = prompts.dialogs[-1]
    QTest.keyClicks(dialog.findChild(QLineEdit), words)
    model = dialog.findChild(QListView).model()
    return [model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(model.rowCount())]


def test_the_search_finds_pages_commands_actors_and_questions(program, opened, prompts, settle) -> None:
    assert "Seite, Bewertung" in searched(program, prompts, "bewert")
    assert any(hit.startswith("Befehl, Dunkel") for hit in searched(program, prompts, "dunkel"))
    actor = opened.actors.list()[0].name("de")
    assert any(hit.startswith(f"Akteur, {actor}") for hit in searched(program, prompts, actor))
    (question, *_) = searched(program, prompts, "bezugsdatum")
    assert question.startswith("Frage im Fragebogen, A7")
    QTest.keyClick(prompts.dialogs[-1].findChild(QLineEdit), Qt.Key.Key_Return)
    settle()
    trial = prompts.dialogs[-1]
    assert trial.objectName() == "form_trial_window"
    trial.close()


def test_the_search_finds_a_measure_and_opens_its_interview_there(program, opened, prompts, settle) -> None:
    interview_id = start_interview(opened, known={Role.INTERVIEW_CODE: "RP-0004"})
    desk, save = open_interview(opened, interview_id)
    ref = propose_measure(opened, desk, save, "Gemeinsame Lehrwerkstatt")
    program.window.workbench.mark_stale()
    (hit, *_) = searched(program, prompts, "lehrwerkstatt")
    assert hit == "Maßnahme, Gemeinsame Lehrwerkstatt, RP-0004"
    QTest.keyClick(prompts.dialogs[-1].findChild(QLineEdit), Qt.Key.Key_Return)
    settle()
    page = program.window.workbench.page
    assert (page.key, page.item_id) == ("interview", interview_id)
    assert page.questions.current == ref


def propose_measure(project, desk, first, title: str) -> str:
    """Has an interview propose one measure; returns the ref of its title."""
    roles = desk.roles
    consent = desk.path_of(roles.question(Role.CONSENT_PARTICIPATE))
    yes = next(iter(roles.values(Role.CONSENT_PARTICIPATE)))
    steps = [desk.answer(consent, yes), desk.answer(desk.path_of(roles.question(Role.MEASURE_COUNT)), "1")]
    card = next(key for key in desk.pages.cards if roles.question(Role.MEASURE_REPEAT) in key)
    name = roles.question(Role.MEASURE_TITLE)
    ref = next(view.ref for view in walk(desk.view(card)) if view.name == name)
    steps.append(desk.answer(ref, title))
    for save in (first, *(step.save for step in steps)):
        if save is not None:
            save.write(project)
    return ref


def test_menus_keep_their_places_from_page_to_page(program, opened, settle) -> None:
    places = []
    for page in ("overview", "assessment", "reports"):
        program.window.workbench.go_to(page)
        settle()
        bar = program.window.menuBar()
        places.append([(action.text(), bar.actionGeometry(action).x()) for action in bar.actions()])
    assert places[0] == places[1] == places[2]


def test_the_status_bar_says_the_place_again_when_a_page_is_shown_again(program, opened, settle) -> None:
    workbench = program.window.workbench
    workbench.go_to("assessment")
    settle()
    workbench.page.place_changed.emit("Ebene Intern")
    workbench.go_to("overview")
    heard = []
    workbench.place_changed.connect(heard.append)
    workbench.go_to("assessment")
    assert heard[-1] == "Ebene Intern"


def test_entries_of_the_navigation_are_as_wide_as_the_list(program, opened, settle) -> None:
    navigation = program.window.workbench.navigation
    settle()
    entry = navigation.visualRect(navigation.model().index(0, 0))
    assert (entry.left(), entry.width()) == (0, navigation.viewport().width())


def test_pages_around_a_table_begin_at_one_height_and_make_room_for_a_notice(program, opened, settle) -> None:
    workbench = program.window.workbench
    tops = {}
    for key in ("actors", "interviews", "forms"):
        workbench.go_to(key)
        settle()
        body = workbench.page._stack
        tops[key] = body.mapTo(workbench.page, QPoint()).y()
    assert tops == {"actors": 0, "interviews": 0, "forms": 0}
    page = workbench.page
    page._files.message.say("ok", lambda: "Der Fragebogen ist aufgenommen.")
    settle()
    bar = page._files.message
    assert bar.isVisible()
    gap = page._stack.mapTo(page, QPoint()).y() - bar.mapTo(page, QPoint()).y() - bar.height()
    assert gap == program.desk.theme.space("s")


def test_the_overview_begins_with_the_days_where_interviews_name_no_wave(program, opened, settle) -> None:
    interview = start_interview(opened)
    opened.interviews.update_summary(interview, Summary(wave="", conducted_on="2026-03-12"))
    page = program.window.workbench.page
    page._wave = ""
    assert page.context() == "12.03.2026"
