"""Records as XML: what is written, what is left out, and what comes back."""

import pytest

from roadmapdesk.xforms.definition import FormDefinition
from roadmapdesk.xforms.safe_xml import XmlError
from roadmapdesk.xforms.session import FormSession

FORM = (
    '<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml" '
    'xmlns:jr="http://openrosa.org/javarosa"><h:head><h:title>T</h:title><model><instance>'
    '<data id="t" version="3"><a/><photo/><r jr:template=""><b/></r>{meta}</data></instance>'
    '<bind nodeset="/data/photo" type="binary"/><bind nodeset="/data/meta/instanceID" jr:preload="uid"/></model></h:head>'  # noqa: E501 — one element of a form
    '<h:body><input ref="/data/a"/><upload ref="/data/photo" mediatype="image/*"/>'
    '<repeat nodeset="/data/r"><input ref="/data/r/b"/></repeat></h:body></h:html>'
)
META = "<meta><instanceID/></meta>"


@pytest.fixture
def form():
    return FormDefinition.from_xml(FORM.replace("{meta}", META))


def test_a_record_names_its_media_and_its_identity(form):
    session = FormSession(form)
    session.answer("/data/photo", "site.jpg")
    record = session.to_submission()
    assert record.media == ("site.jpg",)
    assert record.instance_id.startswith("uuid:")
    assert b"template" not in record.xml


def test_a_form_without_a_place_for_the_identity_gets_one():
    record = FormSession(FormDefinition.from_xml(FORM.replace("{meta}", ""))).to_submission()
    assert record.instance_id.startswith("uuid:")


def test_text_with_control_characters_and_mark_up_survives(form):
    session = FormSession(form)
    session.answer("/data/a", "R&D <b>\x0b line\n2")
    record = session.to_submission().xml
    restored = FormSession.from_submission(form, record)
    assert restored.node("/data/a").text == "R&D <b> line\n2"


def test_a_replacing_record_names_the_one_before(form):
    first = FormSession(form)
    first.add_repeat("/data/r")
    first.answer("/data/r[1]/b", "x")
    earlier = first.to_submission()
    second = FormSession.from_submission(form, earlier.xml, replaces=True).to_submission()
    assert second.deprecated_id == earlier.instance_id
    assert second.instance_id not in ("", earlier.instance_id)
    restored = FormSession.restore(form, FormSession.from_submission(form, second.xml).answers())
    assert restored.to_submission().xml == second.xml


@pytest.mark.parametrize(
    ("xml", "error"),
    [("<other/>", ValueError), ("<data", XmlError), ('<!DOCTYPE d [<!ENTITY e "x">]><data>&e;</data>', XmlError)],
)
def test_a_foreign_or_hostile_record_is_refused(form, xml, error):
    with pytest.raises(error):
        FormSession.from_submission(form, xml.encode())


def test_answers_without_a_place_are_told_and_left_out(form):
    session = FormSession.restore(form, {"/data/a": "1", "/data/gone": "2"})
    assert session.node("/data/a").text == "1"
    assert [each.code for each in session.notices] == ["session.unknown_answer"]


def test_a_form_that_fixes_its_identity_keeps_it_in_a_replacing_record():
    fixed = FORM.replace("{meta}", "<meta><instanceID>site-1</instanceID></meta>").replace(' jr:preload="uid"', "")
    form = FormDefinition.from_xml(fixed)
    earlier = FormSession(form).to_submission()
    later = FormSession.from_submission(form, earlier.xml, replaces=True).to_submission()
    assert (later.instance_id, later.deprecated_id) == ("site-1", "site-1")
