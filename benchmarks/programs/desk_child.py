"""What `desk.py` measures in a process of its own; prints one JSON object.

``desk_child.py BEGAN bare`` · ``BEGAN start`` · ``BEGAN overview PROJECT`` · ``BEGAN interview PROJECT [FORM]`` ·
``BEGAN page`` · BEGAN is the monotonic clock when the process was asked for.
"""

# ruff: noqa: PLC0415, D102, N802, ANN401 — every measurement imports only what it measures
from __future__ import annotations

import gc
import importlib
import json
import os
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget

FRAME_MS = 16
ROOT = Path(__file__).resolve().parents[2]


def resident_mb() -> float:
    """Memory of this process in MB."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def so_far(began: float) -> dict[str, Any]:
    """Time since the process was asked for, what its processor time was, memory and loaded modules."""
    return {
        "ms": (time.monotonic() - began) * 1000,
        "cpu_ms": time.process_time() * 1000,
        "mb": resident_mb(),
        "modules": len(sys.modules),
    }


class FirstPaint(QObject):
    """Calls back when a window was painted for the first time."""

    def __init__(self, window: QWidget, done: Callable[[], None]) -> None:
        super().__init__(window)
        self._done = done
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self._done)
        return False


class Pulse(QObject):
    """Notes how long the event loop did not come round: what a key would have waited."""

    def __init__(self) -> None:
        super().__init__()
        self.gaps_ms: list[float] = []
        self.busy_ms: list[float] = []
        self._last = time.perf_counter()
        self._worked = time.thread_time()
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._beat)

    def start(self) -> None:
        self._last, self._worked = time.perf_counter(), time.thread_time()
        self._timer.start()

    def stop(self) -> None:
        self._timer.stop()

    def _beat(self) -> None:
        now = time.perf_counter()
        worked = time.thread_time()
        self.gaps_ms.append((now - self._last) * 1000)
        self.busy_ms.append((worked - self._worked) * 1000)
        self._last, self._worked = now, worked


def bare(began: float) -> dict[str, Any]:
    application = QApplication([])
    window = QWidget()
    found: dict[str, Any] = {}

    def painted() -> None:
        found.update(so_far(began))
        application.exit()

    FirstPaint(window, painted)
    window.resize(1366, 768)
    window.show()
    application.exec()
    return found


def _program(application: QApplication, home: Path) -> Any:
    from roadmapdesk.desktop import app

    return app.build(application, settings_file=home / "settings.ini")


def start(began: float, home: Path) -> dict[str, Any]:
    application = QApplication([])
    program = _program(application, home)
    found: dict[str, Any] = {}

    def painted() -> None:
        found.update(so_far(began))
        application.exit()

    FirstPaint(program.window, painted)
    program.window.resize(1366, 768)
    program.window.show()
    application.exec()
    program.close()
    return found


def overview(began: float, home: Path, folder: Path) -> dict[str, Any]:
    from roadmapdesk.desktop.project_pages import SOON_NEEDED

    application = QApplication([])
    program = _program(application, home)
    program.window.resize(1366, 768)
    program.window.show()
    program.door.open(folder, window=program.window)
    found: dict[str, Any] = {}
    timer = QTimer()
    timer.setInterval(1)

    def look() -> None:
        bench = program.window.workbench
        if bench is None or bench.page is None or program.desk.jobs.is_busy:
            return
        timer.stop()
        FirstPaint(bench.page, painted)
        bench.page.update()

    def painted() -> None:
        found.update(so_far(began))
        # The program loads its other pages right after; they belong to its memory.
        for name in SOON_NEEDED:
            importlib.import_module(f"roadmapdesk.{name}")
        found["mb"] = resident_mb()
        application.exit()

    timer.timeout.connect(look)
    timer.start()
    application.exec()
    program.close()
    return found


def interview(home: Path, folder: Path, form: Path | None) -> dict[str, Any]:
    """Types through a whole interview in the real window."""
    sys.path.insert(0, str(ROOT / "tests" / "desktop" / "interview"))
    from typist import Typist

    from roadmapdesk.desktop.collector import Collector
    from roadmapdesk.workspace.forms import add_form
    from roadmapdesk.workspace.interviewing import InterviewDesk, load_interview, start_interview
    from roadmapdesk.workspace.projects import open_project

    application = QApplication([])
    collector = Collector()
    program = _program(application, home)
    program.window.resize(1366, 768)
    program.window.show()
    program.window.activateWindow()
    project = open_project(folder)
    sha = add_form(project, form).sha if form is not None else None
    interview_id = start_interview(project, form_sha=sha)
    loads = []
    for _ in range(5):
        began = time.perf_counter()
        InterviewDesk(load_interview(project, interview_id))
        loads.append((time.perf_counter() - began) * 1000)
    program.window.show_project(project)
    program.desk.jobs.finish()
    application.processEvents()
    began = time.perf_counter()
    program.window.workbench.go_to("interview", interview_id)
    page = program.window.workbench.page
    page.repaint()
    opened = (time.perf_counter() - began) * 1000
    typist = Typist(page, random.Random(7), prefers=frozenset({"yes", "a"}))
    keys = typist.whole_interview()
    pulse, taken = Pulse(), _type(application, keys)
    pulse.start()
    answers_ms = taken()
    pulse.stop()
    program.desk.jobs.finish()
    gaps = sorted(pulse.gaps_ms)
    answered, asked = page.interview.pages.total.answered, page.interview.pages.total.asked
    collector.stop()
    program.close()
    return {
        "load_ms": statistics.median(loads), "open_ms": opened, "keys": len(answers_ms),
        "longest_ms": gaps[-1], "longest_busy_ms": max(pulse.busy_ms),
        "busy_over_16": sum(gap > FRAME_MS for gap in pulse.busy_ms), "over_50": sum(gap > 50 for gap in gaps),
        "over_16": sum(gap > FRAME_MS for gap in gaps), "key_ms": statistics.median(answers_ms),
        "key_p99_ms": sorted(answers_ms)[int(len(answers_ms) * 0.99)], "answered": answered, "asked": asked,
        "worst": [round(gap, 1) for gap in gaps[-5:]],
    }  # fmt: skip


def long_page() -> dict[str, Any]:
    """A page of 150 questions beside the same page of plain widgets: show, and toggle one question.

    Both are work of the main thread alone, so its processor time is what is compared.
    """
    from types import SimpleNamespace

    from PySide6.QtWidgets import QLabel, QLineEdit, QRadioButton, QScrollArea, QVBoxLayout

    from roadmapdesk.desktop import fonts
    from roadmapdesk.desktop.interview.section_page import SectionPage
    from roadmapdesk.desktop.interview.section_slots import PageLook
    from roadmapdesk.desktop.style import RoadmapStyle
    from roadmapdesk.desktop.theme import Scheme, Theme
    from roadmapdesk.xforms.definition.form import FormDefinition
    from roadmapdesk.xforms.session.session import FormSession
    from roadmapdesk.xforms.xlsform.compiler import compile_form

    sys.path.insert(0, str(ROOT / "benchmarks"))
    from measure import alternate

    application = QApplication([])
    fonts.register()
    theme = Theme(scheme=Scheme.LIGHT)
    application.setStyle(RoadmapStyle(theme=theme))
    theme.apply(application)
    file = Path(os.environ["DESK_HOME"]) / "long.md"
    file.write_text(long_form(150, groups=1), encoding="utf-8")
    session = FormSession(FormDefinition.from_xml(compile_form(file).require_usable("long").xform_xml))
    group = next(child for child in session.root.children if child.name == "g0")
    questions = list(group.children)
    kept = SimpleNamespace(first=None, ours=None, plain=None, area=None)

    def ours() -> None:
        page = SectionPage(theme=theme, find=session.node)
        page.resize(900, 660)
        page.show_section((group,), PageLook(), frozenset())
        page.rows()
        page.show()
        application.processEvents()
        kept.ours = page

    def first_screen() -> None:
        page = SectionPage(theme=theme, find=session.node)
        page.resize(900, 660)
        page.show()
        page.show_section((group,), PageLook(), frozenset())
        application.processEvents()
        kept.first = page

    def plain() -> None:
        area, body = QScrollArea(), QWidget()
        area.resize(900, 660)
        column = QVBoxLayout(body)
        for view in questions:
            row = QWidget(body)
            inner = QVBoxLayout(row)
            label = QLabel(view.label, row)
            label.setWordWrap(True)
            inner.addWidget(label)
            for choice in view.choices:
                inner.addWidget(QRadioButton(choice.label, row))
            if not view.choices:
                inner.addWidget(QLineEdit(row))
            column.addWidget(row)
        area.setWidgetResizable(True)
        area.setWidget(body)
        area.show()
        application.processEvents()
        kept.plain, kept.area = body, area

    gc.disable()  # as in the program, which collects between events; `alternate` collects before each turn
    first, whole, reference = alternate(first_screen, ours, plain, rounds=5, clock=time.thread_time)

    def toggle_ours() -> None:
        text = session.node(questions[0].ref).text
        changes = session.answer(questions[0].ref, "a" if text != "a" else "b")
        kept.ours.repaint_refs(changes.changed, frozenset())
        application.processEvents()

    def toggle_plain() -> None:
        row = kept.plain.layout().itemAt(1).widget()
        row.setVisible(row.isHidden())
        application.processEvents()

    toggled = alternate(toggle_ours, toggle_plain, rounds=11, clock=time.thread_time)
    return {"first": (first, reference), "show": (whole, reference), "toggle": toggled}


def long_form(questions: int, *, groups: int) -> str:
    """A form in Markdown tables: selections, texts and numbers; in each group the second depends on the first."""
    lines = ["|survey|", "||type|name|label|relevant|"]
    for group in range(groups):
        lines.append(f"||begin_group|g{group}|Group {group}||")
        for number in range(questions // groups):
            kind = ("select_one five", "text", "integer")[number % 3]
            name = f"q{group}_{number}"
            relevant = f"${{q{group}_0}} = 'a'" if number == 1 else ""
            lines.append(f"||{kind}|{name}|Question {number} of group {group}|{relevant}|")
        lines.append(f"||end_group|g{group}|||")
    lines += ["|choices|", "||list_name|name|label|"]
    lines += [f"||five|{code}|Choice {code}|" for code in "abcde"]
    return "\n".join(lines) + "\n"


def _type(application: QApplication, keys: Iterator[Any]) -> Callable[[], list[float]]:
    """Sends one key per turn of the event loop, and lets the loop rest between them."""
    from PySide6.QtTest import QTest

    times: list[float] = []
    timer = QTimer()
    timer.setInterval(int(os.environ.get("KEY_PAUSE_MS", "25")))

    def press() -> None:
        pair = next(keys, None)
        target = QApplication.focusWidget()
        if pair is None or target is None:
            timer.stop()
            QTimer.singleShot(500, application.exit)
            return
        key, modifiers = pair
        began = time.perf_counter()
        if isinstance(key, str) and not (key.isascii()):
            QTest.sendKeyEvent(QTest.KeyAction.Click, target, Qt.Key.Key_unknown, key, modifiers)
        else:
            QTest.keyClick(target, key, modifiers)
        painted = QApplication.focusWidget()
        if painted is not None:
            painted.repaint()
        times.append((time.perf_counter() - began) * 1000)

    timer.timeout.connect(press)

    def run() -> list[float]:
        timer.start()
        application.exec()
        return times

    return run


def main() -> None:
    began_text, kind, *rest = sys.argv[1:]
    home = Path(os.environ["DESK_HOME"])
    began = float(began_text)
    if kind == "bare":
        found = bare(began)
    elif kind == "start":
        found = start(began, home)
    elif kind == "overview":
        found = overview(began, home, Path(rest[0]))
    elif kind == "page":
        found = long_page()
    else:
        found = interview(home, Path(rest[0]), Path(rest[1]) if len(rest) > 1 else None)
    print("RESULT" + json.dumps(found), flush=True)
    os._exit(0)  # the figures are out; taking a window apart is not measured


if __name__ == "__main__":
    main()
