"""The program on a small real project, with dialogs that keep every sentence."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtTest import QTest

from roadmapdesk.desktop import app
from roadmapdesk.desktop.prompts import Prompts
from roadmapdesk.storage import Project, create_project, keys
from roadmapdesk.workspace.forms import add_form
from roadmapdesk.workspace.interviewing import start_interview

PASSPHRASE = "Kranich Fahrrad Regentonne"
WORD = "/data/one/word"
FORM = """
|survey|
||type|name|label|
||begin_group|one|A  First part|
||text|word|A1  A word|
||text|more|A2  Another word|
||select_one yesno|sure|A3  Are you sure?|
||end_group|
|choices|
||list_name|name|label|
||yesno|yes|Yes|
||yesno|no|No|
|roles|
||role|question|value|
||interview.code|word||
||consent.participate|sure|yes|
"""


@pytest.fixture(autouse=True)
def _cheap_passphrases(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys, "COST", keys.Cost(passes=1, memory_kib=64, lanes=1))


@pytest.fixture(scope="session")
def small_project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed project with one small form; copied by `folder`."""
    place = tmp_path_factory.mktemp("small")
    (place / "form.md").write_text(FORM, encoding="utf-8")
    with create_project(place / "Studie", title="Studie", language="de", author="I01") as project:
        add_form(project, place / "form.md")
    return place / "Studie.roadmapdesk"


@pytest.fixture
def folder(small_project: Path, tmp_path: Path) -> Path:
    """A project folder of the test's own."""
    return Path(shutil.copytree(small_project, tmp_path / "Studie.roadmapdesk"))


@pytest.fixture
def open_folder(program: app.Program, settle: Callable[[], None]) -> Callable[[Path], Project]:
    """Opens a folder in the program, typing the passphrase where one is asked for."""

    def open_(path: Path) -> Project:
        program.door.open(path, window=program.window)
        settle()
        project = program.window.project
        assert project is not None
        return project

    return open_


@pytest.fixture
def project(open_folder: Callable[[Path], Project], folder: Path) -> Project:
    return open_folder(folder)


@pytest.fixture
def interview(program: app.Program, project: Project, settle: Callable[[], None]):
    """An interview on the screen, with one answer in the file."""
    return show_interview(program, project, settle)


def show_interview(program: app.Program, project: Project, settle: Callable[[], None]):
    """Begins an interview, opens its page, and answers the first question."""
    program.window.workbench.go_to("interview", start_interview(project))
    settle()
    page = program.window.workbench.page
    type_word(page, "erstens")
    settle()
    assert project.drafts.load(page.item_id).answers[WORD] == "erstens"
    return page


def type_word(page, text: str) -> None:
    """Types into the first question as a person does and leaves the field."""
    line = page.questions.row(WORD).control.line
    line.clear()
    QTest.keyClicks(line, text)
    page.questions.commit()
    page.conductor.flush()


def encrypt(program: app.Program, prompts: Prompts, settle: Callable[[], None], passphrase: str) -> None:
    """Gives the open project a passphrase through the dialogs."""
    program.window.menu.actions["passphrase"].trigger()
    dialog = prompts.dialogs[-1]
    fill_passphrase(dialog.fields, passphrase)
    dialog.confirm.click()
    settle()
    key = prompts.dialogs[-1]
    key._entry.setText(key.asked_group)
    key.confirm.click()
    settle()


def fill_passphrase(fields, passphrase: str, again: str | None = None) -> None:
    """Types a passphrase twice."""
    QTest.keyClicks(fields.first, passphrase)
    QTest.keyClicks(fields._second, passphrase if again is None else again)
