"""Runs the expression cases: one expression, one document, one expected value."""

import math
import re
from datetime import UTC, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from locators import locate, same_node
from outcome import FAILED, SKIPPED, TRUSTED_TIERS, Outcome

from roadmapdesk.xforms.tree import Document, Element, Node
from roadmapdesk.xforms.tree_reading import parse_document
from roadmapdesk.xforms.xpath import CALENDAR, INSTANTS, compile_expression
from roadmapdesk.xforms.xpath.context import COLLECT, EVALUATORS, Context, Host
from roadmapdesk.xforms.xpath.errors import XPathError

_DOCTYPE = re.compile(r"<!DOCTYPE[^>\[]*(\[[^\]]*\])?[^>]*>")  # our parser refuses them, the cases need none of it
_FLAGS = {"i": re.IGNORECASE, "m": re.MULTILINE, "s": re.DOTALL}  # of JavaScript
_XFORMS = "http://www.w3.org/2002/xforms"
_DEFAULT_NAMESPACES = {
    "jr": "http://openrosa.org/javarosa",
    "h": "http://www.w3.org/1999/xhtml",
    "xhtml": "http://www.w3.org/1999/xhtml",
    "orx": "http://openrosa.org/xforms",
    "enk": "http://enketo.org/xforms",
    "odk": "http://www.opendatakit.org/xforms",
    "xf": _XFORMS,
    "xforms": _XFORMS,
}


class CaseHost(Host):
    """The world of one case: its clock, and the lists and texts of its document.

    The trusted cases take a date as the instant when its day begins in the clock's zone, and compute areas
    on the sphere, rounded to hundredths, as both web engines do, and a sum over a node without a number is none; the
    evaluator has these rules beside those that sessions use: a date is whole days, areas are those of ODK Collect,
    not rounded, and sums pass over gaps (see ``docs/recalculation.md``).
    Where the engines disagree, the rules of sessions hold, which are our side.
    """

    def __init__(self, document: Document, moment: str, zone: str, language: str, *, is_disputed: bool) -> None:
        self.date_rules = CALENDAR if is_disputed else INSTANTS
        self.geo_rules = COLLECT if is_disputed else EVALUATORS
        self.skips_gaps = is_disputed
        self.follows_evaluators = not is_disputed
        self._document = document
        self._now = datetime.fromisoformat(moment).astimezone(ZoneInfo(zone))
        self.language = language

    def now(self) -> datetime:
        return self._now

    def instance(self, name: str) -> Document | None:
        for element in _descendants(self._document.element):
            if element.name == "instance" and element.get("id") == name:
                content = next(iter(element.elements()), None)
                return _instance_document(element) if content is not None else None
        return None

    def itext(self, name: str, form: str | None = None) -> str:
        for element in _descendants(self._document.element):
            if element.name == "translation" and element.get("lang") == self.language:
                return _text_value(element, name, form)
        return ""


class _InstanceDocument(Document):
    """The part of a document below one ``instance`` element, as `Host.instance` hands it out."""

    __slots__ = ()


def _instance_document(holder: Element) -> Document:
    document = _InstanceDocument(is_static=True)
    document.children = list(holder.children)
    return document


def _descendants(element: Element):
    yield element
    for child in element.elements():
        yield from _descendants(child)


def _text_value(translation: Element, name: str, form: str | None) -> str:
    for text in translation.elements():
        if text.get("id") == name:
            for value in text.elements():
                if value.get("form") == (form or ""):
                    return value.string_value()
    return ""


