"""Bringing what is readable in a damaged project into a new project folder."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from roadmapdesk.i18n import current_language
from roadmapdesk.storage import create_project
from roadmapdesk.storage.errors import MISSING, ProjectNotFound
from roadmapdesk.storage.opening import find_key
from roadmapdesk.storage.project import PROJECT_FILE
from roadmapdesk.storage.salvage import SalvageReport, salvage


@dataclass(frozen=True, slots=True)
class Salvaged:
    """A new project and what came into it.

    Attributes:
        folder: the new project folder.
        interviews: number of interviews in it.
        report: what came out of the damaged files and what did not.
    """

    folder: Path
    interviews: int
    report: SalvageReport


def salvage_project(folder: Path, target: Path, *, passphrase: str | None = None) -> Salvaged:
    """Makes a new project of everything readable in a damaged one, which is only read.

    Args:
        folder: the damaged project folder.
        target: the new folder; its ending is added when missing.
        passphrase: of an encrypted project; the new one is encrypted with it as well.

    Raises:
        ProjectNotFound: there is no project file in `folder`.
        ProjectExists: something lies at `target`.
        StorageError: nothing could be read, or the target not be written; then no new folder is left behind.
    """
    if not (folder / PROJECT_FILE).is_file():
        raise ProjectNotFound(MISSING, path=folder)
    key = find_key(folder, passphrase, None)
    fresh = create_project(target, title=folder.stem, language=current_language().code, passphrase=passphrase)
    try:
        with fresh:
            report = salvage(folder, fresh, key=key)
            return Salvaged(fresh.folder, fresh.interviews.count(), report)
    except BaseException:
        shutil.rmtree(fresh.folder, ignore_errors=True)
        raise
