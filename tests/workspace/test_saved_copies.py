"""A copy of all answers, saved when writing failed, comes back into its interview, once and with a way back."""

import hashlib
import json

import pytest

from roadmapdesk.domain.question_roles import Role
from roadmapdesk.storage import create_project
from roadmapdesk.storage.errors import Erased
from roadmapdesk.workspace.forms import add_form
from roadmapdesk.workspace.interviewing import open_interview, start_interview
from roadmapdesk.workspace.saved_copies import (
    SavedCopyError,
    note_copy,
    plan_taking_in,
    read_copy,
    take_in,
    write_copy,
)

FORM = """
|settings|
||form_id|version|form_title|
||small|7|Small|
|survey|
||type|name|label|
||text|code|Code|
||text|word|Word|
||text|more|More|
|roles|
||role|question|value|
||interview.code|code||
"""


@pytest.fixture
def project(tmp_path):
    (tmp_path / "form.md").write_text(FORM, encoding="utf-8")
    with create_project(tmp_path / "Studie", title="Studie", language="de") as project:
        add_form(project, tmp_path / "form.md")
        yield project


@pytest.fixture
def interview(project):
    identifier = start_interview(project, known={Role.INTERVIEW_CODE: "A01"})
    desk, save = open_interview(project, identifier)
    for step in (save, desk.answer("/data/word", "before").save):
        step.write(project)
    return identifier


@pytest.fixture
def saved(project, interview, tmp_path):
    """The file that the red bar writes while two answers wait."""
    answers = {**project.drafts.load(interview).answers, "/data/word": "after", "/data/more": "new"}
    path = tmp_path / "kopie.json"
    write_copy(path, interview, "small", "7", answers)
    return path


def bring(project, path):
    plan = plan_taking_in(project, read_copy(path))
    return plan, take_in(project, plan)


def test_a_copy_that_came_back_stands_in_the_export_log_once(project, interview, saved):
    assert project.export_log.list() == ()
    bring(project, saved)
    note_copy(project, saved, read_copy(saved).sha, interview)

    (line,) = project.export_log.list()
    assert (line.kind, line.target, line.folder) == ("answers", saved.name, str(saved.parent))
    assert line.sha == hashlib.sha256(saved.read_bytes()).hexdigest()
    assert project.erasures.plan("A01").places == (line,)


def test_answers_come_back_once_with_a_backup_and_a_version(project, interview, saved):
    plan, code = bring(project, saved)

    assert (code, plan.is_new, plan.unknown) == ("A01", False, 0)
    assert [change.ref for change in plan.added] == ["/data/more"]
    assert [(change.old, change.new) for change in plan.replaced] == [("before", "after")]
    answers = project.drafts.load(interview).answers
    assert (answers["/data/word"], answers["/data/more"]) == ("after", "new")
    assert [backup.reason for backup in project.backups.list()] == ["import"]
    assert project.revisions.history(interview)[-1].answers["/data/word"] == "before"
    assert "kopie.json" in project.audit.list(interview, ref="/data/more")[-1].reason
    assert project.check().is_sound

    again, _code = bring(project, saved)
    assert again.changes == ()
    assert len(project.backups.list()) == 1


def test_copies_of_earlier_versions_of_the_program_come_back_as_well(project, interview, saved):
    document = json.loads(saved.read_text(encoding="utf-8"))
    old = {name: document[name] for name in ("interview", "form", "answers")}
    saved.write_text(json.dumps(old), encoding="utf-8")

    assert len(bring(project, saved)[0].changes) == 2


def test_an_interview_that_a_restored_backup_lacks_is_made_anew(project, saved, interview, tmp_path):
    empty = create_project(tmp_path / "Leer", title="Leer", language="de")
    with empty:
        add_form(empty, tmp_path / "form.md")
        plan, code = bring(empty, saved)
        assert (plan.is_new, code) == (True, "A01")
        assert empty.drafts.load(interview).answers["/data/word"] == "after"
        assert empty.check().is_sound
        assert bring(empty, saved)[0].changes == ()


def test_a_copy_of_an_erased_interview_is_refused(project, saved):
    project.erasures.erase(project.erasures.plan("A01"), reason="Widerruf")

    with pytest.raises(Erased):
        bring(project, saved)


def test_a_closed_interview_keeps_its_answers(project, interview, saved):
    desk, _save = open_interview(project, interview)
    desk.finalise().write(project)

    with pytest.raises(SavedCopyError) as caught:
        bring(project, saved)
    assert caught.value.code == "saved_copy.closed"


def test_a_copy_of_another_questionnaire_is_refused(project, interview, tmp_path):
    for form, version in (("other", "7"), ("small", "8")):
        for identifier in (interview, "unknown"):
            write_copy(tmp_path / "x.json", identifier, form, version, {"/data/word": "x"})
            with pytest.raises(SavedCopyError) as caught:
                bring(project, tmp_path / "x.json")
            assert caught.value.code == "saved_copy.no_form"


def test_answers_to_no_question_stay_in_the_copy_and_are_counted(project, interview, tmp_path):
    write_copy(tmp_path / "x.json", interview, "small", "7", {"/data/word": "after", "/data/evil": "x"})

    plan, _code = bring(project, tmp_path / "x.json")

    assert plan.unknown == 1
    assert "/data/evil" not in project.drafts.load(interview).answers


def test_an_interview_that_changed_meanwhile_is_looked_at_again(project, interview, saved):
    plan = plan_taking_in(project, read_copy(saved))
    project.drafts.save_answer(interview, "/data/word", "word", "before", "later", position="")

    with pytest.raises(SavedCopyError) as caught:
        take_in(project, plan)
    assert caught.value.code == "saved_copy.stale"
    assert project.drafts.load(interview).answers["/data/word"] == "later"


NUMBERS = b'{"interview": "a", "form": "b", "answers": {"/a": 1}}'


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"null", b"\xff\xfe", b"[" * 5000, NUMBERS])
def test_other_files_are_no_copies(tmp_path, content):
    (tmp_path / "x.json").write_bytes(content)

    with pytest.raises(SavedCopyError) as caught:
        read_copy(tmp_path / "x.json")
    assert caught.value.code == "saved_copy.no_copy"


def test_a_changed_copy_is_refused(saved):
    saved.write_text(saved.read_text(encoding="utf-8").replace("after", "altered"), encoding="utf-8")

    with pytest.raises(SavedCopyError):
        read_copy(saved)
