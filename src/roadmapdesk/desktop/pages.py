"""What the main window knows of a page, and what a page is given.

A page is one entry of the navigation or, like an open interview, a page below one. It reads frozen values through
`workspace` and never draws the header, the menus or the status bar: it says what they show and the window draws them.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from roadmapdesk.desktop.jobs import Jobs
    from roadmapdesk.desktop.prompts import Prompts
    from roadmapdesk.desktop.settings import Settings
    from roadmapdesk.desktop.theme import Theme


@dataclass(frozen=True, slots=True)
class Desk:
    """What every screen works with; built once in `app` and passed down by keyword."""

    theme: "Theme"
    jobs: "Jobs"
    prompts: "Prompts"
    settings: "Settings"


@dataclass(frozen=True, slots=True)
class SearchEntry:
    """One thing that the search over everything finds.

    Attributes:
        text: what is searched and shown.
        kind: translated word for what it is: actor, interview, command.
        icon: Lucide name.
        run: goes there or does it.
        more: further text that is searched and shown in grey.
    """

    text: str
    kind: str
    icon: str
    run: Callable[[], object]
    more: str = ""


class Page(QWidget):
    """Base of all pages: everything the window asks for, with quiet answers.

    Attributes:
        header_changed: title, context, badges or actions say something else now.
        navigation_requested: (page key, id) — go to another page and show one thing there; the id may be empty.
        saved: an answer or a change is in the file; carries the aware datetime of its COMMIT.
        problems_changed: (count, sentence) for the status bar; 0 hides it.
        place_changed: where in the page the person is, one short line for the status bar.
        data_changed: the project holds something new; other pages read again when they are shown.
        backed_up: a backup was made; carries its moment.
    """

    header_changed = Signal()
    navigation_requested = Signal(str, str)
    saved = Signal(object)
    problems_changed = Signal(int, str)
    place_changed = Signal(str)
    data_changed = Signal()
    backed_up = Signal(object)

    key = ""
    """Key of the page; a page below another one has the same ``navigation_key`` as that one."""
    navigation_key = ""
    """Which entry of the navigation is lit; the key itself when empty."""
    item_id = ""
    """Id of the one thing that a page without an entry of its own shows, such as an interview."""
    has_search = True
    """Whether the header ends in the search over everything."""
    _first: QWidget | None = None

    def begin_with(self, widget: QWidget) -> None:
        """Names what gets the focus first; with a focus proxy Tab would pass over what stands before it."""
        self._first = widget

    def take_focus(self) -> None:
        """Gives the keyboard to the page: to what it begins with, else to what it has chosen while it was shown."""
        chosen: QWidget | None = self.focusWidget()
        target = self._first or chosen or self
        target.setFocus(Qt.FocusReason.TabFocusReason)

    def title(self) -> str:
        """The page's one title, translated."""
        return ""

    def context(self) -> str:
        """One grey line beside the title, translated."""
        return ""

    def badges(self) -> Sequence[QWidget]:
        """Chips after the context."""
        return ()

    def actions_right(self) -> Sequence[QWidget]:
        """Buttons and switches at the right end of the header; at most one primary button."""
        return ()

    def menu_actions(self) -> Mapping[str, Sequence[QAction]]:
        """Actions that stand in the menus while the page is shown: menu key → actions.

        Menu keys are ``edit``, ``view``, ``interview`` and ``evaluation``.
        """
        return {}

    def search_entries(self) -> Sequence[SearchEntry]:
        """What the search over everything finds here; asked when the search opens."""
        return ()

    def refresh(self) -> None:
        """Reads the project again and shows it; called when the page is shown and its data is old."""

    def show_item(self, item_id: str) -> None:
        """Shows one thing of the page, for a link or a search result."""

    def go_to_next_problem(self) -> None:
        """Leads to the next thing that the status bar counts as a problem."""

    def retranslate(self) -> None:
        """Says everything again in the present language."""

    def can_leave(self, leave: Callable[[], None]) -> None:
        """Calls `leave` when the page may be left, at once or after a question."""
        leave()

    def close_page(self) -> None:
        """Lets go of files and sessions; the page is not shown again."""


@dataclass(frozen=True, slots=True)
class PageEntry:
    """One entry of the navigation: only pages that exist are registered.

    Attributes:
        key: stable name, part of settings.
        icon: Lucide name.
        word: gives the translated word when asked.
        build: makes the page when it is shown first.
    """

    key: str
    icon: str
    word: Callable[[], str]
    build: Callable[[], Page]
