"""Registers of a project: actors, reference networks, measures. Each change is a revision as well."""

import json
import unicodedata
import uuid
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Generic, TypeVar

from roadmapdesk.domain.actors import Actor, ReferenceNetwork
from roadmapdesk.storage import revision_rows
from roadmapdesk.storage.connections import Statements
from roadmapdesk.storage.content import canonical_json, from_stamp, row_digest, to_stamp
from roadmapdesk.storage.context import Context
from roadmapdesk.storage.erased_mentions import without_erased
from roadmapdesk.storage.values import Measure, RevisionKind

Entry = TypeVar("Entry", bound="Actor | ReferenceNetwork")
_UPSERT = (
    "INSERT INTO register VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (kind, key) DO UPDATE SET"
    " name_key = excluded.name_key, position = excluded.position, record = excluded.record,"
    " revision = excluded.revision, updated_at = excluded.updated_at, digest = excluded.digest"
)

SEPARATOR = " | "
"""Between the names that an entry is found by."""


def name_key(name: str) -> str:
    """What a name is sorted and searched by: no case, no accents, ß as ss.

    Example: ``name_key("Äpfel & Öl")`` is ``apfel & ol``.
    """
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def names_key(record: Mapping[str, Any]) -> str:
    """What an entry is sorted and searched by: all its names, the German one first; empty for one without names."""
    names = dict(record.get("names", {}))
    return SEPARATOR.join(name_key(name) for name in (names.get("de", ""), *names.values()) if name)


class Register(Generic[Entry]):
    """Organisations or networks by their key, in order of their German names."""

    def __init__(self, context: Context, kind: str, parse: Callable[[Mapping[str, Any]], Entry]) -> None:
        self._context = context
        self._kind = kind
        self._parse = parse

    def save(self, entry: Entry) -> None:
        """Stores a new or changed entry."""
        self.save_all((entry,))

    def save_all(self, entries: Sequence[Entry]) -> None:
        """Stores several entries in one transaction."""
        with self._context.store.write() as connection:
            for entry in entries:
                record = entry.to_record()
                put(connection, self._context, self._kind, entry.key, names_key(record), 0, record)

    def get(self, key: str) -> Entry:
        """The entry with this key.

        Raises:
            KeyError: when there is none.
        """
        query = "SELECT record FROM register WHERE kind = ? AND key = ?"
        with self._context.store.read() as connection:
            row = connection.exec_driver_sql(query, (self._kind, key)).fetchone()
        if row is None:
            raise KeyError(key)
        return self._parse(json.loads(row[0]))

    def list(self) -> tuple[Entry, ...]:
        """All entries."""
        return self._select("", ())

    def find(self, text: str) -> tuple[Entry, ...]:
        """Entries with this text in a name of either language; case and accents do not matter."""
        return self._select(" AND instr(name_key, ?) > 0", (name_key(text.strip()),))

    def remove(self, key: str) -> None:
        """Takes an entry out of the register; its history stays, interviews keep its key."""
        with self._context.store.write() as connection:
            discard(connection, self._context, self._kind, key)

    def _select(self, condition: str, values: tuple[str, ...]) -> tuple[Entry, ...]:
        query = f"SELECT record FROM register WHERE kind = ?{condition} ORDER BY name_key, key"  # noqa: S608 — constants only
        with self._context.store.read() as connection:
            rows = connection.exec_driver_sql(query, (self._kind, *values)).fetchall()
        return tuple(self._parse(json.loads(row[0])) for row in rows)


def actors_register(context: Context) -> Register[Actor]:
    """The actors of the project."""
    return Register(context, "actor", Actor.from_record)


def networks_register(context: Context) -> Register[ReferenceNetwork]:
    """The reference networks of the project."""
    return Register(context, "network", ReferenceNetwork.from_record)


