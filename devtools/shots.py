"""Writes one PNG for each screen of the sample project: ``dev.py shots OUT_DIR [--lang] [--theme] [--size]``."""

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PIL import Image
from PySide6.QtCore import QEventLoop, QPoint, QTimer
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QAbstractButton, QApplication, QTabBar, QWidget

from roadmapdesk import i18n
from roadmapdesk.desktop import app
from roadmapdesk.desktop.interview.header_controls import BOTH
from roadmapdesk.desktop.interview.page import InterviewPage
from roadmapdesk.desktop.theme import Scheme
from roadmapdesk.desktop.widgets.segmented import SegmentedSwitch
from roadmapdesk.domain.levels import Level
from roadmapdesk.storage import Project
from roadmapdesk.workspace.interview_pages import is_asked, walk
from roadmapdesk.workspace.interviewing import InterviewDesk, open_interview, start_interview
from roadmapdesk.workspace.sample import build_sample

ROOT = Path(__file__).resolve().parent.parent
SIZES = ("1366x768", "1920x1080")
README = {
    "overview": "overview",
    "interview-scale": "interview",
    "assessment-cell": "assessment",
    "reports": "reports",
}
LARGEST_PICTURE = 200_000
_ANSWERED_ON_CARD, _ANSWERED_IN_SIGHT = 7, 5

Shot = tuple[str, Callable[[], object]]


