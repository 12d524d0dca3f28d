"""A copy that was saved when writing failed is taken in from the page of backups."""

from PySide6.QtWidgets import QPushButton

from roadmapdesk.workspace.saved_copies import write_copy

from .conftest import WORD


def take_in(program, settle):
    program.window.workbench.go_to("backups")
    settle()
    program.window.workbench.page.findChild(QPushButton, "take_in").click()
    settle()


def test_a_copy_is_taken_in_after_a_question_and_only_once(program, project, interview, prompts, settle, tmp_path):
    identifier = interview.item_id
    form = project.forms.list()[0]
    answers = {**project.drafts.load(identifier).answers, WORD: "zweitens"}
    prompts.path = tmp_path / "kopie.json"
    write_copy(prompts.path, identifier, form.form_id, form.version, answers)

    take_in(program, settle)
    assert project.drafts.load(identifier).answers[WORD] == "zweitens"
    assert prompts.questions[-2:] == ["Diese Antworten einlesen?", "Die Antworten stehen im Projekt"]

    take_in(program, settle)
    assert prompts.questions[-1] == "Nichts einzulesen"


def test_nothing_is_taken_in_without_consent_or_from_another_file(
    program, project, interview, prompts, settle, tmp_path
):
    identifier = interview.item_id
    form = project.forms.list()[0]
    prompts.path = tmp_path / "kopie.json"
    write_copy(prompts.path, identifier, form.form_id, form.version, {WORD: "zweitens"})
    prompts.says_yes = False
    take_in(program, settle)
    assert project.drafts.load(identifier).answers[WORD] == "erstens"

    prompts.path.write_text("{}", encoding="utf-8")
    take_in(program, settle)
    title, text = prompts.told[-1]
    assert title == "Nichts wurde eingelesen"
    assert "kopie.json" in text
