"""The one dependency graph of a form: what must be evaluated again, in which order, when something changes.

Every expression of the form is a `Target`. Targets are numbered so that each stands after all that it reads; a
recalculation takes them in this order, each once. How to get from a changed field to the fields that a target
stands on is worked out here once (`Edge`), so that a session only follows it.
"""

from __future__ import annotations

import re
from enum import IntEnum
from heapq import heapify, heappop, heappush
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from roadmapdesk.xforms.definition.nodes import Control, ModelNode
    from roadmapdesk.xforms.definition.references import Read


_KEEPS_ITSELF = re.compile(r"\s*(?:(?:coalesce|if|once)\s*\(|\.\s*\Z)")
"""Calculations that may fall back to the value they have; all others that read themselves never come to rest."""


class Kind(IntEnum):
    """What a target decides. From `READONLY` on nothing else depends on it."""

    COUNT = 0
    RELEVANT = 1
    CALCULATE = 2
    CHOICES = 3
    READONLY = 4
    REQUIRED = 5
    CONSTRAINT = 6
    TEXT = 7


class Target:
    """One expression, or one text with its outputs, on one field.

    Attributes:
        rank: place in the order of evaluation.
        model: the field it stands on.
        source: the expression; empty for a text.
        reads: what it reads.
        speaks: it must be evaluated again when the language changes.
        control: the body element of choices and texts.
        loops: a count that depends on its own repeat, or a relevance on what it decides about: once in each step.
        part: for texts, what they are: ``label``, ``hint``, ….
    """

    __slots__ = ("control", "kind", "loops", "model", "part", "rank", "reads", "source", "speaks")

    def __init__(
        self, kind: Kind, model: ModelNode, source: str, reads: tuple[Read, ...], *, speaks: bool = False,
        control: Control | None = None, part: str = "",
    ) -> None:  # fmt: skip
        self.kind = kind
        self.model = model
        self.source = source
        self.reads = reads
        self.speaks = speaks
        self.control = control
        self.part = part
        self.rank = -1
        self.loops = False

    def __repr__(self) -> str:
        return f"<{self.kind.name} {self.model.path} {self.part}>"


class Edge(NamedTuple):
    """The way from a changed field to the fields of one target.

    Attributes:
        rank: the target's.
        hops: how many scopes to go out from the changed field's scope.
        ranges: the repeats (by their index) to go into from there, all instances each.
        cell: the target's field in the scope reached; for a count, the element that holds the instances.
        is_view: the target decides what only screens see, and is left alone until a screen has read it.
    """

    rank: int
    hops: int
    ranges: tuple[int, ...]
    cell: int
    is_view: bool


