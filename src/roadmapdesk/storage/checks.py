"""Checking a project: every hash is computed again, every index row compared with what it is projected from.

SQLite's own integrity check notices few flipped bits; these hashes notice every bit of every answer.
"""

import contextlib
import json
from collections.abc import Callable, Iterator, Set
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from roadmapdesk.errors import Message
from roadmapdesk.i18n import N_
from roadmapdesk.storage import file_format, revision_rows, row_sums
from roadmapdesk.storage.content import answers_sum, row_digest, sha256_bytes, sha256_text, split_ref
from roadmapdesk.storage.context import ATTACHMENT
from roadmapdesk.storage.draft_rows import INTERVIEW_COLUMNS, draft_digest
from roadmapdesk.storage.engine import connect, driver_for
from roadmapdesk.storage.forms import NO_CONTENT
from roadmapdesk.storage.index import IndexRow, project_answers
from roadmapdesk.storage.keys import FileKey
from roadmapdesk.storage.registers import SEPARATOR, names_key
from roadmapdesk.storage.values import LooseFile

_MEDIA_SUMS = row_sums.SUMMED.keys() & frozenset(file_format.MEDIA_TABLES)


class ProblemKind(StrEnum):
    """What a check can find."""

    UNREADABLE = "unreadable"
    PAGES = "pages"
    REFERENCES = "references"
    DRAFT = "draft"
    REVISION = "revision"
    AUDIT = "audit"
    ROW = "row"
    FORM = "form"
    LOST_FORM = "lost_form"
    INDEX = "index"
    ATTACHMENT = "attachment"


