"""The inside of the window while a project is open: navigation, header, and pages, each built when first shown."""

import contextlib
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from roadmapdesk.desktop.navigation import Navigation
from roadmapdesk.desktop.page_header import PageHeader
from roadmapdesk.desktop.pages import Page, PageEntry, SearchEntry
from roadmapdesk.desktop.theme import Theme
from roadmapdesk.desktop.widgets.panel import rule
from roadmapdesk.errors import RoadmapDeskError
from roadmapdesk.i18n import gettext as _

SubPages = Mapping[str, Callable[[str], Page]]


class Workbench(QWidget):
    """Shows one page at a time and passes on what it says.

    Args:
        entries: the pages of the navigation; only pages that exist.
        sub_pages: pages without an entry of their own, made for one id, such as an open interview.
        theme: the look.
        find_more: what the search finds beyond the pages; gets the way to a page.

    Attributes:
        page_changed: another page is shown.
        saved: a page has saved something; carries the moment of its COMMIT.
        backed_up: a page has made a backup; carries its moment.
        problems_changed: (count, sentence) of the shown page.
        place_changed: where in the shown page the person is.
        search_opened: the search field of the header was used; carries its text.
        failed: the project could not be read for a page; carries the error.
    """

    page_changed = Signal()
    saved = Signal(object)
    backed_up = Signal(object)
    problems_changed = Signal(int, str)
    place_changed = Signal(str)
    search_opened = Signal(str)
    failed = Signal(object)

    def __init__(
        self,
        entries: Sequence[PageEntry],
        *,
        sub_pages: SubPages,
        theme: Theme,
        find_more: Callable[[Callable[[str, str], None]], Sequence[SearchEntry]] = lambda _go_to: (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._find_more = find_more
        self.entries = tuple(entries)
        self._sub_pages = sub_pages
        self._theme = theme
        self._pages: dict[str, Page] = {}
        self._places: dict[str, str] = {}
        self._stale: set[str] = set()
        self._sub_page: Page | None = None
        self.navigation = Navigation(self.entries, theme=theme, parent=self)
        self.header = PageHeader(theme=theme, parent=self)
        self._stack = QStackedWidget(self)
        self._build()
        self._connect()
        self.retranslate()

    @property
    def page(self) -> Page | None:
        """The page that is shown."""
        shown = self._stack.currentWidget()
        return shown if isinstance(shown, Page) else None

    def go_to(self, key: str, item_id: str = "") -> None:
        """Goes to a page and shows one thing there, after the present page let go.

        Args:
            key: key of a page or sub-page; an unknown one changes nothing.
            item_id: what to show; empty for the page itself.
        """
        current = self.page
        self._light()
        if current is None:
            self._show(key, item_id)
        else:
            current.can_leave(lambda: self._show(key, item_id))

    def go_to_number(self, number: int) -> None:
        """Goes to the page at this 1-based place of the navigation, if there is one."""
        if 1 <= number <= len(self.entries):
            self.go_to(self.entries[number - 1].key)

    def search_entries(self) -> list[SearchEntry]:
        """What all pages offer to the search over everything; pages not yet built are built for it."""
        found = [
            SearchEntry(entry.word(), _("Page"), entry.icon, partial(self.go_to, entry.key)) for entry in self.entries
        ]
        if self._sub_page is not None:
            found.extend(self._sub_page.search_entries())
        for entry in self.entries:
            found.extend(self._page_for(entry.key).search_entries())
        found.extend(self._find_more(self.go_to))
        return found

    def mark_stale(self) -> None:
        """Has every page read the project again when it is shown next."""
        self._stale.update(self._pages)

    def retranslate(self) -> None:
        """Says everything again in the present language."""
        self.navigation.retranslate(_("Pages"))
        for page in (*self._pages.values(), *((self._sub_page,) if self._sub_page else ())):
            page.retranslate()
        self.header.retranslate()

    def leave(self, then: Callable[[], None]) -> None:
        """Calls `then` when the shown page may be left, after every page let go of what it holds."""

        def close() -> None:
            self._close_sub_page()
            for page in self._pages.values():
                # What a page keeps for its comfort must not hinder closing a project that is gone.
                with contextlib.suppress(RoadmapDeskError):
                    page.close_page()
            then()

        current = self.page
        if current is None:
            close()
        else:
            current.can_leave(close)

    def _show(self, key: str, item_id: str) -> None:
        try:
            self._turn_to(key, item_id)
        except RoadmapDeskError as error:
            self._light()
            self.failed.emit(error)

    def _turn_to(self, key: str, item_id: str) -> None:
        if key in self._sub_pages:
            self._close_sub_page()
            self._sub_page = self._adopt(self._sub_pages[key](item_id))
            self._present(self._sub_page)
            return
        if all(entry.key != key for entry in self.entries):
            return
        self._close_sub_page()
        page = self._page_for(key)
        if key in self._stale:
            self._stale.discard(key)
            page.refresh()
        self._present(page)
        if item_id:
            page.show_item(item_id)

    def _present(self, page: Page) -> None:
        self._stack.setCurrentWidget(page)
        self.header.show_page(page)
        self._light()
        self.problems_changed.emit(0, "")
        self.place_changed.emit(self._places.get(page.key, ""))
        self.page_changed.emit()
        if page is self._sub_page:
            page.refresh()
        page.take_focus()

    def _page_for(self, key: str) -> Page:
        if key not in self._pages:
            entry = next(entry for entry in self.entries if entry.key == key)
            self._pages[key] = self._adopt(entry.build())
            self._stale.add(key)
        return self._pages[key]

    def _adopt(self, page: Page) -> Page:
        page.navigation_requested.connect(self.go_to)
        page.saved.connect(self._on_page_saved)
        page.backed_up.connect(self.backed_up)
        page.problems_changed.connect(self._on_page_problems_changed)
        page.place_changed.connect(self._on_page_place_changed)
        page.data_changed.connect(self._on_page_data_changed)
        self._stack.addWidget(page)
        return page

    def _close_sub_page(self) -> None:
        if self._sub_page is None:
            return
        page, self._sub_page = self._sub_page, None
        self._places.pop(page.key, None)
        page.close_page()
        self.mark_stale()
        self._stack.removeWidget(page)
        page.deleteLater()

    def _light(self) -> None:
        page = self.page
        if page is not None:
            self.navigation.set_page(page.navigation_key or page.key)

    def _on_page_saved(self, moment: datetime) -> None:
        self.saved.emit(moment)

    def _on_page_problems_changed(self, count: int, sentence: str) -> None:
        if self.sender() is self.page:
            self.problems_changed.emit(count, sentence)

    def _on_page_place_changed(self, text: str) -> None:
        """Tells the place and keeps it: a page that is shown again does not tell it anew."""
        page = self.sender()
        if isinstance(page, Page):
            self._places[page.key] = text
        if page is self.page:
            self.place_changed.emit(text)

    def _on_page_data_changed(self) -> None:
        self._stale.update(key for key, page in self._pages.items() if page is not self.page)

    def _build(self) -> None:
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.header)
        right.addWidget(self._stack, 1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.navigation)
        layout.addWidget(rule(is_vertical=True, parent=self))
        layout.addLayout(right, 1)

    def _connect(self) -> None:
        self.navigation.page_selected.connect(self.go_to)
        self.header.search_opened.connect(self.search_opened)
