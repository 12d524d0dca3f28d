"""Connections of the driver: the plain statements that a transaction sends, and those kept between two transactions.

SQLAlchemy describes the tables and leads files to a new schema; statements of capture and reading go to the driver
directly (docs/adr/0018).
"""

import threading
from typing import Any, Protocol

_KEPT = 2


class Statements(Protocol):
    """What a function needs that sends plain statements inside the caller's transaction; SQLAlchemy's fit as well."""

    def exec_driver_sql(self, statement: str, parameters: Any = ..., /) -> Any:  # noqa: ANN401 — a cursor of either driver, or SQLAlchemy's result
        """Runs one statement, once or for each of a list of rows, and returns its cursor."""


class Connection:
    """A connection of the driver inside a transaction."""

    __slots__ = ("_bare",)

    def __init__(self, bare: Any) -> None:  # noqa: ANN401 — a DB-API connection of either driver
        self._bare = bare

    def exec_driver_sql(self, statement: str, parameters: Any = (), /) -> Any:  # noqa: ANN401 — its cursor
        """Runs one statement, once or for each of a list of rows, and returns its cursor."""
        if isinstance(parameters, list):
            return self._bare.executemany(statement, parameters)
        return self._bare.execute(statement, parameters)


class ConnectionPool:
    """The connections of one file that nobody uses just now. Any thread may ask for one."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: list[tuple[Any, bool]] = []
        self._generation = 0

    @property
    def generation(self) -> int:
        """Grows when all connections are dropped: one that was lent before is not taken back."""
        return self._generation

    @property
    def next(self) -> Any:  # noqa: ANN401 — a DB-API connection of either driver
        """The connection that would be lent next; None where a new one would be made."""
        return self._kept[-1][0] if self._kept else None

    def keep(self, connection: Any, *, is_ready: bool, generation: int) -> None:  # noqa: ANN401 — as above
        """Keeps a connection for the next use; closes it where enough are kept, or where all were dropped meanwhile.

        Args:
            connection: the connection.
            is_ready: whether the pragmas for writing are set.
            generation: of the pool when the connection was lent.
        """
        with self._lock:
            if generation == self._generation and len(self._kept) < _KEPT:
                self._kept.append((connection, is_ready))
                return
        connection.close()

    def take(self) -> tuple[Any, bool]:
        """A connection, or None, and whether its pragmas are set; from now on it is the caller's to close."""
        with self._lock:
            return self._kept.pop() if self._kept else (None, False)

    def drop(self) -> None:
        """Closes what is kept, and has everything that is lent closed when it comes back."""
        with self._lock:
            kept, self._kept = self._kept, []
            self._generation += 1
        for connection, _ in kept:
            connection.close()
