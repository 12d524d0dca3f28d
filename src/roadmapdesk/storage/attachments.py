"""Files that belong to answers: bytes by their hash in ``media.sqlite``, links to answers in ``project.sqlite``."""

from roadmapdesk.storage.content import clean_text, from_stamp, sha256_bytes, to_stamp
from roadmapdesk.storage.context import Context, interview_no
from roadmapdesk.storage.errors import DAMAGED_ENTRY, Damaged
from roadmapdesk.storage.values import Attachment


class Attachments:
    """Photos, recordings and documents of the project."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def add(self, interview_id: str, ref: str, data: bytes, *, name: str, mime: str) -> Attachment:
        """Stores the bytes durably, then the link: a crash between leaves loose bytes, never a link to nothing."""
        context = self._context
        sha = sha256_bytes(data)
        at = context.now()
        with context.store.read() as connection:
            interview_no(connection, interview_id)
        with context.media.write() as connection:
            connection.exec_driver_sql(
                "INSERT INTO attachment VALUES (?, ?, ?, ?, ?) ON CONFLICT (sha) DO NOTHING",
                (sha, mime, len(data), data, to_stamp(at)),
            )
        with context.store.write() as connection:
            no = interview_no(connection, interview_id)
            connection.exec_driver_sql(
                "INSERT INTO attachment_link VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                (no, ref, sha, clean_text(name), mime, len(data), to_stamp(at)),
            )
        context.has_changed = True
        return Attachment(sha, interview_id, ref, name, mime, len(data), at)

    def get(self, sha: str) -> bytes:
        """The bytes with this hash, compared with it before they are handed out.

        Raises:
            KeyError: when the project does not hold them.
            Damaged: when they changed on the disk.
        """
        context = self._context
        with context.media.read() as connection:
            row = connection.exec_driver_sql("SELECT body FROM attachment WHERE sha = ?", (sha,)).fetchone()
        if row is None:
            raise KeyError(sha)
        data = bytes(row[0])
        if sha256_bytes(data) != sha:
            raise Damaged(DAMAGED_ENTRY, place=sha[:12])
        return data

    def list(self, interview_id: str | None = None) -> tuple[Attachment, ...]:
        """Attachments of one interview, or of all, in the order in which they came."""
        condition = "" if interview_id is None else " WHERE i.id = ?"
        query = (
            "SELECT l.sha, i.id, l.path, l.name, l.mime, l.size, l.added_at FROM attachment_link l"  # noqa: S608 — constants only
            f" JOIN interview i ON i.no = l.interview_no{condition} ORDER BY l.added_at, l.path"
        )
        values = () if interview_id is None else (interview_id,)
        with self._context.store.read() as connection:
            rows = connection.exec_driver_sql(query, values).fetchall()
        return tuple(Attachment(r[0], r[1], r[2], r[3], r[4], r[5], from_stamp(r[6])) for r in rows)

    def remove(self, interview_id: str, ref: str, sha: str) -> None:
        """Unlinks an attachment; the bytes go when no answer of any interview refers to them any more."""
        context = self._context
        with context.store.write() as connection:
            no = interview_no(connection, interview_id)
            connection.exec_driver_sql(
                "DELETE FROM attachment_link WHERE interview_no = ? AND path = ? AND sha = ?", (no, ref, sha)
            )
        self.drop_unlinked((sha,))
        context.has_changed = True

    def drop_unlinked(self, shas: tuple[str, ...]) -> int:
        """Deletes those of the named bytes that nothing refers to; returns how many."""
        context = self._context
        with context.store.read() as connection:
            linked = {
                row[0]
                for sha in shas
                for row in connection.exec_driver_sql("SELECT sha FROM attachment_link WHERE sha = ? LIMIT 1", (sha,))
            }
        loose = [(sha,) for sha in shas if sha not in linked]
        if not loose:
            return 0
        with context.media.write() as connection:
            connection.exec_driver_sql("DELETE FROM attachment WHERE sha = ?", loose)
        return len(loose)
