"""Bringing what is readable out of a damaged project into a new one; the damaged file is only read."""

import contextlib
import json
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from roadmapdesk.domain.interviews import InterviewState
from roadmapdesk.storage import revision_rows
from roadmapdesk.storage.attachments import deleted_shas
from roadmapdesk.storage.content import (
    answers_sum,
    from_stamp,
    now_utc,
    row_digest,
    sha256_bytes,
    sha256_text,
    split_ref,
    to_stamp,
)
from roadmapdesk.storage.draft_rows import create_draft, refresh_interview_digest
from roadmapdesk.storage.engine import connect, driver_for
from roadmapdesk.storage.forms import form_sha
from roadmapdesk.storage.index import rebuild
from roadmapdesk.storage.keys import FileKey
from roadmapdesk.storage.media_deletion import BURY
from roadmapdesk.storage.mending import readable_copy
from roadmapdesk.storage.project import MEDIA_FILE, PROJECT_FILE, Project
from roadmapdesk.storage.registers import name_key, store_entry


@dataclass(frozen=True, slots=True)
class SalvageReport:
    """What came out of a damaged project.

    Attributes:
        forms: questionnaires and lists with a matching hash.
        revisions: revisions with a matching hash.
        drafts: drafts whose check sum matches.
        doubtful: ids of interviews whose draft was taken although its check sum does not match: to be looked through.
        attachments: attachments with a matching hash.
        unreadable: tables that could not be read to their end.
    """

    forms: int
    revisions: int
    drafts: int
    doubtful: tuple[str, ...]
    attachments: int
    unreadable: tuple[str, ...]

    @property
    def is_complete(self) -> bool:
        """True when every table could be read to its end and no draft is doubtful."""
        return not (self.doubtful or self.unreadable)


def salvage(folder: Path, target: Project, *, key: FileKey | None = None) -> SalvageReport:
    """Copies every readable form, revision, draft and attachment of a damaged folder into `target`, a new project.

    Args:
        folder: the damaged project folder.
        target: a new, empty project.
        key: of an encrypted project.
    """
    with tempfile.TemporaryDirectory(dir=target.folder) as work:
        readable = readable_copy(folder / PROJECT_FILE, key, Path(work))
        return _rescue(_Rescue(folder, readable, key), target)


def _rescue(rescue: "_Rescue", target: Project) -> SalvageReport:
    with target.context.store.write() as connection:
        rescue.settings(connection)
        forms = rescue.forms(connection)
        revisions = rescue.revisions(connection)
        drafts = rescue.drafts(connection)
        rescue.registers(connection)
        rescue.trail(connection)
        rebuild(connection, target.context)
    attachments = rescue.attachments(target)
    return SalvageReport(forms, revisions, drafts, tuple(rescue.doubtful), attachments, tuple(rescue.unreadable))


