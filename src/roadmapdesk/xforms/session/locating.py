"""Finds the field, the repeat or the on-screen group that a ref means."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from roadmapdesk.xforms.session.elements import LiveNode, RepeatRange, Scope

if TYPE_CHECKING:
    from roadmapdesk.xforms.definition.nodes import Control, ModelNode
    from roadmapdesk.xforms.session.core import Core

_STEP = re.compile(r"([^\[\]]+)(?:\[([^\[\]]*)\])?\Z")

Found = LiveNode | RepeatRange | tuple["Control", LiveNode]


def find(core: Core, ref: str) -> Found:
    """What a ref means; steps into a repeat without a key or position mean its first instance.

    Raises:
        KeyError: nothing has this ref.
    """
    node = _directly(core, ref)
    if node is not None:
        return node
    path, mark, number = ref.partition("#")
    steps = [step for step in path.split("/") if step]
    root = core.live.form.model.root
    if not steps or _split(steps[0], ref)[0].rpartition(":")[2] != root.local:
        raise KeyError(ref)
    found = _walk(core.live.root, root, steps[1:], ref)
    if not mark:
        return found
    controls = core.live.form.controls
    if isinstance(found, RepeatRange) or not number.isdigit() or int(number) >= len(controls):
        raise KeyError(ref)
    return controls[int(number)], found


def _directly(core: Core, ref: str) -> LiveNode | None:
    """The field of a ref as the session itself writes it; None for a repeat, and for every other way of writing."""
    by_path = core.live.form.model.by_path
    scope = core.live.root
    plain = by_path.get(ref)
    if plain is not None:
        return None if plain.scope_depth else scope.cells[plain.cell]
    path, *inner = ref.split("[")
    for depth, part in enumerate(inner, 1):
        repeat = by_path.get(path)
        if repeat is None or not repeat.is_repeat or repeat.scope_depth != depth:
            return None
        key, _end, tail = part.partition("]")
        scope = _instance(scope.ranges[repeat.range_index], key, ref)
        path += tail
    model = by_path.get(path)
    return None if model is None or model.scope_depth != len(inner) else scope.cells[model.cell]


def _walk(scope: Scope, model: ModelNode, steps: list[str], ref: str) -> LiveNode | RepeatRange:
    for index, step in enumerate(steps):
        name, key = _split(step, ref)
        child = model.child(name)
        if child is None:
            raise KeyError(ref)
        model = child
        if not child.is_repeat:
            if key not in (None, "1"):
                raise KeyError(ref)
            continue
        repeat = scope.ranges[child.range_index]
        if key is None and index == len(steps) - 1:
            return repeat
        scope = _instance(repeat, "1" if key is None else key, ref)
    node = scope.cells[model.cell]
    if node is None:
        raise KeyError(ref)
    return node


def _split(step: str, ref: str) -> tuple[str, str | None]:
    match = _STEP.match(step)
    if match is None:
        raise KeyError(ref)
    return match[1], match[2]


def _instance(repeat: RepeatRange, key: str, ref: str) -> Scope:
    if key.isdigit():
        if 1 <= int(key) <= len(repeat.instances):
            return repeat.instances[int(key) - 1]
        raise KeyError(ref)
    number = key[1:]
    if number.isdecimal() and int(number) <= len(repeat.instances):
        scope = repeat.instances[int(number) - 1]
        if scope.key == key:
            return scope
    for scope in repeat.instances:
        if scope.key == key:
            return scope
    raise KeyError(ref)