class Graph:
    """All targets in their order.

    Attributes:
        targets: by rank.
        moved: repeat → edges to follow when the place of one of its instances changes.
        by_scope: head of a scope → (rank, cell) of the targets to evaluate in a new instance.
        stand_ins: head of a scope → (rank, index of the repeat) of the relevances of the repeats right inside.
        speaking: ranks of the targets that depend on the language.
        cycles: circles of fields that depend on each other; such a form is refused.
    """

    def __init__(self, targets: Sequence[Target]) -> None:
        self.cycles: list[list[ModelNode]] = []
        self.targets = self._sorted(targets)
        self.moved: dict[ModelNode, tuple[Edge, ...]] = {}
        self.by_scope: dict[ModelNode, list[tuple[int, int]]] = {}
        self.stand_ins: dict[ModelNode, list[tuple[int, int]]] = {}
        self.speaking = tuple(target.rank for target in self.targets if target.speaks)
        self._connect()

    def _connect(self) -> None:
        edges: dict[ModelNode, dict[Edge, None]] = {}
        moved: dict[ModelNode, dict[Edge, None]] = {}
        for target in self.targets:
            self._place(target)
            for read in target.reads:
                if read.node is target.model and target.kind is Kind.CALCULATE and not _is_elsewhere(read, target):
                    continue
                table = moved if read.is_position else edges
                table.setdefault(read.node, {})[edge(target, read)] = None
        for node, found in edges.items():
            node.dependents = tuple(found)
        self.moved = {node: tuple(found) for node, found in moved.items()}

    @staticmethod
    def _release_counts(targets: Sequence[Target], followers: list[list[int]], waits: list[int]) -> None:
        """Lets counts that depend on their own repeat be: such a count is taken once in each step.

        A form that asks "one more?" inside a repeat is written like this.
        """
        for index, target in enumerate(targets):
            if target.kind is Kind.COUNT and _reaches(index, index, followers):
                target.loops = True
                for follower in followers[index]:
                    waits[follower] -= 1
                followers[index] = []

    @staticmethod
    def _release_relevances(
        targets: Sequence[Target], followers: list[list[int]], waits: list[int], inherited: set[tuple[int, int]],
        done: list[bool],
    ) -> None:  # fmt: skip
        """Lets a calculation read a field whose relevance depends on the result: such a relevance is taken once.

        Nothing here is a circle of values: only whether the field that is read stays relevant hangs on the result.
        """
        for index, target in enumerate(targets):
            if done[index] or target.kind is not Kind.RELEVANT:
                continue
            free = [
                follower for follower in followers[index]
                if (index, follower) in inherited and targets[follower].kind is Kind.CALCULATE
                and _reaches(follower, index, followers)
            ]  # fmt: skip
            for follower in free:
                target.loops = True
                followers[index].remove(follower)
                waits[follower] -= 1

    def _place(self, target: Target) -> None:
        """Enters a target into the lists of the scope that it is evaluated in."""
        if target.kind >= Kind.CONSTRAINT:
            return
        model = target.model
        if model.is_repeat and model.parent is not None:
            outer = model.parent.scope
            if target.kind is Kind.COUNT:
                self.by_scope.setdefault(outer, []).append((target.rank, model.parent.cell))
                return
            if target.kind is Kind.RELEVANT:
                self.stand_ins.setdefault(outer, []).append((target.rank, model.range_index))
        self.by_scope.setdefault(model.scope, []).append((target.rank, model.cell))

    def _sorted(self, targets: Sequence[Target]) -> list[Target]:
        """The targets in topological order, stable; those in a circle are reported and put last."""
        followers, waits, inherited = _arrows(targets)
        self._release_counts(targets, followers, waits)
        ready = [index for index, count in enumerate(waits) if not count]
        heapify(ready)
        order: list[Target] = []
        done = [False] * len(targets)
        is_released = False
        while ready:
            index = heappop(ready)
            order.append(targets[index])
            done[index] = True
            for follower in followers[index]:
                waits[follower] -= 1
                if not waits[follower]:
                    heappush(ready, follower)
            if not ready and len(order) < len(targets) and not is_released:
                is_released = True
                self._release_relevances(targets, followers, waits, inherited, done)
                ready = [each for each, count in enumerate(waits) if not count and not done[each]]
                heapify(ready)
        if len(order) < len(targets):
            circles = _circles(targets, followers, done)
            self.cycles = [[targets[each].model for each in circle] for circle in circles]
            order.extend(target for index, target in enumerate(targets) if not done[index])
        order.sort(key=lambda target: target.kind >= Kind.READONLY)
        for rank, target in enumerate(order):
            target.rank = rank
        return order


def edge(target: Target, read: Read) -> Edge:
    """The way from the field that is read to the field of the target."""
    shared_depth = 0 if read.anchor is None else read.anchor.scope_depth
    ranges: list[int] = []
    model = target.model
    if target.kind is Kind.COUNT and model.parent is not None:
        model = model.parent
    scope = model.scope
    while scope.scope_depth > shared_depth:
        ranges.append(scope.range_index)
        assert scope.parent is not None
        scope = scope.parent.scope
    hops = read.node.scope_depth - shared_depth
    return Edge(target.rank, hops, tuple(reversed(ranges)), model.cell, target.kind >= Kind.CONSTRAINT)