class _Rescue:
    """Reads the damaged files row by row; a row that cannot be read costs itself and its page, not the table."""

    def __init__(self, folder: Path, project_file: Path, key: FileKey | None) -> None:
        self._folder = folder
        self._project_file = project_file
        self._key = key
        self._driver = driver_for(key)
        self.doubtful: list[str] = []
        self.unreadable: list[str] = []
        self._states: dict[str, tuple[Any, ...]] = {}

    def _path(self, file: str) -> Path:
        return self._project_file if file == PROJECT_FILE else self._folder / file

    def _rows(self, table: str, columns: str, file: str = PROJECT_FILE) -> Iterator[Any]:
        """All rows that can be read, forwards and, where that breaks off, from the other end as well."""
        seen: set[int] = set()
        for direction in ("ASC", "DESC"):
            try:
                with contextlib.closing(connect(self._path(file), self._key, pragmas=())) as connection:
                    connection.text_factory = lambda raw: raw.decode("utf-8", "replace")
                    order = f"SELECT rowid, {columns} FROM {table} ORDER BY rowid {direction}"  # noqa: S608 — constant names
                    for row in connection.execute(order):
                        if row[0] not in seen:
                            seen.add(row[0])
                            yield row[1:]
                return
            except self._driver.Error:
                if table not in self.unreadable:
                    self.unreadable.append(table)

    def settings(self, connection: sa.Connection) -> None:
        """Title, languages, profile and what else belongs to the project, where check sums match."""
        for key, value, digest in self._rows("setting", "key, value, digest"):
            if row_digest(key, value) == digest:
                connection.exec_driver_sql(
                    "INSERT INTO setting VALUES (?, ?, ?)"
                    " ON CONFLICT (key) DO UPDATE SET value = excluded.value, digest = excluded.digest",
                    (key, value, digest),
                )

    def forms(self, connection: sa.Connection) -> int:
        """Questionnaires and external lists whose hash matches; returns how many."""
        count = 0
        columns = "sha, form_id, version, title, xml, extra, source, source_name, added_at"
        for row in self._rows("form", columns):
            with contextlib.suppress(ValueError, TypeError):
                if form_sha(bytes(row[4]), json.loads(row[5])) == row[0]:
                    connection.exec_driver_sql(
                        "INSERT INTO form VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING", row
                    )
                    count += 1
        for row in self._rows("external_list", "sha, name, content, added_at"):
            if sha256_bytes(bytes(row[2])) == row[0]:
                connection.exec_driver_sql(
                    "INSERT INTO external_list VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING", row
                )
                count += 1
        return count

    def revisions(self, connection: sa.Connection) -> int:
        """Revisions whose hash matches; returns how many."""
        count = 0
        for sha, document in self._rows("revision", "sha, document"):
            if sha256_text(document) == sha:
                count += revision_rows.insert(connection, sha, document)
        return count

    def drafts(self, connection: sa.Connection) -> int:
        """Interviews with their drafts; one without a draft gets its answers from its revisions."""
        known = {row[0] for row in connection.exec_driver_sql("SELECT sha FROM form")}
        numbers: dict[int, str] = {}
        columns = (
            "no, id, code, state, form_sha, actor_key, wave, interviewer, conducted_on, answered, total, details,"
            " created_at, updated_at"
        )
        states = {state.value for state in InterviewState}
        for row in self._rows("interview", columns):
            if row[3] in states and row[4] in known:
                numbers[row[0]] = row[1]
                self._states[row[1]] = row
        sound = 0
        answers = self._draft_answers()
        columns = "interview_no, form_sha, lists, sequence, updated_at, total"
        headers = {row[0]: row for row in self._rows("draft", columns)}
        for no, identifier in numbers.items():
            self._insert_interview(connection, identifier)
            header = headers.get(no)
            if header is None or header[1] not in known:
                has_head = bool(revision_rows.heads(connection, "interview", identifier))
                if has_head and no not in answers:
                    continue
                header = (no, self._states[identifier][4], "{}", 0, self._states[identifier][13], "")
            found = answers.get(no, {})
            if answers_sum(found) == header[5]:
                sound += 1
            else:
                self.doubtful.append(identifier)
            self._insert_draft(connection, identifier, header, found)
        return sound

    def _draft_answers(self) -> dict[int, dict[str, str]]:
        """Answers by interview number; the table has no row ids, so it is read interview by interview."""
        found: dict[int, dict[str, str]] = {}
        for direction in ("ASC", "DESC"):
            try:
                with contextlib.closing(connect(self._project_file, self._key, pragmas=())) as connection:
                    connection.text_factory = lambda raw: raw.decode("utf-8", "replace")
                    query = (
                        "SELECT interview_no, path, text FROM draft_answer"  # noqa: S608 — a constant direction
                        f" ORDER BY interview_no {direction}, path {direction}"
                    )
                    for no, path, text in connection.execute(query):
                        if split_ref(path).question:
                            found.setdefault(no, {})[path] = text
                return found
            except self._driver.Error:
                if "draft_answer" not in self.unreadable:
                    self.unreadable.append("draft_answer")
        return found

    def _insert_interview(self, connection: sa.Connection, identifier: str) -> None:
        row = self._states[identifier]
        connection.exec_driver_sql(
            "INSERT INTO interview (no, id, code, state, form_sha, actor_key, wave, interviewer, conducted_on,"
            " answered, total, details, created_at, updated_at, digest)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '')",
            row,
        )
        refresh_interview_digest(connection, row[0])

    def _insert_draft(
        self, connection: sa.Connection, identifier: str, header: tuple[Any, ...], found: dict[str, str]
    ) -> None:
        try:
            lists, at = json.loads(header[2]), from_stamp(header[4])
        except ValueError:
            lists, at = {}, now_utc()
        create_draft(
            connection,
            self._states[identifier][0],
            form_sha=header[1],
            lists=lists,
            answers=found,
            at=at,
            sequence=int(header[3]),
        )

    def registers(self, connection: sa.Connection) -> None:
        """Actors, networks and measures come back from their revisions, which carry hashes."""
        query = "SELECT DISTINCT entity_kind, entity_id FROM revision WHERE entity_kind <> 'interview'"
        for kind, key in connection.exec_driver_sql(query).fetchall():
            head = revision_rows.read(connection, revision_rows.heads(connection, kind, key)[-1])
            record = head.body.get("record")
            if record is not None:
                names = " | ".join(name_key(name) for name in dict(record.get("names", {})).values())
                position = int(head.body.get("position", 0))
                store_entry(connection, kind, key, names, position, record, head.sha, to_stamp(head.created_at))

    def trail(self, connection: sa.Connection) -> None:
        """Notes, links of attachments and the audit trail of the interviews that came out, where check sums match."""
        present = {row[0] for row in connection.exec_driver_sql("SELECT no FROM interview")}
        for row in self._rows("note", "interview_no, path, text, author, updated_at, digest"):
            if row[0] in present and row_digest(*row[:5]) == row[5]:
                connection.exec_driver_sql("INSERT INTO note VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING", row)
        for row in self._rows("attachment_link", "interview_no, path, sha, name, mime, size, added_at"):
            if row[0] in present:
                connection.exec_driver_sql(
                    "INSERT INTO attachment_link VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING", row
                )
        sessions: dict[int, int] = {}
        columns = "id, started_at, ended_at, author, device, host, pid, program"
        for row in self._rows("session", columns):
            result = connection.exec_driver_sql(
                "INSERT INTO session (started_at, ended_at, author, device, host, pid, program)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                (row[1], row[2] or row[1], *row[3:]),
            )
            sessions[row[0]] = int(result.lastrowid)
        self._audit(connection, present, sessions)

    def _audit(self, connection: sa.Connection, present: set[int], sessions: dict[int, int]) -> None:
        columns = (
            "session_id, interview_no, sequence, event, path, old_text, new_text, reason, at, elapsed_ms, digest"
        )
        for row in self._rows("audit", columns):
            if row[1] in present and row[0] in sessions and row_digest(*row[:10]) == row[10]:
                values = (sessions[row[0]], *row[1:10])
                connection.exec_driver_sql(
                    f"INSERT INTO audit ({columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608 — constants
                    (*values, row_digest(*values)),
                )

    def attachments(self, target: Project) -> int:
        """Attachments whose hash matches; returns how many."""
        count = 0
        buried = self._tombstones(target)
        with target.context.media.write() as connection:
            for row in self._rows("attachment", "sha, mime, size, body, added_at", MEDIA_FILE):
                if row[0] not in buried and sha256_bytes(bytes(row[3])) == row[0]:
                    connection.exec_driver_sql(
                        "INSERT INTO attachment VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING", row
                    )
                    count += 1
        return count

    def _tombstones(self, target: Project) -> set[str]:
        """Takes all tombstones along, so that nothing comes back; returns the hashes of deleted attachments."""
        with target.context.store.write() as connection:
            for row in self._rows("tombstone", "kind, entity_hash, reason, author, at, digest"):
                if row_digest(*row[:5]) == row[5]:
                    connection.exec_driver_sql(BURY, row)
            return deleted_shas(connection)
