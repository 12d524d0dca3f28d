"""Syntax tree to closures: what can be known is known before the first evaluation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadmapdesk.xforms.tree import Document
from roadmapdesk.xforms.xpath import operators, values
from roadmapdesk.xforms.xpath.code import Code, as_boolean, as_number, as_string, constant
from roadmapdesk.xforms.xpath.context import Context, Host
from roadmapdesk.xforms.xpath.errors import ARGUMENT_COUNT, NOT_NODES, UNKNOWN_FUNCTION, XPathError, XPathSyntaxError
from roadmapdesk.xforms.xpath.functions.registry import FUNCTIONS, UNBOUNDED, Function
from roadmapdesk.xforms.xpath.locations import compile_path
from roadmapdesk.xforms.xpath.predicates import Predicate, index_keys
from roadmapdesk.xforms.xpath.syntax import Call, Chain, Literal, Negate, Number, Path, Syntax

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from roadmapdesk.xforms.tree import Node


class Compiler:
    """Compiles the pieces of one expression.

    Attributes:
        namespaces: prefix → address as declared around the expression.
        is_strict: plain XPath 1.0: names without prefix have no namespace, only its own functions exist, and
            texts that write dates are no numbers.
        number_of: the conversion to numbers of this mode.
        bare: a context without a form, for values that are known before any form.
        problems: calls that cannot work; they fail when they are reached, as in the other engines, so that
            ``if`` and ``and`` may leave them out.
    """

    def __init__(self, namespaces: Mapping[str, str], *, is_strict: bool) -> None:
        self.namespaces = namespaces
        self.is_strict = is_strict
        self.number_of = values.number_xpath1 if is_strict else values.number_xforms
        self.bare = Context(Document(), Host())
        self.problems: list[XPathSyntaxError] = []

    def compile(self, syntax: Syntax) -> Code:
        """The code of an expression.

        Unknown functions, wrong numbers of arguments and values where nodes must be are noted in `problems`.
        """
        try:
            code = self._compile(syntax)
        except XPathSyntaxError as problem:
            self.problems.append(problem)
            code = Code("any", _failing(problem))
        code.syntax = syntax
        return code

    def _compile(self, syntax: Syntax) -> Code:
        if isinstance(syntax, Path):
            return compile_path(self, syntax)
        if isinstance(syntax, (Number, Literal)):
            return constant(syntax.value)
        if isinstance(syntax, Call):
            return self._call(syntax)
        if isinstance(syntax, Chain):
            return operators.compile_chain(self, syntax)
        return self._negated(syntax)

    def _negated(self, syntax: Negate) -> Code:
        code = self.compile(syntax.operand)
        run = as_number(code, self.number_of)
        sign = -1.0 if syntax.times % 2 else 1.0
        if isinstance(code.constant, float):
            return constant(sign * code.constant)
        return Code("number", lambda context: sign * run(context))

    def string(self, syntax: Syntax) -> Callable[[Context], str]:
        """A closure for the text of an expression."""
        return as_string(self.compile(syntax))

    def number(self, syntax: Syntax) -> Callable[[Context], float]:
        """A closure for the number of an expression."""
        return as_number(self.compile(syntax), self.number_of)

    def boolean(self, syntax: Syntax) -> Callable[[Context], bool]:
        """A closure for the truth of an expression."""
        return as_boolean(self.compile(syntax))

    def nodes(self, syntax: Syntax, name: str) -> Callable[[Context], Sequence[Node]]:
        """A closure for the nodes of an argument of the function `name`.

        Raises:
            XPathSyntaxError: for an argument that is known to be a value.
        """
        return self._nodes_of(self.compile(syntax), name)

    def _nodes_of(self, code: Code, name: str) -> Callable[[Context], Sequence[Node]]:
        if code.kind == "nodes":
            return code.run
        if code.kind != "any":
            raise XPathSyntaxError(NOT_NODES, function=name)
        run = code.run

        def checked(context: Context) -> Sequence[Node]:
            value = run(context)
            if isinstance(value, (list, tuple)):
                return value
            raise XPathError(NOT_NODES, function=name)

        return checked

    def unbound_nodes(self, syntax: Syntax, name: str) -> Callable[[Context], Sequence[Node]]:
        """As `nodes`, with absolute paths that are not bound to repeat instances."""
        run = self.nodes(syntax, name)

        def unbound(context: Context) -> Sequence[Node]:
            inner = context.inner()
            inner.position, inner.size = context.position, context.size
            inner.bind_repeats = False
            return run(inner)

        return unbound

    def compile_predicate(self, syntax: Syntax) -> Predicate:
        """A predicate, prepared for positions, tests and look-ups (XPath 1.0, section 2.4)."""
        code = self.compile(syntax)
        if isinstance(code.constant, float):
            return Predicate(code.constant, None)
        if code.kind == "number":
            run = code.run
            return Predicate(None, lambda context: run(context) == context.position)
        if code.kind == "any":
            return Predicate(None, _any_test(code))
        if self.is_strict:
            return Predicate(None, as_boolean(code))
        found, is_exact = index_keys(syntax)
        keys = [(key, self.compile(other)) for key, other in found]
        served = [(key, wanted) for key, wanted in keys if wanted.kind in ("string", "nodes")]
        if not served:
            served = [(key, wanted) for key, wanted in keys[:1] if wanted.kind == "any"]
        return Predicate(None, as_boolean(code), tuple(served), is_exact=is_exact and len(served) == len(keys))

    def argument_error(self, name: str, expected: str, given: int) -> XPathSyntaxError:
        """The error for a wrong number of arguments."""
        return XPathSyntaxError(ARGUMENT_COUNT, function=name, expected=expected, given=given)

    def _call(self, call: Call) -> Code:
        declared = FUNCTIONS.get(call.name)
        if declared is None or (self.is_strict and not declared.is_plain_xpath):
            raise XPathSyntaxError(UNKNOWN_FUNCTION, call.offset, function=call.name)
        if not declared.minimum <= len(call.arguments) <= declared.maximum:
            raise XPathSyntaxError(
                ARGUMENT_COUNT,
                call.offset,
                function=call.name,
                expected=_expected(declared),
                given=len(call.arguments),
            )
        if declared.build is not None:
            return declared.build(self, call.arguments)
        return self._plain_call(declared, call)

    def _plain_call(self, declared: Function, call: Call) -> Code:
        codes = [self.compile(argument) for argument in call.arguments]
        letters = declared.conversions
        arguments = [
            self._converted(code, letters[min(index, len(letters) - 1)], call.name)
            for index, code in enumerate(codes)
        ]
        assert declared.run is not None
        run = _applied(declared.run, arguments, with_context=declared.with_context)
        is_known = codes and not declared.with_context and all(code.constant is not None for code in codes)
        if is_known and declared.kind in ("number", "string", "boolean"):
            value = run(self.bare)
            is_fixed = value == value  # noqa: PLR0124 — what is no number here may be one to another host
            if is_fixed and isinstance(value, (bool, float, str)):
                return constant(value)
        return Code(declared.kind, run)

    def _converted(self, code: Code, letter: str, name: str) -> Callable[[Context], object]:
        if letter == "s":
            return as_string(code)
        if letter == "n":
            return as_number(code, self.number_of)
        if letter == "b":
            return as_boolean(code)
        return self._nodes_of(code, name) if letter == "N" else code.run


def _failing(problem: XPathSyntaxError) -> Callable[[Context], object]:
    def fail(_context: Context) -> object:
        raise XPathSyntaxError(problem.message, problem.offset, **_without_position(problem.parameters))

    return fail


def _without_position(parameters: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in parameters.items() if name != "position"}


def _expected(declared: Function) -> str:
    if declared.maximum >= UNBOUNDED:
        return f"≥ {declared.minimum}"
    return str(declared.minimum) if declared.minimum == declared.maximum else f"{declared.minimum}–{declared.maximum}"


def _any_test(code: Code) -> Callable[[Context], bool]:
    run = code.run
    boolean = values.boolean

    def test(context: Context) -> bool:
        value = run(context)
        return value == context.position if isinstance(value, float) else boolean(value, context)

    return test


def _applied(
    run: Callable[..., object], arguments: Sequence[Callable[[Context], object]], *, with_context: bool
) -> Callable[[Context], object]:
    """A closure that evaluates the arguments and calls the function; the usual counts without a list."""
    if len(arguments) == 0:
        return run if with_context else lambda _context: run()
    if len(arguments) == 1:
        (only,) = arguments
        if with_context:
            return lambda context: run(context, only(context))
        return lambda context: run(only(context))
    if len(arguments) == 2:
        first, second = arguments
        if with_context:
            return lambda context: run(context, first(context), second(context))
        return lambda context: run(first(context), second(context))
    if with_context:
        return lambda context: run(context, *[argument(context) for argument in arguments])
    return lambda context: run(*[argument(context) for argument in arguments])
