"""Immutable, content-addressed revisions: the truth of a project, and what laptops exchange."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from roadmapdesk.domain.interviews import InterviewState
from roadmapdesk.storage import revision_rows as rows
from roadmapdesk.storage.connections import Statements
from roadmapdesk.storage.context import Context, interview_no, write_audit
from roadmapdesk.storage.draft_rows import drop_draft, read_draft, replace_draft
from roadmapdesk.storage.index import index_interview
from roadmapdesk.storage.interviews import change_state
from roadmapdesk.storage.values import AuditEvent, Difference, Revision, RevisionKind

INTERVIEW = "interview"
_TOGETHER = 200  # revisions read with one query: a few megabytes
_CLOSING = {RevisionKind.FINALISE, RevisionKind.REVIEW}


class Revisions:
    """The history of interviews, actors, networks and measures."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def cut(
        self,
        interview_id: str,
        kind: RevisionKind = RevisionKind.EDIT,
        reason: str = "",
        *,
        state: InterviewState | None = None,
    ) -> Revision:
        """Fixes the present answers of an interview as a revision; the same answers again give the same head.

        Finalising drops the draft, because the revision now holds everything; any other kind keeps it.

        Args:
            interview_id: which interview.
            kind: why; see `RevisionKind`.
            reason: reason for change, required when answers of a finalised interview changed.
            state: moves the interview to this state in the same transaction.

        Raises:
            ValueError: when a finalised interview was changed and no reason is given.
        """
        kind = RevisionKind(kind)
        with self._context.store.write() as connection:
            no = interview_no(connection, interview_id)
            draft = read_draft(connection, no, interview_id)
            heads = rows.heads(connection, INTERVIEW, interview_id)
            before = _state(connection, no)
            body = {"form": draft.form_sha, "lists": dict(draft.lists), "answers": dict(draft.answers)}
            latest = rows.read(connection, heads[-1]) if heads else None
            if (
                latest is None
                or len(heads) > 1
                or latest.body != body
                or kind not in {latest.kind, RevisionKind.EDIT}
            ):
                if latest is not None and before.counts and latest.body != body and not reason.strip():
                    msg = "a change of a finalised interview needs a reason"
                    raise ValueError(msg)
                latest = rows.append(
                    connection,
                    self._context,
                    entity_kind=INTERVIEW,
                    entity_id=interview_id,
                    kind=kind,
                    body=body,
                    reason=reason,
                    parents=heads,
                )
                event = AuditEvent.FINALISED if kind in _CLOSING else AuditEvent.SAVED
                write_audit(connection, self._context, event=event, at=latest.created_at, no=no, reason=reason)
            if kind in _CLOSING:
                drop_draft(connection, no)
            else:
                connection.exec_driver_sql("UPDATE draft SET base = ? WHERE interview_no = ?", (latest.sha, no))
            if state is not None and state != before:
                change_state(connection, self._context, no, state, reason=reason)
            return latest

    def restore(self, interview_id: str, sha: str, reason: str) -> Revision:
        """Makes an earlier revision the present one, as a new revision that follows all heads.

        Raises:
            KeyError: when the interview has no such revision.
            ValueError: without a reason.
        """
        if not reason.strip():
            msg = "restoring an earlier revision needs a reason"
            raise ValueError(msg)
        with self._context.store.write() as connection:
            no = interview_no(connection, interview_id)
            earlier = rows.read(connection, sha)
            if earlier.entity_id != interview_id:
                raise KeyError(sha)
            restored = rows.append(
                connection,
                self._context,
                entity_kind=INTERVIEW,
                entity_id=interview_id,
                kind=RevisionKind.RESTORE,
                body=earlier.body,
                reason=reason,
                parents=rows.heads(connection, INTERVIEW, interview_id),
            )
            replace_draft(connection, no, earlier.body, base=restored.sha, at=restored.created_at)
            index_interview(connection, self._context, no, earlier.answers)
            write_audit(
                connection,
                self._context,
                event=AuditEvent.RESTORED,
                at=restored.created_at,
                no=no,
                new=sha,
                reason=reason,
            )
            return restored

    def heads(self, entity_id: str, entity_kind: str = INTERVIEW) -> tuple[Revision, ...]:
        """The revisions that no other follows: one normally, several while laptops disagree."""
        with self._context.store.read() as connection:
            return tuple(rows.read(connection, sha) for sha in rows.heads(connection, entity_kind, entity_id))

    def all_heads(self, entity_kind: str = INTERVIEW) -> Mapping[str, tuple[str, ...]]:
        """Entity → hashes of the revisions that no other follows, for all entities of a kind at once."""
        with self._context.store.read() as connection:
            return rows.all_heads(connection, entity_kind)

    def each(self, hashes: Sequence[str]) -> Iterator[Revision]:
        """The revisions with these hashes, in no particular order, a few hundred with each query.

        Unknown hashes are left out. Nothing is locked while the caller works with what was read.

        Raises:
            Damaged: when the text of one no longer matches its hash.
        """
        for start in range(0, len(hashes), _TOGETHER):
            with self._context.store.read() as connection:
                found = rows.read_many(connection, hashes[start : start + _TOGETHER])
            yield from found

    def history(self, entity_id: str, entity_kind: str = INTERVIEW) -> tuple[Revision, ...]:
        """All revisions of one entity, the latest first."""
        query = (
            "SELECT sha, document FROM revision WHERE entity_kind = ? AND entity_id = ?"
            " ORDER BY created_at DESC, device_sequence DESC"
        )
        with self._context.store.read() as connection:
            found = connection.exec_driver_sql(query, (entity_kind, entity_id)).fetchall()
        return tuple(rows.parse(row[0], row[1]) for row in found)

    def get(self, sha: str) -> Revision:
        """The revision with this hash.

        Raises:
            KeyError: when the project does not hold it.
        """
        with self._context.store.read() as connection:
            return rows.read(connection, sha)

    def body(self, sha: str) -> Mapping[str, Any]:
        """The body of the revision with this hash; see `Revision.body`."""
        return self.get(sha).body

    def document(self, sha: str) -> str:
        """The canonical JSON text whose SHA-256 is `sha`."""
        with self._context.store.read() as connection:
            row = connection.exec_driver_sql("SELECT document FROM revision WHERE sha = ?", (sha,)).fetchone()
        if row is None:
            raise KeyError(sha)
        return str(row[0])

    def compare(self, before: str, after: str) -> tuple[Difference, ...]:
        """The answers that differ between two revisions, in order of their refs."""
        return compare_answers(self.get(before).answers, self.get(after).answers)


def compare_answers(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[Difference, ...]:
    """The refs that two sets of answers answer differently, in order."""
    return tuple(
        Difference(ref, before.get(ref), after.get(ref))
        for ref in sorted(before.keys() | after.keys())
        if before.get(ref) != after.get(ref)
    )


def _state(connection: Statements, no: int) -> InterviewState:
    row = connection.exec_driver_sql("SELECT state FROM interview WHERE no = ?", (no,)).fetchone()
    return InterviewState(row[0])
