"""Regular expressions of forms, run in bounded time.

RE2 answers in linear time. Patterns that it refuses (look-around, back references) go to `backtracking`, which
counts its steps and gives up with a message.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol

import re2

from roadmapdesk.errors import Message
from roadmapdesk.i18n import N_
from roadmapdesk.xforms.xpath.errors import PATTERN, XPathError
from roadmapdesk.xforms.xpath.functions.backtracking import BacktrackingPattern, TooCostly

if TYPE_CHECKING:
    from roadmapdesk.xforms.xpath.context import Context

MAX_PATTERN = 1_000
MAX_SUBJECT = 10_000

TOO_LONG = Message("xpath.pattern_too_long", N_("The pattern in {function}() is longer than {limit} characters."))
SUBJECT_TOO_LONG = Message(
    "xpath.pattern_subject", N_("The text that {function}() should test is longer than {limit} characters.")
)
COSTLY = Message("xpath.pattern_costly", N_("The pattern in {function}() could take unlimited time and is not used."))


class _Pattern(Protocol):
    def fullmatch(self, text: str, /) -> object:
        """Something true where the whole text matches."""


def matches_pattern(text: str, pattern: str, context: Context) -> bool:
    """Whether the whole text matches; a part of it suffices where the host says so (`Host.follows_evaluators`).

    Raises:
        XPathError: for patterns that cannot be read, are too long, or take too many steps.
    """
    context.budget.spend(len(text) // 16 + 1)
    if len(text) > MAX_SUBJECT:
        raise XPathError(SUBJECT_TOO_LONG, function="regex", limit=MAX_SUBJECT)
    try:
        found = _compiled(_anywhere(pattern) if context.host.follows_evaluators else pattern)
        return bool(found.fullmatch(text))
    except TooCostly:
        raise XPathError(COSTLY, function="regex") from None


def _anywhere(pattern: str) -> str:
    """A pattern for whole texts that have a match of the pattern somewhere."""
    return rf"[\s\S]*?(?:{pattern})[\s\S]*"


@lru_cache(maxsize=512)
def _compiled(pattern: str) -> _Pattern:
    if len(pattern) > MAX_PATTERN:
        raise XPathError(TOO_LONG, function="regex", limit=MAX_PATTERN)
    options = re2.Options()
    options.log_errors = False
    options.max_mem = 8 * 1024 * 1024
    try:
        compiled: _Pattern = re2.compile(pattern, options)
    except re2.error:
        return _with_limit(pattern)
    return compiled


def _with_limit(pattern: str) -> _Pattern:
    try:
        return BacktrackingPattern(pattern)
    except (re.error, RecursionError, OverflowError) as error:
        raise XPathError(PATTERN, function="regex", reason=str(error)) from error