class Measures:
    """The measures of the roadmap in the order of the plan."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def save(
        self, record: Mapping[str, Any], *, measure_id: str | None = None, position: int | None = None
    ) -> Measure:
        """Stores a new measure (`measure_id` None) or a changed one; a new one comes last unless told otherwise."""
        identifier = measure_id or str(uuid.uuid4())
        with self._context.store.write() as connection:
            if position is None:
                query = (
                    "SELECT coalesce((SELECT position FROM register WHERE kind = 'measure' AND key = ?),"
                    " (SELECT coalesce(max(position), 0) + 1 FROM register WHERE kind = 'measure'))"
                )
                position = int(connection.exec_driver_sql(query, (identifier,)).fetchone()[0])
            # Somebody may have had the measure open while an interview that it rests on was erased.
            put(connection, self._context, "measure", identifier, "", position, without_erased(connection, record))
        return self.get(identifier)

    def get(self, measure_id: str) -> Measure:
        """The measure with this id.

        Raises:
            KeyError: when there is none.
        """
        found = self._select(" AND key = ?", (measure_id,))
        if not found:
            raise KeyError(measure_id)
        return found[0]

    def list(self) -> tuple[Measure, ...]:
        """All measures in the order of the plan."""
        return self._select("", ())

    def reorder(self, measure_ids: Sequence[str]) -> None:
        """Sets the order of the plan; unknown ids are ignored, measures left out come after the named ones."""
        order = {identifier: number for number, identifier in enumerate(measure_ids, start=1)}
        last = len(order)
        with self._context.store.write() as connection:
            rows = connection.exec_driver_sql(
                "SELECT key, record, position FROM register WHERE kind = 'measure' ORDER BY position, key"
            ).fetchall()
            for key, record, old in rows:
                if key not in order:
                    last += 1
                position = order.get(key, last)
                if position != old:
                    put(connection, self._context, "measure", key, "", position, json.loads(record))

    def remove(self, measure_id: str) -> None:
        """Takes a measure out of the plan; its history stays."""
        with self._context.store.write() as connection:
            discard(connection, self._context, "measure", measure_id)

    def _select(self, condition: str, values: tuple[str, ...]) -> tuple[Measure, ...]:
        query = (
            "SELECT key, position, record, updated_at FROM register WHERE kind = 'measure'"  # noqa: S608 — constants only
            f"{condition} ORDER BY position, key"
        )
        with self._context.store.read() as connection:
            rows = connection.exec_driver_sql(query, values).fetchall()
        return tuple(Measure(row[0], row[1], json.loads(row[2]), from_stamp(row[3])) for row in rows)


def put(
    connection: Statements,
    context: Context,
    kind: str,
    key: str,
    names: str,
    position: int,
    record: Mapping[str, Any],
) -> None:
    """Stores an entry and its revision inside the caller's transaction; an unchanged entry makes no revision."""
    body = {"record": dict(record), "position": position}
    heads = revision_rows.heads(connection, kind, key)
    if len(heads) == 1 and revision_rows.read(connection, heads[0]).body == json.loads(canonical_json(body)):
        return
    revision = revision_rows.append(
        connection,
        context,
        entity_kind=kind,
        entity_id=key,
        kind=RevisionKind.EDIT if heads else RevisionKind.CREATE,
        body=body,
        parents=heads,
    )
    store_entry(connection, kind, key, names, position, record, revision.sha, to_stamp(revision.created_at))


def store_entry(
    connection: Statements,
    kind: str,
    key: str,
    names: str,
    position: int,
    record: Mapping[str, Any],
    revision: str,
    stamp: str,
) -> None:
    """Writes the present row of an entry."""
    text = canonical_json(dict(record))
    digest = row_digest(kind, key, position, text, revision)
    connection.exec_driver_sql(_UPSERT, (kind, key, names, position, text, revision, stamp, digest))


def discard(connection: Statements, context: Context, kind: str, key: str) -> None:
    """Removes an entry inside the caller's transaction and writes the revision that says so."""
    heads = revision_rows.heads(connection, kind, key)
    removed = connection.exec_driver_sql("DELETE FROM register WHERE kind = ? AND key = ?", (kind, key))
    if removed.rowcount:
        revision_rows.append(
            connection,
            context,
            entity_kind=kind,
            entity_id=key,
            kind=RevisionKind.EDIT,
            body={"record": None, "position": 0},
            parents=heads,
        )
