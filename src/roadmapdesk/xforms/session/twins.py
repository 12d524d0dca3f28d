"""Fresh instances of a repeat that are still alike while they are calculated for the first time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadmapdesk.xforms.definition.target import Kind, Target
from roadmapdesk.xforms.session.folding import FoldedCells, known

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from roadmapdesk.xforms.definition.graph import Edge
    from roadmapdesk.xforms.definition.nodes import ModelNode
    from roadmapdesk.xforms.definition.twins import Twins
    from roadmapdesk.xforms.session.elements import LiveNode, Scope

_State = tuple[str, str | None, bool, bool] | None
_FEW = 8
"""So many different states of one field part a group into groups."""
_MOST_GROUPS = 32
_DECIDING = frozenset({Kind.RELEVANT, Kind.CALCULATE, Kind.CHOICES})


class TwinGroup:
    """Instances that were made at once.

    Attributes:
        twins: what they have in common by the form.
        first: the instance that shared targets are evaluated in.
        others: those that take the results over.
        shared: ranks of the targets that are still shared.
        pattern: the states of the fields that the others have folded; None where they have none.
    """

    __slots__ = ("_edges", "_outward", "first", "others", "pattern", "shared", "twins")

    def __init__(self, twins: Twins, scopes: Sequence[Scope], shared: Collection[int]) -> None:
        self.twins = twins
        self.first, *self.others = scopes
        self.shared = set(shared)
        self._edges: dict[tuple[ModelNode, bool], tuple[Edge, ...]] = {}
        self._outward: dict[tuple[ModelNode, ...], tuple[Edge, ...]] = {}
        folded = next((scope.cells for scope in scopes if isinstance(scope.cells, FoldedCells)), None)
        self.pattern = None if folded is None else folded.pattern

    def edges(self, field: ModelNode, *, outward: bool) -> tuple[Edge, ...]:
        """The edges from a field to targets in the same instance that are not shared, or to all that are not."""
        found = self._edges.get((field, outward))
        if found is None:
            found = self._edges[field, outward] = tuple(
                edge
                for edge in field.dependents
                if not edge.is_view and (outward if edge.hops else edge.ranges or edge.rank not in self.shared)
            )
        return found

    def outward(self, fields: tuple[ModelNode, ...]) -> tuple[Edge, ...]:
        """The edges from these fields of an instance to all targets that are not shared."""
        found = self._outward.get(fields)
        if found is None:
            found = self._outward[fields] = tuple(
                edge for field in fields for edge in self.edges(field, outward=True)
            )
        return found

    def put(self, cell: int, name: str, value: object) -> None:
        """Writes one part of the state of a field into the others, where it is folded into their pattern."""
        pattern = self.pattern
        state = None if pattern is None else pattern.states[cell]
        if state is None or state.is_used:
            for scope in self.others:
                node = known(scope, cell)
                if node is not None:
                    setattr(node, name, value)
        if pattern is not None and state is not None and name != "hidden":  # which follows from the own relevance
            pattern.put(state, name, value)

    def part(self) -> None:
        """Gives the instances a pattern of their own, because they left another group."""
        if self.pattern is not None:
            self.pattern = self.pattern.copy()
            if isinstance(self.first.cells, FoldedCells):
                self.first.cells.unfold_all(is_first=True)
            for scope in (self.first, *self.others):
                if isinstance(scope.cells, FoldedCells):
                    scope.cells.pattern = self.pattern

    def unshared(self, target: Target) -> list[tuple[int, LiveNode]]:
        """Ends the sharing of what reads a target's field, and tells where it is to be evaluated now."""
        found: list[tuple[int, LiveNode]] = []
        self._edges.clear()
        self._outward.clear()
        for rank, place in self.twins.readers(target.model):
            if rank in self.shared:
                self.shared.discard(rank)
                found += [(rank, node) for scope in self.others if (node := scope.cells[place]) is not None]
        return found


