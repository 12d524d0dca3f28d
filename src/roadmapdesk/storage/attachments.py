"""Files that belong to answers: bytes by their hash in ``media.sqlite``, links to answers in ``project.sqlite``.

Bytes are written first, with a note where they were meant to go, then the link, then the answer: a crash between two
steps leaves bytes that are found again (`Attachments.loose`), never a link to nothing.
"""

from collections.abc import Set
from datetime import datetime

from roadmapdesk.storage import row_sums
from roadmapdesk.storage.connections import Statements
from roadmapdesk.storage.content import clean_text, from_stamp, now_utc, sha256_bytes, to_stamp
from roadmapdesk.storage.context import ATTACHMENT, Context, interview_no
from roadmapdesk.storage.errors import DAMAGED_ENTRY, MEDIA_DELETED, Damaged, Erased
from roadmapdesk.storage.values import Attachment, LooseFile

WHOLE_INTERVIEW = ""
"""The ref of a file that belongs to no question but to the interview as a whole."""


class Attachments:
    """Photos, recordings and documents of the project."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def add(self, interview_id: str, ref: str, data: bytes, *, name: str, mime: str) -> Attachment:
        """Stores the bytes durably, then the link.

        Raises:
            Erased: these bytes were deleted for good, or the interview was erased; nothing is stored.
        """
        sha = self.keep(interview_id, ref, data, name=name, mime=mime)
        return self.link(interview_id, ref, sha, name=name, mime=mime, size=len(data))

    def keep(self, interview_id: str, ref: str, data: bytes, *, name: str, mime: str) -> str:
        """The first half of `add`: stores the bytes durably with a note where they go; returns their hash."""
        context = self._context
        sha = sha256_bytes(data)
        stamp = to_stamp(context.now())
        with context.store.read() as connection:
            interview_no(connection, interview_id)
            if _is_deleted(connection, sha):
                raise Erased(MEDIA_DELETED)
        with context.media.write() as connection:
            connection.exec_driver_sql(
                # The same file attached again mends one that was damaged on the disk.
                "INSERT INTO attachment VALUES (?, ?, ?, ?, ?) ON CONFLICT (sha) DO UPDATE SET"
                " body = excluded.body, size = excluded.size WHERE body IS NOT excluded.body",
                (sha, mime, len(data), data, stamp),
            )
            place = {"sha": sha, "interview_id": interview_id, "path": ref}
            row = {**place, "name": clean_text(name), "mime": mime, "at": stamp}
            row_sums.insert(connection, "arrival", row, conflict="DO NOTHING")
        context.has_changed = True
        return sha

    def link(self, interview_id: str, ref: str, sha: str, *, name: str, mime: str, size: int) -> Attachment:
        """The second half of `add`: says to which question the stored bytes belong; doing it again is harmless."""
        context = self._context
        at = context.now()
        name = clean_text(name)
        with context.store.write() as connection:
            no = interview_no(connection, interview_id)
            place = {"interview_no": no, "path": ref, "sha": sha}
            row = {**place, "name": name, "mime": mime, "size": size, "added_at": to_stamp(at)}
            row_sums.insert(connection, "attachment_link", row, conflict="DO NOTHING")
        context.has_changed = True
        return Attachment(sha, interview_id, ref, name, mime, size, at)

    def get(self, sha: str) -> bytes:
        """The bytes with this hash, compared with it before they are handed out.

        Raises:
            Erased: they were deleted for good.
            KeyError: the project does not hold them.
            Damaged: they changed on the disk.
        """
        context = self._context
        with context.media.read() as connection:
            row = connection.exec_driver_sql("SELECT body FROM attachment WHERE sha = ?", (sha,)).fetchone()
        if row is None:
            with context.store.read() as connection:
                if _is_deleted(connection, sha):
                    raise Erased(MEDIA_DELETED)
            raise KeyError(sha)
        data = bytes(row[0])
        if sha256_bytes(data) != sha:
            raise Damaged(DAMAGED_ENTRY, place=sha[:12])
        return data

    def list(self, interview_id: str | None = None) -> tuple[Attachment, ...]:
        """Attachments of one interview, or of all, in the order in which they came; deleted ones keep their place."""
        condition = "" if interview_id is None else " WHERE i.id = ?"
        query = (
            "SELECT l.sha, i.id, l.path, l.name, l.mime, l.size, l.added_at FROM attachment_link l"  # noqa: S608 — constants only
            f" JOIN interview i ON i.no = l.interview_no{condition} ORDER BY l.added_at, l.path"
        )
        values = () if interview_id is None else (interview_id,)
        with self._context.store.read() as connection:
            rows = connection.exec_driver_sql(query, values).fetchall()
        return tuple(Attachment(r[0], r[1], r[2], r[3], r[4], r[5], from_stamp(r[6])) for r in rows)

    def loose(self) -> tuple[LooseFile, ...]:
        """Stored bytes that belong to no answer, the earliest first; a crash or a cut-off import leaves them."""
        context = self._context
        with context.store.read() as connection:
            interviews = {row[0] for row in connection.exec_driver_sql("SELECT id FROM interview")}
            query = "SELECT i.id, l.path, l.sha FROM attachment_link l JOIN interview i ON i.no = l.interview_no"
            links = {tuple(row) for row in connection.exec_driver_sql(query)}
            deleted = deleted_shas(connection)
        with context.media.read() as connection:
            stored = connection.exec_driver_sql("SELECT sha, size FROM attachment").fetchall()
            tables = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE name = 'arrival'").fetchall()
            arrivals = (
                connection.exec_driver_sql("SELECT sha, interview_id, path, name, mime, at FROM arrival").fetchall()
                if tables
                else []
            )
        sizes = {row[0]: row[1] for row in stored}
        found = [
            LooseFile(sha, interview if interview in interviews else "", path, name, mime, sizes[sha], _moment(at))
            for sha, interview, path, name, mime, at in arrivals
            if sha in sizes and sha not in deleted and (interview, path, sha) not in links
        ]
        known = {link[2] for link in links} | {file.sha for file in found} | deleted
        found += [
            # Kind and moment beside the bytes have no check sum; where nothing else tells them, nobody knows them.
            LooseFile(sha, "", "", "", "", size, None)
            for sha, size in stored
            if sha not in known
        ]
        return tuple(sorted(found, key=lambda file: (file.added_at is None, file.added_at or now_utc(), file.sha)))

    def remove(self, interview_id: str, ref: str, sha: str) -> None:
        """Unlinks an attachment; the bytes go when no answer of any interview refers to them any more."""
        context = self._context
        with context.store.write() as connection:
            no = interview_no(connection, interview_id)
            connection.exec_driver_sql(
                "DELETE FROM attachment_link WHERE interview_no = ? AND path = ? AND sha = ?", (no, ref, sha)
            )
        with context.media.write() as connection:
            connection.exec_driver_sql(
                "DELETE FROM arrival WHERE sha = ? AND interview_id = ? AND path = ?", (sha, interview_id, ref)
            )
        self.drop_unlinked((sha,))
        context.has_changed = True

    def drop_unlinked(self, shas: tuple[str, ...]) -> tuple[str, ...]:
        """Deletes those of the named bytes that nothing refers to; returns their hashes."""
        context = self._context
        with context.store.read() as connection:
            linked = {
                row[0]
                for sha in shas
                for row in connection.exec_driver_sql("SELECT sha FROM attachment_link WHERE sha = ? LIMIT 1", (sha,))
            }
        gone = [sha for sha in shas if sha not in linked]
        drop_bytes(context, gone)
        return tuple(gone)

    def arrived(self, interview_ids: tuple[str, ...]) -> set[str]:
        """Hashes of everything that ever came in for these interviews, loose bytes included."""
        query = "SELECT sha FROM arrival WHERE interview_id = ?"
        with self._context.media.read() as connection:
            return {
                row[0] for identifier in interview_ids for row in connection.exec_driver_sql(query, (identifier,))
            }

    def drop_of_interviews(self, interview_ids: tuple[str, ...], shas: set[str]) -> set[str]:
        """Deletes what interviews that are gone had attached, loose bytes included; returns the hashes that went."""
        found = set(shas)
        with self._context.media.write() as connection:
            for identifier in interview_ids:
                query = "SELECT sha FROM arrival WHERE interview_id = ?"
                found |= {row[0] for row in connection.exec_driver_sql(query, (identifier,))}
                connection.exec_driver_sql("DELETE FROM arrival WHERE interview_id = ?", (identifier,))
        return set(self.drop_unlinked(tuple(sorted(found))))

    def drop_deleted(self, deleted: Set[str]) -> int:
        """Finishes a deletion that a crash cut off: takes away what is left of it; returns how many files."""
        with self._context.media.read() as connection:
            present = {row[0] for row in connection.exec_driver_sql("SELECT sha FROM attachment")}
        return drop_bytes(self._context, sorted(deleted & present))


def _moment(stamp: str) -> datetime | None:
    """The moment of a note; None where the note was spoilt, which every check names."""
    try:
        return from_stamp(stamp)
    except ValueError:
        return None


def deleted_shas(connection: Statements) -> set[str]:
    """The hashes of all attachments that were deleted for good."""
    rows = connection.exec_driver_sql("SELECT entity_hash FROM tombstone WHERE kind = ?", (ATTACHMENT,))
    return {row[0] for row in rows}


def drop_bytes(context: Context, shas: list[str]) -> int:
    """Takes bytes out of the project's own file; their tombstones and links are the caller's affair."""
    if not shas:
        return 0
    rows = [(sha,) for sha in shas]
    with context.media.write() as connection:
        connection.exec_driver_sql("DELETE FROM attachment WHERE sha = ?", rows)
        connection.exec_driver_sql("DELETE FROM arrival WHERE sha = ?", rows)
    return len(shas)


def _is_deleted(connection: Statements, sha: str) -> bool:
    query = "SELECT 1 FROM tombstone WHERE kind = ? AND entity_hash = ?"
    return connection.exec_driver_sql(query, (ATTACHMENT, sha)).fetchone() is not None
