"""Forms from elsewhere are filled to their end with keys alone, and then checked and finalised in the window."""

import random
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from roadmapdesk.desktop.interview.page import InterviewPage
from roadmapdesk.domain.interviews import InterviewState
from roadmapdesk.workspace.forms import add_form
from roadmapdesk.workspace.interviewing import start_interview
from roadmapdesk.xforms.problems import FormError

from .typist import Typist

FORMS = Path(__file__).resolve().parents[4] / "shared" / "forms"
FILES = sorted(path.name for path in FORMS.glob("*.xls*")) if FORMS.is_dir() else []
AUTOPSY = "getodk-whova_form.xlsx"
AGREES = frozenset({"yes", "y", "1"})
ROUNDS = 4
MOST = 80
"""Questions that are answered, and problems that are looked up, in one form; a count may bring thousands."""
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not FILES, reason="the shared forms (../shared/forms) are not on this machine"),
]


@pytest.fixture
def open_form(project, look, qtbot):
    def open_(name):
        form = add_form(project, FORMS / name)
        page = InterviewPage(project=project, interview_id=start_interview(project, form_sha=form.sha), desk=look)
        qtbot.addWidget(page)
        page.resize(1278, 660)
        with qtbot.waitActive(page):
            page.show()
            page.activateWindow()
        page.refresh()
        return page

    return open_


def press(key, modifiers):
    target = QApplication.focusWidget()
    if isinstance(key, str) and not key.isascii():
        QTest.sendKeyEvent(QTest.KeyAction.Click, target, Qt.Key.Key_unknown, key, modifiers)
    else:
        QTest.keyClick(target, key, modifiers)


def fill(page, seed, most=5_000):
    """Goes through the form question by question, then to each problem that the check still names."""
    typist = Typist(page, random.Random(seed), most_choices=1, prefers=AGREES)
    for key, modifiers in typist.whole_interview(most):
        press(key, modifiers)
    for _ in range(ROUNDS):
        page.questions.commit()
        page.conductor.flush()
        open_problems = page.interview.check().violations
        if not open_problems:
            return
        for violation in open_problems[:most]:
            page.go_to(violation.ref)
            for key, modifiers in typist.answer(violation.ref):
                press(key, modifiers)


def test_the_verbal_autopsy_is_filled_checked_and_finalised(open_form, look, project):
    page = open_form(AUTOPSY)
    fill(page, AUTOPSY)
    assert page.closing.check()
    answered = sum(tally.answered for tally in tallies(page))
    assert answered > 150
    page.closing.finalise()
    look.jobs.finish()
    QApplication.processEvents()
    assert project.interviews.get(page.item_id).state is InterviewState.FINALISED
    assert not page.interview.is_open


def tallies(page):
    pages = page.interview.pages
    return [pages.tally(section.key) for section in pages.sections if section.refs]


@pytest.mark.parametrize("name", FILES or ["none"])
def test_every_form_is_filled_and_its_check_names_exactly_what_is_open(name, open_form, look, project):
    try:
        page = open_form(name)
    except FormError:
        pytest.skip("refused by the form check, which says why")
    fill(page, name, MOST)
    page.closing.check()
    found = page.interview.check().violations
    assert [problem.ref for problem in page.problems._model.problems] == [each.ref for each in found]
    for problem in found[:MOST]:
        page.go_to(problem.ref)
        assert page.questions.row(problem.ref).problem  # its own sentence, or why what was typed is no answer
    look.jobs.finish()
    assert page.conductor.queue.error is None
