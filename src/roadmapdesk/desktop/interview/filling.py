"""Builds a long page in short slices, so that keys and painting never wait for a whole section."""

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QLayout

FIRST_SLICE_S = 0.003
SLICE_S = 0.004


class Filling(QObject):
    """Paints places one after the other: the first slice at once, the others whenever the event loop is idle.

    Args:
        paint: makes or refreshes the widget of a place.
        around: entered around the places of a slice.

    Attributes:
        slice_begins: before places are painted from the event loop.
        slice_ended: places were painted; the layout may have grown.
        finished: nothing is left to paint.
    """

    slice_begins = Signal()
    slice_ended = Signal()
    finished = Signal()

    def __init__(
        self,
        paint: Callable[[int], object],
        *,
        around: Callable[[], AbstractContextManager[None]],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._paint = paint
        self._around = around
        self._waiting: dict[int, None] = {}
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._on_timer_timeout)

    @property
    def is_busy(self) -> bool:
        """Whether places wait to be painted."""
        return bool(self._waiting)

    def is_waiting(self, place: int) -> bool:
        """Whether this place waits to be painted."""
        return place in self._waiting

    def begin(self, order: Iterable[int]) -> None:
        """Paints these places in this order; what waited before is forgotten."""
        self._waiting = dict.fromkeys(order)
        self._paint_for(FIRST_SLICE_S)
        if self._waiting:
            self._timer.start()
        else:
            self._end()

    def add(self, places: Iterable[int]) -> None:
        """Paints these places too, before those that wait already: an answer made them wanted."""
        self._waiting = dict.fromkeys([*places, *self._waiting])
        self._paint_for(SLICE_S)
        if self._waiting:
            self._timer.start()
        else:
            self._end()

    def hurry(self, place: int) -> None:
        """Paints a place now if it waits."""
        if place in self._waiting:
            del self._waiting[place]
            self._paint(place)

    def finish(self) -> None:
        """Paints everything that waits now."""
        if self._waiting:
            self.slice_begins.emit()
            self._paint_for(float("inf"))
            self.slice_ended.emit()
            self._end()

    def _paint_for(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        with self._around():
            while self._waiting:
                place = next(iter(self._waiting))
                del self._waiting[place]
                self._paint(place)
                if time.monotonic() >= until:
                    return

    def _on_timer_timeout(self) -> None:
        self.slice_begins.emit()
        self._paint_for(SLICE_S)
        self.slice_ended.emit()
        if not self._waiting:
            self._end()

    def _end(self) -> None:
        self._timer.stop()
        self.finished.emit()


@contextmanager
def laid_out_once(layout: QLayout) -> Iterator[None]:
    """Has several widgets appear with one layout pass: Qt lays out everything around each widget it shows."""
    layout.setEnabled(False)
    try:
        yield
    finally:
        layout.setEnabled(True)
