"""What an expression reads, known without evaluating it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from roadmapdesk.xforms.xpath.errors import XPathSyntaxError
from roadmapdesk.xforms.xpath.parser import parse
from roadmapdesk.xforms.xpath.syntax import OWN_NODE_CALLS, Call, Chain, Literal, Negate, Path, Step, Syntax

_NODE_CALLS = frozenset({"randomize", "once", "if", "coalesce", "depend", "indexed-repeat"})


@dataclass(frozen=True, slots=True)
class Reference:
    """One path that an expression reads.

    Attributes:
        base: ``root`` (absolute), ``context`` (from the node of the whole expression) or ``instance``.
        steps: (axis, name) in order; ``("parent", "..")`` goes up, ``*`` is any name. Predicates are left out;
            the paths in them are references of their own.
        instance: id of the secondary instance, '' for other bases and where only evaluation tells.
        is_dynamic: what is read can only be known by evaluating, because of wildcards, other axes or a
            computed start; `steps` then says what is known, and the reference may lie deeper.
    """

    base: str
    steps: tuple[tuple[str, str], ...] = ()
    instance: str = ""
    is_dynamic: bool = False


_CONTEXT = Reference("context")


def references_of(syntax: Syntax) -> tuple[Reference, ...]:
    """Every path that an expression reads, in reading order, once each."""
    found: dict[Reference, None] = {}
    _collect(syntax, _CONTEXT, found)
    return tuple(found)


def calls_of(syntax: Syntax) -> frozenset[str]:
    """The names of all functions that an expression calls."""
    names: set[str] = set()
    stack: list[Syntax] = [syntax]
    while stack:
        item = stack.pop()
        if isinstance(item, Call):
            names.add(item.name)
            stack.extend(item.arguments)
        elif isinstance(item, Negate):
            stack.append(item.operand)
        elif isinstance(item, Chain):
            stack.append(item.first)
            stack.extend(operand for _operator, operand in item.rest)
        elif isinstance(item, Path):
            if item.start is not None:
                stack.append(item.start)
            stack.extend(item.predicates)
            for step in item.steps:
                stack.extend(step.predicates)
    return frozenset(names)


def _collect(syntax: Syntax, here: Reference, found: dict[Reference, None]) -> tuple[Reference, ...]:
    """Notes what `syntax` reads when it stands at `here`; returns the node-sets that it is."""
    if isinstance(syntax, Path):
        return _collect_path(syntax, here, found)
    if isinstance(syntax, Call):
        return _collect_call(syntax, here, found)
    if isinstance(syntax, Negate):
        _collect(syntax.operand, here, found)
    elif isinstance(syntax, Chain):
        parts = [_collect(syntax.first, here, found)]
        parts.extend(_collect(operand, here, found) for _operator, operand in syntax.rest)
        if syntax.rest[0][0] == "|":
            return tuple(reference for part in parts for reference in part)
    return ()


def _collect_path(path: Path, here: Reference, found: dict[Reference, None]) -> tuple[Reference, ...]:
    if path.is_absolute:
        starts: tuple[Reference, ...] = (Reference("root"),)
    elif path.start is None:
        starts = (here,)
    else:
        # The start's own node-set is not read as such: only where the steps lead.
        inner: dict[Reference, None] = {}
        starts = _collect(path.start, here, inner)
        read = set(starts) if path.steps else set()
        found.update({reference: None for reference in inner if reference not in read})
        starts = starts or (Reference("root", is_dynamic=True),)
    for start in starts:
        for predicate in path.predicates:
            _collect(predicate, start, found)
    ends: list[Reference] = []
    for start in starts:
        reference = start
        for step in path.steps:
            reference = _stepped(reference, step)
            for predicate in step.predicates:
                _collect(predicate, reference, found)
        found[reference] = None
        ends.append(reference)
    return tuple(ends)


def _stepped(reference: Reference, step: Step) -> Reference:
    name = step.test.name if step.test.kind == "name" else "*"
    if step.axis == "self" and step.test.kind == "node":
        return reference
    if step.axis == "parent":
        if reference.steps and reference.steps[-1][0] == "child":
            return replace(reference, steps=reference.steps[:-1])
        return replace(reference, steps=(*reference.steps, ("parent", "..")))
    if step.axis == "child" and step.test.kind == "text":
        return reference
    static = step.axis in ("child", "attribute") and step.test.kind == "name" and name != "*"
    return replace(
        reference, steps=(*reference.steps, (step.axis, name)), is_dynamic=reference.is_dynamic or not static
    )


def _collect_call(call: Call, here: Reference, found: dict[Reference, None]) -> tuple[Reference, ...]:
    if call.name == "current" and not call.arguments:
        found[_CONTEXT] = None
        return (_CONTEXT,)
    if call.name == "instance" and call.arguments:
        first = call.arguments[0]
        if isinstance(first, Literal):
            reference = Reference("instance", instance=first.value)
        else:
            _collect(first, here, found)
            reference = Reference("instance", is_dynamic=True)
        found[reference] = None
        return (reference,)
    if call.name in OWN_NODE_CALLS and (not call.arguments or call.name == "once"):
        found[here] = None
    if call.name == "id":
        found[Reference("root", (("descendant", "*"),), is_dynamic=True)] = None
    if call.name == "jr:choice-name" and len(call.arguments) == 2 and isinstance(call.arguments[1], Literal):
        _collect_written_path(call.arguments[1].value, here, found)
    parts = [_collect(argument, here, found) for argument in call.arguments]
    if call.name in _NODE_CALLS:
        return tuple(reference for part in parts for reference in part)
    return ()


def _collect_written_path(text: str, here: Reference, found: dict[Reference, None]) -> None:
    """The path that ``jr:choice-name`` holds as a text."""
    try:
        syntax = parse(text)
    except XPathSyntaxError:
        return
    if isinstance(syntax, Path):
        _collect(syntax, here, found)
