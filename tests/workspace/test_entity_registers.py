"""Lists of entities that finished interviews make and follow-up interviews read."""

import pytest

from roadmapdesk.domain.interviews import InterviewState
from roadmapdesk.storage import create_project, open_project
from roadmapdesk.storage.restoring import restore_backup
from roadmapdesk.storage.values import Summary
from roadmapdesk.workspace.entity_registers import entity_lists, entity_notices
from roadmapdesk.workspace.erasing import erase_code, plan_erasure
from roadmapdesk.workspace.interviewing import move_interview, open_interview, start_interview

HEAD = (
    '<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml" '
    'xmlns:jr="http://openrosa.org/javarosa" xmlns:entities="http://www.opendatakit.org/xforms/entities"><h:head>'
    '<h:title>T</h:title><model entities:entities-version="2024.1.0">'
)
REGISTER = (
    f'{HEAD}<instance><data id="register"><title/><meta><instanceID/>'
    '<entity dataset="sites" create="1" id=""><label/></entity></meta></data></instance>'
    '<setvalue event="odk-instance-first-load" ref="/data/meta/entity/@id" value="uuid()"/>'
    '<bind nodeset="/data/title" entities:saveto="title"/>'
    '<bind nodeset="/data/meta/entity/label" calculate="/data/title"/>'
    '<bind nodeset="/data/meta/instanceID" jr:preload="uid"/></model></h:head><h:body><input ref="/data/title"/>'
    "</h:body></h:html>"
)
SITE = "instance('sites')/root/item[name = /data/site]"
VISIT = (
    f'{HEAD}<instance><data id="visit"><site/><title/><beds/><meta><instanceID/>'
    '<entity dataset="sites" update="1" id="" baseVersion=""><label/></entity></meta></data></instance>'
    '<instance id="sites" src="jr://file-csv/sites.csv"/>'
    f'<bind nodeset="/data/title" calculate="{SITE}/title"/><bind nodeset="/data/beds" entities:saveto="beds"/>'
    '<bind nodeset="/data/meta/entity/@id" calculate="/data/site"/>'
    f'<bind nodeset="/data/meta/entity/@baseVersion" calculate="{SITE}/__version"/>'
    '<bind nodeset="/data/meta/instanceID" jr:preload="uid"/></model></h:head><h:body><select1 ref="/data/site">'
    '<itemset nodeset="instance(\'sites\')/root/item"><value ref="name"/><label ref="label"/></itemset></select1>'
    '<input ref="/data/beds"/></h:body></h:html>'
)


@pytest.fixture
def project(tmp_path):
    with create_project(tmp_path / "study", title="Study", language="de") as project:
        yield project


@pytest.fixture
def forms(project):
    """Hash of the registration form and of the form of the visit."""
    return [
        project.forms.add(
            xml.encode(), form_id=name, version="", title=name, extra={}, source=b"", source_name=f"{name}.xml"
        )
        for name, xml in (("register", REGISTER), ("visit", VISIT))
    ]


def hold(project, form, answers):
    """A finished interview."""
    interview_id = start_interview(project, form_sha=form)
    desk, save = open_interview(project, interview_id)
    save.write(project)
    for ref, text in answers.items():
        desk.answer(ref, text).save.write(project)
    desk.finalise().write(project)
    return interview_id


def offered(project, form):
    interview_id = start_interview(project, form_sha=form)
    desk = open_interview(project, interview_id)[0]
    assert desk.check().notices == ()
    return {choice.label: choice.value for choice in desk.view("/data/site").choices}


def test_a_follow_up_is_offered_what_finished_interviews_registered(project, forms):
    register, visit = forms
    assert offered(project, visit) == {}
    desk, save = open_interview(project, start_interview(project, form_sha=register))
    save.write(project)
    desk.answer("/data/title", "Unfinished").save.write(project)
    first = hold(project, register, {"/data/title": "North"})
    hold(project, register, {"/data/title": "South"})
    sites = offered(project, visit)
    assert list(sites) == ["North", "South"]
    hold(project, visit, {"/data/site": sites["North"], "/data/beds": "40"})
    hold(project, visit, {"/data/site": sites["North"], "/data/beds": "45"})
    lists, notices = entity_lists(project)
    north = lists["sites"].get(sites["North"])
    assert (north.label, north.version, dict(north.properties)) == ("North", 3, {"title": "North", "beds": "45"})
    assert notices == ()
    assert entity_lists(project)[0]["sites"].to_csv() == lists["sites"].to_csv()
    move_interview(project, first, InterviewState.WITHDRAWN)
    assert list(offered(project, visit)) == ["South"]
    assert [notice.code for notice in entity_lists(project)[1]] == ["entities.unknown", "entities.unknown"]


