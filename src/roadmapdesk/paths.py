"""Where the program's own files lie: shipped forms and resources, and the user's folders.

In an installed wheel ``forms/`` and ``resources/`` lie inside the package under ``_shipped``; in a checkout they
are the top-level folders.
"""

import os
from functools import cache
from pathlib import Path

import platformdirs

_PACKAGE = Path(__file__).resolve().parent
_APPLICATION = "RoadmapDesk"
_HOMES = ("HOME", "USERPROFILE", "LOCALAPPDATA", "XDG_DATA_HOME")


@cache
def _shipped() -> Path:
    inside = _PACKAGE / "_shipped"
    return inside if inside.is_dir() else _PACKAGE.parent.parent


def forms_folder() -> Path:
    """The folder of the shipped questionnaires (``*.md``)."""
    return _shipped() / "forms"


def resources_folder() -> Path:
    """The folder with fonts, icons, locale, catalog and design tokens."""
    return _shipped() / "resources"


def handbook_folder() -> Path:
    """The folder of the handbook: ``<language>/<page>.md``."""
    inside = _PACKAGE / "_shipped" / "handbook"
    return inside if inside.is_dir() else _PACKAGE.parent.parent / "docs" / "handbook"


def pictures_folder() -> Path:
    """The folder of the handbook's pictures; may be missing."""
    inside = _PACKAGE / "_shipped" / "pictures"
    return inside if inside.is_dir() else _PACKAGE.parent.parent / "docs" / "pictures"


def locale_folder() -> Path:
    """The folder that gettext searches: ``<language>/LC_MESSAGES/roadmapdesk.mo``."""
    return resources_folder() / "locale"


def documents_folder() -> Path:
    """The user's folder where new projects are offered to be stored."""
    return Path(platformdirs.user_documents_dir())


def data_folder() -> Path:
    """The user's data folder of the program: settings, sample project, crash reports."""
    return _data_folder(*(os.environ.get(name) for name in _HOMES))


@cache
def _data_folder(*_environment: str | None) -> Path:
    """The system is asked once for each environment: every opening of a project reads a file there."""
    return Path(platformdirs.user_data_dir(_APPLICATION, appauthor=False))


def cache_folder() -> Path:
    """The user's cache folder: compiled forms by content hash; may be deleted at any time."""
    return Path(platformdirs.user_cache_dir(_APPLICATION, appauthor=False))


def log_folder() -> Path:
    """The user's log folder; logs never hold answer texts."""
    return Path(platformdirs.user_log_dir(_APPLICATION, appauthor=False))
