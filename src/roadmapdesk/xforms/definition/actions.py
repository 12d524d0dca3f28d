"""Actions of a form, linked to their fields: what is set, where, on which event.

Source: ODK XForms specification, "Actions and Events".
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from roadmapdesk.xforms.problems import UNKNOWN_NODE, UNSUPPORTED, FormProblem, Severity, problem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from roadmapdesk.xforms.definition.data import ActionData
    from roadmapdesk.xforms.definition.model import Model
    from roadmapdesk.xforms.definition.nodes import Control, ModelNode


_CARRIED_OUT = frozenset({"setvalue", "recordaudio"})
"""A session sets values; recording is offered by the program around it, which alone has a microphone."""


@dataclass(frozen=True, slots=True)
class Action:
    """One action.

    Attributes:
        kind: ``setvalue``, ``setgeopoint`` or ``recordaudio``.
        target: the field that it sets.
        path: the target as an expression where it has predicates, else empty.
        expression: the value's expression, or None.
        text: the literal value where there is no expression.
        events: on which it acts.
        source: the field whose control it stands in, or None.
        repeat: the repeat that it stands in, or None.
    """

    kind: str
    target: ModelNode
    path: str
    expression: str | None
    text: str
    events: frozenset[str]
    source: ModelNode | None
    repeat: ModelNode | None


def link_actions(
    model: Model, controls: Sequence[Control], actions: Sequence[ActionData], problems: list[FormProblem]
) -> tuple[Action, ...]:
    """The actions that can act, in the order of the document; what cannot is a problem."""
    del controls
    linked: list[Action] = []
    for data in actions:
        target = model.find(data["ref"])
        if target is None:
            problems.append(
                problem(UNKNOWN_NODE, reference=data["ref"], attribute=data["kind"], question=data["ref"])
            )
            continue
        if data["kind"] not in _CARRIED_OUT:
            problems.append(
                problem(UNSUPPORTED, question=target.path, feature=data["kind"], severity=Severity.WARNING)
            )
        linked.append(
            Action(
                data["kind"], target, data.get("path", ""), data.get("value"), data.get("text", ""),
                frozenset(data["events"]),
                model.find(data["source"]) if "source" in data else None,
                model.find(data["repeat"]) if "repeat" in data else None,
            )
        )  # fmt: skip
    return tuple(linked)
