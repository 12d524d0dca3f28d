"""Inputs without Qt's habits that corrupt answers: a combo box deaf to the wheel until focused, a search field."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QHelpEvent, QKeySequence, QPainter, QPaintEvent, QPen, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QSizePolicy, QStyledItemDelegate, QToolTip, QWidget
from typing_extensions import override

from roadmapdesk.desktop.theme import Theme
from roadmapdesk.desktop.widgets.chips import KeyCap

_AROUND_TEXT = 28
"""Border and padding that a line has on both sides, and the room of the caret."""


class ComboBox(QComboBox):
    """A combo box that scrolls the page and not itself while it has no focus.

    Args:
        theme: the look.
        name: accessible name, when no form row gives one.
    """

    def __init__(self, *, theme: Theme, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.locked_ink = "text_disabled"
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setItemDelegate(QStyledItemDelegate(self))
        self._update_height()
        theme.changed.connect(self._update_height)

    def refill(self, entries: Sequence[tuple[str, str]], name: str) -> None:
        """Shows other entries and keeps the chosen key where it is still offered, without telling anybody.

        Args:
            entries: pairs (key, translated text).
            name: accessible name.
        """
        key = self.currentData()
        self.blockSignals(True)
        self.clear()
        for entry_key, text in entries:
            self.addItem(text, entry_key)
        self.setCurrentIndex(max(self.findData(key), 0))
        self.blockSignals(False)
        self.setAccessibleName(name)
        self.updateGeometry()

    @override
    def event(self, event: QEvent) -> bool:
        """Says the whole choice where the mouse rests on a field that is too narrow for it."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent) and not self.toolTip():
            words = self.cut_words()
            QToolTip.showText(event.globalPos(), words, self)
            return bool(words)
        return super().event(event)

    def cut_words(self) -> str:
        """The choice where only its beginning is seen; empty where all of it is."""
        words = self.shown_text()
        is_cut = self.fontMetrics().horizontalAdvance(words) > self._text_room().width()
        return words if is_cut and not self.isEditable() else ""

    def _text_room(self) -> QRectF:
        return QRectF(10, 0, self.width() - self._theme.px(16) - 26, self.height())

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def whole_width(self) -> int:
        """The width at which no entry is cut, in pixels."""
        widest = max(
            (self.fontMetrics().horizontalAdvance(self.itemText(i)) for i in range(self.count())), default=60
        )
        return widest + self._theme.px(20) + 28

    @override
    def sizeHint(self) -> QSize:
        return QSize(self.whole_width(), self._theme.height("control"))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(min(self.sizeHint().width(), self._theme.px(120)), self._theme.height("control"))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        is_enabled = self.isEnabled()
        painter.setPen(QPen(theme.colour("border_strong" if is_enabled else "border"), 1))
        painter.setBrush(theme.colour("surface"))
        radius = theme.radius("control")
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        side = theme.px(16)
        ink = "text" if is_enabled else self.locked_ink
        chevron = theme.icon_pixmap("chevron-down", 16, ink, self.devicePixelRatioF())
        painter.drawPixmap(self.width() - side - 9, (self.height() - side) // 2, chevron)
        if not self.isEditable():
            chosen = self.shown_text()
            shown = chosen or self.placeholderText()
            painter.setPen(theme.colour(ink if chosen else "text_muted"))
            painter.setFont(self.font())
            room = self._text_room()
            text = self.fontMetrics().elidedText(shown, Qt.TextElideMode.ElideRight, int(room.width()))
            painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), text)
        painter.end()

    def shown_text(self) -> str:
        """What the closed field says; empty where the placeholder stands instead."""
        return self.currentText()

    def _update_height(self) -> None:
        self.setMinimumHeight(self._theme.height("control"))
        self.updateGeometry()


class SearchBox(QLineEdit):
    """A field with a magnifier that filters what stands below it; Esc empties it.

    Args:
        theme: the look.
    """

    def __init__(self, *, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._cap = KeyCap(theme=theme, parent=self)
        self._cap.hide()
        self.setClearButtonEnabled(False)
        self._update_margins()
        theme.changed.connect(self._update_margins)

    def set_texts(self, name: str, shortcut: QKeySequence | str | None = None) -> None:
        """Sets placeholder and accessible name, and the shortcut shown as a key cap."""
        self.setPlaceholderText(name)
        self.setAccessibleName(name)
        keys = QKeySequence(shortcut).toString(QKeySequence.SequenceFormat.NativeText) if shortcut is not None else ""
        self._cap.set_text(keys)
        self._cap.setVisible(bool(keys))
        self._update_margins()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        side = self._theme.px(16)
        glass = self._theme.icon_pixmap("search", 16, "text_muted", self.devicePixelRatioF())
        painter.drawPixmap(9, (self.height() - side) // 2, glass)
        painter.end()

    @override
    def minimumSizeHint(self) -> QSize:
        """Wide enough for its placeholder: what is searched must be read before anything is typed."""
        margins, least = self.textMargins(), super().minimumSizeHint()
        words = self.fontMetrics().horizontalAdvance(self.placeholderText())
        return QSize(max(least.width(), words + margins.left() + margins.right() + _AROUND_TEXT), least.height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_cap()

    def _update_margins(self) -> None:
        side = self._theme.px(16)
        right = self._cap.sizeHint().width() + 6 if self._cap.isVisibleTo(self) else 0
        self.setTextMargins(side + 8, 0, right, 0)
        self.updateGeometry()
        self._place_cap()

    def _place_cap(self) -> None:
        size = self._cap.sizeHint()
        self._cap.setGeometry(
            self.width() - size.width() - 7, (self.height() - size.height()) // 2, size.width(), size.height()
        )
