"""The list of interviews: one row each, with columns that the caller reads out of the answers."""

import gc
import json
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from typing import Any

from roadmapdesk.domain.interviews import InterviewState
from roadmapdesk.storage.connections import Statements
from roadmapdesk.storage.content import canonical_json, clean_text, row_digest, to_stamp
from roadmapdesk.storage.context import Context, interview_no, refuse_erased, write_audit
from roadmapdesk.storage.draft_rows import create_draft, refresh_interview_digest
from roadmapdesk.storage.index import index_interview
from roadmapdesk.storage.values import AuditEvent, InterviewRow, Summary

COLUMNS = (
    "id, code, state, form_sha, actor_key, wave, interviewer, conducted_on, answered, total, details,"
    " created_at, updated_at"
)
_fast_row: Callable[[Any], InterviewRow] = partial(tuple.__new__, InterviewRow)
_STATES = {state.value: state for state in InterviewState}


class Interviews:
    """The interviews of the project."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def create(
        self,
        form_sha: str,
        *,
        lists: Mapping[str, str] | None = None,
        answers: Mapping[str, str] | None = None,
        summary: Summary | None = None,
        state: InterviewState = InterviewState.DRAFT,
        interview_id: str | None = None,
    ) -> str:
        """Creates an interview with its first draft and returns its id (UUID4).

        Args:
            form_sha: the form that it is held with; it stays with this version until a person moves it.
            lists: name of each external list → hash, as `ExternalLists.add` returned it.
            answers: answers to begin with, for example pre-filled from the plan.
            summary: columns of the list.
            state: planned or draft.
            interview_id: given by an import, or where ids follow from a seed; else a random UUID4.

        Raises:
            Erased: `interview_id` carries a tombstone.
        """
        context = self._context
        identifier = interview_id or str(uuid.uuid4())
        at = context.now()
        summary = summary or Summary()
        row = (
            identifier,
            clean_text(summary.code or ""),
            state.value,
            form_sha,
            summary.actor_key or "",
            summary.wave or "",
            clean_text(summary.interviewer or ""),
            summary.conducted_on or "",
            summary.answered or 0,
            summary.total or 0,
            canonical_json(dict(summary.details or {})),
            to_stamp(at),
            to_stamp(at),
        )
        digest = row_digest(*row[:8], row[10], row[11])
        with context.store.write() as connection:
            if interview_id is not None:
                refuse_erased(connection, "interview", interview_id)
            result = connection.exec_driver_sql(
                f"INSERT INTO interview ({COLUMNS}, digest) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608 — a constant list of columns
                (*row, digest),
            )
            no = int(result.lastrowid)
            create_draft(connection, no, form_sha=form_sha, lists=lists or {}, answers=answers or {}, at=at)
            if answers:
                index_interview(connection, context, no, {ref: clean_text(text) for ref, text in answers.items()})
            write_audit(connection, context, event=AuditEvent.OPENED, at=at, no=no, new=form_sha)
        return identifier

    def get(self, interview_id: str) -> InterviewRow:
        """The row of one interview.

        Raises:
            Erased: the interview was erased.
            KeyError: there never was one.
        """
        with self._context.store.read() as connection:
            no = interview_no(connection, interview_id)
            row = connection.exec_driver_sql(f"SELECT {COLUMNS} FROM interview WHERE no = ?", (no,)).fetchone()  # noqa: S608 — a constant list of columns
        return InterviewRow._make(row)

    def list(
        self,
        *,
        states: Iterable[InterviewState] | None = None,
        wave: str | None = None,
        actor_key: str | None = None,
        limit: int | None = None,
        offset: int = 0,
    ) -> tuple[InterviewRow, ...]:
        """Interviews, the last changed first.

        Args:
            states: only these states; None for all.
            wave: only this wave.
            actor_key: only this actor.
            limit: at most so many, for pages of a long list.
            offset: leave out so many at the beginning.
        """
        where, values = _where(states, wave, actor_key)
        # LIMIT stands only where it is wanted: with it SQLite sorts twice as slowly.
        page = "" if limit is None and not offset else f" LIMIT {-1 if limit is None else limit:d} OFFSET {offset:d}"
        query = f"SELECT {COLUMNS} FROM interview{where} ORDER BY updated_at DESC, no DESC{page}"  # noqa: S608 — constants, placeholders and two whole numbers
        with self._context.store.read() as connection, _without_collections():
            return tuple(map(_fast_row, connection.exec_driver_sql(query, values)))

    def count(
        self,
        *,
        states: Iterable[InterviewState] | None = None,
        wave: str | None = None,
        actor_key: str | None = None,
    ) -> int:
        """How many interviews `list` would give without a limit."""
        where, values = _where(states, wave, actor_key)
        with self._context.store.read() as connection:
            return int(connection.exec_driver_sql(f"SELECT count(*) FROM interview{where}", values).fetchone()[0])  # noqa: S608 — constants and placeholders only

    def count_by_state(self, wave: str | None = None) -> Mapping[InterviewState, int]:
        """Number of interviews in each state that occurs."""
        where, values = _where(None, wave, None)
        query = f"SELECT state, count(*) FROM interview{where} GROUP BY state"  # noqa: S608 — constants and placeholders only
        with self._context.store.read() as connection:
            return {_STATES[row[0]]: row[1] for row in connection.exec_driver_sql(query, values)}

    def waves(self) -> tuple[str, ...]:
        """The wave codes that occur, in order."""
        query = "SELECT DISTINCT wave FROM interview WHERE wave <> '' ORDER BY wave"
        with self._context.store.read() as connection:
            return tuple(row[0] for row in connection.exec_driver_sql(query))

    def by_code(self, code: str) -> tuple[InterviewRow, ...]:
        """All interviews with this code (one in each wave, normally), the earliest first."""
        query = f"SELECT {COLUMNS} FROM interview WHERE code = ? ORDER BY created_at, no"  # noqa: S608 — a constant list of columns
        with self._context.store.read() as connection:
            return tuple(map(InterviewRow._make, connection.exec_driver_sql(query, (code,)).fetchall()))

    def set_state(self, interview_id: str, state: InterviewState, *, reason: str = "") -> None:
        """Moves an interview to another state and notes it in the audit trail."""
        with self._context.store.write() as connection:
            no = interview_no(connection, interview_id)
            change_state(connection, self._context, no, state, reason=reason)

    def update_summary(self, interview_id: str, summary: Summary) -> None:
        """Sets the columns of the list that are not None; the caller reads them out of the answers."""
        fields: dict[str, Any] = {
            "code": summary.code,
            "actor_key": summary.actor_key,
            "wave": summary.wave,
            "interviewer": summary.interviewer,
            "conducted_on": summary.conducted_on,
            "answered": summary.answered,
            "total": summary.total,
            "details": None if summary.details is None else canonical_json(dict(summary.details)),
        }
        given = {
            name: clean_text(value) if isinstance(value, str) else value
            for name, value in fields.items()
            if value is not None
        }
        if not given:
            return
        assignments = ", ".join(f"{name} = ?" for name in given)
        with self._context.store.write() as connection:
            no = interview_no(connection, interview_id)
            connection.exec_driver_sql(f"UPDATE interview SET {assignments} WHERE no = ?", (*given.values(), no))  # noqa: S608 — names from the mapping above
            refresh_interview_digest(connection, no)
        self._context.has_changed = True

    def details(self, interview_id: str) -> Mapping[str, Any]:
        """The further columns that the caller set."""
        return dict(json.loads(self.get(interview_id).details))


def change_state(connection: Statements, context: Context, no: int, state: InterviewState, *, reason: str) -> None:
    """Moves an interview to another state inside the caller's transaction."""
    at = context.now()
    old = connection.exec_driver_sql("SELECT state FROM interview WHERE no = ?", (no,)).fetchone()[0]
    connection.exec_driver_sql(
        "UPDATE interview SET state = ?, updated_at = ? WHERE no = ?", (state.value, to_stamp(at), no)
    )
    refresh_interview_digest(connection, no)
    write_audit(connection, context, event=AuditEvent.STATE, at=at, no=no, old=old, new=state.value, reason=reason)


@contextmanager
def _without_collections() -> Iterator[None]:
    """Keeps the garbage collector out while many rows are made: it would search all of them and free nothing."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _where(
    states: Iterable[InterviewState] | None, wave: str | None, actor_key: str | None
) -> tuple[str, tuple[str, ...]]:
    conditions: list[str] = []
    values: list[str] = []
    if states is not None:
        wanted = [state.value for state in states]
        conditions.append(f"state IN ({', '.join('?' * len(wanted))})")
        values.extend(wanted)
    if wave is not None:
        conditions.append("wave = ?")
        values.append(wave)
    if actor_key is not None:
        conditions.append("actor_key = ?")
        values.append(actor_key)
    return (f" WHERE {' AND '.join(conditions)}" if conditions else ""), tuple(values)
