"""One point of a scale as a button, and the answers without a rating as smaller ones."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QRadioButton, QSizePolicy, QWidget
from typing_extensions import override

from roadmapdesk.desktop.interview.controls.keys import face, is_missing
from roadmapdesk.desktop.theme import Theme
from roadmapdesk.workspace.wording import plain
from roadmapdesk.xforms.session.view import Choice

GAP = 4
APART = 14
SIDEWAYS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
UPRIGHT = {Qt.Key.Key_Up, Qt.Key.Key_Down}
_MISSING_WIDTH = 62
_LINE = 16


def is_compact(choices: tuple[Choice, ...]) -> bool:
    """Whether all points of the scale have faces of at most two signs, so that it fits beside the wording."""
    rated = [choice for choice in choices if not is_missing(choice)]
    return 2 <= len(rated) <= 11 and all(len(face(choice, plain(choice.label))) <= 2 for choice in rated)


def short_missing(label: str) -> str:
    """The label of an answer without a rating, up to a slash: it stands on a small button, whole in the tooltip."""
    return label.partition(" / ")[0]


def point_width(theme: Theme) -> int:
    """The width of one point of a scale."""
    return theme.px(theme.width("scale_button"))


def missing_width(label: str, *, theme: Theme) -> int:
    """The width of the button of an answer without a rating: room for its longest word."""
    metrics = QFontMetrics(theme.font("caption", is_bold=True))
    longest = max((metrics.horizontalAdvance(word) for word in short_missing(label).split()), default=0)
    return max(theme.px(_MISSING_WIDTH), longest + 8)


_CENTRE = int(Qt.AlignmentFlag.AlignCenter)
_CENTRE_WHOLE = _CENTRE | int(Qt.TextFlag.TextDontClip)


class ScaleButton(QRadioButton):
    """One point of a scale, or one answer without a rating.

    Attributes:
        focus_moved: the button got or lost the focus.
    """

    focus_moved = Signal()

    def __init__(self, text: str, *, missing: bool, is_wide: bool, theme: Theme, parent: QWidget) -> None:
        super().__init__(text, parent)
        self._theme = theme
        self.is_missing = missing
        self.is_wide = is_wide
        self._hint: tuple[tuple[str, float], QSize] | None = None
        self._broken: tuple[tuple[str, int, float], list[str]] | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(
            QSizePolicy.Policy.Preferred if is_wide else QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed
        )

    @override
    def sizeHint(self) -> QSize:
        key = (self.text(), self._theme.factor)
        if self._hint is None or self._hint[0] != key:
            self._hint = (key, self._measured())
        return self._hint[1]

    def _measured(self) -> QSize:
        theme = self._theme
        height = theme.height("scale_button")
        if self.is_missing:
            width = missing_width(self.text(), theme=theme)
        elif self.is_wide:
            width = theme.px(96)
        else:
            width = point_width(theme)
        return QSize(width, max(height, self._text_height(width) + 4))

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint() if not self.is_wide else QSize(self._theme.px(60), self.sizeHint().height())

    def _lines(self, width: int) -> list[str]:
        """The words of a small button in lines that fit its width."""
        key = (self.text(), width, self._theme.factor)
        if self._broken is None or self._broken[0] != key:
            metrics = QFontMetrics(self._theme.font("caption", is_bold=True))
            lines: list[str] = []
            for word in self.text().split():
                joined = f"{lines[-1]} {word}" if lines else word
                if lines and metrics.horizontalAdvance(joined) <= width - 2:
                    lines[-1] = joined
                else:
                    lines.append(word)
            self._broken = (key, lines)
        return self._broken[1]

    def _text_height(self, width: int) -> int:
        if not (self.is_missing or self.is_wide):
            return 0
        return len(self._lines(width)) * self._theme.px(_LINE)

    @override
    def hitButton(self, pos: object) -> bool:
        return True

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground, outline, ink = self._colours()
        painter.setPen(QPen(theme.colour(outline), 1))
        painter.setBrush(theme.colour(ground))
        corner = theme.radius("control")
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), corner, corner)
        is_small = self.is_missing or self.is_wide
        painter.setFont(theme.font("caption" if is_small else "heading", is_bold=self.isChecked()))
        if not is_small and not self.isChecked():
            font = theme.font("body")
            font.setPixelSize(theme.px(17))
            painter.setFont(font)
        painter.setPen(theme.colour(ink))
        if is_small:
            self._paint_lines(painter)
        else:
            painter.drawText(self.rect(), _CENTRE, self.text())
        painter.end()

    def _paint_lines(self, painter: QPainter) -> None:
        """Draws the words closer together than the font's own line spacing, so that two lines fit."""
        pitch = self._theme.px(_LINE)
        lines = self._lines(self.width())
        top = (self.height() - pitch * len(lines)) // 2
        for number, line in enumerate(lines):
            area = QRect(0, top + number * pitch, self.width(), pitch)
            painter.drawText(area, _CENTRE_WHOLE, line)

    def _colours(self) -> tuple[str, str, str]:
        """Tokens of ground, outline and ink."""
        if self.isChecked():
            if not self.isEnabled():
                return "sunken", "border_strong", "text"
            return ("text_muted", "text_muted", "surface") if self.is_missing else ("accent", "accent", "on_accent")
        if not self.isEnabled():
            return "window", "border", "text_disabled"
        ground = "window" if self.is_missing else "surface"
        if self.underMouse():
            ground = "accent_soft"
        return ground, "border_strong", "text_muted" if self.is_missing else "text"

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focus_moved.emit()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.focus_moved.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if Qt.Key(event.key()) in SIDEWAYS or Qt.Key(event.key()) in UPRIGHT:
            event.ignore()
        else:
            super().keyPressEvent(event)
