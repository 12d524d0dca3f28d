"""Which file is this, and may this program touch it: identity, version, creation, migration."""

import contextlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from roadmapdesk.storage import errors, file_format, row_sums
from roadmapdesk.storage.engine import Store, connect, driver_for
from roadmapdesk.storage.failures import Primary, Probe, classify, file_identity, primary_code
from roadmapdesk.storage.keys import FileKey

PLAIN_HEADER = b"SQLite format 3\0"
_PAGE = 4096
_MEDIA_TABLES = "SELECT name, sql LIKE '%digest TEXT%' FROM sqlite_master WHERE type = 'table'"


def looks_plain(path: Path) -> bool:
    """True for a database file that is not encrypted."""
    with path.open("rb") as stream:
        return stream.read(len(PLAIN_HEADER)) == PLAIN_HEADER


def looks_encrypted(path: Path) -> bool:
    """True for a file of whole pages that begins like random bytes: probably an encrypted database."""
    with path.open("rb") as stream:
        start = stream.read(_PAGE)
    return len(start) == _PAGE and path.stat().st_size % _PAGE == 0 and len(set(start)) > 200


def create_file(path: Path, key: FileKey | None, application_id: int) -> None:
    """Creates a database with all tables that files of this application id have; nothing may lie at `path`.

    Raises:
        StorageError: when it cannot be written.
    """
    from roadmapdesk.storage.tables import statements  # noqa: PLC0415 — loads SQLAlchemy, only where files are made

    driver = driver_for(key)
    probe = Probe(path, path.parent.stem, None, key)
    try:
        with contextlib.closing(connect(path, key, mode="rwc")) as connection:
            connection.execute(f"PRAGMA application_id = {application_id}")
            connection.execute("BEGIN IMMEDIATE")
            for statement in statements(application_id):
                connection.execute(statement)
            connection.execute("COMMIT")
    except driver.Error as error:
        raise classify(error, probe, writing=True) from error


def check_file(store: Store) -> str:
    """Looks at an existing project file before anything else does; returns its schema version.

    Raises:
        Damaged: empty or cut off, or unreadable from the first page on.
        KeyRefused: the key does not open it.
        Foreign: a database of another program, or no database.
        DatabaseTooNew: of a newer version.
    """
    with _looking(store, file_format.PROJECT_APPLICATION_ID) as connection:
        rows = connection.execute("SELECT version_num FROM alembic_version").fetchall()
    version = str(rows[0][0]) if rows else ""
    if not version:
        raise errors.Damaged(errors.DAMAGED, name=store.name)
    if is_newer(version):
        raise errors.DatabaseTooNew(errors.TOO_NEW, name=store.name, found=version, known=file_format.SCHEMA_VERSION)
    return version


def is_newer(version: str) -> bool:
    """Whether a newer version of the program wrote a file of this schema version; ids were numbers so far."""
    return not version.isdigit() or int(version) > int(file_format.SCHEMA_VERSION)


def check_media(store: Store) -> bool:
    """The same for the file with attachments; returns whether it lacks what `complete_media` adds.

    A table of contents that cannot be read lacks nothing: the look at the pages tells of it.

    Raises:
        Damaged, KeyRefused, Foreign: as `check_file`.
    """
    unreadable = contextlib.suppress(store.driver.Error, UnicodeDecodeError)
    with _looking(store, file_format.MEDIA_APPLICATION_ID) as connection, unreadable:
        return bool(_missing(connection.execute(_MEDIA_TABLES)))
    return False


def complete_media(store: Store) -> None:
    """Adds the tables and check sums that an earlier version's file with attachments lacks; the rest stays as it is.

    Raises:
        StorageError: when it cannot be written.
    """
    from roadmapdesk.storage.tables import creation  # noqa: PLC0415 — loads SQLAlchemy, only for files of earlier versions

    with store.write() as connection:
        for name, is_new in _missing(connection.exec_driver_sql(_MEDIA_TABLES)):
            if is_new:
                connection.exec_driver_sql(creation(name))
            else:
                row_sums.add(connection, name)


def _missing(rows: Iterable[Any]) -> list[tuple[str, bool]]:
    """The tables that a file with attachments lacks, True, and those whose rows have no check sums yet, False."""
    has_sums = {name: bool(found) for name, found in rows}
    return [
        (name, name not in has_sums)
        for name in file_format.MEDIA_TABLES
        if not has_sums.get(name, False) and (name not in has_sums or name in row_sums.SUMMED)
    ]


@contextlib.contextmanager
def _looking(store: Store, application_id: int) -> Iterator[Any]:
    """The first connection to a file that is ours by its size and application id; failures in our words."""
    if store.path.stat().st_size < 512:
        raise errors.Damaged(errors.EMPTY_FILE, name=store.name)
    try:
        with store.first_look() as connection:
            if connection.execute("PRAGMA application_id").fetchone()[0] != application_id:
                raise errors.Foreign(errors.FOREIGN, name=store.path.parent.name)
            yield connection
    except store.driver.Error as error:
        raise _refusal(error, store.path, store.key, store.name) from error


def _refusal(error: Exception, path: Path, key: FileKey | None, name: str) -> Exception:
    code = primary_code(error)
    if code == Primary.NOTADB and key is not None:
        return errors.KeyRefused(errors.UNREADABLE, name=name)
    if code == Primary.NOTADB:
        return errors.Foreign(errors.FOREIGN, name=path.parent.name)
    return classify(error, Probe(path, name, file_identity(path), key), writing=False)


def upgrade(store: Store, backup: Callable[[], Path]) -> None:
    """Converts the file to the current schema, after a verified backup.

    Foreign keys are off while tables are rebuilt, because SQLite would otherwise empty their child tables; they are
    checked before the commit.

    Raises:
        MigrationFailed: the file is as it was before; the message names the backup.
    """
    from sqlalchemy.exc import SQLAlchemyError  # noqa: PLC0415 — as below

    from roadmapdesk.storage.migrations.runner import run  # noqa: PLC0415 — loads alembic, only when versions differ

    saved = backup()
    store.close()
    pragmas = ("PRAGMA journal_mode = TRUNCATE", "PRAGMA synchronous = EXTRA", "PRAGMA foreign_keys = OFF")
    try:
        run(lambda: connect(store.path, store.key, pragmas=pragmas), store.driver)
    except (SQLAlchemyError, store.driver.Error, RuntimeError) as error:
        raise errors.MigrationFailed(errors.MIGRATION_FAILED, name=store.name, backup=saved) from error
