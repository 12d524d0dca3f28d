"""Writes one PNG for each screen of the sample project: ``dev.py shots OUT_DIR [--lang] [--theme] [--size]``."""

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from roadmapdesk import i18n
from roadmapdesk.desktop import app
from roadmapdesk.desktop.theme import Scheme
from roadmapdesk.storage import Project
from roadmapdesk.workspace.interviewing import open_interview, start_interview
from roadmapdesk.workspace.sample import build_sample

SIZES = ("1366x768", "1920x1080")


class Photographer:
    """Shows one screen after the other in a real window and keeps what it looks like."""

    def __init__(self, program: app.Program, folder: Path) -> None:
        self._program = program
        self._folder = folder
        self._count = 0

    def settle(self, milliseconds: int = 250) -> None:
        """Lets the window work until every job has ended, and a little longer for painting."""
        loop = QEventLoop()
        deadline = time.monotonic() + 30
        while True:
            QTimer.singleShot(milliseconds, loop.quit)
            loop.exec()
            if not self._program.desk.jobs.is_busy or time.monotonic() > deadline:
                return

    def take(self, name: str) -> None:
        """Writes the whole window as ``NN_name.png``."""
        self.settle()
        self._count += 1
        target = self._folder / f"{self._count:02d}_{name}.png"
        self._program.window.grab().save(str(target))
        print(target)


def screens(program: app.Program, project: Project) -> Iterator[tuple[str, Callable[[], None]]]:
    """Name and way of every screen: the start page, each page of the navigation, each view of a page."""
    yield "start", lambda: None
    yield "overview", lambda: program.window.show_project(project)
    workbench = program.window.workbench
    assert workbench is not None
    for entry in workbench.entries[1:]:
        yield entry.key, lambda key=entry.key: workbench.go_to(key)  # type: ignore[misc]
        page = workbench.page
        for view in page.views() if page is not None and hasattr(page, "views") else ():
            yield f"{entry.key}-{view}", lambda page=page, view=view: page.show_view(view)  # type: ignore[misc]


def interview_pages(program: app.Program, project: Project) -> Iterator[tuple[str, Callable[[], None]]]:
    """An interview that has just begun, and the cards of one that is half answered."""
    workbench = program.window.workbench
    assert workbench is not None
    finished = project.interviews.list()[0]
    half = start_interview(project)
    desk, first = open_interview(project, half)
    if first is not None:
        first.write(project)
    for ref, text in project.drafts.load(finished.id).answers.items():
        if "[" in ref or not text:
            continue
        try:
            step = desk.answer(ref, text, accepts_loss=True)
        except KeyError:
            continue
        if step.save is not None:
            step.save.write(project)
    for ref, text in list(project.drafts.load(finished.id).answers.items()):
        if "[k1]" in ref and text:
            try:
                step = desk.answer(ref, text, accepts_loss=True)
            except KeyError:
                continue
            if step.save is not None:
                step.save.write(project)
    yield "interview", lambda: workbench.go_to("interview", half)
    page = workbench.page
    for view in page.views() if page is not None and hasattr(page, "views") else ():
        yield f"interview-{view}", lambda page=page, view=view: page.show_view(view)  # type: ignore[misc]


def main() -> int:
    """Builds a sample project, shows every screen once and returns 0."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--lang", choices=i18n.LANGUAGES, default="de")
    parser.add_argument("--theme", choices=("light", "dark"), default="light")
    parser.add_argument("--size", default=SIZES[0], metavar="WxH")
    parser.add_argument("--text", type=float, default=1.0, help="text size, 1.0 to 2.0")
    parser.add_argument("--project", type=Path, help="use this sample project instead of a new one")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        os.environ |= {"XDG_DATA_HOME": str(home / "data"), "XDG_CONFIG_HOME": str(home / "config")}
        application = QApplication(sys.argv[:1])
        program = app.build(application, settings_file=home / "settings.ini")
        i18n.set_language(options.lang)
        program.desk.theme.set_scheme(Scheme(options.theme))
        program.desk.theme.set_factor(options.text)
        width, height = (int(part) for part in options.size.split("x"))
        program.window.resize(width, height)
        program.window.show()
        photographer = Photographer(program, options.folder)
        project = build_sample(home / "Beispielprojekt")
        for source in (screens, interview_pages):
            for name_, show in source(program, project):
                show()
                photographer.take(name_)
        program.window.close()
        photographer.settle()
    return 0


if __name__ == "__main__":
    sys.exit(main())
