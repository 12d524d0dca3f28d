"""Writes one PNG for each screen of the sample project: ``dev.py shots OUT_DIR [--lang] [--theme] [--size]``."""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PIL import Image
from PySide6.QtCore import QEventLoop, QPoint, QRect, QTimer
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QApplication, QWidget
from screens import SOURCES

from roadmapdesk import i18n
from roadmapdesk.desktop import app
from roadmapdesk.desktop.interview.page import InterviewPage
from roadmapdesk.desktop.theme import Scheme
from roadmapdesk.workspace.sample import build_sample

PICTURES = Path(__file__).resolve().parent.parent / "docs" / "pictures"
SIZES = ("1366x768", "1920x1080")
README = {
    "overview": "overview",
    "interview-scale": "interview",
    "assessment-cell": "assessment",
    "reports": "reports",
    "forms-versions": "forms",
}
LARGEST_PICTURE = 200_000


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
            painter.fillRect(picture.rect(), QColor(0, 0, 0, 150 if self.program.desk.theme.is_dark else 60))
            size = widget.size()
            place = QPoint((picture.width() - size.width()) // 2, (picture.height() - size.height()) // 2)
            painter.drawPixmap(place, widget.grab())
            painter.setPen(self.program.desk.theme.colour("border_strong"))  # the edge that a window has on a desk
            painter.drawRect(QRect(place, size).adjusted(-1, -1, 0, 0))
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
    parser.add_argument("--readme", action="store_true", help="the pictures of the documents, in both languages")
    options = parser.parse_args(arguments)
    if options.folder is None and not options.readme:
        parser.error("name the folder for the pictures: OUT_DIR")
    names = frozenset(README) if options.readme else frozenset[str]()
    if options.folder is not None:
        photograph(options, QApplication(sys.argv[:1]), options.folder, names)
        return 0
    for language, folder in ((i18n.LANGUAGES[0], PICTURES), ("en", PICTURES / "en")):  # each in a program of its own
        command = [sys.executable, __file__, str(folder), "--readme", "--lang", language]
        subprocess.run(command, check=True)
    return 0


def photograph(
    options: argparse.Namespace, application: QApplication, folder: Path, names: frozenset[str] = frozenset()
) -> None:
    """Shows every screen of a new sample project and keeps all pictures, or those of some screens only."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        os.environ |= {"XDG_DATA_HOME": str(home / "data"), "XDG_CONFIG_HOME": str(home / "config")}
        program = app.build(application, settings_file=home / "settings.ini")
        i18n.set_language(options.lang)
        program.desk.theme.set_scheme(Scheme(options.theme))
        program.desk.theme.set_factor(options.text)
        program.window.resize(*options.size)
        program.window.show()
        photographer = Photographer(program, folder, names)
        project = build_sample(home / "Beispielprojekt")
        for source in SOURCES:
            for shot, show in source(program, project, photographer.settle):
                show()
                photographer.take(shot)
                photographer.clear()
        program.window.close()
        photographer.settle()
        program.close()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
