"""A matcher for the few patterns that RE2 refuses, which counts its steps and gives up.

It walks the tree that the standard library reads from a pattern (look-around, back references, atomic groups
included) and stops after a fixed number of steps or levels, so no pattern can hold the program.
"""

from __future__ import annotations

import importlib
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

_parser: Any = importlib.import_module("re._parser")
"""The standard library's own reader of patterns, which has no public name."""

MAX_STEPS = 200_000
_MAX_LEVELS = 300

Item = tuple[str, Any]
Items = tuple[Item, ...]

_CATEGORIES: dict[str, Callable[[str], bool]] = {
    "CATEGORY_DIGIT": str.isdecimal,
    "CATEGORY_NOT_DIGIT": lambda character: not character.isdecimal(),
    "CATEGORY_SPACE": str.isspace,
    "CATEGORY_NOT_SPACE": lambda character: not character.isspace(),
    "CATEGORY_WORD": lambda character: character.isalnum() or character == "_",
    "CATEGORY_NOT_WORD": lambda character: not (character.isalnum() or character == "_"),
}
_SINGLE = frozenset({"LITERAL", "NOT_LITERAL", "ANY", "IN"})


class TooCostly(Exception):
    """The matcher gave up."""


class BacktrackingPattern:
    """A pattern that `re` can read, matched with a limit of steps.

    Raises:
        re.error: for a pattern that cannot be read.
    """

    def __init__(self, pattern: str) -> None:
        tree = _parser.parse(pattern)
        if tree.state.flags & ~re.UNICODE:
            msg = "inline flags"
            raise re.error(msg)
        self._items = _prepared(tree)

    def fullmatch(self, text: str) -> bool:
        """Whether the whole text matches.

        Raises:
            TooCostly: when the steps are spent.
        """
        run = _Run(text)
        return any(end == len(text) for end in run.sequence(self._items, 0, 0, 0))


def _prepared(tree: Any) -> Items:  # noqa: ANN401 — a tree of the standard library without public types
    """The tree as plain tuples with names, in which a character test is one function."""
    items: list[Item] = []
    for operation, argument in tree:
        name = str(operation)
        if name in _SINGLE:
            items.append(("ONE", _character_test(name, argument)))
        elif name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
            low, high, inner = argument
            items.append((name, (int(low), min(int(high), 10_000), _prepared(inner))))
        elif name == "SUBPATTERN":
            group, add, remove, inner = argument
            if add or remove:
                msg = "inline flags"
                raise re.error(msg)
            items.append((name, (group, _prepared(inner))))
        elif name == "BRANCH":
            items.append((name, tuple(_prepared(branch) for branch in argument[1])))
        elif name in ("ASSERT", "ASSERT_NOT"):
            direction, inner = argument
            width = inner.getwidth()[0] if direction < 0 else 0
            items.append((name, (width, _prepared(inner))))
        elif name == "ATOMIC_GROUP":
            items.append((name, _prepared(argument)))
        elif name == "GROUPREF_EXISTS":
            group, yes, no = argument
            items.append((name, (group, _prepared(yes), _prepared(no or ()))))
        else:
            items.append((name, str(argument) if name == "AT" else argument))
    return tuple(items)


def _character_test(name: str, argument: Any) -> Callable[[str], bool]:  # noqa: ANN401 — see _prepared
    if name == "ANY":
        return lambda character: character != "\n"
    if name == "LITERAL":
        wanted = chr(argument)
        return lambda character: character == wanted
    if name == "NOT_LITERAL":
        unwanted = chr(argument)
        return lambda character: character != unwanted
    negated = bool(argument) and str(argument[0][0]) == "NEGATE"
    tests = [_class_test(str(kind), value) for kind, value in argument[negated:]]
    return lambda character: any(test(character) for test in tests) is not negated


def _class_test(kind: str, value: Any) -> Callable[[str], bool]:  # noqa: ANN401 — see _prepared
    if kind == "RANGE":
        low, high = value
        return lambda character: low <= ord(character) <= high
    if kind == "CATEGORY":
        return _CATEGORIES[str(value)]
    wanted = chr(value)
    return lambda character: character == wanted


