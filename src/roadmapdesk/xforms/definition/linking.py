"""Joins binds and body to the fields that they name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadmapdesk.xforms.codecs import canonical_type
from roadmapdesk.xforms.definition.data import BindData, ControlData
from roadmapdesk.xforms.definition.nodes import Control, ModelNode
from roadmapdesk.xforms.definition.paths import absolute
from roadmapdesk.xforms.problems import DUPLICATE_BIND, UNKNOWN_NODE, FormProblem, Severity, problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from roadmapdesk.xforms.definition.model import Model

_EXPRESSIONS = ("relevant", "readonly", "required", "constraint", "calculate")


def repeat_paths(body: Iterable[ControlData]) -> set[str]:
    """The paths of all repeats of the body."""
    found: set[str] = set()
    for control in body:
        if control["tag"] == "repeat":
            found.add(control["ref"])
        found |= repeat_paths(control.get("children", ()))
    return found


def link_binds(model: Model, binds: Sequence[BindData], problems: list[FormProblem]) -> None:
    """Gives each field its bind; two binds of one field are merged."""
    root = model.root
    for bind in binds:
        path = absolute(bind["nodeset"], root.path)
        nodes = _matching(model, path)
        if not nodes:
            problems.append(
                problem(UNKNOWN_NODE, reference=path, attribute="bind", severity=Severity.WARNING, question=path)
            )
        for node in nodes:
            if node.bind is None:
                node.bind = bind
            else:
                twice = [name for name in _EXPRESSIONS if name in bind and name in node.bind]
                problems.extend(
                    problem(DUPLICATE_BIND, question=node.path, attribute=name, severity=Severity.WARNING)
                    for name in twice
                )
                node.bind = BindData(**{**node.bind, **bind})
            node.type = canonical_type(node.bind.get("type", "string"))


def _matching(model: Model, path: str) -> list[ModelNode]:
    if "*" not in path:
        node = model.find(path)
        return [] if node is None else [node]
    steps = [step for step in path.split("/") if step]
    found = [model.root]
    for step in steps[1:]:
        found = [
            child for node in found for child in node.children.values()
            if (step == "*" and not child.is_attribute) or step in (child.name, child.local)
        ]  # fmt: skip
    return found


def link_body(
    model: Model, body: Sequence[ControlData], problems: list[FormProblem]
) -> tuple[tuple[Control, ...], tuple[Control, ...]]:
    """The top-level controls, and every control, parents first."""
    controls: list[Control] = []
    top = [_link(model, data, None, model.root, controls, problems) for data in body]
    for control in controls:
        _bring_home(control, top)
    return tuple(top), tuple(controls)


def _bring_home(control: Control, top: list[Control]) -> None:
    """Puts a control that shows a field of a repeat, but stands outside of it, at the end of this repeat.

    Web Forms shows such a field in each instance, too; JavaRosa refuses the form.
    """
    model = control.model
    if model is None or control.tag == "repeat" or model.scope.parent is None:
        return
    around = model.scope if control.parent is None else control.parent.context.scope
    if control.parent is not None and (around is model.scope or model.scope in around.ancestors()):
        return
    home = next((each for each in model.scope.controls if each.tag == "repeat"), None)
    if home is None:
        return
    (top if control.parent is None else control.parent.children).remove(control)
    home.children.append(control)
    control.parent = home


def _link(
    model: Model, data: ControlData, parent: Control | None, context: ModelNode, controls: list[Control],
    problems: list[FormProblem],
) -> Control:  # fmt: skip
    data = _unwrapped(data)
    control = Control(data, len(controls), parent)
    controls.append(control)
    node = model.find(data["ref"]) if data["ref"] else None
    if node is None and (data["ref"] or control.tag != "group"):
        problems.append(
            problem(
                UNKNOWN_NODE,
                reference=data["ref"],
                attribute=control.tag,
                question=data["ref"],
                severity=Severity.WARNING,
            )
        )
    wraps_repeat = node is not None and node.is_repeat and control.tag == "group"
    if wraps_repeat:
        node = None
    control.model = node
    control.context = node if node is not None else context
    if node is not None:
        node.controls.append(control)
    below = control.context
    for child in data.get("children", ()):
        control.children.append(_link(model, child, control, below, controls, problems))
    return control


def _unwrapped(data: ControlData) -> ControlData:
    """A repeat with the label and appearance of the group that only wraps it, as pyxform writes repeats."""
    children = data.get("children", [])
    if data["tag"] != "group" or len(children) != 1 or children[0]["tag"] != "repeat":
        return data
    inner = children[0]
    if data["ref"] != inner["ref"]:
        return data
    merged = ControlData(**{**data, **inner})
    if "label" in data:
        merged["label"] = data["label"]
    words = " ".join(part for part in (data.get("appearance", ""), inner.get("appearance", "")) if part)
    if words:
        merged["appearance"] = words
    return merged
