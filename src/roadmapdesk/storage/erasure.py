"""Erasure at the request of a person: everything goes, a tombstone stays, and no old copy brings it back.

Source: GDPR, article 17. The tombstone keeps a hash of the id only.
"""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import MappingProxyType

from roadmapdesk.storage.attachments import Attachments
from roadmapdesk.storage.backups import Backups
from roadmapdesk.storage.connections import Statements
from roadmapdesk.storage.content import canonical_json, clean_text, from_stamp, row_digest, sha256_bytes, to_stamp
from roadmapdesk.storage.context import Context, interview_no, tombstone_key, write_audit
from roadmapdesk.storage.engine import Store
from roadmapdesk.storage.erased_mentions import (
    LIST,
    forget_in_exports,
    forget_in_measures,
    measures_with,
    replace_lists,
    replaced_lists,
)
from roadmapdesk.storage.errors import ERASURE_UNFINISHED, ErasureUnfinished, StorageError
from roadmapdesk.storage.media_deletion import BURY, MediaDeletions, note_deletion
from roadmapdesk.storage.rewriting import compact, purge_backup_media, rewrite_backups
from roadmapdesk.storage.values import AuditEvent, Export, InterviewRow

_PENDING = "erasure_pending"
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
        measures: ids of measures that rest on them; they stay without the link, a person looks at the wording.
    """

    code: str
    interviews: tuple[InterviewRow, ...]
    revisions: int
    attachments: int
    backups: int
    places: tuple[Export, ...]
    measures: tuple[str, ...] = ()


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
    """The sign that something was erased; `entity_hash` is the hash of its id.

    Of a list whose content was replaced, `entity_hash` is the hash of the old content and `reason` that of the new.
    """

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
            measures = measures_with(connection, ids)
        backups = len(self._backups.list())
        return ErasurePlan(code, interviews, revisions, attachments, backups, self._places(ids), measures)

    def erase(
        self, plan: ErasurePlan, *, reason: str, lists: Mapping[str, bytes] = MappingProxyType({})
    ) -> ErasureResult:
        """Erases what the plan lists, after a person agreed: answers, revisions, index, audit, notes, attachments.

        All backups are rewritten without them as well, the one made just before included. What is still to be
        cleaned is noted together with the tombstone: where a crash cuts this off, the next opening goes on.

        Args:
            plan: from `plan`.
            reason: kept with the tombstones.
            lists: hash of a kept list that tells of the interviews → what replaces its content.

        Raises:
            ValueError: the plan hits nothing, or there is no reason.
            BackupFailed: the project is damaged; nothing was erased.
            ErasureUnfinished: the project is clean, a backup is not; see `finish`.
            StorageError: as usual; the project is then as before.
        """
        if not plan.interviews or not reason.strip():
            msg = "an erasure needs interviews and a reason"
            raise ValueError(msg)
        with self._backups.guard:
            return self._erase(plan, reason, lists)

    def _erase(self, plan: ErasurePlan, reason: str, lists: Mapping[str, bytes]) -> ErasureResult:
        context = self._context
        self._backups.create("erasure")
        ids = tuple(row.id for row in plan.interviews)
        at = context.now()
        reason = clean_text(reason)
        loose = Attachments(context).arrived(ids)
        with context.store.write() as connection:
            shas = purge(connection, ids, plan.code) | loose
            for identifier in ids:
                row = ("interview", tombstone_key("interview", identifier), reason, context.author, to_stamp(at))
                connection.exec_driver_sql(BURY, (*row, row_digest(*row)))
            replaced = {old: (sha256_bytes(content), content) for old, content in lists.items()}
            replace_lists(connection, replaced)
            for old, (sha, _content) in replaced.items():
                row = (LIST, old, sha, context.author, to_stamp(at))
                connection.exec_driver_sql(BURY, (*row, row_digest(*row)))
            write_audit(connection, context, event=AuditEvent.ERASED, at=at, new=str(len(ids)), reason=reason)
            _note_pending(connection, ids, plan.code, shas)
        try:
            cleaned, removed = self.finish()
        except StorageError as error:
            raise ErasureUnfinished(ERASURE_UNFINISHED) from error
        return ErasureResult(len(ids), cleaned, removed, plan.places)

    def finish(self) -> tuple[int, int]:
        """Cleans media, freed pages and backups of what is erased already; how many backups were rewritten, deleted.

        Does nothing where nothing is pending; may be repeated.

        Raises:
            StorageError: it stays pending.
        """
        context = self._context
        with context.store.read() as connection:
            pending = _pending(connection)
        if not pending:
            return 0, 0
        cleaned = removed = 0
        with self._backups.guard:
            for ids, code, shas in pending:
                gone = self._drop_attachments(ids, shas)
                compact(context.store.path, context.store.key, context.store.name)
                compact(context.media.path, context.media.key, context.media.name)
                cleaned, deleted = self._clean_backups(ids, code, gone)
                removed += deleted
            with context.store.write() as connection:
                connection.exec_driver_sql("DELETE FROM setting WHERE key = ?", (_PENDING,))
        return cleaned, removed

    def drop_empty(self, interview_id: str) -> None:
        """Removes a draft in which nobody answered anything; it leaves no tombstone, because nothing was said.

        Raises:
            ValueError: an answer was given, a note written, a file attached or a revision cut; then only `erase`
                removes it.
            Erased: the interview was erased before.
            KeyError: there never was one.
        """
        answered = "SELECT 1 FROM audit WHERE interview_no = ? AND event = ? LIMIT 1"
        revised = "SELECT 1 FROM revision WHERE entity_kind = 'interview' AND entity_id = ? LIMIT 1"
        with self._context.store.write() as connection:
            no = interview_no(connection, interview_id)
            told = (
                (answered, (no, AuditEvent.ANSWER.value)),
                (revised, (interview_id,)),
                ("SELECT 1 FROM note WHERE interview_no = ? LIMIT 1", (no,)),
                ("SELECT 1 FROM attachment_link WHERE interview_no = ? LIMIT 1", (no,)),
            )
            if any(connection.exec_driver_sql(query, values).fetchone() for query, values in told):
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
        """True when this id carries a tombstone; whatever brings an interview in asks first."""
        query = "SELECT 1 FROM tombstone WHERE kind = ? AND entity_hash = ?"
        with self._context.store.read() as connection:
            row = connection.exec_driver_sql(query, (kind, tombstone_key(kind, entity_id))).fetchone()
        return row is not None

    def apply(self, tombstones: Iterable[Tombstone]) -> ErasureResult:
        """Takes over tombstones of another copy of the project and erases what they name, as `erase` does.

        Restoring a backup does this with the tombstones of the present project before the copy gets its name.

        A backup comes first, the audit trail tells it with the reason given there, and the result lists the places
        that a person must still clean. Tombstones that hit nothing here are only kept.

        Raises:
            BackupFailed: the project is damaged; nothing was taken over.
            ErasureUnfinished: the project is clean, a backup is not; see `finish`.
            StorageError: as usual; the project is then as before.
        """
        wanted = {stone.entity_hash: stone for stone in tombstones}
        with self._backups.guard:
            return self._apply(wanted)

    def _apply(self, wanted: Mapping[str, Tombstone]) -> ErasureResult:
        context = self._context
        with context.store.read() as connection:
            rows = connection.exec_driver_sql("SELECT id, code FROM interview").fetchall()
        hit = {row[0]: row[1] for row in rows if tombstone_key("interview", row[0]) in wanted}
        places = self._places(set(hit))
        loose = {identifier: Attachments(context).arrived((identifier,)) for identifier in hit}
        with context.media.read() as connection:
            media = {row[0] for row in connection.exec_driver_sql("SELECT sha FROM attachment")} & wanted.keys()
        if hit:
            self._backups.create("erasure")
        at = context.now()
        with context.store.write() as connection:
            for stone in wanted.values():
                row = (stone.kind, stone.entity_hash, stone.reason, stone.author, to_stamp(stone.at))
                connection.exec_driver_sql(BURY, (*row, row_digest(*row)))
                if stone.kind == LIST:
                    connection.exec_driver_sql("DELETE FROM external_list WHERE sha = ?", (stone.entity_hash,))
            for identifier, code in hit.items():
                reason = wanted[tombstone_key("interview", identifier)].reason
                shas = purge(connection, (identifier,), code) | loose[identifier]
                _note_pending(connection, (identifier,), code, shas)
                write_audit(connection, context, event=AuditEvent.ERASED, at=at, new="1", reason=reason)
            for sha in sorted(media):
                note_deletion(connection, context, sha, at=at, reason=wanted[sha].reason)
        try:
            cleaned, removed = self.finish()
            MediaDeletions(context, self._backups).obey(wanted)
        except StorageError as error:
            raise ErasureUnfinished(ERASURE_UNFINISHED) from error
        return ErasureResult(len(hit), cleaned, removed, places)

    def _places(self, ids: set[str]) -> tuple[Export, ...]:
        """Exports that tell about these interviews, and that a person must clean."""
        from roadmapdesk.storage.trail import ExportLog  # noqa: PLC0415 — for the reason given at `plan`

        return tuple(export for export in ExportLog(self._context).list() if ids.intersection(export.interviews))

    def _drop_attachments(self, ids: tuple[str, ...], shas: set[str]) -> set[str]:
        """Takes the media of erased interviews away; returns the hashes that no other interview refers to."""
        from roadmapdesk.storage.recordings import Recordings  # noqa: PLC0415 — for the reason given at `plan`

        for identifier in ids:
            Recordings(self._context).drop_of_interview(identifier)
        return Attachments(self._context).drop_of_interviews(ids, shas)

    def _clean_backups(self, ids: tuple[str, ...], code: str, shas: set[str]) -> tuple[int, int]:
        """Rewrites every backup without the interviews; one that cannot be rewritten is deleted."""
        key, name = self._context.store.key, self._context.store.name
        with self._context.store.read() as connection:
            query = "SELECT kind, entity_hash, reason, author, at, digest FROM tombstone WHERE kind IN (?, ?)"
            stones = [tuple(row) for row in connection.exec_driver_sql(query, ("interview", LIST))]
            lists = replaced_lists(connection)

        def clean(path: Path) -> None:
            store = Store(path, name=name, key=key)
            try:
                with store.write() as connection:
                    purge(connection, ids, code)
                    replace_lists(connection, lists)
                    connection.exec_driver_sql("DELETE FROM setting WHERE key = ?", (_PENDING,))
                    # With the sign of erasure in it, a project restored of this backup refuses old copies as well.
                    connection.exec_driver_sql(BURY, stones)
            finally:
                store.close()
            compact(path, key, name)

        done = rewrite_backups(self._backups, key, name, clean)
        purge_backup_media(self._backups, key, name, shas)
        return done


def purge(connection: Statements, ids: Collection[str], code: str) -> set[str]:
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
    forget_in_measures(connection, ids)
    forget_in_exports(connection, ids)
    return shas


def _note_pending(connection: Statements, ids: tuple[str, ...], code: str, shas: set[str]) -> None:
    """Notes in the caller's transaction what is still to be cleaned; the note goes when all is clean."""
    noted = [[list(one), each, sorted(more)] for one, each, more in _pending(connection)]
    text = canonical_json([*noted, [list(ids), code, sorted(shas)]])
    connection.exec_driver_sql(
        "INSERT INTO setting VALUES (?, ?, ?)"
        " ON CONFLICT (key) DO UPDATE SET value = excluded.value, digest = excluded.digest",
        (_PENDING, text, row_digest(_PENDING, text)),
    )


def is_pending(connection: Statements) -> bool:
    """Whether an erasure was cut off, which `Erasures.finish` goes on with."""
    return connection.exec_driver_sql("SELECT 1 FROM setting WHERE key = ?", (_PENDING,)).fetchone() is not None


def _pending(connection: Statements) -> list[tuple[tuple[str, ...], str, set[str]]]:
    """What was noted: ids, their code, hashes of their attachments."""
    row = connection.exec_driver_sql("SELECT value FROM setting WHERE key = ?", (_PENDING,)).fetchone()
    return [] if row is None else [(tuple(ids), code, set(shas)) for ids, code, shas in json.loads(row[0])]


def _count(connection: Statements, rest: str, value: str) -> int:
    return int(connection.exec_driver_sql(f"SELECT count(*) FROM {rest}", (value,)).fetchone()[0])  # noqa: S608 — constants only
