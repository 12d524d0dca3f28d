"""Brings a session up to date: follows the graph from what changed and evaluates each target once, in order.

Source: `docs/recalculation.md`.
"""

from __future__ import annotations

import math
from heapq import heappop, heappush
from typing import TYPE_CHECKING

from roadmapdesk.xforms.codecs import convert
from roadmapdesk.xforms.definition.target import Kind, Target
from roadmapdesk.xforms.session.circles import Circles
from roadmapdesk.xforms.session.elements import LiveElement, LiveNode, RepeatRange, Scope
from roadmapdesk.xforms.session.folding import flip
from roadmapdesk.xforms.session.states import below, inherits_readonly, is_entity_flag, truth
from roadmapdesk.xforms.session.twins import TwinGroup, TwinGroups, same_cells
from roadmapdesk.xforms.xpath import XPathError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from roadmapdesk.xforms.definition.graph import Edge
    from roadmapdesk.xforms.session.live import Live
    from roadmapdesk.xforms.xpath import Expression

Bucket = dict[LiveNode, None]
_MAX_ROUNDS = 10_000
_FLAGS = {"true": "1", "false": "0"}


class Recalculation:
    """The queue of targets of one session.

    Attributes:
        on_count: told the range and the number that its count expression gives.
        on_choices: told a target and a field whose choices may have changed.
        on_view: told a target and a field whose constraint or text may have changed.
        on_error: told an expression that failed while it was evaluated.
        watched: indexes of the fields whose changes fire actions.
        circles: the calculations that hang on a value which one of them may keep.
    """

    def __init__(self, live: Live) -> None:
        self._live = live
        self._targets = live.form.graph.targets
        self._moved = live.form.graph.moved
        self._pending: list[Bucket | None] = [None] * len(self._targets)
        self._heap: list[int] = []
        self._code: list[Expression | None] = [None] * len(self._targets)
        self._apply: tuple[Callable[[Target, Bucket], None], ...] = (
            self._counts, self._relevances, self._calculations, self._choices, self._readonlys, self._requireds,
            self._views, self._views,
        )  # fmt: skip
        self._counted: set[RepeatRange] = set()
        self._judged: set[tuple[int, LiveNode]] = set()
        self._twins = TwinGroups()
        self._recount: dict[LiveNode, int] = {}
        self.circles = Circles(live.form.graph)
        self.watched: frozenset[int] = frozenset()
        self._watched_changes: dict[LiveNode, None] = {}
        self.on_count: Callable[[RepeatRange, int], None]
        self.on_choices: Callable[[Target, LiveElement], None]
        self.on_view: Callable[[Target, LiveNode], None]
        self.on_error: Callable[[Target, XPathError], None]

    def code(self, target: Target) -> Expression:
        """The compiled expression of a target."""
        code = self._code[target.rank]
        if code is None:
            code = self._code[target.rank] = self._live.form.expression(target.source)
        return code

    def set_text(self, node: LiveNode, text: str) -> None:
        """Writes a field's text and queues all that reads it."""
        self._live.remember(node)
        node.text = text
        if node.view is not None:
            node.view.forget("violation")
        if node.model.index in self.watched:
            self._watched_changes[node] = None
        if self.circles.told:
            self.circles.stirred.add(node.model)
        self.follow(node.model.dependents, node.scope)

    def take_watched(self) -> list[LiveNode]:
        """The fields with actions that changed since the last call."""
        changed = list(self._watched_changes)
        self._watched_changes.clear()
        return changed

    def look_again(self) -> bool:
        """Queues the calculations that say whether what was typed is kept; False where nothing was."""
        typed = self.circles.take_typed()
        for rank, node in typed:
            self.queue(rank, node)
        return bool(typed)

    def queue_scope(self, scope: Scope) -> None:
        """Queues every target of a scope and of the instances inside it."""
        graph = self._live.form.graph
        model = scope.range.model if scope.range is not None else self._live.form.model.root
        for rank, cell in graph.by_scope.get(model, ()):
            node = scope.cells[cell]
            if node is not None:
                self.queue(rank, node)
        self.queue_inside(scope)

    def queue_inside(self, scope: Scope) -> None:
        """Queues the targets of the repeats right inside a scope, and of all their instances."""
        model = scope.range.model if scope.range is not None else self._live.form.model.root
        for rank, index in self._live.form.graph.stand_ins.get(model, ()):
            self.queue(rank, scope.ranges[index].stand_in())
        for repeat in scope.ranges:
            for instance in repeat.instances:
                self.queue_scope(instance)

    def queue_twins(self, repeat: RepeatRange, scopes: list[Scope]) -> None:
        """Queues every target of new instances that are alike: those that they share for the first one only."""
        twins = self._live.form.twins(repeat.model)
        group = TwinGroup(twins, scopes, twins.shared)
        self._twins.add(group)
        self.follow(group.twins.outward, group.first)
        self.queue_scope(group.first)
        for rank, cell in group.twins.alone:
            self._queue_all(rank, [node for scope in group.others if (node := scope.cells[cell]) is not None])
        if group.first.ranges:
            for scope in group.others:
                self.queue_inside(scope)

    def _copy_text(self, node: LiveNode, group: TwinGroup) -> None:
        """Writes a field's text into the same field of the other instances."""
        cell = node.model.cell
        if node.model.index in self.watched:
            for scope in group.others:
                other = scope.cells[cell]
                assert other is not None
                other.aside = None
                self.set_text(other, node.text)
            return
        group.put(cell, "aside", None)
        group.put(cell, "text", node.text)
        edges = group.edges(node.model, outward=False)
        if edges:
            for scope in group.others:
                self.follow(edges, scope)

    def _copy_relevance(self, top: LiveNode, flipped: list[LiveNode], group: TwinGroup) -> None:
        """Writes the relevance of a field, and of all below it, into the other instances."""
        plan = same_cells(group, flipped)
        if plan is None:
            others = [scope.cells[top.model.cell] for scope in group.others]  # unfolded as they have been until now
            group.put(top.model.cell, "own_relevant", top.own_relevant)
            for other in others:
                assert other is not None
                self.spread_relevance(other)
            return
        group.put(top.model.cell, "own_relevant", top.own_relevant)
        for cell, hidden, edges in plan:
            group.put(cell, "hidden", hidden)
            if edges:
                for scope in group.others:
                    self.follow(edges, scope)

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
        for place in scopes:
            node = place.cells[cell]
            if node is not None and not (is_view and node.view is None):
                self.queue(rank, node)
        target = self._targets[rank]
        if target.model.is_repeat and target.kind is Kind.RELEVANT:
            for repeat in last:
                self.queue(rank, repeat.stand_in())

    def _queue_all(self, rank: int, nodes: list[LiveNode]) -> None:
        for node in nodes[:1]:
            self.queue(rank, node)
        bucket = self._pending[rank]
        if bucket is not None:
            bucket.update(dict.fromkeys(nodes))

    def queue(self, rank: int, node: LiveNode) -> None:
        """Queues one target for one field."""
        bucket = self._pending[rank]
        if bucket is None:
            self._pending[rank] = {node: None}
            heappush(self._heap, rank)
        else:
            bucket[node] = None

    def moved(self, repeat: RepeatRange, start: int) -> None:
        """Queues what depends on the places of the instances from `start` (0-based) on."""
        edges = self._moved.get(repeat.model)
        for instance in repeat.instances[start:]:
            self._live.touched[instance.element] = None
            if edges:
                self.follow(edges, instance)

    def structure_changed(self, scope: Scope) -> None:
        """Queues what reads anything in an instance that was added, is about to be removed, or was moved."""
        for node in scope.walk():
            if node.model.dependents:
                self.follow(node.model.dependents, node.scope)

    def begin_step(self) -> None:
        """Starts a step: counts that depend on their own repeat may be taken once more."""
        self._counted.clear()
        self._judged.clear()
        self.circles.begin_step()
        for node, rank in self._recount.items():
            self.queue(rank, node)
        self._recount.clear()

    def run(self) -> None:
        """Evaluates the queue until it is empty; a field that keeps changing itself is left after some rounds."""
        heap = self._heap
        pending = self._pending
        apply = self._apply
        rounds: dict[int, int] = {}
        highest = -1
        self._live.budget.left = self._live.budget.limit
        while heap:
            rank = heappop(heap)
            bucket = pending[rank]
            pending[rank] = None
            if bucket is None:
                continue
            if rank <= highest:
                rounds[rank] = rounds.get(rank, 0) + 1
                if rounds[rank] > _MAX_ROUNDS:
                    continue
            highest = max(highest, rank)
            target = self._targets[rank]
            if self._twins:
                bucket = self._twins.reduced(target, bucket)
            try:
                apply[target.kind](target, bucket)
            except XPathError as error:
                self.on_error(target, error)
            if self._twins:
                for follower, node in self._twins.parted(target):
                    self.queue(follower, node)
        self._twins.clear()

    def _calculations(self, target: Target, bucket: Bucket) -> None:
        context = self._live.context
        string = self.code(target).string
        kind = target.model.type
        zone = self._live.host.zone
        flag = is_entity_flag(target.model)
        is_due = self.circles.is_due if target.loops else None
        for node in bucket:
            if is_due is not None and not is_due(target, node):
                continue
            context.node = context.current = node
            text = string(context)
            if kind != "string" or text == "NaN":
                text = convert(kind, text, zone())
            if flag and text in _FLAGS:
                text = _FLAGS[text]
            if text != node.stored:
                node.aside = None
                self.set_text(node, text)
                group = self._twins.of(target, node)
                if group is not None:
                    self._copy_text(node, group)

    def _relevances(self, target: Target, bucket: Bucket) -> None:
        context = self._live.context
        boolean = truth(self.code(target))
        for node in bucket:
            if target.loops:
                if (target.rank, node) in self._judged:
                    continue
                self._judged.add((target.rank, node))
            context.node = context.current = node
            flag = boolean(context)
            if flag != node.own_relevant:
                node.own_relevant = flag
                group = self._twins.of(target, node)
                if group is not None:
                    self._copy_relevance(node, self.spread_relevance(node), group)
                else:
                    self._spread_alone(node)

    def _spread_alone(self, node: LiveNode) -> None:
        """Spreads the relevance of a field of one instance, which may just have been made with many twins.

        There the fields below may be folded, and what the twins share is evaluated when they turn out to differ.
        """
        group = self._twins.home(node)
        flipped = None if group is None else flip(node)
        if group is None or flipped is None:
            self.spread_relevance(node)
            return
        edges = group.outward(flipped)
        if edges:
            self.follow(edges, node.scope)

    def spread_relevance(self, top: LiveNode) -> list[LiveNode]:
        """Brings `hidden` up to date on a field and all below it, and queues what reads those that flipped.

        Returns:
            Those that flipped.
        """
        live = self._live
        flipped: list[LiveNode] = []
        stack: list[LiveNode] = [top]
        while stack:
            node = stack.pop()
            parent = node.parent
            hidden = (parent is not None and parent.hidden) or not node.own_relevant
            if hidden == node.hidden:
                continue
            live.remember(node)
            model = node.model
            inner = () if model.is_leaf and not model.children else below(node)  # unfolded while this is as it was
            node.hidden = hidden
            flipped.append(node)
            if node.view is not None:
                node.view.forget("violation")
            if model.dependents and (node.is_repeat or not model.is_repeat):
                self.follow(model.dependents, node.scope)
            stack.extend(inner)
        return flipped

    def _counts(self, target: Target, bucket: Bucket) -> None:
        context = self._live.context
        number = self.code(target).number
        for node in bucket:
            repeat = node.scope.ranges[target.model.range_index]
            if target.loops and repeat in self._counted:
                self._recount[node] = target.rank
                continue
            self._counted.add(repeat)
            stand_in = repeat.stand_in()
            context.node = context.current = stand_in
            value = number(context)
            if math.isfinite(value):
                self.on_count(repeat, max(0, int(value)))
            elif not repeat.is_counted:  # later a count that is cleared, or no number, changes nothing
                self.on_count(repeat, 0)
            repeat.is_counted = True

    def _choices(self, target: Target, bucket: Bucket) -> None:
        for node in bucket:
            if isinstance(node, LiveElement):
                group = self._twins.of(target, node) if node.stored else None
                self.on_choices(target, node)
                for scope in () if group is None else group.others:
                    other = scope.cells[node.model.cell]
                    assert isinstance(other, LiveElement)
                    self.on_choices(target, other)

    def _readonlys(self, target: Target, bucket: Bucket) -> None:
        context = self._live.context
        boolean = truth(self.code(target))
        for node in bucket:
            context.node = context.current = node
            flag = boolean(context)
            if flag != node.own_readonly:
                node.own_readonly = flag
                group = self._twins.of(target, node)
                if group is not None:
                    group.put(node.model.cell, "own_readonly", flag)
                if not inherits_readonly(node):
                    self._spread_readonly(node)

    def _spread_readonly(self, top: LiveNode) -> None:
        stack = [top]
        while stack:
            node = stack.pop()
            self._live.touched[node] = None
            stack.extend(child for child in below(node) if not child.own_readonly)

    def _requireds(self, target: Target, bucket: Bucket) -> None:
        context = self._live.context
        boolean = truth(self.code(target))
        for node in bucket:
            context.node = context.current = node
            flag = boolean(context)
            if flag != node.own_required:
                node.own_required = flag
                group = self._twins.of(target, node)
                if group is not None:
                    group.put(node.model.cell, "own_required", flag)
                self._live.touched[node] = None
                if node.view is not None:
                    node.view.forget("violation")

    def _views(self, target: Target, bucket: Bucket) -> None:
        for node in bucket:
            self.on_view(target, node)
