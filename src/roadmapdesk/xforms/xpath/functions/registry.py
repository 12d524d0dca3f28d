"""How functions are declared: a name, the conversions of its arguments and what it gives back.

A signature has one letter per argument: ``s`` text, ``n`` number, ``b`` boolean, ``v`` value as it is, ``N``
node-set; ``?`` makes those after it optional, ``*`` repeats the last one. A *form* is compiled by its own
closure builder, because it does not evaluate all arguments or needs their syntax.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from roadmapdesk.xforms.xpath.code import Code
    from roadmapdesk.xforms.xpath.compiler import Compiler
    from roadmapdesk.xforms.xpath.syntax import Syntax

Build = Callable[["Compiler", "Sequence[Syntax]"], "Code"]
UNBOUNDED = 1_000_000


@dataclass(frozen=True, slots=True)
class Function:
    """One function of the language.

    Attributes:
        name: as written in expressions, with its prefix.
        minimum: fewest arguments.
        maximum: most arguments.
        conversions: letter per argument; the last one holds for all further ones.
        kind: kind of the result, see `Code`.
        run: the function; called with the context first where `with_context`.
        with_context: it reads the node, the host or the budget.
        build: closure builder of a form, None for a plain function.
        is_plain_xpath: belongs to XPath 1.0 itself.
    """

    name: str
    minimum: int
    maximum: int
    conversions: str
    kind: str
    run: Callable[..., Any] | None
    with_context: bool
    build: Build | None
    is_plain_xpath: bool


FUNCTIONS: dict[str, Function] = {}
"""Name → function, filled by the modules of this package when they are imported."""


def function(
    *names: str, takes: str, gives: str, context: bool = False, plain: bool = False
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Declares a plain function under one or several names."""
    letters = takes.replace("?", "").replace("*", "")
    required = takes.partition("?")[0].replace("*", "")
    minimum = len(required)
    maximum = UNBOUNDED if takes.endswith("*") else len(letters)

    def declare(run: Callable[..., Any]) -> Callable[..., Any]:
        for name in names:
            FUNCTIONS[name] = Function(name, minimum, maximum, letters, gives, run, context, None, plain)
        return run

    return declare


def form(*names: str, least: int, most: int, plain: bool = False) -> Callable[[Build], Build]:
    """Declares a form: a function that compiles itself."""

    def declare(build: Build) -> Build:
        for name in names:
            FUNCTIONS[name] = Function(name, least, most, "", "any", None, False, build, plain)
        return build

    return declare
