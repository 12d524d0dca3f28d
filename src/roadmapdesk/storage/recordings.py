"""Sound recordings under way: parts of bare sound in ``media.sqlite``, so that they are encrypted where it is.

A recording never touches a temporary file. Each part is one durable transaction; what a crash leaves is found again
by `Recordings.list` and made into an attachment by the caller (docs/adr/0013).
"""

import uuid
from collections.abc import Iterator

from roadmapdesk.storage import row_sums
from roadmapdesk.storage.content import from_stamp, sha256_bytes, to_stamp
from roadmapdesk.storage.context import Context, interview_no
from roadmapdesk.storage.values import Recording

SAMPLE_BYTES = 2


class Recordings:
    """Recordings that are no attachments yet."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def begin(self, interview_id: str, ref: str, *, rate: int, recording_id: str | None = None) -> str:
        """Opens a recording without sound and returns its id; beginning the same one again changes nothing.

        Args:
            interview_id: which interview.
            ref: the question, empty for the interview as a whole.
            rate: samples a second, one channel of 16 bits.
            recording_id: a UUID of the caller, who then need not wait; a new one by default.

        Raises:
            Erased: the interview was erased.
            KeyError: there never was one.
        """
        context = self._context
        identifier = recording_id or str(uuid.uuid4())
        with context.store.read() as connection:
            interview_no(connection, interview_id)
        with context.media.write() as connection:
            place = {"id": identifier, "interview_id": interview_id, "path": ref}
            row = {**place, "rate": rate, "started_at": to_stamp(context.now())}
            row_sums.insert(connection, "recording", row, conflict="DO NOTHING")
        return identifier

    def keep_part(self, recording_id: str, number: int, sound: bytes) -> None:
        """Stores one part durably; storing the same number again changes nothing.

        Sound of a recording that is gone, because its interview was erased meanwhile, goes nowhere.
        """
        context = self._context
        with context.media.write() as connection:
            connection.exec_driver_sql(
                "INSERT INTO recording_part SELECT ?1, ?2, ?3, ?4"
                " WHERE EXISTS (SELECT 1 FROM recording WHERE id = ?1) ON CONFLICT DO NOTHING",
                (recording_id, number, sound, sha256_bytes(sound)),
            )
        context.has_changed = True

    def parts(self, recording_id: str) -> Iterator[bytes | None]:
        """The parts in their order, one at a time; None stands for one that changed on the disk."""
        with self._context.media.read() as connection:
            query = "SELECT number FROM recording_part WHERE recording = ? ORDER BY number"
            numbers = [row[0] for row in connection.exec_driver_sql(query, (recording_id,))]
        for number in numbers:
            with self._context.media.read() as connection:
                query = "SELECT body, sha FROM recording_part WHERE recording = ? AND number = ?"
                row = connection.exec_driver_sql(query, (recording_id, number)).fetchone()
            if row is None:
                continue
            sound = bytes(row[0])
            yield sound if sha256_bytes(sound) == row[1] else None

    def list(self, interview_id: str | None = None) -> tuple[Recording, ...]:
        """Recordings that were not made into attachments, of one interview or of all, the earliest first."""
        condition = "" if interview_id is None else " WHERE r.interview_id = ?"
        query = (
            "SELECT r.id, r.interview_id, r.path, r.rate, r.started_at, count(p.number), total(length(p.body))"  # noqa: S608 — constants only
            f" FROM recording r LEFT JOIN recording_part p ON p.recording = r.id{condition}"
            " GROUP BY r.id ORDER BY r.started_at, r.id"
        )
        with self._context.media.read() as connection:
            if not connection.exec_driver_sql("SELECT 1 FROM sqlite_master WHERE name = 'recording'").fetchone():
                return ()
            rows = connection.exec_driver_sql(query, () if interview_id is None else (interview_id,)).fetchall()
        return tuple(
            Recording(r[0], r[1], r[2], r[3], from_stamp(r[4]), r[5], r[6] / (SAMPLE_BYTES * r[3])) for r in rows
        )

    def drop(self, recording_id: str) -> None:
        """Deletes a recording with its parts; what was never an attachment leaves no tombstone."""
        with self._context.media.write() as connection:
            connection.exec_driver_sql("DELETE FROM recording_part WHERE recording = ?", (recording_id,))
            connection.exec_driver_sql("DELETE FROM recording WHERE id = ?", (recording_id,))

    def drop_of_interview(self, interview_id: str) -> None:
        """Deletes what is left of the recordings of an interview that goes."""
        for recording in self.list(interview_id):
            self.drop(recording.id)
