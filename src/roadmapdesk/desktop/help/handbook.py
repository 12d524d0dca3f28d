"""The handbook's pages: which there are, their text in a language, and which belongs to a screen."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from roadmapdesk.i18n import current_language
from roadmapdesk.i18n import gettext as _
from roadmapdesk.paths import handbook_folder, pictures_folder

PAGES = (
    "start",
    "planning",
    "interview",
    "keyboard",
    "forms",
    "assessment",
    "reports",
    "backups",
    "glossary",
)
"""Keys of the pages in reading order; each is a file of this name for each language."""
_SCREENS = {
    "overview": "planning",
    "planning": "planning",
    "actors": "planning",
    "interviews": "interview",
    "interview": "interview",
    "versions": "interview",
    "assessment": "assessment",
    "network": "assessment",
    "roadmap": "reports",
    "reports": "reports",
    "exports": "reports",
    "forms": "forms",
    "backups": "backups",
    "erasure": "backups",
    "merge": "backups",
    "actor_dialog": "planning",
    "appointment_dialog": "planning",
    "new_interview_dialog": "interview",
    "reason_dialog": "interview",
    "privacy_details_dialog": "interview",
    "reading_window": "interview",
    "form_import_dialog": "forms",
    "form_compare_dialog": "forms",
    "form_move_dialog": "forms",
    "form_trial_window": "forms",
    "profile_dialog": "assessment",
    "passphrase_dialog": "backups",
    "change_passphrase_dialog": "backups",
    "recovery_key_dialog": "backups",
    "rescue_dialog": "backups",
    "locked_dialog": "backups",
    "crash_dialog": "backups",
    "contacts_dialog": "backups",
    "contact_dialog": "backups",
    "choose_contacts_dialog": "backups",
    "new_project_dialog": "start",
    "preferences_dialog": "start",
    "about_dialog": "start",
    "search_dialog": "keyboard",
    "shortcuts_dialog": "keyboard",
}
"""Screens and dialogs by their names → page."""
_SHORTCUTS = "{{shortcuts}}"
_PICTURE = re.compile(r"^!\[[^\]]*\]\(([^)]+)\)\s*$", re.MULTILINE)
_MARKS = re.compile(r"!\[[^\]]*\]\([^)]*\)|\[([^\]]*)\]\([^)]*\)|[*_`#|>]+")

Shortcuts = Callable[[], Sequence[tuple[str, str, str]]]


@dataclass(frozen=True, slots=True)
class HandbookPage:
    """One page in one language.

    Attributes:
        title: its first heading.
        markdown: its text, with the list of commands filled in and without pictures that are not shipped.
    """

    key: str
    title: str
    markdown: str

    @property
    def plain(self) -> str:
        """The text without marks, for the search."""
        return " ".join(_MARKS.sub(lambda match: match.group(1) or " ", self.markdown).split())


@dataclass(frozen=True, slots=True)
class Hit:
    """One page that the search found, with the words around the first place."""

    page: HandbookPage
    excerpt: str


def page_for(screen: str, otherwise: str = PAGES[0]) -> str:
    """The handbook page that belongs to a screen or dialog, by its key or object name.

    Args:
        screen: the name.
        otherwise: what all others show.
    """
    return _SCREENS.get(screen, otherwise)


def load_pages(language: str, shortcuts: Shortcuts) -> tuple[HandbookPage, ...]:
    """All pages in a language, in reading order.

    Args:
        language: ``de`` or ``en``.
        shortcuts: gives the rows (menu, words, keys) for the list of commands, in the present language.
    """
    return tuple(_page(key, _read(language, key), shortcuts) for key in PAGES)


def find(pages: Sequence[HandbookPage], words: str) -> list[Hit]:
    """The pages that hold every word, those first whose title holds one."""
    wanted = words.casefold().split()
    hits = []
    for page in pages:
        text = page.plain
        folded = text.casefold()
        if wanted and all(word in folded for word in wanted):
            hits.append((0 if any(word in page.title.casefold() for word in wanted) else 1, page, text, folded))
    hits.sort(key=lambda hit: hit[0])
    return [Hit(page, _excerpt(text, folded.find(wanted[0]))) for _rank, page, text, folded in hits]


def _excerpt(text: str, place: int) -> str:
    start = max(text.rfind(" ", 0, max(place - 30, 0)) + 1, 0)
    return ("…" if start else "") + text[start : start + 120]


@lru_cache(maxsize=32)
def _read(language: str, key: str) -> str:
    return (handbook_folder() / language / f"{key}.md").read_text(encoding="utf-8")


def _page(key: str, text: str, shortcuts: Shortcuts) -> HandbookPage:
    title = text.partition("\n")[0].lstrip("# ").strip()
    if _SHORTCUTS in text:
        text = text.replace(_SHORTCUTS, _table(shortcuts()))
    shown = _PICTURE.sub(lambda match: match.group(0) if picture_file(match.group(1)) else "", text)
    return HandbookPage(key, title, shown)


def picture_file(reference: str) -> Path | None:
    """The file of a picture, in the present language if there is one; None if it is not shipped or elsewhere."""
    parts = Path(reference).parts
    if "pictures" not in parts:
        return None
    name = parts[parts.index("pictures") + 1 :]
    if ".." in name:
        return None
    places = (pictures_folder() / current_language().code, pictures_folder())
    return next((place.joinpath(*name) for place in places if place.joinpath(*name).is_file()), None)


def _table(rows: Sequence[tuple[str, str, str]]) -> str:
    heads = (_("Menu"), _("Command"), _("Keys"))
    lines = [_line(heads), "|---|---|---|", *(_line((*row[:2], row[2] or "–")) for row in rows)]
    return "\n".join(lines)


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("\\", "\\\\").replace("|", "\\|") for cell in cells) + " |"
