"""Salvage of attachments: files by their hash, what arrived without an answer yet, and parts of recordings."""

from roadmapdesk.storage.attachments import deleted_shas
from roadmapdesk.storage.content import sha256_bytes
from roadmapdesk.storage.context import Context
from roadmapdesk.storage.rescue_rows import ReadableRows
from roadmapdesk.storage.salvage_trail import insert


def attachments(media: ReadableRows, context: Context) -> int:
    """Copies what has a matching hash and was not deleted for good; returns the number of attachments."""
    with context.store.read() as connection:
        buried = deleted_shas(connection)
        present = {row[0] for row in connection.exec_driver_sql("SELECT id FROM interview")}
    with context.media.write() as connection:
        columns = "sha, mime, size, body, added_at"
        found = [row for row in media.of("attachment", columns) if sha256_bytes(bytes(row[3])) == row[0]]
        count = insert(connection, "attachment", columns, [row for row in found if row[0] not in buried])
        if not media.has("arrival"):  # a file of an earlier version
            return count
        columns = "sha, interview_id, path, name, mime, at"
        arrivals = [row for row in media.of("arrival", columns) if row[0] not in buried and row[1] in present]
        insert(connection, "arrival", columns, arrivals)
        columns = "id, interview_id, path, rate, started_at"
        recordings = [row for row in media.of("recording", columns) if row[1] in present]
        insert(connection, "recording", columns, recordings)
        known = {row[0] for row in recordings}
        columns = "recording, number, body, sha"
        parts = [row for row in media.of("recording_part", columns) if row[0] in known]
        insert(connection, "recording_part", columns, [row for row in parts if sha256_bytes(bytes(row[2])) == row[3]])
    return count
