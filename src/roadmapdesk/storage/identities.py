"""Codes instead of names: blocks of interview codes per device, and pseudonyms for everything below internal."""

import re
import secrets
from collections.abc import Iterable, Mapping

from roadmapdesk.storage import row_sums
from roadmapdesk.storage.connections import Statements
from roadmapdesk.storage.content import sha256_text
from roadmapdesk.storage.context import Context

BLOCK = 100
_WIDTH = re.compile(r"\{number:0(\d+)d\}")
_ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
_LENGTH = 5


class Codes:
    """Interview codes from a block of numbers per device, so that two laptops never give the same code."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def reserve(self, first: int, last: int, *, device: str | None = None) -> None:
        """Reserves the numbers from `first` to `last` for a device, this one unless told otherwise.

        Raises:
            ValueError: the block is empty or overlaps another one.
        """
        if first < 1 or last < first:
            msg = "a block of codes needs at least one number"
            raise ValueError(msg)
        owner = device or self._context.device
        with self._context.store.write() as connection:
            query = "SELECT 1 FROM code_block WHERE NOT (last < ? OR first > ?)"
            if connection.exec_driver_sql(query, (first, last)).fetchone() is not None:
                msg = "the block overlaps another one"
                raise ValueError(msg)
            _reserve(connection, owner, first, last)

    def next(self, template: str = "{number:03d}") -> str:
        """The next free code of this device; reserves a new block of 100 when it has none or the last is used up.

        The first device of a project begins at 1 and goes on behind all others. Any other one takes blocks that its
        random id chooses, because copies of one project on several laptops do not know of each other and must not all
        take the next one.

        Args:
            template: how the number is written, as the form's own pattern wants it.
        """
        device = self._context.device
        with self._context.store.write() as connection:
            query = 'SELECT first, "next" FROM code_block WHERE device = ? AND "next" <= last ORDER BY first LIMIT 1'
            row = connection.exec_driver_sql(query, (device,)).fetchone()
            if row is not None:
                first, number = int(row[0]), int(row[1])
            else:
                first = _next_block(connection, device, capacity=_capacity(template))
                _reserve(connection, device, first, first + BLOCK - 1)
                number = first
            row_sums.change(
                connection, "code_block", {"next": number + 1}, "device = ? AND first = ?", (device, first)
            )
            return template.format(number=number)

    def blocks(self) -> tuple[tuple[str, int, int, int], ...]:
        """All blocks as (device, first, last, next free number), by their numbers."""
        query = 'SELECT device, first, last, "next" FROM code_block ORDER BY first'
        with self._context.store.read() as connection:
            rows = connection.exec_driver_sql(query).fetchall()
        return tuple((row[0], row[1], row[2], row[3]) for row in rows)


def _reserve(connection: Statements, device: str, first: int, last: int) -> None:
    row = {"device": device, "first": first, "last": last, "next": first}
    row_sums.insert(connection, "code_block", row)


def _next_block(connection: Statements, device: str, *, capacity: int) -> int:
    """The first number of a new block; behind all others where the form's numbers leave no block free."""
    rows = connection.exec_driver_sql("SELECT device, first, last FROM code_block ORDER BY first").fetchall()
    behind = int(max((row[2] for row in rows), default=0)) + 1
    is_first = not rows or rows[0][0] == device
    if is_first and behind + BLOCK - 1 <= capacity:
        return behind
    free = [
        first
        for first in range(1, capacity - BLOCK + 2, BLOCK)
        if all(first + BLOCK - 1 < row[1] or first > row[2] for row in rows)
    ]
    own = sum(row[0] == device for row in rows)
    return free[int(sha256_text(f"{device} {own}"), 16) % len(free)] if free else behind


def _capacity(template: str) -> int:
    """The highest number that keeps the width of the written codes; a hundred blocks where the width is free."""
    found = _WIDTH.search(template)
    return int(10 ** int(found.group(1))) - 1 if found else 100 * BLOCK - 1


class Pseudonyms:
    """Random names for codes and keys; the table of both is part of the project and of no export."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def of(self, kind: str, keys: Iterable[str]) -> Mapping[str, str]:
        """Key → pseudonym, made at the first call and the same ever after; five letters or digits each.

        Args:
            kind: ``interview`` for codes, ``actor`` for keys of the register.
            keys: what to hide.
        """
        wanted = tuple(dict.fromkeys(keys))
        known = self._known(kind)
        if any(key not in known for key in wanted):
            with self._context.store.write() as connection:
                taken = set(known.values())
                for key in wanted:
                    if key in known:
                        continue
                    name = _fresh(taken)
                    taken.add(name)
                    row = {"kind": kind, "key": key, "pseudonym": name}
                    row_sums.insert(connection, "pseudonym", row, conflict="(kind, key) DO NOTHING")
            known = self._known(kind)
        return {key: known[key] for key in wanted}

    def _known(self, kind: str) -> dict[str, str]:
        query = "SELECT key, pseudonym FROM pseudonym WHERE kind = ?"
        with self._context.store.read() as connection:
            return {row[0]: row[1] for row in connection.exec_driver_sql(query, (kind,))}


def is_pseudonym(text: str) -> bool:
    """Whether this program could have made up this name."""
    return len(text) == _LENGTH and set(text) <= set(_ALPHABET)


def _fresh(taken: set[str]) -> str:
    while True:
        name = "".join(secrets.choice(_ALPHABET) for _ in range(_LENGTH))
        if name not in taken:
            return name
