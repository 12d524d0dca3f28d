"""One open database file: connections with the right pragmas, real transactions, and failures in our own words.

A rollback journal (`journal_mode=TRUNCATE`, `synchronous=EXTRA`) and not WAL: WAL writes into a deleted or replaced
file without any error, and one flipped bit in it silently drops commits (docs/adr/0009).
"""

import contextlib
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any

from roadmapdesk.storage import failures
from roadmapdesk.storage.connections import Connection, ConnectionPool
from roadmapdesk.storage.errors import (
    DAMAGED,
    MOVED,
    NO_CIPHER,
    READ_ONLY,
    Damaged,
    KeyRefused,
    ProjectMoved,
    ProjectReadOnly,
    StorageError,
)
from roadmapdesk.storage.keys import FileKey

BUSY_TIMEOUT_S = 5.0
_SMALL = 16 << 20  # bytes: a project of some hundred interviews
_CONTENTS = "sqlite_master"  # looked at by name, SQLite looks at the list of free pages as well
PRAGMAS = (
    "PRAGMA journal_mode = TRUNCATE",
    "PRAGMA synchronous = EXTRA",
    "PRAGMA fullfsync = ON",
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",
    "PRAGMA cache_size = -16384",
)
READ_ONLY_PRAGMAS = ("PRAGMA query_only = ON", PRAGMAS[-1])


def driver_for(key: FileKey | None) -> ModuleType:
    """The DB-API module: the standard library's, or SQLCipher's for encrypted files.

    Raises:
        KeyRefused: when the file is encrypted and SQLCipher is not installed; there is no fallback.
    """
    if key is None:
        import sqlite3  # noqa: PLC0415 — beside its alternative

        return sqlite3
    try:
        from sqlcipher3 import dbapi2  # noqa: PLC0415 — only encrypted projects need it
    except ImportError as error:
        raise KeyRefused(NO_CIPHER) from error
    return dbapi2  # type: ignore[no-any-return]  # — the module ships no type information


def connect(path: Path, key: FileKey | None, *, mode: str = "rw", pragmas: tuple[str, ...] = PRAGMAS) -> Any:  # noqa: ANN401 — a DB-API connection of either driver
    """A DB-API connection in autocommit mode; `mode` is ``ro``, ``rw`` or ``rwc`` (may create the file)."""
    driver = driver_for(key)
    connection = driver.connect(
        f"{path.absolute().as_uri()}?mode={mode}",
        uri=True,
        timeout=BUSY_TIMEOUT_S,
        isolation_level=None,
        check_same_thread=False,
    )
    try:
        if key is not None:
            connection.execute(key.pragma)
            connection.execute("PRAGMA cipher_log_level = NONE")
        for pragma in pragmas if mode != "ro" else READ_ONLY_PRAGMAS:
            connection.execute(pragma)
    except driver.Error:
        connection.close()
        raise
    return connection


def opens(path: Path, key: FileKey | None) -> bool:
    """Whether SQLite takes a file for a database with this key; None opens one that is not encrypted."""
    driver = driver_for(key)
    try:
        with contextlib.closing(connect(path, key, mode="ro")) as connection:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except (driver.Error, OSError, UnicodeDecodeError):
        return False
    return True