class _Run:
    """One match in progress: the text, the groups so far, and the steps left."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._groups: dict[int, tuple[int, int]] = {}
        self._left = MAX_STEPS

    def _spend(self, level: int, steps: int = 1) -> None:
        self._left -= steps
        if self._left < 0 or level > _MAX_LEVELS:
            raise TooCostly

    def sequence(self, items: Items, index: int, position: int, level: int) -> Iterator[int]:
        """Every end that the items from `index` on can have from `position`, in the order of preference."""
        self._spend(level)
        text = self._text
        while index < len(items) and items[index][0] == "ONE":
            if position >= len(text) or not items[index][1](text[position]):
                return
            position += 1
            index += 1
        if index == len(items):
            yield position
            return
        name, argument = items[index]
        for end in getattr(self, _STEPS[name])(argument, position, level + 1):
            yield from self.sequence(items, index + 1, end, level + 1)

    def _greedy(self, argument: tuple[int, int, Items], position: int, level: int, count: int = 0) -> Iterator[int]:
        low, high, inner = argument
        if len(inner) == 1 and inner[0][0] == "ONE":
            yield from reversed(self._run_of(inner[0][1], low, high, position, level))
            return
        self._spend(level)
        has_stopped = False
        if count < high:
            for end in self.sequence(inner, 0, position, level + 1):
                if end != position or count < low:
                    yield from self._greedy(argument, end, level + 1, count + 1)
                elif not has_stopped:  # a round that takes nothing is the last one, before other ways of this round
                    has_stopped = True
                    yield position
        if count >= low and not has_stopped:
            yield position

    def _lazy(self, argument: tuple[int, int, Items], position: int, level: int, count: int = 0) -> Iterator[int]:
        low, high, inner = argument
        if len(inner) == 1 and inner[0][0] == "ONE":
            yield from self._run_of(inner[0][1], low, high, position, level)
            return
        self._spend(level)
        if count >= low:
            yield position
        if count < high:
            for end in self.sequence(inner, 0, position, level + 1):
                if end != position or count < low:
                    yield from self._lazy(argument, end, level + 1, count + 1)

    def _run_of(self, test: Callable[[str], bool], low: int, high: int, position: int, level: int) -> Sequence[int]:
        end = position
        last = min(len(self._text), position + high)
        while end < last and test(self._text[end]):
            end += 1
        self._spend(level, end - position + 1)
        return range(position + low, end + 1)

    def _possessive(self, argument: tuple[int, int, Items], position: int, level: int) -> Iterator[int]:
        for end in self._greedy(argument, position, level):
            yield end
            return

    def _atomic(self, inner: Items, position: int, level: int) -> Iterator[int]:
        for end in self.sequence(inner, 0, position, level + 1):
            yield end
            return

    def _group(self, argument: tuple[int | None, Items], position: int, level: int) -> Iterator[int]:
        group, inner = argument
        for end in self.sequence(inner, 0, position, level + 1):
            if group is None:
                yield end
                continue
            before = self._groups.get(group)
            self._groups[group] = (position, end)
            yield end
            if before is None:
                del self._groups[group]
            else:
                self._groups[group] = before

    def _branch(self, branches: tuple[Items, ...], position: int, level: int) -> Iterator[int]:
        for branch in branches:
            yield from self.sequence(branch, 0, position, level + 1)

    def _reference(self, group: int, position: int, level: int) -> Iterator[int]:
        self._spend(level)
        span = self._groups.get(group)
        if span is not None and self._text.startswith(self._text[span[0] : span[1]], position):
            yield position + span[1] - span[0]

    def _conditional(self, argument: tuple[int, Items, Items], position: int, level: int) -> Iterator[int]:
        group, yes, no = argument
        yield from self.sequence(yes if group in self._groups else no, 0, position, level + 1)

    def _ahead(self, argument: tuple[int, Items], position: int, level: int) -> Iterator[int]:
        if self._looks(argument, position, level):
            yield position

    def _not_ahead(self, argument: tuple[int, Items], position: int, level: int) -> Iterator[int]:
        if not self._looks(argument, position, level):
            yield position

    def _looks(self, argument: tuple[int, Items], position: int, level: int) -> bool:
        """Whether the items match from here, or end here where they look behind (`width` characters)."""
        width, inner = argument
        if width > position:
            return False
        ends = self.sequence(inner, 0, position - width, level + 1)
        return any(not width or end == position for end in ends)

    def _at(self, place: str, position: int, level: int) -> Iterator[int]:
        self._spend(level)
        text = self._text
        if place in ("AT_BEGINNING", "AT_BEGINNING_STRING"):
            holds = position == 0
        elif place == "AT_END_STRING":
            holds = position == len(text)
        elif place == "AT_END":
            holds = position == len(text) or (position == len(text) - 1 and text[position] == "\n")
        else:
            is_word = _CATEGORIES["CATEGORY_WORD"]
            before = position > 0 and is_word(text[position - 1])
            after = position < len(text) and is_word(text[position])
            holds = (before != after) is (place == "AT_BOUNDARY")
        if holds:
            yield position


_STEPS = {
    "MAX_REPEAT": "_greedy",
    "MIN_REPEAT": "_lazy",
    "POSSESSIVE_REPEAT": "_possessive",
    "ATOMIC_GROUP": "_atomic",
    "SUBPATTERN": "_group",
    "BRANCH": "_branch",
    "GROUPREF": "_reference",
    "GROUPREF_EXISTS": "_conditional",
    "ASSERT": "_ahead",
    "ASSERT_NOT": "_not_ahead",
    "AT": "_at",
}
