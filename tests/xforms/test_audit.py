"""The audit log of a record, line by line."""

from itertools import count

import pytest

from roadmapdesk.xforms.audit import AuditEventName, AuditLog, Place, audit_settings, steady_clock
from roadmapdesk.xforms.definition import FormDefinition
from roadmapdesk.xforms.session import FormSession

FORM = (
    '<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml" '
    'xmlns:jr="http://openrosa.org/javarosa" xmlns:odk="http://www.opendatakit.org/xforms"><h:head><h:title>T</h:title>'
    '<model><instance><data id="t"><name/><room jr:template=""><area/></room>'
    "<meta><audit/><instanceID/></meta></data></instance>"
    '<bind nodeset="/data/name" required="true()"/><bind nodeset="/data/meta/audit" type="binary" {wanted}/>'
    '<bind nodeset="/data/meta/instanceID" jr:preload="uid"/></model></h:head><h:body><input ref="/data/name"/>'
    '<repeat nodeset="/data/room"><input ref="/data/room/area"/></repeat></h:body></h:html>'
)
EVERYTHING = (
    'odk:location-priority="balanced" odk:location-min-interval="60" odk:location-max-age="120" '
    'odk:track-changes="true" odk:identify-user="true" odk:track-changes-reasons="on-form-edit"'
)


@pytest.fixture
def make_log():
    """A form and a log of it whose clock moves by one at each look."""

    def make(wanted="", earlier=b"", **options):
        form = FormDefinition.from_xml(FORM.replace("{wanted}", wanted))
        settings = audit_settings(form)
        ticks = count(1_000)
        return form, AuditLog(settings, clock=lambda: next(ticks), earlier=earlier, **options)

    return make


def test_a_form_without_a_log_asks_for_nothing():
    form = FormDefinition.from_xml(FORM.replace("<audit/>", "").replace("{wanted}", ""))
    assert audit_settings(form) is None
    session = FormSession(form)
    session.look_at("/data/name")
    assert session.audit is None


def test_parameters_choose_the_columns(make_log):
    plain = make_log()[1]
    assert plain.settings.columns == ("event", "node", "start", "end")
    full = make_log(EVERYTHING)[1]
    assert ",".join(full.settings.columns) == (
        "event,node,start,end,latitude,longitude,accuracy,old-value,new-value,user,change-reason"
    )
    assert (full.settings.location_min_interval, full.settings.location_max_age) == (60, 120)


def test_a_whole_interview_is_logged(make_log):
    form, log = make_log('odk:track-changes="true" odk:identify-user="true"', user="MK")
    session = FormSession(form, audit=log)
    assert [violation.ref for violation in session.finalise()] == ["/data/name"]
    session.look_at("/data/name")
    session.answer("/data/name", "Lab, north")
    first, second = session.add_repeat("/data/room").added[0], session.add_repeat("/data/room").added[0]
    session.look_at(f"{second}/area")
    session.look_at(f"{second}/area")
    session.answer(f"{second}/area", "12")
    session.look_at("/data/name")
    session.look_at("")
    session.remove_repeat(first)
    log.add(AuditEventName.END_SCREEN)
    log.add(AuditEventName.FORM_SAVE)
    assert session.finalise() == ()
    assert log.to_csv().decode() == (
        "event,node,start,end,old-value,new-value,user\n"
        "form start,,1000,,,,MK\n"
        "constraint error,,1001,,,,MK\n"
        'question,/data/name,1002,1003,,"Lab, north",MK\n'
        "add repeat,/data/room[1],1004,1005,,,MK\n"
        "add repeat,/data/room[2],1006,1007,,,MK\n"
        "question,/data/room[2]/area,1008,1009,,12,MK\n"
        "question,/data/name,1010,1011,,,MK\n"
        "delete repeat,/data/room[1],1012,,,,MK\n"
        "end screen,,1013,1014,,,MK\n"
        "form save,,1015,,,,MK\n"
        "form finalize,,1016,,,,MK\n"
    )
    assert session.to_submission().media == ("audit.csv",)


def test_a_log_is_continued_even_where_its_columns_changed(make_log):
    form, log = make_log('odk:track-changes="true"')
    session = FormSession(form, audit=log)
    session.look_at("/data/name")
    session.answer("/data/name", 'Lab "A", north\nwing')
    session.look_at("")
    written = log.to_csv()
    again = make_log('odk:track-changes="true"', earlier=written)[1]
    assert again.to_csv() == written
    wider = make_log(EVERYTHING, earlier=written, user="MK")[1]
    restored = FormSession.restore(form, session.answers(), audit=wider)
    restored.audit.add(AuditEventName.CHANGE_REASON, reason="Name misspelt")
    assert wider.to_csv().decode().partition("\n")[2] == (
        "form start,,1000,,,,,,,,\n"
        'question,/data/name,1001,1002,,,,,"Lab ""A"", north\nwing",,\n'
        "form resume,,1000,,,,,,,MK,\n"
        "location providers disabled,,1001,,,,,,,MK,\n"
        "change reason,,1002,,,,,,,MK,Name misspelt\n"
    )


def test_reasons_are_logged_only_where_the_form_asks_for_them(make_log):
    log = make_log()[1]
    log.add(AuditEventName.CHANGE_REASON, reason="none of your business")
    assert log.to_csv() == b"event,node,start,end\n"


def test_places_are_logged_only_where_the_form_asks_for_them(make_log):
    places = {"place": lambda: Place(51.05, 13.74, 12.5)}
    form, located = make_log(EVERYTHING, **places)
    FormSession(form, audit=located)
    assert [entry.event for entry in located.entries][-1] is AuditEventName.LOCATION_ON
    located.add(AuditEventName.JUMP)
    assert "jump,,1002,,51.05,13.74,12.5," in located.to_csv().decode()
    private = make_log(**places)[1]
    private.add(AuditEventName.JUMP)
    assert private.to_csv().decode().endswith("jump,,1000,\n")


def test_a_changed_device_time_does_not_change_durations():
    wall = iter([1_700_000_000.0, 5.0, 5.0])
    elapsed = iter([10.0, 10.5, 12.0])
    clock = steady_clock(lambda: next(wall), lambda: next(elapsed))
    assert (clock(), clock()) == (1_700_000_000_500, 1_700_000_002_000)
