"""Text functions (ODK XForms specification, "String functions"; XPath 1.0, section 4.2)."""

import math
import re
from collections.abc import Callable, Sequence

from roadmapdesk.xforms.xpath.code import Code, as_string, constant
from roadmapdesk.xforms.xpath.compiler import Compiler
from roadmapdesk.xforms.xpath.context import Context
from roadmapdesk.xforms.xpath.errors import BAD_ARGUMENT, XPathError
from roadmapdesk.xforms.xpath.functions.patterns import matches_pattern
from roadmapdesk.xforms.xpath.functions.registry import UNBOUNDED, form, function
from roadmapdesk.xforms.xpath.syntax import Path, Syntax
from roadmapdesk.xforms.xpath.values import Value, format_number, string, text_of, texts_of_nodes

_MAX_IDENTIFIER = 10_000
_SPACES = re.compile(r"[ \t\r\n]+")
_FREE_SIGNS = 1_000


@form("string", least=0, most=1, plain=True)
def _string(compiler: Compiler, arguments: Sequence[Syntax]) -> Code:
    """The text of the argument or of the current node (XPath 1.0, section 4.2)."""
    if not arguments:
        return Code("string", lambda context: text_of(context.node, context))
    code = compiler.compile(arguments[0])
    return Code("string", as_string(code))


@form("concat", least=0, most=UNBOUNDED, plain=True)
def _concat(compiler: Compiler, arguments: Sequence[Syntax]) -> Code:
    """The texts in a row; of a node-set the texts of all its nodes (ODK XForms, ``concat``)."""
    codes = [compiler.compile(argument) for argument in arguments]
    known = [string(code.constant, compiler.bare) for code in codes if code.constant is not None]
    if len(known) == len(codes) and not compiler.is_strict:
        return constant("".join(known))
    if compiler.is_strict and len(codes) < 2:
        raise compiler.argument_error("concat", "≥ 2", len(codes))
    parts: list[Callable[[Context], str]] = []
    for code, argument in zip(codes, arguments, strict=True):
        several = code.kind in ("nodes", "any") and not compiler.is_strict and not _is_single(argument)
        parts.append(_all_texts(code) if several else as_string(code))
    if len(parts) == 2:
        left, right = parts
        return Code("string", lambda context: _joined((left(context), right(context)), context))
    return Code("string", lambda context: _joined([part(context) for part in parts], context))


