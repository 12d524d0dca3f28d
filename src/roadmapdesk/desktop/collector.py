"""Garbage is collected on the main thread only.

Python collects wherever it happens to allocate. On a worker thread that would destroy Qt objects in the wrong thread:
a thread pool found there waits for its own thread, and the program stands still. So automatic collection is off while
the window runs, and a timer on the main thread looks after it.

A full collection looks at every object of the program, about 100 ms with a form open. It therefore waits until the
main thread had next to nothing to do for a while: then nobody is typing. What survives it is set aside. In between, a
collection looks at each object once, soon after it was made: looking again at those of the last ten intervals, as
Python does by itself, took 40 to 75 ms while somebody typed without a pause.

What a start makes stays: modules, libraries, the first page. It is set aside unseen once no thread is busy any more.
"""

import gc
import time

from PySide6.QtCore import QObject, QTimer, Slot

_INTERVAL_MS = 200
_REST = 5  # quiet intervals in a row, until the program counts as resting
_QUIET_S = 0.005  # processor time of an interval in which nobody types: timers and a blinking cursor
_DUE = 100  # collections of new objects, until a full one is worth its time
_START = 25  # intervals in which no thread rests, after which a start counts as over
_PATIENCE = 3_000  # the same, until it no longer waits for rest: ten minutes without a second of it


class Collector(QObject):
    """Collects on the main thread: new objects when there are many, all objects when the program rests."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._was_enabled = gc.isenabled()
        self._threshold = gc.get_threshold()[0]
        self._resting = 0
        self._worked = time.thread_time()
        self._worked_all = time.process_time()
        self._starting = _START
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(_INTERVAL_MS)
        self._timer.timeout.connect(self._on_timer_timeout)
        self._timer.start()

    def stop(self) -> None:
        """Gives collection back to Python."""
        self._timer.stop()
        gc.unfreeze()
        if self._was_enabled:
            gc.enable()

    @Slot()
    def _on_timer_timeout(self) -> None:
        if self._starting:
            self._watch_start()
            return
        counts = gc.get_count()
        is_quiet = time.thread_time() - self._worked < _QUIET_S
        self._resting = self._resting + 1 if is_quiet else 0
        if counts[2] > _PATIENCE or (counts[2] > _DUE and self._resting >= _REST):
            self._collect_all()
        elif counts[0] > self._threshold:
            gc.collect(1)
        self._worked = time.thread_time()

    def _watch_start(self) -> None:
        worked = time.process_time()
        self._starting = 0 if worked - self._worked_all < _QUIET_S else self._starting - 1
        self._worked_all, self._worked = worked, time.thread_time()
        if not self._starting:
            gc.freeze()

    def _collect_all(self) -> None:
        gc.unfreeze()
        gc.collect()
        gc.freeze()
