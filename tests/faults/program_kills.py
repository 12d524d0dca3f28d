"""kill -9 of the running program while somebody types answers into the real interview page.

An answer counts as confirmed when the window's status bar has said "saved". Each child types on at the question where
the program resumed; the parent kills it at a random moment, reads the project, and compares.
"""

import json
import os
import random
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

from common import Row, work_folder

E2E = Path(__file__).resolve().parent.parent / "e2e"
_LONGEST_S = 1.5
_START_S = 120.0


def rows(count: int) -> list[Row]:
    """One row; the control counts an answer as confirmed when it was typed, before its COMMIT."""
    from roadmapdesk.storage import open_project
    from roadmapdesk.workspace.interviewing import start_interview
    from roadmapdesk.workspace.projects import new_project

    chance = random.Random("program")
    told = Told()
    with work_folder() as folder:
        with new_project(folder / "Study", title="Study", language="de") as project:
            place = project.folder
            interview = start_interview(project)
        expected: set[str] = set()
        for number in range(count):
            said = _kill(place, interview, chance, folder, at_once=number % 3 == 2)
            told.resumed_elsewhere += bool(expected) and said.resumed_at not in expected
            with open_project(place) as project:
                draft = project.drafts.load(interview)
                told.add(said, draft.answers)
                told.unsound += not project.check().is_sound
                told.recovered += project.recovery is not None
                if said.has_ended:
                    interview = start_interview(project)
            expected = {draft.position} if draft.position and not said.has_ended else set()
            told.misplaced += draft.position not in said.possible_places
    return [told.row(count)]


@dataclass
class Said:
    """What one child said before it was killed.

    Attributes:
        resumed_at: the question that had the focus when the interview was opened.
        steps: answers as they were typed, with the place at which they were typed.
        saved: how many of the steps the status bar has shown as saved.
        entered: (number of steps so far, question) as the focus moved.
        has_ended: the last question was passed.
    """

    resumed_at: str = ""
    steps: list[tuple[dict[str, str], str]] = field(default_factory=list)
    saved: int = 0
    entered: list[tuple[int, str]] = field(default_factory=list)
    has_ended: bool = False

    def take(self, line: str) -> None:
        """Adds one line of the child; a line that was cut off says nothing."""
        try:
            kind, value = json.loads(line)
        except ValueError:
            return
        if kind == "ready":
            self.resumed_at = value
            self.entered.append((0, value))
        elif kind == "step":
            self.steps.append((value["answers"], value["position"]))
        elif kind == "saved":
            self.saved += 1
        elif kind == "entered":
            self.entered.append((len(self.steps), value))
        elif kind == "ended":
            self.has_ended = True

    @property
    def possible_places(self) -> set[str]:
        """Where the file may say the interviewer stands: at the last confirmed answer, or further on."""
        since = max(self.saved - 1, 0)
        places = {position for _answers, position in self.steps[since:]}
        places |= {ref for steps, ref in self.entered if steps >= since}
        return places | {self.resumed_at, ""}

    def missing(self, stored: dict[str, str], confirmed: int) -> int:
        """How many answers of the first `confirmed` steps the file does not hold, nor a later one in their place."""
        last = {ref: number for number in range(confirmed) for ref in self.steps[number][0]}
        lost = 0
        for ref, number in last.items():
            later = {answers[ref] for answers, _position in self.steps[number:] if ref in answers}
            lost += stored.get(ref, "") not in later
        return lost


@dataclass
class Told:
    """The sum over all kills."""

    confirmed: int = 0
    lost: int = 0
    control_lost: int = 0
    unsound: int = 0
    recovered: int = 0
    misplaced: int = 0
    resumed_elsewhere: int = 0

    def add(self, said: Said, stored: dict[str, str]) -> None:
        """Compares what was said with what is in the file."""
        self.confirmed += said.saved
        self.lost += said.missing(stored, said.saved)
        newest = {ref: text for answers, _position in said.steps for ref, text in answers.items()}
        self.control_lost += sum(stored.get(ref, "") != text for ref, text in newest.items())

    def row(self, count: int) -> Row:
        """The line of the result; whatever else went wrong counts as lost."""
        wrong = self.unsound + self.misplaced + self.resumed_elsewhere
        note = (
            "control: an answer counts when it is typed, before its COMMIT;"
            f" {self.recovered} recoveries told, {self.unsound} unsound files, {self.misplaced} wrong positions,"
            f" {self.resumed_elsewhere} times resumed elsewhere"
        )
        return Row("kill -9 of the program", count, self.confirmed, self.lost + wrong, self.control_lost, note)


