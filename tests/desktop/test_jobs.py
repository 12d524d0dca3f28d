import threading

import pytest
from PySide6.QtCore import QObject, QThread, QThreadPool
from PySide6.QtWidgets import QApplication

from roadmapdesk.desktop.jobs import Control, Jobs, Pool
from roadmapdesk.errors import Message, RoadmapDeskError

BROKEN = RoadmapDeskError(Message("test.broken", "It broke."))


@pytest.fixture
def jobs(qapp: QApplication) -> Jobs:
    return Jobs()


def test_jobs_of_the_database_run_in_order_on_one_thread(jobs: Jobs) -> None:
    ran: list[tuple[int, int]] = []

    for number in range(20):
        jobs.run(lambda _control, number=number: ran.append((number, threading.get_ident())))
    jobs.finish()

    assert [number for number, _thread in ran] == list(range(20))
    assert len({thread for _number, thread in ran}) == 1
    assert ran[0][1] != threading.get_ident()


@pytest.mark.parametrize("pool", list(Pool))
def test_results_come_back_on_the_main_thread(jobs: Jobs, pool: Pool) -> None:
    found = []

    jobs.run(
        lambda _control: QThread.currentThread() is jobs.thread(),
        done=lambda was_main: found.append((was_main, QThread.currentThread() is jobs.thread())),
        pool=pool,
    )
    jobs.finish()

    assert found == [(False, True)]


def test_finishing_waits_for_what_a_callback_starts_and_delivers_its_result(jobs: Jobs) -> None:
    told: list[str] = []

    def go_on(_result: None) -> None:
        jobs.run(lambda _control: "second", done=told.append, pool=Pool.CPU)
        QThreadPool.globalInstance().waitForDone()  # it has reported before this callback returns

    jobs.run(lambda _control: None, done=go_on)
    jobs.finish()

    assert told == ["second"]
    assert not jobs.is_busy


def test_progress_is_told_before_the_end(jobs: Jobs) -> None:
    told: list[object] = []

    def work(control: Control) -> str:
        control.progress(1, 2)
        control.progress(2, 2)
        return "done"

    jobs.run(work, done=told.append, progress=lambda count, total: told.append((count, total)))
    jobs.finish()

    assert told == [(1, 2), (2, 2), "done"]


def test_a_failure_reaches_its_own_callback_or_everyone(jobs: Jobs) -> None:
    own: list[Exception] = []
    everyone: list[Exception] = []
    jobs.failed.connect(everyone.append)

    def fail(_control: Control) -> None:
        raise BROKEN

    jobs.run(fail, failed=own.append)
    jobs.run(fail)
    jobs.finish()

    assert own == [BROKEN]
    assert everyone == [BROKEN]


def test_a_cancelled_job_tells_nothing_and_one_that_waits_never_begins(jobs: Jobs) -> None:
    gate, told, began = threading.Event(), [], []

    def wait(control: Control) -> str:
        gate.wait(10)
        return "late" if control.cancelled() else "early"

    first = jobs.run(wait, done=told.append)
    second = jobs.run(lambda _control: began.append(True), done=told.append)
    ended = []
    first.finished.connect(lambda: ended.append("first"))
    first.cancel()
    second.cancel()
    gate.set()
    jobs.finish()

    assert (told, began, ended) == ([], [], ["first"])


def test_a_deleted_owner_is_not_called(jobs: Jobs) -> None:
    import shiboken6

    owner, told, gate = QObject(), [], threading.Event()

    jobs.run(lambda _control: gate.wait(10), done=told.append, owner=owner)
    shiboken6.delete(owner)
    gate.set()
    jobs.finish()

    assert told == []


def test_busy_is_told_once_for_many_jobs(jobs: Jobs) -> None:
    told: list[bool] = []
    jobs.busy_changed.connect(told.append)

    for _ in range(3):
        jobs.run(lambda _control: None)
    jobs.finish()

    assert told == [True, False]
    assert not jobs.is_busy