MESSAGES = {
    ProblemKind.UNREADABLE: Message("check.unreadable", N_("The table “{place}” cannot be read to its end.")),
    ProblemKind.PAGES: Message("check.pages", N_("The structure of the file is damaged ({place}).")),
    ProblemKind.REFERENCES: Message(
        "check.references", N_("A row of “{place}” points to something that is missing.")
    ),
    ProblemKind.DRAFT: Message("check.draft", N_("The draft of interview {place} was changed outside the program.")),
    ProblemKind.REVISION: Message("check.revision", N_("The revision {place} was changed outside the program.")),
    ProblemKind.AUDIT: Message(
        "check.audit", N_("Entry {place} of the audit trail was changed outside the program.")
    ),
    ProblemKind.ROW: Message("check.row", N_("The entry “{place}” was changed outside the program.")),
    ProblemKind.FORM: Message("check.form", N_("The questionnaire or list {place} was changed outside the program.")),
    ProblemKind.LOST_FORM: Message(
        "check.lost_form",
        N_("The questionnaire {place} was lost when the project was salvaged; import the same one again."),
    ),
    ProblemKind.INDEX: Message(
        "check.index", N_("The answer index of interview {place} does not match its answers; it can be rebuilt.")
    ),
    ProblemKind.ATTACHMENT: Message("check.attachment", N_("The attachment {place} is missing or was changed.")),
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding.

    Attributes:
        place: where, without any answer text: an id, a hash, a table.
    """

    kind: ProblemKind
    place: str

    @property
    def sentence(self) -> str:
        """The finding in the current language."""
        return MESSAGES[self.kind].text(place=self.place)


@dataclass(frozen=True, slots=True)
class CheckReport:
    """The result of a check.

    Attributes:
        problems: all findings; empty for a sound project.
        interviews: interviews whose answers were compared.
        revisions: revisions whose hash was computed again.
        rebuilt: True when the answer index was made anew.
        loose: stored files that no answer refers to; they are kept and no fault.
    """

    problems: tuple[Problem, ...]
    interviews: int
    revisions: int
    rebuilt: bool = False
    loose: tuple[LooseFile, ...] = ()

    @property
    def is_sound(self) -> bool:
        """True when nothing was found."""
        return not self.problems

    @property
    def is_intact(self) -> bool:
        """True when no answer was changed: the index can be made anew, a lost questionnaire be imported again."""
        return all(problem.kind in {ProblemKind.INDEX, ProblemKind.LOST_FORM} for problem in self.problems)


Progress = Callable[[int, int], None]


def check_file(path: Path, key: FileKey | None, *, media: Path | None = None) -> CheckReport:
    """Checks a project file, or a backup of one; changes nothing.

    Args:
        path: ``project.sqlite`` or a backup.
        key: of an encrypted file.
        media: the attachments' file; without it links are not followed.
    """
    checker = _Checker(path, key)
    with checker:
        checker.run()
    if media is not None:
        with _Checker(media, key) as attachments:
            attachments.guard("sqlite_master", attachments.pages)
            attachments.guard("attachment", attachments.attachments, checker.linked, checker.buried)
            attachments.guard("recording_part", attachments.recordings)
            attachments.sums(_MEDIA_SUMS)
        checker.problems.extend(attachments.problems)
    problems = tuple(dict.fromkeys(checker.problems))
    return CheckReport(problems, checker.interviews, checker.revisions)


class _Checker:
    """One pass over one file; each table is read by itself, so that damage in one does not hide the others."""

    def __init__(self, path: Path, key: FileKey | None) -> None:
        self.problems: list[Problem] = []
        self.interviews = 0
        self.revisions = 0
        self.linked: dict[str, str] = {}
        self.buried: set[str] = set()
        self._driver = driver_for(key)
        self._path = path
        self._key = key
        self._connection: Any = None

    def __enter__(self) -> "_Checker":
        with contextlib.suppress(self._driver.Error):
            self._connection = connect(self._path, self._key, pragmas=())
        if self._connection is None:
            with contextlib.suppress(self._driver.Error):
                self._connection = connect(self._path, self._key, mode="ro")
        return self

    def __exit__(self, *_: object) -> None:
        if self._connection is not None:
            self._connection.close()

    def run(self) -> None:
        """All checks of a project file."""
        self.guard("sqlite_master", self.pages)
        self.guard("foreign keys", self._references)
        self.guard("form", self._forms)
        self.guard("revision", self._revisions)
        self.guard("draft", self._drafts)
        self.guard("audit", self._audit)
        self.guard("rows", self._rows)
        self.guard("register", self._registers)
        self.sums(row_sums.SUMMED.keys() - _MEDIA_SUMS)
        self.guard("answer", self._index)
        self.guard("attachment_link", self._links)

    def guard(self, place: str, check: Callable[..., None], *arguments: object) -> None:
        """Runs one check; a table that cannot be read is a finding, not the end."""
        try:
            if self._connection is None:
                self._add(ProblemKind.UNREADABLE, place)
            else:
                check(*arguments)
        except (self._driver.Error, ValueError, KeyError, TypeError, AttributeError):
            # ValueError and the like come from JSON or UTF-8 that a flipped bit has spoilt.
            self._add(ProblemKind.UNREADABLE, place)

    def attachments(self, linked: dict[str, str], buried: set[str]) -> None:
        """Every attachment has the hash that names it, and every link leads to one or to a tombstone."""
        known = set()
        for sha, size, body in self._rows_of("SELECT sha, size, body FROM attachment"):
            known.add(sha)
            if len(body) != size or sha256_bytes(bytes(body)) != sha:
                self._add(ProblemKind.ATTACHMENT, linked.get(sha, sha))
        for sha in sorted(linked.keys() - known - buried):
            self._add(ProblemKind.ATTACHMENT, linked[sha])

    def recordings(self) -> None:
        """Every part of a recording under way has its hash; files of earlier versions have none."""
        if not self._connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'recording_part'").fetchone():
            return
        for recording, body, sha in self._rows_of("SELECT recording, body, sha FROM recording_part"):
            if sha256_bytes(bytes(body)) != sha:
                self._add(ProblemKind.ATTACHMENT, recording)

    def _add(self, kind: ProblemKind, place: object) -> None:
        self.problems.append(Problem(kind, str(place)))

    def _rows_of(self, query: str, values: tuple[object, ...] = ()) -> Iterator[Any]:
        return iter(self._connection.execute(query, values))

    def pages(self) -> None:
        """The structure of the file, and the check sum of every page of an encrypted one, empty pages included."""
        for (line,) in self._rows_of("PRAGMA integrity_check(20)"):
            if line != "ok":
                self._add(ProblemKind.PAGES, "integrity_check")
        if self._key is not None:
            for _ in self._rows_of("PRAGMA cipher_integrity_check"):
                self._add(ProblemKind.PAGES, "cipher_integrity_check")

    def _references(self) -> None:
        for row in self._rows_of("PRAGMA foreign_key_check"):
            self._add(ProblemKind.REFERENCES, row[0])

    def _forms(self) -> None:
        for sha, xml, extra in self._rows_of("SELECT sha, xml, extra FROM form"):
            if (bytes(xml), extra) == NO_CONTENT:
                self._add(ProblemKind.LOST_FORM, sha[:12])
            elif sha256_bytes(bytes(xml) + b"\0" + str(extra).encode("utf-8")) != sha:
                self._add(ProblemKind.FORM, sha)
        for sha, content in self._rows_of("SELECT sha, content FROM external_list"):
            if sha256_bytes(bytes(content)) != sha:
                self._add(ProblemKind.FORM, sha)

    def _revisions(self) -> None:
        query = (
            "SELECT sha, entity_kind, entity_id, kind, created_at, device, device_sequence, document FROM revision"
        )
        for row in self._rows_of(query):
            self.revisions += 1
            if sha256_text(row[7]) != row[0]:
                self._add(ProblemKind.REVISION, row[0])
                continue
            record = json.loads(row[7])
            columns = ("entity_kind", "entity_id", "kind", "created_at", "device", "device_sequence")
            parents = {p for (p,) in self._rows_of("SELECT parent FROM revision_parent WHERE child = ?", (row[0],))}
            if any(record[name] != value for name, value in zip(columns, row[1:7], strict=True)) or parents != set(
                record["parents"]
            ):
                self._add(ProblemKind.REVISION, row[0])

    def _drafts(self) -> None:
        query = (
            "SELECT d.interview_no, d.form_sha, d.lists, d.position, d.sequence, d.updated_at, d.base, d.answers,"
            " d.total, d.digest, i.id FROM draft d LEFT JOIN interview i ON i.no = d.interview_no"
        )
        for row in self._rows_of(query):
            answers = self._draft_answers(row[0])
            if draft_digest(row[:9]) != row[9] or len(answers) != row[7] or answers_sum(answers) != row[8]:
                self._add(ProblemKind.DRAFT, row[10])
        orphans = (
            "SELECT DISTINCT interview_no FROM draft_answer"
            " WHERE interview_no NOT IN (SELECT interview_no FROM draft)"
        )
        for (no,) in self._rows_of(orphans):
            self._add(ProblemKind.DRAFT, no)

    def _draft_answers(self, no: int) -> dict[str, str]:
        return dict(self._rows_of("SELECT path, text FROM draft_answer WHERE interview_no = ?", (no,)))

    def _audit(self) -> None:
        query = (
            "SELECT session_id, interview_no, sequence, event, path, old_text, new_text, reason, at, elapsed_ms,"
            " digest, id FROM audit"
        )
        for row in self._rows_of(query):
            if row_digest(*row[:10]) != row[10]:
                self._add(ProblemKind.AUDIT, row[11])

    def _rows(self) -> None:
        """Rows that carry a check sum over some of their columns."""
        queries = (
            ("setting", "SELECT key, value, digest, key FROM setting"),
            ("register", "SELECT kind, key, position, record, revision, digest, kind || ' ' || key FROM register"),
            ("note", "SELECT interview_no, path, text, author, updated_at, digest, path FROM note"),
            ("tombstone", "SELECT kind, entity_hash, reason, author, at, digest, entity_hash FROM tombstone"),
            (
                "export_log",
                "SELECT at, author, kind, level, language, target, sha, interviews, details, digest, id"
                " FROM export_log",
            ),
            ("interview", INTERVIEW_COLUMNS.replace(" FROM", ", digest, id FROM")),
        )
        for table, query in queries:
            for row in self._rows_of(query):
                if row_digest(*row[:-2]) != row[-2]:
                    self._add(ProblemKind.ROW, f"{table} {row[-1]}")

    def _registers(self) -> None:
        """What entries are found by, and when they changed last, follow from record and revision."""
        query = (
            "SELECT g.kind, g.key, g.record, g.name_key, g.updated_at, r.created_at FROM register g"
            " LEFT JOIN revision r ON r.sha = g.revision"
        )
        for kind, key, record, names, at, revised_at in self._rows_of(query):
            # Earlier versions of the program kept empty names as well, and names in the order of their languages.
            found_by, expected = (sorted(text.split(SEPARATOR)) for text in (names, names_key(json.loads(record))))
            is_found = [name for name in found_by if name] == [name for name in expected if name]
            if not is_found or (revised_at is not None and at != revised_at):
                self._add(ProblemKind.ROW, f"register {kind} {key}")

    def sums(self, tables: Set[str]) -> None:
        """Rows with a check sum over the whole row; each table by itself."""
        for table in sorted(tables):
            self.guard(table, self._sums_of, table)

    def _sums_of(self, table: str) -> None:
        for number in row_sums.unfitting(self._connection, table):
            self._add(ProblemKind.ROW, f"{table} {number}")

    def _index(self) -> None:
        stored: dict[int, set[IndexRow]] = {}
        query = (
            "SELECT a.interview_no, q.template, a.keys, a.text, a.number, a.day"
            " FROM answer a LEFT JOIN question q ON q.id = a.question_id"
        )
        for row in self._rows_of(query):
            stored.setdefault(row[0], set()).add(tuple(row[1:]))
        for number, template, name in self._rows_of("SELECT id, template, name FROM question"):
            if split_ref(template).question != name:
                self._add(ProblemKind.ROW, f"question {number}")
        interviews = self._connection.execute("SELECT no, id FROM interview").fetchall()
        for no, identifier in interviews:
            self.interviews += 1
            if stored.pop(no, set()) != project_answers(self.present_answers(no, identifier)):
                self._add(ProblemKind.INDEX, identifier)
        for no in stored:
            self._add(ProblemKind.INDEX, no)

    def present_answers(self, no: int, interview_id: str) -> dict[str, str]:
        """The answers of the draft, or of the latest head without one."""
        if self._connection.execute("SELECT 1 FROM draft WHERE interview_no = ?", (no,)).fetchone():
            return self._draft_answers(no)
        row = self._connection.execute(
            revision_rows.HEADS.replace("r.sha", "r.document", 1), ("interview", interview_id)
        ).fetchall()
        return dict(json.loads(row[-1][0])["body"]["answers"]) if row else {}

    def _links(self) -> None:
        """Hash of each linked attachment → how a finding names it: the hash and the interviews it belongs to."""
        query = "SELECT l.sha, i.id FROM attachment_link l JOIN interview i ON i.no = l.interview_no ORDER BY i.no"
        interviews: dict[str, list[str]] = {}
        for sha, identifier in self._rows_of(query):
            interviews.setdefault(sha, []).append(identifier)
        self.linked = {sha: f"{sha[:12]} ({', '.join(dict.fromkeys(found))})" for sha, found in interviews.items()}
        self.buried = {
            row[0] for row in self._rows_of("SELECT entity_hash FROM tombstone WHERE kind = ?", (ATTACHMENT,))
        }
