"""Calculations that may leave the value of their field as it is, such as ``if(../own = 'yes', ../made, .)``.

An expression is taken apart into its *results*, one of which it gives as it stands (the branches of ``if``, the
arguments of ``coalesce`` and ``once``), and the conditions that choose among them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from roadmapdesk.xforms.xpath.syntax import Call, Path, Syntax

if TYPE_CHECKING:
    from collections.abc import Iterator

    from roadmapdesk.xforms.definition.nodes import ModelNode
    from roadmapdesk.xforms.definition.references import Read, ReadFinder

_CONDITIONS = {"if": 1, "coalesce": 0, "once": 0}
"""Function → how many of its first arguments only decide which of the others is the result."""


@dataclass(frozen=True, slots=True)
class Keeping:
    """How a calculation may leave the value of its field as it is.

    Attributes:
        is_whole: one of the results is the field itself, and the others are made without it; else the field is only
            read below ``if``, ``coalesce`` or ``once``.
        values: the fields that the other results are made of; all else that the calculation reads only decides
            whether the value is kept.
    """

    is_whole: bool
    values: frozenset[ModelNode]


def keeping_of(syntax: Syntax, node: ModelNode, finder: ReadFinder) -> Keeping | None:
    """How the calculation of a field, which reads its own value, may keep it; None where it cannot."""
    is_choice = isinstance(syntax, Call) and syntax.name in _CONDITIONS
    if not is_choice and not isinstance(syntax, Path):
        return None
    is_kept = isinstance(syntax, Call) and _calls_once(syntax)
    values: set[ModelNode] = set()
    for part in _results(syntax):
        reads = finder.find(part, node).reads
        if isinstance(part, Path) and _is_own(part, reads, node):
            is_kept = True
        else:
            values.update(read.node for read in reads)
    if not is_choice and not is_kept:
        return None
    return Keeping(is_kept and node not in values, frozenset(values))


def _results(syntax: Syntax) -> Iterator[Syntax]:
    """The parts of an expression one of which is its value, as it stands."""
    stack = [syntax]
    while stack:
        part = stack.pop()
        if isinstance(part, Call) and part.name in _CONDITIONS:
            stack.extend(reversed(part.arguments[_CONDITIONS[part.name] :]))
        else:
            yield part


def _calls_once(call: Call) -> bool:
    """Whether ``once`` decides about the result, which keeps any value that is there."""
    stack: list[Syntax] = [call]
    while stack:
        part = stack.pop()
        if isinstance(part, Call) and part.name in _CONDITIONS:
            if part.name == "once":
                return True
            stack.extend(part.arguments[_CONDITIONS[part.name] :])
    return False


def _is_own(path: Path, reads: tuple[Read, ...], node: ModelNode) -> bool:
    """Whether a path leads to the field itself, and to no other instance of it."""
    is_plain = not path.predicates and not any(step.predicates for step in path.steps)
    starts_here = path.start is None or (isinstance(path.start, Call) and path.start.name == "current")
    if not (is_plain and starts_here) or len(reads) != 1 or reads[0].node is not node:
        return False
    anchor = reads[0].anchor
    return node.scope_depth <= (0 if anchor is None else anchor.scope_depth)
