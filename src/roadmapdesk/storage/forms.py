"""Questionnaires and external lists as they were used: content-addressed, never changed, never deleted."""

import json
from collections.abc import Mapping
from typing import Any

from roadmapdesk.storage import row_sums
from roadmapdesk.storage.content import canonical_json, from_stamp, sha256_bytes, to_stamp
from roadmapdesk.storage.context import Context
from roadmapdesk.storage.erased_mentions import replacement_of
from roadmapdesk.storage.errors import DAMAGED_ENTRY, FORM_LOST, Damaged
from roadmapdesk.storage.values import FormSummary, StoredForm


def form_sha(xml: bytes, extra: Mapping[str, Any]) -> str:
    """The hash of a questionnaire: over the compiled form and the sheets that only this program reads."""
    return sha256_bytes(xml + b"\0" + canonical_json(extra).encode("utf-8"))


NO_CONTENT = (b"", "")
"""XForm and sheets of a questionnaire that could not be read when the project was salvaged."""

_GIVE_BACK = (
    "(sha) DO UPDATE SET form_id = excluded.form_id, version = excluded.version, title = excluded.title,"
    " xml = excluded.xml, extra = excluded.extra, source = excluded.source, source_name = excluded.source_name,"
    " added_at = excluded.added_at, digest = excluded.digest WHERE form.extra = ''"
)


class Forms:
    """The questionnaires of the project by hash."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def add(
        self,
        xml: bytes,
        *,
        form_id: str,
        version: str,
        title: str,
        extra: Mapping[str, Any] | None = None,
        source: bytes = b"",
        source_name: str = "",
    ) -> str:
        """Keeps a compiled form and returns its hash; adding it again changes nothing, or gives a lost one back."""
        extra = dict(extra or {})
        sha = form_sha(xml, extra)
        row = {
            "sha": sha,
            "form_id": form_id,
            "version": version,
            "title": title,
            "xml": xml,
            "extra": canonical_json(extra),
            "source": source,
            "source_name": source_name,
            "added_at": to_stamp(self._context.now()),
        }
        with self._context.store.write() as connection:
            row_sums.insert(connection, "form", row, conflict=_GIVE_BACK)
        self._context.has_changed = True
        return sha

    def get(self, sha: str) -> StoredForm:
        """The form with this hash.

        Raises:
            KeyError: when the project does not hold it.
            Damaged: it was changed outside the program, or lost when the project was salvaged.
        """
        query = (
            "SELECT sha, form_id, version, title, xml, extra, source, source_name, added_at FROM form WHERE sha = ?"
        )
        with self._context.store.read() as connection:
            row = connection.exec_driver_sql(query, (sha,)).fetchone()
        if row is None:
            raise KeyError(sha)
        if (bytes(row[4]), row[5]) == NO_CONTENT:
            raise Damaged(FORM_LOST, title=row[3] or row[1], version=row[2])
        if sha256_bytes(bytes(row[4]) + b"\0" + str(row[5]).encode("utf-8", "surrogatepass")) != sha:
            raise Damaged(DAMAGED_ENTRY, place=sha[:12])
        return StoredForm(
            sha=row[0],
            form_id=row[1],
            version=row[2],
            title=row[3],
            xml=bytes(row[4]),
            extra=json.loads(row[5]),
            source=bytes(row[6]),
            source_name=row[7],
            added_at=from_stamp(row[8]),
        )

    def lost(self) -> Mapping[str, str]:
        """Hash → title and version of the forms whose content was lost when the project was salvaged."""
        query = "SELECT sha, title, version FROM form WHERE extra = '' ORDER BY added_at, sha"
        with self._context.store.read() as connection:
            rows = connection.exec_driver_sql(query).fetchall()
        return {row[0]: f"{row[1]} {row[2]}".strip() for row in rows}

    def list(self) -> tuple[FormSummary, ...]:
        """All forms with their content, the latest first."""
        query = (
            "SELECT sha, form_id, version, title, source_name, added_at,"
            " (SELECT count(*) FROM interview WHERE form_sha = form.sha) FROM form WHERE extra <> ''"
            " ORDER BY added_at DESC, rowid DESC"
        )
        with self._context.store.read() as connection:
            rows = connection.exec_driver_sql(query).fetchall()
        return tuple(FormSummary(r[0], r[1], r[2], r[3], r[4], from_stamp(r[5]), r[6]) for r in rows)


class ExternalLists:
    """Lists that forms refer to (``actors.csv``, ``references.csv``), by hash."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def add(self, name: str, content: bytes) -> str:
        """Keeps the bytes of a list and returns their hash; adding them again changes nothing."""
        sha = sha256_bytes(content)
        row = {"sha": sha, "name": name, "content": content, "added_at": to_stamp(self._context.now())}
        with self._context.store.write() as connection:
            if replacement_of(connection, sha) is not None:
                return sha
            row_sums.insert(connection, "external_list", row, conflict="(sha) DO NOTHING")
        self._context.has_changed = True
        return sha

    def get(self, sha: str) -> bytes:
        """The bytes with this hash, or what an erasure put in their place.

        Raises:
            KeyError: when the project does not hold them.
        """
        query = "SELECT content FROM external_list WHERE sha = ?"
        present: str | None = sha
        with self._context.store.read() as connection:
            while present is not None:
                row = connection.exec_driver_sql(query, (present,)).fetchone()
                if row is not None:
                    return bytes(row[0])
                present = replacement_of(connection, present)
        raise KeyError(sha)

    def names(self) -> Mapping[str, str]:
        """Hash → name of every list that the project holds."""
        with self._context.store.read() as connection:
            rows = connection.exec_driver_sql("SELECT sha, name FROM external_list ORDER BY sha").fetchall()
        return {row[0]: row[1] for row in rows}
