"""The strip above a page: title, one line of context, badges, actions, and the search at the right end."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget
from typing_extensions import override

from roadmapdesk.desktop.pages import Page
from roadmapdesk.desktop.theme import Theme
from roadmapdesk.desktop.widgets.inputs import SearchBox
from roadmapdesk.desktop.widgets.labels import ElidedLabel, Text
from roadmapdesk.i18n import gettext as _

_OWNED = "roadmapdesk_has_owner"


class _SearchOpener(SearchBox):
    """Looks like the search field; a click or a key opens the search over everything."""

    opened = Signal()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.opened.emit()


class PageHeader(QWidget):
    """Shows what the current page says about itself.

    Attributes:
        search_opened: a person wants to search; carries what was typed so far.
    """

    search_opened = Signal(str)

    def __init__(self, *, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page_header")
        self._theme = theme
        self._page: Page | None = None
        self._guests: list[QWidget] = []
        self._title = Text("", type_style="title", wraps=False, parent=self)
        self._title.setObjectName("page_title")
        self._context = ElidedLabel("", tone="muted", parent=self)
        self._context.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._search = _SearchOpener(theme=theme, parent=self)
        self._search.setObjectName("global_search")
        self._search.opened.connect(lambda: self.search_opened.emit(""))
        self._search.textEdited.connect(self._on_search_text_edited)
        self._build()
        self.retranslate()
        theme.changed.connect(self._update_sizes)

    def show_page(self, page: Page) -> None:
        """Shows another page's title and controls."""
        if self._page is not None:
            self._page.header_changed.disconnect(self.refresh)
        self._page = page
        page.header_changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Asks the page again."""
        page = self._page
        if page is None:
            return
        self._title.setText(page.title())
        self._context.setText(page.context())
        self._search.setVisible(page.has_search)
        wanted = [*page.badges(), *page.actions_right()]
        if wanted != self._guests:
            self._replace_guests(page)

    def retranslate(self) -> None:
        """Says everything again in the present language."""
        self._search.set_texts(_("Search"), "Ctrl+K")
        self.refresh()

    def _replace_guests(self, page: Page) -> None:
        for guest in self._guests:
            self._badges.removeWidget(guest)
            self._actions.removeWidget(guest)
            guest.setParent(self._waiting)  # without a parent it would become a window of its own when shown again
        for badge in page.badges():
            self._badges.addWidget(badge)
            badge.show()
        for action in page.actions_right():
            self._actions.addWidget(action)
            action.show()
        self._guests = [*page.badges(), *page.actions_right()]
        for guest in self._guests:
            if guest.property(_OWNED) is None:
                guest.setProperty(_OWNED, True)
                page.destroyed.connect(guest.deleteLater)

    def _build(self) -> None:
        theme = self._theme
        self._waiting = QWidget(self)
        self._waiting.hide()
        self._badges = QHBoxLayout()
        self._badges.setSpacing(theme.space("s"))
        self._actions = QHBoxLayout()
        self._actions.setSpacing(theme.space("m"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.space("page_margin"), 0, theme.space("page_margin"), 0)
        layout.setSpacing(theme.space("m"))
        layout.addWidget(self._title)
        layout.addWidget(self._context)
        layout.addLayout(self._badges)
        layout.addStretch(1)
        layout.addLayout(self._actions)
        layout.addWidget(self._search)
        self._update_sizes()

    def _update_sizes(self) -> None:
        self.setFixedHeight(self._theme.height("page_header"))
        self._search.setFixedWidth(self._theme.px(230) if not self._theme.is_wide_text else self._theme.px(170))

    def _on_search_text_edited(self, text: str) -> None:
        self._search.clear()
        self.search_opened.emit(text)
