"""Which wording a person agreed to, when, and when it was withdrawn."""

from pathlib import Path

import pytest

from roadmapdesk.domain.interviews import InterviewState
from roadmapdesk.domain.question_roles import Role
from roadmapdesk.storage import create_project
from roadmapdesk.workspace.consents import consent_record
from roadmapdesk.workspace.form_moves import carry_out_move, plan_move
from roadmapdesk.workspace.forms import add_form
from roadmapdesk.workspace.interviewing import open_interview, start_interview
from roadmapdesk.workspace.interviews import set_state

FORM = """
|settings|
||form_title|form_id|version|
||Gespräch|talk|{version}|
|survey|
||type|name|label::Deutsch (de)|label::English (en)|
||select_one yesno|take_part|B1  {wording}|B1  I take part.|
||select_one yesno|record|B3  Ton aufzeichnen?|B3  Record the sound?|
||text|note|C1  Anmerkung|C1  Remark|
|choices|
||list_name|name|label::Deutsch (de)|label::English (en)|
||yesno|yes|Ja|Yes|
||yesno|no|Nein|No|
|roles|
||role|question|value|
||consent.participate|take_part|yes|
||consent.recording|record|yes|
"""


def form(project, folder: Path, version: str, wording: str) -> str:
    path = folder / f"form{version}.md"
    path.write_text(FORM.format(version=version, wording=wording), encoding="utf-8")
    return add_form(project, path).sha


@pytest.fixture
def project(tmp_path):
    with create_project(tmp_path / "Studie", title="Studie", language="de", author="I03") as opened:
        yield opened


def say(project, interview: str, question: str, text: str) -> None:
    desk, first = open_interview(project, interview)
    if first is not None:
        first.write(project)
    desk.answer(desk.path_of(question), text).save.write(project)


def test_a_consent_is_told_with_its_wording_and_version(project, tmp_path):
    first = form(project, tmp_path, "1", "Ich nehme teil.")
    interview = start_interview(project)
    say(project, interview, "take_part", "yes")

    (consent,) = consent_record(project, interview).consents

    assert (consent.role, consent.number, consent.wording.de) == (Role.CONSENT_PARTICIPATE, "B1", "Ich nehme teil.")
    assert (consent.answer.de, consent.answer.en) == ("Ja", "Yes")
    assert (consent.author, consent.version, consent.sha, consent.is_reworded) == ("I03", "1", first, False)
    assert consent.at is not None


def test_a_move_to_another_wording_does_not_change_what_was_agreed_to(project, tmp_path):
    first = form(project, tmp_path, "1", "Ich nehme teil.")
    interview = start_interview(project)
    say(project, interview, "take_part", "yes")
    second = form(project, tmp_path, "2", "Ich nehme teil und erlaube alles.")
    carry_out_move(project, plan_move(project, interview, second), "neue Version")
    say(project, interview, "record", "no")

    participation, recording = consent_record(project, interview).consents

    assert (participation.sha, participation.version, participation.is_reworded) == (first, "1", True)
    assert participation.wording.de == "Ich nehme teil."
    assert (recording.sha, recording.answer.de, recording.is_reworded) == (second, "Nein", False)


def test_a_changed_mind_counts_from_its_own_moment(project, tmp_path):
    form(project, tmp_path, "1", "Ich nehme teil.")
    interview = start_interview(project)
    for answer in ("yes", "no", "yes"):
        say(project, interview, "record", answer)

    (consent,) = consent_record(project, interview).consents
    events = [event for event in project.audit.list(interview) if event.ref.endswith("/record")]

    assert consent.answer.de == "Ja"
    assert consent.at == events[-1].at


def test_a_withdrawal_is_told_with_its_reason(project, tmp_path):
    form(project, tmp_path, "1", "Ich nehme teil.")
    interview = start_interview(project)
    say(project, interview, "take_part", "yes")
    assert consent_record(project, interview).withdrawal is None
    project.interviews.set_state(interview, InterviewState.FINALISED)
    set_state(project, interview, InterviewState.WITHDRAWN, "Brief vom Montag")

    withdrawal = consent_record(project, interview).withdrawal

    assert (withdrawal.reason, withdrawal.author) == ("Brief vom Montag", "I03")
