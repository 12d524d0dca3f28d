"""The whole program on a real project, with dialogs that answer at once."""

import gc
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QDialog

from roadmapdesk.desktop import app, fonts
from roadmapdesk.desktop import settings as keys
from roadmapdesk.desktop.jobs import Jobs
from roadmapdesk.desktop.pages import Desk, Page
from roadmapdesk.desktop.prompts import Prompts
from roadmapdesk.desktop.settings import Settings
from roadmapdesk.desktop.style import RoadmapStyle
from roadmapdesk.desktop.theme import Scheme, Theme
from roadmapdesk.storage import Project
from roadmapdesk.workspace.assessment import Assessment
from roadmapdesk.workspace.projects import new_project, open_project

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


class AnsweringPrompts(Prompts):
    """Dialogs that answer as the test says and keep what they were asked.

    Attributes:
        says_yes: the answer to every question.
        told: title and text of every question and message, in order.
        dialogs: every dialog that was shown.
        suggestions: the file names that were suggested.
        path: the file or folder that is chosen; an empty one takes the suggestion.
    """

    def __init__(self) -> None:
        self.says_yes = True
        self.told: list[tuple[str, str]] = []
        self.dialogs: list[QDialog] = []
        self.suggestions: list[Path] = []
        self.path = Path()

    @property
    def questions(self) -> list[str]:
        """The titles of what was asked and told."""
        return [title for title, _text in self.told]

    def ask(self, parent, *, question, consequence, confirm, confirmed, refuse=None, refused=None, details=()):
        self.told.append((question, consequence))
        if self.says_yes:
            confirmed()
        elif refused is not None:
            refused()

    def tell(self, parent, *, title, text, details=""):
        self.told.append((title, text))

    def open_file(self, parent, *, title, folder, kinds, chosen):
        chosen(self.path)

    def open_folder(self, parent, *, title, folder, chosen):
        chosen(self.path)

    def save_file(self, parent, *, title, suggestion, kinds, chosen):
        self.suggestions.append(suggestion)
        chosen(self.path if self.path != Path() else suggestion)

    def show(self, dialog):
        dialog.show()
        self.dialogs.append(dialog)


@pytest.fixture(autouse=True)
def _collect_on_the_main_thread() -> Iterator[None]:
    """As in the program: a worker thread that collected would destroy Qt objects in the wrong thread.

    What is to be deleted later goes now: Qt waits for an event loop, which no test has, and each window that stayed
    would be styled again with every later one.
    """
    gc.disable()
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect(2 if gc.get_count()[2] > 20 else 1)


@pytest.fixture(scope="session")
def empty_project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed project with the shipped form and the known actors; copied by `project_folder`."""
    folder = tmp_path_factory.mktemp("projects") / "Studie.roadmapdesk"
    new_project(folder, title="Studie", language="de", author="I01").close()
    return folder


@pytest.fixture
def project_folder(empty_project: Path, tmp_path: Path) -> Path:
    """A project folder of the test's own."""
    return Path(shutil.copytree(empty_project, tmp_path / "Studie.roadmapdesk"))


@pytest.fixture
def prompts() -> AnsweringPrompts:
    return AnsweringPrompts()


@pytest.fixture
def program(qapp: QApplication, tmp_path: Path, prompts: AnsweringPrompts) -> Iterator[app.Program]:
    """The program in German, light, at 100 % text, without a project."""
    file = tmp_path / "settings.ini"
    settings = Settings(file)
    settings.set(keys.LANGUAGE, "de")
    settings.set(keys.SCHEME, "light")
    settings.set(keys.INTERVIEWER, "I01")
    settings.flush()
    program = app.build(qapp, settings_file=file, prompts=prompts)
    program.window.resize(1366, 768)
    program.window.show()
    yield program
    program.window.close()
    program.close()
    program.window.deleteLater()
    qapp.processEvents()
    qapp.setStyleSheet("")
    qapp.setStyle("Fusion")


@pytest.fixture
def settle(program: app.Program, qapp: QApplication) -> Callable[[], None]:
    """Lets every job end and every event arrive."""

    def run() -> None:
        for _ in range(4):
            program.desk.jobs.finish()
            qapp.processEvents()

    return run


@pytest.fixture
def opened(program: app.Program, project_folder: Path, settle: Callable[[], None]) -> Project:
    """The project, open in the program."""
    program.door.open(project_folder, window=program.window)
    settle()
    project = program.window.project
    assert project is not None
    return project


@pytest.fixture
def project(sample: Path, tmp_path: Path) -> Iterator[Project]:
    """A copy of the sample project, open, for pages that are shown without the program around them."""
    folder = tmp_path / "Beispiel.roadmapdesk"
    shutil.copytree(sample, folder)
    with open_project(folder) as opened:
        yield opened


@pytest.fixture(scope="session")
def read_study(sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Project, Assessment]]:
    """The sample project with its assessment, computed once for all tests that only read; a write fails the run."""
    folder = Path(shutil.copytree(sample, tmp_path_factory.mktemp("read") / "Beispiel.roadmapdesk"))
    with open_project(folder) as opened:
        before = (folder / "project.sqlite").read_bytes()
        yield opened, Assessment(opened)
        assert (folder / "project.sqlite").read_bytes() == before, "a test wrote into the project that all share"


@pytest.fixture
def bare_project(tmp_path: Path) -> Iterator[Project]:
    """A new project without an interview."""
    with new_project(tmp_path / "Leer.roadmapdesk", title="Leer", language="de") as opened:
        yield opened


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    """The program's look, light, at 100 % text."""
    fonts.register()
    theme = Theme(scheme=Scheme.LIGHT)
    qapp.setStyle(RoadmapStyle(theme=theme))
    theme.apply(qapp)
    yield theme
    qapp.setStyleSheet("")


@pytest.fixture
def desk(theme: Theme, prompts: AnsweringPrompts, tmp_path: Path) -> Iterator[Desk]:
    """What a page works with; exports go to the test's own folder."""
    jobs = Jobs()
    settings = Settings(tmp_path / "settings.ini")
    settings.set(keys.EXPORT_FOLDER, str(tmp_path))
    yield Desk(theme=theme, jobs=jobs, prompts=prompts, settings=settings)
    jobs.finish()


@pytest.fixture
def show_page(desk: Desk, qtbot) -> Callable[..., Page]:
    """Builds a page of a project that needs an assessment, shows it and waits until it is computed."""

    def show(kind: type[Page], project: Project, assessment: Assessment | None = None) -> Page:
        page = kind(project=project, assessment=assessment or Assessment(project), desk=desk)
        qtbot.addWidget(page)
        page.resize(1278, 640)
        page.show()
        page.refresh()
        qtbot.waitUntil(lambda: not desk.jobs.is_busy, timeout=60_000)
        return page

    return show
