"""Files that belong to a form: lists of choices, pictures, maps; from the folder beside it, kept by hash.

Source: ODK convention, a folder named like the form with ``-media`` at its end.
"""

from collections.abc import Mapping
from pathlib import Path

from roadmapdesk.storage.project import Project

MOST_FILES = 200
MOST_BYTES = 50 * 1024 * 1024
_KEY = "form_files"


def read_form_files(form: Path) -> dict[str, bytes]:
    """The files beside a form, by name; those beyond the limits of number and size are left out."""
    folder = form.with_name(f"{form.stem}-media")
    found: dict[str, bytes] = {}
    room = MOST_BYTES
    try:
        paths = sorted(path for path in folder.iterdir() if path.is_file() and not path.is_symlink())
        for path in paths[:MOST_FILES]:
            size = path.stat().st_size
            if size <= room:
                found[path.name] = path.read_bytes()
                room -= size
    except OSError:
        return found  # a form without such a folder, or one that cannot be read, opens without it
    return found


def keep_form_files(project: Project, sha: str, files: Mapping[str, bytes]) -> None:
    """Keeps the files of a form; files that a form had before and that are not among these stay."""
    if files:
        kept = _kept(project, sha) | {name: project.lists.add(name, content) for name, content in files.items()}
        project.settings.set(f"{_KEY}.{sha}", kept)


def form_files(project: Project, sha: str) -> dict[str, bytes]:
    """The files that came with a form, by name."""
    return {name: project.lists.get(content) for name, content in _kept(project, sha).items()}


def _kept(project: Project, sha: str) -> dict[str, str]:
    """Name → hash."""
    return dict(project.settings.get(f"{_KEY}.{sha}") or {})
