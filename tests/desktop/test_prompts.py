"""Questions and messages: wide enough to read, the safe answer on Enter and Esc, by real keys."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QPushButton, QScrollArea, QWidget

from roadmapdesk.desktop.prompts import Prompts
from roadmapdesk.desktop.widgets.dialog import Dialog

LONG = (
    "Diese Antworten hängen daran: Logistik und Transport mit 26 Antworten. Sie verschwinden, bis Sie zurückwählen."
)


@pytest.fixture
def window(qtbot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1000, 700)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    return window


@pytest.fixture
def ask(theme, window, qtbot):
    """Asks and gives the dialog and the list that takes the answer."""

    def run():
        answers: list[str] = []
        Prompts(theme=theme).ask(
            window,
            question="Antworten verschwinden lassen?",
            consequence=LONG,
            confirm="Verschwinden lassen",
            confirmed=lambda: answers.append("go"),
            refuse="Alles behalten",
            refused=lambda: answers.append("stay"),
        )
        dialog = QApplication.activeModalWidget()
        assert dialog is not None
        qtbot.waitUntil(lambda: QApplication.focusWidget() is not None and dialog.isActiveWindow())
        return dialog, answers

    return run


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Space])
def test_the_safe_answer_is_where_the_focus_is_and_on_escape(ask, key) -> None:
    _dialog, answers = ask()
    focused = QApplication.focusWidget()
    assert isinstance(focused, QPushButton)
    assert focused.text() == "Alles behalten"
    QTest.keyClick(focused, key)
    assert answers == ["stay"]


def test_going_ahead_takes_a_step_to_the_other_button(ask) -> None:
    _dialog, answers = ask()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert answers == ["go"]


@pytest.mark.parametrize("factor", [1.0, 2.0])
def test_nothing_of_a_question_is_cut_off(ask, theme, factor) -> None:
    theme.set_factor(factor)
    dialog, _answers = ask()
    assert dialog.width() >= min(theme.px(440), 900)
    for label in dialog.findChildren(QLabel):
        if label.isVisible():
            assert label.height() >= label.heightForWidth(label.width())
    assert dialog.height() <= dialog.layout().totalHeightForWidth(dialog.width()) + 1
    for button in dialog.findChildren(QPushButton):
        assert not button.isVisible() or dialog.rect().contains(button.geometry())


def test_a_message_closes_by_enter(theme, window) -> None:
    Prompts(theme=theme).tell(window, title="Dieser Entwurf enthält Antworten", text=LONG)
    dialog = QApplication.activeModalWidget()
    assert dialog is not None
    assert any(label.text() == LONG for label in dialog.findChildren(QLabel))
    QTest.keyClick(QApplication.focusWidget() or dialog, Qt.Key.Key_Return)
    assert not dialog.isVisible()


def test_a_file_is_looked_for_in_a_folder_that_exists(theme, window, tmp_path) -> None:
    Prompts(theme=theme).open_file(window, title="Öffnen", folder=tmp_path / "Dokumente", kinds=(), chosen=print)
    dialog = window.findChild(QFileDialog)
    assert dialog is not None
    assert dialog.directory().absolutePath() == str(tmp_path)
    assert dialog.selectedFiles() in ([], [str(tmp_path)])
    dialog.reject()


def test_a_long_list_below_a_question_scrolls_by_key_and_leaves_the_buttons_in_sight(theme, window, qtbot) -> None:
    Prompts(theme=theme).ask(
        window,
        question="Antworten verschwinden lassen?",
        consequence=LONG,
        confirm="Verschwinden lassen",
        confirmed=lambda: None,
        details=[f"„Karte {number}“ mit 3 Antworten" for number in range(1, 201)],
    )
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, Dialog)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None and dialog.isActiveWindow())
    assert dialog.height() <= window.screen().availableGeometry().height()
    assert dialog.rect().contains(dialog.refuse.geometry())
    bar = dialog.findChild(QScrollArea).verticalScrollBar()
    assert bar.maximum() > 0
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_PageDown)
    assert bar.value() > 0
    dialog.reject()
