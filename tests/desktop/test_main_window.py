"""The window around an open project."""

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
    QPlainTextEdit,
    QWidget,
)

from roadmapdesk.desktop.app import Program
from roadmapdesk.desktop.theme import Scheme
from roadmapdesk.desktop.widgets.labels import Text
from roadmapdesk.i18n import current_language
from roadmapdesk.storage import open_project

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
