"""A node's look as the recordings write it: kinds, types, choices and texts."""

from comparing import same_words

from roadmapdesk.xforms.codecs import canonical_type
from roadmapdesk.xforms.session.view import Kind as Shown
from roadmapdesk.xforms.session.view import NodeView

_TYPES = {
    Shown.ROOT: "root", Shown.GROUP: "group", Shown.INSTANCE: "repeat-instance", Shown.MODEL: "model-value",
    Shown.NOTE: "note", Shown.TRIGGER: "trigger",
}  # fmt: skip
_VALUE_TYPES = {"rank": "string"}
_CONTROLS = {"select1": "select", "secret": "input", "textarea": "input"}


def value_type(view: NodeView) -> str:
    """What Web Forms calls the type of a value."""
    kind = canonical_type(view.type)
    return view.type if view.type == "binary" else _VALUE_TYPES.get(kind, kind)


def node_type(view: NodeView) -> str:
    """What Web Forms calls a node of this kind."""
    if view.kind is Shown.REPEAT:
        is_open = not view.count_expression and (view.can_add or view.can_remove or not view.is_relevant)
        return "repeat-range:uncontrolled" if is_open else "repeat-range:controlled"
    return _TYPES.get(view.kind) or _CONTROLS.get(view.control, view.control)


def options_of(view: NodeView, recorded: object) -> list[list[str]]:
    """Our choices; where the recording has no label, neither has ours, which then repeats the value."""
    unlabelled = {each[0] for each in recorded if not each[1]} if isinstance(recorded, list) else set()
    return [[item.value, "" if item.value in unlabelled else item.label] for item in view.choices]


def same_text(expected: object, actual: object) -> bool:
    if isinstance(expected, list) and isinstance(actual, list):
        return len(expected) == len(actual) and all(
            same_text(one or "", other or "") for one, other in zip(expected, actual, strict=True)
        )
    if isinstance(expected, str) and isinstance(actual, str):
        return same_words(expected, actual)
    return (expected or None) == (actual or None) or expected == actual
