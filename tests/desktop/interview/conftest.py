"""An interview page on a real project, with dialogs that answer at once."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from roadmapdesk.desktop.interview.page import InterviewPage
from roadmapdesk.desktop.media.sound import NO_LOUDSPEAKER, NO_MICROPHONE, Sound, SoundError
from roadmapdesk.desktop.pages import Desk
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


@pytest.fixture
def look(desk: Desk) -> Desk:
    """What the page works with, under the name that the page uses for it."""
    return desk


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with create_project(tmp_path / "study", title="Study", language="de") as project:
        yield project


@pytest.fixture
def open_page(qtbot, look: Desk, project: Project, tmp_path: Path) -> Iterator[Callable[..., InterviewPage]]:
    """Opens an interview of a form given as Markdown text, or of the shipped one; the page is closed afterwards."""
    opened: list[InterviewPage] = []

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
        opened.append(page)
        return page

    yield open_
    for page in opened:
        page.close_page()


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
