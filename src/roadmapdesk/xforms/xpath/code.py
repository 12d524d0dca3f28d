"""Compiled pieces of an expression: closures with what is known about their results."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from roadmapdesk.xforms.xpath import values

if TYPE_CHECKING:
    from roadmapdesk.xforms.tree import Node
    from roadmapdesk.xforms.xpath.context import Context
    from roadmapdesk.xforms.xpath.syntax import Syntax
    from roadmapdesk.xforms.xpath.values import NumberOf

Run = Callable[["Context"], Any]


@dataclass(slots=True)
class Code:
    """One compiled piece.

    Attributes:
        kind: ``boolean``, ``number``, ``string``, ``nodes``, or ``any`` where only evaluation tells.
        run: evaluates; node-sets are sequences in document order without nodes that are not relevant.
        constant: the value where it is known now, else None.
        all_nodes: for nodes: as `run`, with nodes that are not relevant, which read as empty texts.
        first: for nodes: the first of `run`, without making the set.
        is_element_path: for nodes: every node of the set is an element.
        syntax: where it came from.
    """

    kind: str
    run: Run
    constant: bool | float | str | None = None
    all_nodes: Callable[[Context], Sequence[Node]] | None = None
    first: Callable[[Context], Node | None] | None = None
    is_element_path: bool = False
    syntax: Syntax | None = None


def constant(value: bool | float | str) -> Code:
    """A piece that is always this value."""
    kind = "boolean" if isinstance(value, bool) else "number" if isinstance(value, float) else "string"
    return Code(kind, lambda _context: value, constant=value)


def as_string(code: Code) -> Callable[[Context], str]:
    """A closure for the text of a piece."""
    if code.kind == "string":
        return code.run
    if code.first is not None:
        return _element_text(code.first) if code.is_element_path else _node_text(code.first)
    run = code.run
    string = values.string
    return lambda context: string(run(context), context)


def _element_text(first: Callable[[Context], Node | None]) -> Callable[[Context], str]:
    text_of = values.text_of

    def run(context: Context) -> str:
        node: Any = first(context)
        if node is None:
            return ""
        text: str = text_of(node, context) if node.children else node.text
        return text

    return run


def _node_text(first: Callable[[Context], Node | None]) -> Callable[[Context], str]:
    text_of = values.text_of

    def run(context: Context) -> str:
        node = first(context)
        return "" if node is None else text_of(node, context)

    return run


def as_number(code: Code, number: NumberOf) -> Callable[[Context], float]:
    """A closure for the number of a piece; `number` is the conversion of the mode."""
    run = code.run
    if code.kind == "number":
        return run
    if code.kind == "boolean":
        return lambda context: 1.0 if run(context) else 0.0
    if code.first is not None or code.kind == "string":
        text = as_string(code)
        plain = values.plain_number

        def parse(context: Context) -> float:
            written = text(context)
            if not written:
                return values.NAN
            found = plain(written)
            return number(written, context) if found is None else found

        return parse
    return lambda context: number(run(context), context)


def as_boolean(code: Code) -> Callable[[Context], bool]:
    """A closure for the truth of a piece."""
    run = code.run
    if code.kind == "boolean":
        return run
    if code.kind == "number":
        return lambda context: (value := run(context)) != 0 and value == value  # noqa: PLR0124 — NaN test
    if code.first is not None:
        first = code.first
        return lambda context: first(context) is not None
    if code.kind in ("string", "nodes"):
        return lambda context: len(run(context)) > 0
    boolean = values.boolean
    return lambda context: boolean(run(context), context)