class Store:
    """One database file with its connections.

    One writer at a time: `write` begins with BEGIN IMMEDIATE behind a lock, `read` with BEGIN. Both turn failures
    of the database into `StorageError`s. Connections may be used from any thread.

    The connection that looks at the file when a project is opened (`first_look`) serves the transactions after it.

    Attributes:
        path: the file.
        name: what messages call the project.
        key: None for a file that is not encrypted.
        is_damaged: a part of the file was found damaged; nothing is written to it any more.
    """

    def __init__(self, path: Path, *, name: str, key: FileKey | None = None, read_only: bool = False) -> None:
        self.path = path
        self.name = name
        self.key = key
        self.read_only = read_only
        self.is_damaged = False
        self.driver = driver_for(key)
        self._anchor = failures.Anchor(path)
        self._lock = threading.RLock()
        self._pool = ConnectionPool()

    @property
    def identity(self) -> failures.Identity | None:
        """Device and inode of the file as it was opened."""
        return self._anchor.identity

    def _connect(self) -> Any:  # noqa: ANN401 — a DB-API connection of either driver
        self._anchor.hold()
        kept, is_ready = self._pool.take()
        if kept is None:
            return connect(self.path, self.key, mode=self._mode)
        try:
            for pragma in () if is_ready or self.read_only else PRAGMAS:
                kept.execute(pragma)
        except self.driver.Error:
            kept.close()
            raise
        return kept

    @property
    def _mode(self) -> str:
        return "ro" if self.read_only else "rw"

    @contextmanager
    def first_look(self) -> Iterator[Any]:
        """The file's first connection, to read whose file it is before anything else is done with it.

        Writable where the project is opened for writing: only then can a transaction that was cut off be rolled back.
        Failures come as the driver's own.
        """
        generation = self._pool.generation
        connection = connect(self.path, self.key, mode=self._mode, pragmas=())
        self._pool.keep(connection, is_ready=False, generation=generation)
        try:
            yield connection
        except BaseException:
            self._drop()
            raise

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A short reading transaction: one consistent view of the file.

        Raises:
            StorageError: as the failure is classified.
        """
        try:
            with self._lent() as bare:
                bare.execute("BEGIN")
                yield Connection(bare)
                bare.execute("COMMIT")
        except (self.driver.Error, UnicodeDecodeError) as error:
            raise self.failure(error, writing=False) from error

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A durable writing transaction: when the block ends without an exception, everything is on the disk.

        Raises:
            StorageError: as the failure is classified; nothing of the block is stored then, except that after an
                error of the disk itself (`WriteFailed`) the outcome is unknown.
        """
        if self.read_only:
            raise ProjectReadOnly(READ_ONLY, name=self.name)
        if self.is_damaged:
            raise Damaged(DAMAGED, name=self.name)
        try:
            with self._lock, self._lent() as bare:
                bare.execute("BEGIN IMMEDIATE")
                self._refuse_other_file()
                yield Connection(bare)
                bare.execute("COMMIT")
        except (self.driver.Error, UnicodeDecodeError) as error:
            raise self.failure(error, writing=True) from error

    @contextmanager
    def _lent(self) -> Iterator[Any]:
        """A connection of the driver, kept afterwards; what a failed block did is rolled back."""
        generation = self._pool.generation
        connection = self._connect()
        try:
            yield connection
        except BaseException:
            try:
                connection.rollback()
            except self.driver.Error:
                connection.close()
            else:
                self._pool.keep(connection, is_ready=True, generation=generation)
            raise
        self._pool.keep(connection, is_ready=True, generation=generation)

    def look_before_writing(self) -> None:
        """Looks at every page of a small file, some hundredths of a second long: a damaged one stays unwritten.

        Of a large file, whose other pages wait for `verify`, it looks at what a write trusts blindly: SQLite lays new
        pages behind the last one that the header tells, or on one that the list of free pages names, whatever is
        there. A file that cannot be looked at now is told by the first write.
        """
        look = _is_whole if self.path.stat().st_size <= _SMALL else self._may_grow
        with contextlib.suppress(StorageError):
            self.is_damaged = not (self._looked(look, use_first=True) or self._looked(look))

    def _may_grow(self, connection: Any) -> bool:  # noqa: ANN401 — a DB-API connection of either driver
        """Whether header, list of free pages and table of contents tell the truth about the file."""
        connection.execute("BEGIN")
        # SQLCipher says one of these numbers as text.
        pages, size = (
            int(connection.execute(f"PRAGMA {name}").fetchone()[0]) for name in ("page_count", "page_size")
        )
        may_grow = pages == self.path.stat().st_size // size and _is_whole(connection, _CONTENTS)
        connection.execute("COMMIT")
        return may_grow

    def verify(
        self, is_stopped: Callable[[], bool], progress: Callable[[int, int], None] = lambda _done, _total: None
    ) -> None:
        """Looks at every page, one table after the other; whoever writes meanwhile waits for the table under way.

        Args:
            is_stopped: asked before each table; the rest is left out then.
            progress: told tables done and tables in all.

        Raises:
            Damaged: a page is damaged, also at a second look; nothing is written to the file any more.
            StorageError: as the failure is classified.
        """
        tables = self._tables()
        for done, table in enumerate(tables):
            if is_stopped():
                return
            progress(done, len(tables))
            with self._lock:
                look = partial(_is_whole, table=table)
                is_sound = self._looked(look) or self._looked(look)
            if not is_sound:
                self.is_damaged = True
                raise Damaged(DAMAGED, name=self.name)
        progress(len(tables), len(tables))

    def _tables(self) -> list[str]:
        with self.read() as connection:
            rows = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        return [str(row[0]) for row in rows]

    def _looked(self, look: Callable[[Any], bool], *, use_first: bool = False) -> bool:
        """Looks through a connection of its own, which shows no page that was kept, or through that of the opening.

        Raises:
            StorageError: the file cannot be looked at just now.
        """
        try:
            if use_first and self._pool.next is not None:
                is_good = look(self._pool.next)
            else:
                with contextlib.closing(connect(self.path, self.key, mode="ro")) as connection:
                    is_good = look(connection)
        except self.driver.Error as error:
            if failures.primary_code(error) not in {failures.Primary.CORRUPT, failures.Primary.NOTADB}:
                raise self.failure(error, writing=False) from error
            is_good = False
        if not is_good:
            self._drop()  # after one damaged page SQLCipher's connections read nothing any more
        return is_good

    def _refuse_other_file(self) -> None:
        """Refuses a file that was laid at the path while the project was open.

        SQLite notices only that the file of an open connection went away; a connection made afterwards would write
        into the other file without any error.
        """
        if failures.Probe(self.path, self.name, self.identity, self.key).is_moved:
            self._drop()
            raise ProjectMoved(MOVED, name=self.name)

    def failure(self, error: Exception, *, writing: bool) -> Exception:
        """The failure in our own words; connections are dropped so that a retry starts from the file itself."""
        self._drop()
        found = failures.classify(
            error, failures.Probe(self.path, self.name, self.identity, self.key), writing=writing
        )
        self.is_damaged |= isinstance(found, Damaged)
        return found

    def adopt(self, key: FileKey) -> None:
        """Goes on with a file that was replaced by one with another key."""
        self.close()
        self.driver = driver_for(key)
        self.key = key
        self._anchor = failures.Anchor(self.path)

    def close(self) -> None:
        """Closes every connection; the store can be used again afterwards."""
        self._drop()
        self._anchor.let_go()

    def _drop(self) -> None:
        self._pool.drop()


def _is_whole(connection: Any, table: str = "") -> bool:  # noqa: ANN401 — a DB-API connection of either driver
    """Whether the pages of a table or of the whole file can be read and hang together."""
    which = "'{}'".format(table.replace("'", "''")) if table else "1"
    return bool(connection.execute(f"PRAGMA quick_check({which})").fetchone()[0] == "ok")
