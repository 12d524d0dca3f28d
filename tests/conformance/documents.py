"""Compares a final record with the recorded one, element by element."""

import re
from collections.abc import Iterable

from comparing import is_masked, same, same_set
from outcome import Checks

from roadmapdesk.xforms.tree import Element, parse_document


def compare_documents(checks: Checks, recorded: str, ours: bytes, left_out: set[str], counted: set[str]) -> None:
    """Notes every difference between two records; paths in `left_out` (without prefixes) do not count.

    In the repeats at the paths `counted` (without positions) the other engine may lack instances that it made later.
    """
    if is_masked(recorded):
        checks.leave_out("masked document")
        return
    left_out = without_first(left_out)
    expected = _leaves(parse_document(_CONTROL.sub("", recorded).encode("utf-8")).element)
    actual = _leaves(parse_document(ours).element)
    for ref in sorted(expected.keys() | actual.keys()):
        if is_left_out(ref, left_out) or _POSITION.sub("", ref) in left_out:
            checks.leave_out("disputed, volatile or presence")
        elif (ref in expected) != (ref in actual) and is_left_out(_POSITION.sub("", ref), counted):
            checks.leave_out("instances of counted repeats, which each engine makes at its own time")
        elif ref not in actual:
            checks.expect(f"final {ref}", holds=False, expected=expected[ref], actual="no element")
        elif ref not in expected and not is_own_identity(ref):
            checks.expect(f"final {ref}", holds=False, expected="no element", actual=actual[ref])
        elif ref in expected:
            fits = same(expected[ref], actual[ref]) or same_set(expected[ref], actual[ref])
            checks.expect(f"final {ref}", fits, expected[ref], actual[ref])


def is_own_identity(ref: str) -> bool:
    """Whether this is the identity that we, as Web Forms does, add to records of forms without a place for one."""
    return _IDENTITY.match(ref) is not None


def without_first(refs: Iterable[str]) -> set[str]:
    """Paths without the position of first instances, which some recordings leave out."""
    return {ref.replace("[1]", "") for ref in refs}


def is_left_out(ref: str, left_out: set[str]) -> bool:
    """Whether a node or one of its ancestors is left out; `left_out` comes from `without_first`."""
    if not left_out:
        return False
    ref = ref.replace("[1]", "")
    while ref:
        if ref in left_out:
            return True
        ref = ref.rpartition("/")[0]
    return False


def _leaves(root: Element) -> dict[str, str]:
    """Path → text of every element; repeats get positions once an element has siblings of its name."""
    found: dict[str, str] = {}
    _walk(root, f"/{root.name}", found)
    return found


def _walk(element: Element, ref: str, found: dict[str, str]) -> None:
    children = [child for child in element.elements() if not child.get("template", namespace=_JAVAROSA)]
    found[ref] = "" if children else element.string_value().strip()
    for attribute in element.attributes:
        if not attribute.namespace and attribute.name not in {"id", "version"}:
            found[f"{ref}/@{attribute.name}"] = attribute.value
    seen: dict[str, int] = {}
    for child in children:
        seen[child.name] = seen.get(child.name, 0) + 1
        _walk(child, f"{ref}/{child.name}[{seen[child.name]}]", found)


_IDENTITY = re.compile(r"/[^/]+/meta(\[1\])?(/instanceID(\[1\])?)?\Z")
_CONTROL = re.compile(r"&#(?:[0-8]|1[124-9]|2\d|3[01]);")  # no XML holds them, JavaRosa writes them
_POSITION = re.compile(r"\[\d+\]")
_JAVAROSA = "http://openrosa.org/javarosa"
