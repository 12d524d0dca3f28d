"""What an expression reads: the fields that it can reach from the field it stands on, found without any data.

The rules of binding are those of the evaluator: an absolute path is bound to the repeat instances around the field
as long as its leading plain steps lead along the field's own ancestors, its last step excepted; a path that climbs
with ``..`` is bound to what it climbs to; everything below that is unbound and means all instances.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from roadmapdesk.xforms.xpath.syntax import Call, Chain, Literal, Negate, Path, Step, Syntax

if TYPE_CHECKING:
    from collections.abc import Iterable

    from roadmapdesk.xforms.definition.nodes import ModelNode

LANGUAGE_CALLS = frozenset({"jr:choice-name", "choice-name", "jr:itext", "itext"})


@dataclass(frozen=True, slots=True)
class Read:
    """One field that an expression reads.

    Attributes:
        node: the field, group or repeat.
        anchor: the nearest element that the field read and the field that reads share for certain; None is the whole
            document.
        is_position: only the place of the repeat instance `node` around the reader counts, not what is in it.
    """

    node: ModelNode
    anchor: ModelNode | None
    is_position: bool = False


@dataclass(frozen=True, slots=True)
class Reads:
    """All that an expression reads.

    Attributes:
        reads: each once.
        choice_names: paths that ``jr:choice-name`` names.
        speaks: the result depends on the language.
        instances: names of the secondary instances that it names literally.
    """

    reads: tuple[Read, ...]
    choice_names: tuple[str, ...] = ()
    speaks: bool = False
    instances: tuple[str, ...] = ()


class ReadFinder:
    """Finds what expressions read in one form.

    Args:
        root: the root field.
        primary_id: the id by which ``instance()`` may name the primary instance.
    """

    def __init__(self, root: ModelNode, primary_id: str = "") -> None:
        self._root = root
        self._primary_id = primary_id

    def find(self, syntax: Syntax, context: ModelNode) -> Reads:
        """What an expression reads where it stands on `context`."""
        return _Search(self._root, self._primary_id, context).run(syntax)


Place = tuple["ModelNode | None", "ModelNode | None"]
"""A field and its anchor; the field None is the document itself."""


class _Search:
    def __init__(self, root: ModelNode, primary_id: str, context: ModelNode) -> None:
        self._root = root
        self._primary_id = primary_id
        self._context = context
        self._line = [context, *context.ancestors()]
        self._reads: dict[Read, None] = {}
        self._choice_names: list[str] = []
        self._instances: list[str] = []
        self._speaks = False

    def run(self, syntax: Syntax) -> Reads:
        self._visit(syntax, [(self._context, self._context)], free=False)
        return Reads(tuple(self._reads), tuple(self._choice_names), self._speaks, tuple(self._instances))

    def _visit(self, syntax: Syntax, places: list[Place], *, free: bool) -> None:
        if isinstance(syntax, Path):
            self._add(self._path(syntax, places, free=free))
        elif isinstance(syntax, Chain):
            self._visit(syntax.first, places, free=free)
            for _operator, operand in syntax.rest:
                self._visit(operand, places, free=free)
        elif isinstance(syntax, Negate):
            self._visit(syntax.operand, places, free=free)
        elif isinstance(syntax, Call):
            self._call(syntax, places, free=free)

    def _call(self, call: Call, places: list[Place], *, free: bool) -> None:
        if call.name in LANGUAGE_CALLS:
            self._speaks = True
        if call.name.endswith("choice-name") and len(call.arguments) > 1:
            path = call.arguments[1]
            if isinstance(path, Literal):
                self._choice_names.append(path.value.strip())
        if call.name == "position" and call.arguments and isinstance(call.arguments[0], Path):
            for node, anchor in self._path(call.arguments[0], places, free=free):
                if node is not None:
                    own = node.is_repeat and (anchor is node or node in self._line)
                    self._reads[Read(node, node if own else anchor, is_position=own)] = None
            return
        if call.name == "indexed-repeat":
            free = True
        for argument in call.arguments:
            self._visit(argument, places, free=free)

    def _add(self, places: Iterable[Place]) -> None:
        for node, anchor in places:
            if node is not None:
                self._reads[Read(node, anchor)] = None

    def _path(self, path: Path, places: list[Place], *, free: bool) -> list[Place]:
        steps = path.steps
        start: list[Place]
        if path.is_absolute:
            start, steps = self._absolute(steps, free=free)
        elif path.start is None:
            start = places
        elif isinstance(path.start, Call) and path.start.name == "current":
            start = [(self._context, self._context)]
        elif isinstance(path.start, Call) and path.start.name == "instance":
            start = self._instance(path.start, places)
        elif isinstance(path.start, Path):
            start = self._path(path.start, places, free=free)
        else:
            assert not isinstance(path.start, str)
            before = set(self._reads)
            self._visit(path.start, places, free=free)
            start = [(read.node, read.anchor) for read in self._reads if read not in before]
        for predicate in path.predicates:
            self._visit(predicate, start, free=free)
        for step in steps:
            start = self._step(step, start)
            for predicate in step.predicates:
                self._visit(predicate, start or [(None, None)], free=free)
        return [(node, None) for node, _anchor in start] if free else start

    def _instance(self, call: Call, places: list[Place]) -> list[Place]:
        argument = call.arguments[0] if call.arguments else None
        if isinstance(argument, Literal):
            self._instances.append(argument.value)
            return [(self._root, None)] if self._primary_id and argument.value == self._primary_id else []
        if argument is not None:
            self._visit(argument, places, free=False)
        return []

    def _absolute(self, steps: tuple[Step, ...], *, free: bool) -> tuple[list[Place], tuple[Step, ...]]:
        """The leading plain steps of an absolute path, bound along the context's own ancestors."""
        node: ModelNode | None = None
        anchor: ModelNode | None = None
        used = 0
        bound = not free
        for step in steps:
            if step.axis != "child" or step.predicates or step.test.kind != "name" or step.test.name == "*":
                break
            name = step.test.name
            following = self._child(node, name)
            if following is None:
                return [], ()
            used += 1
            node = following
            bound = bound and following in self._line and used < len(steps)
            if bound:
                anchor = following
        return [(node, anchor)], steps[used:]

    def _child(self, node: ModelNode | None, name: str) -> ModelNode | None:
        if node is None:
            return self._root if self._root.local == name else None
        return node.by_local(name)

    def _step(self, step: Step, places: list[Place]) -> list[Place]:
        found: dict[Place, None] = {}
        for node, anchor in places:
            for reached in self._axis(step, node):
                shared = anchor
                if reached is None or (anchor is not None and reached.depth < anchor.depth):
                    shared = reached
                elif anchor is not None and reached not in (node,) and not _is_inside(reached, anchor):
                    shared = anchor.parent
                found[(reached, shared)] = None
        return list(found)

    def _axis(self, step: Step, node: ModelNode | None) -> list[ModelNode | None]:
        axis = step.axis
        if axis == "self":
            return [node]
        if axis == "parent":
            return [] if node is None else [node.parent]
        if axis in {"child", "attribute"}:
            children = [self._root] if node is None else list(node.children.values())
            return [each for each in children if each.is_attribute == (axis == "attribute") and _matches(step, each)]
        if node is None:
            return [each for each in self._root.walk() if _matches(step, each)] if "descendant" in axis else []
        if axis in {"descendant", "descendant-or-self"}:
            return [each for each in node.walk() if _matches(step, each) and (each is not node or "self" in axis)]
        if axis in {"ancestor", "ancestor-or-self"}:
            line = [node, *node.ancestors()] if "self" in axis else list(node.ancestors())
            return [each for each in line if _matches(step, each)]
        top = self._root if axis in {"following", "preceding"} or node.parent is None else node.parent
        return [each for each in top.walk() if _matches(step, each) and each is not top]


def _matches(step: Step, node: ModelNode) -> bool:
    test = step.test
    if test.kind != "name":
        return test.kind == "node" or (test.kind == "text" and node.is_leaf)
    return test.name in ("*", node.local)


def _is_inside(node: ModelNode, anchor: ModelNode) -> bool:
    while node.depth > anchor.depth and node.parent is not None:
        node = node.parent
    return node is anchor
