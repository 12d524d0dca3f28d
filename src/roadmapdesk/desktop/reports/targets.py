"""Where a report may lie: a folder to begin with, and a name that is still free."""

from pathlib import Path

from roadmapdesk.i18n import gettext as _
from roadmapdesk.paths import documents_folder


def first_folder() -> Path:
    """The user's documents, or the home folder where there are none."""
    folder = documents_folder()
    return folder if folder.is_dir() else Path.home()


def folder_words(folder: Path) -> str:
    """A folder as its owner knows it: from the own folder on where it lies in there, otherwise whole."""
    home = Path.home()
    if folder == home:
        return _("your user folder")
    return str(folder.relative_to(home) if folder.is_relative_to(home) else folder)


def free_name(path: Path) -> Path:
    """The same name with the first free number behind it."""
    number = 2
    while (other := path.with_name(f"{path.stem} ({number}){path.suffix}")).exists():
        number += 1
    return other
