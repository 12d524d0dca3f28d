"""Salvage of what is told beside the answers: sessions, audit trail, notes, links, exports, tombstones, names."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from roadmapdesk.storage import row_sums
from roadmapdesk.storage.connections import Statements
from roadmapdesk.storage.content import row_digest
from roadmapdesk.storage.identities import is_pseudonym
from roadmapdesk.storage.recovery import begin_number
from roadmapdesk.storage.rescue_rows import ReadableRows

_AUDIT = "session_id, interview_no, sequence, event, path, old_text, new_text, reason, at, elapsed_ms, digest"
_EXPORT = "at, author, kind, level, language, target, sha, interviews, details, digest"


def tombstones(rows: ReadableRows, connection: Statements) -> int:
    """Signs of erasure whose check sum matches; returns how many. What they name must not be brought out."""
    columns = "kind, entity_hash, reason, author, at, digest"
    found = [row for row in rows.of("tombstone", columns) if row_digest(*row[:5]) == row[5]]
    return insert(connection, "tombstone", columns, found)


def exports(rows: ReadableRows, connection: Statements) -> int:
    """Lines of the export log whose check sum matches; returns how many."""
    found = [row for row in rows.of("export_log", _EXPORT) if row_digest(*row[:9]) == row[9]]
    return insert(connection, "export_log", _EXPORT, found)


def pseudonyms(rows: ReadableRows, connection: Statements) -> int:
    """The names that stand for codes below the internal level, each once; returns how many."""
    count = 0
    for row in rows.summed("pseudonym"):
        one = row.columns
        if row.fits and one["kind"] and one["key"] and is_pseudonym(one["pseudonym"]):
            count += row_sums.insert(connection, "pseudonym", one, conflict="DO NOTHING").rowcount
    return count


def code_blocks(rows: ReadableRows, connection: Statements) -> None:
    """The blocks of interview codes that make sense; of two that overlap the first one.

    One that is lost costs nothing: the device gets a new one behind all others, and a code that an interview bears
    is never given twice (see `Codes.next`).
    """
    taken: list[tuple[int, int]] = []
    for row in rows.summed("code_block"):
        device, first, last, following = row.columns.values()
        is_sound = row.fits and all(isinstance(one, int) for one in (first, last, following)) and device
        if not is_sound or not 1 <= first <= following <= last + 1:
            continue
        if all(last < begin or first > end for begin, end in taken):
            taken.append((first, last))
            row_sums.insert(connection, "code_block", row.columns)


def notes_and_links(rows: ReadableRows, connection: Statements, present: set[int]) -> None:
    """Notes and links of attachments of the interviews that came out."""
    columns = "interview_no, path, text, author, updated_at, digest"
    notes = [row for row in rows.of("note", columns) if row[0] in present and row_digest(*row[:5]) == row[5]]
    insert(connection, "note", columns, notes)
    insert_summed(rows, connection, "attachment_link", lambda row: row["interview_no"] in present)


def audit(rows: ReadableRows, connection: Statements, present: set[int]) -> int:
    """Events whose check sum matches, of the project and of the interviews that came out; returns how many.

    An event whose session cannot be read, or was changed, is kept under a session of its own that names nobody.
    """
    sessions = {row.columns["id"]: row.columns for row in rows.summed("session") if row.fits}
    numbers: dict[int, int] = {}
    found = []
    for row in rows.of("audit", _AUDIT):
        if (row[1] is None or row[1] in present) and row_digest(*row[:10]) == row[10]:
            if row[0] not in numbers:
                numbers[row[0]] = _begin_session(connection, sessions.get(row[0]), row[8])
            values = (numbers[row[0]], *row[1:10])
            found.append((*values, row_digest(*values)))
    return insert(connection, "audit", _AUDIT, found)


def _begin_session(connection: Statements, found: Mapping[str, Any] | None, at: str) -> int:
    """Writes a session anew, ended in any case; returns its number."""
    nobody = {"started_at": at, "ended_at": at, "author": "", "device": "", "host": "", "pid": 0, "program": ""}
    row = {**(found or nobody), "id": begin_number(connection)}
    row["ended_at"] = row["ended_at"] or row["started_at"]
    row_sums.insert(connection, "session", row)
    return int(row["id"])


def insert_summed(
    rows: ReadableRows,
    connection: Statements,
    table: str,
    is_wanted: Callable[[Mapping[str, Any]], bool],
    *more: str,
) -> int:
    """Takes rows over with the check sums they had, so that what does not fit stays a finding; returns how many."""
    found = [row for row in rows.summed(table, *more) if is_wanted(row.columns)]
    return sum(
        row_sums.insert(connection, table, row.columns, conflict="DO NOTHING", digest=row.digest).rowcount
        for row in found
    )


def insert(connection: Statements, table: str, columns: str, found: Sequence[Sequence[Any]]) -> int:
    """Inserts rows that are not there yet; returns how many were."""
    marks = ", ".join("?" * (columns.count(",") + 1))
    statement = f"INSERT INTO {table} ({columns}) VALUES ({marks}) ON CONFLICT DO NOTHING"  # noqa: S608 — constant names
    return sum(connection.exec_driver_sql(statement, tuple(row)).rowcount for row in found)
