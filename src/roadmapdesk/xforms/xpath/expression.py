"""The entry point: text in, an expression that can be evaluated any number of times out."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, cast

from roadmapdesk.xforms.xpath.code import as_boolean, as_number, as_string
from roadmapdesk.xforms.xpath.compiler import Compiler
from roadmapdesk.xforms.xpath.errors import NOT_A_PATH, XPathError, XPathSyntaxError
from roadmapdesk.xforms.xpath.functions import load
from roadmapdesk.xforms.xpath.parser import parse
from roadmapdesk.xforms.xpath.references import Reference, calls_of, references_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from roadmapdesk.xforms.tree import Node
    from roadmapdesk.xforms.xpath.context import Context
    from roadmapdesk.xforms.xpath.syntax import Syntax
    from roadmapdesk.xforms.xpath.values import Value

VOLATILE_CALLS = frozenset({"now", "today", "random", "uuid", "randomize"})
"""Functions whose result may differ although nothing that they read has changed."""

_CACHE_SIZE = 20_000


class Expression:
    """One compiled expression; immutable, shared between forms and sessions.

    Attributes:
        source: the text that was compiled.
        syntax: its syntax tree.
        references: every path that it reads.
        calls: names of the functions that it calls.
        problems: calls of unknown functions or with wrong arguments; a form check reports them, evaluation
            raises them when it reaches them.
        is_constant: it reads nothing and calls nothing that may change.
        evaluate: context → value.
        boolean: context → truth of the value.
        number: context → number of the value.
        string: context → text of the value.
    """

    __slots__ = (
        "_nodes", "boolean", "calls", "evaluate", "is_constant", "is_nodeset", "number", "problems",
        "references", "source", "string", "syntax",
    )  # fmt: skip

    def __init__(self, source: str, namespaces: Mapping[str, str], mode: str) -> None:
        load()
        self.source = source
        self.syntax: Syntax = parse(source)
        compiler = Compiler(namespaces, is_strict=mode == "xpath1")
        code = compiler.compile(self.syntax)
        self.references: tuple[Reference, ...] = references_of(self.syntax)
        self.calls = calls_of(self.syntax)
        self.problems: tuple[XPathSyntaxError, ...] = tuple(compiler.problems)
        self.is_constant = code.constant is not None
        self.is_nodeset = code.kind == "nodes"
        self.evaluate: Callable[[Context], Value] = code.run
        self.boolean: Callable[[Context], bool] = as_boolean(code)
        self.number: Callable[[Context], float] = as_number(code, compiler.number_of)
        self.string: Callable[[Context], str] = as_string(code)
        self._nodes = code.run

    def nodes(self, context: Context) -> Sequence[Node]:
        """The nodes of a node-set expression, in document order unless ``randomize`` mixed them.

        Raises:
            XPathError: where the expression gives a value instead.
        """
        value = self._nodes(context)
        if not isinstance(value, (list, tuple)):
            raise XPathError(NOT_A_PATH)
        return cast("Sequence[Node]", value)

    def __repr__(self) -> str:
        return f"Expression({self.source!r})"


def compile_expression(
    source: str, namespaces: Mapping[str, str] | None = None, *, mode: str = "xforms"
) -> Expression:
    """The compiled expression; the same text with the same namespaces is compiled once.

    Args:
        source: the expression as the form writes it.
        namespaces: prefix → address as declared around it.
        mode: ``xforms`` for forms; ``xpath1`` for plain XPath 1.0 without ODK's functions and dates.

    Raises:
        XPathSyntaxError: where it cannot be read; for what cannot work see `Expression.problems`.
    """
    return _compiled(source, tuple(sorted((namespaces or {}).items())), mode)


@lru_cache(maxsize=_CACHE_SIZE)
def _compiled(source: str, namespaces: tuple[tuple[str, str], ...], mode: str) -> Expression:
    return Expression(source, dict(namespaces), mode)
