"""What the state of a field means: tests of binds, marks of entities, and which fields lie below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadmapdesk.xforms.session.elements import LiveAttribute, LiveElement, LiveNode

if TYPE_CHECKING:
    from collections.abc import Callable

    from roadmapdesk.xforms.definition.nodes import ModelNode
    from roadmapdesk.xforms.xpath import Context, Expression


def is_entity_flag(model: ModelNode) -> bool:
    """Whether the field is the ``create`` or ``update`` mark of an entity, which is written as 1 or 0.

    Source: ODK Entities specification, "Declaring that a form creates or updates entities".
    """
    is_mark = model.is_attribute and model.local in {"create", "update"}
    return is_mark and model.parent is not None and model.parent.local == "entity"


def truth(code: Expression) -> Callable[[Context], bool]:
    """The test of a bind: a lone path asks the value of its first node, as JavaRosa does, not whether nodes exist."""
    if not code.is_nodeset:
        return code.boolean

    def test(context: Context) -> bool:
        for node in code.nodes(context):
            text = "" if node.hidden else node.string_value()
            kind = node.model.type if isinstance(node, LiveElement | LiveAttribute) else "string"
            if kind in {"int", "decimal"}:
                return bool(text) and float(text) != 0
            return text not in (("", "0", "false") if kind == "boolean" else ("",))
        return False

    return test


def below(node: LiveNode) -> list[LiveNode]:
    """The fields right below a field: children, bound attributes, and the stand-ins of repeats."""
    if not isinstance(node, LiveElement) or (node.model.is_repeat and not node.is_repeat):
        return []
    found: list[LiveNode] = [child for child in node.children if isinstance(child, LiveElement)]
    model = node.model
    for child in model.children.values():
        if child.is_attribute:
            cell = node.scope.cells[child.cell]
            if cell is not None:
                found.append(cell)
        elif child.is_repeat and child.range_index >= 0 and node is node.scope.cells[model.cell]:
            found.append(node.scope.ranges[child.range_index].stand_in())
    return found


def inherits_readonly(node: LiveNode) -> bool:
    """Whether an element above is read-only by itself."""
    parent = node.parent
    while isinstance(parent, LiveElement):
        if parent.own_readonly:
            return True
        parent = parent.parent
    return False
