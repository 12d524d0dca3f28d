"""Small marks beside words: chips with a symbol, badges with a count, grade letters, key caps, thin bars."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from roadmapdesk.desktop.theme import Theme

_TONES = {
    "neutral": ("sunken", "text"),
    "accent": ("accent_soft", "text"),
    "error": ("error_soft", "error"),
    "warning": ("warning_soft", "warning"),
    "ok": ("ok_soft", "ok"),
}


class Chip(QWidget):
    """An icon or symbol and a word on soft ground; it tells a state and is never a button.

    Args:
        text: the word, translated.
        theme: the look.
        icon: Lucide name before the word.
        tone: ``neutral``, ``accent``, ``error``, ``warning`` or ``ok``.
    """

    def __init__(
        self,
        text: str = "",
        *,
        theme: Theme,
        icon: str | None = None,
        tone: str = "neutral",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._text = text
        self._icon = icon
        self._tone = tone
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text)
        theme.changed.connect(self._on_theme_changed)

    @property
    def text(self) -> str:
        """The word."""
        return self._text

    def set_content(self, text: str, *, icon: str | None = None, tone: str = "neutral") -> None:
        """Shows another word, icon and tone."""
        self._text, self._icon, self._tone = text, icon, tone
        self.setAccessibleName(text)
        self._on_theme_changed()

    @override
    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        mark = self._theme.px(16) + 6 if self._icon else 0
        return QSize(metrics.horizontalAdvance(self._text) + mark + 16, max(self._theme.px(24), metrics.height() + 2))

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        ground, ink = self._colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(QRectF(self.rect()), theme.radius("chip"), theme.radius("chip"))
        left = 8
        side = theme.px(16)
        top = (self.height() - side) // 2
        if self._icon:
            painter.drawPixmap(left, top, theme.icon_pixmap(self._icon, 16, ink, self.devicePixelRatioF()))
            left += side + 6
        painter.setPen(ink)
        painter.setFont(self.font())
        painter.drawText(QRectF(left, 0, self.width() - left - 4, self.height()), _LEFT, self._text)
        painter.end()

    def _colours(self) -> tuple[QColor, QColor]:
        ground, ink = _TONES[self._tone]
        return self._theme.colour(ground), self._theme.colour(ink)

    def _on_theme_changed(self) -> None:
        self.setFont(self._theme.font("body"))
        self.updateGeometry()
        self.update()


def draw_badge(painter: QPainter, box: QRectF, icon: str, text: str, tone: str, *, theme: Theme) -> None:
    """Draws a badge into `box`; shared with delegates that show badges in lists."""
    ground, ink = _TONES[tone]
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour(ground))
    painter.drawRoundedRect(box, theme.radius("chip"), theme.radius("chip"))
    side = theme.px(14)
    ratio = painter.device().devicePixelRatioF()
    top = box.top() + (box.height() - side) / 2
    painter.drawPixmap(QPointF(box.left() + 5, top), theme.icon_pixmap(icon, 14, ink, ratio))
    painter.setPen(theme.colour(ink))
    painter.setFont(theme.font("caption", is_bold=True))
    painter.drawText(box.adjusted(side + 9, 0, 0, 0), _LEFT, text)
    painter.restore()


def draw_grade(painter: QPainter, box: QRectF, grade: str, *, theme: Theme) -> None:
    """Draws the square chip of a grade, ``A`` full to ``D`` outline only."""
    colours = theme.grade_colours(grade)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colours.border, 1) if grade in {"C", "D"} else Qt.PenStyle.NoPen)
    painter.setBrush(colours.fill)
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
    painter.setPen(colours.ink)
    painter.setFont(theme.font("caption", is_bold=True))
    painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), grade)
    painter.restore()


class KeyCap(QWidget):
    """A key of the keyboard as a small outlined cap, such as ``Strg+K``."""

    def __init__(self, text: str = "", *, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._text = text
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        theme.changed.connect(self.updateGeometry)

    def set_text(self, text: str) -> None:
        """Shows another key."""
        self._text = text
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        self.setFont(self._theme.font("caption"))
        return QSize(self.fontMetrics().horizontalAdvance(self._text) + 12, self._theme.px(18))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.colour("border"), 1))
        painter.setBrush(self._theme.colour("window"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
        painter.setPen(self._theme.colour("text_muted"))
        painter.setFont(self._theme.font("caption"))
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), self._text)
        painter.end()


class Bar(QWidget):
    """A thin bar that shows a share, beside the words that say it."""

    def __init__(self, *, theme: Theme, thickness: int = 8, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._thickness = thickness
        self._share = 0.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(32)

    def set_share(self, share: float, sentence: str) -> None:
        """Fills the bar to `share` on 0..1; `sentence` says it for the screen reader."""
        self._share = min(max(share, 0.0), 1.0)
        self.setAccessibleName(sentence)
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(96, self._thickness)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        box = QRectF(0, (self.height() - self._thickness) / 2, self.width(), self._thickness)
        draw_bar(painter, box, self._share, theme=self._theme)
        painter.end()


def draw_bar(painter: QPainter, box: QRectF, share: float, *, theme: Theme) -> None:
    """Draws a share as a bar on its track; shared with delegates."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour("sunken"))
    painter.drawRoundedRect(box, theme.radius("cell"), theme.radius("cell"))
    if share > 0:
        filled = QRectF(box.left(), box.top(), max(box.width() * share, 2), box.height())
        painter.setBrush(theme.colour("accent"))
        painter.drawRoundedRect(filled, theme.radius("cell"), theme.radius("cell"))
    painter.restore()


_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)
