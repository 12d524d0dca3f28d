"""Check sums of single rows: what is written with one, what is changed with it, and rows that do not fit theirs.

A row whose check sum did not fit keeps one that fits nothing when it is changed: a change must not hide damage.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from roadmapdesk.storage.connections import Statements
from roadmapdesk.storage.content import row_digest, sha256_bytes

SUMMED: Mapping[str, tuple[str, ...]] = {
    "session": ("id", "started_at", "ended_at", "author", "device", "host", "pid", "program"),
    "form": ("sha", "form_id", "version", "title", "source", "source_name", "added_at"),
    "external_list": ("sha", "name", "added_at"),
    "attachment_link": ("interview_no", "path", "sha", "name", "mime", "size", "added_at"),
    "code_block": ("device", "first", "last", "next"),
    "pseudonym": ("kind", "key", "pseudonym"),
    "arrival": ("sha", "interview_id", "path", "name", "mime", "at"),
    "recording": ("id", "interview_id", "path", "rate", "started_at"),
}
"""Tables whose rows have a check sum since schema 0003 → the columns it is computed of, in their order.

Columns that are left out have a hash of their own (`form.xml` and `form.extra`, `external_list.content`).
"""
_NO_SUM = "-"


def sum_of(values: Sequence[object]) -> str:
    """The check sum of a row; bytes count by their SHA-256."""
    return row_digest(*(sha256_bytes(value) if isinstance(value, bytes) else value for value in values))


def sum_of_row(table: str, row: Mapping[str, object]) -> str:
    """The check sum of a row of this table."""
    return sum_of([row[column] for column in SUMMED[table]])


def insert(
    connection: Statements, table: str, row: Mapping[str, object], *, conflict: str = "", digest: str = ""
) -> Any:  # noqa: ANN401 — the result of SQLAlchemy or the driver's cursor
    """Inserts a row with its check sum in the caller's transaction.

    Args:
        connection: of the caller.
        table: one of `SUMMED`.
        row: all columns but the check sum.
        conflict: what follows ``ON CONFLICT``, such as ``DO NOTHING``.
        digest: the check sum that the row had elsewhere; computed by default.
    """
    digest = digest or sum_of_row(table, row)
    columns = ", ".join(f'"{column}"' for column in (*row, "digest"))
    marks = ", ".join("?" * (len(row) + 1))
    rest = f" ON CONFLICT {conflict}" if conflict else ""
    statement = f"INSERT INTO {table} ({columns}) VALUES ({marks}){rest}"  # noqa: S608 — constant names
    return connection.exec_driver_sql(statement, (*row.values(), digest))


def change(
    connection: Statements, table: str, changed: Mapping[str, object], where: str, values: tuple[object, ...] = ()
) -> None:
    """Changes columns of the rows that a condition names, and their check sums with them."""
    names = SUMMED[table]
    for number, digest, *row in connection.exec_driver_sql(f"{_query(table)} WHERE {where}", values).fetchall():
        fresh = {**dict(zip(names, row, strict=True)), **changed}
        after = sum_of([fresh[name] for name in names]) if sum_of(row) == digest else _NO_SUM
        columns = ", ".join(f'"{column}" = ?' for column in (*changed, "digest"))
        statement = f"UPDATE {table} SET {columns} WHERE rowid = ?"  # noqa: S608 — constant names
        connection.exec_driver_sql(statement, (*changed.values(), after, number))


def add(connection: Statements, table: str) -> None:
    """Gives the rows of an earlier version's table their check sums, in the caller's transaction."""
    connection.exec_driver_sql(f"ALTER TABLE {table} ADD COLUMN digest TEXT DEFAULT '' NOT NULL")
    statement = f"UPDATE {table} SET digest = ? WHERE rowid = ?"  # noqa: S608 — constant names
    for row in connection.exec_driver_sql(_query(table)).fetchall():
        connection.exec_driver_sql(statement, (sum_of(row[2:]), row[0]))


def unfitting(connection: Any, table: str) -> Iterator[str]:  # noqa: ANN401 — a DB-API connection of either driver
    """How a finding names each row whose check sum does not fit; nothing where a file of an earlier version has none.

    Yields:
        The row's number in its table, which tells nothing about its content.
    """
    if not has_sums(connection, table):
        return
    for number, digest, *row in connection.execute(_query(table)):
        if sum_of(row) != digest:
            yield str(number)


def has_sums(connection: Any, table: str) -> bool:  # noqa: ANN401 — a DB-API connection of either driver
    """Whether this file's table has check sums."""
    return any(row[1] == "digest" for row in connection.execute(f"PRAGMA table_info({table})"))


def _query(table: str) -> str:
    columns = ", ".join(f'"{column}"' for column in SUMMED[table])
    return f"SELECT rowid, digest, {columns} FROM {table}"  # noqa: S608 — constant names
