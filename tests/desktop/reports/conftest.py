"""The reports page on a copy of the sample project, with dialogs that answer at once."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from roadmapdesk.desktop import fonts
from roadmapdesk.desktop import settings as keys
from roadmapdesk.desktop.jobs import Jobs
from roadmapdesk.desktop.pages import Desk
from roadmapdesk.desktop.prompts import Prompts
from roadmapdesk.desktop.reports.page import ReportsPage
from roadmapdesk.desktop.settings import Settings
from roadmapdesk.desktop.style import RoadmapStyle
from roadmapdesk.desktop.theme import Scheme, Theme
from roadmapdesk.storage import Project
from roadmapdesk.workspace.assessment import Assessment
from roadmapdesk.workspace.projects import new_project, open_project


class AnsweringPrompts(Prompts):
    """Dialogs that answer as the test says and keep what they were asked."""

    def __init__(self) -> None:
        self.says_yes = True
        self.questions: list[str] = []
        self.suggestions: list[Path] = []
        self.path: Path | None = None

    def ask(self, parent, *, question, consequence, confirm, confirmed, refuse=None, refused=None):
        self.questions.append(question)
        if self.says_yes:
            confirmed()

    def tell(self, parent, *, title, text, details=""):
        self.questions.append(title)

    def save_file(self, parent, *, title, suggestion, kinds, chosen):
        self.suggestions.append(suggestion)
        chosen(self.path or suggestion)


@pytest.fixture
def project(sample: Path, tmp_path: Path) -> Iterator[Project]:
    folder = tmp_path / "Beispiel.roadmapdesk"
    shutil.copytree(sample, folder)
    with open_project(folder) as opened:
        yield opened


@pytest.fixture
def bare_project(tmp_path: Path) -> Iterator[Project]:
    with new_project(tmp_path / "Leer.roadmapdesk", title="Leer", language="de") as opened:
        yield opened


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    fonts.register()
    theme = Theme(scheme=Scheme.LIGHT)
    qapp.setStyle(RoadmapStyle(theme=theme))
    theme.apply(qapp)
    yield theme
    qapp.setStyleSheet("")


@pytest.fixture
def desk(theme: Theme, qapp: QApplication, tmp_path: Path) -> Iterator[Desk]:
    jobs = Jobs()
    settings = Settings(tmp_path / "settings.ini")
    settings.set(keys.EXPORT_FOLDER, str(tmp_path))
    yield Desk(theme=theme, jobs=jobs, prompts=AnsweringPrompts(), settings=settings)
    jobs.finish()


@pytest.fixture
def make_page(desk: Desk, qtbot):
    """Builds the page of a project, shows it and waits until it is computed."""

    def make(project: Project, assessment: Assessment | None = None) -> ReportsPage:
        page = ReportsPage(project=project, assessment=assessment or Assessment(project), desk=desk)
        qtbot.addWidget(page)
        page.resize(1278, 640)
        page.show()
        page.refresh()
        qtbot.waitUntil(lambda: not desk.jobs.is_busy, timeout=60_000)
        return page

    return make
