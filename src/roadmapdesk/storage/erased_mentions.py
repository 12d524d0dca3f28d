"""Where an erased interview is mentioned elsewhere in the file: measures that rest on it, lines of the export log."""

import json
from collections.abc import Collection
from typing import Any

import sqlalchemy as sa

from roadmapdesk.storage import revision_rows
from roadmapdesk.storage.content import canonical_json, row_digest, sha256_text

_MEASURE = "measure"


def measures_with(connection: sa.Connection, ids: Collection[str]) -> tuple[str, ...]:
    """Keys of the present measures that rest on one of these interviews, in the order of the plan."""
    query = "SELECT key, record FROM register WHERE kind = ? ORDER BY position, key"
    rows = connection.exec_driver_sql(query, (_MEASURE,)).fetchall()
    return tuple(key for key, record in rows if any(identifier in record for identifier in ids))


def forget_in_measures(connection: sa.Connection, ids: Collection[str]) -> None:
    """Takes the ids out of the measures and of their whole history, in the caller's transaction.

    A revision without the id has another hash, so every revision after it is written anew as well. The result depends
    on the revisions alone: project, backups and other laptops come to the same one.
    """
    query = "SELECT DISTINCT entity_id FROM revision WHERE entity_kind = ? AND instr(document, ?) > 0"
    hit = {row[0] for each in ids for row in connection.exec_driver_sql(query, (_MEASURE, each))}
    for measure in sorted(hit):
        renamed = _rewrite_history(connection, measure, ids)
        query = "SELECT position, record, revision FROM register WHERE kind = ? AND key = ?"
        row = connection.exec_driver_sql(query, (_MEASURE, measure)).fetchone()
        if row is not None:
            position, revision = row[0], renamed.get(row[2], row[2])
            record = canonical_json(_without(json.loads(row[1]), ids))
            connection.exec_driver_sql(
                "UPDATE register SET record = ?, revision = ?, digest = ? WHERE kind = ? AND key = ?",
                (record, revision, row_digest(_MEASURE, measure, position, record, revision), _MEASURE, measure),
            )


def forget_in_exports(connection: sa.Connection, ids: Collection[str]) -> None:
    """Takes the ids out of the export log; the lines themselves stay, so that the places can still be found."""
    query = "SELECT id, at, author, kind, level, language, target, sha, interviews, details FROM export_log"
    for row in connection.exec_driver_sql(query).fetchall():
        told = json.loads(row[8])
        if not set(ids).intersection(told):
            continue
        text = canonical_json(sorted(identifier for identifier in told if identifier not in ids))
        values = (*row[1:8], text, row[9])
        connection.exec_driver_sql(
            "UPDATE export_log SET interviews = ?, digest = ? WHERE id = ?", (text, row_digest(*values), row[0])
        )


def _rewrite_history(connection: sa.Connection, measure: str, ids: Collection[str]) -> dict[str, str]:
    """Writes the revisions of a measure without the ids; old hash → new hash of those that changed."""
    query = "SELECT sha, document FROM revision WHERE entity_kind = ? AND entity_id = ?"
    waiting = {row[0]: row[1] for row in connection.exec_driver_sql(query, (_MEASURE, measure))}
    renamed: dict[str, str] = {}
    while waiting:
        parents = {sha: json.loads(document)["parents"] for sha, document in waiting.items()}
        for sha in [sha for sha, known in parents.items() if not waiting.keys() & set(known)]:
            record = json.loads(waiting.pop(sha))
            record["body"] = _without(record["body"], ids)
            record["parents"] = sorted(renamed.get(parent, parent) for parent in record["parents"])
            document = canonical_json(record)
            fresh = sha256_text(document)
            if fresh != sha:
                connection.exec_driver_sql("DELETE FROM revision_parent WHERE child = ?", (sha,))
                connection.exec_driver_sql("DELETE FROM revision WHERE sha = ?", (sha,))
                revision_rows.insert(connection, fresh, document)
                renamed[sha] = fresh
    return renamed


def _without(value: Any, ids: Collection[str]) -> Any:  # noqa: ANN401 — JSON of any shape
    """The same JSON without these texts in its lists."""
    if isinstance(value, list):
        return [_without(item, ids) for item in value if not (isinstance(item, str) and item in ids)]
    if isinstance(value, dict):
        return {name: _without(item, ids) for name, item in value.items()}
    return value
