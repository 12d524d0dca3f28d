"""Forms from elsewhere, filled by a seeded random walk of 300 steps of real keys.

After each step the page shows what the engine holds: which questions are asked, their answers in their controls, the
counts of the section. At the end a second engine, started from the answers alone, agrees with the first.
"""

import random
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication

from roadmapdesk.desktop.interview.controls.acknowledge import Acknowledge
from roadmapdesk.desktop.interview.controls.line import LineControl
from roadmapdesk.desktop.interview.controls.scale import ScaleRow
from roadmapdesk.desktop.interview.controls.select_many import SelectManyList
from roadmapdesk.desktop.interview.controls.select_minimal import SelectMinimal
from roadmapdesk.desktop.interview.controls.select_one import SelectOneList
from roadmapdesk.desktop.interview.controls.text_area import TextArea
from roadmapdesk.desktop.interview.headings import AddCard
from roadmapdesk.desktop.interview.page import InterviewPage
from roadmapdesk.workspace.forms import add_form
from roadmapdesk.workspace.interview_pages import tally_of
from roadmapdesk.workspace.interview_sections import walk
from roadmapdesk.workspace.interviewing import start_interview
from roadmapdesk.workspace.wording import plain
from roadmapdesk.xforms.problems import FormError
from roadmapdesk.xforms.session.session import FormSession

from .typist import Typist

FORMS = Path(__file__).resolve().parents[4] / "shared" / "forms"
FILES = sorted(path.name for path in FORMS.glob("*.xls*")) if FORMS.is_dir() else []
QUICK = ("XLSForm-widgets.xls",)
REFUSED = {
    "XLSForm-xl_date_ambiguous.xlsx",  # a choice list is read by an expression that is none
    "medic-with-extension-libs.xlsx",  # calls a function of another program
}
"""What the form check does not let in, as the reference engine does not."""
STEPS = 300
WEIGHTS = {"answer": 60, "other_page": 10, "step": 10, "clear": 6, "undo": 5, "redo": 3, "card": 4, "language": 2}
CTRL = Qt.KeyboardModifier.ControlModifier


class Walk:
    """One walk through one interview."""

    def __init__(self, page: InterviewPage, seed: str) -> None:
        self.page = page
        self.rng = random.Random(seed)
        self.typist = Typist(page, self.rng)

    def step(self) -> str:
        """Does something at random and says what."""
        name = self.rng.choices(list(WEIGHTS), list(WEIGHTS.values()))[0]
        getattr(self, f"_{name}")()
        self.page.conductor.flush()
        return name

    def _answer(self) -> None:
        rows = self.page.questions.rows()
        if rows:
            row = self.rng.choice(rows)
            self.page.questions.focus_question(row.ref)
            for key, modifiers in self.typist.answer(row.ref):
                self._press(key, modifiers)

    def _other_page(self) -> None:
        keys = [section.key for section in self.page.interview.pages.sections if section.refs]
        self.page.travel.choose(self.rng.choice(keys))

    def _step(self) -> None:
        self._press(self.rng.choice((Qt.Key.Key_Down, Qt.Key.Key_Up)), CTRL)

    def _clear(self) -> None:
        self.page.actions_by_key.by_key["clear"].trigger()

    def _undo(self) -> None:
        self.page.actions_by_key.by_key["undo"].trigger()

    def _redo(self) -> None:
        self.page.actions_by_key.by_key["redo"].trigger()

    def _card(self) -> None:
        self.page.questions.rows()
        buttons = [button for button in self.page.questions.findChildren(AddCard) if button.isVisible()]
        if buttons and len(self.page.interview.pages.cards) < 12:
            self.rng.choice(buttons).findChild(QAbstractButton).click()

    def _language(self) -> None:
        self.page.actions_by_key.by_key["language"].trigger()

    def _press(self, key: Qt.Key | str, modifiers: Qt.KeyboardModifier) -> None:
        target = QApplication.focusWidget() or self.page
        if isinstance(key, str) and not key.isascii():
            QTest.sendKeyEvent(QTest.KeyAction.Click, target, Qt.Key.Key_unknown, key, modifiers)
        else:
            QTest.keyClick(target, key, modifiers)

    def check_page(self) -> None:
        """What stands on the screen is what the engine holds."""
        session, questions, pages = self.page.interview.session, self.page.questions, self.page.interview.pages
        views = pages.views(self.page.section)
        on_page = {view.ref for top in views for view in _below(top)}
        for row in questions.rows():
            assert row.ref in on_page, row.ref
            node = session.node(row.ref)
            assert row.is_wanted == node.is_relevant, row.ref
            if not row.problem:
                assert shown(row.control, node.text) == node.text, row.ref
        assert pages.tally(self.page.section) == tally_of(views, pages.attention)

    def check_all(self) -> None:
        """The outline counts right everywhere, and an engine that knows the answers alone comes to the same state."""
        pages = self.page.interview.pages
        for section in pages.sections:
            if section.refs:
                assert pages.tally(section.key) == tally_of(pages.views(section.key), pages.attention), section.key
        answers = self.page.interview.answers()
        restored = FormSession.restore(self.page.interview.definition, answers, resources={})
        assert set(restored.answers()) == set(answers)
        for view in walk(self.page.interview.root):
            again = restored.node(view.ref)
            assert again.is_relevant == view.is_relevant, view.ref


