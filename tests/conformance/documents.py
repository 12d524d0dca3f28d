"""Compares a final record with the recorded one, element by element."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from comparing import is_masked, same, same_set

from roadmapdesk.xforms.tree import Element
from roadmapdesk.xforms.tree_reading import parse_document

if TYPE_CHECKING:
    from collections.abc import Iterable

    from recorded import Replay


def compare_documents(replay: Replay, recorded: str, ours: bytes) -> None:
    """Notes every difference between the recorded final record and ours, both of one replayed case."""
    checks = replay.checks
    if is_masked(recorded):
        checks.leave_out("masked document")
        return
    left_out = without_first(replay.left_out.values)
    counted = replay.counted() if replay.keeps_irrelevant else set()
    expected = _leaves(parse_document(_CONTROL.sub("", recorded).encode("utf-8")).element)
    actual = _leaves(parse_document(ours).element)
    snapshot = replay.snapshot()
    nodes = {ref.replace("[1]", ""): ref for ref in snapshot.entries}
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
            node = nodes.get(ref.replace("[1]", ""), "")
            _compare_leaf(replay, ref, node, expected[ref], actual[ref])


def _compare_leaf(replay: Replay, ref: str, node: str, expected: str, actual: str) -> None:
    """Compares one value of the two records; `node` is its path in the state, empty where it has none."""
    entry = replay.snapshot().entries.get(node)
    is_list = entry is not None and entry.view.control == "select"
    fits = same(expected, actual) or (is_list and same_set(expected, actual))
    if fits or entry is None:
        replay.checks.expect(f"final {ref}", fits, expected, actual)
        return
    last = replay.expected.get(node, {})
    reason = replay.excuse(node, expected, entry)
    if reason is None and "v" in last and same(last["v"], actual):
        reason = "the recorded record differs from the recorded state before it, which ours equals"
    if reason:
        replay.checks.leave_out(reason)
    else:
        replay.checks.expect(f"final {ref}", fits, expected, actual)


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
