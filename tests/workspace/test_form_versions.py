"""Comparing two versions of a questionnaire, and moving an unfinished interview from one to the other."""

import sqlite3
from pathlib import Path

import pytest

from roadmapdesk.storage import Project, create_project
from roadmapdesk.storage.errors import BackupFailed
from roadmapdesk.storage.values import StoredForm
from roadmapdesk.workspace.codebook import codebook_of
from roadmapdesk.workspace.form_fitness import fitness_of
from roadmapdesk.workspace.form_import import export_workbook, keep_candidate, read_candidate, repair_candidate
from roadmapdesk.workspace.form_moves import Fate, FormMoveError, carry_out_move, movable_interviews, plan_move
from roadmapdesk.workspace.form_register import describe_form, list_forms, trial_material
from roadmapdesk.workspace.form_versions import FormChangeKind, compare_forms
from roadmapdesk.workspace.forms import add_form, current_form, set_current_form, shipped_form
from roadmapdesk.workspace.interviewing import InterviewDesk, open_interview, start_interview
from roadmapdesk.workspace.places import PlaceTaken

HEAD = "|survey|\n||type|name|label::Deutsch (de)|label::English (en)|relevant|\n"
CHOICES = """|choices|
||list_name|name|label::Deutsch (de)|label::English (en)|
||scale|1|schlecht|bad|
||scale|2|gut|good|
"""
SETTINGS = "|settings|\n||form_title|form_id|version|\n||Kurz|short|{version}|\n"
FIRST = (
    "begin group|a|A Anfang|A Start|",
    "text|name|A1  Name|A1  Name|",
    "select_one scale|mark|A2  Note|A2  Mark|",
    "integer|age|A3  Alter|A3  Age|",
    "end group||||",
    "begin group|b|B Ende|B End|",
    "text|note|B1  Anmerkung|B1  Remark|",
    "end group||||",
)


def write_form(folder: Path, name: str, rows: tuple[str, ...], *, version: str, choices: str = CHOICES) -> Path:
    path = folder / f"{name}.md"
    body = HEAD + "".join(f"||{row}\n" for row in rows) + choices + SETTINGS.format(version=version)
    path.write_text(body, encoding="utf-8")
    return path


def changed(*pairs: tuple[str, str]) -> tuple[str, ...]:
    """The first version with some rows exchanged; an empty new row removes one."""
    swaps = dict(pairs)
    return tuple(swaps.get(row, row) for row in FIRST if swaps.get(row, row))


@pytest.fixture
def project(tmp_path: Path):
    with create_project(tmp_path / "P.roadmapdesk", title="P", language="de") as project:
        yield project


def stored(project: Project, path: Path) -> StoredForm:
    return project.forms.get(add_form(project, path).sha)


def kinds(project: Project, tmp_path: Path, rows: tuple[str, ...], choices: str = CHOICES) -> dict[str, set[str]]:
    first = stored(project, write_form(tmp_path, "first", FIRST, version="1"))
    second = stored(project, write_form(tmp_path, "second", rows, version="2", choices=choices))
    found: dict[str, set[str]] = {}
    for change in compare_forms(codebook_of(first), codebook_of(second)).changes:
        found.setdefault(change.question, set()).add(change.kind.value)
    return found


def test_equal_versions_have_no_difference(project, tmp_path) -> None:
    assert kinds(project, tmp_path, FIRST) == {}


def test_added_removed_and_reworded_questions_are_told_apart(project, tmp_path) -> None:
    rows = changed(
        (FIRST[1], "text|name|A1  Voller Name|A1  Full name|"), (FIRST[3], "text|place|A3  Ort|A3  Place|")
    )

    assert kinds(project, tmp_path, rows) == {"name": {"reworded"}, "age": {"removed"}, "place": {"added"}}


def test_another_hint_is_another_wording(project, tmp_path) -> None:
    forms = []
    for version, hint in (("1", "a town"), ("2", "a town or a village")):
        path = tmp_path / f"hint{version}.md"
        row = f"|survey|\n||type|name|label|hint|\n||text|place|Place|{hint}|\n"
        path.write_text(row + SETTINGS.format(version=version), encoding="utf-8")
        forms.append(codebook_of(stored(project, path)))
    (change,) = compare_forms(*forms).changes
    assert change.kind is FormChangeKind.REWORDED
    assert (change.before.en, change.after.en) == ("Place – a town", "Place – a town or a village")


def test_another_label_of_a_choice_is_another_scale(project, tmp_path) -> None:
    assert kinds(project, tmp_path, FIRST, CHOICES.replace("gut|good", "sehr gut|very good")) == {
        "mark": {"rescaled"}
    }


