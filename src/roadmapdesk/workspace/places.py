"""Places where no file of the program's making may go: a project is a folder that only the store writes."""

import os
from pathlib import Path

from roadmapdesk.errors import Message, RoadmapDeskError
from roadmapdesk.i18n import N_
from roadmapdesk.storage.contacts import SUFFIX as CONTACTS_SUFFIX
from roadmapdesk.storage.project import MEDIA_FILE, PROJECT_FILE, SUFFIX

IN_PROJECT = Message(
    "place.in_project",
    N_("“{name}” belongs to the project “{project}”. Nothing was written. Choose a place outside of projects."),
)
IS_DATABASE = Message(
    "place.is_database", N_("“{name}” is a database. It was not overwritten. Choose another name or place.")
)
_SQLITE_HEAD = b"SQLite format 3\x00"


class PlaceTaken(RoadmapDeskError):
    """Something lies there that must not be overwritten, or be mixed with other files."""


def refuse_project_place(target: Path) -> None:
    """Refuses a file or folder that is a project, lies inside one, or is a contact list or database under any name.

    Raises:
        PlaceTaken: the sentence says why.
    """
    whole = Path(os.path.realpath(target))  # unlike Path.resolve, a circle of links is no failure here
    for folder in (whole, *whole.parents):
        if folder.suffix.lower() == SUFFIX or (folder / PROJECT_FILE).is_file():
            raise PlaceTaken(IN_PROJECT, name=target.name, project=folder.stem)
    is_known = whole.name in {PROJECT_FILE, MEDIA_FILE} or whole.suffix.lower() == CONTACTS_SUFFIX
    if whole.is_file() and (is_known or _starts_as_database(whole)):
        raise PlaceTaken(IS_DATABASE, name=target.name)


def _starts_as_database(file: Path) -> bool:
    with file.open("rb") as stream:
        return stream.read(len(_SQLITE_HEAD)) == _SQLITE_HEAD
