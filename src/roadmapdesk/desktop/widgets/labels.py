"""Text on a page: in a type style of the tokens, wrapped or elided."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget
from typing_extensions import override

from roadmapdesk.desktop.theme import Theme


def _wrapping() -> QSizePolicy:
    policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    policy.setHeightForWidth(True)
    return policy


WRAPPING = _wrapping()
"""How a text that wraps takes its room: any width, and the height that this width needs."""


def set_variant(widget: QWidget, name: str, value: object) -> None:
    """Sets a dynamic property that the style sheet looks at, and has the widget dressed again."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


class Text(QLabel):
    """A plain text that wraps; never interpreted as markup.

    Args:
        text: what it says, translated.
        type_style: ``caption``, ``body``, ``strong``, ``question``, ``heading``, ``title``, ``figure``, ``reading``.
        tone: ``normal``, ``muted``, ``error``, ``warning``, ``ok`` or ``accent``.
        wraps: whether long text breaks into lines.
    """

    def __init__(
        self,
        text: str = "",
        *,
        type_style: str = "body",
        tone: str = "normal",
        wraps: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("type", type_style)
        self.setProperty("tone", tone)
        self.setWordWrap(wraps)
        if wraps:
            self.setSizePolicy(WRAPPING)

    def set_tone(self, tone: str) -> None:
        """Changes the colour by meaning."""
        set_variant(self, "tone", tone)


class ElidedLabel(QLabel):
    """One line that ends in … where room is short, with the whole text as tooltip and accessible name.

    Args:
        text: what it says.
        type_style: token of its type.
        tone: token of its ink.
        lines: how many lines it may take before it ends in ….
    """

    def __init__(
        self,
        text: str = "",
        *,
        type_style: str = "body",
        tone: str = "normal",
        lines: int = 1,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._lines = lines
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("type", type_style)
        self.setProperty("tone", tone)
        vertical = QSizePolicy.Policy.Fixed if lines == 1 else QSizePolicy.Policy.Minimum
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, vertical)
        policy.setHeightForWidth(lines > 1)
        self.setSizePolicy(policy)
        self.setText(text)

    @override
    def setText(self, text: str) -> None:
        super().setText(text)
        self.setAccessibleName(text)
        self._update_tooltip()
        self.updateGeometry()

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance("MMM…"), self.fontMetrics().height())

    @override
    def hasHeightForWidth(self) -> bool:
        return self._lines > 1

    @override
    def heightForWidth(self, width: int) -> int:
        return self.fontMetrics().lineSpacing() * max(len(self._broken(width)), 1)

    def _broken(self, width: int) -> list[str]:
        """The text in as many lines as it may take, the last one elided where more is left."""
        metrics, found = self.fontMetrics(), list[str]()
        rest = [self.text()] if self._lines == 1 else self.text().split()
        while rest and len(found) < self._lines - 1:
            fits = 1
            while fits < len(rest) and metrics.horizontalAdvance(" ".join(rest[: fits + 1])) <= width:
                fits += 1
            found.append(" ".join(rest[:fits]))
            rest = rest[fits:]
        last = [" ".join(rest)] if rest else []
        return [metrics.elidedText(line, Qt.TextElideMode.ElideRight, width) for line in (*found, *last)]

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._update_tooltip()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.setFont(self.font())
        shown = "\n".join(self._broken(self.contentsRect().width()))
        painter.drawText(self.contentsRect(), int(self.alignment()), shown)
        painter.end()

    def _update_tooltip(self) -> None:
        whole = self.text() if self._lines == 1 else " ".join(self.text().split())
        is_cut = " ".join(self._broken(self.contentsRect().width())) != whole
        self.setToolTip(self.text() if is_cut else "")


class IconLabel(QLabel):
    """An icon beside words; it has no meaning of its own for a screen reader.

    Args:
        name: Lucide name.
        theme: the look.
        size: 16, 20 or 24; grows with the text.
        colour: token of its colour.
    """

    def __init__(
        self, name: str, *, theme: Theme, size: int = 16, colour: str = "text", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._name = name
        self._size = size
        self._colour = colour
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._update_size()
        theme.changed.connect(self._update_size)

    def set_icon(self, name: str, colour: str | None = None) -> None:
        """Shows another icon, in another colour if one is given."""
        self._name = name
        self._colour = colour or self._colour
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        colour = self._colour if self.isEnabled() else "text_disabled"
        pixmap = self._theme.icon_pixmap(self._name, self._size, colour, self.devicePixelRatioF())
        side = self._theme.px(self._size)
        painter.drawPixmap((self.width() - side) // 2, (self.height() - side) // 2, pixmap)
        painter.end()

    def _update_size(self) -> None:
        side = self._theme.px(self._size)
        self.setFixedSize(side, side)
        self.update()


class NumberLabel(QWidget):
    """A number on one line, right-aligned, in figures of equal width.

    Args:
        text: the number as written.
        theme: the look.
        tone: token of its colour.
    """

    def __init__(self, text: str = "", *, theme: Theme, tone: str = "text", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._text = text
        self._tone = tone
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def set_text(self, text: str) -> None:
        """Shows another number."""
        self._text = text
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self._theme.font("body", is_tabular=True))
        return QSize(metrics.horizontalAdvance(self._text) + 2, self._theme.line_height("body"))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(self._theme.font("body", is_tabular=True))
        painter.setPen(self._theme.colour(self._tone))
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), self._text)
        painter.end()
