"""The targets that wait to be evaluated, each with the fields concerned, and the ways by which they are found.

Source: `docs/recalculation.md`.
"""

from __future__ import annotations

from heapq import heappop, heappush
from typing import TYPE_CHECKING

from roadmapdesk.xforms.definition.target import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from roadmapdesk.xforms.definition.graph import Edge
    from roadmapdesk.xforms.definition.target import Target
    from roadmapdesk.xforms.session.elements import LiveNode, RepeatRange, Scope

Bucket = dict["LiveNode", None]


class TargetQueue:
    """The queue of one session: targets by rank, the lowest first; false where nothing waits."""

    __slots__ = ("_heap", "_pending", "_targets")

    def __init__(self, targets: Sequence[Target]) -> None:
        self._targets = targets
        self._pending: list[Bucket | None] = [None] * len(targets)
        self._heap: list[int] = []

    def __bool__(self) -> bool:
        return bool(self._heap)

    def take(self) -> tuple[int, Bucket]:
        """The lowest rank that waits, and its fields."""
        rank = heappop(self._heap)
        bucket = self._pending[rank]
        self._pending[rank] = None
        assert bucket is not None
        return rank, bucket

    def add(self, rank: int, node: LiveNode) -> None:
        """Queues one target for one field."""
        bucket = self._pending[rank]
        if bucket is None:
            self._pending[rank] = {node: None}
            heappush(self._heap, rank)
        else:
            bucket[node] = None

    def add_all(self, rank: int, nodes: Iterable[LiveNode]) -> None:
        """Queues one target for many fields."""
        fields = dict.fromkeys(nodes)
        bucket = self._pending[rank]
        if bucket is not None:
            bucket.update(fields)
        elif fields:
            self._pending[rank] = fields
            heappush(self._heap, rank)

    def follow(self, edges: Iterable[Edge], scope: Scope) -> None:
        """Queues the targets at the end of these edges, seen from `scope`."""
        pending = self._pending
        for rank, hops, ranges, cell, is_view in edges:
            place = scope
            while hops:
                place = place.parent  # type: ignore[assignment] # — hops never leave the root
                hops -= 1  # noqa: PLW2901 — counts down
            if ranges:
                self._spread(rank, place, ranges, cell, is_view=is_view)
                continue
            node = place.cells[cell]
            if node is None or (is_view and node.view is None):
                continue
            bucket = pending[rank]
            if bucket is None:
                pending[rank] = {node: None}
                heappush(self._heap, rank)
            else:
                bucket[node] = None

    def _spread(self, rank: int, scope: Scope, ranges: tuple[int, ...], cell: int, *, is_view: bool) -> None:
        scopes = [scope]
        last: list[RepeatRange] = []
        for index in ranges:
            last = [each.ranges[index] for each in scopes]
            scopes = [instance for repeat in last for instance in repeat.instances]
        found = [node for place in scopes if (node := place.cells[cell]) is not None]
        self.add_all(rank, [node for node in found if node.view is not None] if is_view else found)
        target = self._targets[rank]
        if target.model.is_repeat and target.kind is Kind.RELEVANT:
            self.add_all(rank, [repeat.stand_in() for repeat in last])
