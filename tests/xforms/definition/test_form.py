"""Reading forms: shape, cache, files beside the form, hostile input, and every real form at hand."""

from pathlib import Path

import pytest

from roadmapdesk.xforms.definition import FormDefinition
from roadmapdesk.xforms.definition.instances import base_name
from roadmapdesk.xforms.problems import FormError
from roadmapdesk.xforms.safe_xml import XmlError
from roadmapdesk.xforms.session import FormSession

SHARED = Path(__file__).parents[4] / "shared" / "forms" / "xml"
HTML = '<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml">{}</h:html>'


def form_with(src: str, **resources: bytes) -> FormDefinition:
    xml = HTML.format(
        '<h:head><h:title>F</h:title><model><instance><data id="f"><town/></data></instance>'
        f'<instance id="towns" src="{src}"/></model></h:head><h:body><select1 ref="/data/town">'
        '<itemset nodeset="instance(\'towns\')/root/item"><value ref="name"/><label ref="label"/></itemset>'
        "</select1></h:body>"
    )
    return FormDefinition.from_xml(xml, resources={name.replace("_", "."): data for name, data in resources.items()})


@pytest.mark.parametrize(
    ("src", "name", "content"),
    [
        ("jr://file-csv/t.csv", "t_csv", b"\xef\xbb\xbfname;label\r\ndd;Dresden\r\n"),
        ("jr://file-csv/t.csv", "t_csv", b"name,label,size\ndd,\"Dresden\",3\n"),
        ("jr://file/t.xml", "t_xml", b"<root><item><name>dd</name><label>Dresden</label></item></root>"),
        (
            "jr://file/t.geojson", "t_geojson",
            b'{"type":"FeatureCollection","features":[{"type":"Feature","geometry":{"type":"Point","coordinates":[13.7,51]},'
            b'"properties":{"name":"dd","label":"Dresden"}}]}',
        ),
    ],
)  # fmt: skip
def test_choices_come_from_files_beside_the_form(src, name, content):
    choices = FormSession(form_with(src, **{name: content})).node("/data/town").choices
    assert [(choice.value, choice.label) for choice in choices] == [("dd", "Dresden")]
    if name.endswith("geojson"):
        assert choices[0].extra["geometry"] == "51 13.7 0 0"


def test_a_missing_file_is_told_and_leaves_the_list_empty():
    session = FormSession(form_with("jr://file-csv/t.csv"))
    assert session.node("/data/town").choices == ()
    assert [each.code for each in session.notices] == ["form.missing_resource"]


@pytest.mark.parametrize(
    "address",
    ["jr://file/../../etc/passwd.csv", "jr://file//etc/passwd", "http://example.org/t.csv", "file:///etc/t.csv",
     "jr://file/a\\b.csv", "jr://file/.hidden", "jr://file/c:t.csv"],
)  # fmt: skip
def test_only_files_beside_the_form_are_read(address):
    assert base_name(address) is None


def test_the_cached_form_is_the_same_form():
    form = form_with("jr://file-csv/t.csv", t_csv=b"name,label\ndd,Dresden\n")
    cached = FormDefinition.from_json(form.to_json(), resources=form.resources)
    assert cached.to_json() == form.to_json()
    assert FormSession(cached).node("/data/town").choices == FormSession(form).node("/data/town").choices


def test_a_cache_of_another_format_is_refused():
    with pytest.raises(ValueError, match="another format"):
        FormDefinition.from_json('{"format": 0}')


@pytest.mark.parametrize(
    ("xml", "error"),
    [
        ("<html/>", FormError),
        ("not xml", XmlError),
        ('<!DOCTYPE h [<!ENTITY x SYSTEM "file:///etc/passwd">]><h>&x;</h>', XmlError),
        (HTML.format("<h:head><model/></h:head><h:body/>"), FormError),
        ("<a>" * 5_000 + "</a>" * 5_000, XmlError),
    ],
)
def test_what_is_no_form_is_refused_with_a_sentence(xml, error):
    with pytest.raises(error) as refused:
        FormDefinition.from_xml(xml)
    assert refused.value.sentence


def opened(path: Path) -> tuple[FormSession | None, str]:
    try:
        return FormSession(FormDefinition.from_xml(path.read_bytes())), ""
    except (FormError, XmlError) as refused:
        return None, refused.sentence


