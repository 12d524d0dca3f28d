"""Garbage is collected on the main thread only.

Python collects wherever it happens to allocate. On a worker thread that would destroy Qt objects in the wrong thread:
a thread pool found there waits for its own thread, and the program stands still. So automatic collection is off while
the window runs, and a timer on the main thread looks after it.
"""

import gc

from PySide6.QtCore import QObject, QTimer, Slot

_INTERVAL_MS = 200


class Collector(QObject):
    """Collects on the main thread, by the same thresholds that Python itself would use."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._was_enabled = gc.isenabled()
        self._thresholds = gc.get_threshold()
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(_INTERVAL_MS)
        self._timer.timeout.connect(self._on_timer_timeout)
        self._timer.start()

    def stop(self) -> None:
        """Gives collection back to Python."""
        self._timer.stop()
        if self._was_enabled:
            gc.enable()

    @Slot()
    def _on_timer_timeout(self) -> None:
        counts = gc.get_count()
        for generation in (2, 1, 0):
            if counts[generation] > self._thresholds[generation]:
                gc.collect(generation)
                return