def _arrows(targets: Sequence[Target]) -> tuple[list[list[int]], list[int], set[tuple[int, int]]]:
    """For each target those that must come after it, how many must come before each, and inherited arrows.

    An arrow is inherited where a target comes first only because the field that is read may not be relevant.
    """
    values: dict[ModelNode, list[int]] = {}
    states: dict[ModelNode, list[int]] = {}
    for index, target in enumerate(targets):
        if target.kind is Kind.CALCULATE:
            values.setdefault(target.model, []).append(index)
        elif target.kind in (Kind.RELEVANT, Kind.COUNT):
            states.setdefault(target.model, []).append(index)
    followers: list[list[int]] = [[] for _ in targets]
    waits = [0] * len(targets)
    inherited: dict[ModelNode, list[int]] = {}
    arrows: set[tuple[int, int]] = set()
    for index, target in enumerate(targets):
        before: set[int] = set()
        for read in target.reads:
            if read.node is target.model and _is_elsewhere(read, target):
                continue
            if read.is_position:
                before.update(_counts(read.node, targets, states))
                continue
            before.update(values.get(read.node, ()))
            states_of = _states(read.node, states, inherited)
            before.update(states_of)
            arrows.update((other, index) for other in states_of)
        if target.kind is Kind.COUNT or (target.kind is Kind.CALCULATE and _KEEPS_ITSELF.match(target.source)):
            before.discard(index)
        elif target.kind is Kind.RELEVANT and index in before and _may_read_itself(target):
            before.discard(index)
            target.loops = True
        elif target.kind in (Kind.READONLY, Kind.REQUIRED) and any(
            read.node is target.model for read in target.reads
        ):
            before.add(index)
        for other in before:
            followers[other].append(index)
        waits[index] = len(before)
    return followers, waits, arrows


def _may_read_itself(target: Target) -> bool:
    """Whether a relevance that reads what it decides about is taken all the same, once in each step.

    A group may look at a field of its own, and a calculated field at its value: forms do, and the other engines take
    them. A question whose own answer hides it stays a circle.
    """
    calculated = target.model.bind is not None and "calculate" in target.model.bind
    return calculated or not target.model.is_leaf


def _is_elsewhere(read: Read, target: Target) -> bool:
    """Whether a field of a repeat reads the same field of other instances, which is no circle."""
    return target.model.scope_depth > (0 if read.anchor is None else read.anchor.scope_depth)


def _states(node: ModelNode, states: dict[ModelNode, list[int]], known: dict[ModelNode, list[int]]) -> list[int]:
    """The relevances and counts of a node and of all above it."""
    found = known.get(node)
    if found is None:
        found = list(states.get(node, ()))
        if node.parent is not None:
            found += _states(node.parent, states, known)
        known[node] = found
    return found


def _counts(node: ModelNode, targets: Sequence[Target], states: dict[ModelNode, list[int]]) -> Iterable[int]:
    return (index for index in states.get(node, ()) if targets[index].kind is Kind.COUNT)


def _reaches(start: int, goal: int, followers: list[list[int]]) -> bool:
    """Whether going on from `start` leads to `goal`."""
    seen: set[int] = set()
    stack = list(followers[start])
    while stack:
        index = stack.pop()
        if index == goal:
            return True
        if index not in seen:
            seen.add(index)
            stack.extend(followers[index])
    return False


def _circles(targets: Sequence[Target], followers: list[list[int]], done: list[bool]) -> list[list[int]]:
    """One circle of targets for each knot: going back from a target that is not done always leads into one."""
    before: dict[int, int] = {}
    for index, found in enumerate(followers):
        if not done[index]:
            for follower in found:
                before.setdefault(follower, index)
    circles: list[list[int]] = []
    seen = list(done)
    for start in range(len(targets)):
        path: list[int] = []
        index = start
        while not seen[index]:
            seen[index] = True
            path.append(index)
            index = before[index]
        if index in path:
            circle = path[path.index(index) :]
            by_field = {targets[each].model: each for each in reversed(circle)}
            circles.append(list(by_field.values()))
    return circles
