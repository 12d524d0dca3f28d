"""Settings that change results and therefore belong to the project: title, languages, scoring profile."""

import json
from collections.abc import Mapping
from typing import Any

from roadmapdesk.storage.content import canonical_json, row_digest
from roadmapdesk.storage.context import Context


class Settings:
    """Named JSON values of the project."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def get(self, key: str, default: Any = None) -> Any:  # noqa: ANN401 — any JSON value
        """The stored value, or `default` when there is none."""
        with self._context.store.read() as connection:
            row = connection.exec_driver_sql("SELECT value FROM setting WHERE key = ?", (key,)).fetchone()
        return default if row is None else json.loads(row[0])

    def set(self, key: str, value: Any) -> None:  # noqa: ANN401 — any JSON value
        """Stores a value durably; None removes it."""
        self.update({key: value})

    def update(self, values: Mapping[str, Any]) -> None:
        """Stores several values in one transaction; None removes one."""
        with self._context.store.write() as connection:
            for key, value in values.items():
                if value is None:
                    connection.exec_driver_sql("DELETE FROM setting WHERE key = ?", (key,))
                    continue
                text = canonical_json(value)
                connection.exec_driver_sql(
                    "INSERT INTO setting VALUES (?, ?, ?)"
                    " ON CONFLICT (key) DO UPDATE SET value = excluded.value, digest = excluded.digest",
                    (key, text, row_digest(key, text)),
                )
        self._context.has_changed = True

    @property
    def project_id(self) -> str:
        """UUID4 of the project; the same in every copy of it."""
        return str(self.get("project_id", ""))

    @property
    def title(self) -> str:
        """The project's title as the team gave it."""
        return str(self.get("title", ""))

    @title.setter
    def title(self, value: str) -> None:
        self.set("title", value)

    @property
    def language(self) -> str:
        """``de`` or ``en``: the language that reports of this project begin with."""
        return str(self.get("language", "de"))

    @language.setter
    def language(self, value: str) -> None:
        self.set("language", value)

    @property
    def scoring_profile(self) -> Mapping[str, Any]:
        """The scoring profile as JSON, empty for the method's own defaults."""
        return dict(self.get("scoring_profile", {}))

    @scoring_profile.setter
    def scoring_profile(self, value: Mapping[str, Any]) -> None:
        self.set("scoring_profile", dict(value))

    @property
    def lost_at_salvage(self) -> tuple[str, ...]:
        """The tables that could not be read to their end when this project was salvaged; empty where it never was."""
        return tuple(str(name) for name in self.get("lost_at_salvage", ()))

    @lost_at_salvage.setter
    def lost_at_salvage(self, tables: tuple[str, ...]) -> None:
        self.set("lost_at_salvage", list(tables) or None)

    @property
    def is_sample(self) -> bool:
        """True for the invented sample data, which every export must name as such."""
        return bool(self.get("is_sample", False))
