"""Drafts: every answer is one durable transaction of audit event, draft document and answer index.

A draft is kept as one row per answer and one check sum over all of them, so that saving an answer costs the same in a
long questionnaire as in a short one, and a flipped bit in any answer is still found.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime

import sqlalchemy as sa

from roadmapdesk.storage import revision_rows
from roadmapdesk.storage.content import (
    answers_sum,
    canonical_json,
    clean_text,
    from_stamp,
    row_digest,
    shift_sum,
    split_ref,
    to_stamp,
)
from roadmapdesk.storage.context import Context, interview_no, raise_missing, write_audit
from roadmapdesk.storage.index import index_answer, load_questions
from roadmapdesk.storage.values import AuditEvent, Change, Draft

_FIND = (
    "SELECT i.no, d.form_sha, d.lists, d.position, d.sequence, d.updated_at, d.base, d.answers, d.total"
    " FROM interview i LEFT JOIN draft d ON d.interview_no = i.no WHERE i.id = ?"
)
_UPSERT = (
    "INSERT INTO draft_answer VALUES (?, ?, ?) ON CONFLICT (interview_no, path) DO UPDATE SET text = excluded.text"
)
_UPDATE = (
    "UPDATE draft SET position = ?, sequence = ?, updated_at = ?, answers = ?, total = ?, digest = ?"
    " WHERE interview_no = ?"
)


class Drafts:
    """The present answers of interviews, saved answer by answer."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def save_answer(
        self,
        interview_id: str,
        ref: str,
        question: str,
        old: str | None,
        new: str | None,
        *,
        position: str,
        event: str = AuditEvent.ANSWER,
        sequence: int | None = None,
    ) -> datetime:
        """Saves one answer durably and returns when; see `save_changes`.

        Args:
            interview_id: which interview.
            ref: where the answer stands, with repeat keys.
            question: name of the question, the last step of `ref`.
            old: text before, as the audit trail shall tell it.
            new: text now; None removes the answer.
            position: where the interviewer stands, kept for resuming.
            event: what the audit trail calls it.
            sequence: number of this change, `Draft.sequence` plus one and so on; makes a retry safe.
        """
        if split_ref(ref).question != question:
            msg = "the ref does not end in the question's name"
            raise ValueError(msg)
        return self.save_changes(
            interview_id, (Change(ref, old, new),), position=position, event=event, sequence=sequence
        )

    def save_changes(
        self,
        interview_id: str,
        changes: Sequence[Change],
        *,
        position: str,
        event: str = AuditEvent.ANSWER,
        sequence: int | None = None,
        reason: str = "",
        progress: tuple[int, int] | None = None,
    ) -> datetime:
        """Saves changes that belong together in one durable transaction.

        After this returns, the changes survive a crash or a power cut. With `sequence`, saving the same change again
        (because its outcome was not known) changes nothing and returns the time of the first time.

        Args:
            interview_id: which interview.
            changes: answers with their old and new texts; several for undo, or for a repeat that came or went.
            position: where the interviewer stands.
            event: what the audit trail calls it, one of `AuditEvent`.
            sequence: number of this change, the last one plus one; None takes the next number.
            reason: reason for change, for finalised interviews.
            progress: answered and total relevant questions, for the list of interviews.

        Raises:
            NotSaved: nothing was saved, or that is not certain; keep the texts and try again with the same sequence.
            Erased: the interview was erased.
            ValueError: a number was left out, or used before for other changes.
        """
        context = self._context
        with context.store.write() as connection:
            row = _find_or_create(connection, interview_id, context.now())
            number = row[4] + 1 if sequence is None else sequence
            if number != row[4] + 1:
                return _repeated(connection, row[0], number, row[4], changes)
            at = context.now()
            count, total = _apply(connection, context, row, changes, event=event, number=number, at=at, reason=reason)
            _update_header(connection, row, position=position, number=number, at=at, count=count, total=total)
            _touch(connection, row[0], to_stamp(at), progress)
        self._remember_questions(changes)
        return at

    def _remember_questions(self, changes: Sequence[Change]) -> None:
        """Learns the numbers of new questions, once they are committed."""
        known = self._context.question_ids
        if any(split_ref(change.ref).template not in known for change in changes):
            with self._context.store.read() as connection:
                load_questions(connection, self._context)

    def set_position(self, interview_id: str, position: str) -> None:
        """Keeps where the interviewer stands without any answer."""
        with self._context.store.write() as connection:
            row = _find_or_create(connection, interview_id, self._context.now())
            at = from_stamp(row[5])
            _update_header(connection, row, position=position, number=row[4], at=at, count=row[7], total=row[8])

    def set_form(
        self, interview_id: str, form_sha: str, lists: Mapping[str, str], answers: Mapping[str, str], *, reason: str
    ) -> datetime:
        """Moves an interview to another version of its form or of its lists, with the answers as they are there."""
        context = self._context
        with context.store.write() as connection:
            row = _find_or_create(connection, interview_id, context.now())
            present = _answers(connection, row[0])
            changes = [
                Change(ref, present.get(ref), answers.get(ref)) for ref in sorted(present.keys() | answers.keys())
            ]
            changes = [change for change in changes if change.old != change.new]
            at = context.now()
            event = AuditEvent.CALCULATED
            count, total = _apply(
                connection, context, row, changes, event=event, number=row[4] + 1, at=at, reason=reason
            )
            connection.exec_driver_sql("UPDATE interview SET form_sha = ? WHERE no = ?", (form_sha, row[0]))
            text = canonical_json(dict(lists))
            connection.exec_driver_sql(
                "UPDATE draft SET form_sha = ?, lists = ? WHERE interview_no = ?", (form_sha, text, row[0])
            )
            row = (row[0], form_sha, text, *row[3:])
            _update_header(connection, row, position=row[3], number=row[4] + 1, at=at, count=count, total=total)
            refresh_interview_digest(connection, row[0])
            _touch(connection, row[0], to_stamp(at), None)
        return at

    def load(self, interview_id: str) -> Draft:
        """The present answers: the draft, or those of the latest revision where no draft is open.

        Raises:
            Erased: the interview was erased.
            KeyError: there never was one.
        """
        with self._context.store.read() as connection:
            return read_draft(connection, interview_no(connection, interview_id), interview_id)


