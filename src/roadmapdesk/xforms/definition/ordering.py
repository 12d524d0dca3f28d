"""The order of evaluation: each target after all that it reads, circles found, and those cut that come to rest.

Source: `docs/recalculation.md`, "Circles".
"""

from __future__ import annotations

from heapq import heapify, heappop, heappush
from typing import TYPE_CHECKING

from roadmapdesk.xforms.definition.target import Kind, Target

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from roadmapdesk.xforms.definition.nodes import ModelNode


class Cut:
    """A circle that was cut at a calculation, because only whether a value is kept hangs on it.

    Attributes:
        keepers: the fields whose calculations may keep their value; they are evaluated before the others.
        deciders: the calculated fields that say whether the value is kept.
        fields: all calculated fields of the circle.
    """

    def __init__(self, circle: Sequence[Target]) -> None:
        self.keepers: list[ModelNode] = []
        self.deciders: list[ModelNode] = []
        self.fields = tuple(target.model for target in circle)


class Ordering:
    """The targets of a form in the order of their evaluation.

    Args:
        targets: in the order of the form, which decides wherever the dependencies leave it open.

    Attributes:
        order: all targets; those in a circle that is none of the permitted kind stand last.
        cycles: the fields of each such circle.
        cuts: the circles that were cut at a calculation that may keep its value.
    """

    def __init__(self, targets: Sequence[Target]) -> None:
        self._targets = targets
        self._followers, self._waits, self._inherited = _arrows(targets)
        self._done = [False] * len(targets)
        self.order: list[Target] = []
        self.cycles: list[list[ModelNode]] = []
        self.cuts: list[Cut] = []
        self._release_counts()
        self._take()
        for release in (self._release_relevances, self._release_keepers):
            if len(self.order) < len(targets):
                release()
                self._take()
        if len(self.order) < len(targets):
            circles = _circles(targets, self._followers, self._done)
            self.cycles = [[targets[each].model for each in circle] for circle in circles]
            self.order.extend(target for index, target in enumerate(targets) if not self._done[index])

    def _take(self) -> None:
        """Takes all targets that wait for nothing any more, stable."""
        ready = [index for index, count in enumerate(self._waits) if not count and not self._done[index]]
        heapify(ready)
        while ready:
            index = heappop(ready)
            self.order.append(self._targets[index])
            self._done[index] = True
            for follower in self._followers[index]:
                self._waits[follower] -= 1
                if not self._waits[follower]:
                    heappush(ready, follower)

    def _release_counts(self) -> None:
        """Lets counts that depend on their own repeat be: such a count is taken once in each step.

        A form that asks "one more?" inside a repeat is written like this.
        """
        for index, target in enumerate(self._targets):
            if target.kind is Kind.COUNT and _reaches(index, index, self._followers):
                target.loops = True
                for follower in self._followers[index]:
                    self._waits[follower] -= 1
                self._followers[index] = []

    def _release_relevances(self) -> None:
        """Lets a calculation read a field whose relevance depends on the result: such a relevance is taken once.

        Nothing here is a circle of values: only whether the field that is read stays relevant hangs on the result.
        """
        for index, target in enumerate(self._targets):
            if self._done[index] or target.kind is not Kind.RELEVANT:
                continue
            free = [
                follower for follower in self._followers[index]
                if (index, follower) in self._inherited and self._targets[follower].kind is Kind.CALCULATE
                and _reaches(follower, index, self._followers)
            ]  # fmt: skip
            for follower in free:
                target.loops = True
                self._release(index, follower)

    def _release_keepers(self) -> None:
        """Lets a calculation that may keep its value ask, whether it does, a field that is calculated from it.

        Nothing here is a circle of values, either: what else the field may become comes from outside of the circle.
        """
        for knot in _knots(self._followers, self._done):
            circle = [index for index in knot if self._targets[index].kind is Kind.CALCULATE]
            cut = Cut([self._targets[index] for index in circle])
            for index in circle:
                for keeper in self._asking(index, knot):
                    self._release(index, keeper)
                    cut.keepers.append(self._targets[keeper].model)
                    cut.deciders.append(self._targets[index].model)
            if cut.keepers:
                self.cuts.append(cut)
                for index in circle:
                    self._targets[index].loops = True

    def _asking(self, index: int, knot: frozenset[int]) -> list[int]:
        """The calculations of a knot that only ask this one of it whether they keep their value."""
        model = self._targets[index].model
        found = []
        for follower in self._followers[index]:
            keeping = self._targets[follower].keeping
            if follower in knot and keeping is not None and keeping.is_whole and model not in keeping.values:
                found.append(follower)
        return found

    def _release(self, index: int, follower: int) -> None:
        """Lets one target come before another that it reads."""
        self._followers[index].remove(follower)
        self._waits[follower] -= 1


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
            if read.node is target.model and target.is_elsewhere(read):
                continue
            if read.is_position:
                before.update(_counts(read.node, targets, states))
                continue
            before.update(values.get(read.node, ()))
            states_of = _states(read.node, states, inherited)
            before.update(states_of)
            arrows.update((other, index) for other in states_of)
        _settle_own(index, target, before)
        for other in before:
            followers[other].append(index)
        waits[index] = len(before)
    return followers, waits, arrows


def _settle_own(index: int, target: Target, before: set[int]) -> None:
    """Takes out what is no circle where a target reads its own field, and adds what is one."""
    if target.kind is Kind.COUNT or (target.kind is Kind.CALCULATE and target.keeping is not None):
        before.discard(index)
    elif target.kind is Kind.RELEVANT and index in before and _may_read_itself(target):
        before.discard(index)
        target.loops = True
    elif target.kind in (Kind.READONLY, Kind.REQUIRED) and any(read.node is target.model for read in target.reads):
        before.add(index)


def _may_read_itself(target: Target) -> bool:
    """Whether a relevance that reads what it decides about is taken all the same, once in each step.

    A group may look at a field of its own, and a calculated field at its value: forms do, and the other engines take
    them. A question whose own answer hides it stays a circle.
    """
    calculated = target.model.bind is not None and "calculate" in target.model.bind
    return calculated or not target.model.is_leaf


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


def _knots(followers: list[list[int]], done: list[bool]) -> list[frozenset[int]]:
    """Targets each of which leads to all others of its knot, by Kosaraju's two passes; single ones left out."""
    before: list[list[int]] = [[] for _ in followers]
    for index, found in enumerate(followers):
        for follower in found:
            before[follower].append(index)
    finished: list[int] = []
    seen = list(done)
    for start in range(len(followers)):
        _walk(start, followers, seen, finished)
    knots: list[frozenset[int]] = []
    seen = list(done)
    for start in reversed(finished):
        knot: list[int] = []
        _walk(start, before, seen, knot)
        if len(knot) > 1:
            knots.append(frozenset(knot))
    return knots


def _walk(start: int, ways: list[list[int]], seen: list[bool], finished: list[int]) -> None:
    """Goes depth first through all that has not been seen; each target is finished after those it leads to."""
    if seen[start]:
        return
    seen[start] = True
    stack = [(start, iter(ways[start]))]
    while stack:
        index, following = stack[-1]
        step = next((each for each in following if not seen[each]), None)
        if step is None:
            stack.pop()
            finished.append(index)
        else:
            seen[step] = True
            stack.append((step, iter(ways[step])))


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
