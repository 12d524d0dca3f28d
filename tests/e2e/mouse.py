"""A person who points, clicks and turns the wheel; only words are typed."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QScrollArea,
    QWidget,
)

from .conftest import Keyboard

_MOST_TURNS = 200
_CLICK = -120
_ROUNDS = 3


class Mouse:
    """Sends mouse events to windows, as the system would; Qt finds out which widget lies under the pointer.

    Args:
        keyboard: types words into what was clicked, and knows how to wait.
        folder: for pictures of what was on the screen when a target could not be reached.
    """

    def __init__(self, keyboard: Keyboard, folder: Path) -> None:
        self.keyboard = keyboard
        self._folder = folder

    def click(self, widget: QWidget, place: QPoint | None = None) -> None:
        """Turns the wheel until the place can be seen, then presses the left button there."""
        spot = place if place is not None else widget.rect().center()
        window = widget.window()
        self._wait_for_place(widget)
        self._bring(widget, spot)
        point = self._point_at(widget, spot)
        hit = window.childAt(point) or window
        if not (hit is widget or widget.isAncestorOf(hit)):
            self._fail(widget, f"another widget lies above it: {type(hit).__name__} {hit.objectName()!r}")
        self._press(window.windowHandle(), point)

    def click_row(self, view: QAbstractItemView, row: int) -> None:
        """Clicks a row of a list or table."""
        index = view.model().index(row, 0)
        self.click(view.viewport(), view.visualRect(index).center())

    def write(self, widget: QWidget, text: str) -> None:
        """Clicks into a field and types over what it holds."""
        self.click(widget)
        if QApplication.focusWidget() is not widget:
            self._fail(widget, "the click did not give it the focus")
        self.keyboard.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        self.keyboard.type(text)

    def choose(self, box: QComboBox, row: int) -> None:
        """Opens a list by its arrow and clicks an entry."""
        self.click(box, QPoint(box.width() - 12, box.height() // 2))
        view = box.view()
        if not view.isVisible():
            self._fail(box, "the list does not open")
        view.scrollTo(view.model().index(row, box.modelColumn()))
        spot = view.visualRect(view.model().index(row, box.modelColumn())).center()
        popup = view.window()
        self._press(popup.windowHandle(), view.viewport().mapTo(popup, spot))

    def _wait_for_place(self, widget: QWidget) -> None:
        """A question that an answer has just brought finds its place step by step."""
        still = 0
        while still < _ROUNDS:
            before = widget.mapTo(widget.window(), QPoint())
            QApplication.processEvents()
            still = still + 1 if widget.mapTo(widget.window(), QPoint()) == before else 0

    def _point_at(self, widget: QWidget, spot: QPoint) -> QPoint:
        """Moves the pointer there; questions that an answer brings may still move the place, so it is followed."""
        window = widget.window()
        while True:
            point = widget.mapTo(window, spot)
            QTest.mouseMove(window.windowHandle(), point)
            QApplication.processEvents()
            if widget.mapTo(window, spot) == point:
                return point

    def _press(self, window: QWindow, point: QPoint) -> None:
        QTest.mouseMove(window, point)
        QTest.mouseClick(window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, point)
        QApplication.processEvents()

    def _bring(self, widget: QWidget, spot: QPoint) -> None:
        """Turns the wheel over each scrolling area around the widget, the outermost first."""
        for area in reversed(_areas(widget)):
            for _ in range(_MOST_TURNS):
                view = area.viewport()
                box = QRect(widget.mapTo(view, spot), widget.mapTo(view, spot)).adjusted(-2, -14, 2, 14)
                room = view.rect()
                if room.contains(box):
                    break
                window = view.window()
                turn = _CLICK if box.bottom() > room.bottom() else -_CLICK
                middle = QPointF(view.mapTo(window, QPoint(room.width() - 4, room.center().y())))
                before = area.verticalScrollBar().value()
                QTest.wheelEvent(window.windowHandle(), middle, QPoint(0, turn))
                QApplication.processEvents()
                if area.verticalScrollBar().value() == before:
                    break

    def _fail(self, widget: QWidget, why: str) -> None:
        widget.window().grab().save(str(self._folder / "mouse.png"))
        name = widget.accessibleName() or widget.objectName()
        pytest.fail(f"{type(widget).__name__} {name!r} cannot be used by mouse: {why}")


def button(root: QWidget, text: str) -> QAbstractButton:
    """The visible button with these words below a widget."""
    found = [
        one
        for one in root.findChildren(QAbstractButton)
        if one.isVisible() and text in {one.text().replace("&", ""), one.accessibleName()}
    ]
    assert found, f"no button {text!r}"
    return found[0]


def _areas(widget: QWidget) -> list[QAbstractScrollArea]:
    """The scroll areas around a widget, the innermost first."""
    found = []
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QScrollArea):
            found.append(parent)
        parent = parent.parentWidget()
    return found
