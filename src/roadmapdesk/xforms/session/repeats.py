"""Repeat instances of a session: adding, removing, reordering, and counted repeats.

A counted repeat is brought to its number in one batch. Surplus instances are put aside with their answers and come
back, with the same keys, when the count rises again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadmapdesk.xforms.session.elements import LiveElement, RepeatRange, Scope, reference
from roadmapdesk.xforms.session.notices import COUNT_CAPPED, notice
from roadmapdesk.xforms.session.refs import refs_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from roadmapdesk.xforms.session.events import Events
    from roadmapdesk.xforms.session.live import Live
    from roadmapdesk.xforms.session.recalculation import Recalculation


class Repeats:
    """Changes the repeats of one session."""

    def __init__(self, live: Live, recalculation: Recalculation, events: Events) -> None:
        self._live = live
        self._recalculation = recalculation
        self._events = events

    def is_open(self, repeat: RepeatRange) -> bool:
        """Whether a person may add and remove instances."""
        control = repeat.control()
        return control is not None and "count" not in control.data and not control.data.get("fixed", False)

    def set_count(self, repeat: RepeatRange, count: int) -> None:
        """Brings a counted repeat to `count` instances; more than the limit allows are left out with a notice."""
        limit = self._live.limits.repeat_instances
        if count > limit:
            self._live.notices.append(
                notice(
                    COUNT_CAPPED, reference(repeat.stand_in()), question=repeat.model.path, count=count, limit=limit
                )
            )
            count = limit
        present = len(repeat.instances)
        if count > present:
            self._grow(repeat, count - present)
        elif count < present:
            self._put_aside(repeat, count)

    def add(self, repeat: RepeatRange, index: int) -> Scope:
        """Makes a new instance that stands at `index` (0-based).

        Raises:
            LimitError: too many instances or fields.
        """
        self._live.check_room(repeat, len(repeat.instances) + 1, 1)
        scope = self.make(repeat)
        self._enter(repeat, index, [scope])
        return scope

    def remove(self, scope: Scope) -> None:
        """Removes an instance for good."""
        repeat = scope.range
        assert repeat is not None
        self._leave(repeat, scope.position - 1, scope.position)
        self._live.nodes -= sum(1 for _node in scope.walk())

    def reorder(self, repeat: RepeatRange, keys: Sequence[str]) -> None:
        """Orders the instances by `keys`; those not named follow in their old order, put-aside ones last.

        Raises:
            KeyError: a key that no instance has.
        """
        everyone = {scope.key: scope for scope in (*repeat.instances, *repeat.surplus)}
        named = [everyone.pop(key) for key in keys]
        order = named + [scope for scope in (*repeat.instances, *repeat.surplus) if scope.key in everyone]
        shown = order[: len(repeat.instances)]
        before = list(repeat.instances)
        if shown == before:
            repeat.surplus = order[len(shown) :]
            return
        for scope in before:
            self._recalculation.structure_changed(scope)
        gone = [scope for scope in before if scope not in shown]
        fresh = [scope for scope in shown if scope not in before]
        for scope in gone:
            self._live.removed.extend(refs_of(scope))
            scope.position = 0
        first = self._first_child(repeat)
        parent = repeat.parent_element
        assert parent is not None
        children = list(parent.children)
        children[first : first + len(before)] = [scope.element for scope in shown]
        repeat.instances = shown
        repeat.surplus = order[len(shown) :]
        for scope in gone:
            scope.element.parent = None
        parent.replace_children(children)
        repeat.renumber()
        for scope in shown:
            self._recalculation.structure_changed(scope)
        for scope in fresh:
            self._welcome(scope)
        self._recalculation.moved(repeat, 0)
        self._live.touched[repeat] = None

    def make(self, repeat: RepeatRange, key: str = "") -> Scope:
        """A new instance from the template, not yet entered."""
        scope = self._live.new_scope(repeat, key)
        template = repeat.model.template
        assert template is not None
        self._live.build(template, scope)
        return scope

    def replace(self, repeat: RepeatRange, keys: Sequence[str], aside: Sequence[str]) -> None:
        """Gives a repeat exactly these instances, made from the template, before anything is calculated."""
        parent = repeat.parent_element
        assert parent is not None
        first = self._first_child(repeat)
        children = list(parent.children)
        del children[first : first + len(repeat.instances)]
        repeat.instances = [self.make(repeat, key) for key in dict.fromkeys(keys)]
        repeat.surplus = [self.make(repeat, key) for key in dict.fromkeys(aside) if key not in keys]
        repeat.is_counted = True
        children[first:first] = [scope.element for scope in repeat.instances]
        parent.replace_children(children)
        repeat.renumber()

    def _grow(self, repeat: RepeatRange, wanted: int) -> None:
        if repeat.parent_element is None:
            return
        returning = repeat.surplus[:wanted]
        del repeat.surplus[: len(returning)]
        new = wanted - len(returning)
        if new:
            self._live.check_room(repeat, len(repeat.instances) + wanted, new)
        made = self._live.build_many(repeat, new)
        self._enter(repeat, len(repeat.instances), returning + made, fresh=made)

    def _enter(self, repeat: RepeatRange, index: int, scopes: list[Scope], fresh: list[Scope] | None = None) -> None:
        """Puts instances into the tree at `index`, queues what reads them, and fires the event for new ones."""
        parent = repeat.parent_element
        assert parent is not None
        first = self._first_child(repeat)
        elements = [scope.element for scope in scopes]
        if len(elements) == 1:
            parent.insert(first + index, elements[0])
        else:
            children = list(parent.children)
            children[first + index : first + index] = elements
            parent.replace_children(children)
        repeat.instances[index:index] = scopes
        repeat.renumber(index)
        twins = fresh if fresh is not None and len(fresh) > 1 else []
        for scope in scopes[: len(scopes) - len(twins)]:
            self._welcome(scope)
        if twins:
            self._welcome_twins(repeat, twins)
        self._events.new_repeat(repeat.model, scopes if fresh is None else fresh)
        self._recalculation.moved(repeat, index + len(scopes))
        self._live.touched[repeat] = None

    def _welcome(self, scope: Scope) -> None:
        """Makes an instance that has just come into the tree known to expressions and screens."""
        self._show(scope)
        self._recalculation.structure_changed(scope)
        self._recalculation.queue_scope(scope)

    def _welcome_twins(self, repeat: RepeatRange, scopes: list[Scope]) -> None:
        """The same for several new instances, made at once from the template."""
        for scope in scopes:
            self._show(scope)
        self._recalculation.queue_twins(repeat, scopes)

    def _show(self, scope: Scope) -> None:
        self._live.added += _with_inner(scope) if scope.ranges else (scope,)
        element = scope.element
        parent = element.parent
        if parent is not None and parent.hidden != element.hidden:
            self._recalculation.spread_relevance(element)

    def _put_aside(self, repeat: RepeatRange, count: int) -> None:
        leaving = self._leave(repeat, count, len(repeat.instances))
        repeat.surplus[0:0] = leaving

    def _leave(self, repeat: RepeatRange, start: int, stop: int) -> list[Scope]:
        """Takes the instances from `start` to before `stop` out of the tree."""
        leaving = repeat.instances[start:stop]
        for scope in leaving:
            self._recalculation.structure_changed(scope)
            self._live.removed.extend(refs_of(scope))
        parent = repeat.parent_element
        assert parent is not None
        first = self._first_child(repeat)
        children = list(parent.children)
        del children[first + start : first + stop]
        del repeat.instances[start:stop]
        parent.replace_children(children)
        for scope in leaving:
            scope.position = 0
            scope.element.parent = None
        repeat.renumber(start)
        self._recalculation.moved(repeat, start)
        self._live.touched[repeat] = None
        return leaving

    @staticmethod
    def _first_child(repeat: RepeatRange) -> int:
        """How many children of the holding element stand before the instances."""
        model = repeat.model
        assert model.parent is not None
        outer = repeat.outer
        count = 0
        for sibling in model.parent.children.values():
            if sibling is model:
                break
            if sibling.is_attribute:
                continue
            if sibling.is_repeat:
                count += len(outer.ranges[sibling.range_index].instances)
            elif isinstance(outer.cells[sibling.cell], LiveElement):
                count += 1
        return count


def _with_inner(scope: Scope) -> list[Scope]:
    """A scope and the present instances inside it."""
    found = [scope]
    for repeat in scope.ranges:
        for instance in repeat.instances:
            found += _with_inner(instance)
    return found
