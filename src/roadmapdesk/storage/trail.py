"""What is told beside the answers: audit trail, notes of the team, log of exports."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from roadmapdesk.storage.content import canonical_json, clean_text, from_stamp, row_digest, to_stamp
from roadmapdesk.storage.context import Context, interview_no, write_audit
from roadmapdesk.storage.erased_mentions import ERASED, without_erased
from roadmapdesk.storage.values import AuditEvent, AuditRow, Export, Note


class Audit:
    """The append-only audit trail."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def list(
        self, interview_id: str | None = None, *, ref: str | None = None, limit: int | None = None
    ) -> tuple[AuditRow, ...]:
        """Rows in the order in which they happened.

        Args:
            interview_id: only of this interview; None for all, events of the project included.
            ref: only of this answer.
            limit: only the last so many.
        """
        conditions = ["1"]
        values: list[object] = []
        if interview_id is not None:
            conditions.append("a.interview_no = (SELECT no FROM interview WHERE id = ?)")
            values.append(interview_id)
        if ref is not None:
            conditions.append("a.path = ?")
            values.append(ref)
        query = (
            "SELECT a.id, a.session_id, i.id, a.sequence, a.event, a.path, a.old_text, a.new_text, a.reason,"  # noqa: S608 — constants and placeholders only
            " s.author, a.at, a.elapsed_ms FROM audit a JOIN session s ON s.id = a.session_id"
            f" LEFT JOIN interview i ON i.no = a.interview_no WHERE {' AND '.join(conditions)}"
            " ORDER BY a.id DESC LIMIT ?"
        )
        with self._context.store.read() as connection:
            rows = connection.exec_driver_sql(query, (*values, -1 if limit is None else limit)).fetchall()
        return tuple(
            AuditRow(r[0], r[1], r[2], r[3], r[4], r[5], r[6], r[7], r[8], r[9], from_stamp(r[10]), r[11])
            for r in reversed(rows)
        )


class Notes:
    """Remarks of the team beside a question of an interview; not answers, never exported below the internal level."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def set(self, interview_id: str, ref: str, text: str) -> None:
        """Stores a note durably; an empty text removes it."""
        context = self._context
        text = clean_text(text)
        with context.store.write() as connection:
            no = interview_no(connection, interview_id)
            if not text.strip():
                connection.exec_driver_sql("DELETE FROM note WHERE interview_no = ? AND path = ?", (no, ref))
            else:
                stamp = to_stamp(context.now())
                digest = row_digest(no, ref, text, context.author, stamp)
                connection.exec_driver_sql(
                    "INSERT INTO note VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (interview_no, path) DO UPDATE SET"
                    " text = excluded.text, author = excluded.author, updated_at = excluded.updated_at,"
                    " digest = excluded.digest",
                    (no, ref, text, context.author, stamp, digest),
                )
        context.has_changed = True

    def list(self, interview_id: str | None = None) -> tuple[Note, ...]:
        """Notes of one interview, or of all, in order of their refs."""
        condition = "" if interview_id is None else " WHERE i.id = ?"
        query = (
            "SELECT i.id, n.path, n.text, n.author, n.updated_at FROM note n"  # noqa: S608 — constants only
            f" JOIN interview i ON i.no = n.interview_no{condition} ORDER BY i.no, n.path"
        )
        values = () if interview_id is None else (interview_id,)
        with self._context.store.read() as connection:
            rows = connection.exec_driver_sql(query, values).fetchall()
        return tuple(Note(row[0], row[1], row[2], row[3], from_stamp(row[4])) for row in rows)


class ExportLog:
    """Which file went out, at which level, about which interviews."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def add(
        self,
        *,
        kind: str,
        level: str,
        language: str,
        target: str,
        sha: str,
        interviews: Sequence[str] = (),
        details: Mapping[str, Any] | None = None,
        author: str = "",
        at: datetime | None = None,
    ) -> None:
        """Notes an export after its file is complete; of interviews that were erased meanwhile only their number.

        Args:
            kind: what it is.
            level: who may read it.
            language: of the file.
            target: its name without the folder.
            sha: SHA-256 of its bytes.
            interviews: ids of those that it tells about.
            details: more about it, JSON-ready.
            author: who wrote it, for a line that comes late; who works now by default.
            at: when it was written, for a line that comes late; now by default.
        """
        context = self._context
        now = context.now()
        told = [
            to_stamp(at or now),
            author or context.author,
            kind,
            level,
            language,
            clean_text(target),
            sha,
        ]
        with context.store.write() as connection:
            present = without_erased(connection, interviews)
            gone = len(interviews) - len(present)
            more = {**(details or {}), **({ERASED: gone} if gone else {})}
            row = (*told, canonical_json(sorted(present)), clean_text(canonical_json(more)))
            connection.exec_driver_sql(
                "INSERT INTO export_log (at, author, kind, level, language, target, sha, interviews, details, digest)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (*row, row_digest(*row)),
            )
            write_audit(connection, context, event=AuditEvent.EXPORTED, at=now, new=f"{kind} {level} {language}")

    def list(self) -> tuple[Export, ...]:
        """All exports, the latest first."""
        query = (
            "SELECT at, author, kind, level, language, target, sha, interviews, details"
            " FROM export_log ORDER BY id DESC"
        )
        with self._context.store.read() as connection:
            rows = connection.exec_driver_sql(query).fetchall()
        return tuple(
            Export(from_stamp(r[0]), r[1], r[2], r[3], r[4], r[5], r[6], tuple(json.loads(r[7])), json.loads(r[8]))
            for r in rows
        )
