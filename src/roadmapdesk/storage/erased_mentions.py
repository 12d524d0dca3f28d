"""Where an erased interview is told of elsewhere in the file: measures, lines of the export log, kept lists.

A list of entities that other interviews were made with may hold what the erased one said. Its content is replaced;
a tombstone of the kind ``list`` leads from its hash to that of the new content, so that no other revision changes.
"""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from roadmapdesk.storage import revision_rows, row_sums
from roadmapdesk.storage.connections import Statements
from roadmapdesk.storage.content import canonical_json, row_digest, sha256_text
from roadmapdesk.storage.context import tombstone_key

LIST = "list"
_MEASURE = "measure"
ERASED = "erased"
"""In the details of a line of the export log: of how many erased interviews the file tells."""
Replaced = Mapping[str, tuple[str, bytes]]
"""Hash of a list → hash and content of what replaces it."""


def measures_with(connection: Statements, ids: Collection[str]) -> tuple[str, ...]:
    """Keys of the present measures that rest on one of these interviews, in the order of the plan."""
    query = "SELECT key, record FROM register WHERE kind = ? ORDER BY position, key"
    rows = connection.exec_driver_sql(query, (_MEASURE,)).fetchall()
    return tuple(key for key, record in rows if any(identifier in record for identifier in ids))


def forget_in_measures(connection: Statements, ids: Collection[str]) -> None:
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


def forget_in_exports(connection: Statements, ids: Collection[str]) -> None:
    """Takes the ids out of the export log; the lines stay and say of how many erased interviews the file tells."""
    query = "SELECT id, at, author, kind, level, language, target, sha, interviews, details FROM export_log"
    for row in connection.exec_driver_sql(query).fetchall():
        told = json.loads(row[8])
        if not set(ids).intersection(told):
            continue
        left = sorted(identifier for identifier in told if identifier not in ids)
        details = json.loads(row[9])
        details[ERASED] = details.get(ERASED, 0) + len(told) - len(left)
        values = (*row[1:8], canonical_json(left), canonical_json(details))
        statement = "UPDATE export_log SET interviews = ?, details = ?, digest = ? WHERE id = ?"
        connection.exec_driver_sql(statement, (*values[-2:], row_digest(*values), row[0]))


def without_erased(connection: Statements, value: Any) -> Any:  # noqa: ANN401 — JSON of any shape
    """JSON without the ids of erased interviews in its lists: what somebody held while they were erased."""
    query = "SELECT 1 FROM tombstone WHERE kind = 'interview' AND entity_hash = ?"
    erased = {
        text
        for text in _texts_in_lists(value)
        if connection.exec_driver_sql(query, (tombstone_key("interview", text),)).fetchone() is not None
    }
    return _without(value, erased) if erased else value


def _texts_in_lists(value: Any) -> Iterator[str]:  # noqa: ANN401 — JSON of any shape
    if isinstance(value, Mapping):
        for item in value.values():
            yield from _texts_in_lists(item)
    elif not isinstance(value, str) and isinstance(value, Sequence):
        for item in value:
            if isinstance(item, str):
                yield item
            else:
                yield from _texts_in_lists(item)


def replace_lists(connection: Statements, lists: Replaced) -> None:
    """Puts new content in the place of those lists that the file holds, in the caller's transaction."""
    columns = {row[1] for row in connection.exec_driver_sql("PRAGMA table_info(external_list)")}
    for old, (sha, content) in lists.items():
        if connection.exec_driver_sql("SELECT 1 FROM external_list WHERE sha = ?", (sha,)).fetchone():
            connection.exec_driver_sql("DELETE FROM external_list WHERE sha = ?", (old,))
            continue
        connection.exec_driver_sql("UPDATE external_list SET content = ? WHERE sha = ?", (content, old))
        if "digest" in columns:
            row_sums.change(connection, "external_list", {"sha": sha}, "sha = ?", (old,))
        else:
            connection.exec_driver_sql("UPDATE external_list SET sha = ? WHERE sha = ?", (sha, old))


def replaced_lists(connection: Statements) -> Replaced:
    """What was replaced so far, as the tombstones tell."""
    query = (
        "SELECT t.entity_hash, l.sha, l.content FROM tombstone t JOIN external_list l ON l.sha = t.reason"
        " WHERE t.kind = ?"
    )
    return {row[0]: (row[1], bytes(row[2])) for row in connection.exec_driver_sql(query, (LIST,))}


def replacement_of(connection: Statements, sha: str) -> str | None:
    """Hash of the list that stands for one whose content was replaced; None for any other."""
    query = "SELECT reason FROM tombstone WHERE kind = ? AND entity_hash = ?"
    row = connection.exec_driver_sql(query, (LIST, sha)).fetchone()
    return None if row is None else str(row[0])


def _rewrite_history(connection: Statements, measure: str, ids: Collection[str]) -> dict[str, str]:
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
    if isinstance(value, list | tuple):
        return [_without(item, ids) for item in value if not (isinstance(item, str) and item in ids)]
    if isinstance(value, dict):
        return {name: _without(item, ids) for name, item in value.items()}
    return value
