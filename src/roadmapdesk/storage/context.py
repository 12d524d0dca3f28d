"""What all repositories of one open project share: the file, who works with it, and the clock."""

import time
from dataclasses import dataclass, field
from datetime import datetime
from typing import NoReturn

from roadmapdesk.storage.connections import Statements
from roadmapdesk.storage.content import clean_text, now_utc, row_digest, sha256_text, to_stamp
from roadmapdesk.storage.engine import Store
from roadmapdesk.storage.errors import ERASED, Erased

ATTACHMENT = "attachment"
"""The kind of tombstone that a deleted attachment leaves."""


@dataclass(slots=True)
class Context:
    """The open project as its repositories see it.

    Attributes:
        store: ``project.sqlite``.
        media: ``media.sqlite``.
        author: who works, a code or a role, never checked.
        device: id of this computer's installation, part of every revision.
        session_id: number of this opening; 0 when opened for reading.
        started: reading of the monotonic clock at the opening.
        question_ids: template → id, what the index has been told already; only of committed transactions.
    """

    store: Store
    media: Store
    author: str
    device: str
    session_id: int = 0
    started: float = field(default_factory=time.monotonic)
    question_ids: dict[str, int] = field(default_factory=dict)
    has_changed: bool = False

    def now(self) -> datetime:
        """The present moment in UTC."""
        return now_utc()

    def elapsed_ms(self) -> int:
        """Milliseconds since the project was opened."""
        return int((time.monotonic() - self.started) * 1000)


def interview_no(connection: Statements, interview_id: str) -> int:
    """The row number of an interview.

    Raises:
        Erased: when it carries a tombstone.
        KeyError: when there never was one.
    """
    row = connection.exec_driver_sql("SELECT no FROM interview WHERE id = ?", (interview_id,)).fetchone()
    if row is None:
        raise_missing(connection, interview_id)
    return int(row[0])


def raise_missing(connection: Statements, interview_id: str) -> NoReturn:
    """Raises `Erased` for an erased interview and KeyError for an unknown one."""
    refuse_erased(connection, "interview", interview_id)
    raise KeyError(interview_id)


def tombstone_key(kind: str, entity_id: str) -> str:
    """What a tombstone keeps of an erased id: its SHA-256, enough to know it again and nothing more.

    The id of an attachment is the hash of its bytes already.
    """
    return entity_id if kind == ATTACHMENT else sha256_text(f"{kind} {entity_id}")


def refuse_erased(connection: Statements, kind: str, entity_id: str) -> None:
    """Raises `Erased` when this entity carries a tombstone."""
    query = "SELECT 1 FROM tombstone WHERE kind = ? AND entity_hash = ?"
    if connection.exec_driver_sql(query, (kind, tombstone_key(kind, entity_id))).fetchone() is not None:
        raise Erased(ERASED)


def write_audit(
    connection: Statements,
    context: Context,
    *,
    event: str,
    at: datetime,
    no: int | None = None,
    sequence: int = 0,
    path: str = "",
    old: str | None = None,
    new: str | None = None,
    reason: str = "",
) -> None:
    """Appends one row to the audit trail inside the caller's transaction."""
    stamp = to_stamp(at)
    reason = clean_text(reason)
    elapsed = context.elapsed_ms()
    digest = row_digest(context.session_id, no, sequence, event, path, old, new, reason, stamp, elapsed)
    connection.exec_driver_sql(
        "INSERT INTO audit (session_id, interview_no, sequence, event, path, old_text, new_text, reason, at,"
        " elapsed_ms, digest) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (context.session_id, no, sequence, event, path, old, new, reason, stamp, elapsed, digest),
    )
    context.has_changed = True
