"""Violations: of one field, and of the whole form.

A field has at most one: the constraint is asked where it has a value, the required state where it has none.

Source: ODK XForms specification, "Bindings"; the same table as the client interface of Web Forms.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadmapdesk.i18n import gettext as _
from roadmapdesk.xforms.definition.target import Kind, Target
from roadmapdesk.xforms.session.elements import LiveElement, LiveNode, RepeatRange, Scope, reference
from roadmapdesk.xforms.session.view import Violation, ViolationKind
from roadmapdesk.xforms.xpath import XPathError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from roadmapdesk.xforms.definition.nodes import Control, ModelNode
    from roadmapdesk.xforms.session.live import Live
    from roadmapdesk.xforms.session.recalculation import Recalculation
    from roadmapdesk.xforms.session.wording import Wording


class Validation:
    """Finds the violations of one session."""

    def __init__(self, live: Live, wording: Wording, recalculation: Recalculation) -> None:
        self._live = live
        self._wording = wording
        self._recalculation = recalculation
        self._constraints: dict[ModelNode, Target] = {
            target.model: target
            for target in live.form.graph.targets
            if target.kind is Kind.CONSTRAINT and target.source
        }

    def of(self, node: LiveNode) -> Violation | None:
        """The violation of a field, None where it has none or is not relevant."""
        if node.hidden or not node.model.is_leaf:
            return None
        if node.text:
            return None if self._holds(node) else self._violation(node, ViolationKind.CONSTRAINT)
        return self._violation(node, ViolationKind.REQUIRED) if node.own_required else None

    def type_violation(self, node: LiveNode) -> Violation:
        """The refusal of a text that is no value of the field's type."""
        kind = node.model.type
        control = node.model.controls[0] if node.model.controls else None
        ends = {} if control is None or control.tag != "range" else control.data.get("parameters", {})
        if ends.keys() >= {"start", "end"}:
            message = _("Please enter a number from {start} to {end}.").format(start=ends["start"], end=ends["end"])
        elif kind == "int":
            message = _("Please enter a whole number.")
        elif kind == "decimal":
            message = _("Please enter a number.")
        elif kind in {"date", "dateTime", "time"}:
            message = _("Please enter a date or time that exists.")
        elif kind in {"geopoint", "geotrace", "geoshape"}:
            message = _("Please enter latitude and longitude in degrees.")
        else:
            message = _("This is no possible answer here.")
        return Violation(reference(node), ViolationKind.TYPE, message)

    def all(self) -> tuple[Violation, ...]:
        """Every violation of the form, in the order of the body."""
        found: list[Violation] = []
        for node in self._in_order(self._live.form.body, self._live.root):
            violation = self.of(node)
            if violation is not None:
                found.append(violation)
        return tuple(found)

    def _in_order(self, controls: Sequence[Control], scope: Scope) -> Iterator[LiveNode]:
        """The answerable fields in the order of the body, hidden branches left out."""
        for control in controls:
            model = control.model
            if model is None:
                yield from self._in_order(control.children, scope)
            elif control.tag == "repeat":
                for instance in self._instances(model, scope):
                    if not instance.element.hidden:
                        yield from self._in_order(control.children, instance)
            else:
                node = self._live.locate(model, scope)
                if node is None or node.hidden:
                    continue
                if control.children:
                    yield from self._in_order(control.children, scope)
                elif isinstance(node, LiveElement) and control is model.controls[0]:
                    yield node

    def _instances(self, model: ModelNode, scope: Scope) -> Sequence[Scope]:
        holder = None if model.parent is None else self._live.locate(model.parent, scope)
        if holder is None:
            return ()
        repeat: RepeatRange = holder.scope.ranges[model.range_index]
        return tuple(repeat.instances)

    def _holds(self, node: LiveNode) -> bool:
        target = self._constraints.get(node.model)
        if target is None:
            return True
        context = self._live.context
        context.node = context.current = node
        try:
            return self._recalculation.test(target)(context)
        except XPathError as error:
            self._recalculation.on_error(target, error)
            return True

    def _violation(self, node: LiveNode, kind: ViolationKind) -> Violation:
        bind = node.model.bind or {}
        is_constraint = kind is ViolationKind.CONSTRAINT
        text = bind.get("constraint_message") if is_constraint else bind.get("required_message")
        message = self._wording.render(text, node, self._live.host.language)
        if not message and kind is ViolationKind.CONSTRAINT:
            message = _("This answer does not fit. Please check it.")
        elif not message:
            message = _("Please answer this question.")
        return Violation(reference(node), kind, message)
