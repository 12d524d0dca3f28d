"""Bringing what is readable out of a damaged project into a new one; the damaged file is only read."""

import contextlib
import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from roadmapdesk.storage import registers, revision_rows, salvage_media, salvage_trail, schema
from roadmapdesk.storage.connections import Statements
from roadmapdesk.storage.content import (
    row_digest,
    sha256_bytes,
    sha256_text,
    to_stamp,
)
from roadmapdesk.storage.context import Context
from roadmapdesk.storage.forms import form_sha
from roadmapdesk.storage.halves import half_of
from roadmapdesk.storage.index import rebuild
from roadmapdesk.storage.keys import FileKey
from roadmapdesk.storage.mending import lengthened, readable_copy, settled
from roadmapdesk.storage.project import MEDIA_FILE, PROJECT_FILE, Project
from roadmapdesk.storage.rescue_rows import ReadableRows
from roadmapdesk.storage.salvage_interviews import InterviewRescue, is_erased


@dataclass(frozen=True, slots=True)
class SalvageReport:
    """What came out of a damaged project.

    Attributes:
        forms: questionnaires and lists with a matching hash.
        lost_forms: titles and versions of questionnaires that interviews need and that could not be read.
        revisions: revisions with a matching hash.
        drafts: drafts whose check sum matches.
        entries: entries of the registers.
        doubtful: ids of interviews whose draft or row was taken although its check sum does not match: to be looked
            through.
        attachments: attachments with a matching hash.
        events: events of the audit trail.
        exports: lines of the export log.
        tombstones: signs of erasure; what they name was not brought out.
        pseudonyms: names that stand for codes below the internal level.
        unreadable: tables that could not be read to their end.
        newer: schema version of the file where a newer version of the program wrote it, else empty: it may hold what
            this version does not know and leaves behind.
    """

    forms: int
    lost_forms: tuple[str, ...]
    revisions: int
    drafts: int
    entries: int
    doubtful: tuple[str, ...]
    attachments: int
    events: int
    exports: int
    tombstones: int
    pseudonyms: int
    unreadable: tuple[str, ...]
    newer: str = ""

    @property
    def is_complete(self) -> bool:
        """True when all was read of a file of a known version, no draft is doubtful and no questionnaire missing."""
        return not (self.doubtful or self.unreadable or self.lost_forms or self.newer)

    @property
    def is_empty(self) -> bool:
        """True when nothing that people entered came out."""
        beside = self.events + self.exports + self.tombstones + self.pseudonyms
        return not (self.doubtful or self.revisions + self.drafts + self.entries + self.attachments + beside)


def salvage(folder: Path, target: Project, *, key: FileKey | None = None) -> SalvageReport:
    """Copies everything readable of a damaged folder into `target`, a new project.

    Args:
        folder: the damaged project folder.
        target: a new, empty project.
        key: of an encrypted project.
    """
    work = half_of(target.folder / "salvage")
    work.mkdir(mode=0o700)
    try:
        rows = ReadableRows(readable_copy(folder / PROJECT_FILE, key, work), key)
        media = ReadableRows(lengthened(settled(folder / MEDIA_FILE, key, work), key, work), key)
        with target.context.store.write() as connection:
            rescue = _Rescue(rows, connection)
            tombstones = salvage_trail.tombstones(rows, connection)
            rescue.settings()
            forms = rescue.forms()
            revisions = rescue.revisions()
            interviews = InterviewRescue(rows, connection)
            drafts = interviews.run()
            present = interviews.present
            entries = rescue.registers(target.context)
            salvage_trail.notes_and_links(rows, connection, present)
            events = salvage_trail.audit(rows, connection, present)
            exports = salvage_trail.exports(rows, connection)
            pseudonyms = salvage_trail.pseudonyms(rows, connection)
            salvage_trail.code_blocks(rows, connection)
            rebuild(connection, target.context)
        return SalvageReport(
            forms=forms,
            lost_forms=tuple(interviews.lost_forms),
            revisions=revisions,
            drafts=drafts,
            entries=entries,
            doubtful=tuple(interviews.doubtful),
            attachments=salvage_media.attachments(media, target.context),
            events=events,
            exports=exports,
            tombstones=tombstones,
            pseudonyms=pseudonyms,
            unreadable=(*rows.unreadable, *media.unreadable),
            newer=_newer_version(rows),
        )
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _newer_version(rows: ReadableRows) -> str:
    """The version that the file tells where this program does not know it; empty where it is known or unreadable."""
    told = rows.of("alembic_version", "version_num") if rows.has("alembic_version") else []
    return next((str(version) for (version,) in told if schema.is_newer(str(version))), "")


