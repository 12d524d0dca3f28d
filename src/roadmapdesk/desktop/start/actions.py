"""The plain actions at the left of the start page: icon, what it does, one grey line."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget
from typing_extensions import override

from roadmapdesk.desktop.style import OWN_FOCUS, draw_focus_ring
from roadmapdesk.desktop.theme import Theme


class StartAction(QAbstractButton):
    """A wide flat button with two lines.

    Args:
        icon: Lucide name.
        theme: the look.
    """

    def __init__(self, icon: str, *, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = icon
        self._theme = theme
        self._remark = ""
        self.setProperty(OWN_FOCUS, True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_texts(self, text: str, remark: str) -> None:
        """Sets what it does and the grey line below."""
        self.setText(text)
        self._remark = remark
        self.setAccessibleName(text)
        self.setAccessibleDescription(remark)
        self.updateGeometry()
        self.update()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter does what Space does; Qt leaves it to dialogs."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        else:
            super().keyPressEvent(event)

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(260), self._theme.px(56))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(3, 3, -3, -3)
        if self.underMouse() or self.isDown():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("selection" if self.isDown() else "accent_soft"))
            painter.drawRoundedRect(box, theme.radius("control"), theme.radius("control"))
        side = theme.px(24)
        icon = theme.icon_pixmap(self._icon, 24, "text", self.devicePixelRatioF())
        painter.drawPixmap(int(box.left()) + 11, int(box.center().y() - side / 2) + 1, icon)
        line, lower = theme.line_height("body"), theme.line_height("caption")
        left = box.left() + 11 + side + 14
        top = box.center().y() - (line + lower) / 2
        painter.setPen(theme.colour("text"))
        painter.setFont(theme.font("strong"))
        painter.drawText(QRectF(left, top, box.right() - left, line), int(_LEFT), self.text())
        painter.setPen(theme.colour("text_muted"))
        painter.setFont(theme.font("caption"))
        painter.drawText(QRectF(left, top + line, box.right() - left, lower), int(_LEFT), self._remark)
        if self.hasFocus():
            draw_focus_ring(painter, box, theme=theme)
        painter.end()


_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