@pytest.mark.skipif(not SHARED.is_dir(), reason="the collection of real forms is not beside the project")
@pytest.mark.parametrize("path", sorted(SHARED.glob("*.xml")), ids=lambda path: path.stem)
def test_a_real_form_opens_or_is_refused_with_a_reason(path):
    session, refused = opened(path)
    if session is None:
        assert refused
        return
    answers = session.answers()
    restored = FormSession.restore(session.definition, answers)
    assert {ref: text for ref, text in restored.answers().items() if "uuid" not in text}.keys() <= answers.keys()
    assert session.to_submission().xml


def test_what_the_desktop_cannot_do_stays_empty_and_is_said():
    xml = (
        '<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml" '
        'xmlns:odk="http://www.opendatakit.org/xforms"><h:head><h:title>T</h:title><model><instance><data id="f">'
        "<place/><sound/><map/><meta><instanceID/></meta></data></instance>"
        '<bind nodeset="/data/place" type="geopoint"/>'
        '<odk:setgeopoint ref="/data/place" event="odk-instance-first-load"/>'
        '<odk:recordaudio ref="/data/sound" event="odk-instance-load"/></model></h:head><h:body>'
        '<upload ref="/data/map" mediatype="osm/*"/></h:body></h:html>'
    )
    session = FormSession(FormDefinition.from_xml(xml))
    assert {notice.ref for notice in session.notices} == {"/data/place", "/data/map"}  # sound is recorded by a button
    assert {notice.code for notice in session.notices} == {"form.unsupported"}
    assert b"<place/><sound/><map/>" in session.to_submission().xml


@pytest.mark.parametrize(
    ("model", "body", "code"),
    [
        ('<bind nodeset="/data/n" preload="uid"/>', "", "form.plain_preload"),
        ("", '<setvalue event="odk-instance-first-load" ref="/data/n" value="1"/>', "form.loose_action"),
        ("", '<setvalue event="odk-instance-load" ref="/data/n">1</setvalue>', "form.loose_action"),
    ],
)
def test_what_stands_where_no_engine_reads_it_is_passed_over_and_said(model, body, code):
    head = f"<h:head><model><instance><data id='x'><n/></data></instance>{model}</model></h:head>"
    form = FormDefinition.from_xml(HTML.format(f'{head}<h:body>{body}<input ref="/data/n"/></h:body>').encode())
    assert [(each.code, each.severity, each.question) for each in form.problems] == [(code, "warning", "/data/n")]
    assert FormSession(form).node("/data/n").text == ""


@pytest.mark.parametrize(
    ("model", "body", "code"),
    [
        ('<setvalue event="odk-new-repeat" ref="/data/r/a" value="1"/>', "", "form.outside_repeat"),
        ("", '<range ref="/data/n" start="1.2.3" end="9" step="1"/>', "form.bad_range"),
        ('<setvalue event="odk-instance-first-load" value="1"/>', "", "form.unknown_node"),
        ('<setvalue event="odk-instance-first-load" ref="/data/n" value="1 +"/>', "", "form.broken_expression"),
        ("", '<select1 ref="/data/n"><item><label>A</label></item></select1>', "form.bad_itemset"),
    ],
)
def test_what_cannot_be_carried_out_is_refused(model, body, code):
    head = "<h:head><model><instance><data id='x'><n/><r><a/></r></data></instance>{}</model></h:head>"
    repeat = '<repeat nodeset="/data/r"><input ref="/data/r/a"/></repeat>'
    with pytest.raises(FormError) as refused:
        FormDefinition.from_xml(HTML.format(head.format(model) + f"<h:body>{body}{repeat}</h:body>").encode())
    assert [each.code for each in refused.value.problems] == [code]


def test_of_two_lists_with_one_name_the_last_counts_and_it_is_said():
    lists = "".join(f"<instance id='l'><root><item><name>{name}</name></item></root></instance>" for name in "ab")
    form = FormDefinition.from_xml(
        HTML.format(
            f"<h:head><model><instance><data id='x'><n/></data></instance>{lists}</model></h:head><h:body>"
            "<select1 ref='/data/n'><itemset nodeset=\"instance('l')/root/item\"><value ref='name'/>"
            "<label ref='name'/></itemset></select1></h:body>"
        )
    )
    assert [each.code for each in form.problems] == ["form.duplicate_instance"]
    assert [choice.value for choice in FormSession(form).node("/data/n").choices] == ["b"]