def _joined(texts: Sequence[str], context: Context, separator: str = "") -> str:
    """The texts in a row; long ones cost steps before they are made, so that no text outgrows the memory."""
    size = sum(map(len, texts)) + len(separator) * len(texts)
    if size > _FREE_SIGNS:
        context.budget.spend(size // 8)
    return separator.join(texts)


def _is_single(argument: Syntax) -> bool:
    """Whether a path can only lead to one node: ``.`` and ``..``."""
    return (
        isinstance(argument, Path)
        and argument.start is None
        and all(step.axis in ("self", "parent") for step in argument.steps)
    )


def _all_texts(code: Code) -> Callable[[Context], str]:
    run = code.run

    def texts(context: Context) -> str:
        value = run(context)
        if isinstance(value, (list, tuple)):
            if len(value) == 1:
                return text_of(value[0], context)
            context.budget.spend(len(value))
            return "".join([text_of(node, context) for node in value])
        return string(value, context)

    return texts


@function("join", takes="s?v*", gives="string", context=True)
def _join(context: Context, separator: str, *values: Value) -> str:
    """The texts of all values and nodes with a separator between them (ODK XForms, ``join``)."""
    texts: list[str] = []
    for value in values:
        texts.extend(texts_of(value, context))
    return _joined(texts, context, separator)


def texts_of(value: Value, context: Context) -> list[str]:
    """The texts of all nodes, or the one text of a value."""
    if isinstance(value, (list, tuple)):
        return texts_of_nodes(value, context)
    return [string(value, context)]


@function("substr", takes="sn?n", gives="string")
def _substr(text: str, start: float, end: float | None = None) -> str:
    """The part from `start` to before `end`, from 0; negative numbers count from the end (ODK, ``substr``)."""
    first = _index(start, len(text))
    last = len(text) if end is None else _index(end, len(text))
    return text[first:last] if first < last else ""


def _index(number: float, length: int) -> int:
    if number != number:  # noqa: PLR0124 — NaN test
        return 0
    bounded = int(max(min(number, length), -length - 1))
    return max(length + bounded, 0) if bounded < 0 else bounded


@function("substring", takes="sn?n", gives="string", plain=True)
def _substring(text: str, start: float, length: float | None = None) -> str:
    """Characters from the rounded start, counted from 1, as many as the rounded length (XPath 1.0, section 4.2)."""
    first = _rounded(start)
    last = float("inf") if length is None else first + _rounded(length)
    if first != first or last != last:  # noqa: PLR0124 — NaN test
        return ""
    low = int(max(first, 1)) if first < len(text) + 1 else len(text) + 1
    high = int(min(last, len(text) + 1)) if last > 0 else 0
    return text[low - 1 : high - 1] if low < high else ""


def _rounded(number: float) -> float:
    return (number + 0.5) // 1 if math.isfinite(number) else number


@function("substring-before", takes="ss", gives="string", plain=True)
def _substring_before(text: str, mark: str) -> str:
    """The part before the first occurrence of `mark`, '' without one (XPath 1.0, section 4.2)."""
    return text.partition(mark)[0] if mark and mark in text else ""


@function("substring-after", takes="ss", gives="string", plain=True)
def _substring_after(text: str, mark: str) -> str:
    """The part after the first occurrence of `mark`, '' without one (XPath 1.0, section 4.2)."""
    return text.partition(mark)[2] if mark else text


@function("translate", takes="sss", gives="string", plain=True)
def _translate(text: str, old: str, new: str) -> str:
    """Characters of `old` replaced by those of `new`, surplus ones dropped (XPath 1.0, section 4.2)."""
    table: dict[int, str | None] = {}
    for index, character in enumerate(old):
        table.setdefault(ord(character), new[index] if index < len(new) else None)
    return text.translate(table)


@form("string-length", least=0, most=1, plain=True)
def _string_length(compiler: Compiler, arguments: Sequence[Syntax]) -> Code:
    """The number of characters of the argument or of the current node (XPath 1.0, section 4.2)."""
    text = _text_or_own(compiler, arguments)
    return Code("number", lambda context: float(len(text(context))))


@form("normalize-space", least=0, most=1, plain=True)
def _normalize_space(compiler: Compiler, arguments: Sequence[Syntax]) -> Code:
    """The text without outer white space and with single spaces inside (XPath 1.0, section 4.2)."""
    text = _text_or_own(compiler, arguments)
    return Code("string", lambda context: _SPACES.sub(" ", text(context)).strip(" "))


def _text_or_own(compiler: Compiler, arguments: Sequence[Syntax]) -> Callable[[Context], str]:
    if arguments:
        return as_string(compiler.compile(arguments[0]))
    return lambda context: text_of(context.node, context)


@function("contains", takes="ss", gives="boolean", plain=True)
def _contains(text: str, part: str) -> bool:
    """Whether `part` occurs (XPath 1.0, section 4.2)."""
    return part in text


@function("starts-with", takes="ss", gives="boolean", plain=True)
def _starts_with(text: str, part: str) -> bool:
    """Whether the text begins with `part` (XPath 1.0, section 4.2)."""
    return text.startswith(part)


@function("ends-with", takes="ss", gives="boolean")
def _ends_with(text: str, part: str) -> bool:
    """Whether the text ends with `part` (ODK XForms, ``ends-with``)."""
    return text.endswith(part)


@function("uuid", takes="?n", gives="string", context=True)
def _uuid(context: Context, length: float | None = None) -> str:
    """A random identifier, or that many random letters and digits (ODK XForms, ``uuid``)."""
    if length is None:
        return context.host.uuid()
    alphabet = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
    if not 0 <= length <= _MAX_IDENTIFIER:
        raise XPathError(BAD_ARGUMENT, function="uuid", position=1, reason=format_number(length))
    return "".join([alphabet[int(context.host.random() * len(alphabet))] for _ in range(int(length))])


@function("regex", takes="ss", gives="boolean", context=True)
def _regex(context: Context, text: str, pattern: str) -> bool:
    """Whether the whole text matches the pattern (ODK XForms, ``regex``)."""
    return matches_pattern(text, pattern, context)


@function("pulldata", takes="ssss", gives="string", context=True)
def _pulldata(context: Context, name: str, column: str, key_column: str, key: str) -> str:
    """The cell of the row whose key column holds `key` (ODK XForms, ``pulldata``)."""
    return context.host.pulldata(name, column, key_column, key)
