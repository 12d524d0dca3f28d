"""The one dependency graph of a form: what must be evaluated again, in which order, when something changes.

Every expression of the form is a `Target`. Targets are numbered so that each stands after all that it reads; a
recalculation takes them in this order, each once. How to get from a changed field to the fields that a target
stands on is worked out here once (`Edge`), so that a session only follows it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from roadmapdesk.xforms.definition.ordering import Ordering
from roadmapdesk.xforms.definition.target import Kind, Target

if TYPE_CHECKING:
    from collections.abc import Sequence

    from roadmapdesk.xforms.definition.nodes import ModelNode
    from roadmapdesk.xforms.definition.references import Read


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
        cuts: circles that come to rest, because only whether a calculation keeps a value hangs on them.
        keepers: field → rank of its calculation, which may keep what a person has answered.
    """

    def __init__(self, targets: Sequence[Target]) -> None:
        ordering = Ordering(targets)
        self.cycles = ordering.cycles
        self.cuts = ordering.cuts
        self.targets = sorted(ordering.order, key=lambda target: target.kind >= Kind.READONLY)
        for rank, target in enumerate(self.targets):
            target.rank = rank
        self.keepers = {
            target.model: target.rank
            for target in self.targets
            if target.keeping is not None and target.keeping.is_whole
        }
        self.moved: dict[ModelNode, tuple[Edge, ...]] = {}
        self.by_scope: dict[ModelNode, list[tuple[int, int]]] = {}
        self.stand_ins: dict[ModelNode, list[tuple[int, int]]] = {}
        self.speaking = tuple(target.rank for target in self.targets if target.speaks)
        self._connect()

    def leaves_to_people(self, node: ModelNode) -> bool:
        """Whether a person may answer a calculated field: what was typed is kept, or decides whether it is."""
        return bool(node.controls) and (node in self.keepers or any(node in cut.deciders for cut in self.cuts))

    def _connect(self) -> None:
        edges: dict[ModelNode, dict[Edge, None]] = {}
        moved: dict[ModelNode, dict[Edge, None]] = {}
        for target in self.targets:
            self._place(target)
            for read in target.reads:
                if read.node is target.model and target.kind is Kind.CALCULATE and not target.is_elsewhere(read):
                    continue
                table = moved if read.is_position else edges
                table.setdefault(read.node, {})[edge(target, read)] = None
        for node, found in edges.items():
            node.dependents = tuple(found)
        self.moved = {node: tuple(found) for node, found in moved.items()}

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
