"""Drafts: every answer is one durable transaction of audit event, draft document and answer index.

A draft is kept as one row per answer and one check sum over all of them, so that saving an answer costs the same in a
long questionnaire as in a short one, and a flipped bit in any answer is still found.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from roadmapdesk.storage import draft_rows as rows
from roadmapdesk.storage.content import (
    canonical_json,
    from_stamp,
    split_ref,
    to_stamp,
)
from roadmapdesk.storage.context import Context, interview_no
from roadmapdesk.storage.index import load_questions
from roadmapdesk.storage.values import AuditEvent, Change, Draft


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
            row = rows.find_or_create(connection, interview_id, context.now())
            number = row.sequence + 1 if sequence is None else sequence
            if number != row.sequence + 1:
                return rows.repeated(connection, row.no, number, row.sequence, changes)
            at = context.now()
            count, total = rows.apply(
                connection, context, row, changes, event=event, number=number, at=at, reason=reason
            )
            rows.update_header(connection, row, position=position, number=number, at=at, count=count, total=total)
            rows.touch(connection, row.no, to_stamp(at), progress)
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
            row = rows.find_or_create(connection, interview_id, self._context.now())
            at = from_stamp(row.updated_at)
            rows.update_header(
                connection, row, position=position, number=row.sequence, at=at, count=row.answers, total=row.total
            )

    def set_form(
        self, interview_id: str, form_sha: str, lists: Mapping[str, str], answers: Mapping[str, str], *, reason: str
    ) -> datetime:
        """Moves an interview to another version of its form or of its lists, with the answers as they are there."""
        context = self._context
        with context.store.write() as connection:
            row = rows.find_or_create(connection, interview_id, context.now())
            present = rows.stored_answers(connection, row.no)
            changes = [
                Change(ref, present.get(ref), answers.get(ref)) for ref in sorted(present.keys() | answers.keys())
            ]
            changes = [change for change in changes if change.old != change.new]
            at = context.now()
            event = AuditEvent.CALCULATED
            count, total = rows.apply(
                connection, context, row, changes, event=event, number=row.sequence + 1, at=at, reason=reason
            )
            connection.exec_driver_sql("UPDATE interview SET form_sha = ? WHERE no = ?", (form_sha, row.no))
            text = canonical_json(dict(lists))
            connection.exec_driver_sql(
                "UPDATE draft SET form_sha = ?, lists = ? WHERE interview_no = ?", (form_sha, text, row.no)
            )
            row = row._replace(form_sha=form_sha, lists=text)
            rows.update_header(
                connection, row, position=row.position, number=row.sequence + 1, at=at, count=count, total=total
            )
            rows.refresh_interview_digest(connection, row.no)
            rows.touch(connection, row.no, to_stamp(at), None)
        return at

    def load(self, interview_id: str) -> Draft:
        """The present answers: the draft, or those of the latest revision where no draft is open.

        Raises:
            Erased: the interview was erased.
            KeyError: there never was one.
        """
        with self._context.store.read() as connection:
            return rows.read_draft(connection, interview_no(connection, interview_id), interview_id)
