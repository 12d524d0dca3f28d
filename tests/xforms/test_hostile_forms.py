"""Hostile forms end in a message within a bounded number of steps and with bounded memory; the process lives on."""

import tracemalloc
from collections.abc import Callable
from functools import partial

import pytest

from roadmapdesk.errors import RoadmapDeskError
from roadmapdesk.xforms.definition import FormDefinition
from roadmapdesk.xforms.limits import Limits
from roadmapdesk.xforms.problems import FormError
from roadmapdesk.xforms.session import FormSession
from roadmapdesk.xforms.session.live import LimitError

_FORM = (
    '<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml" '
    'xmlns:jr="http://openrosa.org/javarosa"><h:head><h:title>T</h:title><model><instance><data id="f">{fields}'
    "</data></instance>{more}</model></h:head><h:body>{body}</h:body></h:html>"
)
_MEMORY = 64 * 1024 * 1024


def _form(fields: str = "<a/><b/>", more: str = "", body: str = '<input ref="/data/a"/>') -> str:
    return _FORM.format(fields=fields, more=more, body=body)


@pytest.fixture
def in_bounds() -> Callable[[Callable[[], object]], object]:
    """Runs something and fails where it takes more than 64 MB."""

    def run(function: Callable[[], object]) -> object:
        tracemalloc.start()
        try:
            return function()
        finally:
            peak = tracemalloc.get_traced_memory()[1]
            tracemalloc.stop()
            assert peak < _MEMORY

    return run


_DOCTYPES = {
    "entity": '<!DOCTYPE h:html [<!ENTITY x SYSTEM "file:///etc/hostname">]>',
    "web": '<!DOCTYPE h:html SYSTEM "http://127.0.0.1:9/x.dtd">',
    "laughs": "<!DOCTYPE h:html [<!ENTITY a 'aaaaaaaaaa'>"
    + "".join(f"<!ENTITY {chr(98 + i)} '{f'&{chr(97 + i)};' * 10}'>" for i in range(9))
    + "]>",
    "parameter": '<!DOCTYPE h:html [<!ENTITY % p SYSTEM "file:///etc/hostname"> %p;]>',
    "plain": "<!DOCTYPE h:html>",
}


@pytest.mark.parametrize("doctype", _DOCTYPES.values(), ids=_DOCTYPES.keys())
def test_documents_with_a_doctype_are_refused(in_bounds, doctype: str) -> None:
    with pytest.raises(RoadmapDeskError) as refused:
        in_bounds(lambda: FormDefinition.from_xml(doctype + _form()))
    assert refused.value.code.startswith("xml.")


@pytest.mark.parametrize("depth", [70, 300, 100_000])
def test_deep_nesting_is_refused(in_bounds, depth: int) -> None:
    fields = "<g>" * depth + "<a/>" + "</g>" * depth
    with pytest.raises(RoadmapDeskError):
        in_bounds(lambda: FormDefinition.from_xml(_form(fields)))


@pytest.mark.parametrize("count", ["1000000000", "10 div 0", "-5", "0 div 0"])
def test_absurd_repeat_counts_are_capped_with_a_notice(in_bounds, count: str) -> None:
    repeat = f'<repeat nodeset="/data/r" jr:count="{count}"><input ref="/data/r/q"/></repeat>'
    form = FormDefinition.from_xml(_form("<a/><r><q/></r>", "", f'<group ref="/data/r">{repeat}</group>'))
    session = in_bounds(lambda: FormSession(form, limits=Limits(repeat_instances=200)))
    assert isinstance(session, FormSession)
    rows = session.node("/data/r").children
    assert len(rows) == (200 if count == "1000000000" else 0)
    assert ("session.count_capped" in {each.code for each in session.notices}) == (count == "1000000000")


def test_an_answer_that_asks_for_a_billion_instances_is_capped(in_bounds) -> None:
    repeat = '<repeat nodeset="/data/r" jr:count="/data/a"><input ref="/data/r/q"/></repeat>'
    body = f'<input ref="/data/a"/><group ref="/data/r">{repeat}</group>'
    form = FormDefinition.from_xml(_form("<a/><r><q/></r>", '<bind nodeset="/data/a" type="int"/>', body))
    session = FormSession(form, limits=Limits(repeat_instances=50))
    changes = in_bounds(lambda: session.answer("/data/a", "1000000000"))
    assert len(session.node("/data/r").children) == 50
    assert [each.code for each in changes.notices] == ["session.count_capped"]


