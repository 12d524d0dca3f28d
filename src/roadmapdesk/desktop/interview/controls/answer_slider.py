"""The slider of a range, painted in our colours."""

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QSlider, QWidget
from typing_extensions import override

from roadmapdesk.desktop.theme import Theme


class AnswerSlider(QSlider):
    """A slider that the wheel cannot move; without an answer its handle is hollow.

    Attributes:
        let_go: the mouse let the handle go; with its value.
        is_answered: whether the handle stands for an answer.
        is_pointed_at: whether the mouse holds the handle, so that its place is no answer yet.
    """

    let_go = Signal(int)

    def __init__(self, orientation: Qt.Orientation, parent: QWidget, *, theme: Theme) -> None:
        super().__init__(orientation, parent)
        self._theme = theme
        self.is_answered = False
        self.is_pointed_at = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        theme.changed.connect(self.updateGeometry)

    @property
    def _is_upright(self) -> bool:
        return self.orientation() == Qt.Orientation.Vertical

    @override
    def sizeHint(self) -> QSize:
        across, along = self._theme.px(34), self._theme.px(200)
        return QSize(across, along) if self._is_upright else QSize(along, across)

    @override
    def minimumSizeHint(self) -> QSize:
        across, along = self._theme.px(34), self._theme.px(120)
        return QSize(across, along) if self._is_upright else QSize(along, across)

    def handle(self) -> QPointF:
        """The middle of the handle."""
        return self._spot(self.value())

    def _spot(self, value: int) -> QPointF:
        span = max(self.maximum() - self.minimum(), 1)
        share = (value - self.minimum()) / span
        radius = self._theme.px(9) + 1
        if self._is_upright:
            return QPointF(self.width() / 2, self.height() - radius - share * (self.height() - 2 * radius))
        return QPointF(radius + share * (self.width() - 2 * radius), self.height() / 2)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ticks(painter)
        first, last, here = self._spot(self.minimum()), self._spot(self.maximum()), self.handle()
        groove = QPen(theme.colour("border_strong"), 4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
        painter.setPen(groove)
        painter.drawLine(first, last)
        ink = "accent" if self.isEnabled() else "text_disabled"
        if self.is_answered:
            groove.setColor(theme.colour(ink))
            painter.setPen(groove)
            painter.drawLine(first, here)
        painter.setPen(QPen(theme.colour(ink if self.is_answered else "border_strong"), 2))
        painter.setBrush(theme.colour(ink if self.is_answered else "surface"))
        painter.drawEllipse(here, theme.px(8), theme.px(8))
        painter.end()

    def _paint_ticks(self, painter: QPainter) -> None:
        if self.tickPosition() == QSlider.TickPosition.NoTicks:
            return
        painter.setPen(QPen(self._theme.colour("border_strong"), 1))
        for value in range(self.minimum(), self.maximum() + 1, self.tickInterval()):
            spot = self._spot(value)
            step = QPointF(1, 0) if self._is_upright else QPointF(0, 1)
            painter.drawLine(spot + step * self._theme.px(11), spot + step * self._theme.px(16))

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.is_pointed_at = True
            self._take(event.position())  # the handle goes where a person points

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.is_pointed_at:
            self._take(event.position())

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.is_pointed_at and event.button() == Qt.MouseButton.LeftButton:
            self.is_pointed_at = False
            self.let_go.emit(self.value())  # a click on the resting place is an answer as well

    def _take(self, at: QPointF) -> None:
        first, last = self._spot(self.minimum()), self._spot(self.maximum())
        along = (
            (at.y() - first.y()) / (last.y() - first.y())
            if self._is_upright
            else ((at.x() - first.x()) / (last.x() - first.x()))
        )
        value = self.minimum() + round(min(max(along, 0.0), 1.0) * (self.maximum() - self.minimum()))
        self.setValue(value)

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()