def test_another_kind_of_value_is_another_scale(project, tmp_path) -> None:
    assert kinds(project, tmp_path, changed((FIRST[3], "text|age|A3  Alter|A3  Age|"))) == {"age": {"rescaled"}}


def test_a_question_in_another_group_is_moved(project, tmp_path) -> None:
    rows = (*FIRST[:3], *FIRST[4:6], FIRST[3], *FIRST[6:])

    assert kinds(project, tmp_path, rows) == {"age": {"moved"}}


def test_only_the_question_that_changed_its_place_is_moved(project, tmp_path) -> None:
    rows = (FIRST[0], FIRST[3], FIRST[1], FIRST[2], *FIRST[4:])

    assert kinds(project, tmp_path, rows) == {"age": {"moved"}}


def test_another_condition_is_said(project, tmp_path) -> None:
    rows = changed((FIRST[3], "integer|age|A3  Alter|A3  Age|${mark} = '1'|"))

    assert kinds(project, tmp_path, rows) == {"age": {"condition"}}


def test_counts_and_common_questions(project, tmp_path) -> None:
    first = stored(project, write_form(tmp_path, "first", FIRST, version="1"))
    second = stored(project, write_form(tmp_path, "second", changed((FIRST[3], "")), version="2"))
    difference = compare_forms(codebook_of(first), codebook_of(second))

    assert difference.count(FormChangeKind.REMOVED) == 1
    assert difference.common == 3


def begun(project: Project, answers: dict[str, str]) -> str:
    """An unfinished interview with these answers, by name of the question."""
    interview_id = start_interview(project)
    desk, first = open_interview(project, interview_id)
    if first is not None:
        first.write(project)
    for name, text in answers.items():
        step = desk.answer(desk.path_of(name), text)
        assert step.save is not None
        step.save.write(project)
    return interview_id


@pytest.fixture
def moving(project, tmp_path):
    """An unfinished interview with the first version, and a second one: age gone, mark rescaled, note elsewhere."""
    add_form(project, write_form(tmp_path, "first", FIRST, version="1"))
    interview_id = begun(project, {"name": "Werk", "mark": "2", "age": "44", "note": "bleibt"})
    rows = (FIRST[0], FIRST[1], FIRST[2], FIRST[6], "text|place|A4  Ort|A4  Place|", FIRST[4])
    choices = CHOICES.replace("||scale|2|gut|good|", "||scale|3|gut|good|")
    second = add_form(project, write_form(tmp_path, "second", rows, version="2", choices=choices))
    return interview_id, second.sha


def test_a_plan_says_what_would_change_and_stores_nothing(project, moving) -> None:
    interview_id, sha = moving
    before = project.drafts.load(interview_id)

    plan = plan_move(project, interview_id, sha)

    assert {(fate.fate, fate.number, fate.text) for fate in plan.fates} == {
        (Fate.LOST, "A3", "44"),
        (Fate.CODE_GONE, "A2", "2"),
    }
    assert (plan.kept, plan.added) == (3, 1)
    assert project.drafts.load(interview_id) == before


def test_answers_move_with_their_questions(project, moving) -> None:
    interview_id, sha = moving
    carry_out_move(project, plan_move(project, interview_id, sha), "new version")
    desk, _save = open_interview(project, interview_id)
    texts = {ref.rpartition("/")[2]: text for ref, text in desk.answers().items()}

    assert project.interviews.get(interview_id).form_sha == sha
    assert (texts["name"], texts["note"]) == ("Werk", "bleibt")
    assert desk.path_of("note").endswith("/a/note")
    assert "age" not in texts


def test_what_leaves_the_interview_stays_in_its_history(project, moving) -> None:
    interview_id, sha = moving
    carry_out_move(project, plan_move(project, interview_id, sha), "new version")

    answers = project.revisions.history(interview_id)[0].answers
    assert next(text for ref, text in answers.items() if ref.endswith("/age")) == "44"


def test_a_plan_that_is_out_of_date_moves_nothing(project, moving) -> None:
    interview_id, sha = moving
    plan = plan_move(project, interview_id, sha)
    desk, _save = open_interview(project, interview_id)
    step = desk.answer(desk.path_of("name"), "Anderes Werk")
    step.save.write(project)

    with pytest.raises(FormMoveError):
        carry_out_move(project, plan, "new version")
    assert project.interviews.get(interview_id).form_sha != sha


def test_only_unfinished_interviews_of_the_same_form_can_move(project, moving, tmp_path) -> None:
    interview_id, sha = moving
    other = write_form(tmp_path, "other", FIRST, version="1")
    other.write_text(other.read_text(encoding="utf-8").replace("|short|", "|another|"), encoding="utf-8")
    foreign = add_form(project, other)

    assert [row.id for row in movable_interviews(project, sha)] == [interview_id]
    assert movable_interviews(project, foreign.sha) == ()


