"""Rows of drafts inside a transaction of the caller: read, create, replace, change."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from roadmapdesk.storage import revision_rows
from roadmapdesk.storage.connections import Statements
from roadmapdesk.storage.content import (
    answers_sum,
    canonical_json,
    clean_text,
    from_stamp,
    row_digest,
    shift_sum,
    to_stamp,
)
from roadmapdesk.storage.context import Context, raise_missing, write_audit
from roadmapdesk.storage.errors import DAMAGED_ENTRY, Damaged
from roadmapdesk.storage.index import index_answer
from roadmapdesk.storage.values import Change, Draft

_FIND = (
    "SELECT i.no, d.form_sha, d.lists, d.position, d.sequence, d.updated_at, d.base, d.answers, d.total, d.digest"
    " FROM interview i LEFT JOIN draft d ON d.interview_no = i.no WHERE i.id = ?"
)
_UPSERT = (
    "INSERT INTO draft_answer VALUES (?, ?, ?) ON CONFLICT (interview_no, path) DO UPDATE SET text = excluded.text"
)
_UPDATE = (
    "UPDATE draft SET position = ?, sequence = ?, updated_at = ?, answers = ?, total = ?, digest = ?"
    " WHERE interview_no = ?"
)


class Header(NamedTuple):
    """The header row of a draft, with the number of its interview first."""

    no: int
    form_sha: str
    lists: str
    position: str
    sequence: int
    updated_at: str
    base: str
    answers: int
    total: str


def read_draft(connection: Statements, no: int, interview_id: str) -> Draft:
    """See `Drafts.load`."""
    row = connection.exec_driver_sql(_FIND, (interview_id,)).fetchone()
    if row[1] is None:
        return from_head(connection, no, interview_id)
    answers = stored_answers(connection, no)
    if row[7] != len(answers) or row[8] != answers_sum(answers) or row[9] != draft_digest(row[:9]):
        raise Damaged(DAMAGED_ENTRY, place=interview_id)
    return Draft(
        interview_id=interview_id,
        answers=answers,
        form_sha=row[1],
        lists=json.loads(row[2]),
        position=row[3],
        updated_at=from_stamp(row[5]),
        sequence=row[4],
        base=row[6],
        is_stored=True,
    )


def create_draft(
    connection: Statements,
    no: int,
    *,
    form_sha: str,
    lists: Mapping[str, str],
    answers: Mapping[str, str],
    at: datetime,
    position: str = "",
    sequence: int = 0,
    base: str = "",
) -> None:
    """Writes a whole draft inside the caller's transaction."""
    clean = {ref: clean_text(text) for ref, text in answers.items()}
    row = (
        no,
        form_sha,
        canonical_json(dict(lists)),
        position,
        sequence,
        to_stamp(at),
        base,
        len(clean),
        answers_sum(clean),
    )
    connection.exec_driver_sql("INSERT INTO draft VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", (*row, draft_digest(row)))
    if clean:
        connection.exec_driver_sql(_UPSERT, [(no, ref, text) for ref, text in clean.items()])


def replace_draft(
    connection: Statements, no: int, body: Mapping[str, object], *, base: str, at: datetime, position: str = ""
) -> None:
    """Puts the body of a revision in the place of the draft; the running number goes on."""
    sequence = _last_sequence(connection, no)
    drop_draft(connection, no)
    form = str(body["form"])
    lists, answers = body["lists"], body["answers"]
    if not isinstance(lists, Mapping) or not isinstance(answers, Mapping):
        msg = "the body of a revision has another shape"
        raise TypeError(msg)
    create_draft(
        connection,
        no,
        form_sha=form,
        lists=lists,
        answers=answers,
        at=at,
        position=position,
        sequence=sequence,
        base=base,
    )
    connection.exec_driver_sql("UPDATE interview SET form_sha = ? WHERE no = ?", (form, no))
    refresh_interview_digest(connection, no)


def drop_draft(connection: Statements, no: int) -> None:
    """Removes the draft of an interview whose answers are safe in a revision."""
    connection.exec_driver_sql("DELETE FROM draft_answer WHERE interview_no = ?", (no,))
    connection.exec_driver_sql("DELETE FROM draft WHERE interview_no = ?", (no,))


def draft_digest(row: Sequence[object]) -> str:
    """Check sum of a draft's header; `row` is (no, form, lists, position, sequence, updated, base, answers, total).

    `base` is left out, because it only names a revision that holds the same answers.
    """
    return row_digest(*row[:6], *row[7:9])


def refresh_interview_digest(connection: Statements, no: int) -> None:
    """Brings the check sum of an interview's own columns up to date."""
    row = connection.exec_driver_sql(INTERVIEW_COLUMNS + " WHERE no = ?", (no,)).fetchone()
    connection.exec_driver_sql("UPDATE interview SET digest = ? WHERE no = ?", (row_digest(*row), no))


