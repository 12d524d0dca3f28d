"""Regular expressions of forms, run in bounded time.

RE2 answers in linear time. Patterns that it refuses (look-around, back references) run in Python's engine only
where their repetitions cannot multiply, on short texts; any other is refused with a message.
"""

from __future__ import annotations

import importlib
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Protocol

import re2

from roadmapdesk.errors import Message
from roadmapdesk.i18n import N_
from roadmapdesk.xforms.xpath.errors import PATTERN, XPathError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from roadmapdesk.xforms.xpath.context import Context

MAX_PATTERN = 1_000
MAX_SUBJECT = 10_000
_MAX_FALLBACK_SUBJECT = 2_000
_MAX_FALLBACK_REPEATS = 2

TOO_LONG = Message("xpath.pattern_too_long", N_("The pattern in {function}() is longer than {limit} characters."))
SUBJECT_TOO_LONG = Message(
    "xpath.pattern_subject", N_("The text that {function}() should test is longer than {limit} characters.")
)
COSTLY = Message("xpath.pattern_costly", N_("The pattern in {function}() could take unlimited time and is not used."))


_parser: Any = importlib.import_module("re._parser")
"""The standard library's own reader of patterns, which has no public name."""


class _Pattern(Protocol):
    def fullmatch(self, text: str, /) -> object:
        """A match of the whole text, or None."""


def matches_whole(text: str, pattern: str, context: Context) -> bool:
    """Whether the whole text matches.

    Raises:
        XPathError: for patterns that cannot be read, are too long, or could run without bound.
    """
    context.budget.spend(len(text) // 16 + 1)
    if len(text) > MAX_SUBJECT:
        raise XPathError(SUBJECT_TOO_LONG, function="regex", limit=MAX_SUBJECT)
    compiled, limit = _compiled(pattern)
    if len(text) > limit:
        raise XPathError(COSTLY, function="regex")
    return compiled.fullmatch(text) is not None


@lru_cache(maxsize=512)
def _compiled(pattern: str) -> tuple[_Pattern, int]:
    if len(pattern) > MAX_PATTERN:
        raise XPathError(TOO_LONG, function="regex", limit=MAX_PATTERN)
    options = re2.Options()
    options.log_errors = False
    options.max_mem = 8 * 1024 * 1024
    try:
        return re2.compile(pattern, options), MAX_SUBJECT
    except re2.error:
        pass
    try:
        tree = _parser.parse(pattern)
        compiled = re.compile(pattern)
    except (re.error, RecursionError, OverflowError) as error:
        raise XPathError(PATTERN, function="regex", reason=str(error)) from error
    if _repeats(tree, nested=False) > _MAX_FALLBACK_REPEATS:
        raise XPathError(COSTLY, function="regex")
    return compiled, _MAX_FALLBACK_SUBJECT


def _repeats(tree: Iterable[tuple[object, Any]], *, nested: bool) -> int:
    """How many open repetitions a pattern has; a repetition inside another counts as too many."""
    total = 0
    for operation, argument in tree:
        name = str(operation)
        if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
            _low, high, inner = argument
            is_open = high > 20
            if nested and high > 1:
                total += _MAX_FALLBACK_REPEATS + 1
            total += is_open
            total += _repeats(inner, nested=nested or high > 1)
        elif name == "BRANCH":
            total += sum(_repeats(branch, nested=nested) for branch in argument[1])
        elif isinstance(argument, tuple):
            parts = [part for part in argument if isinstance(part, _parser.SubPattern)]
            total += sum(_repeats(part, nested=nested) for part in parts)
        elif isinstance(argument, _parser.SubPattern):
            total += _repeats(argument, nested=nested)
    return total
