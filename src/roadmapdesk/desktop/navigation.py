"""The navigation at the left edge: a list of the pages that exist, icon above word."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeySequence, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget
from typing_extensions import override

from roadmapdesk.desktop.pages import PageEntry
from roadmapdesk.desktop.style import draw_focus_ring
from roadmapdesk.desktop.theme import Theme

Index = QModelIndex | QPersistentModelIndex
_ICON = Qt.ItemDataRole.UserRole + 1
_MARK = 3


class _EntriesModel(QAbstractListModel):
    """The entries of the navigation."""

    def __init__(self, entries: Sequence[PageEntry], parent: QWidget) -> None:
        super().__init__(parent)
        self.entries = tuple(entries)

    @override
    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.entries)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        entry = self.entries[index.row()]
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return entry.word()
        if role == _ICON:
            return entry.icon
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{entry.word()} ({_keys(index.row())})"
        return None

    def retranslate(self) -> None:
        """Has the words read again."""
        self.dataChanged.emit(self.index(0), self.index(len(self.entries) - 1))


class _EntryDelegate(QStyledItemDelegate):
    """Paints one entry; the selected one on soft accent with a bar at the left edge."""

    def __init__(self, *, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(self._theme.width("nav"), self._theme.height("nav_item"))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme = self._theme
        box = QRectF(option.rect)
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        if is_selected:
            painter.fillRect(box, theme.colour("accent_soft"))
            painter.fillRect(QRectF(box.left(), box.top(), _MARK, box.height()), theme.colour("accent"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, theme.colour("sunken"))
        ink = "accent" if is_selected else "text_muted"
        side = theme.px(20)
        line = theme.line_height("caption")
        top = box.top() + (box.height() - side - line - 4) / 2
        icon = theme.icon_pixmap(str(index.data(_ICON)), 20, ink, painter.device().devicePixelRatioF())
        painter.drawPixmap(QPointF(round(box.center().x() - side / 2), round(top)), icon)
        painter.setPen(theme.colour(ink))
        painter.setFont(theme.font("caption", is_bold=is_selected))
        words = QRectF(box.left(), top + side + 4, box.width(), line)
        painter.drawText(words, int(Qt.AlignmentFlag.AlignCenter), str(index.data()))
        if is_selected and option.state & QStyle.StateFlag.State_HasFocus:
            draw_focus_ring(painter, box.adjusted(6, 4, -4, -4), theme=theme)
        painter.restore()


class Navigation(QListView):
    """The list of pages.

    Attributes:
        page_selected: key of the page that a person went to.
    """

    page_selected = Signal(str)

    def __init__(self, entries: Sequence[PageEntry], *, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("navigation")
        self._theme = theme
        self._model = _EntriesModel(entries, self)
        self.setModel(self._model)
        self.setItemDelegate(_EntryDelegate(theme=theme, parent=self))
        self.setProperty("ground", "window")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.selectionModel().currentChanged.connect(self._on_current_changed)
        theme.changed.connect(self._update_width)
        self._word_width = 0
        self._update_width()

    def set_page(self, key: str) -> None:
        """Lights the entry of a page without telling anybody; none where the page has no entry."""
        if all(entry.key != key for entry in self._model.entries):
            self.selectionModel().blockSignals(True)
            self.selectionModel().clear()
            self.selectionModel().blockSignals(False)
            self.viewport().update()
            return
        for row, entry in enumerate(self._model.entries):
            if entry.key == key:
                self.selectionModel().blockSignals(True)
                self.setCurrentIndex(self._model.index(row))
                self.selectionModel().blockSignals(False)
                self.viewport().update()
                self.scrollTo(self.currentIndex())

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on the lit entry leads from a page below it back to its own page."""
        before = self.currentIndex()
        super().mousePressEvent(event)
        pressed = self.indexAt(event.position().toPoint())
        if pressed.isValid() and pressed == before:
            self.page_selected.emit(self._model.entries[pressed.row()].key)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """The lit entry stays in sight in a low window."""
        super().resizeEvent(event)
        self._leave_room()
        self.scrollTo(self.currentIndex())

    def retranslate(self, name: str) -> None:
        """Says the words again; `name` is the accessible name of the list."""
        self.setAccessibleName(name)
        self._model.retranslate()
        self._update_width()

    def _update_width(self) -> None:
        """88 px, or as wide as the longest word needs at large text."""
        metrics = QFontMetrics(self._theme.font("caption", is_bold=True))
        widest = max((metrics.horizontalAdvance(entry.word()) for entry in self._model.entries), default=0)
        self._word_width = max(self._theme.width("nav"), widest + 2 * self._theme.space("s"))
        self._leave_room()
        self.doItemsLayout()
        self.scrollTo(self.currentIndex())

    def _leave_room(self) -> None:
        """Words keep their room beside the scroll bar that a low window needs."""
        bar = self.verticalScrollBar()
        is_low = self._model.rowCount() * self._theme.height("nav_item") > self.height()
        wanted = self._word_width + (bar.sizeHint().width() if is_low else 0)
        if wanted != self.width():
            self.setFixedWidth(wanted)
            self.scheduleDelayedItemsLayout()  # entries are as wide as the list was when it laid them out

    def _on_current_changed(self, current: Index, _previous: Index) -> None:
        if current.isValid():
            self.page_selected.emit(self._model.entries[current.row()].key)


def _keys(row: int) -> str:
    return QKeySequence(f"Ctrl+{row + 1}").toString(QKeySequence.SequenceFormat.NativeText)