class ExpressionCases:
    """One file of expression cases."""

    def __init__(self, data: dict, file: str) -> None:
        self.file = file
        self._defaults = data.get("defaults", {})
        self._docs = data["docs"]
        self.cases = data["cases"]
        self._parse = lru_cache(maxsize=None)(lambda key: parse_document(_DOCTYPE.sub("", self._docs[key])))

    def run(self, case: dict) -> Outcome:
        """The outcome of one case; only trusted tiers can fail."""
        tier = case.get("tier", "single-engine")
        problem = self._difference(case)
        if not problem:
            return Outcome(case["id"], self.file, tier)
        text = f"{case['expr']!r}: {problem}"
        if tier in TRUSTED_TIERS:
            return Outcome(case["id"], self.file, tier, FAILED, text, [text])
        reason = "engines disagree" if tier == "disputed" else f"tier {tier}"
        return Outcome(case["id"], self.file, tier, SKIPPED, f"{reason}, we differ: {text}")

    def _difference(self, case: dict) -> str:
        document = self._parse(case["doc"])
        context = self._context(case, document)
        expect = case["expect"]
        try:
            expression = compile_expression(
                case["expr"], {**_DEFAULT_NAMESPACES, **case.get("ns", {})}, mode=case["mode"]
            )
            return _compare(expression, context, expect, document)
        except XPathError as error:
            return "" if expect["type"] == "error" else f"expected {expect}, got error {error.code}"
        except RecursionError:
            return "recursion"

    def _context(self, case: dict, document: Document) -> Context:
        moment = case.get("now") or self._defaults.get("now") or datetime.now(UTC).isoformat()
        zone = case.get("tz") or self._defaults.get("tz") or "UTC"
        host = CaseHost(document, moment, zone, case.get("lang", ""), is_disputed=case.get("tier") == "disputed")
        node = locate(document, case["context"])
        root = locate(document, case["root"]) if case.get("root") else document
        return Context(node, host, root=root)


def _compare(expression, context: Context, expect: dict, document: Document) -> str:
    kind, wanted = expect["type"], expect.get("value")
    if kind == "number":
        actual = expression.number(context)
        return "" if _same_number(expect, actual) else f"expected {wanted!r}, got {actual!r}"
    if kind == "boolean":
        actual = expression.boolean(context)
        return "" if actual is wanted else f"expected {wanted!r}, got {actual!r}"
    if kind == "nodeset":
        return _compare_nodes(expression.nodes(context), expect, document)
    text = expression.string(context)
    if kind == "string":
        return "" if text == wanted else f"expected {wanted!r}, got {text!r}"
    if kind == "string-length":
        return "" if len(text) == wanted else f"expected length {wanted}, got {len(text)}"
    if kind == "string-match":
        flags = sum(_FLAGS[each] for each in expect.get("flags", "") if each in _FLAGS)
        return "" if re.search(wanted, text, flags) else f"expected a match of {wanted!r}, got {text!r}"
    if kind == "date":
        return "" if _same_moment(wanted, text, context.host) else f"expected {wanted!r}, got {text!r}"
    return f"expected an error, got {text!r}" if kind == "error" else f"unknown expectation {kind!r}"


def _same_number(expect: dict, actual: float) -> bool:
    wanted = float(expect["value"])
    if math.isnan(wanted) or math.isnan(actual):
        return math.isnan(wanted) and math.isnan(actual)
    if math.isinf(wanted) or math.isinf(actual):
        return wanted == actual
    if wanted == 0 and expect["value"] == "-0" and actual == 0:
        return math.copysign(1, actual) == -1
    factor = expect.get("rounded_factor")
    if factor:
        return math.floor(actual * factor + 0.5) / factor == wanted
    return math.isclose(wanted, actual, rel_tol=1e-12, abs_tol=expect.get("tolerance", 0) or 1e-15)


def _compare_nodes(found: list[Node], expect: dict, document: Document) -> str:
    # A text that was several runs where it was recorded has the same locator for each of them.
    wanted = [locate(document, locator) for locator in dict.fromkeys(expect["value"])]
    if len(found) != len(wanted):
        return f"expected {len(wanted)} nodes, got {len(found)}"
    if expect.get("ordered", False):
        fits = all(same_node(one, other) for one, other in zip(found, wanted, strict=True))
    else:
        fits = all(any(same_node(one, other) for one in found) for other in wanted)
    return "" if fits else "other nodes, or in another order"


def _same_moment(wanted: str, text: str, host: Host) -> bool:
    expected = datetime.fromisoformat(wanted)
    try:
        actual = datetime.fromisoformat(text)
    except ValueError:
        return False
    if "T" not in text:
        return actual.date() == expected.astimezone(host.zone()).date()
    return (actual if actual.tzinfo else actual.replace(tzinfo=host.zone())) == expected
