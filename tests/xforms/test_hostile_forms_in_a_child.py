"""The worst forms under the shipped limits, in a process with little memory: it lives on and says what was wrong."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import roadmapdesk

MEMORY_MB = 400
"""What the child may take beyond what it has when Python and the engine are loaded."""

SCRIPT = """
import json, resource, sys
from roadmapdesk.errors import RoadmapDeskError
from roadmapdesk.xforms.definition import FormDefinition
from roadmapdesk.xforms.session import FormSession

FORM = (
    '<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml" '
    'xmlns:jr="http://openrosa.org/javarosa"><h:head><h:title>T</h:title><model><instance><data id="f">{}</data>'
    '</instance>{}</model></h:head><h:body>{}</h:body></h:html>'
)
INPUT = '<input ref="/data/a"/>'

def calculation(expression, fields="<a>x</a><b/>"):
    return FORM.format(fields, f'<bind nodeset="/data/b" calculate="{expression}"/>', INPUT)

def repeats(count):
    inner = f'<repeat nodeset="/data/r/i" jr:count="{count}"><input ref="/data/r/i/q"/></repeat>'
    return FORM.format("<r><i><q/></i></r>", "", f'<repeat nodeset="/data/r" jr:count="{count}">{inner}</repeat>')

doubling = "".join(
    f'<bind nodeset="/data/e{n}" calculate="concat(/data/e{n - 1}, /data/e{n - 1})"/>' for n in range(1, 60)
)
texts = "".join(
    f'<text id="t{n}"><value>' + f"<output value=\\"jr:itext('t{n - 1}')\\"/>" * 20 + "</value></text>"
    for n in range(1, 20)
)
laughs = "<!DOCTYPE h:html [<!ENTITY a0 'aaaaaaaaaa'>" + "".join(
    f"<!ENTITY a{n} '" + f"&a{n - 1};" * 10 + "'>" for n in range(1, 12)
) + "]>"
FORMS = {
    "laughs": laughs + FORM.format("<a>&a11;</a>", "", INPUT),
    "depth": FORM.format("<g>" * 50_000 + "</g>" * 50_000, "", INPUT),
    "fields": FORM.format("<a/>" * 400_000, "", INPUT),
    "repeats": repeats(1_000_000_000),
    "identifier": calculation("uuid(1000000000)"),
    "pattern": calculation("regex('" + "a" * 50 + "!', '(a|aa|a?)+$')"),
    "doubling": FORM.format("<e0>xxxxxxxxxx</e0>" + "".join(f"<e{n}/>" for n in range(1, 60)), doubling,
                            '<input ref="/data/e0"/>'),
    "nodes": calculation("count(//*[count(//*[count(//*) > 0]) > 0])".replace(">", "&gt;"),
                         "<a/><b/>" + "".join(f"<f{n}/>" for n in range(2_000))),
    "texts": FORM.format("<a/>", f'<itext><translation lang="en"><text id="t0"><value>x</value></text>{texts}'
                         '</translation></itext>', '<input ref="/data/a"><label ref="jr:itext(\\'t19\\')"/></input>'),
}

used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
room = int(open("/proc/self/statm").read().split()[0]) * resource.getpagesize()
resource.setrlimit(resource.RLIMIT_AS, (room + (int(sys.argv[1]) << 20),) * 2)
told = {}
for name, xml in FORMS.items():
    try:
        session = FormSession(FormDefinition.from_xml(xml, preview=True))
        len(session.node(session.root.children[0].ref).label)
        told[name] = sorted({each.code for each in (*session.notices, *session.definition.problems)})
    except RoadmapDeskError as error:
        told[name] = [error.code]
told["peak"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024 - used
print(json.dumps(told))
"""
EXPECTED = {
    "laughs": "xml.doctype",
    "depth": "xml.too_deep",
    "fields": "form.refused",
    "repeats": "session.too_many_nodes",
    "identifier": "session.expression_failed",
    "pattern": "",
    "doubling": "session.expression_failed",
    "nodes": "session.expression_failed",
    "texts": "session.endless_text",
}


@pytest.mark.skipif(sys.platform != "linux", reason="memory of a process is bounded and measured on Linux only")
def test_the_worst_forms_end_in_a_message_in_a_process_with_little_memory():
    source = Path(roadmapdesk.__file__).parents[1]
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(MEMORY_MB)],
        env={**os.environ, "PYTHONPATH": str(source)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2_000:]
    told = json.loads(done.stdout)
    assert told.pop("peak") < MEMORY_MB
    assert told.keys() == EXPECTED.keys()
    assert {name: code for name, code in EXPECTED.items() if code and code not in told[name]} == {}