def _kill(place: Path, interview: str, chance: random.Random, home: Path, *, at_once: bool) -> Said:
    """Starts a child, kills it at a random moment, or right after it typed an answer, and returns what it said."""
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "HOME": str(home), "XDG_DATA_HOME": str(home / "data")}
    command = [sys.executable, __file__, str(place), interview, str(home / "settings.ini")]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env, text=True)
    said = Said()
    assert child.stdout is not None
    assert child.stderr is not None
    guard = threading.Timer(_START_S, child.kill)
    guard.start()
    while not said.resumed_at:
        line = child.stdout.readline()
        if not line:
            raise RuntimeError(child.stderr.read())
        said.take(line)
    steps = chance.randint(2, 12)
    killer = threading.Timer(chance.uniform(0, _LONGEST_S), child.kill)
    if not at_once:
        killer.start()
    end = time.monotonic() + 4 * _LONGEST_S
    for line in child.stdout:
        said.take(line)
        if at_once and (len(said.steps) >= steps or said.has_ended or time.monotonic() > end):
            child.kill()
    child.wait()
    guard.cancel()
    killer.cancel()
    child.stdout.close()
    child.stderr.close()
    return said


def _type(place: Path, interview: str, settings: Path) -> None:
    """Opens the interview in the real window and types on, until it is killed."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    from roadmapdesk.desktop import app
    from roadmapdesk.desktop import settings as keys

    application = QApplication(sys.argv[:1])
    program = app.build(application, settings_file=settings)
    program.desk.settings.set(keys.LANGUAGE, "de")
    program.window.show()
    program.window.activateWindow()
    program.door.open(place, window=program.window, interview_id=interview)
    typist = _Typist(program)
    timer = QTimer()
    timer.setInterval(4)
    timer.timeout.connect(typist.press_next)
    timer.start()
    application.exec()


def _say(kind: str, value: object) -> None:
    os.write(1, (json.dumps([kind, value]) + "\n").encode())


class _Typist:
    """Answers question after question with the keys of the invented respondent."""

    def __init__(self, program) -> None:
        self._program = program
        self._page = None
        self._keys: list[tuple[object, ...]] = []
        self._before = ""
        self._names: tuple[str, ...] = ()

    def press_next(self) -> None:
        """One key."""
        from PySide6.QtCore import Qt
        from PySide6.QtTest import QTest
        from PySide6.QtWidgets import QApplication

        modal = QApplication.activeModalWidget()
        if modal is not None:
            QTest.keyClick(modal, Qt.Key.Key_Return)
            return
        if self._page is None:
            self._find_page()
            return
        if QApplication.activeWindow() is None:
            self._program.window.activateWindow()
        elif self._keys:
            QTest.keyClick(self._program.window.windowHandle(), *self._keys.pop(0))
        else:
            self._next_question()

    def _find_page(self) -> None:
        workbench = self._program.window.workbench
        page = workbench.page if workbench is not None else None
        if page is None or page.key != "interview" or self._program.desk.jobs.is_busy or not page.questions.current:
            return
        project = self._program.window.project
        actors, networks = project.actors.list(), project.networks.list()
        self._names = (*(actor.name("de") for actor in actors[:3]), networks[0].name("de"))
        page.conductor.stepped.connect(self._on_stepped)
        workbench.saved.connect(lambda _moment: _say("saved", None))
        page.questions.question_entered.connect(lambda ref: _say("entered", ref))
        self._page = page
        _say("ready", page.questions.current)

    def _on_stepped(self, step) -> None:
        if step.save is not None:
            answers = {change.ref: change.new or "" for change in step.save.changes}
            _say("step", {"answers": answers, "position": step.save.position})

    def _next_question(self) -> None:
        from PySide6.QtCore import Qt
        from respondent import keys_for

        from roadmapdesk.workspace.wording import plain

        page = self._page
        ref = page.questions.current
        if ref == self._before:
            _say("ended", ref)
            self._page = None
            self._find_page = lambda: None
            return
        self._before = ref
        view = page.interview.view(ref)
        section = page.interview.pages.section(page.interview.pages.page_of(ref))
        siblings = [s.key for s in page.interview.pages.sections if s.owner and s.owner == section.owner]
        card = siblings.index(section.key) if section.kind == "instance" else 0
        typed = keys_for(plain(view.label), card=card, names=self._names)
        self._keys = [(letter,) for letter in typed if letter.isascii()]
        self._keys.append((Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier))


if __name__ == "__main__":
    sys.path.insert(0, str(E2E))
    _type(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]))