@pytest.mark.parametrize("pattern", ["(a+)+$", "(a|aa)+$", "([a-z]+)*$", "(.*a){25}$", "(a?){40}a{40}$", "a" * 5_000])
def test_patterns_that_never_end_are_stopped(pattern: str) -> None:
    bind = f'<bind nodeset="/data/a" constraint="regex(., \'{pattern}\')"/>'
    session = FormSession(FormDefinition.from_xml(_form(more=bind), preview=True), limits=Limits(steps=100_000))
    session.answer("/data/a", "a" * 40 + "!")
    assert session.node("/data/a").text == "a" * 40 + "!"
    violations = [violation.ref for violation in session.validate()]
    is_stopped = "session.expression_failed" in {notice.code for notice in session.notices}
    assert is_stopped or violations == ["/data/a"]


@pytest.mark.parametrize(
    "expression",
    [
        "count(//*[count(//*[count(//*[count(//*) > 0]) > 0]) > 0])",
        "count(//*[//*[//*[//*[//*]]]])",
        "string-length(concat(" + ",".join(["/data"] * 2_000) + "))",
        "(" * 5_000 + "1" + ")" * 5_000,
        "1" + "+1" * 20_000,
        "-" * 50_000 + "1",
    ],
    ids=["counts", "predicates", "concat", "brackets", "sum", "minus"],
)
def test_expressions_that_never_end_are_stopped(in_bounds, expression: str) -> None:
    fields = "".join(f"<f{number}>x</f{number}>" for number in range(150)) + "<a/><b/>"
    bind = f'<bind nodeset="/data/b" calculate="{expression.replace(">", "&gt;")}"/>'

    def run() -> tuple[set[str], str]:
        form = FormDefinition.from_xml(_form(fields, bind), preview=True)
        session = FormSession(form, limits=Limits(steps=50_000))
        session.answer("/data/a", "1")
        codes = {notice.code for notice in session.notices} | {problem.code for problem in form.problems}
        return codes, session.node("/data/b").text

    codes, text = in_bounds(run)
    assert codes & {"session.expression_failed", "form.broken_expression"} or text in {"20001", "1"}


@pytest.mark.parametrize(
    "source",
    [
        "jr://file-csv/../../etc/passwd", "jr://file-csv//etc/passwd", "file:///etc/passwd", "http://127.0.0.1:9/a.csv",
        "jr://file/C:\\a.xml", "jr://file/.hidden.xml", "jr://file-csv/a.csv:stream",
    ],
)  # fmt: skip
def test_lists_are_read_from_the_forms_own_files_only(source: str) -> None:
    more = f'<instance id="l" src="{source}"/><bind nodeset="/data/b" calculate="count(instance(\'l\')/root/item)"/>'
    session = FormSession(FormDefinition.from_xml(_form(more=more), preview=True))
    assert session.node("/data/b").text == "0"
    assert {"form.unsafe_resource"} <= {each.code for each in session.notices}


def test_a_list_that_is_too_large_is_left_out(in_bounds) -> None:
    bind = "<bind nodeset='/data/b' calculate='count(instance(\"l\")/root/item)'/>"
    more = f'<instance id="l" src="jr://file-csv/l.csv"/>{bind}'
    content = b"name,label\n" + b"a,b\n" * 5_000
    form = FormDefinition.from_xml(_form(more=more), resources={"l.csv": content})
    session = in_bounds(lambda: FormSession(form, limits=Limits(resource_rows=1_000)))
    assert isinstance(session, FormSession)
    assert session.node("/data/b").text == "0"
    assert "form.bad_resource" in {each.code for each in session.notices}


def test_texts_that_double_again_and_again_are_stopped(in_bounds) -> None:
    fields = "<e0>xxxxxxxxxx</e0>" + "".join(f"<e{number}/>" for number in range(1, 60))
    binds = "".join(
        f'<bind nodeset="/data/e{number}" calculate="concat(/data/e{number - 1}, /data/e{number - 1})"/>'
        for number in range(1, 60)
    )
    form = FormDefinition.from_xml(_form(fields, binds, '<input ref="/data/e0"/>'), preview=True)
    session = in_bounds(lambda: FormSession(form))
    assert "session.expression_failed" in {notice.code for notice in session.notices}
    assert session.node("/data/e9").text == "x" * 5_120


def test_actions_that_double_a_text_are_stopped(in_bounds) -> None:
    action = '<setvalue ref="/data/a" event="odk-instance-first-load" value="concat(/data/a, /data/a, \'x\')"/>'
    session = in_bounds(lambda: FormSession(FormDefinition.from_xml(_form(more=action * 60))))
    assert 1_000 < len(session.node("/data/a").text) < 20_000_000


