"""Values and their conversions (XPath 1.0, sections 3.4, 4.2–4.4, with ODK's typed dates).

`number_xforms` and `number_xpath1` differ in texts that write a date: to forms they are numbers of days. The same
holds for the two comparison functions.
"""

import math
import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import lru_cache

from typing_extensions import TypeIs

from roadmapdesk.xforms.tree import Document, Element, Node, collected_text
from roadmapdesk.xforms.xpath.context import Context
from roadmapdesk.xforms.xpath.moments import Moment, looks_like_date, parse_moment

Value = bool | float | str | Sequence[Node] | Moment
NumberOf = Callable[[Value, Context], float]

NAN = math.nan
_NUMBER = re.compile(r"[ \t\r\n]*-?(?:\d+(?:\.\d*)?|\.\d+)[ \t\r\n]*\Z")
_WRITTEN_NUMBER = re.compile(r"\s*[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?\s*\Z", re.ASCII)


@lru_cache(maxsize=8192)
def plain_number(text: str) -> float | None:
    """The number that a text writes as XPath allows (no exponent, no plus sign), None for any other text."""
    if _NUMBER.match(text) is None:
        return None
    try:
        return float(text)
    except (ValueError, OverflowError):
        return None


def text_of(node: Node, context: Context) -> str:
    """The text that an expression reads from a node: empty where it is not relevant."""
    if node.hidden:
        return ""
    if isinstance(node, Element):
        if not node.children:
            return node.text
    elif not isinstance(node, Document):
        return node.string_value()
    text, walked = collected_text(node)
    context.budget.spend(walked + len(text) // 8)
    return text


def texts_of_nodes(nodes: Sequence[Node], context: Context) -> list[str]:
    """The text of each node, leaves without a call; not relevant ones read as empty."""
    context.budget.spend(len(nodes))
    return [
        node.text if isinstance(node, Element) and not node.children and not node.hidden else text_of(node, context)
        for node in nodes
    ]


def number_of_text(text: str, context: Context) -> float:
    """The number of a text for forms: a date or date-time counts as days since 1970-01-01."""
    number = plain_number(text)
    if number is not None:
        return number
    if len(text) >= 8 and looks_like_date(text.strip()):
        moment = parse_moment(text, context.host.zone(), context.host.date_rules)
        if moment is not None:
            return moment.number
    return _written_number(text) if context.host.follows_evaluators else NAN


def _written_number(text: str) -> float:
    """The number of a text as programs write it, with an exponent or a plus sign."""
    return float(text) if _WRITTEN_NUMBER.match(text) is not None else NAN


def number_xforms(value: Value, context: Context) -> float:
    """The number of a value in a form."""
    if isinstance(value, float):
        return value
    if isinstance(value, str):
        return number_of_text(value, context)
    if isinstance(value, bool):
        return 1.0 if value else 0.0
    if isinstance(value, Moment):
        return value.number
    return number_of_text(text_of(value[0], context), context) if value else NAN


def number_xpath1(value: Value, context: Context) -> float:
    """The number of a value in plain XPath 1.0."""
    if isinstance(value, float):
        return value
    if isinstance(value, bool):
        return 1.0 if value else 0.0
    if isinstance(value, Moment):
        return value.number
    text = value if isinstance(value, str) else text_of(value[0], context) if value else ""
    number = plain_number(text)
    return NAN if number is None else number


def format_number(number: float) -> str:
    """The text of a number: no trailing ``.0``, no exponent (XPath 1.0, section 4.2).

    Example: ``format_number(3.0)`` is ``3`` and ``format_number(1e-7)`` is ``0.0000001``.
    """
    if number == number // 1 and abs(number) < 1e21:
        return str(int(number))
    if math.isnan(number):
        return "NaN"
    if math.isinf(number):
        return "Infinity" if number > 0 else "-Infinity"
    text = repr(number)
    return format(Decimal(text), "f") if "e" in text else text


def string(value: Value, context: Context) -> str:
    """The text of a value."""
    if isinstance(value, str):
        return value
    if isinstance(value, float):
        return format_number(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Moment):
        return value.text
    return text_of(value[0], context) if value else ""


def boolean(value: Value, _context: Context | None) -> bool:
    """The truth of a value: non-empty text or node-set, a number other than 0 and NaN, a valid date."""
    if isinstance(value, bool):
        return value
    if isinstance(value, float):
        return value != 0 and value == value  # noqa: PLR0124 — NaN is the number that differs from itself
    if isinstance(value, Moment):
        return not math.isnan(value.number)
    return len(value) > 0


def is_nodes(value: object) -> TypeIs[Sequence[Node]]:
    """Whether a value is a node-set."""
    return isinstance(value, (list, tuple))


def moment_of(value: Value, context: Context) -> Moment | None:
    """The date or date-time that a value is or writes, None for numbers, truths and other texts."""
    if isinstance(value, Moment):
        return value
    if is_nodes(value):
        value = string(value, context)
    if isinstance(value, str):
        return parse_moment(value, context.host.zone(), context.host.date_rules)
    return None


def _equal_simple(left: Value, right: Value, context: Context, number: NumberOf) -> bool:
    if isinstance(left, bool) or isinstance(right, bool):
        return boolean(left, context) == boolean(right, context)
    if isinstance(left, float) or isinstance(right, float):
        return number(left, context) == number(right, context)
    if isinstance(left, Moment) or isinstance(right, Moment):
        first = moment_of(left, context)
        second = moment_of(right, context)
        if first is None or second is None:
            return string(left, context) == string(right, context)
        return first.instant_number == second.instant_number
    return left == right


def equal(left: Value, right: Value, context: Context, number: NumberOf) -> bool:
    """Whether ``left = right`` (XPath 1.0, section 3.4); dates compare as dates, decimals exactly."""
    if is_nodes(left):
        return _some_node(left, right, context, number, negated=False)
    if is_nodes(right):
        return _some_node(right, left, context, number, negated=False)
    return _equal_simple(left, right, context, number)


def unequal(left: Value, right: Value, context: Context, number: NumberOf) -> bool:
    """Whether ``left != right``: for node-sets, whether some node differs (XPath 1.0, section 3.4)."""
    if is_nodes(left):
        return _some_node(left, right, context, number, negated=True)
    if is_nodes(right):
        return _some_node(right, left, context, number, negated=True)
    return not _equal_simple(left, right, context, number)


def _some_node(nodes: Sequence[Node], other: Value, context: Context, number: NumberOf, *, negated: bool) -> bool:
    """Whether some node equals (or differs from) a value, or some node of another set."""
    if is_nodes(other):
        if len(nodes) == len(other) == 1:
            return (text_of(nodes[0], context) == text_of(other[0], context)) is not negated
        first = set(texts_of_nodes(nodes, context))
        second = set(texts_of_nodes(other, context))
        if negated:
            return bool(first) and bool(second) and len(first | second) > 1
        return not first.isdisjoint(second)
    if isinstance(other, bool):
        return (boolean(nodes, context) == other) is not negated
    context.budget.spend(len(nodes))
    return any(_equal_simple(text_of(node, context), other, context, number) is not negated for node in nodes)


def _instant_or_number(value: Value, context: Context) -> float:
    """The number of a value that is compared with another that is no number: dates count as instants.

    So a date and a date-time compare rightly in every zone, whatever a plain date is as a number.
    """
    if isinstance(value, Moment):
        return value.instant_number
    if isinstance(value, str):
        number = plain_number(value)
        if number is not None:
            return number
        moment = moment_of(value, context) if len(value) >= 8 else None
        return NAN if moment is None else moment.instant_number
    return number_xforms(value, context)


def _bounds(value: Value, context: Context, number: NumberOf) -> tuple[float, float]:
    """The smallest and the largest number in a value; NaN, NaN where there is none."""
    if is_nodes(value):
        context.budget.spend(len(value))
        if len(value) == 1:
            single = number(text_of(value[0], context), context)
            return single, single
        numbers = [n for n in (number(text_of(node, context), context) for node in value) if not math.isnan(n)]
        return (min(numbers), max(numbers)) if numbers else (NAN, NAN)
    single = number(value, context)
    return single, single


def _order_number(left: Value, right: Value, number: NumberOf) -> NumberOf:
    if number is number_xpath1 or isinstance(left, (bool, float)) or isinstance(right, (bool, float)):
        return number
    return _instant_or_number


def less(left: Value, right: Value, context: Context, number: NumberOf) -> bool:
    """Whether ``left < right`` for some pair of numbers (XPath 1.0, section 3.4).

    Beside a boolean the nodes of a set count by their numbers too, as the engines do, not as one boolean.
    """
    number = _order_number(left, right, number)
    return _bounds(left, context, number)[0] < _bounds(right, context, number)[1]


def less_or_equal(left: Value, right: Value, context: Context, number: NumberOf) -> bool:
    """Whether ``left <= right`` for some pair of numbers (XPath 1.0, section 3.4)."""
    number = _order_number(left, right, number)
    return _bounds(left, context, number)[0] <= _bounds(right, context, number)[1]
