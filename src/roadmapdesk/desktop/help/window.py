"""The handbook's window: contents and search left, the page right, back and forward above."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget
from typing_extensions import override

from roadmapdesk.desktop.help.handbook import PAGES, HandbookPage, Hit, Shortcuts, find, load_pages
from roadmapdesk.desktop.help.reader import Reader
from roadmapdesk.desktop.theme import Theme
from roadmapdesk.desktop.widgets.buttons import IconButton
from roadmapdesk.desktop.widgets.inputs import SearchBox
from roadmapdesk.desktop.widgets.labels import Text
from roadmapdesk.desktop.widgets.panel import rule
from roadmapdesk.desktop.widgets.table_model import Column, RowsModel
from roadmapdesk.desktop.widgets.table_view import TableView
from roadmapdesk.i18n import current_language, on_language_changed
from roadmapdesk.i18n import gettext as _

_SIZE = (1060, 720)
_CONTENTS = 0.32
"""Share of the width that the contents take at most."""


class HandbookWindow(QWidget):
    """A window beside the program's own, so that both can be read at once.

    Args:
        shortcuts: gives the rows for the list of commands.
        theme: the look.
        parent: the program's window; this one closes with it.
    """

    def __init__(self, *, shortcuts: Shortcuts, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setObjectName("handbook_window")
        self._shortcuts = shortcuts
        self._theme = theme
        self._pages: tuple[HandbookPage, ...] = ()
        self._past: list[str] = []
        self._coming: list[str] = []
        self.current = PAGES[0]
        self.search = SearchBox(theme=theme, parent=self)
        columns: list[Column[Hit]] = [
            Column(lambda: _("Contents"), lambda hit: hit.page.title, second_line=lambda hit: hit.excerpt)
        ]
        self._model = RowsModel(columns, sentence=lambda hit: f"{hit.page.title}. {hit.excerpt}", parent=self)
        self.contents = TableView(theme=theme, parent=self)
        self.contents.show_rows(self._model, is_sortable=False)
        self._nothing = Text("", tone="muted", parent=self)
        self.back = IconButton("chevron-left", theme=theme, parent=self)
        self.forward = IconButton("chevron-right", theme=theme, parent=self)
        self._title = Text("", type_style="strong", wraps=False, parent=self)
        self.reader = Reader(theme=theme, parent=self)
        self._build()
        self._connect()
        self.retranslate()

    def show_page(self, key: str, *, mark: str = "", is_step: bool = False) -> None:
        """Shows a page; an unknown key shows the first.

        Args:
            key: one of `PAGES`.
            mark: a word to go to.
            is_step: whether this is a step back or forward, which leaves no new trace.
        """
        page = next((page for page in self._pages if page.key == key), self._pages[0])
        if not is_step and page.key != self.current and self.isVisible():
            self._past.append(self.current)
            self._coming.clear()
        self.current = page.key
        self.reader.show_page(page, mark=mark)
        self._title.setText(page.title)
        self.setWindowTitle(_("{page} – handbook of RoadmapDesk").format(page=page.title))
        self.back.setEnabled(bool(self._past))
        self.forward.setEnabled(bool(self._coming))
        self.contents.blockSignals(True)
        self.contents.select_row(lambda hit: hit.page.key == page.key)
        self.contents.blockSignals(False)

    def retranslate(self) -> None:
        """Shows everything again in the present language."""
        self._pages = load_pages(current_language().code, self._shortcuts)
        self.search.set_texts(_("Search the handbook"), "Ctrl+F")
        self.contents.setAccessibleName(_("Contents"))
        self.back.set_name(_("Back"), "Alt+Left")
        self.forward.set_name(_("Forward"), "Alt+Right")
        self._model.retranslate()
        self._list()
        self.show_page(self.current, is_step=True)

    def _build(self) -> None:
        theme = self._theme
        left = QWidget(self)
        column = QVBoxLayout(left)
        column.setContentsMargins(*(theme.space("m"),) * 4)
        column.setSpacing(theme.space("s"))
        column.addWidget(self.search)
        column.addWidget(self._nothing)
        column.addWidget(self.contents, 1)
        head = QHBoxLayout()
        head.setContentsMargins(*(theme.space("s"),) * 4)
        head.addWidget(self.back)
        head.addWidget(self.forward)
        head.addWidget(self._title)
        head.addStretch(1)
        right = QWidget(self)
        page = QVBoxLayout(right)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        page.addLayout(head)
        page.addWidget(rule(parent=self))
        ringed = QVBoxLayout()
        ringed.setContentsMargins(3, 3, 3, 3)
        ringed.addWidget(self.reader)
        page.addLayout(ringed, 1)
        columns = QSplitter(Qt.Orientation.Horizontal, self)
        columns.setHandleWidth(1)
        columns.setChildrenCollapsible(False)
        columns.addWidget(left)
        columns.addWidget(right)
        columns.setStretchFactor(1, 1)
        room = self.parentWidget() or self
        width = min(theme.px(_SIZE[0]), max(room.width(), _SIZE[0]))
        contents = min(theme.px(290), round(width * _CONTENTS))
        columns.setSizes([contents, width - contents])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(columns)
        self.resize(width, _SIZE[1])

    def _connect(self) -> None:
        self.search.textChanged.connect(lambda _text: self._list())
        self.search.returnPressed.connect(self._open_first)
        self.contents.row_selected.connect(self._on_row_selected)
        self.reader.page_requested.connect(self.show_page)
        self.back.clicked.connect(self._go_back)
        self.forward.clicked.connect(self._go_forward)
        for keys, run in (
            ("Ctrl+F", lambda: self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)),
            ("Alt+Left", self._go_back),
            ("Alt+Right", self._go_forward),
            ("Esc", self._on_escape),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(run)
        self._stop_listening = on_language_changed(self.retranslate)
        self.destroyed.connect(self._stop_listening)

    def _list(self) -> None:
        words = self.search.text().strip()
        hits = find(self._pages, words) if words else [Hit(page, "") for page in self._pages]
        self.contents.blockSignals(True)
        self._model.set_rows(hits)
        if not words:
            self.contents.select_row(lambda hit: hit.page.key == self.current)
        self.contents.blockSignals(False)
        self._nothing.setText(_("Nothing found for “{words}”.").format(words=words))
        self._nothing.setVisible(not hits)

    def _open_first(self) -> None:
        self.contents.select_row(lambda _hit: True)
        self.contents.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(object)
    def _on_row_selected(self, hit: Hit | None) -> None:
        if hit is not None:
            words = self.search.text().split()
            self.show_page(hit.page.key, mark=words[0] if words else "")

    def _go_back(self) -> None:
        if self._past:
            self._coming.append(self.current)
            self.show_page(self._past.pop(), is_step=True)

    def _go_forward(self) -> None:
        if self._coming:
            self._past.append(self.current)
            self.show_page(self._coming.pop(), is_step=True)

    def _on_escape(self) -> None:
        if self.search.text():
            self.search.clear()
        else:
            self.close()

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        self.search.clear()
        super().closeEvent(event)
