"""Salvage of attachments: files by their hash, what arrived without an answer yet, and parts of recordings."""

from collections.abc import Mapping
from typing import Any

from roadmapdesk.storage.attachments import deleted_shas
from roadmapdesk.storage.content import sha256_bytes
from roadmapdesk.storage.context import Context
from roadmapdesk.storage.rescue_rows import ReadableRows
from roadmapdesk.storage.salvage_trail import insert, insert_summed


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

        def is_of_present(row: Mapping[str, Any]) -> bool:
            return row["interview_id"] in present and row.get("sha") not in buried

        insert_summed(media, connection, "arrival", is_of_present)
        insert_summed(media, connection, "recording", is_of_present)
        known = {row[0] for row in connection.exec_driver_sql("SELECT id FROM recording")}
        columns = "recording, number, body, sha"
        parts = [row for row in media.of("recording_part", columns) if row[0] in known]
        insert(connection, "recording_part", columns, [row for row in parts if sha256_bytes(bytes(row[2])) == row[3]])
    return count
