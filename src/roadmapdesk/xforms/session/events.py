"""Metadata preloads, and the actions that events fire.

Source: ODK XForms specification, "Actions and Events", "Preloaders – Metadata".
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from roadmapdesk.xforms.codecs import moment_text
from roadmapdesk.xforms.fitting import convert
from roadmapdesk.xforms.session.elements import LiveAttribute, LiveElement, LiveNode, Scope
from roadmapdesk.xforms.session.notices import ENDLESS_ACTIONS, SEVERAL_TARGETS, notice
from roadmapdesk.xforms.xpath import XPathError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from roadmapdesk.xforms.definition.actions import Action
    from roadmapdesk.xforms.definition.nodes import ModelNode
    from roadmapdesk.xforms.session.live import Live
    from roadmapdesk.xforms.session.recalculation import Recalculation
    from roadmapdesk.xforms.tree import Node

FIRST_LOAD = frozenset({"odk-instance-first-load", "xforms-ready"})
LOAD = frozenset({"odk-instance-load"})
NEW_REPEAT = frozenset({"odk-new-repeat"})
VALUE_CHANGED = frozenset({"xforms-value-changed"})
REVALIDATE = frozenset({"xforms-revalidate"})
_MAX_CASCADE = 200


class Events:
    """Fires the events of one session."""

    def __init__(self, live: Live, recalculation: Recalculation) -> None:
        self._live = live
        self._recalculation = recalculation
        actions = live.form.actions
        self._by_source: dict[int, list[Action]] = {}
        for action in actions:
            if action.source is not None and action.events & VALUE_CHANGED:
                self._by_source.setdefault(action.source.index, []).append(action)
        recalculation.watched = frozenset(self._by_source)
        self._given: dict[int, list[Scope]] = {}

    def note_given(self) -> None:
        """Keeps which repeat instances the form itself gives, before counts add others or put these aside.

        The events of loading act on them; all others are new, and have an event of their own.
        """
        for index, action in enumerate(self._live.form.actions):
            repeat = action.repeat or _repeat_of(action.target)
            if repeat is not None and action.events & FIRST_LOAD:
                self._given[index] = [node.scope for node in self._live.every(repeat)]

    def preload(self) -> None:
        """Fills the metadata that is known when an interview begins."""
        for model in self._live.form.model.nodes:
            bind = model.bind
            if bind is None or "preload" not in bind:
                continue
            text = self._preloaded(bind["preload"], bind.get("preload_parameters", ""))
            if text is not None:
                for node in self._live.every(model):
                    self._write(node, text)
        self._instance_id()

    def close(self) -> None:
        """Fires ``xforms-revalidate`` and writes the closing time stamps."""
        for model in self._live.form.model.nodes:
            bind = model.bind
            if bind is not None and bind.get("preload") == "timestamp" and bind.get("preload_parameters") == "end":
                for node in self._live.every(model):
                    self._write(node, moment_text(self._live.host.now()))
        self.fire(REVALIDATE)

    def fire(self, events: frozenset[str]) -> None:
        """Fires form-wide events on all actions that listen, then settles."""
        for action in self._live.form.actions:
            if action.events & events:
                self._act(action, self._scopes(action))
        self.settle()

    def first_load(self) -> None:
        """Fires the events of a new record; in repeats, on the instances that the form gives."""
        for index, action in enumerate(self._live.form.actions):
            if not action.events & FIRST_LOAD:
                continue
            given = self._given.get(index)
            if given is None or (action.repeat is None and len(given) > 1):
                self._act(action, self._scopes(action))
                continue
            present = [] if action.repeat is None else [scope for scope in self._scopes(action) if scope not in given]
            for scope in (*given, *present):
                with _entered(scope):
                    self._act(action, [scope])
        self._given.clear()
        self.settle()

    def new_repeat(self, repeat: ModelNode, scopes: Sequence[Scope]) -> None:
        """Fires ``odk-new-repeat`` for new instances of a repeat."""
        actions = [
            action for action in self._live.form.actions if action.events & NEW_REPEAT and action.repeat is repeat
        ]
        for scope in scopes if actions else ():
            for action in actions:
                self._act(action, [scope])

    def step(self) -> None:
        """Settles after something that a person did."""
        if self._recalculation.begin_step():
            self.settle()

    def settle(self) -> None:
        """Recalculates, and fires value-changed actions, until nothing changes any more."""
        recalculation = self._recalculation
        for _ in range(_MAX_CASCADE):
            recalculation.run()
            if recalculation.look_again():
                continue
            changed = recalculation.take_watched()
            if not changed:
                return
            for node in changed:
                for action in self._by_source.get(node.model.index, ()):
                    self._act(action, [node.scope])
        recalculation.run()
        recalculation.take_watched()
        self._live.notices.append(notice(ENDLESS_ACTIONS, ""))

    def _scopes(self, action: Action) -> list[Scope]:
        """Where a form-wide event acts: in every instance of the repeat around the action, else in the root."""
        if action.repeat is None:
            return [self._live.root]
        return [node.scope for node in self._live.every(action.repeat)]

    def _act(self, action: Action, scopes: Iterable[Scope]) -> None:
        if action.kind != "setvalue":
            return
        for scope in scopes:
            for node in self._targets(action, scope):
                text = self._value(action, node)
                if text is not None:
                    self._write(node, text)

    def _targets(self, action: Action, scope: Scope) -> Sequence[LiveNode]:
        """The field that an action sets, seen from `scope`; none where several would be meant."""
        live = self._live
        if action.path:
            context = live.context.inner()
            source = scope.element if action.source is None else live.locate(action.source, scope)
            context.node = context.current = source or scope.element
            try:
                found: Sequence[Node] = live.form.expression(action.path).nodes(context)
            except XPathError:
                return ()
            return [node for node in found if isinstance(node, LiveElement | LiveAttribute)]
        target = live.locate(action.target, scope)
        if target is not None:
            return [target]
        several = live.every(action.target, self._shared(action, scope))
        if len(several) > 1:
            live.notices.append(notice(SEVERAL_TARGETS, action.target.path, question=action.target.path))
            return ()
        return several

    def _shared(self, action: Action, scope: Scope) -> Scope:
        """The nearest scope around `scope` that also holds the action's target."""
        heads = {action.target.scope, *(node.scope for node in action.target.ancestors())}
        found = scope
        while found.parent is not None and (found.range is None or found.range.model not in heads):
            found = found.parent
        return found

    def _value(self, action: Action, node: LiveNode) -> str | None:
        if action.expression is None:
            return action.text
        if not action.expression:
            return ""
        live = self._live
        context = live.context
        context.node = context.current = node
        try:
            text = live.form.expression(action.expression).string(context)
        except XPathError:
            return None
        return convert(node.model.type, text, live.host.zone())

    def _write(self, node: LiveNode, text: str) -> None:
        if node.stored != text:
            node.aside = None
            self._recalculation.set_text(node, text)
            self._recalculation.circles.typed(node)

    def _preloaded(self, kind: str, parameters: str) -> str | None:
        host = self._live.host
        if kind == "uid":
            return f"uuid:{host.uuid()}"
        if kind == "timestamp":
            return moment_text(host.now()) if parameters == "start" else None
        if kind == "date":
            return host.now().date().isoformat() if parameters == "today" else None
        if kind == "property":
            return host.device.get(parameters) or host.device.get(parameters.rpartition(":")[2])
        return None

    def _instance_id(self) -> None:
        """Gives the record its identity where the form itself has no place for one."""
        if not self._live.form.data["identity_added"]:
            return
        for model in self._live.form.model.nodes:
            if model.local == "instanceID" and model.parent is not None and model.parent.local == "meta":
                for node in self._live.every(model):
                    if not node.text:
                        self._write(node, f"uuid:{self._live.host.uuid()}")


def _repeat_of(model: ModelNode) -> ModelNode | None:
    """The repeat that a field stands in, or None."""
    return model.scope if model.scope.is_repeat else None


@contextmanager
def _entered(scope: Scope) -> Iterator[None]:
    """Lets an instance that its count put aside be evaluated as if it stood in its place."""
    aside: list[Scope] = []
    place: Scope | None = scope
    while place is not None and place.range is not None:
        if not place.position:
            aside.append(place)
            place.position = len(place.range.instances) + place.range.surplus.index(place) + 1
            place.element.parent = place.range.parent_element
        place = place.parent
    try:
        yield
    finally:
        for place in aside:
            place.position = 0
            place.element.parent = None
