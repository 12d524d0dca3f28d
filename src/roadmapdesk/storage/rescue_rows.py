"""Reading damaged files row by row: a row that cannot be read costs itself and its page, not its table."""

import contextlib
import itertools
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from roadmapdesk.storage import row_sums
from roadmapdesk.storage.content import split_ref
from roadmapdesk.storage.engine import connect, driver_for
from roadmapdesk.storage.keys import FileKey

_DIRECTIONS = ("ASC", "DESC")


class SummedRow(NamedTuple):
    """A row of a table with check sums.

    Attributes:
        columns: its columns, the check sum left out.
        digest: the check sum it was read with; empty where the file is of a version that had none.
    """

    columns: Mapping[str, Any]
    digest: str
    fits: bool


class ReadableRows:
    """The rows of one damaged file that can still be read; the file is never written.

    Args:
        path: the file, or a mended copy of it.
        key: of an encrypted file.

    Attributes:
        unreadable: tables that could not be read to their end.
    """

    def __init__(self, path: Path, key: FileKey | None) -> None:
        self._path = path
        self._key = key
        self._driver = driver_for(key)
        self.unreadable: list[str] = []

    def of(self, table: str, columns: str) -> list[Any]:
        """All rows that can be read, in the order of their row ids.

        A scan that breaks off at a damaged page is taken up from the other end, and the rows between two damaged
        pages are fetched one by one.
        """
        found: dict[int, Any] = {}
        ends: list[int] = []
        query = f"SELECT rowid, {columns} FROM {table}"  # noqa: S608 — constant names
        for direction in _DIRECTIONS:
            last = 0
            try:
                for row in self._read(f"{query} ORDER BY rowid {direction}"):
                    last = row[0]
                    found[last] = row[1:]
                break
            except self._driver.Error:
                self._tell(table)
                ends.append(last)
        if len(ends) == len(_DIRECTIONS):
            self._fetch(f"{query} WHERE rowid = ?", range(ends[0] + 1, ends[1]), found)
        return [found[number] for number in sorted(found)]

    def summed(self, table: str, *more: str) -> list[SummedRow]:
        """All rows that can be read of a table with check sums, and whether they fit.

        Args:
            table: one of `row_sums.SUMMED`.
            more: further columns.
        """
        names = (*row_sums.SUMMED[table], *more)
        columns = ", ".join(f'"{name}"' for name in names)
        found = self.of(table, f"{columns}, digest" if self._has_sums(table) else f"{columns}, ''")
        rows = ((dict(zip(names, row, strict=False)), row[-1]) for row in found)
        return [
            SummedRow(row, digest, not digest or row_sums.sum_of_row(table, row) == digest) for row, digest in rows
        ]

    def _has_sums(self, table: str) -> bool:
        """Whether the table has check sums; true where its description cannot be read, which `of` then tells."""
        try:
            names = {row[1] for row in self._read(f"PRAGMA table_info({table})")}
        except self._driver.Error:
            return True
        return not names or "digest" in names

    def has(self, table: str) -> bool:
        """Whether the file has such a table; files of earlier versions lack some."""
        query = "SELECT name FROM sqlite_master WHERE type = 'table'"
        try:
            return any(row[0] == table for row in self._read(query))
        except self._driver.Error:
            return False

    def draft_answers(self, interviews: Iterable[int]) -> dict[int, dict[str, str]]:
        """Answers by interview number; their table is stored in the order of interview and path, without row ids.

        Args:
            interviews: the numbers to look for one by one where the table as a whole cannot be read.
        """
        found: dict[int, dict[str, str]] = {}
        query = "SELECT interview_no, path, text FROM draft_answer"
        if not self._answers(query, (), found):
            self._tell("draft_answer")
            for no in interviews:
                self._answers(f"{query} WHERE interview_no = ?", (no,), found)
        return found

    def _answers(self, query: str, values: tuple[int, ...], found: dict[int, dict[str, str]]) -> bool:
        """Reads from both ends; False when neither direction came through."""
        for direction in _DIRECTIONS:
            order = f" ORDER BY interview_no {direction}, path {direction}"
            with contextlib.suppress(self._driver.Error):
                for no, path, text in self._read(query + order, values):
                    if split_ref(path).question:
                        found.setdefault(no, {})[path] = text
                return True
        return False

    def _fetch(self, query: str, numbers: range, found: dict[int, Any]) -> None:
        """Fetches rows by their ids; each failure needs a new connection, because SQLCipher's stops at its first."""
        rest = iter(numbers)
        for number in rest:
            with contextlib.suppress(self._driver.Error), self._connected() as connection:
                for one in itertools.chain((number,), rest):
                    row = connection.execute(query, (one,)).fetchone()
                    if row is not None:
                        found[row[0]] = row[1:]

    def _tell(self, table: str) -> None:
        if table not in self.unreadable:
            self.unreadable.append(table)

    @contextlib.contextmanager
    def _connected(self) -> Iterator[Any]:
        with contextlib.closing(connect(self._path, self._key, mode="ro")) as connection:
            connection.text_factory = lambda raw: raw.decode("utf-8", "replace")
            yield connection

    def _read(self, query: str, values: tuple[int, ...] = ()) -> Iterator[Any]:
        with self._connected() as connection:
            yield from connection.execute(query, values)
