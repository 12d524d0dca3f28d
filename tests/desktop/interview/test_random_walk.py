"""Forms from elsewhere, filled by a seeded random walk of real keys; the page always shows the engine's state.

A named dozen, each with something of its own (nested repeats, counted repeats, matrices, several languages, external
lists), walks 300 steps; the others walk 60, so that all of them together stay within minutes.
"""

import random
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication

from roadmapdesk.desktop.interview.controls.scale import ScaleRow
from roadmapdesk.desktop.interview.controls.select_many import SelectManyList
from roadmapdesk.desktop.interview.controls.select_one import SelectOneList
from roadmapdesk.desktop.interview.controls.text_area import TextArea
from roadmapdesk.desktop.interview.controls.text_line import TextLine
from roadmapdesk.desktop.interview.headings import AddCard
from roadmapdesk.desktop.interview.page import InterviewPage
from roadmapdesk.errors import RoadmapDeskError
from roadmapdesk.workspace.forms import add_form
from roadmapdesk.workspace.interviewing import start_interview
from roadmapdesk.xforms.problems import FormError
from roadmapdesk.xforms.session.session import FormSession

from .typist import Typist

FORMS = Path(__file__).resolve().parents[4] / "shared" / "forms"
FILES = sorted(path.name for path in FORMS.glob("*.xls*")) if FORMS.is_dir() else []
QUICK = ("XLSForm-widgets.xls",)
FAR = (
    "RHoMIS-RHoMIS_Core_v1.6.xlsx",
    "TerraFirmaMo-LEGEND_L_registo_parcelas_cduats.xlsx",
    "XLSForm-attribute_columns_test.xlsx",
    "XLSForm-xlsform_spec_test.xlsx",
    "ceat-epfl-Abidjan_2022.xlsx",
    "databrew-entoa1a2.xlsx",
    "getodk-all-question-types-v2024091201-3.xlsx",
    "kobotoolbox-good_eats_multilang.xls",
    "kobotoolbox-repeat_group__merge_.xlsx",
    "medic-repeat-translation-select.xlsx",
    "onaio-grains.xlsx",
    "onaio-mali_health.xlsx",
)
FAR_STEPS, STEPS = 300, 300
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
        session, questions = self.page.interview.session, self.page.questions
        on_page = {view.ref for top in self.page.interview.pages.views(self.page.section) for view in _below(top)}
        for row in questions.rows():
            assert row.ref in on_page, row.ref
            node = session.node(row.ref)
            assert row.is_wanted == node.is_relevant, row.ref
            assert row.view.text == node.text, row.ref
            if not row.problem:
                assert shown(row.control, node.text) == node.text, row.ref


def _below(view):
    yield view
    for child in view.children:
        yield from _below(child)


def shown(control, text: str) -> str:
    """The answer as the widgets show it, for the controls that show stored texts as they are."""
    if isinstance(control, SelectManyList | ScaleRow | SelectOneList):
        options = [entry for entry in control.inputs() if isinstance(entry, QAbstractButton)]
        offered = [choice.value for choice in control.view.choices]
        chosen = [option.objectName().removeprefix("option_") for option in options if option.isChecked()]
        wanted = [code for code in text.split() if code in offered] if text not in offered else [text]
        return text if sorted(chosen) == sorted(wanted) else " ".join(chosen)
    if type(control) is TextLine:
        return control.line.text()
    if isinstance(control, TextArea):
        return control.field.toPlainText()
    return text


@pytest.mark.skipif(not FILES, reason="the shared forms (../shared/forms) are not on this machine")
@pytest.mark.parametrize(
    "name", [name if name in QUICK else pytest.param(name, marks=pytest.mark.slow) for name in FILES] or ["none"]
)
def test_a_random_walk_shows_what_the_engine_holds(name, project, look, qtbot):
    try:
        form = add_form(project, FORMS / name)
    except (RoadmapDeskError, FormError) as refusal:
        pytest.skip(f"refused by the form check: {type(refusal).__name__}")
    page = InterviewPage(project=project, interview_id=start_interview(project, form_sha=form.sha), desk=look)
    qtbot.addWidget(page)
    page.resize(1278, 660)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    page.refresh()
    walk = Walk(page, name)
    for number in range(FAR_STEPS if name in FAR else STEPS):
        walk.step()
        walk.check_page()
        if number % 50 == 49:
            restored = FormSession.restore(page.interview.definition, page.interview.answers(), resources={})
            assert set(restored.answers()) == set(page.interview.answers())
    look.jobs.finish()
    assert page.conductor.queue.error is None
    stored = {ref: text for ref, text in project.drafts.load(page.item_id).answers.items() if text}
    assert stored, "the walk answered nothing"
    assert stored == {ref: text for ref, text in page.interview.answers().items() if text}
