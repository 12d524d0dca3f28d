"""Location paths compiled to closures (XPath 1.0, section 2).

Three shapes get closures of their own, because forms consist of them: ``.``, paths of parent and child steps,
and absolute paths of child steps, which are looked up once per structure of the document and bound to the
repeat instances around the current node. Everything else goes step by step.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from roadmapdesk.xforms.tree import Document, Element
from roadmapdesk.xforms.xpath.axes import AXIS, REVERSE, in_document_order, node_test
from roadmapdesk.xforms.xpath.code import Code
from roadmapdesk.xforms.xpath.errors import NOT_A_PATH, XPathSyntaxError
from roadmapdesk.xforms.xpath.predicates import apply_predicates
from roadmapdesk.xforms.xpath.syntax import DESCENDANTS, PARENT, SELF, Call, Path, Step

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from roadmapdesk.xforms.tree import Node
    from roadmapdesk.xforms.xpath.compiler import Compiler
    from roadmapdesk.xforms.xpath.context import Budget, Context
    from roadmapdesk.xforms.xpath.syntax import Syntax

    Nodes = Callable[[Context], Sequence[Node]]
    StepRun = Callable[[Sequence[Node], Context], Sequence[Node]]


def compile_path(compiler: Compiler, path: Path, *, bind_last: bool = False) -> Code:
    """The code of a location path.

    Args:
        compiler: compiles predicates and start expressions.
        path: the path.
        bind_last: an absolute path is bound to the repeat instance that it names itself, too.
    """
    if path.is_absolute:
        count = _plain_children(path.steps, compiler)
        base = _absolute([step.test.name for step in path.steps[:count]], bind_last=bind_last)
        return _finish(compiler, base, path.steps[count:], elements=count > 0)
    if path.start is None or (isinstance(path.start, Call) and path.start.name == "current" and not path.predicates):
        base, used = _from_context(compiler, path.steps, current=path.start is not None)
        named = used > 0 and path.steps[used - 1].axis == "child"
        return _finish(compiler, base, path.steps[used:], elements=named)
    start = compiler.compile(path.start)
    if start.kind not in ("nodes", "any"):
        raise XPathSyntaxError(NOT_A_PATH)
    nodes = _checked_nodes(start)
    if path.predicates:
        tests = [compiler.compile_predicate(predicate) for predicate in path.predicates]
        inner = nodes

        def filtered(context: Context) -> Sequence[Node]:
            return apply_predicates(list(inner(context)), tests, context)

        nodes = filtered
    return _finish(compiler, nodes, path.steps, elements=False)


def _checked_nodes(start: Code) -> Nodes:
    run = start.all_nodes or start.run
    if start.kind == "nodes":
        return run

    def checked(context: Context) -> Sequence[Node]:
        value = run(context)
        if not isinstance(value, (list, tuple)):
            raise XPathSyntaxError(NOT_A_PATH)
        return cast("Sequence[Node]", value)

    return checked


def _plain_children(steps: Sequence[Step], compiler: Compiler) -> int:
    """How many leading steps are plain child steps with a name and nothing else."""
    count = 0
    while count < len(steps) and _is_plain(steps[count], compiler):
        count += 1
    return count


def _is_plain(step: Step, compiler: Compiler) -> bool:
    return not compiler.is_strict and _is_named_child(step)


def _is_named_child(step: Step) -> bool:
    test = step.test
    return (
        step.axis == "child" and not step.predicates and test.kind == "name" and test.name != "*"
        and not test.prefix
    )  # fmt: skip


def plain_names(syntax: Syntax) -> tuple[str, ...] | None:
    """The names of an absolute path of plain child steps; None for every other expression."""
    if not isinstance(syntax, Path) or not syntax.is_absolute:
        return None
    return tuple(step.test.name for step in syntax.steps) if all(map(_is_named_child, syntax.steps)) else None


def _from_context(compiler: Compiler, steps: Sequence[Step], *, current: bool) -> tuple[Nodes, int]:
    """The closure for leading ``..`` and child steps, and how many steps it takes."""
    used = 0
    ups = 0
    while used < len(steps) and steps[used] in (SELF, PARENT):
        ups += steps[used] == PARENT
        used += 1
    count = _plain_children(steps[used:], compiler)
    names = tuple(step.test.name for step in steps[used : used + count])
    return _relative(ups, names, current=current), used + count


def _relative(ups: int, names: tuple[str, ...], *, current: bool) -> Nodes:
    if not ups and not names:
        if current:
            return lambda context: (context.current,)
        return lambda context: (context.node,)
    only = names[0] if len(names) == 1 else None

    def run(context: Context) -> Sequence[Node]:
        node: Any = context.current if current else context.node
        for _ in range(ups):
            node = node.parent
            if node is None:
                return ()
        if not isinstance(node, (Element, Document)):
            return () if names else (node,)
        if only is not None:
            return node.named(only)
        return descend((node,), names) if names else (node,)

    return run


def descend(nodes: Sequence[Any], names: Sequence[str]) -> Sequence[Node]:
    """The nodes that a chain of plain child steps leads to."""
    for name in names:
        if len(nodes) == 1:
            nodes = nodes[0].named(name)
        elif nodes:
            nodes = nodes[0].named_in(nodes, name)
        else:
            return ()
    return nodes


def _absolute(names: Sequence[str], *, bind_last: bool) -> Nodes:
    """The closure for ``/a/b/c``, looked up once per structure, bound to the repeats around the current node."""
    if not names:
        return lambda context: (context.root,)
    key = tuple(names)
    last = len(key) if bind_last else len(key) - 1

    def run(context: Context) -> Sequence[Node]:
        root = context.root
        if not isinstance(root, Document):
            return descend((root,), key) if isinstance(root, Element) else ()
        known: tuple[Sequence[Node], bool] | None = root.lookups.get(key)
        if known is None:
            nodes = tuple(descend((root,), key))
            known = root.lookups[key] = (nodes, _passes_repeat(nodes))
        return _bound(context, key, last) if known[1] and context.bind_repeats else known[0]

    return run


def _passes_repeat(nodes: Sequence[Node]) -> bool:
    node: Node | None = nodes[0] if nodes else None
    while node is not None:
        if isinstance(node, Element) and node.is_repeat:
            return True
        node = node.parent
    return False


def _bound(context: Context, names: tuple[str, ...], last: int) -> Sequence[Node]:
    """The nodes of an absolute path, with the longest part that leads to the current node's own ancestors."""
    chain: list[Any] = []
    node: Node | None = context.current
    while node is not None and node is not context.root:
        chain.append(node)
        node = node.parent
    if node is None:
        return descend((context.root,), names)
    base: Any = context.root
    depth = 0
    for name in names[:last]:
        if not chain or chain[-1].name != name:
            break
        base = chain.pop()
        depth += 1
    return descend((base,), names[depth:])


