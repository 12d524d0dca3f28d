"""Qt objects that nobody holds any more are destroyed on the main thread, whoever allocates."""

import gc
import threading
import weakref

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from roadmapdesk.desktop.collector import Collector
from roadmapdesk.desktop.jobs import Jobs, Pool


class _Ring(QObject):
    """An object that only the collector can free."""

    def __init__(self) -> None:
        super().__init__()
        self.me = self


def test_a_worker_that_allocates_much_collects_nothing(qapp: QApplication) -> None:
    was_enabled = gc.isenabled()
    gc.enable()
    collector = Collector()
    jobs = Jobs(qapp)
    places: list[threading.Thread] = []
    ring = _Ring()
    weakref.finalize(ring, lambda: places.append(threading.current_thread()))
    del ring

    jobs.run(lambda _control: len([[] for _ in range(200_000)]), pool=Pool.DATABASE)
    jobs.finish()
    assert not places
    gc.collect()

    assert places == [threading.main_thread()]
    collector.stop()
    assert gc.isenabled()
    if not was_enabled:
        gc.disable()


def started(collector: Collector) -> Collector:
    """The collector once the start of the program is over."""
    while collector._starting:
        collector._on_timer_timeout()
    return collector


def test_the_timer_collects_on_the_main_thread(qtbot: QtBot) -> None:
    collector = started(Collector())
    places: list[threading.Thread] = []
    ring = _Ring()
    weakref.finalize(ring, lambda: places.append(threading.current_thread()))
    del ring
    kept: list[list[int]] = []

    def freed() -> bool:
        # Allocates at every look: objects that earlier tests free meanwhile take the count down again.
        kept.extend([number] for number in range(gc.get_threshold()[0] + 1_000))
        return bool(places)

    qtbot.waitUntil(freed, timeout=15_000)

    assert places == [threading.main_thread()]
    collector.stop()


def test_new_objects_are_looked_at_once(qapp: QApplication) -> None:
    collector = started(Collector(qapp))
    kept = [[number] for number in range(gc.get_threshold()[0] + 1_000)]

    collector._on_timer_timeout()

    assert any(one is kept for one in gc.get_objects(generation=2))
    collector.stop()


def test_what_a_start_makes_is_set_aside_without_a_look(qapp: QApplication) -> None:
    collector = Collector(qapp)
    looks: list[str] = []
    gc.callbacks.append(lambda phase, _info: looks.append(phase))
    kept = [[number] for number in range(gc.get_threshold()[0] + 1_000)]

    started(collector)

    gc.callbacks.pop()
    assert looks == []
    assert gc.get_freeze_count() > len(kept)
    collector.stop()
