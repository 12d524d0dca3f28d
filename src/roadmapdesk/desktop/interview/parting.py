"""Nothing on the page moves between pressing and releasing the mouse, so that no click gets lost."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

_CHECK_MS = 10


class Parting(QObject):
    """Puts off what leaving one question does to the page, while the next one is being clicked.

    Leaving a question may show a problem, make questions appear, or scroll. Done at once, the option under the
    pointer would slide away before the button is released.

    Args:
        page: only clicks on widgets inside it put anything off.
    """

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self._page = page
        self._waiting: list[Callable[[], object]] = []
        self._timer = QTimer(self)
        self._timer.setInterval(_CHECK_MS)
        self._timer.timeout.connect(self._on_timer_timeout)

    def run(self, work: Callable[[], object]) -> None:
        """Runs `work` now, or in its turn once the mouse is released."""
        if self._is_being_clicked():
            self._waiting.append(work)
            self._timer.start()
            return
        self.finish()
        work()

    def finish(self) -> None:
        """Runs what waits now."""
        self._timer.stop()
        waiting, self._waiting = self._waiting, []
        for work in waiting:
            work()

    def _is_being_clicked(self) -> bool:
        if QGuiApplication.mouseButtons() == Qt.MouseButton.NoButton:
            return False
        focused = QApplication.focusWidget()
        return focused is not None and self._page.isAncestorOf(focused)

    def _on_timer_timeout(self) -> None:
        if QGuiApplication.mouseButtons() == Qt.MouseButton.NoButton:
            self.finish()
