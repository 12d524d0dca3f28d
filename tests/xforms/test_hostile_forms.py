"""Hostile forms end in a message within a bounded number of steps and with bounded memory; the process lives on."""

import tracemalloc
from collections.abc import Callable

import pytest

from roadmapdesk.errors import RoadmapDeskError
from roadmapdesk.xforms.definition import FormDefinition
from roadmapdesk.xforms.limits import Limits
from roadmapdesk.xforms.session import FormSession

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
    session = FormSession(FormDefinition.from_xml(_form(more=bind), preview=True))
    session.answer("/data/a", "a" * 40 + "!")
    assert session.node("/data/a").text == "a" * 40 + "!"
    session.validate()


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

    def run() -> None:
        form = FormDefinition.from_xml(_form(fields, bind), preview=True)
        FormSession(form, limits=Limits(steps=50_000)).answer("/data/a", "1")

    in_bounds(run)


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