class TwinGroups:
    """All groups of one recalculation.

    Attributes:
        groups: each once; empty almost always.
    """

    def __init__(self) -> None:
        self._by_scope: dict[Scope, TwinGroup] = {}
        self.groups: list[TwinGroup] = []

    def add(self, group: TwinGroup) -> None:
        """Enters instances that have just been made."""
        self.groups.append(group)
        self._by_scope[group.first] = group
        self._by_scope.update(dict.fromkeys(group.others, group))

    def clear(self) -> None:
        """Ends with the recalculation: from now on each instance is on its own."""
        self.groups.clear()
        self._by_scope.clear()

    def of(self, target: Target, node: LiveNode) -> TwinGroup | None:
        """The group that takes over what a target gives on `node`, None where each instance is on its own."""
        group = self._by_scope.get(node.scope)
        return None if group is None or target.rank not in group.shared else group

    def home(self, node: LiveNode) -> TwinGroup | None:
        """The group whose first instance a field is a twin of."""
        group = self._by_scope.get(node.scope)
        return None if group is None or node.scope is group.first else group

    def reduced(self, target: Target, bucket: dict[LiveNode, None]) -> dict[LiveNode, None]:
        """The fields that a target is evaluated on: of instances that are alike only the first one's."""
        if not any(target.rank in group.shared for group in self.groups):
            return bucket
        found: dict[LiveNode, None] = {}
        for node in bucket:
            group = self.of(target, node)
            first = node if group is None else group.first.cells[target.model.cell]
            if first is not None:
                found[first] = None
        return found

    def parted(self, target: Target) -> list[tuple[int, LiveNode]]:
        """What must be evaluated now, because this target gave different results in instances that were alike.

        Where there are few results, each makes a group of its own. Where there are many, what reads the field is
        evaluated in each instance from now on, and may differ in its turn.
        """
        found: list[tuple[int, LiveNode]] = []
        if target.kind not in _DECIDING:
            return found
        cell = target.model.cell
        for group in list(self.groups):
            if target.model.scope is not group.first.element.model or target.rank in group.shared:
                continue
            classes = _classes(group, cell, min(_FEW, _MOST_GROUPS - len(self.groups)))
            if classes is None:
                found += group.unshared(target)
            elif len(classes) > 1:
                group.others, *apart = classes
                found += self._split(group, apart)
        return found

    def _split(self, group: TwinGroup, apart: list[list[Scope]]) -> list[tuple[int, LiveNode]]:
        """Makes a group of each class of instances; what they share is evaluated in the first one of each."""
        found: list[tuple[int, LiveNode]] = []
        for scopes in apart:
            fresh = TwinGroup(group.twins, scopes, group.shared)
            fresh.part()
            self.add(fresh)
            cells = fresh.first.cells
            found += [(rank, node) for rank in fresh.shared if (node := cells[group.twins.place(rank)]) is not None]
        return found


def same_cells(group: TwinGroup, nodes: Sequence[LiveNode]) -> list[tuple[int, bool, tuple[Edge, ...]]] | None:
    """(cell, hidden, edges to follow in each instance) of fields of the first one; None where one lies deeper."""
    cells = group.first.cells
    if any(node.scope is not group.first or cells[node.model.cell] is not node for node in nodes):
        return None
    return [(node.model.cell, node.hidden, group.edges(node.model, outward=False)) for node in nodes]


def _classes(group: TwinGroup, cell: int, most: int) -> list[list[Scope]] | None:
    """The other instances by the state of a field, those that are as the first one before all; None for too many."""
    classes: dict[_State, list[Scope]] = {_state(group.first.cells[cell]): []}
    for scope in group.others:
        state = _state(scope.cells[cell])
        alike = classes.get(state)
        if alike is not None:
            alike.append(scope)
        elif len(classes) < most:
            classes[state] = [scope]
        else:
            return None
    return list(classes.values())


def _state(node: LiveNode | None) -> _State:
    return None if node is None else (node.text, node.aside, node.own_relevant, node.hidden)
