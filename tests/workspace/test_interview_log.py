"""The audit log that the desk leaves behind for forms that ask for one."""

import csv
import io

import pytest

from roadmapdesk.domain.interviews import InterviewState
from roadmapdesk.storage import create_project
from roadmapdesk.workspace.interviewing import open_interview, reopen_interview, start_interview

FORM = (
    '<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml" '
    'xmlns:jr="http://openrosa.org/javarosa" xmlns:odk="http://www.opendatakit.org/xforms"><h:head><h:title>T</h:title>'
    '<model><instance><data id="t"><name/><length/><room jr:template=""><area/></room>'
    "<meta>{audit}<instanceID/></meta></data></instance>"
    '<bind nodeset="/data/name" required="true()"/>'
    '<bind nodeset="/data/length" calculate="string-length(/data/name)"/>'
    '<bind nodeset="/data/meta/audit" type="binary" odk:track-changes="true" odk:identify-user="true" '
    'odk:track-changes-reasons="on-form-edit"/>'
    '<bind nodeset="/data/meta/instanceID" jr:preload="uid"/></model></h:head><h:body><input ref="/data/name"/>'
    '<repeat nodeset="/data/room"><input ref="/data/room/area"/></repeat></h:body></h:html>'
)


@pytest.fixture
def project(tmp_path):
    with create_project(tmp_path / "study", title="Study", language="de", author="MK") as project:
        yield project


def begin(project, audit="<audit/>"):
    """An interview with the form, open for answers."""
    xml = FORM.replace("{audit}", audit).encode()
    project.forms.add(xml, form_id="t", version="", title="T", extra={}, source=b"", source_name="t.xml")
    interview_id = start_interview(project)
    desk, save = open_interview(project, interview_id)
    save.write(project)
    return interview_id, desk


def write(project, step):
    step.save.write(project)
    return step


def lines(project, interview_id):
    """The log as rows of (event, node, old, new, user, reason)."""
    (kept,) = project.attachments.list(interview_id)
    assert (kept.name, kept.mime, kept.ref) == ("audit.csv", "text/csv", "/data/meta/audit")
    rows = list(csv.DictReader(io.StringIO(project.attachments.get(kept.sha).decode(), newline="")))
    times = [int(row["start"]) for row in rows]
    assert times == sorted(times)
    assert all(not row["end"] or int(row["end"]) >= int(row["start"]) for row in rows)
    wanted = ("event", "node", "old-value", "new-value", "user", "change-reason")
    return [tuple(row[name] for name in wanted) for row in rows]


def test_a_finished_interview_has_its_log_attached(project):
    interview_id, desk = begin(project)
    for text in ("N", "No", "North"):
        write(project, desk.answer("/data/name", text, is_typing=True))
    write(project, desk.add_card("/data/room"))
    write(project, desk.add_card("/data/room"))
    write(project, desk.answer("/data/room[k2]/area", "12"))
    write(project, desk.remove_card("/data/room[k1]"))
    write(project, desk.answer("/data/room[k2]/area", "14"))
    closing = desk.finalise()
    closing.write(project)
    assert project.revisions.heads(interview_id)[0].answers["/data/meta/audit"] == "audit.csv"
    assert lines(project, interview_id) == [
        ("form start", "", "", "", "MK", ""),
        ("question", "/data/name", "", "North", "MK", ""),
        ("add repeat", "/data/room[1]", "", "", "MK", ""),
        ("add repeat", "/data/room[2]", "", "", "MK", ""),
        ("question", "/data/room[2]/area", "", "12", "MK", ""),
        ("delete repeat", "/data/room[1]", "", "", "MK", ""),
        ("question", "/data/room[1]/area", "12", "14", "MK", ""),
        ("form save", "", "", "", "MK", ""),
        ("form finalize", "", "", "", "MK", ""),
    ]


def test_a_reopened_interview_continues_its_log_with_the_reason(project):
    interview_id, desk = begin(project)
    write(project, desk.answer("/data/name", "North"))
    desk.finalise().write(project)
    first = lines(project, interview_id)
    reopen_interview(project, interview_id, "Name, misspelt")
    desk, save = open_interview(project, interview_id)
    if save is not None:
        save.write(project)
    write(project, desk.answer("/data/name", "South"))
    desk.finalise("Name, misspelt").write(project)
    assert lines(project, interview_id)[len(first) :] == [
        ("change reason", "", "", "", "MK", "Name, misspelt"),
        ("question", "/data/name", "North", "South", "MK", ""),
        ("form save", "", "", "", "MK", ""),
        ("form finalize", "", "", "", "MK", ""),
    ]


def test_a_form_without_a_log_leaves_none(project):
    interview_id, desk = begin(project, audit="")
    write(project, desk.answer("/data/name", "North"))
    desk.finalise().write(project)
    assert project.interviews.get(interview_id).state is InterviewState.FINALISED
    assert project.attachments.list(interview_id) == ()


def test_metadata_questions_are_told_device_and_author(project):
    xml = FORM.replace("{audit}", "").replace("<length/>", "<device/><who/>").replace(
        '<bind nodeset="/data/length" calculate="string-length(/data/name)"/>',
        '<bind nodeset="/data/device" jr:preload="property" jr:preloadParams="deviceid"/>'
        '<bind nodeset="/data/who" jr:preload="property" jr:preloadParams="username"/>',
    )  # fmt: skip
    project.forms.add(xml.encode(), form_id="t", version="", title="T", extra={}, source=b"", source_name="t.xml")
    desk = open_interview(project, start_interview(project))[0]
    assert desk.answers()["/data/device"] == f"roadmapdesk:{project.device}"
    assert desk.answers()["/data/who"] == "MK"
