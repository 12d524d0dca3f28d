"""The desktop program: builds every object once, by keyword, and runs the window."""

import importlib
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLibraryInfo, QLocale, QObject, QTimer, QTranslator, Signal
from PySide6.QtGui import QGuiApplication, QIcon
from PySide6.QtWidgets import QApplication, QWidget

from roadmapdesk.desktop import fonts
from roadmapdesk.desktop import settings as keys
from roadmapdesk.desktop.collector import Collector
from roadmapdesk.desktop.commands import command_table
from roadmapdesk.desktop.crash import CrashKeeper
from roadmapdesk.desktop.jobs import Control, Jobs
from roadmapdesk.desktop.main_window import MainWindow
from roadmapdesk.desktop.pages import Desk
from roadmapdesk.desktop.projects.backups import ProjectBackups
from roadmapdesk.desktop.projects.door import ProjectDoor
from roadmapdesk.desktop.prompts import Prompts
from roadmapdesk.desktop.settings import Settings
from roadmapdesk.desktop.start.page import StartPage
from roadmapdesk.desktop.style import FocusRing, RoadmapStyle
from roadmapdesk.desktop.theme import Scheme, Theme
from roadmapdesk.i18n import LANGUAGES, current_language, on_language_changed, set_language
from roadmapdesk.paths import data_folder, log_folder, resources_folder

if TYPE_CHECKING:
    from roadmapdesk.desktop.help.window import HandbookWindow
    from roadmapdesk.desktop.workbench import Workbench
    from roadmapdesk.storage import Project

_BACKUP_CHECK_MS = 60_000
_WARM_UP_MS = 120


@dataclass(frozen=True, slots=True)
class Program:
    """Everything that lives as long as the program; kept by `run` and by tests.

    Attributes:
        window: the one window.
        desk: theme, jobs, prompts and settings.
        door: opens and closes projects.
        backups: makes copies of the open one.
        translations: Qt's own texts in the current language.
        ring: the focus ring.
        collector: collects garbage on the main thread alone.
        timer: asks every minute whether a backup is due.
    """

    window: MainWindow
    desk: Desk
    door: ProjectDoor
    backups: ProjectBackups
    translations: "QtTexts"
    ring: FocusRing
    collector: Collector
    timer: QTimer

    def close(self) -> None:
        """Ends all work and lets go of the application object; the window is not used afterwards."""
        self.timer.stop()
        self.desk.jobs.finish()
        self.translations.stop()
        self.window.stop()
        self.desk.settings.flush()
        self.collector.stop()
        for thing in (self.ring, self.collector, self.timer, self.door, self.backups, self.desk.jobs):
            thing.deleteLater()


class FaultWitness(QObject):
    """Brings the news of an unexpected fault from whatever thread to the window.

    Attributes:
        seen: carries the `CrashReport`.
    """

    seen = Signal(object)


class QtTexts:
    """Qt's own words (standard dialogs, key names) in the language of the program."""

    def __init__(self, application: QApplication) -> None:
        self._application = application
        self._translator: QTranslator | None = None
        self._stop = on_language_changed(self.update)
        self.update()

    def update(self) -> None:
        """Loads the catalogue of the current language."""
        code = current_language().code
        QLocale.setDefault(QLocale("de_DE" if code == "de" else "en_GB"))
        if self._translator is not None:
            self._application.removeTranslator(self._translator)
            self._translator = None
        if code != "en":
            translator = QTranslator(self._application)
            folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
            if translator.load(f"qtbase_{code}", folder):
                self._application.installTranslator(translator)
                self._translator = translator

    def stop(self) -> None:
        """Listens no longer."""
        self._stop()


def build(application: QApplication, *, settings_file: Path, prompts: Prompts | None = None) -> Program:
    """Builds the whole program without showing it.

    Args:
        application: Qt's application object.
        settings_file: where comfort settings lie.
        prompts: the modal dialogs; tests hand in their own.
    """
    collector = Collector(application)  # first: most objects that a start makes stay
    settings = Settings(settings_file)
    language = settings.get(keys.LANGUAGE)
    if language in LANGUAGES:
        set_language(language)
    translations = QtTexts(application)
    fonts.register()
    scheme = settings.get(keys.SCHEME)
    theme = Theme(
        scheme=Scheme(scheme) if scheme in set(Scheme) else Scheme.SYSTEM,
        factor=min(max(settings.get(keys.TEXT_FACTOR), 1.0), 2.0),
        parent=application,
    )
    application.setStyle(RoadmapStyle(theme=theme))
    theme.apply(application)
    ring = FocusRing(application, theme=theme)
    desk = Desk(theme=theme, jobs=Jobs(application), prompts=prompts or Prompts(theme=theme), settings=settings)
    door = ProjectDoor(desk=desk, sample=_open_sample, parent=application)
    backups = ProjectBackups(desk=desk, parent=application)
    window = MainWindow(
        desk=desk,
        start=StartPage(desk=desk),
        door=door,
        backups=backups,
        build_workbench=lambda project: _build_workbench(project, desk),
        show_dialog=lambda key, parent: _show_dialog(key, parent, desk),
        open_handbook=lambda parent: _open_handbook(parent, desk),
    )
    timer = QTimer(application)
    timer.setInterval(_BACKUP_CHECK_MS)
    timer.timeout.connect(lambda: _check_backup(window, backups))
    timer.start()
    return Program(window, desk, door, backups, translations, ring, collector, timer)


