"""A field with hits below it: the search over everything (Ctrl+K), and those inside one interview."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QDialog,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from roadmapdesk.desktop.pages import SearchEntry
from roadmapdesk.desktop.theme import Theme
from roadmapdesk.desktop.widgets.inputs import SearchBox
from roadmapdesk.desktop.widgets.labels import Text
from roadmapdesk.i18n import gettext as _
from roadmapdesk.i18n import ngettext

Index = QModelIndex | QPersistentModelIndex
_ENTRY = Qt.ItemDataRole.UserRole + 1
_SHOWN = 200


def find_entries(entries: Sequence[SearchEntry], text: str) -> list[SearchEntry]:
    """The entries that hold every word of `text`, those whose own text begins with it first."""
    words = text.casefold().split()
    if not words:
        return list(entries)

    def rank(entry: SearchEntry) -> int:
        own = entry.text.casefold()
        if own.startswith(words[0]):
            return 0
        return 1 if all(word in own for word in words) else 2

    hits = [entry for entry in entries if all(word in f"{entry.text} {entry.more}".casefold() for word in words)]
    return sorted(hits, key=rank)


class _EntriesModel(QAbstractListModel):
    """The hits."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.entries: list[SearchEntry] = []

    def set_entries(self, entries: list[SearchEntry]) -> None:
        self.beginResetModel()
        self.entries = entries
        self.endResetModel()

    @override
    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.entries)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        entry = self.entries[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(part for part in (entry.kind, entry.text, entry.more) if part)
        return entry if role == _ENTRY else None


class _EntryDelegate(QStyledItemDelegate):
    """One hit in a line: icon, text, what it is."""

    def __init__(self, *, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, self._theme.height("table_row"))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, entry, box = self._theme, index.data(_ENTRY), QRectF(option.rect)
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, theme.colour("selection"))
        side = theme.px(16)
        icon = theme.icon_pixmap(entry.icon, 16, "text_muted", painter.device().devicePixelRatioF())
        painter.drawPixmap(QPointF(box.left() + 12, round(box.center().y() - side / 2)), icon)
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.colour("text_muted"))
        kind_width = painter.fontMetrics().horizontalAdvance(entry.kind) + 12
        painter.drawText(box.adjusted(0, 0, -12, 0), int(_RIGHT), entry.kind)
        painter.setFont(theme.font("body"))
        painter.setPen(theme.colour("text"))
        room = box.adjusted(side + 22, 0, -kind_width - 16, 0)
        text = painter.fontMetrics().elidedText(entry.text, Qt.TextElideMode.ElideRight, int(room.width()))
        painter.drawText(room, int(_LEFT), text)
        rest = room.adjusted(painter.fontMetrics().horizontalAdvance(text) + 10, 0, 0, 0)
        if entry.more and rest.width() > theme.px(60):
            painter.setFont(theme.font("caption"))
            painter.setPen(theme.colour("text_muted"))
            more = painter.fontMetrics().elidedText(entry.more, Qt.TextElideMode.ElideRight, int(rest.width()))
            painter.drawText(rest, int(_LEFT), more)
        painter.restore()


class SearchDialog(QDialog):
    """A field and the hits below it; arrows move, Enter goes there, Esc closes.

    Args:
        entries: everything that can be found.
        theme: the look.
        title: of the window; "Search everything" when left out.
        prompt: what the field asks for.
        text: what was typed before the dialog opened.
    """

    def __init__(
        self,
        entries: Sequence[SearchEntry],
        *,
        theme: Theme,
        title: str = "",
        prompt: str = "",
        text: str = "",
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("search_dialog")
        self.setWindowTitle(title or _("Search everything"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._entries = list(entries)
        self._field = SearchBox(theme=theme, parent=self)
        self._field.set_texts(prompt or _("Actor, interview, question, measure or command"))
        self._model = _EntriesModel(self)
        self._list = QListView(self)
        self._list.setModel(self._model)
        self._list.setItemDelegate(_EntryDelegate(theme=theme, parent=self))
        self._list.setUniformItemSizes(True)
        self._list.setAccessibleName(_("Hits"))
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._count = Text("", type_style="caption", tone="muted", parent=self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*(theme.space("l"),) * 4)
        layout.setSpacing(theme.space("m"))
        layout.addWidget(self._field)
        layout.addWidget(self._list, 1)
        layout.addWidget(self._count)
        room = parent.window().size()
        self.resize(min(theme.px(640), room.width() - 48), min(theme.px(460), room.height() - 48))
        self._field.textChanged.connect(self._on_field_text_changed)
        self._list.clicked.connect(self._on_list_activated)
        self._field.installEventFilter(self)
        self._field.setText(text)
        self._on_field_text_changed(text)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 10, Qt.Key.Key_PageUp: -10}
            step = steps.get(Qt.Key(event.key()))
            if step is not None:
                self._move(step)
                return True
            if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                self._on_list_activated(self._list.currentIndex())
                return True
        return False

    def _move(self, step: int) -> None:
        last = self._model.rowCount() - 1
        row = min(max(self._list.currentIndex().row() + step, 0), last)
        if last >= 0:
            self._list.setCurrentIndex(self._model.index(row))

    def _on_field_text_changed(self, text: str) -> None:
        hits = find_entries(self._entries, text)
        self._model.set_entries(hits[:_SHOWN])
        if hits:
            self._list.setCurrentIndex(self._model.index(0))
        self._count.setText(self._count_words(len(hits), text))

    @staticmethod
    def _count_words(count: int, text: str) -> str:
        if not count and text.strip():
            return _("Nothing found for “{words}”.").format(words=text.strip())
        if count > _SHOWN:
            return _("{n} hits, the first {shown} are shown").format(n=count, shown=_SHOWN)
        return ngettext("{n} hit", "{n} hits", count).format(n=count)

    def _on_list_activated(self, index: Index) -> None:
        if not index.isValid():
            return
        entry: SearchEntry = index.data(_ENTRY)
        self.accept()
        entry.run()


_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
