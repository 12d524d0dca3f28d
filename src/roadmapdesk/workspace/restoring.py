"""A backup back into a new project, with whatever passphrase it has, and without what was erased meanwhile."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from roadmapdesk.errors import Message
from roadmapdesk.i18n import N_
from roadmapdesk.i18n import gettext as _
from roadmapdesk.storage import open_project
from roadmapdesk.storage.backups import BACKUP_FOLDER, MEDIA_COPY
from roadmapdesk.storage.checks import CheckReport
from roadmapdesk.storage.engine import opens
from roadmapdesk.storage.errors import Foreign, KeyRefused
from roadmapdesk.storage.keys import FileKey, file_salt
from roadmapdesk.storage.known_erasures import (
    Source,
    known_erasures,
    project_id_of,
)
from roadmapdesk.storage.opening import find_file_key
from roadmapdesk.storage.project import MEDIA_FILE, PROJECT_FILE
from roadmapdesk.storage.restoring import project_of, restore_backup
from roadmapdesk.storage.schema import looks_plain
from roadmapdesk.storage.secrets import Secret
from roadmapdesk.storage.thinning import backup_in

__all__ = ("BACKUP_LOCKED", "Restored", "backup_in", "key_of_backup", "restore")

OTHER_PROJECT = Message(
    "restore.other_project",
    N_("The backup “{backup}” does not belong to the project “{name}”. Nothing was restored."),
)


BACKUP_LOCKED = Message(
    "restore.backup_locked",
    N_(
        "The backup “{name}” has another passphrase, or the beginning of its file is damaged. Give the passphrase or "
        "recovery key that the project had when it was made. Nothing was restored."
    ),
)


@dataclass(frozen=True, slots=True)
class Restored:
    """A project that was made of a backup.

    Attributes:
        folder: the new project folder.
        source: where it was learnt what was erased since the backup was made.
        report: of the check of the new project.
        has_other_key: the new project opens with the backup's passphrase, or without one, and not with the present
            passphrase of the project.
    """

    folder: Path
    source: Source
    report: CheckReport
    has_other_key: bool
    is_encrypted: bool

    @property
    def notes(self) -> tuple[str, ...]:
        """What a person has to know before working with it, in the current language."""
        found = []
        if self.source is Source.NONE:
            found.append(
                _(
                    "The project itself is not there: interviews that were erased from it after this backup was made "
                    "could not be recognised. Look through the interviews before anybody works with them."
                )
            )
        if self.source is Source.BACKUPS:
            found.append(_("The project itself cannot be read; what its backups tell to be erased stays erased."))
        if self.has_other_key and self.is_encrypted:
            found.append(_("It opens with the passphrase of the backup, not with the present one of the project."))
        if self.has_other_key and not self.is_encrypted:
            found.append(_("It is not encrypted, because the backup was not. Give it a passphrase first."))
        return tuple(found)


def key_of_backup(backup: Path, secrets: Sequence[Secret]) -> FileKey | None:
    """What opens a backup: the first of the secrets that does; None for one that is not encrypted.

    Raises:
        KeyRefused: it needs a passphrase, or none of these opens it.
        Foreign, Damaged: it is no backup.
    """
    name = backup.name
    if looks_plain(backup):
        return None
    if not secrets:
        return find_file_key(backup, None, None, name=name)
    for secret in secrets:
        key = secret.key_for(backup)
        if key is not None and opens(backup, key):
            return key
    raise KeyRefused(BACKUP_LOCKED, name=name)


def restore(
    backup: Path,
    target: Path,
    *,
    secrets: Sequence[Secret] = (),
    project: Path | None = None,
    project_key: FileKey | None = None,
) -> Restored:
    """Makes a new project folder of a backup, never over an existing one, and checks it.

    Args:
        backup: in a project's ``backups`` folder or anywhere else.
        target: the new folder.
        secrets: what was typed for the backup and for the project, in any order.
        project: the folder of the project as it is now, by default the one that the backup lies in; need not exist.
        project_key: of the project, where it is open already.

    Raises:
        ProjectExists: something lies at `target`.
        KeyRefused: a passphrase is missing, of the backup or of the project (`ERASURES_LOCKED`).
        Foreign: the backup is none, or belongs to another project.
        StorageError: the backup cannot be read or the target not be written.
    """
    key = key_of_backup(backup, secrets)
    folder = project_of(backup) if project is None or _is_project(project_of(backup)) else project
    known = known_erasures(folder, (project_key, key, *_keys_for(folder, secrets), None))
    if known.project_id not in {"", project_id_of(backup, key)}:
        raise Foreign(OTHER_PROJECT, backup=backup.name, name=folder.stem)
    fresh = restore_backup(backup, target, key=key, erased=known)
    with open_project(fresh, key=key, read_only=True) as restored:
        report = restored.check()
    has_other_key = known.source is Source.PROJECT and known.key != key
    return Restored(fresh, known.source, report, has_other_key, is_encrypted=key is not None)


def _keys_for(folder: Path, secrets: Sequence[Secret]) -> tuple[FileKey | None, ...]:
    """What may open the project; its other files begin with the same salt and have it where the first is damaged."""
    files = (folder / PROJECT_FILE, folder / MEDIA_FILE, folder / BACKUP_FOLDER / MEDIA_COPY)
    present = {file_salt(path): path for path in reversed(files) if path.is_file() and not looks_plain(path)}
    return tuple(secret.key_for(path) for path in present.values() for secret in secrets)


def _is_project(folder: Path) -> bool:
    return (folder / PROJECT_FILE).is_file()
