"""An interview page on a real project, with dialogs that answer at once."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from roadmapdesk.desktop import fonts
from roadmapdesk.desktop.interview.page import InterviewPage
from roadmapdesk.desktop.jobs import Jobs
from roadmapdesk.desktop.media.sound import NO_LOUDSPEAKER, NO_MICROPHONE, Sound, SoundError
from roadmapdesk.desktop.pages import Desk
from roadmapdesk.desktop.prompts import Prompts
from roadmapdesk.desktop.settings import Settings
from roadmapdesk.desktop.style import RoadmapStyle
from roadmapdesk.desktop.theme import Scheme, Theme
from roadmapdesk.domain.question_roles import Role
from roadmapdesk.storage import Project, create_project
from roadmapdesk.workspace.forms import add_form, shipped_form
from roadmapdesk.workspace.interviewing import start_interview


class NoSound:
    """A computer without microphone and loudspeaker."""

    def missing(self):
        return NO_MICROPHONE

    def listen(self, rate):
        raise SoundError(NO_MICROPHONE)

    def play(self, data):
        raise SoundError(NO_LOUDSPEAKER)


class AnsweringPrompts(Prompts):
    """Dialogs that answer as the test says and keep what they were asked."""

    def __init__(self) -> None:
        self.says_yes = True
        self.questions: list[tuple[str, str]] = []
        self.shown: list[object] = []
        self.path = Path()

    def ask(self, parent, *, question, consequence, confirm, confirmed, refuse=None, refused=None):
        self.questions.append((question, consequence))
        if self.says_yes:
            confirmed()
        elif refused is not None:
            refused()

    def tell(self, parent, *, title, text, details=""):
        self.questions.append((title, text))

    def open_file(self, parent, *, title, folder, kinds, chosen):
        chosen(self.path)

    def save_file(self, parent, *, title, suggestion, kinds, chosen):
        chosen(self.path)

    def show(self, dialog):
        self.shown.append(dialog)


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    fonts.register()
    theme = Theme(scheme=Scheme.LIGHT)
    qapp.setStyle(RoadmapStyle(theme=theme))
    theme.apply(qapp)
    yield theme
    qapp.setStyleSheet("")


@pytest.fixture
def look(theme: Theme, tmp_path: Path, qapp: QApplication) -> Iterator[Desk]:
    jobs = Jobs()
    yield Desk(theme=theme, jobs=jobs, prompts=AnsweringPrompts(), settings=Settings(tmp_path / "settings.ini"))
    jobs.finish()


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with create_project(tmp_path / "study", title="Study", language="de") as project:
        yield project


@pytest.fixture
def open_page(qtbot, look: Desk, project: Project, tmp_path: Path) -> Callable[..., InterviewPage]:
    """Opens an interview of a form given as Markdown text, or of the shipped one."""

    def open_(
        form: str | None = None, *, interview_id: str = "", sound: Sound | None = None, **known: str
    ) -> InterviewPage:
        if not interview_id:
            path = shipped_form()
            if form is not None:
                path = tmp_path / "form.md"
                path.write_text(form, encoding="utf-8")
            sha = add_form(project, path).sha
            interview_id = start_interview(
                project,
                form_sha=sha,
                known={Role.INTERVIEW_CODE: "RP-0001", **{Role(k): v for k, v in known.items()}},
            )
        page = InterviewPage(project=project, interview_id=interview_id, desk=look, sound=sound or NoSound())
        qtbot.addWidget(page)
        page.resize(1278, 660)
        with qtbot.waitActive(page):
            page.show()
            page.activateWindow()
        page.refresh()
        return page

    return open_


@pytest.fixture
def stored(look: Desk, project: Project) -> Callable[[InterviewPage], dict[str, str]]:
    """The answers in the file after everything that waits was written."""

    def read(page: InterviewPage) -> dict[str, str]:
        page.questions.commit()
        page.conductor.flush()
        look.jobs.finish()
        return dict(project.drafts.load(page.item_id).answers)

    return read


@pytest.fixture
def press(qtbot) -> Callable[..., None]:
    """Presses a key in whatever has the focus."""

    def press_(key: Qt.Key | str, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        target = QApplication.focusWidget()
        assert target is not None
        if isinstance(key, str):
            qtbot.keyClicks(target, key)
        else:
            qtbot.keyClick(target, key, modifiers)

    return press_