def _finish(compiler: Compiler, base: Nodes, steps: Sequence[Step], *, elements: bool) -> Code:
    """The code of a base and the steps after it, with nodes that are not relevant taken out at the end."""
    all_nodes = base
    if steps:
        runs = compile_steps(compiler, steps, is_flat=True)

        def stepped(context: Context) -> Sequence[Node]:
            nodes = base(context)
            for step in runs:
                if not nodes:
                    return ()
                nodes = step(nodes, context)
            return nodes

        all_nodes = stepped
        final = steps[-1]
        elements = final.axis not in {"attribute", "namespace"} and final.test.kind == "name"

    def relevant(context: Context) -> Sequence[Node]:
        nodes = all_nodes(context)
        for node in nodes:
            if node.hidden:
                return [kept for kept in nodes if not kept.hidden]
        return nodes

    def first(context: Context) -> Node | None:
        for node in all_nodes(context):
            if not node.hidden:
                return node
        return None

    return Code("nodes", relevant, all_nodes=all_nodes, first=first, is_element_path=elements)


def compile_steps(compiler: Compiler, steps: Sequence[Step], *, is_flat: bool) -> list[StepRun]:
    """One closure per step; ``//name`` without predicates becomes a single descendant step.

    Args:
        compiler: compiles predicates.
        steps: the steps.
        is_flat: no node that enters is an ancestor of another, so child steps keep the document order.
    """
    runs: list[StepRun] = []
    index = 0
    while index < len(steps):
        step = steps[index]
        if step == DESCENDANTS and index + 1 < len(steps):
            following = steps[index + 1]
            if following.axis == "child" and not following.predicates:
                step = Step("descendant", following.test)
                index += 1
        runs.append(_step(compiler, step, is_flat=is_flat))
        is_flat = is_flat and step.axis in ("child", "self", "attribute")
        index += 1
    return runs


def _step(compiler: Compiler, step: Step, *, is_flat: bool) -> StepRun:
    candidates = _candidates(compiler, step)
    tests = [compiler.compile_predicate(predicate) for predicate in step.predicates]
    keeps_order = is_flat and step.axis in ("child", "self", "attribute")
    is_reverse = step.axis in REVERSE

    def run(nodes: Sequence[Node], context: Context) -> Sequence[Node]:
        budget = context.budget
        if len(nodes) == 1:
            found = candidates(nodes[0], budget)
            if tests:
                found = apply_predicates(found, tests, context)
            return list(reversed(found)) if is_reverse and len(found) > 1 else found
        merged: list[Node] = []
        for node in nodes:
            found = candidates(node, budget)
            merged.extend(apply_predicates(found, tests, context) if tests else found)
        return merged if keeps_order else in_document_order(merged, budget)

    return run


def _candidates(compiler: Compiler, step: Step) -> Callable[[Node, Budget], Sequence[Node]]:
    """The nodes on the axis that pass the node test, before predicates; every node looked at is a step spent."""
    test = step.test
    axis = AXIS[step.axis]
    if step.axis == "child" and _is_plain(Step("child", test), compiler):
        name = test.name

        def named(node: Node, budget: Budget) -> Sequence[Node]:
            found = node.named(name) if isinstance(node, (Element, Document)) else ()
            budget.spend(len(found) + 1)
            return found

        return named
    passes = (
        None if test.kind == "node" else node_test(step.axis, test, compiler.namespaces, strict=compiler.is_strict)
    )

    def tested(node: Node, budget: Budget) -> Sequence[Node]:
        found = axis(node)
        budget.spend(len(found) + 1)
        return found if passes is None else [candidate for candidate in found if passes(candidate)]

    return tested
