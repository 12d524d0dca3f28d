"""Number functions (ODK XForms specification, "Number functions"; XPath 1.0, section 4.4)."""

import math
from collections.abc import Callable, Sequence
from decimal import ROUND_HALF_UP, Decimal

from roadmapdesk.xforms.xpath.code import Code
from roadmapdesk.xforms.xpath.compiler import Compiler
from roadmapdesk.xforms.xpath.context import Context
from roadmapdesk.xforms.xpath.functions.registry import form, function
from roadmapdesk.xforms.xpath.syntax import Syntax
from roadmapdesk.xforms.xpath.values import NAN, Value, number_xforms, plain_number, text_of, texts_of_nodes

_WHOLE_FROM = 2**52  # all larger floats are whole


@form("number", least=0, most=1, plain=True)
def _number(compiler: Compiler, arguments: Sequence[Syntax]) -> Code:
    """The number of the argument or of the current node (XPath 1.0, section 4.4)."""
    if arguments:
        return Code("number", compiler.number(arguments[0]))
    of = compiler.number_of
    return Code("number", lambda context: of(text_of(context.node, context), context))


@function("random", takes="", gives="number", context=True)
def _random(context: Context) -> float:
    """A random number from 0 to below 1 (ODK XForms, ``random``)."""
    return context.host.random()


@function("int", takes="n", gives="number")
def _int(number: float) -> float:
    """The number without its fraction (ODK XForms, ``int``)."""
    return math.copysign(math.trunc(number), number) if math.isfinite(number) else number


@form("sum", least=1, most=1, plain=True)
def _sum(compiler: Compiler, arguments: Sequence[Syntax]) -> Code:
    """The sum over a node-set (XPath 1.0, section 4.4); in forms without what is no number (`Host.skips_gaps`)."""
    nodes = compiler.nodes(arguments[0], "sum")
    of = compiler.number_of
    is_strict = compiler.is_strict

    def run(context: Context) -> float:
        total = 0.0
        skips_gaps = not is_strict and context.host.skips_gaps
        for text in texts_of_nodes(nodes(context), context):
            number = plain_number(text)
            if number is None:
                if not text and skips_gaps:
                    continue
                number = of(text, context)
                if number != number and skips_gaps:  # noqa: PLR0124 — NaN is the number that differs from itself
                    continue
            total += number
        return total

    return Code("number", run)


def _numbers(values: Sequence[Value], context: Context) -> list[float]:
    """The numbers of all nodes and values; those that are none are NaN, or left out (`Host.skips_gaps`)."""
    numbers: list[float] = []
    for value in values:
        if isinstance(value, (list, tuple)):
            numbers.extend([number_xforms(text, context) for text in texts_of_nodes(value, context)])
        else:
            numbers.append(number_xforms(value, context))
    return [number for number in numbers if not math.isnan(number)] if context.host.skips_gaps else numbers


@function("max", takes="?v*", gives="number", context=True)
def _max(context: Context, *values: Value) -> float:
    """The largest number of node-sets and values, NaN without any (ODK XForms, ``max``)."""
    numbers = _numbers(values, context)
    return NAN if not numbers or any(map(math.isnan, numbers)) else max(numbers)


@function("min", takes="?v*", gives="number", context=True)
def _min(context: Context, *values: Value) -> float:
    """The smallest number of node-sets and values, NaN without any (ODK XForms, ``min``)."""
    numbers = _numbers(values, context)
    return NAN if not numbers or any(map(math.isnan, numbers)) else min(numbers)


@form("round", least=1, most=2, plain=True)
def _round(compiler: Compiler, arguments: Sequence[Syntax]) -> Code:
    """The nearest number with that many decimals (ODK XForms, ``round``; XPath 1.0, section 4.4).

    Without decimals a half goes towards plus infinity, as XPath says, except where `Host.follows_evaluators`; with
    decimals, away from zero, and the number counts as it is written in decimal digits: ``round(2.15, 1)`` is ``2.2``.
    """
    number = compiler.number(arguments[0])
    is_strict = compiler.is_strict
    if len(arguments) == 1:

        def nearest(context: Context) -> float:
            value = number(context)
            is_away = not is_strict and context.host.follows_evaluators
            return _round_decimal(value, 0) if is_away else _round_up(value)

        return Code("number", nearest)
    places = compiler.number(arguments[1])
    return Code("number", lambda context: _round_decimal(number(context), places(context)))


def _round_up(number: float) -> float:
    """The nearest integer; a half goes towards plus infinity."""
    if not math.isfinite(number) or abs(number) >= _WHOLE_FROM:
        return number
    return math.copysign(math.floor(number + 0.5), number)


def _round_decimal(number: float, places: float) -> float:
    """The nearest number with that many decimals; a half goes away from zero."""
    if not math.isfinite(number) or not math.isfinite(places):
        return number
    digits = int(max(min(places, 30), -30))
    rounded = Decimal(repr(number)).scaleb(digits).to_integral_value(ROUND_HALF_UP)
    return float(rounded.scaleb(-digits))


@function("floor", takes="n", gives="number", plain=True)
def _floor(number: float) -> float:
    """The largest integer not above (XPath 1.0, section 4.4)."""
    return math.copysign(math.floor(number), number) if math.isfinite(number) else number


@function("ceiling", takes="n", gives="number", plain=True)
def _ceiling(number: float) -> float:
    """The smallest integer not below (XPath 1.0, section 4.4)."""
    return math.copysign(math.ceil(number), number) if math.isfinite(number) else number


@function("pow", takes="nn", gives="number")
def _pow(base: float, exponent: float) -> float:
    """`base` to the power of `exponent` (ODK XForms, ``pow``)."""
    if abs(base) == 1 and not math.isfinite(exponent):
        return NAN
    try:
        return math.pow(base, exponent)
    except ValueError:
        return math.inf if base == 0 else NAN
    except OverflowError:
        return -math.inf if base < 0 and exponent % 2 == 1 else math.inf


@function("atan2", takes="nn", gives="number")
def _atan2(y: float, x: float) -> float:
    """The angle of the point (x, y), in radians (ODK XForms, ``atan2``)."""
    return math.atan2(y, x)


@function("pi", takes="", gives="number")
def _pi() -> float:
    """The ratio of a circle's circumference to its diameter (ODK XForms, ``pi``)."""
    return math.pi


def _log(logarithm: Callable[[float], float]) -> Callable[[float], float]:
    def run(number: float) -> float:
        if number == 0:
            return -math.inf
        return NAN if number < 0 else logarithm(number)

    return run


def _guarded(operation: Callable[[float], float], overflow: float = NAN) -> Callable[[float], float]:
    """The operation with NaN where mathematics has no answer."""

    def run(number: float) -> float:
        try:
            return operation(number)
        except ValueError:
            return NAN
        except OverflowError:
            return overflow

    return run


for _name, _operation, _overflow in (
    ("sin", math.sin, NAN), ("cos", math.cos, NAN), ("tan", math.tan, NAN), ("asin", math.asin, NAN),
    ("acos", math.acos, NAN), ("atan", math.atan, NAN), ("sqrt", math.sqrt, NAN), ("exp", math.exp, math.inf),
    ("abs", math.fabs, NAN), ("exp10", lambda number: math.pow(10.0, number), math.inf),
):  # fmt: skip
    # ODK XForms, "Mathematical functions": one number in, one number out, angles in radians.
    function(_name, takes="n", gives="number")(_guarded(_operation, _overflow))
function("log", takes="n", gives="number")(_log(math.log))
function("log10", takes="n", gives="number")(_log(math.log10))