def _below(view):
    yield view
    for child in view.children:
        yield from _below(child)


def shown(control, text: str) -> str:
    """The answer as the widgets show it; of controls without a simple reading the text itself."""
    offered = [choice.value for choice in control.view.choices]
    if isinstance(control, SelectManyList | ScaleRow | SelectOneList):
        options = [entry for entry in control.inputs() if isinstance(entry, QAbstractButton)]
        chosen = [option.objectName().removeprefix("option_") for option in options if option.isChecked()]
        wanted = [code for code in text.split() if code in offered] if text not in offered else [text]
        return text if sorted(chosen) == sorted(wanted) else " ".join(chosen)
    if isinstance(control, SelectMinimal):
        index = control.combo.currentIndex()
        labels = [plain(choice.label) for choice in control.view.choices if choice.value == text]
        if text and not labels:
            return text  # the list does not offer it any more
        return text if (control.combo.itemText(index) if index >= 0 else "").startswith((*labels, "")[0]) else "?"
    if isinstance(control, LineControl):
        typed = control.read(control.line.text().strip())
        return text if typed.problem else typed.stored
    if isinstance(control, TextArea):
        return control.field.toPlainText()
    if isinstance(control, Acknowledge):
        return text if control.inputs()[0].isChecked() == bool(text) else "?"
    return text


@pytest.mark.skipif(not FILES, reason="the shared forms (../shared/forms) are not on this machine")
@pytest.mark.parametrize(
    "name", [name if name in QUICK else pytest.param(name, marks=pytest.mark.slow) for name in FILES] or ["none"]
)
def test_a_random_walk_shows_what_the_engine_holds(name, project, look, qtbot):
    try:
        form = add_form(project, FORMS / name)
    except FormError:
        assert name in REFUSED
        return
    assert name not in REFUSED
    page = InterviewPage(project=project, interview_id=start_interview(project, form_sha=form.sha), desk=look)
    qtbot.addWidget(page)
    page.resize(1278, 660)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    page.refresh()
    stroll = Walk(page, name)
    for number in range(STEPS):
        stroll.step()
        stroll.check_page()
        if number % 100 == 99:
            stroll.check_all()
    look.jobs.finish()
    assert page.conductor.queue.error is None
    stored = {ref: text for ref, text in project.drafts.load(page.item_id).answers.items() if text}
    assert stored, "the walk answered nothing"
    assert stored == {ref: text for ref, text in page.interview.answers().items() if text}