INTERVIEW_COLUMNS = (
    "SELECT id, code, state, form_sha, actor_key, wave, interviewer, conducted_on, details, created_at FROM interview"
)


def find_or_create(connection: Statements, interview_id: str, at: datetime) -> Header:
    """The header of the draft; opens one from the latest revision where there is none."""
    row = connection.exec_driver_sql(_FIND, (interview_id,)).fetchone()
    if row is None:
        raise_missing(connection, interview_id)
    if row[1] is None:
        head = from_head(connection, row[0], interview_id)
        create_draft(
            connection,
            row[0],
            form_sha=head.form_sha,
            lists=head.lists,
            answers=head.answers,
            at=at,
            position=head.position,
            sequence=head.sequence,
            base=head.base,
        )
        row = connection.exec_driver_sql(_FIND, (interview_id,)).fetchone()
    return Header(*row[:9])


def from_head(connection: Statements, no: int, interview_id: str) -> Draft:
    """The answers of the latest revision as a draft that is not stored yet."""
    heads = revision_rows.heads(connection, "interview", interview_id)
    if not heads:
        msg = "an interview has neither a draft nor a revision"
        raise AssertionError(msg)
    head = revision_rows.read(connection, heads[-1])
    return Draft(
        interview_id=interview_id,
        answers=head.answers,
        form_sha=str(head.body["form"]),
        lists=dict(head.body["lists"]),
        position="",
        updated_at=head.created_at,
        sequence=_last_sequence(connection, no),
        base=head.sha,
        is_stored=False,
    )


def stored_answers(connection: Statements, no: int) -> dict[str, str]:
    """The answers of a draft, in order of their refs."""
    query = "SELECT path, text FROM draft_answer WHERE interview_no = ? ORDER BY path"
    return {row[0]: row[1] for row in connection.exec_driver_sql(query, (no,))}


def _last_sequence(connection: Statements, no: int) -> int:
    query = "SELECT coalesce(max(sequence), 0) FROM audit WHERE interview_no = ?"
    return int(connection.exec_driver_sql(query, (no,)).fetchone()[0])


def apply(
    connection: Statements,
    context: Context,
    row: Header,
    changes: Sequence[Change],
    *,
    event: str,
    number: int,
    at: datetime,
    reason: str,
) -> tuple[int, str]:
    """Writes answers, index and audit; returns the number of answers and their new sum."""
    no, count, total = row.no, row.answers, row.total
    find = "SELECT text FROM draft_answer WHERE interview_no = ? AND path = ?"
    for change in changes:
        ref = change.ref
        new = None if change.new is None else clean_text(change.new)
        old = None if change.old is None else clean_text(change.old)
        stored = connection.exec_driver_sql(find, (no, ref)).fetchone()
        present = None if stored is None else stored[0]
        if present != new:
            total = shift_sum(total, ref, present, new)
            count += (new is not None) - (present is not None)
            if new is None:
                connection.exec_driver_sql("DELETE FROM draft_answer WHERE interview_no = ? AND path = ?", (no, ref))
            else:
                connection.exec_driver_sql(_UPSERT, (no, ref, new))
            index_answer(connection, context, no, ref, new)
        write_audit(
            connection, context, event=event, at=at, no=no, sequence=number, path=ref, old=old, new=new, reason=reason
        )
    if not changes:
        write_audit(connection, context, event=event, at=at, no=no, sequence=number, reason=reason)
    return count, total


def update_header(
    connection: Statements,
    row: Header,
    *,
    position: str,
    number: int,
    at: datetime,
    count: int,
    total: str,
) -> None:
    """Writes the header of a draft with its new check sums."""
    stamp, position = to_stamp(at), clean_text(position)
    digest = draft_digest((row.no, row.form_sha, row.lists, position, number, stamp, row.base, count, total))
    connection.exec_driver_sql(_UPDATE, (position, number, stamp, count, total, digest, row.no))


def touch(connection: Statements, no: object, stamp: str, progress: tuple[int, int] | None) -> None:
    """Notes that an interview changed, and how far it is answered."""
    if progress is None:
        connection.exec_driver_sql("UPDATE interview SET updated_at = ? WHERE no = ?", (stamp, no))
    else:
        connection.exec_driver_sql(
            "UPDATE interview SET updated_at = ?, answered = ?, total = ? WHERE no = ?", (stamp, *progress, no)
        )


def repeated(connection: Statements, no: object, number: int, last: object, changes: Sequence[Change]) -> datetime:
    """The time at which this very change was saved before."""
    query = "SELECT path, new_text, at FROM audit WHERE interview_no = ? AND sequence = ? ORDER BY id"
    rows = connection.exec_driver_sql(query, (no, number)).fetchall()
    wanted = [(change.ref, None if change.new is None else clean_text(change.new)) for change in changes]
    if not rows or [(row[0], row[1]) for row in rows] != (wanted or [("", None)]):
        msg = f"change {number} does not follow change {last}"
        raise ValueError(msg)
    return from_stamp(rows[0][2])
