"""Fields in chosen instances of repeats (ODK documentation, ``indexed-repeat``)."""

from collections.abc import Callable, Sequence

from roadmapdesk.xforms.tree import Attribute, Element, Node
from roadmapdesk.xforms.xpath.code import Code
from roadmapdesk.xforms.xpath.compiler import Compiler
from roadmapdesk.xforms.xpath.context import Context
from roadmapdesk.xforms.xpath.errors import NOT_IN_REPEAT, XPathError
from roadmapdesk.xforms.xpath.functions.registry import form
from roadmapdesk.xforms.xpath.locations import descend, plain_names
from roadmapdesk.xforms.xpath.syntax import Syntax


@form("indexed-repeat", least=3, most=7)
def _indexed_repeat(compiler: Compiler, arguments: Sequence[Syntax]) -> Code:
    """The node in the chosen instance of one to three nested repeats, in any order (ODK, ``indexed-repeat``)."""
    if len(arguments) % 2 == 0:
        raise compiler.argument_error("indexed-repeat", "3, 5, 7", len(arguments))
    target = compiler.unbound_nodes(arguments[0], "indexed-repeat")
    levels = [
        (compiler.unbound_nodes(arguments[index], "indexed-repeat"), compiler.number(arguments[index + 1]))
        for index in range(1, len(arguments), 2)
    ]

    tail = _names_inside(arguments)

    def run(context: Context) -> Sequence[Node]:
        groups = [(group(context), place) for group, place in levels]
        if not all(found for found, _place_of in groups):
            return ()
        nodes = target(context) if tail is None else ()
        if nodes and not all(_has_ancestor(nodes[0], found[0].name) for found, _place_of in groups):
            raise XPathError(NOT_IN_REPEAT)
        chosen = _chosen(groups, context)
        if chosen is None:
            return ()
        if tail is not None:
            inside = [node for node in descend((chosen,), tail) if not node.hidden]
            if inside:
                return inside
            nodes = target(context)
        context.budget.spend(len(nodes))
        return [node for node in nodes if _is_inside(node, chosen)] or _same_place(nodes, chosen)

    return Code("nodes", run, all_nodes=run)


def _names_inside(arguments: Sequence[Syntax]) -> tuple[str, ...] | None:
    """The steps from the innermost repeat to the target; None where the paths do not say that it stands in each."""
    target, *repeats = (plain_names(path) for path in (arguments[0], *arguments[1::2]))
    if target is None:
        return None
    depth = 0
    for names in repeats:
        if names is None or names != target[: len(names)]:
            return None
        depth = max(depth, len(names))
    return target[depth:] or None


def _chosen(groups: Sequence[tuple[Sequence[Node], Callable[[Context], float]]], context: Context) -> Node | None:
    """The instance that the numbers choose, from the outermost repeat in; None where there is none."""
    chosen: Node | None = None
    for found, place in sorted(groups, key=lambda level: _depth(level[0][0])):
        instances = found if chosen is None else [node for node in found if _is_inside(node, chosen)]
        context.budget.spend(len(instances) + 1)
        wanted = place(context)
        if not 1 <= wanted < len(instances) + 1:
            return None
        chosen = instances[int(wanted) - 1]
    return chosen


def _depth(node: Node) -> int:
    depth = 0
    parent = node.parent
    while parent is not None:
        depth += 1
        parent = parent.parent
    return depth


def _has_ancestor(node: Node, name: str) -> bool:
    parent = node.parent
    while parent is not None and parent.name != name:
        parent = parent.parent
    return parent is not None


def _is_inside(node: Node, outer: Node) -> bool:
    step: Node | None = node
    while step is not None:
        if step is outer:
            return True
        step = step.parent
    return False


def _same_place(nodes: Sequence[Node], chosen: Node) -> Sequence[Node]:
    """The nodes that stand in `chosen` where the given ones stand in another instance of the same repeat."""
    if not nodes or not isinstance(chosen, Element):
        return ()
    names: list[str] = []
    node: Node | None = nodes[0]
    while node is not None and not (node.name == chosen.name and node.parent is chosen.parent):
        if isinstance(node, Attribute):
            return ()
        names.append(node.name)
        node = node.parent
    if node is None:
        return ()
    found: Sequence[Element] = (chosen,)
    for name in reversed(names):
        found = [child for parent in found for child in parent.named(name)]
    return found
