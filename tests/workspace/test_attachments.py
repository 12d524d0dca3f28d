"""Files of interviews seen from above: what the protocol says of them, and recordings put together."""

import io

import pytest

from roadmapdesk.domain.question_roles import Role
from roadmapdesk.i18n import Language
from roadmapdesk.storage import Project, create_project
from roadmapdesk.workspace.attachments import delete_files, interview_files, recordings_of
from roadmapdesk.workspace.forms import add_form
from roadmapdesk.workspace.interviewing import open_interview, start_interview
from roadmapdesk.workspace.paper_protocol import protocol_facts
from roadmapdesk.workspace.recordings import (
    LockKind,
    background_ref,
    encode,
    recording_lock,
    rescue_recordings,
    wants_recording,
)

FORM = """
|survey|
||type|name|label|relevant|
||select_one yesno|taking_part|Take part?||
||select_one yesno|may_record|Record?|${taking_part} = 'yes'|
||file|a|Sound one||
||file|b|Lost one||
||file|c|Spoilt one||
||file|d|Deleted one||
|choices|
||list_name|name|label|
||yesno|yes|Yes|
||yesno|no|No|
|roles|
||role|question|value|
||consent.participate|taking_part|yes|
||consent.recording|may_record|yes|
"""


@pytest.fixture
def project(tmp_path):
    with create_project(tmp_path / "P", title="P", language="de") as opened:
        (tmp_path / "form.md").write_text(FORM, encoding="utf-8")
        add_form(opened, tmp_path / "form.md")
        yield opened


@pytest.fixture
def interview(project: Project) -> str:
    return start_interview(project, known={Role.INTERVIEW_CODE: "RP-0001"})


def answered(project, interview, **answers):
    desk, save = open_interview(project, interview)
    if save is not None:
        save.write(project)
    for name, text in answers.items():
        step = desk.answer(f"/data/{name}", text)
        if step.save is not None:
            step.save.write(project)
    return desk


def test_the_protocol_says_in_what_condition_a_file_is(project, interview):
    shas = {}
    for name in "abcd":
        added = project.attachments.add(
            interview, f"/data/{name}", name.encode(), name=f"{name}.txt", mime="text/plain"
        )
        shas[name] = added.sha
    answered(project, interview, taking_part="yes", a="a.txt", b="b.txt", c="c.txt", d="d.txt")
    with project.context.media.write() as connection:
        connection.exec_driver_sql("DELETE FROM attachment WHERE sha = ?", (shas["b"],))
        connection.exec_driver_sql("UPDATE attachment SET body = x'00' WHERE sha = ?", (shas["c"],))
    delete_files(project, [shas["d"]], "falsch")

    facts = protocol_facts(project, interview, Language("en"))

    words = {item.text: item.words for section in facts.sections for item in section.items}
    assert words["Sound one"] == ("file attached, not printed here",)
    assert words["Lost one"] == ("file attached, but missing in the project",)
    assert words["Spoilt one"] == ("file attached, but damaged on the disk",)
    assert words["Deleted one"] == ("file attached, and later deleted for good",)
    assert [file.is_deleted for file in interview_files(project, interview)].count(True) == 1


def test_recording_is_locked_by_the_roles_of_the_form(project, interview):
    desk = answered(project, interview)
    assert wants_recording(desk)
    assert background_ref(desk) == ""
    assert recording_lock(desk).kind is LockKind.NO_CONSENT
    for name, answer, kind in (
        ("taking_part", "yes", LockKind.NO_CONSENT),
        ("may_record", "no", LockKind.NO_CONSENT),
        ("may_record", "yes", None),
        ("taking_part", "no", LockKind.REFUSED),
    ):
        desk.answer(f"/data/{name}", answer, accepts_loss=True)
        lock = recording_lock(desk)
        assert (lock.kind if lock else None) is kind, (name, answer)
    desk.answer("/data/taking_part", "yes")
    assert recording_lock(desk) is None
    desk.finalise()
    assert recording_lock(desk).kind is LockKind.CLOSED


def test_parts_become_one_file_and_a_damaged_part_is_silence():
    soundfile = pytest.importorskip("soundfile")
    part = b"\x10\x20" * 16_000
    data, seconds, lost = encode([part, None, part[:-1]], 8_000)
    assert (seconds, lost) == (2 + 2 + 1.999875, 1)
    samples, rate = soundfile.read(io.BytesIO(data), dtype="int16")
    assert rate == 8_000
    assert set(samples[:16_000]) == {0x2010}
    assert set(samples[16_000:32_000]) == {0}


def test_an_interruption_while_a_recording_is_put_together_makes_no_second_file(project, interview):
    recording = project.recordings.begin(interview, "/data/a", rate=8_000)
    project.recordings.keep_part(recording, 0, b"\1\0" * 8_000)
    empty = project.recordings.begin(interview, "/data/b", rate=8_000)
    true_drop = project.recordings.drop
    project.recordings.drop = lambda identifier: true_drop(identifier) if identifier == empty else None

    rescue_recordings(project, interview)
    project.recordings.drop = true_drop
    ((_recording, sound),) = rescue_recordings(project, interview)

    (file,) = recordings_of(project, interview)
    assert (file.name, sound.seconds) == (sound.name, 1.0)
    assert project.recordings.list() == ()
    assert rescue_recordings(project, interview) == ()