def test_actions_that_set_each_other_off_are_stopped() -> None:
    actions = {
        here: f'<input ref="/data/{here}"><setvalue ref="/data/{there}" event="xforms-value-changed" '
        f'value="/data/{here} + 1"/></input>'
        for here, there in ("ab", "ba")
    }
    session = FormSession(FormDefinition.from_xml(_form(body="".join(actions.values()))))
    assert [notice.code for notice in session.answer("/data/a", "1").notices] == ["session.endless_actions"]


@pytest.mark.parametrize("width", [1, 2])
def test_texts_that_hold_themselves_are_cut_off(in_bounds, width: int) -> None:
    outputs = "<output value=\"jr:itext('a')\"/>" * width
    itext = f'<itext><translation lang="en"><text id="a"><value>x {outputs}</value></text></translation></itext>'
    body = '<input ref="/data/a"><label ref="jr:itext(\'a\')"/></input>'
    session = FormSession(FormDefinition.from_xml(_form(more=itext, body=body), preview=True))
    label = in_bounds(lambda: session.node("/data/a").label)
    assert 10 < label.count("x") <= 10_001
    assert "session.endless_text" in {notice.code for notice in session.notices}


def test_texts_that_hold_more_and_more_others_are_cut_off(in_bounds) -> None:
    texts = "".join(
        f'<text id="t{number}"><value>' + f"<output value=\"jr:itext('t{number - 1}')\"/>" * 10 + "</value></text>"
        for number in range(1, 12)
    )
    itext = f'<itext><translation lang="en"><text id="t0"><value>x</value></text>{texts}</translation></itext>'
    body = '<input ref="/data/a"><label ref="jr:itext(\'t11\')"/></input>'
    session = FormSession(FormDefinition.from_xml(_form(more=itext, body=body)))
    assert in_bounds(lambda: session.node("/data/a").label).count("x") <= 10_000


def test_a_choice_whose_label_asks_for_itself_is_cut_off() -> None:
    label = "<label><output value=\"jr:choice-name(/data/a, '/data/a')\"/></label>"
    body = f'<select1 ref="/data/a"><item>{label}<value>1</value></item></select1>'
    session = FormSession(FormDefinition.from_xml(_form(body=body), preview=True))
    session.answer("/data/a", "1")
    assert [choice.value for choice in session.node("/data/a").choices] == ["1"]


@pytest.mark.parametrize("count", [100, 1_000_000_000])
def test_repeats_inside_repeats_stop_at_the_number_of_fields(in_bounds, count: int) -> None:
    inner = f'<repeat nodeset="/data/r/i" jr:count="{count}"><input ref="/data/r/i/q"/></repeat>'
    body = f'<repeat nodeset="/data/r" jr:count="{count}">{inner}</repeat>'
    form = FormDefinition.from_xml(_form("<r><i><q/></i></r>", body=body))
    with pytest.raises(LimitError) as refused:
        in_bounds(lambda: FormSession(form, limits=Limits(nodes=5_000)))
    assert refused.value.code == "session.too_many_nodes"


def test_expressions_that_read_everything_many_times_are_refused(in_bounds) -> None:
    fields = "".join(f"<f{number}/>" for number in range(700))
    binds = "".join(f'<bind nodeset="/data/f{number}" relevant="count(/data/*) &gt; 0"/>' for number in range(700))
    with pytest.raises(FormError) as refused:
        in_bounds(lambda: FormDefinition.from_xml(_form(fields, binds), preview=True))
    assert [problem.code for problem in refused.value.problems] == ["form.too_entangled"]


def test_the_caller_sets_how_much_the_expressions_of_a_form_may_read() -> None:
    fields = "".join(f"<f{number}/>" for number in range(20))
    xml = _form(f"<g>{fields}</g><n/>", '<bind nodeset="/data/n" calculate="count(/data/g/*)"/>')
    form = FormDefinition.from_xml(xml)
    stored = form.to_json()
    for opened in (partial(FormDefinition.from_xml, xml), partial(FormDefinition.from_json, stored)):
        with pytest.raises(FormError) as refused:
            opened(limits=Limits(reads=10))
        assert [each.code for each in refused.value.problems] == ["form.too_entangled"]
        assert dict(refused.value.problems[0].parameters)["limit"] == "10"


