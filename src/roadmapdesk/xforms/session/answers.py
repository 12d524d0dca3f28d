"""A session's answers as plain texts by ref, and a session from them.

A repeat's own ref maps to the keys of its instances, divided by blanks. Instances that a lowered count put aside
stand under ``REF#aside``; ``REF#next`` is the number of the next key where the instances do not tell it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadmapdesk.xforms.session.elements import LiveElement, RepeatRange, Scope, reference
from roadmapdesk.xforms.session.notices import UNKNOWN_ANSWER, notice
from roadmapdesk.xforms.session.refs import range_reference

if TYPE_CHECKING:
    from collections.abc import Mapping

    from roadmapdesk.xforms.definition.nodes import ModelNode
    from roadmapdesk.xforms.session.core import Core
    from roadmapdesk.xforms.session.live import Live

ASIDE = "#aside"
NEXT = "#next"
_DIGITS = 10


def write_answers(live: Live) -> dict[str, str]:
    """Ref → stored text of everything that is needed to restore the session."""
    found: dict[str, str] = {}
    set_by_actions = frozenset(action.target.index for action in live.form.actions)
    kept = frozenset(node for cut in live.form.graph.cuts for node in cut.fields)
    _write_scope(live.root, found, set_by_actions, kept)
    return found


def _write_scope(
    scope: Scope, found: dict[str, str], set_by_actions: frozenset[int], kept: frozenset[ModelNode]
) -> None:
    """Adds what a scope holds; empty texts only where restoring would otherwise fill them."""
    for node in scope.cells:
        if node is None or not node.model.is_leaf:
            continue
        model = node.model
        is_set = isinstance(node, LiveElement) or model.bind is not None or model.index in set_by_actions
        if is_set and (node.stored or model.has_default or model in kept):
            found[reference(node)] = node.stored
    for repeat in scope.ranges:
        if repeat.parent_element is None:
            continue
        ref = range_reference(repeat)
        found[ref] = " ".join(instance.key for instance in repeat.instances)
        if repeat.surplus:
            found[ref + ASIDE] = " ".join(instance.key for instance in repeat.surplus)
        if repeat.next_key != _next_key([*repeat.instances, *repeat.surplus]):
            found[ref + NEXT] = str(repeat.next_key)
        for instance in (*repeat.instances, *repeat.surplus):
            _write_scope(instance, found, set_by_actions, kept)


def _next_key(scopes: list[Scope]) -> int:
    return 1 + max((int(scope.key[1:]) for scope in scopes if scope.key[1:].isdigit()), default=0)


def read_answers(core: Core, answers: Mapping[str, str]) -> None:
    """Fills a new session with answers, before anything is calculated; what has no place is told as a notice."""
    left = dict(answers)
    _read_scope(core, core.live.root, left)
    for ref in left:
        core.live.notices.append(notice(UNKNOWN_ANSWER, ref, question=ref.partition("#")[0]))


def _read_scope(core: Core, scope: Scope, left: dict[str, str]) -> None:
    model = core.live.form.model.deprecated_id
    if scope.range is None and model is not None and model.path in left:
        core.live.make(model, scope)
    for node in scope.cells:
        if node is not None and node.model.is_leaf:
            text = left.pop(reference(node), None)
            if text is not None:
                node.text = text
                core.recalculation.circles.restore(node)
    for repeat in scope.ranges:
        if repeat.parent_element is not None:
            _read_repeat(core, repeat, left)


def _read_repeat(core: Core, repeat: RepeatRange, left: dict[str, str]) -> None:
    ref = range_reference(repeat)
    shown = left.pop(ref, None)
    if shown is not None:
        aside = left.pop(ref + ASIDE, "").split()
        keys = shown.split()
        core.live.check_room(repeat, len(keys) + len(aside), len(keys) + len(aside))
        core.repeats.replace(repeat, keys, aside)
        following = left.pop(ref + NEXT, "")
        repeat.next_key = (
            int(following)
            if following.isdecimal() and len(following) < _DIGITS
            else _next_key([*repeat.instances, *repeat.surplus])
        )
    for instance in (*repeat.instances, *repeat.surplus):
        _read_scope(core, instance, left)
