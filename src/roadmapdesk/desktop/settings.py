"""Comfort that outlives the program: language, look, window, recent projects. Nothing here changes a result."""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Generic, TypeVar, cast

from PySide6.QtCore import QByteArray, QObject, QSettings

T = TypeVar("T", str, bool, float, int)
_READERS: dict[type, Callable[[str], object]] = {
    bool: lambda text: text == "True",
    float: float,
    int: int,
    str: str,
}


@dataclass(frozen=True, slots=True)
class Key(Generic[T]):
    """One setting.

    Attributes:
        name: path in the settings file.
        default: value of a fresh installation; gives the type.
    """

    name: str
    default: T


LANGUAGE = Key("language", "")
"""``de``, ``en`` or empty for the system's."""
QUESTION_LANGUAGE = Key("question_language", "")
"""Short word of the form's language in which the last interview was shown, ``+`` for two, empty before the first."""
SCHEME = Key("scheme", "system")
TEXT_FACTOR = Key("text_factor", 1.0)
OPENS_LAST_PROJECT = Key("opens_last_project", False)
PLAYS_BY_ITSELF = Key("plays_by_itself", True)
"""Whether sounds and films begin with their question, where the form asks for it."""
LAST_PROJECT = Key("last_project", "")
INTERVIEWER = Key("interviewer", "")
BACKUP_FOLDER = Key("backup_folder", "")
PROJECTS_FOLDER = Key("projects_folder", "")
CONTACT_LIST = Key("contact_list", "")
EXPORT_FOLDER = Key("export_folder", "")

ALL_KEYS = (
    LANGUAGE,
    QUESTION_LANGUAGE,
    SCHEME,
    TEXT_FACTOR,
    OPENS_LAST_PROJECT,
    PLAYS_BY_ITSELF,
    LAST_PROJECT,
    INTERVIEWER,
    BACKUP_FOLDER,
    PROJECTS_FOLDER,
    CONTACT_LIST,
    EXPORT_FOLDER,
)

_RECENT = "recent_projects"
_MOST_RECENT = 12


@dataclass(frozen=True, slots=True)
class RecentProject:
    """A project that was open before, as the program saw it last.

    Attributes:
        path: the project folder.
        name: the project's title.
        interviews: interviews that count, of `planned` in all states.
        opened_at: ISO moment of the last use.
        backed_up_at: ISO moment of the newest backup, or empty.
        open_interview: id of an interview that was on the screen when the program last said anything, or empty.
    """

    path: str
    name: str
    interviews: int = 0
    planned: int = 0
    drafts: int = 0
    opened_at: str = ""
    backed_up_at: str = ""
    open_interview: str = ""


class Settings(QObject):
    """Typed access to the settings file; lives in the main thread.

    Args:
        file: where the settings lie; an ini file of the program's own data folder.
    """

    def __init__(self, file: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = QSettings(str(file), QSettings.Format.IniFormat, self)

    def get(self, key: Key[T]) -> T:
        """The stored value, or the default where there is none or it cannot be read."""
        stored = self._store.value(key.name)
        if stored is None:
            return key.default
        try:
            value = _READERS[type(key.default)](str(stored))
        except ValueError:
            return key.default
        return cast("T", value)

    def set(self, key: Key[T], value: T) -> None:
        """Stores a value."""
        self._store.setValue(key.name, str(value))

    def blob(self, name: str) -> QByteArray:
        """Stored bytes such as a window geometry, or empty ones."""
        return QByteArray.fromBase64(str(self._store.value(f"state/{name}", "")).encode("ascii", "replace"))

    def set_blob(self, name: str, value: QByteArray) -> None:
        """Stores bytes such as a splitter state."""
        self._store.setValue(f"state/{name}", bytes(value.toBase64().data()).decode("ascii"))

    def note(self, name: str) -> str:
        """A stored remark such as the last visit of a project, or empty."""
        return str(self._store.value(f"note/{name}", ""))

    def set_note(self, name: str, text: str) -> None:
        """Stores a remark."""
        self._store.setValue(f"note/{name}", text)

    def recent_projects(self) -> tuple[RecentProject, ...]:
        """The projects that were open before, the latest first."""
        try:
            entries = json.loads(str(self._store.value(_RECENT, "[]")))
            return tuple(RecentProject(**entry) for entry in entries)
        except (ValueError, TypeError):
            return ()

    def remember_project(self, project: RecentProject) -> None:
        """Puts a project to the head of the list."""
        others = [entry for entry in self.recent_projects() if entry.path != project.path]
        self._store_recent([project, *others][:_MOST_RECENT])

    def note_project(self, project: RecentProject) -> None:
        """Remembers what an open project looks like now; its place in the list and the moment of its use stay."""
        before = list(self.recent_projects())
        after = [
            replace(project, opened_at=entry.opened_at) if entry.path == project.path else entry for entry in before
        ]
        if after != before:
            self._store_recent(after)

    def forget_project(self, path: str) -> None:
        """Takes a project off the list; its files stay."""
        self._store_recent([entry for entry in self.recent_projects() if entry.path != path])

    def flush(self) -> None:
        """Writes what is not yet written."""
        self._store.sync()

    def _store_recent(self, projects: list[RecentProject]) -> None:
        entries = [{name: getattr(entry, name) for name in RecentProject.__slots__} for entry in projects]
        self._store.setValue(_RECENT, json.dumps(entries, ensure_ascii=False))
        self._store.sync()
