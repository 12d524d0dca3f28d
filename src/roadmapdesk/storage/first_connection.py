"""The connection that opening a file makes: it looks, writes the first row, and then becomes the engine's first."""

import threading
from typing import Any

import sqlalchemy as sa


class Bare:
    """A connection of the driver with the one method that plain statements need of SQLAlchemy's."""

    def __init__(self, connection: Any) -> None:  # noqa: ANN401 — a DB-API connection of either driver
        self._connection = connection

    def exec_driver_sql(self, statement: str, values: tuple[object, ...] = ()) -> Any:  # noqa: ANN401 — its cursor
        """Runs one statement and returns the cursor."""
        return self._connection.execute(statement, values)


Statements = sa.Connection | Bare
"""What a function needs that sends plain statements inside the caller's transaction."""


class FirstConnection:
    """Keeps the connection between two uses; of several threads that want it one gets it.

    Attributes:
        kept: the connection, None while it is in use or where there is none.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.kept: Any = None
        self._is_ready = False

    def keep(self, connection: Any, *, is_ready: bool) -> None:  # noqa: ANN401 — a DB-API connection of either driver
        """Keeps a connection for the next use, and closes one that was kept.

        Args:
            connection: the connection.
            is_ready: whether the pragmas for writing are set.
        """
        with self._lock:
            surplus, self.kept, self._is_ready = self.kept, connection, is_ready
        if surplus is not None:
            surplus.close()

    def take(self) -> tuple[Any, bool]:
        """The connection, or None, and whether its pragmas are set; from now on it is the caller's to close."""
        with self._lock:
            taken, self.kept = self.kept, None
            return taken, self._is_ready

    def close(self) -> None:
        """Closes the connection where one is kept."""
        connection, _ = self.take()
        if connection is not None:
            connection.close()