def test_an_interview_keeps_the_list_that_it_began_with(project, forms):
    register, visit = forms
    hold(project, register, {"/data/title": "North"})
    interview_id = start_interview(project, form_sha=visit)
    hold(project, register, {"/data/title": "South"})
    desk = open_interview(project, interview_id)[0]
    assert [choice.label for choice in desk.view("/data/site").choices] == ["North"]
    assert list(offered(project, visit)) == ["North", "South"]


def test_a_form_that_asks_for_it_reads_the_last_finished_record(project):
    xml = (
        f'{HEAD}<instance><data id="again"><title/><meta><instanceID/></meta></data></instance>'
        '<instance id="__last-saved" src="jr://instance/last-saved"/>'
        '<setvalue event="odk-instance-first-load" ref="/data/title" value="instance(\'__last-saved\')/data/title"/>'
        '<bind nodeset="/data/meta/instanceID" jr:preload="uid"/></model></h:head><h:body><input ref="/data/title"/>'
        "</h:body></h:html>"
    )
    form = project.forms.add(
        xml.encode(), form_id="again", version="", title="A", extra={}, source=b"", source_name="a.xml"
    )
    for title in ("North", "South"):
        hold(project, form, {"/data/title": title})
    desk, save = open_interview(project, start_interview(project, form_sha=form))
    save.write(project)
    assert desk.view("/data/title").text == "South"
    desk.answer("/data/title", "Unfinished").save.write(project)
    assert open_interview(project, start_interview(project, form_sha=form))[0].view("/data/title").text == "South"


def test_a_form_that_only_looks_something_up_gets_the_list_too(project, forms):
    hold(project, forms[0], {"/data/title": "North"})
    xml = (
        f'{HEAD}<instance><data id="look"><label/><found/><meta><instanceID/></meta></data></instance>'
        '<bind nodeset="/data/found" calculate=\'pulldata("sites", "title", "label", /data/label)\'/>'
        '<bind nodeset="/data/meta/instanceID" jr:preload="uid"/></model></h:head><h:body><input ref="/data/label"/>'
        "</h:body></h:html>"
    )
    form = project.forms.add(
        xml.encode(), form_id="look", version="", title="L", extra={}, source=b"", source_name="l.xml"
    )
    desk = open_interview(project, start_interview(project, form_sha=form))[0]
    desk.answer("/data/label", "North")
    assert desk.view("/data/found").text == "North"


def test_who_changed_an_entry_on_an_older_state_and_who_changed_it_before_are_told(project, forms):
    register, visit = forms
    first = hold(project, register, {"/data/title": "North"})
    north = offered(project, visit)["North"]
    begun = [start_interview(project, form_sha=visit) for _ in range(2)]
    for number, interview_id in enumerate(begun):
        desk, save = open_interview(project, interview_id)
        save.write(project)
        desk.answer("/data/site", north).save.write(project)
        desk.answer("/data/beds", str(40 + number)).save.write(project)
    for number, interview_id in enumerate(begun):
        open_interview(project, interview_id)[0].finalise().write(project)
        project.interviews.update_summary(interview_id, Summary(code=f"RP-{number}"))
    earlier, later = (entity_notices(project, interview_id) for interview_id in begun)
    assert len(earlier) == len(later) == 1
    assert "älteren Standes" in later[0]
    assert later[0].endswith("RP-0.")
    assert earlier[0].endswith("RP-1.")
    assert entity_notices(project, first) == ()


def test_an_erased_interview_leaves_no_words_in_the_lists_of_others(project, forms, tmp_path):
    register, visit = forms
    hold(project, register, {"/data/title": "Zinnoberfuchs"})
    hold(project, register, {"/data/title": "Beispielheim"})
    erased = next(
        row.id
        for row in project.interviews.list()
        if "Zinnoberfuchs" in project.revisions.heads(row.id)[-1].answers.values()
    )
    project.interviews.update_summary(erased, Summary(code="A01"))
    later = start_interview(project, form_sha=visit)
    lists = project.drafts.load(later).lists
    assert b"Zinnoberfuchs" in project.lists.get(lists["sites.csv"])
    kept = project.backup().path
    (tmp_path / "stick").write_bytes(kept.read_bytes())

    erase_code(project, plan_erasure(project, "A01").plan, reason="Widerruf")

    assert project.drafts.load(later).lists == lists
    content = project.lists.get(lists["sites.csv"])
    assert b"Zinnoberfuchs" not in content
    assert b"Beispielheim" in content
    open_interview(project, later)
    assert project.check().is_sound
    every = b"".join(path.read_bytes() for path in project.folder.rglob("*") if path.is_file())
    assert b"Zinnoberfuchs" not in every

    kept.write_bytes((tmp_path / "stick").read_bytes())
    with open_project(restore_backup(kept, tmp_path / "alt")) as restored:
        assert restored.lists.get(lists["sites.csv"]) == content
        assert restored.check().is_sound
        assert b"Zinnoberfuchs" not in (restored.folder / "project.sqlite").read_bytes()
