"""Background work: one thread for the database, the shared pool for computing, results on the main thread.

Everything for the database runs in the order in which it was given, on one thread, so a job that reads sees what
the jobs before it wrote. Functions get plain data and a `Control`, open their own session and return frozen values.
"""

import logging
from collections.abc import Callable
from enum import Enum, auto
from typing import Any, TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QThreadPool, Signal
from shiboken6 import isValid

from roadmapdesk.errors import RoadmapDeskError

_log = logging.getLogger(__name__)
T = TypeVar("T")


class Pool(Enum):
    """Where a job runs."""

    DATABASE = auto()
    CPU = auto()


class Job(QObject):
    """One piece of work under way; kept by whoever may want to cancel it.

    Attributes:
        finished: sent on the main thread after `done` or `failed` ran, or when the job was cancelled.
    """

    finished = Signal()
    _succeeded = Signal(object)
    _broke = Signal(object)
    _stopped = Signal()
    _advanced = Signal(int, int)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._is_cancelled = False

    def cancel(self) -> None:
        """Asks the function to stop; a job that has not begun never begins. Neither callback runs afterwards."""
        self._is_cancelled = True

    def is_cancelled(self) -> bool:
        """Whether somebody asked to stop; any thread may ask."""
        return self._is_cancelled


class Control:
    """What a running function sees of its job: it tells progress and asks whether to stop. For the worker thread."""

    def __init__(self, job: Job) -> None:
        self._job = job

    def progress(self, done: int, total: int) -> None:
        """Tells how far the work is; shown later, on the main thread."""
        self._job._advanced.emit(done, total)

    def cancelled(self) -> bool:
        """Whether the function should return soon; what it returns then is dropped."""
        return self._job.is_cancelled()


class Jobs(QObject):
    """Runs functions in the background; lives in the main thread.

    Attributes:
        failed: sent with the exception of a job that was given no `failed` callback.
        busy_changed: sent with True when the first job starts and False when the last one ends.
    """

    failed = Signal(object)
    busy_changed = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._database = QThreadPool(self)
        self._database.setMaxThreadCount(1)
        self._database.setExpiryTimeout(-1)
        self._open: set[Job] = set()

    @property
    def is_busy(self) -> bool:
        """Whether any job has not reported its end yet."""
        return bool(self._open)

    def run(
        self,
        function: Callable[[Control], T],
        *,
        done: Callable[[T], Any] | None = None,
        failed: Callable[[Exception], Any] | None = None,
        progress: Callable[[int, int], Any] | None = None,
        pool: Pool = Pool.DATABASE,
        owner: QObject | None = None,
    ) -> Job:
        """Runs `function` in the background and reports back on the main thread.

        Args:
            function: gets a `Control`; must not touch widgets.
            done: gets what the function returned.
            failed: gets the exception; without it `Jobs.failed` tells the window.
            progress: gets (done, total) as often as the function tells.
            pool: the ordered database thread, or the shared pool for pure computing.
            owner: a widget whose deletion makes the callbacks void.
        """
        job = Job(self)
        self._open.add(job)

        def alive() -> bool:
            return not job.is_cancelled() and (owner is None or isValid(owner))

        def on_succeeded(result: T) -> None:
            if done is not None and alive():
                done(result)

        def on_broke(error: Exception) -> None:
            if not alive():
                return
            if failed is not None:
                failed(error)
            else:
                self.failed.emit(error)

        def on_advanced(count: int, total: int) -> None:
            if progress is not None and alive():
                progress(count, total)

        job._succeeded.connect(on_succeeded)
        job._broke.connect(on_broke)
        job._advanced.connect(on_advanced)
        job._stopped.connect(lambda: self._end(job))  # through the job itself, so never before its result
        if len(self._open) == 1:
            self.busy_changed.emit(True)
        threads = self._database if pool is Pool.DATABASE else QThreadPool.globalInstance()
        threads.start(lambda: _work(job, function))
        return job

    def finish(self) -> None:
        """Waits for every job, also those that callbacks start, and delivers what they reported.

        For closing a project or the program.
        """
        while self._open:
            self._database.waitForDone()
            QThreadPool.globalInstance().waitForDone()
            for job in tuple(self._open):
                QCoreApplication.sendPostedEvents(job, QEvent.Type.MetaCall)

    def _end(self, job: Job) -> None:
        self._open.discard(job)
        job.finished.emit()
        job.deleteLater()
        if not self._open:
            self.busy_changed.emit(False)


def _work(job: Job, function: Callable[[Control], Any]) -> None:
    """The worker's side: runs the function and reports exactly once."""
    try:
        if not job.is_cancelled():
            result = function(Control(job))
            job._succeeded.emit(result)
    except RoadmapDeskError as error:
        _log.info("a job ended with %s", error.code)
        job._broke.emit(error)
    except Exception as error:
        _log.error("a job failed with %s", type(error).__name__)
        job._broke.emit(error)
    finally:
        job._stopped.emit()
