"""Rows of revisions inside a transaction of the caller: append, insert, read, heads."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from roadmapdesk.storage.connections import Statements
from roadmapdesk.storage.content import canonical_json, clean_text, from_stamp, sha256_text, to_stamp
from roadmapdesk.storage.context import Context
from roadmapdesk.storage.errors import DAMAGED_ENTRY, Damaged
from roadmapdesk.storage.values import Revision, RevisionKind

HEADS = (
    "SELECT r.sha FROM revision r WHERE r.entity_kind = ? AND r.entity_id = ?"
    " AND NOT EXISTS (SELECT 1 FROM revision_parent p WHERE p.parent = r.sha) ORDER BY r.created_at, r.sha"
)

ALL_HEADS = (
    "SELECT r.entity_id, r.sha FROM revision r WHERE r.entity_kind = ?"
    " AND NOT EXISTS (SELECT 1 FROM revision_parent p WHERE p.parent = r.sha) ORDER BY r.created_at, r.sha"
)


def append(
    connection: Statements,
    context: Context,
    *,
    entity_kind: str,
    entity_id: str,
    kind: RevisionKind,
    body: Mapping[str, Any],
    reason: str = "",
    parents: Sequence[str] = (),
) -> Revision:
    """Writes one new revision inside the caller's transaction."""
    query = "SELECT coalesce(max(device_sequence), 0) + 1 FROM revision WHERE device = ?"
    number = int(connection.exec_driver_sql(query, (context.device,)).fetchone()[0])
    created = context.now()
    document = canonical_json(
        {
            "entity_kind": entity_kind,
            "entity_id": entity_id,
            "kind": kind.value,
            "parents": sorted(parents),
            "body": dict(body),
            "author": context.author,
            "device": context.device,
            "device_sequence": number,
            "created_at": to_stamp(created),
            "reason": clean_text(reason),
        }
    )
    sha = sha256_text(document)
    insert(connection, sha, document)
    context.has_changed = True
    return parse(sha, document)


def insert(connection: Statements, sha: str, document: str) -> bool:
    """Stores a revision that exists already as text; False when it was known.

    Raises:
        ValueError: when the text does not hash to `sha`.
    """
    if sha256_text(document) != sha:
        msg = "the text of a revision does not match its name"
        raise ValueError(msg)
    record = json.loads(document)
    result = connection.exec_driver_sql(
        "INSERT INTO revision VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (sha) DO NOTHING",
        (
            sha,
            record["entity_kind"],
            record["entity_id"],
            record["kind"],
            record["created_at"],
            record["device"],
            record["device_sequence"],
            document,
        ),
    )
    if not result.rowcount:
        return False
    pairs = [(sha, parent) for parent in record["parents"]]
    if pairs:
        connection.exec_driver_sql("INSERT INTO revision_parent VALUES (?, ?)", pairs)
    return True


def parse(sha: str, document: str) -> Revision:
    """The revision of a canonical document."""
    record = json.loads(document)
    return Revision(
        sha=sha,
        entity_kind=record["entity_kind"],
        entity_id=record["entity_id"],
        kind=RevisionKind(record["kind"]),
        parents=tuple(record["parents"]),
        body=record["body"],
        author=record["author"],
        device=record["device"],
        device_sequence=record["device_sequence"],
        created_at=from_stamp(record["created_at"]),
        reason=record["reason"],
    )


def heads(connection: Statements, entity_kind: str, entity_id: str) -> tuple[str, ...]:
    """Hashes of the revisions that no other follows, the earliest first."""
    return tuple(row[0] for row in connection.exec_driver_sql(HEADS, (entity_kind, entity_id)))


def read(connection: Statements, sha: str) -> Revision:
    """The revision with this hash; KeyError for an unknown one."""
    row = connection.exec_driver_sql("SELECT document FROM revision WHERE sha = ?", (sha,)).fetchone()
    if row is None:
        raise KeyError(sha)
    if sha256_text(row[0]) != sha:
        raise Damaged(DAMAGED_ENTRY, place=sha[:12])
    return parse(sha, row[0])


def all_heads(connection: Statements, entity_kind: str) -> dict[str, tuple[str, ...]]:
    """Entity → hashes of its revisions that no other follows, the earliest first; one query for all entities."""
    found: dict[str, tuple[str, ...]] = {}
    for entity_id, sha in connection.exec_driver_sql(ALL_HEADS, (entity_kind,)):
        found[entity_id] = (*found.get(entity_id, ()), sha)
    return found


def read_many(connection: Statements, hashes: Sequence[str]) -> tuple[Revision, ...]:
    """The revisions with these hashes, in no particular order, with one query; unknown ones are left out."""
    query = f"SELECT sha, document FROM revision WHERE sha IN ({', '.join('?' * len(hashes))})"  # noqa: S608 — placeholders only
    found = []
    for sha, document in connection.exec_driver_sql(query, tuple(hashes)):
        if sha256_text(document) != sha:
            raise Damaged(DAMAGED_ENTRY, place=sha[:12])
        found.append(parse(sha, document))
    return tuple(found)
