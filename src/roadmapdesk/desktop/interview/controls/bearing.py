"""A compass bearing in degrees."""

import math

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget
from typing_extensions import override

from roadmapdesk.desktop.interview.controls.decimal import DecimalLine
from roadmapdesk.desktop.interview.controls.numbers import Typed
from roadmapdesk.desktop.theme import Theme
from roadmapdesk.i18n import gettext as _


class CompassRose(QWidget):
    """A circle with north on top and a needle; without a bearing there is no needle."""

    def __init__(self, *, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._degrees: float | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def point(self, degrees: float | None) -> None:
        """Turns the needle."""
        if degrees != self._degrees:
            self._degrees = degrees
            self.update()

    @override
    def sizeHint(self) -> QSize:
        side = self._theme.px(56)
        return QSize(side, side)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setPen(QPen(theme.colour("border_strong"), 1))
        painter.setBrush(theme.colour("window"))
        painter.drawEllipse(box)
        painter.translate(box.center())
        radius = box.width() / 2
        for mark in range(0, 360, 45):
            turn = math.radians(mark)
            out = QPointF(math.sin(turn), -math.cos(turn))
            painter.drawLine(out * radius, out * (radius - (7 if mark % 90 == 0 else 4)))
        if self._degrees is not None:
            painter.rotate(self._degrees)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent"))
            tip = radius - 9
            painter.drawPolygon(QPolygonF([QPointF(0, -tip), QPointF(5, tip * 0.5), QPointF(0, tip * 0.3),
                                           QPointF(-5, tip * 0.5)]))  # fmt: skip
        painter.end()


class BearingLine(DecimalLine):
    """The appearance ``bearing``: degrees from north, typed as the compass says; a rose shows the direction."""

    def __init__(self, *, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme=theme, parent=parent)
        self._unit = QLabel("°", self)
        self._rose = CompassRose(theme=theme, parent=self)
        self._line.textChanged.connect(self._turn)
        layout = self.layout()
        assert isinstance(layout, QHBoxLayout)
        layout.setSpacing(8)
        layout.insertWidget(1, self._unit)
        layout.insertWidget(2, self._rose)

    @override
    def read(self, typed: str) -> Typed:
        answer = super().read(typed.removesuffix("°"))
        if answer.stored and not 0 <= float(answer.stored) <= 360:
            return Typed(problem=_("A bearing is between 0 and 360 degrees; north is 0, east is 90."))
        return answer

    def _turn(self, text: str) -> None:
        answer = self.read(text)
        self._rose.point(float(answer.stored) if answer.stored else None)