def run(argv: Sequence[str]) -> int:
    """Opens the window and returns the exit code when it is closed.

    Args:
        argv: ``--sample`` opens the sample project; a path opens that project.
    """
    QGuiApplication.setDesktopFileName("roadmapdesk")
    application = QApplication([sys.argv[0], *argv])
    application.setApplicationName("RoadmapDesk")
    application.setWindowIcon(QIcon(str(resources_folder() / "program.svg")))
    witness = FaultWitness()
    keeper = CrashKeeper(log_folder(), notify=witness.seen.emit)
    report = keeper.take_report()
    keeper.install()
    data_folder().mkdir(parents=True, exist_ok=True)
    program = build(application, settings_file=data_folder() / "settings.ini")
    witness.seen.connect(program.window.help.note_fault)
    program.window.show()
    if report is not None:
        program.window.help.tell_crash(report)
    _open_first(program, [argument for argument in argv if not argument.startswith("-")], "--sample" in argv)
    _WarmUp(program.desk.jobs, application)
    code = application.exec()
    program.close()
    keeper.uninstall()
    return code


class _WarmUp(QTimer):
    """Loads, piece by piece and only while nothing else happens, what a person will turn to next.

    On the main thread, because Python does not let two threads load parts of one package in different orders; only
    the database libraries, which no page loads by itself, come on the database thread.
    """

    def __init__(self, jobs: Jobs, parent: QApplication) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._names: Iterator[str] | None = None
        self.setInterval(_WARM_UP_MS)
        self.timeout.connect(self._load_next)
        jobs.run(_load_database)
        self.start()

    def _load_next(self) -> None:
        if self._jobs.is_busy:
            return
        if self._names is None:
            from roadmapdesk.desktop.project_pages import SOON_NEEDED  # noqa: PLC0415 — after the window appeared

            self._names = iter(SOON_NEEDED)
        name = next(self._names, None)
        if name is None:
            self.stop()
        else:
            importlib.import_module(f"roadmapdesk.{name}")


def _load_database(_control: Control) -> None:
    import roadmapdesk.workspace.projects  # noqa: F401, PLC0415 — after the window appeared


def _open_first(program: Program, paths: Sequence[str], wants_sample: bool) -> None:
    settings, window = program.desk.settings, program.window
    last = settings.get(keys.LAST_PROJECT)
    if paths:
        program.door.open(Path(paths[0]).expanduser().absolute(), window=window)
    elif wants_sample:
        program.door.open_sample(window)
    elif settings.get(keys.OPENS_LAST_PROJECT) and last and Path(last).exists():
        program.door.open(Path(last), window=window)


def _build_workbench(project: "Project", desk: Desk) -> "Workbench":
    from roadmapdesk.desktop.project_pages import build_workbench  # noqa: PLC0415 — the start page needs no page

    return build_workbench(project, desk=desk)


def _page_shortcuts() -> list[tuple[str, str, str]]:
    from roadmapdesk.desktop.project_pages import page_shortcuts  # noqa: PLC0415 — the start page needs no page

    return page_shortcuts()


def _show_dialog(key: str, parent: QWidget, desk: Desk) -> None:
    from roadmapdesk.desktop.preferences.windows import show_window  # noqa: PLC0415 — the start page needs no dialog

    show_window(key, parent, desk=desk, shortcuts=_page_shortcuts)


def _open_handbook(parent: QWidget, desk: Desk) -> "HandbookWindow":
    from roadmapdesk.desktop.help.window import HandbookWindow  # noqa: PLC0415 — the start page needs no handbook

    return HandbookWindow(shortcuts=lambda: [*command_table(), *_page_shortcuts()], theme=desk.theme, parent=parent)


def _open_sample(control: Control) -> "Project":
    from roadmapdesk.workspace.sample import open_sample  # noqa: PLC0415 — start-up must not load the form engine

    return open_sample(control.progress)


def _check_backup(window: MainWindow, backups: ProjectBackups) -> None:
    window.status.follow_clock()
    if window.project is not None:
        backups.make_if_due(window.project, window.status.set_backup)