def read_draft(connection: sa.Connection, no: int, interview_id: str) -> Draft:
    """See `Drafts.load`."""
    row = connection.exec_driver_sql(_FIND, (interview_id,)).one()
    if row[1] is None:
        return _from_head(connection, no, interview_id)
    return Draft(
        interview_id=interview_id,
        answers=_answers(connection, no),
        form_sha=row[1],
        lists=json.loads(row[2]),
        position=row[3],
        updated_at=from_stamp(row[5]),
        sequence=row[4],
        base=row[6],
        is_stored=True,
    )


def create_draft(
    connection: sa.Connection,
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
    connection: sa.Connection, no: int, body: Mapping[str, object], *, base: str, at: datetime, position: str = ""
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


def drop_draft(connection: sa.Connection, no: int) -> None:
    """Removes the draft of an interview whose answers are safe in a revision."""
    connection.exec_driver_sql("DELETE FROM draft_answer WHERE interview_no = ?", (no,))
    connection.exec_driver_sql("DELETE FROM draft WHERE interview_no = ?", (no,))


def draft_digest(row: Sequence[object]) -> str:
    """Check sum of a draft's header; `row` is (no, form, lists, position, sequence, updated, base, answers, total).

    `base` is left out, because it only names a revision that holds the same answers.
    """
    return row_digest(*row[:6], *row[7:9])


def refresh_interview_digest(connection: sa.Connection, no: int) -> None:
    """Brings the check sum of an interview's own columns up to date."""
    row = connection.exec_driver_sql(INTERVIEW_COLUMNS + " WHERE no = ?", (no,)).one()
    connection.exec_driver_sql("UPDATE interview SET digest = ? WHERE no = ?", (row_digest(*row), no))


INTERVIEW_COLUMNS = (
    "SELECT id, code, state, form_sha, actor_key, wave, interviewer, conducted_on, details, created_at FROM interview"
)


def _find_or_create(connection: sa.Connection, interview_id: str, at: datetime) -> Sequence[object]:
    """The header of the draft; opens one from the latest revision where there is none."""
    row = connection.exec_driver_sql(_FIND, (interview_id,)).fetchone()
    if row is None:
        raise_missing(connection, interview_id)
    if row[1] is None:  # type: ignore[index] — raise_missing never returns
        head = _from_head(connection, int(row[0]), interview_id)  # type: ignore[index] — see above
        create_draft(
            connection,
            int(row[0]),  # type: ignore[index] — see above
            form_sha=head.form_sha,
            lists=head.lists,
            answers=head.answers,
            at=at,
            position=head.position,
            sequence=head.sequence,
            base=head.base,
        )
        row = connection.exec_driver_sql(_FIND, (interview_id,)).one()
    return row  # type: ignore[return-value] — a row is a sequence


def _from_head(connection: sa.Connection, no: int, interview_id: str) -> Draft:
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


def _answers(connection: sa.Connection, no: int) -> dict[str, str]:
    query = "SELECT path, text FROM draft_answer WHERE interview_no = ? ORDER BY path"
    return {row[0]: row[1] for row in connection.exec_driver_sql(query, (no,))}


def _last_sequence(connection: sa.Connection, no: int) -> int:
    query = "SELECT coalesce(max(sequence), 0) FROM audit WHERE interview_no = ?"
    return int(connection.exec_driver_sql(query, (no,)).scalar_one())


def _apply(
    connection: sa.Connection,
    context: Context,
    row: Sequence[object],
    changes: Sequence[Change],
    *,
    event: str,
    number: int,
    at: datetime,
    reason: str,
) -> tuple[int, str]:
    """Writes answers, index and audit; returns the number of answers and their new sum."""
    no, count, total = int(str(row[0])), int(str(row[7])), str(row[8])
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


def _update_header(
    connection: sa.Connection,
    row: Sequence[object],
    *,
    position: str,
    number: int,
    at: datetime,
    count: int,
    total: str,
) -> None:
    stamp = to_stamp(at)
    digest = draft_digest((row[0], row[1], row[2], position, number, stamp, row[6], count, total))
    connection.exec_driver_sql(_UPDATE, (position, number, stamp, count, total, digest, row[0]))


def _touch(connection: sa.Connection, no: object, stamp: str, progress: tuple[int, int] | None) -> None:
    if progress is None:
        connection.exec_driver_sql("UPDATE interview SET updated_at = ? WHERE no = ?", (stamp, no))
    else:
        connection.exec_driver_sql(
            "UPDATE interview SET updated_at = ?, answered = ?, total = ? WHERE no = ?", (stamp, *progress, no)
        )


def _repeated(
    connection: sa.Connection, no: object, number: int, last: object, changes: Sequence[Change]
) -> datetime:
    """The time at which this very change was saved before."""
    query = "SELECT path, new_text, at FROM audit WHERE interview_no = ? AND sequence = ? ORDER BY id"
    rows = connection.exec_driver_sql(query, (no, number)).fetchall()
    wanted = [(change.ref, None if change.new is None else clean_text(change.new)) for change in changes]
    if not rows or [(row[0], row[1]) for row in rows] != (wanted or [("", None)]):
        msg = f"change {number} does not follow change {last}"
        raise ValueError(msg)
    return from_stamp(rows[0][2])
