"""Backups as people use them: are they good, what would they bring back, and back into a new project."""

from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path

from roadmapdesk.domain.catalog import Bilingual
from roadmapdesk.errors import RoadmapDeskError
from roadmapdesk.storage import remembering
from roadmapdesk.storage.backups import list_backups
from roadmapdesk.storage.checks import check_file
from roadmapdesk.storage.keys import FileKey, file_salt
from roadmapdesk.storage.project import Project
from roadmapdesk.storage.restoring import compare_with_backup
from roadmapdesk.storage.schema import looks_encrypted, looks_plain
from roadmapdesk.storage.thinning import Backup
from roadmapdesk.storage.values import InterviewRow
from roadmapdesk.workspace.backups import refresh_second_place


class BackupState(Enum):
    """What a look into a backup shows."""

    VERIFIED = auto()
    DAMAGED = auto()
    LOCKED = auto()


class Change(Enum):
    """How one interview differs between now and a backup."""

    ONLY_NOW = auto()
    ONLY_BACKUP = auto()
    CHANGED = auto()


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One interview that differs.

    Attributes:
        actor: name of the organisation by language.
        answers: number of answers that differ; 0 where only the state does.
    """

    row: InterviewRow
    actor: Bilingual
    change: Change
    answers: int


@dataclass(frozen=True, slots=True)
class BackupComparison:
    """What going back to a backup would change.

    Attributes:
        same: number of interviews that are alike.
    """

    lines: tuple[ChangeLine, ...]
    same: int


def backups_of(folder: Path) -> tuple[Backup, ...]:
    """The backups of a project folder, the newest first; the project itself need not be readable."""
    return list_backups(folder)


def look_into(backup: Path, key: FileKey | None) -> BackupState:
    """Opens a backup and computes every hash again; one that is not encrypted needs no key.

    Of before a change of passphrase is a backup that begins with another salt than `key` belongs to.
    """
    try:
        key = None if looks_plain(backup) else key
        if looks_encrypted(backup) and (key is None or file_salt(backup) != key.salt):
            return BackupState.LOCKED
        report = check_file(backup, key)
    except (RoadmapDeskError, OSError):
        return BackupState.DAMAGED
    return BackupState.VERIFIED if report.is_intact else BackupState.DAMAGED


def compare_backup(project: Project, backup: Path) -> BackupComparison:
    """What the project holds differently from one of its backups; neither is changed.

    Raises:
        StorageError: one of them cannot be read.
    """
    names = {actor.key: Bilingual(actor.name("de"), actor.name("en")) for actor in project.actors.list()}
    found = compare_with_backup(project, backup)

    def line(row: InterviewRow, change: Change, answers: int = 0) -> ChangeLine:
        return ChangeLine(row, names.get(row.actor_key, Bilingual(row.actor_key, row.actor_key)), change, answers)

    lines = (
        *(line(row, Change.ONLY_NOW) for row in found.only_first),
        *(line(row, Change.ONLY_BACKUP) for row in found.only_second),
        *(line(row, Change.CHANGED, answers) for row, answers in found.changed),
    )
    return BackupComparison(tuple(sorted(lines, key=lambda one: (one.row.code, one.row.wave))), found.same)


def change_passphrase(project: Project, passphrase: str, second_place: str = "") -> str:
    """Gives project and backups a new key and forgets a remembered one; returns where old copies are left.

    Args:
        project: the open project.
        passphrase: the new one.
        second_place: where copies of backups lie, empty for none; they get the new key as well.

    Returns:
        The second place where it still holds copies that open without the new passphrase; empty when it is clean.

    Raises:
        StorageError: nothing was changed.
    """
    forget_key(project.folder)
    project.change_passphrase(passphrase)
    is_clean = not second_place or refresh_second_place(project, Path(second_place))
    return "" if is_clean else second_place


def remember_key(project: Project) -> bool:
    """Keeps the key of an encrypted project in the system's key store; False where there is none."""
    key = project.file_key
    return key is not None and remembering.remember(_place(project.folder), key)


def remembered_key(folder: Path) -> str | None:
    """The recovery key that was remembered for this folder on this computer; None without one."""
    return remembering.recall(_place(folder))


def forget_key(folder: Path) -> None:
    """Removes what was remembered for this folder."""
    remembering.forget(_place(folder))


def _place(folder: Path) -> str:
    """The name in the key store: the id of the project is inside the file, so the folder has to do."""
    return str(folder.resolve())
