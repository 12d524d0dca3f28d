"""The real program on an empty disk, and a person who has nothing but a keyboard."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from roadmapdesk.desktop import app
from roadmapdesk.desktop import settings as keys
from roadmapdesk.desktop.settings import Settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
PATIENCE_MS = 60_000


class Keyboard:
    """Presses keys in whatever has the focus, and never touches a widget otherwise."""

    def __init__(self, program: app.Program, qtbot, folder: Path) -> None:
        self._program = program
        self._folder = folder
        self._qtbot = qtbot

    def _window(self) -> QWindow:
        """What the system would send keys to: a dialog or the main window; Qt passes them on to an open list."""
        widget = QApplication.activeModalWidget() or self._program.window
        if QApplication.activeWindow() is None:  # window managers give the focus back, this platform does not
            widget.activateWindow()
            QApplication.processEvents()
        return widget.windowHandle()

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """One key, sent to the window as the system would send it."""
        QTest.keyClick(self._window(), key, modifiers)

    def type(self, text: str) -> None:
        """Letters and digits, one after the other."""
        for letter in text:
            if letter.isascii():
                QTest.keyClick(self._window(), letter)
            else:  # QTest knows no keys beyond ASCII
                self._window()
                none = Qt.KeyboardModifier.NoModifier
                QTest.sendKeyEvent(
                    QTest.KeyAction.Click, QApplication.focusWidget(), Qt.Key.Key_unknown, letter, none
                )

    def wait(self, is_so: Callable[[], object]) -> None:
        """Until the program has come so far."""
        try:
            self._qtbot.waitUntil(lambda: bool(self._window() and is_so()), timeout=PATIENCE_MS)
        except self._qtbot.TimeoutError:
            self._photograph()
            raise

    def _photograph(self) -> None:
        """Keeps what was on the screen when the test gave up."""
        for name, widget in (("window", self._program.window), ("dialog", QApplication.activeModalWidget())):
            if widget is not None:
                widget.grab().save(str(self._folder / f"{name}.png"))

    def tab_to(self, name: str) -> QWidget:
        """Tab until the focus stands on an input or button of this name."""
        passed = []
        for _ in range(80):
            widget = QApplication.focusWidget()
            if widget is not None:
                found = widget.accessibleName() or getattr(widget, "text", str)()
                if found.replace("&", "") == name:
                    return widget
                passed.append(found)
            self.press(Qt.Key.Key_Tab)
        self._photograph()
        pytest.fail(f"Tab does not lead to {name!r}, only to {list(dict.fromkeys(passed))}")


@pytest.fixture
def program(qapp: QApplication, tmp_path: Path) -> Iterator[app.Program]:
    """The program with its real dialogs, in German, without a project."""
    file = tmp_path / "settings.ini"
    settings = Settings(file)
    settings.set(keys.LANGUAGE, "de")
    settings.set(keys.SCHEME, "light")
    for key in (keys.PROJECTS_FOLDER, keys.EXPORT_FOLDER):
        settings.set(key, str(tmp_path))
    settings.flush()
    program = app.build(qapp, settings_file=file)
    program.window.resize(1366, 768)
    program.window.show()
    yield program
    program.window.close()
    program.close()
    program.window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    qapp.setStyleSheet("")
    qapp.setStyle("Fusion")


@pytest.fixture
def keyboard(program: app.Program, qtbot, tmp_path: Path) -> Keyboard:
    with qtbot.waitActive(program.window):
        program.window.activateWindow()
    return Keyboard(program, qtbot, tmp_path)