def test_the_form_for_new_interviews_can_be_chosen(project, moving) -> None:
    _interview, sha = moving
    first = next(form for form in project.forms.list() if form.sha != sha)
    assert current_form(project).sha == sha

    set_current_form(project, first.sha)

    assert current_form(project).sha == first.sha
    assert [line.is_current for line in list_forms(project)] == [False, True]


def test_a_form_can_be_added_without_becoming_the_current_one(project, moving, tmp_path) -> None:
    _interview, sha = moving
    candidate = read_candidate(write_form(tmp_path, "third", FIRST, version="3"))

    added = keep_candidate(project, candidate, is_current=False)

    assert added.sha != sha
    assert current_form(project).sha == sha


def test_repairs_are_carried_out_and_checked_again(project, tmp_path) -> None:
    choices = CHOICES + "||scale|2|gut|good|\n"
    candidate = read_candidate(write_form(tmp_path, "twice", FIRST, version="1", choices=choices))
    assert candidate.form is None
    assert candidate.offered == 1

    repaired = repair_candidate(candidate)

    assert (repaired.repairs, repaired.errors) == (1, 0)
    assert keep_candidate(project, repaired, is_current=True).source_name == "twice.xlsx"


def test_an_exported_workbook_is_the_same_form(project, tmp_path) -> None:
    form = stored(project, write_form(tmp_path, "first", FIRST, version="1"))
    export_workbook(form, tmp_path / "out.xlsx")
    again = read_candidate(tmp_path / "out.xlsx")

    assert compare_forms(codebook_of(form), codebook_of(again.form)).changes == ()


def test_a_form_is_not_exported_into_a_project(project, tmp_path) -> None:
    form = stored(project, write_form(tmp_path, "first", FIRST, version="1"))
    with pytest.raises(PlaceTaken):
        export_workbook(form, project.folder / "out.xlsx")
    assert not (project.folder / "out.xlsx").exists()


def test_a_form_without_sheets_says_what_an_assessment_lacks(project, tmp_path) -> None:
    fitness = fitness_of(stored(project, write_form(tmp_path, "first", FIRST, version="1")))

    assert not fitness.can_be_scored
    assert any("scoring" in sentence for sentence in fitness.lacks)
    assert any("actor.key" in sentence for sentence in fitness.lacks)


def test_the_facts_of_a_form(project, moving) -> None:
    _interview, sha = moving
    facts = describe_form(project, sha)

    assert facts.languages == ("Deutsch (de)", "English (en)")
    assert (facts.questions, facts.others, len(facts.movable)) == (4, 1, 1)


def test_trying_a_form_out_stores_nothing(project, moving) -> None:
    _interview, sha = moving
    before = project.interviews.list()
    desk = InterviewDesk(trial_material(project, project.forms.get(sha)))
    step = desk.answer(desk.path_of("name"), "Probe")

    assert step.save is not None
    assert desk.view(desk.path_of("name")).text == "Probe"
    assert project.interviews.list() == before


def test_the_shipped_form_can_be_scored_and_leaves_nothing_open(project) -> None:
    fitness = fitness_of(stored(project, shipped_form()))

    assert fitness.lacks == ()
    assert fitness.remarks == ()
    assert fitness.cells == fitness.grid


def test_a_verified_backup_comes_before_a_move_and_an_import(project, moving, tmp_path) -> None:
    interview_id, sha = moving
    rows = (*FIRST, "text|more|A9  Mehr|A9  More|")
    candidate = read_candidate(write_form(tmp_path, "third", rows, version="3"))
    keep_candidate(project, candidate, is_current=False)
    assert [backup.reason for backup in project.backups.list()] == ["import"]

    carry_out_move(project, plan_move(project, interview_id, sha), "new version")

    assert {backup.reason for backup in project.backups.list()} == {"import", "move"}
    newest = next(backup for backup in project.backups.list() if backup.reason == "move")
    with sqlite3.connect(newest.path) as connection:
        texts = {row[0] for row in connection.execute("SELECT text FROM draft_answer")}
    connection.close()
    assert "44" in texts, "the answer that the move takes away"


def test_without_a_backup_nothing_moves(project, moving) -> None:
    interview_id, sha = moving
    plan, before = plan_move(project, interview_id, sha), project.drafts.load(interview_id)
    with project.context.store.write() as connection:
        connection.exec_driver_sql("UPDATE setting SET value = '\"x\"' WHERE key = 'title'")

    with pytest.raises(BackupFailed):
        carry_out_move(project, plan, "new version")

    assert project.drafts.load(interview_id) == before
    assert project.revisions.history(interview_id) == ()
