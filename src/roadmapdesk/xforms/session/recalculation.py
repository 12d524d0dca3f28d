"""Brings a session up to date: follows the graph from what changed and evaluates each target once, in order.

Source: `docs/recalculation.md`.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from roadmapdesk.xforms.fitting import convert
from roadmapdesk.xforms.session.circles import Circles
from roadmapdesk.xforms.session.elements import LiveElement, LiveNode, RepeatRange, Scope
from roadmapdesk.xforms.session.folding import flip
from roadmapdesk.xforms.session.queue import Bucket, TargetQueue
from roadmapdesk.xforms.session.states import below, inherits_readonly, is_entity_flag, truth
from roadmapdesk.xforms.session.twins import TwinGroup, TwinGroups, same_cells
from roadmapdesk.xforms.xpath import XPathError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from roadmapdesk.xforms.definition.target import Target
    from roadmapdesk.xforms.session.live import Live
    from roadmapdesk.xforms.xpath import Context, Expression

_MAX_ROUNDS = 10_000
_FLAGS = {"true": "1", "false": "0"}


class Recalculation:
    """Evaluates the targets of one session.

    Attributes:
        queue: the targets to be evaluated next.
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
        self.queue = TargetQueue(self._targets)
        self._code: list[Expression | None] = [None] * len(self._targets)
        self._tests: list[Callable[[Context], bool] | None] = [None] * len(self._targets)
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

    def test(self, target: Target) -> Callable[[Context], bool]:
        """Tells whether the condition of a target holds."""
        test = self._tests[target.rank]
        if test is None:
            test = self._tests[target.rank] = truth(self.code(target))
        return test

    def set_text(self, node: LiveNode, text: str) -> None:
        """Writes a field's text and queues all that reads it."""
        self._live.remember(node)
        node.text = text
        if node.view is not None and node.view.parts:
            node.view.forget("violation")
        if node.model.index in self.watched:
            self._watched_changes[node] = None
        if self.circles.told:
            self.circles.stirred.add(node.model)
        self.queue.follow(node.model.dependents, node.scope)

    def take_watched(self) -> Iterable[LiveNode]:
        """The fields with actions that changed since the last call."""
        changed = self._watched_changes
        if changed:
            self._watched_changes = {}
        return changed

    def look_again(self) -> bool:
        """Queues the calculations that say whether what was typed is kept; False where nothing was."""
        typed = self.circles.take_typed()
        for rank, node in typed:
            self.queue.add(rank, node)
        return bool(typed)

    def queue_scope(self, scope: Scope) -> None:
        """Queues every target of a scope and of the instances inside it."""
        graph = self._live.form.graph
        model = scope.range.model if scope.range is not None else self._live.form.model.root
        for rank, cell in graph.by_scope.get(model, ()):
            node = scope.cells[cell]
            if node is not None:
                self.queue.add(rank, node)
        self.queue_inside(scope)

    def queue_inside(self, scope: Scope) -> None:
        """Queues the targets of the repeats right inside a scope, and of all their instances."""
        model = scope.range.model if scope.range is not None else self._live.form.model.root
        for rank, index in self._live.form.graph.stand_ins.get(model, ()):
            self.queue.add(rank, scope.ranges[index].stand_in())
        for repeat in scope.ranges:
            for instance in repeat.instances:
                self.queue_scope(instance)

    def queue_twins(self, repeat: RepeatRange, scopes: list[Scope]) -> None:
        """Queues every target of new instances that are alike: those that they share for the first one only."""
        twins = self._live.form.twins(repeat.model)
        group = TwinGroup(twins, scopes, twins.shared)
        self._twins.add(group)
        self.queue.follow(group.twins.outward, group.first)
        self.queue_scope(group.first)
        for rank, cell in group.twins.alone:
            self.queue.add_all(rank, [node for scope in group.others if (node := scope.cells[cell]) is not None])
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
                self.queue.follow(edges, scope)

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
                    self.queue.follow(edges, scope)

    def moved(self, repeat: RepeatRange, start: int) -> None:
        """Queues what depends on the places of the instances from `start` (0-based) on."""
        edges = self._moved.get(repeat.model)
        for instance in repeat.instances[start:]:
            self._live.touched[instance.element] = None
            if edges:
                self.queue.follow(edges, instance)

    def structure_changed(self, scope: Scope) -> None:
        """Queues what reads anything in an instance that was added, is about to be removed, or was moved."""
        for node in scope.walk():
            if node.model.dependents:
                self.queue.follow(node.model.dependents, node.scope)

    def begin_step(self) -> bool:
        """Starts a step: counts that depend on their own repeat may be taken once more.

        Returns:
            Whether anything has to be evaluated or told.
        """
        self._live.budget.renew()
        if not (self.queue or self._watched_changes or self._recount or self.circles.has_typed):
            return False
        self._counted.clear()
        self._judged.clear()
        self.circles.begin_step()
        for node, rank in self._recount.items():
            self.queue.add(rank, node)
        self._recount.clear()
        return True

    def run(self) -> None:
        """Evaluates the queue until it is empty; a field that keeps changing itself is left after some rounds."""
        queue = self.queue
        apply = self._apply
        twins = self._twins
        rounds: dict[int, int] = {}
        highest = -1
        self._live.budget.renew()
        while queue:
            rank, bucket = queue.take()
            if rank <= highest:
                rounds[rank] = rounds.get(rank, 0) + 1
                if rounds[rank] > _MAX_ROUNDS:
                    continue
            highest = max(highest, rank)
            target = self._targets[rank]
            if twins.groups:
                bucket = twins.reduced(target, bucket)
            try:
                apply[target.kind](target, bucket)
            except XPathError as error:
                self.on_error(target, error)
            if twins.groups:
                for follower, node in twins.parted(target):
                    queue.add(follower, node)
        if twins.groups:
            twins.clear()

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
        holds = self.test(target)
        for node in bucket:
            if target.loops:
                if (target.rank, node) in self._judged:
                    continue
                self._judged.add((target.rank, node))
            context.node = context.current = node
            flag = holds(context)
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
            self.queue.follow(edges, node.scope)

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
                self.queue.follow(model.dependents, node.scope)
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
        holds = self.test(target)
        for node in bucket:
            context.node = context.current = node
            flag = holds(context)
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
        holds = self.test(target)
        for node in bucket:
            context.node = context.current = node
            flag = holds(context)
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
