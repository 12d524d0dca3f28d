"""A sketch of a line or shape: the points as they lie, with a scale. No map, because a map would need the network."""

import math
from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from roadmapdesk.desktop.theme import Theme
from roadmapdesk.i18n import current_language
from roadmapdesk.xforms.geometry import Point, metres_between

_PAD = 22
_MOST_LABELS = 25


def shown_length(metres: float) -> str:
    """A length as people read it: ``532 m`` or ``1,23 km``."""
    language = current_language()
    if metres < 1000:
        return f"{language.number(metres, 1 if metres < 10 else 0)} m"
    return f"{language.number(metres / 1000, 2 if metres < 100_000 else 0)} km"


def shown_area(square_metres: float) -> str:
    """An area as people read it: ``532 m²``, ``1,2 ha`` or ``3,4 km²``."""
    language = current_language()
    if square_metres < 10_000:
        return f"{language.number(square_metres, 0)} m²"
    if square_metres < 1_000_000:
        return f"{language.number(square_metres / 10_000, 2)} ha"
    return f"{language.number(square_metres / 1_000_000, 2)} km²"


def round_length(metres: float) -> float:
    """The greatest of 1, 2 and 5 times a power of ten that is not above a length."""
    if metres <= 0:
        return 0.0
    power = 10.0 ** math.floor(math.log10(metres))
    return max(step * power for step in (1, 2, 5) if step * power <= metres * 1.000001)


class ShapeSketch(QWidget):
    """Points in their places, north on top, joined in their order; the current one is filled.

    Args:
        theme: the look.
    """

    def __init__(self, *, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._points: tuple[Point, ...] = ()
        self._is_closed = False
        self._current = -1
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def show_points(self, points: Sequence[Point], *, closed: bool) -> None:
        """Shows a line, or a closed shape."""
        self._points = tuple(points)
        self._is_closed = closed
        self.update()

    def set_current(self, place: int) -> None:
        """Fills one point; -1 for none."""
        if place != self._current:
            self._current = place
            self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(min(self._theme.px(260), 400), min(self._theme.px(180), 280))

    def places(self) -> list[QPointF]:
        """Where the points stand in the widget, at one scale for both directions."""
        if not self._points:
            return []
        middle = math.radians(sum(point.latitude for point in self._points) / len(self._points))
        shrink = max(math.cos(middle), 0.01)
        flat = [QPointF(point.longitude * shrink, -point.latitude) for point in self._points]
        box = QPolygonF(flat).boundingRect()
        pad = self._theme.px(_PAD)
        room = QRectF(self.rect()).adjusted(pad, pad, -pad, -pad - self._theme.line_height("caption"))
        scale = min(
            room.width() / box.width() if box.width() else math.inf,
            room.height() / box.height() if box.height() else math.inf,
        )
        if math.isinf(scale):
            return [room.center() for _point in flat]
        return [room.center() + (point - box.center()) * scale for point in flat]

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour("border"), 1))
        painter.setBrush(theme.colour("window"))
        corner = theme.radius("control")
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), corner, corner)
        places = self.places()
        painter.setPen(QPen(theme.colour("accent"), 2))
        if self._is_closed and len(places) > 2:
            painter.setBrush(theme.colour("accent_soft"))
            painter.drawPolygon(QPolygonF(places))
        elif len(places) > 1:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPolyline(QPolygonF(places))
        self._paint_points(painter, places)
        self._paint_scale(painter, places)
        painter.end()

    def _paint_points(self, painter: QPainter, places: Sequence[QPointF]) -> None:
        theme = self._theme
        painter.setFont(theme.font("caption"))
        for place, at in enumerate(places):
            is_current = place == self._current
            painter.setPen(QPen(theme.colour("accent"), 2))
            painter.setBrush(theme.colour("accent" if is_current else "surface"))
            side = self._theme.px(5 if is_current else 4)
            painter.drawEllipse(at, side, side)
            if len(places) <= _MOST_LABELS or is_current:
                painter.setPen(theme.colour("text"))
                painter.drawText(at + QPointF(self._theme.px(7), -self._theme.px(5)), str(place + 1))

    def _paint_scale(self, painter: QPainter, places: Sequence[QPointF]) -> None:
        """A bar of a round length in the lower left corner."""
        ends = sorted(range(len(places)), key=lambda place: (places[place].x(), places[place].y()))
        if len(ends) < 2:
            return
        first, last = ends[0], ends[-1]
        step = places[last] - places[first]
        pixels = math.hypot(step.x(), step.y())
        metres = metres_between(self._points[first], self._points[last])
        if pixels < 4 or metres <= 0:
            return
        length = round_length(metres / pixels * self.width() / 3)
        width = length / metres * pixels
        theme = self._theme
        bottom = self.height() - 8.5
        painter.setPen(QPen(theme.colour("text_muted"), 1))
        painter.drawLine(QPointF(10, bottom), QPointF(10 + width, bottom))
        for x in (10, 10 + width):
            painter.drawLine(QPointF(x, bottom - 4), QPointF(x, bottom))
        painter.setFont(theme.font("caption"))
        painter.drawText(QPointF(10 + width + 6, bottom), shown_length(length))
