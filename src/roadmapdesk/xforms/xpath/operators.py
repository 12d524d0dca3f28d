"""Operators compiled to closures (XPath 1.0, sections 3.3–3.5).

Chains fold constants. Equality of a path with a text, and comparisons of a path with a number, have closures of
their own, because relevance conditions consist of them.
"""

from __future__ import annotations

import math
import operator
from typing import TYPE_CHECKING, Any

from roadmapdesk.xforms.xpath import values
from roadmapdesk.xforms.xpath.axes import in_document_order
from roadmapdesk.xforms.xpath.code import Code, as_boolean, as_number, as_string, constant
from roadmapdesk.xforms.xpath.errors import NOT_A_PATH, XPathSyntaxError
from roadmapdesk.xforms.xpath.moments import Moment

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from roadmapdesk.xforms.tree import Node
    from roadmapdesk.xforms.xpath.compiler import Compiler
    from roadmapdesk.xforms.xpath.context import Context
    from roadmapdesk.xforms.xpath.syntax import Chain

    Test = Callable[[Context], bool]

_ORDER = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}
_MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}


def compile_chain(compiler: Compiler, chain: Chain) -> Code:
    """The code of operands joined by operators of one precedence."""
    first = compiler.compile(chain.first)
    kind = chain.rest[0][0]
    if kind == "|":
        return _union([first, *[compiler.compile(operand) for _operator, operand in chain.rest]])
    if kind in ("and", "or"):
        codes = [first, *[compiler.compile(operand) for _operator, operand in chain.rest]]
        return _logical(codes, is_and=kind == "and")
    code = first
    for name, operand in chain.rest:
        code = _binary(compiler, name, code, compiler.compile(operand))
    return code


def _union(codes: Sequence[Code]) -> Code:
    if any(code.kind not in ("nodes", "any") for code in codes):
        raise XPathSyntaxError(NOT_A_PATH)

    def gathered(runs: Sequence[Callable[[Context], Any]]) -> Callable[[Context], Sequence[Node]]:
        def run(context: Context) -> Sequence[Node]:
            merged: list[Node] = []
            for part in runs:
                value = part(context)
                if not isinstance(value, (list, tuple)):
                    raise XPathSyntaxError(NOT_A_PATH)
                merged.extend(value)
            return in_document_order(merged, context.budget)

        return run

    return Code(
        "nodes", gathered([code.run for code in codes]), all_nodes=gathered([c.all_nodes or c.run for c in codes])
    )


def _logical(codes: Sequence[Code], *, is_and: bool) -> Code:
    """``and`` and ``or``; what comes after the deciding operand is not evaluated."""
    if codes[0].constant is not None and values.boolean(codes[0].constant, None) is not is_and:
        return constant(not is_and)
    tests = [as_boolean(code) for code in codes]
    if len(tests) == 2:
        left, right = tests
        if is_and:
            return Code("boolean", lambda context: left(context) and right(context))
        return Code("boolean", lambda context: left(context) or right(context))

    def run(context: Context) -> bool:
        for test in tests:
            if test(context) is not is_and:
                return not is_and
        return is_and

    return Code("boolean", run)


def _binary(compiler: Compiler, name: str, left: Code, right: Code) -> Code:
    if name in ("=", "!="):
        run: Callable[[Context], Any] = _equality(compiler, left, right, negated=name == "!=")
        code = Code("boolean", run)
    elif name in _ORDER:
        code = Code("boolean", _order(compiler, name, left, right))
    elif name == "-" and "any" in (left.kind, right.kind) and "number" not in (left.kind, right.kind):
        code = Code("number", _difference(compiler, left, right))
    else:
        number = compiler.number_of
        code = Code("number", _arithmetic(name, as_number(left, number), as_number(right, number), right))
    if isinstance(left.constant, float) and isinstance(right.constant, float):
        return constant(code.run(compiler.bare))
    return code


def _arithmetic(
    name: str, left: Callable[[Context], float], right: Callable[[Context], float], right_code: Code
) -> Callable[[Context], float]:
    fixed = right_code.constant
    if name == "+":
        if isinstance(fixed, float):
            return lambda context: left(context) + fixed
        return lambda context: left(context) + right(context)
    if name == "-":
        if isinstance(fixed, float):
            return lambda context: left(context) - fixed
        return lambda context: left(context) - right(context)
    if name == "*":
        return lambda context: left(context) * right(context)
    if name == "div":
        return lambda context: divided(left(context), right(context))
    return lambda context: remainder(left(context), right(context))


