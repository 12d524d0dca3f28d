"""What fresh instances of a repeat have in common, so that many are calculated by calculating one.

Instances that are made at once from one template are alike, and stay alike as long as what is calculated in them
reads only the instance itself and what lies outside of the repeat. Such targets are *shared*: they are evaluated in
the first instance, and the result is written into the others, its twins. Everything else is evaluated in each; where
a field then turns out to differ, so is all that it reaches.
Source: `docs/recalculation.md`, "Repeats".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from roadmapdesk.xforms.definition.target import Kind, Target

if TYPE_CHECKING:
    from roadmapdesk.xforms.definition.form import FormDefinition
    from roadmapdesk.xforms.definition.graph import Edge
    from roadmapdesk.xforms.definition.nodes import ModelNode

_VARIES = re.compile(
    r"\b(?:position|randomize|random|uuid|once|now|id|pulldata|choice-name|preceding|following)\b|\[\s*\d"
)
"""Words of expressions that may give another result in each instance, or that nobody has looked into."""
_STATES = frozenset({Kind.READONLY, Kind.REQUIRED})
_SHARED_KINDS = frozenset({Kind.RELEVANT, Kind.CALCULATE, Kind.CHOICES}) | _STATES


class Twins:
    """How fresh instances of one repeat are calculated.

    Args:
        form: the form.
        repeat: the repeat.

    Attributes:
        shared: ranks of the shared targets, as long as no field has turned out to differ.
        alone: (rank, cell) of the targets that are evaluated in each instance.
        outward: the edges that lead out of an instance, as they are followed from the scope of the instance.
    """

    def __init__(self, form: FormDefinition, repeat: ModelNode) -> None:
        self._repeat = repeat
        fields = [node for node in form.model.nodes if _lies_in(node, repeat)]
        self._inside = frozenset(fields)
        set_by_actions = {action.target for action in form.actions if action.target in self._inside}
        differing = self._below(set_by_actions)
        targets = form.graph.targets
        places = form.graph.by_scope.get(repeat, ())
        self._shared = [targets[rank] for rank, _cell in places if self._is_shared(targets[rank], differing)]
        self.shared = frozenset(target.rank for target in self._shared)
        self.alone = tuple((rank, cell) for rank, cell in places if rank not in self.shared)
        self._places = dict(places)
        self._readers: dict[ModelNode, tuple[tuple[int, int], ...]] = {}
        self.outward = self._outward(fields)

    def readers(self, field: ModelNode) -> tuple[tuple[int, int], ...]:
        """(rank, cell) of the shared targets that may differ where the state of a field does, by it alone."""
        found = self._readers.get(field)
        if found is None:
            different = self._below({field})
            found = self._readers[field] = tuple(
                (target.rank, self._places[target.rank])
                for target in self._shared
                if target.model is field
                or (target.kind is Kind.RELEVANT and target.model in different)
                or any(read.node in different for read in target.reads)
            )
        return found

    def place(self, rank: int) -> int:
        """The cell of the field that a target of the repeat stands on."""
        return self._places[rank]

    def _below(self, fields: set[ModelNode]) -> set[ModelNode]:
        """These fields and all that lies in them."""
        return {each for node in fields for each in node.walk()}

    def _is_shared(self, target: Target, differing: set[ModelNode]) -> bool:
        """Whether all that a target reads lies outside of the repeat, or in the same instance and is alike there."""
        repeat = self._repeat
        is_own = target.model.scope is repeat and target.kind in _SHARED_KINDS and target.model not in differing
        if not is_own or target.loops or _VARIES.search(target.source) is not None:
            return False
        for read in target.reads:
            if read.node not in self._inside and not _lies_in(repeat, read.node):
                continue
            is_same_instance = read.anchor is not None and read.anchor.scope is repeat is read.node.scope
            if read.is_position or not is_same_instance or not read.node.is_leaf or read.node in differing:
                return False
        return True

    def _outward(self, fields: list[ModelNode]) -> tuple[Edge, ...]:
        depth = self._repeat.scope_depth
        found: dict[Edge, None] = {}
        for node in fields:
            for edge in node.dependents:
                hops = edge.hops - (node.scope_depth - depth)
                if hops > 0:
                    found[edge._replace(hops=hops)] = None
        return tuple(found)


def _lies_in(node: ModelNode, outer: ModelNode) -> bool:
    """Whether a field is `outer` or lies in it."""
    return node is outer or outer in node.ancestors()
