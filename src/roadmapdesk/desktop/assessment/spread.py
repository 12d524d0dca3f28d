"""How the ratings of one cell spread: one dot per organisation, the mean with its interval, and importance."""

from collections import Counter
from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from roadmapdesk.desktop.assessment.painting import paint_items
from roadmapdesk.desktop.theme import Theme
from roadmapdesk.figures.display_list import Polygon
from roadmapdesk.figures.symbols import symbol_outline
from roadmapdesk.i18n import current_language
from roadmapdesk.i18n import gettext as _

_TICKS = (0, 25, 50, 75, 100)


class Spread(QWidget):
    """A scale from 0 to 100 with dots, interval, mean and importance."""

    def __init__(self, *, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._ratings: tuple[float, ...] = ()
        self._mean: float | None = None
        self._interval: tuple[float, float] | None = None
        self._importance: float | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_ratings(
        self,
        ratings: tuple[float, ...],
        mean: float | None,
        interval: tuple[float, float] | None,
        importance: float | None,
        sentence: str,
    ) -> None:
        """Shows other ratings; `sentence` says them for the screen reader."""
        self._ratings, self._mean, self._interval, self._importance = ratings, mean, interval, importance
        self.setAccessibleName(sentence)
        self.updateGeometry()
        self.update()

    @property
    def _tallest(self) -> int:
        return max(Counter(self._ratings).values(), default=1)

    @property
    def _step(self) -> int:
        return self._theme.px(12)

    @override
    def sizeHint(self) -> QSize:
        band = max(self._tallest * self._step + 8, self._theme.px(34))
        return QSize(self._theme.px(280), band + self._theme.px(30))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font("caption", is_tabular=True))
        axis = self.height() - theme.px(26)
        left, right = theme.px(8), self.width() - theme.px(12)

        def at(value: float) -> float:
            return left + (right - left) * value / 100

        if self._interval is not None:
            low, high = (at(limit) for limit in self._interval)
            painter.fillRect(QRectF(low, 2, high - low, axis - 6), theme.colour("accent_soft"))
        painter.setPen(QPen(theme.colour("border_strong"), 1))
        painter.drawLine(QPointF(left, axis + 0.5), QPointF(right, axis + 0.5))
        for tick in _TICKS:
            x = at(tick)
            painter.drawLine(QPointF(x, axis), QPointF(x, axis + 4))
        painter.setPen(theme.colour("text_muted"))
        for tick in _TICKS:
            side = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
            painter.drawText(QRectF(at(tick) - 24, axis + 5, 48, theme.px(20)), int(side), str(tick))
        if self._mean is not None:
            painter.setPen(QPen(theme.colour("accent"), 3))
            painter.drawLine(QPointF(at(self._mean), 1), QPointF(at(self._mean), axis - 3))
        self._paint_dots(painter, axis, at)
        self._paint_importance(painter, axis, at)
        painter.end()

    def _paint_dots(self, painter: QPainter, axis: int, at: Callable[[float], float]) -> None:
        theme = self._theme
        radius = theme.px(5)
        painter.setPen(QPen(theme.colour("text"), 1.3))
        painter.setBrush(theme.colour("surface"))
        for value, count in sorted(Counter(self._ratings).items()):
            first = (axis - 2) / 2 + (count - 1) * self._step / 2
            for place in range(count):
                painter.drawEllipse(QPointF(at(value), first - place * self._step), radius, radius)

    def _paint_importance(self, painter: QPainter, axis: int, at: Callable[[float], float]) -> None:
        if self._importance is None:
            return
        theme = self._theme
        x, y = at(self._importance), (axis - 2) / 2
        points = symbol_outline("critical_gap", x, y, theme.px(12))
        ink = theme.colour("text").name()
        paint_items(painter, [Polygon(points, fill=theme.colour("surface").name(), stroke=ink, stroke_width=1.4)])
        text = _("Importance {value}").format(value=current_language().number(self._importance))
        width = painter.fontMetrics().horizontalAdvance(text)
        place = QRectF(x - width - theme.px(12), y - theme.px(10), width, theme.px(20))
        if place.left() < 0 or any(place.left() - 8 < at(value) < place.right() + 4 for value in self._ratings):
            return
        painter.setPen(theme.colour("text_muted"))
        painter.drawText(place, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), text)