def _difference(compiler: Compiler, left: Code, right: Code) -> Callable[[Context], float]:
    """Subtraction where dates may stand on either side: a date and a date-time differ as instants."""
    number = compiler.number_of
    run_left, run_right = left.run, right.run

    def run(context: Context) -> float:
        minuend, subtrahend = run_left(context), run_right(context)
        if isinstance(minuend, Moment) or isinstance(subtrahend, Moment):
            first = values.moment_of(minuend, context)
            second = values.moment_of(subtrahend, context)
            if first is not None and second is not None and first.is_date != second.is_date:
                return first.instant_number - second.instant_number
        return number(minuend, context) - number(subtrahend, context)

    return run


def divided(dividend: float, divisor: float) -> float:
    """The quotient by IEEE 754: infinite or NaN where the divisor is zero (XPath 1.0, section 3.5)."""
    if divisor:
        return dividend / divisor
    if dividend == 0 or dividend != dividend or divisor != divisor:  # noqa: PLR0124 — NaN test
        return math.nan
    return math.copysign(math.inf, dividend) * math.copysign(1.0, divisor)


def remainder(dividend: float, divisor: float) -> float:
    """The remainder with the sign of the dividend (XPath 1.0, section 3.5): ``5 mod -2`` is 1."""
    if not divisor or math.isinf(dividend) or math.isnan(dividend) or math.isnan(divisor):
        return math.nan
    return math.fmod(dividend, divisor)


def _equality(compiler: Compiler, left: Code, right: Code, *, negated: bool) -> Test:
    if left.kind == "nodes" and isinstance(right.constant, str):
        return _nodes_and_text(left, right.constant, negated=negated)
    if right.kind == "nodes" and isinstance(left.constant, str):
        return _nodes_and_text(right, left.constant, negated=negated)
    number = compiler.number_of
    compared = operator.ne if negated else operator.eq
    if left.kind == "nodes" and right.kind == "number":
        return _nodes_and_number(compiler, left, compared, as_number(right, number))
    if right.kind == "nodes" and left.kind == "number":
        return _nodes_and_number(compiler, right, compared, as_number(left, number))
    kinds = {left.kind, right.kind}
    if "boolean" in kinds and "any" not in kinds:
        first, second = as_boolean(left), as_boolean(right)
        if negated:
            return lambda context: first(context) != second(context)
        return lambda context: first(context) == second(context)
    if kinds <= {"string"}:
        one, two = as_string(left), as_string(right)
        if negated:
            return lambda context: one(context) != two(context)
        return lambda context: one(context) == two(context)
    if "number" in kinds and kinds <= {"number", "string"}:
        low, high = as_number(left, number), as_number(right, number)
        if negated:
            return lambda context: low(context) != high(context)
        return lambda context: low(context) == high(context)
    compare = values.unequal if negated else values.equal
    run_left = left.all_nodes or left.run
    run_right = right.all_nodes or right.run
    return lambda context: compare(run_left(context), run_right(context), context, number)


def _nodes_and_text(nodes: Code, literal: str, *, negated: bool) -> Test:
    """Whether some node of a path has (or has not) a fixed text."""
    all_nodes: Any = nodes.all_nodes or nodes.run
    text_of = values.text_of
    if nodes.is_element_path:

        def leaf_run(context: Context) -> bool:
            for node in all_nodes(context):
                text = text_of(node, context) if node.children or node.hidden else node.text
                if (text == literal) is not negated:
                    return True
            return False

        return leaf_run

    def run(context: Context) -> bool:
        return any((text_of(node, context) == literal) is not negated for node in all_nodes(context))

    return run


def _order(compiler: Compiler, name: str, left: Code, right: Code) -> Test:
    number = compiler.number_of
    kinds = {left.kind, right.kind}
    if "number" in kinds and kinds <= {"number", "string", "boolean"}:
        low, high = as_number(left, number), as_number(right, number)
        compare = _ORDER[name]
        return lambda context: compare(low(context), high(context))
    if left.kind == "nodes" and right.kind == "number":
        return _nodes_and_number(compiler, left, _ORDER[name], as_number(right, number))
    if right.kind == "nodes" and left.kind == "number":
        return _nodes_and_number(compiler, right, _ORDER[_MIRRORED[name]], as_number(left, number))
    run_left, run_right = left.run, right.run
    test = values.less if name in ("<", ">") else values.less_or_equal
    if name in ("<", "<="):
        return lambda context: test(run_left(context), run_right(context), context, number)
    return lambda context: test(run_right(context), run_left(context), context, number)


def _nodes_and_number(
    compiler: Compiler, nodes: Code, compare: Callable[[float, float], bool], other: Callable[[Context], float]
) -> Test:
    """Whether the number of some node of a path compares with a number so; a node without text is no number."""
    run = nodes.all_nodes or nodes.run
    number = compiler.number_of
    text_of = values.text_of
    plain = values.plain_number

    def test(context: Context) -> bool:
        limit = other(context)
        for node in run(context):
            text = text_of(node, context)
            found = plain(text) if text else values.NAN
            if compare(number(text, context) if found is None else found, limit):
                return True
        return False

    return test
