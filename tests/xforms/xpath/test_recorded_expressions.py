"""Replays the recorded expressions of the reference engines: every case whose value they agree on must hold."""

import json
import math
import re
from collections import Counter
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from roadmapdesk.xforms.tree import Document, Element, parse_document
from roadmapdesk.xforms.xpath import INSTANTS, Context, Host, Moment, XPathError, compile_expression

CASES = Path(__file__).resolve().parents[4] / "shared" / "conformance" / "xpath.json"
TRUSTED = ("consensus", "majority")

pytestmark = pytest.mark.skipif(not CASES.is_file(), reason="the recorded expressions are not beside this checkout")


class RecordedHost(Host):
    """The clock and the documents of one case."""

    date_rules = INSTANTS

    def __init__(self, document, case, defaults):
        self._document = document
        self._zone = ZoneInfo(case.get("tz") or defaults["tz"])
        self._now = datetime.fromisoformat(case.get("now") or defaults["now"]).astimezone(self._zone)
        self.language = case.get("lang") or ""
        self._instances = {}

    def now(self):
        return self._now

    def zone(self):
        return self._zone

    def _elements(self):
        stack = list(self._document.children)
        while stack:
            node = stack.pop(0)
            if isinstance(node, Element):
                yield node
                stack[:0] = node.children

    def instance(self, name):
        if name not in self._instances:
            for element in self._elements():
                if element.name == "instance" and element.get("id") == name:
                    document = Document()
                    document.children = list(element.children)
                    self._instances[name] = element
                    break
            else:
                return None
        return self._instances[name]

    def itext(self, name, form=None):
        translations = [element for element in self._elements() if element.name == "translation"]
        default = [t for t in translations if t.attribute("default") is not None] or translations[:1]
        for translation in [t for t in translations if t.get("lang") == self.language] + default:
            for text in translation.named("text"):
                if text.get("id") == name:
                    for value in text.named("value"):
                        if value.attribute("form") is None:
                            return value.string_value()
        return ""


def locate(document, locator):
    found = compile_expression(locator, mode="xpath1").nodes(Context(document))
    return found[0] if found else None


def evaluate(case, documents, defaults):
    document = documents[case["doc"]]
    node = locate(document, case["context"])
    root = locate(document, case["root"]) if case.get("root") else document
    context = Context(node, RecordedHost(document, case, defaults), root=root)
    expression = compile_expression(case["expr"], case.get("ns") or {}, mode=case["mode"])
    kind = case["expect"]["type"]
    if kind in ("number", "date"):
        return expression.number(context)
    if kind == "boolean":
        return expression.boolean(context)
    if kind == "nodeset":
        return expression.nodes(context)
    if kind == "error":
        value = expression.evaluate(context)
        return value.text if isinstance(value, Moment) else value
    return expression.string(context)


def number_of(value):
    return {"NaN": math.nan, "Infinity": math.inf, "-Infinity": -math.inf, "-0": -0.0}.get(value, value)


def holds(case, value, documents):
    expect = case["expect"]
    kind = expect["type"]
    if kind == "error":
        return False
    wanted = expect["value"]
    if kind == "number":
        wanted = number_of(wanted)
        if math.isnan(wanted) or math.isinf(wanted):
            return str(wanted) == str(value)
        if math.isnan(value) or math.isinf(value):
            return False
        if "rounded_factor" in expect:
            factor = expect["rounded_factor"]
            value = math.floor(value * factor + 0.5) / factor
        return math.isclose(value, wanted, rel_tol=1e-9, abs_tol=expect.get("tolerance", 1e-9))
    if kind == "date":
        moment = datetime.fromisoformat(wanted.replace("Z", "+00:00"))
        return math.isclose(value, moment.timestamp() / 86400, rel_tol=0, abs_tol=1e-8)
    if kind == "string-length":
        return len(value) == wanted
    if kind == "string-match":
        flags = re.IGNORECASE if "i" in expect.get("flags", "") else 0
        return re.search(wanted, value, flags) is not None
    if kind == "nodeset":
        # A text that was several runs in the recording engine has the same locator for each of them.
        nodes = [locate(documents[case["doc"]], locator) for locator in dict.fromkeys(wanted)]
        return len(nodes) == len(value) and all(one is other for one, other in zip(nodes, value, strict=True))
    return value == wanted


def outcome(case, documents, defaults):
    """None where the case holds, else what came instead."""
    try:
        value = evaluate(case, documents, defaults)
    except XPathError as error:
        return None if case["expect"]["type"] == "error" else str(error)
    return None if holds(case, value, documents) else repr(value)[:120]


@pytest.fixture(scope="module")
def recorded():
    data = json.loads(CASES.read_text(encoding="utf-8"))
    # Documents of the web engines' suites are pages with a doctype, which this program never opens.
    documents = {key: parse_document(xml.replace("<!DOCTYPE html>", "")) for key, xml in data["docs"].items()}
    return data, documents


def failures(recorded, tiers):
    data, documents = recorded
    found = []
    for case in data["cases"]:
        if case["tier"] in tiers:
            got = outcome(case, documents, data["defaults"])
            if got is not None:
                found.append(f"{case['tier']} {case['mode']} {case['expr']!r}: {case['expect']} but {got}")
    return found


def test_every_expression_that_the_reference_engines_agree_on_has_their_value(recorded):
    wrong = failures(recorded, TRUSTED)

    assert not wrong, "\n".join(wrong)


def test_most_expressions_that_only_one_engine_runs_have_its_value(recorded):
    wrong = failures(recorded, ("single-engine",))
    total = Counter(case["tier"] for case in recorded[0]["cases"])["single-engine"]

    assert len(wrong) <= total * 0.1, "\n".join(wrong)
