"""Salvage of interviews and their drafts; what is lost of their rows is made up from drafts and revisions."""

import json
import re
import uuid
from collections.abc import Sequence
from typing import Any

from roadmapdesk.domain.interviews import InterviewState
from roadmapdesk.storage import revision_rows, row_sums
from roadmapdesk.storage.connections import Statements
from roadmapdesk.storage.content import answers_sum, from_stamp, now_utc, row_digest, to_stamp
from roadmapdesk.storage.context import tombstone_key
from roadmapdesk.storage.draft_rows import create_draft, refresh_interview_digest
from roadmapdesk.storage.forms import NO_CONTENT
from roadmapdesk.storage.rescue_rows import ReadableRows
from roadmapdesk.storage.values import RevisionKind

_COLUMNS = (
    "no, id, code, state, form_sha, actor_key, wave, interviewer, conducted_on, answered, total, details,"
    " created_at, updated_at"
)
_DRAFT = "interview_no, form_sha, lists, position, sequence, updated_at, total, base"
_STATES = frozenset(InterviewState)
_SHA = re.compile("[0-9a-f]{64}")


class InterviewRescue:
    """Copies interviews and drafts, after the revisions and forms.

    Attributes:
        doubtful: ids of interviews whose draft or row came out although its check sum does not match.
        lost_forms: titles and versions of questionnaires that interviews need and that could not be read.
    """

    def __init__(self, rows: ReadableRows, connection: Statements) -> None:
        self._rows = rows
        self._connection = connection
        self._interviews: dict[int, Sequence[Any]] = {}
        self.doubtful: list[str] = []
        self.lost_forms: list[str] = []

    @property
    def present(self) -> set[int]:
        """Numbers of the interviews that came out."""
        return set(self._interviews)

    def run(self) -> int:
        """Copies everything; returns how many drafts have a matching check sum."""
        self._read_interviews()
        headers = {row[0]: row for row in self._rows.of("draft", _DRAFT) if _SHA.fullmatch(row[1])}
        if "interview" in self._rows.unreadable:
            self._make_up_rows(headers)
        self._stand_in({row[4] for row in self._interviews.values()} | {row[1] for row in headers.values()})
        answers = self._rows.draft_answers(self._interviews)
        sound = 0
        for no, row in self._interviews.items():
            self._insert_interview(row)
            header = headers.get(no)
            if header is None:
                if no not in answers and revision_rows.heads(self._connection, "interview", row[1]):
                    continue
                header = (no, row[4], "{}", "", 0, row[13], "", "")
            found = answers.get(no, {})
            if answers_sum(found) == header[6]:
                sound += 1
            else:
                self._doubt(row[1])
            self._insert_draft(header, found)
        return sound

    def _read_interviews(self) -> None:
        for *row, digest in self._rows.of("interview", f"{_COLUMNS}, digest"):
            if row[3] in _STATES and _SHA.fullmatch(row[4]) and not is_erased(self._connection, "interview", row[1]):
                self._interviews[row[0]] = row
                if row_digest(*row[1:9], *row[11:13]) != digest:
                    self._doubt(row[1])

    def _make_up_rows(self, headers: dict[int, Sequence[Any]]) -> None:
        """Interviews whose row is lost: known by the revision that their draft stands on, or by their revisions.

        Code, organisation and wave stand in the answers; whoever opens the interview brings them into the list.
        """
        query = "SELECT sha, entity_id FROM revision WHERE entity_kind = 'interview'"
        subjects = {row[0]: row[1] for row in self._connection.exec_driver_sql(query)}
        present = {row[1] for row in self._interviews.values()}
        for no, header in headers.items():
            if no not in self._interviews:
                identifier = subjects.get(header[7], str(uuid.uuid4()))
                self._make_up(no, identifier, InterviewState.DRAFT, header[1], header[5])
                present.add(identifier)
        for identifier in sorted(set(subjects.values()) - present):
            head = revision_rows.read(
                self._connection, revision_rows.heads(self._connection, "interview", identifier)[-1]
            )
            is_closed = head.kind in {RevisionKind.FINALISE, RevisionKind.REVIEW}
            state = InterviewState.FINALISED if is_closed else InterviewState.DRAFT
            no = max(self._interviews, default=0) + 1
            self._make_up(no, identifier, state, str(head.body["form"]), to_stamp(head.created_at))

    def _make_up(self, no: int, identifier: str, state: InterviewState, form_sha: str, at: str) -> None:
        self._interviews[no] = (no, identifier, "", state.value, form_sha, "", "", "", "", 0, 0, "{}", at, at)
        self._doubt(identifier)

    def _doubt(self, identifier: str) -> None:
        if identifier not in self.doubtful:
            self.doubtful.append(identifier)

    def _stand_in(self, wanted: set[str]) -> None:
        """Keeps the names of questionnaires that cannot be read, so that their interviews need not stay behind."""
        known = {row[0] for row in self._connection.exec_driver_sql("SELECT sha FROM form")}
        if wanted <= known:
            return
        names = {row[0]: row for row in self._rows.of("form", "sha, form_id, version, title")}
        for sha in sorted(wanted - known):
            _, form_id, version, title = names.get(sha, (sha, "", "", sha[:12]))
            row = {"sha": sha, "form_id": form_id, "version": version, "title": title}
            row |= dict(zip(("xml", "extra"), NO_CONTENT, strict=True))
            row |= {"source": b"", "source_name": "", "added_at": to_stamp(now_utc())}
            row_sums.insert(self._connection, "form", row)
            self.lost_forms.append(f"{title} {version}".strip())

    def _insert_interview(self, row: Sequence[Any]) -> None:
        self._connection.exec_driver_sql(
            f"INSERT INTO interview ({_COLUMNS}, digest) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '')",  # noqa: S608 — constant names
            tuple(row),
        )
        refresh_interview_digest(self._connection, row[0])

    def _insert_draft(self, header: Sequence[Any], found: dict[str, str]) -> None:
        try:
            lists, at = json.loads(header[2]), from_stamp(header[5])
        except ValueError:
            lists, at = {}, now_utc()
        create_draft(
            self._connection,
            header[0],
            form_sha=header[1],
            lists=lists,
            answers=found,
            at=at,
            position=header[3],
            sequence=int(header[4]),
        )


def is_erased(connection: Statements, kind: str, entity_id: str) -> bool:
    """Whether a tombstone that came out names this."""
    query = "SELECT 1 FROM tombstone WHERE kind = ? AND entity_hash = ?"
    return connection.exec_driver_sql(query, (kind, tombstone_key(kind, entity_id))).fetchone() is not None
