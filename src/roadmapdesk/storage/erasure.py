"""Erasure at the request of a person: everything goes, a tombstone stays, and no old bundle brings it back.

Source: GDPR, article 17. The tombstone keeps a hash of the id only.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa

from roadmapdesk.storage.backups import Backups
from roadmapdesk.storage.content import canonical_json, from_stamp, row_digest, to_stamp
from roadmapdesk.storage.context import Context, interview_no, tombstone_key, write_audit
from roadmapdesk.storage.keys import FileKey
from roadmapdesk.storage.media_deletion import BURY, MediaDeletions
from roadmapdesk.storage.rewriting import compact, purge_backup_media, rewrite_backups
from roadmapdesk.storage.values import AuditEvent, Export, InterviewRow

_OF_INTERVIEW = ("note", "attachment_link", "draft_answer", "draft")


@dataclass(frozen=True, slots=True)
class ErasurePlan:
    """What an erasure would hit; shown to a person, who then decides.

    Attributes:
        interviews: the interviews with the code.
        revisions: number of their revisions.
        attachments: number of their attachments.
        backups: number of backups that will be rewritten.
        places: exports and bundles that tell about them and must be cleaned by a person.
    """

    code: str
    interviews: tuple[InterviewRow, ...]
    revisions: int
    attachments: int
    backups: int
    places: tuple[Export, ...]


@dataclass(frozen=True, slots=True)
class ErasureResult:
    """What was done.

    Attributes:
        erased: number of interviews.
        backups_cleaned: backups that were rewritten without them.
        backups_removed: backups that could not be rewritten and were deleted instead.
        places: what a person must still clean.
    """

    erased: int
    backups_cleaned: int
    backups_removed: int
    places: tuple[Export, ...]


@dataclass(frozen=True, slots=True)
class Tombstone:
    """The sign that something was erased; `entity_hash` is the hash of its id."""

    kind: str
    entity_hash: str
    reason: str
    author: str
    at: datetime


class Erasures:
    """Erasure by interview code, and the tombstones that remain."""

    def __init__(self, context: Context, backups: Backups) -> None:
        self._context = context
        self._backups = backups

    def plan(self, code: str) -> ErasurePlan:
        """What erasing the interviews with this code would hit. Changes nothing."""
        from roadmapdesk.storage.interviews import Interviews  # noqa: PLC0415 — erasure stands above the repositories
        from roadmapdesk.storage.trail import ExportLog  # noqa: PLC0415 — see above

        interviews = Interviews(self._context).by_code(code) if code else ()
        ids = {row.id for row in interviews}
        revisions = attachments = 0
        with self._context.store.read() as connection:
            for identifier in ids:
                revisions += _count(
                    connection, "revision WHERE entity_kind = 'interview' AND entity_id = ?", identifier
                )
                links = "attachment_link WHERE interview_no = (SELECT no FROM interview WHERE id = ?)"
                attachments += _count(connection, links, identifier)
        places = tuple(export for export in ExportLog(self._context).list() if ids.intersection(export.interviews))
        return ErasurePlan(code, interviews, revisions, attachments, len(self._backups.list()), places)

    def erase(self, plan: ErasurePlan, *, reason: str) -> ErasureResult:
        """Erases what the plan lists, after a person agreed: answers, revisions, index, audit, notes, attachments.

        All backups are rewritten without them as well, the one made just before included.

        Raises:
            ValueError: the plan hits nothing, or there is no reason.
            BackupFailed: the project is damaged; nothing was erased.
            StorageError: as usual; the project is then as before.
        """
        if not plan.interviews or not reason.strip():
            msg = "an erasure needs interviews and a reason"
            raise ValueError(msg)
        with self._backups.guard:
            return self._erase(plan, reason)

    def _erase(self, plan: ErasurePlan, reason: str) -> ErasureResult:
        context = self._context
        self._backups.create("erasure")
        ids = tuple(row.id for row in plan.interviews)
        at = context.now()
        with context.store.write() as connection:
            shas = purge(connection, ids, plan.code)
            for identifier in ids:
                row = ("interview", tombstone_key("interview", identifier), reason, context.author, to_stamp(at))
                connection.exec_driver_sql(BURY, (*row, row_digest(*row)))
            write_audit(connection, context, event=AuditEvent.ERASED, at=at, new=str(len(ids)), reason=reason)
        gone = self._drop_attachments(ids, shas)
        compact(context.store.path, context.store.key, context.store.name)
        compact(context.media.path, context.media.key, context.media.name)
        cleaned, removed = self._clean_backups(ids, plan.code, gone)
        return ErasureResult(len(ids), cleaned, removed, plan.places)

    def drop_empty(self, interview_id: str) -> None:
        """Removes a draft in which nobody answered anything; it leaves no tombstone, because nothing was said.

        Raises:
            ValueError: an answer was given or a revision was cut; then only `erase` removes it.
            Erased: the interview was erased before.
            KeyError: there never was one.
        """
        answered = "SELECT 1 FROM audit WHERE interview_no = ? AND event = ? LIMIT 1"
        revised = "SELECT 1 FROM revision WHERE entity_kind = 'interview' AND entity_id = ? LIMIT 1"
        with self._context.store.write() as connection:
            no = interview_no(connection, interview_id)
            values = (no, AuditEvent.ANSWER.value)
            was_answered = connection.exec_driver_sql(answered, values).fetchone() is not None
            if was_answered or connection.exec_driver_sql(revised, (interview_id,)).fetchone() is not None:
                msg = "an interview with answers is erased, not dropped"
                raise ValueError(msg)
            shas = purge(connection, (interview_id,), "")
        self._drop_attachments((interview_id,), shas)

    def tombstones(self) -> tuple[Tombstone, ...]:
        """All tombstones, the earliest first."""
        query = "SELECT kind, entity_hash, reason, author, at FROM tombstone ORDER BY at, entity_hash"
        with self._context.store.read() as connection:
            rows = connection.exec_driver_sql(query).fetchall()
        return tuple(Tombstone(row[0], row[1], row[2], row[3], from_stamp(row[4])) for row in rows)

    def is_erased(self, entity_id: str, kind: str = "interview") -> bool:
        """True when this id carries a tombstone; an import asks for every entity of a bundle."""
        query = "SELECT 1 FROM tombstone WHERE kind = ? AND entity_hash = ?"
        with self._context.store.read() as connection:
            row = connection.exec_driver_sql(query, (kind, tombstone_key(kind, entity_id))).fetchone()
        return row is not None

    def apply(self, tombstones: Iterable[Tombstone]) -> int:
        """Takes over tombstones of another laptop and erases what they name here; returns how many interviews."""
        wanted = {stone.entity_hash: stone for stone in tombstones}
        context = self._context
        with context.store.write() as connection:
            rows = connection.exec_driver_sql("SELECT id, code FROM interview").fetchall()
            hit = [(row[0], row[1]) for row in rows if tombstone_key("interview", row[0]) in wanted]
            shas: set[str] = set()
            for identifier, code in hit:
                shas |= purge(connection, (identifier,), code)
            for stone in wanted.values():
                row = (stone.kind, stone.entity_hash, stone.reason, stone.author, to_stamp(stone.at))
                connection.exec_driver_sql(BURY, (*row, row_digest(*row)))
        gone = self._drop_attachments(tuple(identifier for identifier, _code in hit), shas)
        if hit:
            compact(context.store.path, context.store.key, context.store.name)
            compact(context.media.path, context.media.key, context.media.name)
            with self._backups.guard:
                for identifier, code in hit:
                    self._clean_backups((identifier,), code, gone)
        MediaDeletions(context, self._backups).obey(wanted)
        return len(hit)

    def _drop_attachments(self, ids: tuple[str, ...], shas: set[str]) -> set[str]:
        """Takes the media of erased interviews away; returns the hashes that no other interview refers to."""
        from roadmapdesk.storage.attachments import Attachments  # noqa: PLC0415 — see `plan`
        from roadmapdesk.storage.recordings import Recordings  # noqa: PLC0415 — see `plan`

        for identifier in ids:
            Recordings(self._context).drop_of_interview(identifier)
        return Attachments(self._context).drop_of_interviews(ids, shas)

    def _clean_backups(self, ids: tuple[str, ...], code: str, shas: set[str]) -> tuple[int, int]:
        """Rewrites every backup without the interviews; one that cannot be rewritten is deleted."""
        key, name = self._context.store.key, self._context.store.name
        done = rewrite_backups(self._backups, key, name, lambda path: _purge_file(path, key, ids, code, name))
        purge_backup_media(self._backups, key, name, shas)
        return done


def purge(connection: sa.Connection, ids: Iterable[str], code: str) -> set[str]:
    """Deletes all rows about the interviews in the caller's transaction; returns their attachments' hashes."""
    shas: set[str] = set()
    for identifier in ids:
        query = "SELECT no, actor_key FROM interview WHERE id = ?"
        row = connection.exec_driver_sql(query, (identifier,)).fetchone()
        connection.exec_driver_sql(
            "DELETE FROM revision_parent WHERE child IN"
            " (SELECT sha FROM revision WHERE entity_kind = 'interview' AND entity_id = ?)",
            (identifier,),
        )
        connection.exec_driver_sql(
            "DELETE FROM revision WHERE entity_kind = 'interview' AND entity_id = ?", (identifier,)
        )
        if row is None:
            continue
        no = row[0]
        query = "SELECT sha FROM attachment_link WHERE interview_no = ?"
        shas |= {link[0] for link in connection.exec_driver_sql(query, (no,))}
        connection.exec_driver_sql(
            "DELETE FROM answer WHERE question_id IN (SELECT id FROM question) AND interview_no = ?", (no,)
        )
        for table in _OF_INTERVIEW:
            connection.exec_driver_sql(f"DELETE FROM {table} WHERE interview_no = ?", (no,))  # noqa: S608 — constant names
        connection.exec_driver_sql("DELETE FROM interview WHERE no = ?", (no,))
        # The file lets events go only after their interview.
        connection.exec_driver_sql("DELETE FROM audit WHERE interview_no = ?", (no,))
        # With the last interview of an organisation goes the name that stands for it in records handed over.
        connection.exec_driver_sql(
            "DELETE FROM pseudonym WHERE kind = 'actor' AND key = ?1"
            " AND NOT EXISTS (SELECT 1 FROM interview WHERE actor_key = ?1)",
            (row[1],),
        )
    if code:
        connection.exec_driver_sql("DELETE FROM pseudonym WHERE kind = 'interview' AND key = ?", (code,))
    _forget_in_exports(connection, set(ids))
    return shas


def _forget_in_exports(connection: sa.Connection, ids: set[str]) -> None:
    """Takes the ids out of the export log; the lines themselves stay, so that the places can still be found."""
    query = "SELECT id, at, author, kind, level, language, target, sha, interviews, details FROM export_log"
    for row in connection.exec_driver_sql(query).fetchall():
        told = json.loads(row[8])
        if ids.isdisjoint(told):
            continue
        text = canonical_json(sorted(identifier for identifier in told if identifier not in ids))
        values = (*row[1:8], text, row[9])
        connection.exec_driver_sql(
            "UPDATE export_log SET interviews = ?, digest = ? WHERE id = ?", (text, row_digest(*values), row[0])
        )


def _purge_file(path: Path, key: FileKey | None, ids: tuple[str, ...], code: str, name: str) -> None:
    from roadmapdesk.storage.engine import Store  # noqa: PLC0415 — one passing store for one backup

    store = Store(path, name=name, key=key)
    try:
        with store.write() as connection:
            purge(connection, ids, code)
    finally:
        store.close()
    compact(path, key, name)


def _count(connection: sa.Connection, rest: str, value: str) -> int:
    return int(connection.exec_driver_sql(f"SELECT count(*) FROM {rest}", (value,)).scalar_one())  # noqa: S608 — constants only
