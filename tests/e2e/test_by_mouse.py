"""The complete shipped questionnaire by mouse: wheel, clicks at positions, and words typed into what was clicked."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QListView, QPlainTextEdit

from roadmapdesk.desktop.interview.controls.keys import option_keys
from roadmapdesk.domain.interviews import InterviewState
from roadmapdesk.i18n import gettext
from roadmapdesk.workspace.wording import plain

from .mouse import Mouse, button
from .respondent import keys_for
from .test_whole_thread import check_project

pytestmark = [pytest.mark.e2e, pytest.mark.slow]


def test_the_whole_questionnaire_by_mouse(program, keyboard, tmp_path):
    mouse = Mouse(keyboard, tmp_path)
    create_project(program, mouse)
    project = program.window.project
    begin_interview(program, mouse)
    page = program.window.workbench.page
    asked = answer_everything(page, project, mouse)
    sections = {section.key for section in page.interview.pages.sections if section.refs}
    assert {page.interview.pages.page_of(ref) for ref in asked} == sections
    mouse.click(page.controls.check)
    assert not page.problems.isVisible(), page.interview.check().violations
    mouse.click(page.controls.finalise)
    keyboard.wait(QApplication.activeModalWidget)
    mouse.click(button(QApplication.activeModalWidget(), "Abschließen"))
    keyboard.wait(lambda: project.interviews.get(page.item_id).state is InterviewState.FINALISED)
    go_to(program, mouse, "assessment")
    keyboard.wait(lambda: not program.desk.jobs.is_busy and "1 Interview" in program.window.workbench.page.context())
    folder, interview_id = project.folder, page.item_id
    program.window.close_project()
    keyboard.wait(lambda: program.window.project is None)
    check_project(folder, interview_id)


def create_project(program, mouse):
    mouse.click(program.window.findChild(QAbstractButton, "start_new"))
    mouse.keyboard.wait(QApplication.activeModalWidget)
    dialog = QApplication.activeModalWidget()
    lines = {line.accessibleName(): line for line in dialog.findChildren(QLineEdit)}
    mouse.write(lines["Titel"], "Studie")
    mouse.write(lines[gettext("Your &code").replace("&", "")], "I03")
    mouse.click(button(dialog, gettext("Encrypt with a passphrase (recommended)")))
    mouse.click(button(dialog, "Projekt anlegen"))
    mouse.keyboard.wait(lambda: program.window.workbench is not None)


def begin_interview(program, mouse):
    go_to(program, mouse, "interviews")
    mouse.click(button(program.window, "Neues Interview"))
    mouse.keyboard.wait(QApplication.activeModalWidget)
    mouse.click(button(QApplication.activeModalWidget(), "Interview beginnen"))
    mouse.keyboard.wait(lambda: program.window.workbench.page.key == "interview")


def go_to(program, mouse, key):
    workbench = program.window.workbench
    navigation = workbench.findChild(QListView, "navigation")
    mouse.click_row(navigation, [entry.key for entry in workbench.entries].index(key))
    mouse.keyboard.wait(lambda: workbench.page.key == key)


def answer_everything(page, project, mouse):
    """Section after section by the button of the context bar; returns the refs that were asked."""
    actors, networks = project.actors.list(), project.networks.list()
    names = (*(actor.name("de") for actor in actors[:3]), networks[0].name("de"))
    line = page.bar.layout()
    following = line.itemAt(line.count() - 1).widget()
    asked = set()
    while True:
        row = next((row for row in page.questions.rows() if row.ref not in asked), None)
        if row is not None:
            asked.add(row.ref)
            answer(page, row, keys_for(plain(row.view.label), card=card_of(page), names=names), mouse)
            page.conductor.flush()
        elif following.isEnabled():
            mouse.click(following)
        else:
            mouse.keyboard.wait(lambda: page.conductor.queue.is_empty)
            return asked


def card_of(page):
    section = page.interview.pages.section(page.section)
    siblings = [one.key for one in page.interview.pages.sections if one.owner and one.owner == section.owner]
    return siblings.index(section.key) if section.kind == "instance" else 0


def answer(page, row, keys, mouse):
    """Clicks the options that the keys stand for, picks from a list, or types into the field that was clicked."""
    control = row.control
    (first, *_others) = control.inputs()
    combo = next((one for one in control.inputs() if isinstance(one, QComboBox)), None)
    if combo is not None:
        code = option_keys(control.view.choices).plain.get(int(keys)) if keys.isdigit() else None
        label = next((plain(choice.label) for choice in control.view.choices if choice.value == code), keys)
        mouse.choose(combo, [combo.itemText(place) for place in range(combo.count())].index(label))
    elif isinstance(first, QLineEdit | QPlainTextEdit):
        mouse.write(first, keys)
        if isinstance(first, QLineEdit):
            mouse.keyboard.press(Qt.Key.Key_Tab)
    else:
        codes = option_keys(control.view.choices).plain
        for digit in keys:
            option = control.findChild(QAbstractButton, f"option_{codes[int(digit)]}")
            if not option.isChecked():
                mouse.click(option)
                assert option.isChecked(), (row.ref, digit)
    assert page.interview.view(row.ref).text or isinstance(first, QLineEdit | QPlainTextEdit), row.ref
