"""Deleting attachments for good: the bytes go everywhere, a tombstone with hash, who, when and reason stays."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path

from roadmapdesk.storage.attachments import drop_bytes
from roadmapdesk.storage.backups import Backups
from roadmapdesk.storage.connections import Statements
from roadmapdesk.storage.content import row_digest, to_stamp
from roadmapdesk.storage.context import ATTACHMENT, Context, write_audit
from roadmapdesk.storage.engine import Store
from roadmapdesk.storage.rewriting import compact, purge_backup_media, rewrite_backups
from roadmapdesk.storage.values import AuditEvent

BURY = "INSERT INTO tombstone VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (kind, entity_hash) DO NOTHING"
Stone = tuple[str, str, str, str, str, str]


class MediaDeletions:
    """Deletes attachments at a person's word; answers keep the name of the file."""

    def __init__(self, context: Context, backups: Backups) -> None:
        self._context = context
        self._backups = backups

    def delete(self, shas: Iterable[str], *, reason: str) -> int:
        """Deletes these bytes from the project and from every backup; returns how many files went.

        The tombstones come first: a crash in between leaves bytes that the next opening takes away.

        Raises:
            ValueError: without a reason.
            StorageError: as usual; call again to go on.
        """
        wanted = tuple(dict.fromkeys(shas))
        if not reason.strip():
            msg = "deleting an attachment needs a reason"
            raise ValueError(msg)
        if not wanted:
            return 0
        context = self._context
        with self._backups.guard:
            stones = self._bury(wanted, reason)
            count = drop_bytes(context, list(wanted))
            compact(context.media.path, context.media.key, context.media.name)
            self.clean_backups(stones)
        context.has_changed = True
        return count

    def obey(self, tombstones: Mapping[str, object]) -> int:
        """Takes away what tombstones of another copy name, after they were stored here; returns how many files."""
        context = self._context
        with context.store.read() as connection:
            query = "SELECT kind, entity_hash, reason, author, at, digest FROM tombstone WHERE kind = ?"
            rows = connection.exec_driver_sql(query, (ATTACHMENT,)).fetchall()
        stones = tuple((r[0], r[1], r[2], r[3], r[4], r[5]) for r in rows if r[1] in tombstones)
        with context.media.read() as connection:
            present = {row[0] for row in connection.exec_driver_sql("SELECT sha FROM attachment")}
        gone = sorted(present & {stone[1] for stone in stones})
        if gone:
            with self._backups.guard:
                drop_bytes(context, gone)
                compact(context.media.path, context.media.key, context.media.name)
                self.clean_backups(stones)
        return len(gone)

    def clean_backups(self, stones: tuple[Stone, ...]) -> None:
        """Puts tombstones of attachments into every backup and takes the bytes out of what backups share."""
        key, name = self._context.store.key, self._context.store.name

        def bury(path: Path) -> None:
            store = Store(path, name=name, key=key)
            try:
                with store.write() as connection:
                    connection.exec_driver_sql(BURY, list(stones))
            finally:
                store.close()

        rewrite_backups(self._backups, key, name, bury)
        purge_backup_media(self._backups, key, name, {stone[1] for stone in stones})

    def _bury(self, shas: tuple[str, ...], reason: str) -> tuple[Stone, ...]:
        context = self._context
        at = context.now()
        stones = []
        with context.store.write() as connection:
            for sha in shas:
                row = (ATTACHMENT, sha, reason, context.author, to_stamp(at))
                stone = (*row, row_digest(*row))
                stones.append(stone)
                connection.exec_driver_sql(BURY, stone)
                note_deletion(connection, context, sha, at=at, reason=reason)
        return tuple(stones)


def note_deletion(connection: Statements, context: Context, sha: str, *, at: datetime, reason: str) -> None:
    """Notes in the audit trail that bytes were deleted, at every question that they belong to."""
    query = "SELECT interview_no, path FROM attachment_link WHERE sha = ?"
    places = [(row[0], row[1]) for row in connection.exec_driver_sql(query, (sha,))]
    event = AuditEvent.MEDIA_DELETED
    for no, path in places or [(None, "")]:
        write_audit(connection, context, event=event, at=at, no=no, path=path, old=sha, reason=reason)
