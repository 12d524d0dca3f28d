"""Joined exclusive buttons: at most three choices that are always visible, such as level, language or view."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QSizePolicy, QWidget
from typing_extensions import override

from roadmapdesk.desktop.style import RINGS_OUTSIDE
from roadmapdesk.desktop.theme import Theme


class _Segment(QAbstractButton):
    """One choice; paints itself with round corners only at the ends of the row."""

    def __init__(self, key: str, *, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.key = key
        self.is_first = False
        self.is_last = False
        self._theme = theme
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)

    @override
    def sizeHint(self) -> QSize:
        font = self._theme.font("body", is_bold=True)
        self.setFont(font)
        width = self.fontMetrics().horizontalAdvance(self.text()) + 2 * self._theme.space("m")
        return QSize(width, self._theme.height("control"))

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left = 0.5 if self.is_first else -0.5
        box = QRectF(left, 0.5, self.width() - 0.5 - left, self.height() - 1)
        outline = theme.colour("border_strong" if self.isEnabled() else "border")
        painter.setPen(QPen(outline, 1))
        if self.isChecked():
            painter.setBrush(theme.colour("accent" if self.isEnabled() else "sunken"))
        else:
            painter.setBrush(theme.colour("accent_soft" if self.underMouse() else "surface"))
        painter.drawPath(_end_rounded(box, theme.radius("control"), self.is_first, self.is_last))
        if not self.isEnabled():
            ink = "text_disabled"
        else:
            ink = "on_accent" if self.isChecked() else "text"
        painter.setPen(theme.colour(ink))
        painter.setFont(theme.font("body", is_bold=self.isChecked()))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextShowMnemonic), self.text())
        painter.end()


class SegmentedSwitch(QWidget):
    """A row of joined exclusive buttons.

    Args:
        choices: pairs (key, translated word), at most three.
        theme: the look.
        name: what is switched, for the screen reader.

    Attributes:
        key_selected: sent with the key that a person chose.
    """

    key_selected = Signal(str)

    def __init__(
        self, choices: Sequence[tuple[str, str]], *, theme: Theme, name: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._segments: list[_Segment] = []
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self.setProperty(RINGS_OUTSIDE, True)
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(name)
        for key, text in choices:
            self._add(key, text)
        self._mark_ends()
        theme.changed.connect(self._on_theme_changed)

    @property
    def key(self) -> str:
        """The chosen key; empty when none is chosen."""
        return next((segment.key for segment in self._segments if segment.isChecked()), "")

    def set_key(self, key: str) -> None:
        """Chooses a key without telling anybody; an unknown key changes nothing."""
        for segment in self._segments:
            if segment.key == key:
                segment.setChecked(True)

    def set_texts(self, texts: Sequence[str], name: str = "") -> None:
        """Renames the choices in their order, after the language changed."""
        for segment, text in zip(self._segments, texts, strict=True):
            segment.setText(text)
            segment.setAccessibleName(text)
            segment.updateGeometry()
        self.setAccessibleName(name or self.accessibleName())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        step = steps.get(Qt.Key(event.key()))
        focused = next((index for index, segment in enumerate(self._segments) if segment.hasFocus()), None)
        if step is None or focused is None:
            super().keyPressEvent(event)
            return
        target = self._segments[(focused + step) % len(self._segments)]
        target.setFocus(Qt.FocusReason.TabFocusReason)
        target.click()

    def _add(self, key: str, text: str) -> None:
        segment = _Segment(key, theme=self._theme, parent=self)
        segment.setText(text)
        segment.setAccessibleName(text)
        segment.clicked.connect(lambda _checked=False, key=key: self.key_selected.emit(key))
        self._segments.append(segment)
        self._group.addButton(segment)
        self._layout.addWidget(segment)

    def _on_theme_changed(self) -> None:
        """The layout asks the segments for their new sizes only when they say that they changed."""
        for segment in self._segments:
            segment.updateGeometry()
        self.updateGeometry()

    def _mark_ends(self) -> None:
        if self._segments:
            self._segments[0].is_first = True
            self._segments[-1].is_last = True
            self._segments[0].setChecked(True)


def _end_rounded(box: QRectF, radius: float, is_first: bool, is_last: bool) -> QPainterPath:
    """A rectangle whose left corners are round when first and right corners when last."""
    left = radius if is_first else 0.0
    right = radius if is_last else 0.0
    path = QPainterPath()
    path.moveTo(box.left() + left, box.top())
    path.lineTo(box.right() - right, box.top())
    if right:
        path.arcTo(QRectF(box.right() - 2 * right, box.top(), 2 * right, 2 * right), 90, -90)
    path.lineTo(box.right(), box.bottom() - right)
    if right:
        path.arcTo(QRectF(box.right() - 2 * right, box.bottom() - 2 * right, 2 * right, 2 * right), 0, -90)
    path.lineTo(box.left() + left, box.bottom())
    if left:
        path.arcTo(QRectF(box.left(), box.bottom() - 2 * left, 2 * left, 2 * left), 270, -90)
    path.lineTo(box.left(), box.top() + left)
    if left:
        path.arcTo(QRectF(box.left(), box.top(), 2 * left, 2 * left), 180, -90)
    path.closeSubpath()
    return path