@dataclass
class Photographer:
    """Shows one screen after the other in a real window and keeps what it looks like."""

    program: app.Program
    folder: Path
    names: frozenset[str]
    count: int = 0

    def settle(self, milliseconds: int = 300) -> None:
        """Lets the window work until every job has ended, and a little longer for painting and previews."""
        loop = QEventLoop()
        deadline = time.monotonic() + 60
        quiet = 0
        while quiet < 3 and time.monotonic() < deadline:
            QTimer.singleShot(milliseconds // 2, loop.quit)
            loop.exec()
            quiet = 0 if self.program.desk.jobs.is_busy else quiet + 1

    def take(self, name: str) -> None:
        """Writes the window, and what stands over it, as ``NN_name.png``; closes dialogs afterwards."""
        self.count += 1
        if self.names and name not in self.names:
            return
        self.settle()
        page = self.program.window.workbench.page if self.program.window.workbench is not None else None
        if isinstance(page, InterviewPage):
            page.questions.rows()  # a long page that still appears is finished
            self.settle(60)
        target = self.folder / (f"{README[name]}.png" if self.names else f"{self.count:02d}_{name}.png")
        picture = self.program.window.grab()
        for widget in self._above():
            painter = QPainter(picture)
            painter.fillRect(picture.rect(), QColor(0, 0, 0, 60))
            size = widget.size()
            place = QPoint((picture.width() - size.width()) // 2, (picture.height() - size.height()) // 2)
            painter.drawPixmap(place, widget.grab())
            painter.end()
        picture.save(str(target))
        if self.names:
            shrink(target)
        print(target)

    def _above(self) -> list[QWidget]:
        window = self.program.window
        return [
            widget
            for widget in QApplication.topLevelWidgets()
            if widget.isVisible() and widget is not window and widget.isWindow() and widget.width() > 200
        ]

    def clear(self) -> None:
        """Closes every dialog."""
        for widget in self._above():
            widget.close()
        self.settle(60)


def shrink(path: Path) -> None:
    """Brings a picture below the size that a README should load; colours are kept where that is enough."""
    with Image.open(path) as picture:
        whole = picture.convert("RGB")
    whole.save(path, optimize=True)
    if path.stat().st_size > LARGEST_PICTURE:  # maximum coverage keeps the few strong colours of the marks
        whole.quantize(256, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(path, optimize=True)
    if path.stat().st_size > LARGEST_PICTURE:
        raise SystemExit(f"{path.name} is larger than {LARGEST_PICTURE // 1000} kB")


def start_screens(program: app.Program, project: Project, _settle: Callable[[], None]) -> Iterator[Shot]:
    """The start page, empty and with projects, and what it opens."""
    window = program.window
    yield "start-empty", lambda: None
    program.door.remember(project)
    yield "start", window.findChild(QWidget, "start_page").refresh
    yield "new-project", window.menu.actions["new_project"].trigger
    yield "preferences", window.menu.actions["preferences"].trigger
    yield "shortcuts", window.menu.actions["shortcuts"].trigger
    yield "about", window.menu.actions["about"].trigger


def pages(program: app.Program, project: Project, settle: Callable[[], None]) -> Iterator[Shot]:
    """Every page of the navigation, every view of a page, and the dialogs of the pages."""
    window = program.window
    yield "overview", lambda: window.show_project(project)
    workbench = window.workbench
    assert workbench is not None
    for entry in workbench.entries[1:]:
        yield entry.key, partial(workbench.go_to, entry.key)
        if entry.key == "actors":
            yield "actors-edit", lambda: press(workbench.page, _words("Edit …"))
            yield "actors-new", lambda: press(workbench.page, _words("New actor"))
        if entry.key == "interviews":
            yield "interviews-new", lambda: workbench.go_to("interviews", "new")
            yield "planning", lambda: workbench.go_to("planning")
            yield "planning-new", lambda: press(workbench.page, _words("Plan interview"))
        if entry.key == "assessment":
            yield from assessment(program, settle)
        if entry.key == "reports":
            for level in Level:
                yield (
                    f"reports-{level.value}",
                    lambda level=level: switch(workbench.page, "report_level", level.value),
                )
            yield "reports-excel", lambda: switch(workbench.page, "kind", "xlsx")
    yield "search", window.menu.actions["search"].trigger


def assessment(program: app.Program, settle: Callable[[], None]) -> Iterator[Shot]:
    """The tabs of the assessment at the internal level, the heatmap at the others, and the evidence of one cell."""
    workbench = program.window.workbench
    assert workbench is not None
    settle()
    page = workbench.page
    assert page is not None
    tabs = page.findChild(QTabBar, "assessment_tabs")
    yield "assessment-cell", lambda: workbench.go_to("assessment", "s3.d2")
    for index in range(1, tabs.count()):
        yield f"assessment-tab{index + 1}", lambda index=index: tabs.setCurrentIndex(index)
    for level in (Level.HANDOFF, Level.PUBLIC):

        def show(level: Level = level) -> None:
            tabs.setCurrentIndex(0)
            switch(page, "level", level.value)

        yield f"assessment-{level.value}", show
    switch(page, "level", Level.INTERNAL.value)


def interview(program: app.Program, project: Project, settle: Callable[[], None]) -> Iterator[Shot]:
    """An interview that is half answered: a page of scales, both languages, reading, notes, problems."""
    workbench = program.window.workbench
    assert workbench is not None
    half = half_answered(project)
    yield "interview", lambda: workbench.go_to("interview", half)
    settle()
    page = workbench.page
    assert page is not None
    sections = [section for section in page.interview.pages.sections if section.refs]
    card = next(section for section in sections if page.places.is_stage(section.key))

    def show_scale() -> None:
        views = [view for top in page.interview.pages.views(card.key) for view in walk(top, only_relevant=True)]
        asked = [view for view in views if is_asked(view)]
        blank = next(place for place, view in enumerate(asked) if not view.text)
        page.go_to(asked[blank - _ANSWERED_IN_SIGHT].ref)
        settle()
        for _ in range(_ANSWERED_IN_SIGHT):
            page.questions.step(1)

    handlers = page.actions_by_key.by_key
    own = i18n.LANGUAGES.index(
        i18n.current_language().code
    )  # the shipped form has the program's languages in its order
    yield "interview-scale", show_scale
    yield "interview-both", lambda: select_language(page, 2)
    yield "interview-other", lambda: select_language(page, 1 - own)
    yield "interview-problems", lambda: (select_language(page, own), handlers["check"].trigger())
    yield "interview-reading", handlers["reading"].trigger
    yield "interview-find", handlers["find"].trigger
    page.problems.hide()
    for section in sections:
        if section.owner == "" or section is card:
            yield f"section-{page.interview.title(section.key).code}", lambda key=section.key: page.travel.choose(key)


def half_answered(project: Project) -> str:
    """An interview of the sample up to its first stage card, as a draft."""
    finished = project.interviews.list()[0]
    half = start_interview(project)
    desk, first = open_interview(project, half)
    if first is not None:
        first.write(project)
    answers = project.drafts.load(finished.id).answers
    outside = [ref for ref, text in answers.items() if "[" not in ref and text]
    for ref in (*outside, *(ref for ref, text in answers.items() if text and "[" in ref and "[k1]" in ref)):
        if "[" in ref and not is_before_first_blank(desk, ref):
            continue
        try:
            step = desk.answer(ref, answers[ref], accepts_loss=True)
        except KeyError:
            continue
        if step.save is not None:
            step.save.write(project)
    return half


def is_before_first_blank(desk: InterviewDesk, ref: str) -> bool:
    """Whether the question is one of the first of its card; the later ones stay open."""
    page = desk.pages.page_of(ref)
    if not page or not desk.is_stage_card(page):
        return bool(page)
    asked = [view.ref for top in desk.pages.views(page) for view in walk(top, only_relevant=True) if is_asked(view)]
    return ref in asked[:_ANSWERED_ON_CARD]


def press(page: QWidget | None, text: str) -> None:
    """Clicks the button with this text, on the page or in its header."""
    assert page is not None
    for button in page.window().findChildren(QAbstractButton):
        if button.text().replace("&", "") == text and button.isVisible():
            button.click()
            return
    raise SystemExit(f"no button {text!r}")


def switch(page: QWidget | None, name: str, key: str) -> None:
    """Chooses one key of a switch, as a click would."""
    assert page is not None
    found = page.window().findChild(SegmentedSwitch, name)
    found.set_key(key)
    found.key_selected.emit(key)


def select_language(page: QWidget, number: int) -> None:
    """Chooses the first or second language of the questions, or both side by side."""
    names = [*page.interview.definition.languages, BOTH]
    page.controls.language_selected.emit(names[number])


def _words(text: str) -> str:
    return i18n.gettext(text).replace("&", "")


def size_of(text: str) -> tuple[int, int]:
    """Width and height of the window from ``1366x768``.

    Raises:
        argparse.ArgumentTypeError: it is no size.
    """
    width, _cross, height = text.lower().partition("x")
    if not (width.isdecimal() and height.isdecimal() and int(width) and int(height)):
        raise argparse.ArgumentTypeError(f"{text!r} is no size: give width x height, for example {SIZES[0]}")
    return int(width), int(height)


def main(arguments: Sequence[str]) -> int:
    """Builds a sample project, shows every screen once and returns 0."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", metavar="OUT_DIR", help="may be left out with --readme")
    parser.add_argument("--lang", choices=i18n.LANGUAGES, default="de")
    parser.add_argument("--theme", choices=("light", "dark"), default="light")
    parser.add_argument("--size", type=size_of, default=SIZES[0], metavar="WxH")
    parser.add_argument("--text", type=float, default=1.0, help="text size, 1.0 to 2.0")
    parser.add_argument("--readme", action="store_true", help="only the README's pictures, each below 200 kB")
    options = parser.parse_args(arguments)
    if options.folder is None:
        if not options.readme:
            parser.error("name the folder for the pictures: OUT_DIR")
        options.folder = ROOT / "docs" / "pictures"
    options.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        os.environ |= {"XDG_DATA_HOME": str(home / "data"), "XDG_CONFIG_HOME": str(home / "config")}
        application = QApplication(sys.argv[:1])
        program = app.build(application, settings_file=home / "settings.ini")
        i18n.set_language(options.lang)
        program.desk.theme.set_scheme(Scheme(options.theme))
        program.desk.theme.set_factor(options.text)
        program.window.resize(*options.size)
        program.window.show()
        photographer = Photographer(program, options.folder, frozenset(README) if options.readme else frozenset())
        project = build_sample(home / "Beispielprojekt")
        for source in (start_screens, pages, interview):
            for shot, show in source(program, project, photographer.settle):
                show()
                photographer.take(shot)
                photographer.clear()
        program.window.close()
        photographer.settle()
        program.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
