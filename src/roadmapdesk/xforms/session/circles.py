"""Brings calculations to rest that hang on a value which one of them may keep, and looks again at what was typed.

Source: `docs/recalculation.md`, "Circles".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from roadmapdesk.xforms.definition.graph import Graph
    from roadmapdesk.xforms.definition.nodes import ModelNode
    from roadmapdesk.xforms.definition.target import Target
    from roadmapdesk.xforms.session.elements import LiveNode

_MOST_TURNS = 10


class Circles:
    """The calculations of one session that lie on circles which the definition has cut.

    Attributes:
        told: fields on such circles whose value comes from a stored interview, while that is being restored. They
            came to rest before it was stored, perhaps with an answer that a calculation alone would not give.
        stirred: fields that came out differently while restoring; what reads them is evaluated after all.
    """

    def __init__(self, graph: Graph) -> None:
        self._keepers = graph.keepers
        self._fields = frozenset(node for cut in graph.cuts for node in cut.fields)
        self._turns: dict[tuple[int, LiveNode], int] = {}
        self._typed: dict[LiveNode, None] = {}
        self.told: set[LiveNode] = set()
        self.stirred: set[ModelNode] = set()

    def begin_step(self) -> None:
        """Starts a step, in which each of these calculations may be taken again."""
        self._turns.clear()

    def restore(self, node: LiveNode) -> None:
        """Marks a field whose text was just read from a stored interview."""
        if node.model in self._fields:
            self.told.add(node)

    def end_restoring(self) -> None:
        """From now on every change is followed."""
        self.told.clear()
        self.stirred.clear()

    def is_due(self, target: Target, node: LiveNode) -> bool:
        """Whether a calculation on a circle is evaluated now: a few times in each step, so that it comes to rest."""
        if node in self.told and not any(read.node in self.stirred for read in target.reads):
            return False
        place = (target.rank, node)
        turns = self._turns.get(place, 0)
        self._turns[place] = turns + 1
        return turns < _MOST_TURNS

    def typed(self, node: LiveNode) -> None:
        """Marks a field that was given another value; its own calculation says in the end whether that is kept."""
        if node.model in self._keepers:
            self._typed[node] = None

    @property
    def has_typed(self) -> bool:
        """Whether the own calculation of a field that was given another value is still to be asked."""
        return bool(self._typed)

    def take_typed(self) -> list[tuple[int, LiveNode]]:
        """The calculations (by rank) to evaluate after all else has followed what was typed."""
        found = [(self._keepers[node.model], node) for node in self._typed]
        self._typed.clear()
        return found
