"""What a session that did not end properly left behind."""

from pathlib import Path

from roadmapdesk.storage import row_sums
from roadmapdesk.storage.connections import Statements
from roadmapdesk.storage.content import from_stamp
from roadmapdesk.storage.lock import Holder
from roadmapdesk.storage.values import RecoveredDraft, Recovery


def has_journal(path: Path) -> bool:
    """True when a transaction was cut off; the next opening rolls it back."""
    journal = path.with_name(path.name + "-journal")
    try:
        return journal.stat().st_size > 0
    except OSError:
        return False


def begin_number(connection: Statements) -> int:
    """The number of the next session; the number of one that is gone is never used again."""
    row = connection.exec_driver_sql("SELECT seq FROM sqlite_sequence WHERE name = 'session'").fetchone()
    return int(row[0]) + 1 if row else 1


def find(connection: Statements, *, had_journal: bool, holder: Holder | None) -> Recovery | None:
    """The latest session without an end and the drafts that it changed; None when every session ended.

    Runs inside the caller's transaction. The sessions are then marked as seen, so that the same crash is told once.
    """
    query = "SELECT id, started_at, host, pid FROM session WHERE ended_at IS NULL ORDER BY id DESC"
    sessions = connection.exec_driver_sql(query).fetchall()
    if not sessions:
        return None
    rows = connection.exec_driver_sql(
        "SELECT i.id, i.code, COALESCE(i.answered, 0), f.title, f.version, d.position, d.updated_at"
        " FROM draft d JOIN interview i ON i.no = d.interview_no JOIN form f ON f.sha = d.form_sha"
        " WHERE EXISTS (SELECT 1 FROM audit a"
        " WHERE a.interview_no = i.no AND a.session_id = ? AND a.sequence > 0)"
        " ORDER BY d.updated_at DESC",
        (sessions[0][0],),
    ).fetchall()
    for number, at, _host, _pid in sessions:
        row_sums.change(connection, "session", {"ended_at": at}, "id = ?", (number,))
    drafts = tuple(RecoveredDraft(r[0], r[1], r[2], r[3], r[4], r[5], from_stamp(r[6])) for r in rows)
    _, started, host, pid = sessions[0]
    return Recovery(
        since=from_stamp(started),
        host=holder.host if holder else host,
        pid=holder.pid if holder else pid,
        had_journal=had_journal,
        drafts=drafts,
    )
