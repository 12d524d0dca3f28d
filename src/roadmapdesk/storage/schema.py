"""Which file is this, and may this program touch it: identity, version, creation, migration."""

import contextlib
from collections.abc import Callable
from pathlib import Path

import sqlalchemy as sa

from roadmapdesk.storage import errors, row_sums, tables
from roadmapdesk.storage.engine import Store, connect, driver_for
from roadmapdesk.storage.failures import Primary, Probe, classify, file_identity, primary_code
from roadmapdesk.storage.keys import FileKey

PLAIN_HEADER = b"SQLite format 3\0"
_PAGE = 4096


def looks_plain(path: Path) -> bool:
    """True for a database file that is not encrypted."""
    with path.open("rb") as stream:
        return stream.read(len(PLAIN_HEADER)) == PLAIN_HEADER


def looks_encrypted(path: Path) -> bool:
    """True for a file of whole pages that begins like random bytes: probably an encrypted database."""
    with path.open("rb") as stream:
        start = stream.read(_PAGE)
    return len(start) == _PAGE and path.stat().st_size % _PAGE == 0 and len(set(start)) > 200


def create_file(path: Path, key: FileKey | None, metadata: sa.MetaData, application_id: int) -> None:
    """Creates a database with all tables; nothing may lie at `path`.

    Raises:
        StorageError: when it cannot be written.
    """
    driver = driver_for(key)
    probe = Probe(path, path.parent.stem, None, key)
    try:
        with contextlib.closing(connect(path, key, mode="rwc")) as connection:
            connection.execute(f"PRAGMA application_id = {application_id}")
            connection.execute("BEGIN IMMEDIATE")
            dialect = sa.create_engine("sqlite://").dialect
            for table in metadata.sorted_tables:
                connection.execute(str(sa.schema.CreateTable(table).compile(dialect=dialect)))
                for index in sorted(table.indexes, key=lambda index: str(index.name)):
                    connection.execute(str(sa.schema.CreateIndex(index).compile(dialect=dialect)))
            if "alembic_version" in metadata.tables:
                for guard in tables.GUARDS:
                    connection.execute(guard)
                connection.execute("INSERT INTO alembic_version VALUES (?)", (tables.SCHEMA_VERSION,))
            connection.execute("COMMIT")
    except driver.Error as error:
        raise classify(error, probe, writing=True) from error


def complete_media(path: Path, key: FileKey | None, *, name: str) -> None:
    """Adds the tables and check sums that an earlier version's file with attachments lacks; the rest stays as it is.

    Raises:
        StorageError: when it cannot be written.
    """
    driver = driver_for(key)
    try:
        with contextlib.closing(connect(path, key)) as connection:
            present = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            missing = [table for table in tables.media_tables.sorted_tables if table.name not in present]
            bare = [
                table.name
                for table in tables.media_tables.sorted_tables
                if table.name in present & row_sums.SUMMED.keys() and not row_sums.has_sums(connection, table.name)
            ]
            if not (missing or bare):
                return
            dialect = sa.create_engine("sqlite://").dialect
            connection.execute("BEGIN IMMEDIATE")
            for table in missing:
                connection.execute(str(sa.schema.CreateTable(table).compile(dialect=dialect)))
            for name_of_table in bare:
                row_sums.add(connection, name_of_table)
            connection.execute("COMMIT")
    except driver.Error as error:
        raise classify(error, Probe(path, name, file_identity(path), key), writing=True) from error


def check_file(path: Path, key: FileKey | None, *, name: str, application_id: int, read_only: bool) -> str:
    """Looks at an existing file before anything else does; returns its schema version, empty for media files.

    Raises:
        Damaged: empty or cut off, or unreadable from the first page on.
        KeyRefused: the key does not open it.
        Foreign: a database of another program, or no database.
        DatabaseTooNew: of a newer version.
    """
    if path.stat().st_size < 512:
        raise errors.Damaged(errors.EMPTY_FILE, name=name)
    driver = driver_for(key)
    try:
        # Writable, where the caller holds the lock: only then can a transaction that was cut off be rolled back.
        with contextlib.closing(connect(path, key, mode="ro" if read_only else "rw", pragmas=())) as connection:
            if connection.execute("PRAGMA application_id").fetchone()[0] != application_id:
                raise errors.Foreign(errors.FOREIGN, name=path.parent.name)
            if application_id != tables.PROJECT_APPLICATION_ID:
                return ""
            rows = connection.execute("SELECT version_num FROM alembic_version").fetchall()
    except driver.Error as error:
        raise _refusal(error, path, key, name) from error
    version = str(rows[0][0]) if rows else ""
    if not version:
        raise errors.Damaged(errors.DAMAGED, name=name)
    if not version.isdigit() or int(version) > int(tables.SCHEMA_VERSION):  # ids were numbers so far
        raise errors.DatabaseTooNew(errors.TOO_NEW, name=name, found=version, known=tables.SCHEMA_VERSION)
    return version


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
    from roadmapdesk.storage.migrations.runner import run  # noqa: PLC0415 — loads alembic, only when versions differ

    saved = backup()
    store.close()
    pragmas = ("PRAGMA journal_mode = TRUNCATE", "PRAGMA synchronous = EXTRA", "PRAGMA foreign_keys = OFF")
    try:
        run(lambda: connect(store.path, store.key, pragmas=pragmas), store.driver)
    except (sa.exc.SQLAlchemyError, store.driver.Error, RuntimeError) as error:
        raise errors.MigrationFailed(errors.MIGRATION_FAILED, name=store.name, backup=saved) from error