class _Rescue:
    """Copies what belongs to no single interview: settings, forms, revisions, registers."""

    def __init__(self, rows: ReadableRows, connection: Statements) -> None:
        self._rows = rows
        self._connection = connection

    def settings(self) -> None:
        """Title, languages, profile and what else belongs to the project, where check sums match."""
        for key, value, digest in self._rows.of("setting", "key, value, digest"):
            if row_digest(key, value) == digest:
                self._connection.exec_driver_sql(
                    "INSERT INTO setting VALUES (?, ?, ?)"
                    " ON CONFLICT (key) DO UPDATE SET value = excluded.value, digest = excluded.digest",
                    (key, value, digest),
                )

    def forms(self) -> int:
        """Questionnaires and external lists whose hash matches; returns how many."""

        def is_form(row: Mapping[str, Any]) -> bool:
            with contextlib.suppress(ValueError, TypeError):
                return bool(form_sha(bytes(row["xml"]), json.loads(row["extra"])) == row["sha"])
            return False

        def is_list(row: Mapping[str, Any]) -> bool:
            return bool(sha256_bytes(bytes(row["content"])) == row["sha"])

        take = salvage_trail.insert_summed
        forms = take(self._rows, self._connection, "form", is_form, "xml", "extra")
        return forms + take(self._rows, self._connection, "external_list", is_list, "content")

    def revisions(self) -> int:
        """Revisions whose hash matches and whose subject was not erased; returns how many."""
        count = 0
        for sha, document in self._rows.of("revision", "sha, document"):
            if sha256_text(document) == sha:
                record = json.loads(document)
                if not is_erased(self._connection, record["entity_kind"], record["entity_id"]):
                    count += revision_rows.insert(self._connection, sha, document)
        return count

    def registers(self, context: Context) -> int:
        """Actors, networks and measures: from their revisions, or from their row where that is sound and newer.

        Returns:
            How many entries the registers have then.
        """
        connection = self._connection
        rows = self._rows.of("register", "kind, key, position, record, revision, digest")
        present = {(row[0], row[1]) for row in rows} if "register" not in self._rows.unreadable else None
        query = "SELECT DISTINCT entity_kind, entity_id FROM revision WHERE entity_kind <> 'interview'"
        for kind, key in connection.exec_driver_sql(query).fetchall():
            head = revision_rows.read(connection, revision_rows.heads(connection, kind, key)[-1])
            record = head.body.get("record")
            if record is not None and (present is None or (kind, key) in present):
                names, position = registers.names_key(record), int(head.body.get("position", 0))
                at = to_stamp(head.created_at)
                registers.store_entry(connection, kind, key, names, position, record, head.sha, at)
        known = {row[0] for row in connection.exec_driver_sql("SELECT sha FROM revision")}
        for kind, key, position, text, revision, digest in rows:
            if revision not in known and row_digest(kind, key, position, text, revision) == digest:
                record = json.loads(text)
                registers.put(connection, context, kind, key, registers.names_key(record), position, record)
        return int(connection.exec_driver_sql("SELECT count(*) FROM register").fetchone()[0])
