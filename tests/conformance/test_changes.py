"""After each step of a recorded interview, the session's changes are exactly the difference of all views."""

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import pytest

from roadmapdesk.xforms.definition import FormDefinition
from roadmapdesk.xforms.session import Changes, FormSession, Kind, NodeView

SAMPLE = (3, 20, 58, 79, 95)  # short interviews with nested and counted repeats, filters, bound attributes
_MOST_NODES = 2_000  # an interview that grows further ends there: each comparison looks at every node
_KEY = re.compile(r"\[[^]]*\]")


def looks(session: FormSession) -> dict[str, tuple]:
    """Ref → everything that a screen can see of the node."""
    found: dict[str, tuple] = {}
    holders = attributes(session)
    for view in _nodes(session.root):
        if view.ref not in found:
            found[view.ref] = (
                view.kind, view.text, view.value, view.is_relevant, view.is_required, view.is_readonly, view.label,
                view.hint, view.guidance, view.short_label, tuple(view.media.items()), view.choices, view.violation,
                view.position, view.can_add, view.can_remove, tuple(child.ref for child in view.children),
                tuple(child.ref for child in view.fields),
            )  # fmt: skip
            if holders and view.kind is not Kind.REPEAT:
                for name in holders.get(_KEY.sub("", view.ref), ()):
                    with suppress(KeyError):  # an instance that lacks it
                        attribute = session.node(f"{view.ref}/{name}")
                        found[attribute.ref] = (attribute.text, attribute.is_relevant)
    return found


def attributes(session: FormSession) -> dict[str, list[str]]:
    """Path of an element → its attributes that a bind decides about; no screen shows them, yet they change."""
    found: dict[str, list[str]] = {}
    for model in session.definition.model.nodes:
        if model.is_attribute and model.parent is not None:
            found.setdefault(model.parent.path, []).append(model.name)
    return found


def _nodes(view: NodeView) -> Iterator[NodeView]:
    yield view
    seen = {view.ref}
    for child in (*view.fields, *view.children):
        if child.ref not in seen:
            seen.add(child.ref)
            yield from _nodes(child)


def take(session: FormSession, step: dict) -> Changes | None:
    """Plays one recorded step; None where it changes nothing or has no place with us."""
    try:
        if step["op"] == "answer":
            return session.answer(step["ref"], step["value"] or "")
        if step["op"] == "new_repeat":
            return session.add_repeat(step["ref"].rpartition("[")[0] if step["ref"].endswith("]") else step["ref"])
    except LookupError:
        return None  # an instance of a counted repeat that only the recording engine keeps
    return None


def compare(path: Path) -> int:
    """Plays one interview and returns how many steps were compared."""
    trace = json.loads(path.read_text(encoding="utf-8"))
    form = FormDefinition.from_xml((path.parent / trace["xform"]).read_bytes(), client_lists=False)
    now = datetime.fromisoformat(trace["now"])
    session = FormSession(form, clock=lambda: now)
    before = looks(session)
    compared = 0
    for number, step in enumerate(trace["steps"]):
        changes = take(session, step)
        if changes is None:
            continue
        after = looks(session)
        differing = {ref for ref in before.keys() & after.keys() if before[ref] != after[ref]}
        place = f"{trace['id']}, step {number}"
        assert changes.changed == differing, place
        assert set(changes.added) == after.keys() - before.keys(), place
        assert set(changes.removed) == before.keys() - after.keys(), place
        before = after
        compared += 1
        if len(before) > _MOST_NODES:
            break
    return compared


def _interviews(shared: Path) -> list[Path]:
    return sorted((shared / "conformance" / "traces").glob("*.json"))


@pytest.mark.parametrize("number", SAMPLE)
def test_changes_are_the_full_difference_in_some_recorded_interviews(shared: Path, number: int) -> None:
    assert compare(_interviews(shared)[number]) > 0


@pytest.mark.slow
def test_changes_are_the_full_difference_in_all_recorded_interviews(shared: Path) -> None:
    assert sum(map(compare, _interviews(shared))) > 4_000