@pytest.mark.parametrize(
    ("document", "code"),
    [
        ("<a " + " ".join(f'x{number}="1"' for number in range(1_100)) + "/>", "xml.too_many_attributes"),
        ("<a/>" * 200_001, "form.refused"),
        (f"<{'n' * 60_000}/>", "xml.broken"),
    ],
    ids=["attributes", "fields", "name"],
)
def test_documents_beyond_all_measure_are_refused(document: str, code: str) -> None:
    with pytest.raises(RoadmapDeskError) as refused:
        FormDefinition.from_xml(_form(document))
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("l.geojson", b'{"type":"FeatureCollection","features":' + b"[" * 100_000 + b"]" * 100_000 + b"}"),
        ("l.geojson", b'{"type":"FeatureCollection","features":[{"properties":{"a":' + b"9" * 5_000 + b"}}]}"),
        ("l.geojson", b"\xff\xfe{"),
        ("l.xml", b'<!DOCTYPE a [<!ENTITY x "y">]><root><item>&x;</item></root>'),
        ("l.xml", b"<a>" * 5_000 + b"</a>" * 5_000),
        ("l.xml", b"<root>" + b"<item/>" * 20_000 + b"</root>"),
        ("l.csv", b"name,label\na," + b"x" * 200_000 + b"\n"),
        ("l.csv", b",".join(b"c%d" % number for number in range(500)) + b"\n" + (b"1," * 500 + b"\n") * 50),
    ],
    ids=["deep-json", "long-number", "no-text", "entity", "deep-xml", "long-xml", "long-cell", "wide-csv"],
)
def test_hostile_lists_are_left_out_with_a_notice(in_bounds, name: str, content: bytes) -> None:
    bind = "<bind nodeset='/data/b' calculate='count(instance(\"l\")/root/item)'/>"
    more = f'<instance id="l" src="jr://file/{name}"/>{bind}'
    form = FormDefinition.from_xml(_form(more=more), resources={name: content})
    session = in_bounds(lambda: FormSession(form, limits=Limits(resource_cells=10_000)))
    assert session.node("/data/b").text == "0"
    assert "form.bad_resource" in {notice.code for notice in session.notices}


def test_a_list_that_takes_too_long_to_filter_is_empty_and_told() -> None:
    rows = "".join(f"<item><name>{number}</name></item>" for number in range(400))
    nodeset = "instance('l')/root/item[count(instance('l')/root/item[name &gt; current()/../a]) &gt;= 0]"
    body = f'<select1 ref="/data/a"><itemset nodeset="{nodeset}"><value ref="name"/></itemset></select1>'
    form = FormDefinition.from_xml(_form(more=f'<instance id="l"><root>{rows}</root></instance>', body=body))
    session = FormSession(form, limits=Limits(steps=20_000))
    assert session.node("/data/a").choices == ()
    assert "session.expression_failed" in {notice.code for notice in session.notices}


def test_lists_read_one_after_the_other_do_not_use_up_each_others_steps() -> None:
    rows = "".join(f"<item><name>{number}</name></item>" for number in range(1_000))
    select = "<select1 ref='/data/{}'><itemset nodeset=\"instance('l')/root/item[name != current()/../a]\">"
    body = "".join(select.format(name) + '<value ref="name"/></itemset></select1>' for name in ("a", "b", "c", "d"))
    more = f'<instance id="l"><root>{rows}</root></instance>'
    form = FormDefinition.from_xml(_form("<a/><b/><c/><d/>", more, body))
    session = FormSession(form, limits=Limits(steps=9_000))
    assert [len(session.node(f"/data/{name}").choices) for name in "abcd"] == [1_000] * 4


@pytest.mark.parametrize("fill", ["submission", "answers"])
def test_records_with_too_many_instances_are_refused(in_bounds, fill: str) -> None:
    form = FormDefinition.from_xml(
        _form("<r><q/></r>", body='<repeat nodeset="/data/r"><input ref="/data/r/q"/></repeat>')
    )

    def run() -> FormSession:
        if fill == "submission":
            return FormSession.from_submission(form, b"<data>" + b"<r><q/></r>" * 5_000 + b"</data>")
        return FormSession.restore(form, {"/data/r": " ".join(f"k{number}" for number in range(5_000))})

    with pytest.raises(LimitError) as refused:
        in_bounds(run)
    assert refused.value.code == "session.too_many_instances"


def test_answers_with_nonsense_in_the_place_of_keys_open() -> None:
    form = FormDefinition.from_xml(
        _form("<r><q/></r>", body='<repeat nodeset="/data/r"><input ref="/data/r/q"/></repeat>')
    )
    answers = {"/data/r": "k1 k1 ] [", "/data/r#next": "9" * 5_000, "/nowhere": "1", "": "2"}
    session = FormSession.restore(form, answers)
    assert len(session.node("/data/r").children) == 3
    assert {notice.code for notice in session.notices} == {"session.unknown_answer"}
