"""The slider of a range, painted in our colours."""

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QSlider, QWidget
from typing_extensions import override

from roadmapdesk.desktop.theme import Theme

if TYPE_CHECKING:
    from collections.abc import Callable

BAND = 34
_WRAP = int(Qt.TextFlag.TextWordWrap)


class AnswerSlider(QSlider):
    """A slider that the wheel cannot move; without an answer its handle is hollow. Its places may have labels.

    Attributes:
        let_go: the mouse let the handle go; with its value.
        is_answered: whether the handle stands for an answer.
        words_of: says the value of a place, for labels that stand apart from their places.
        is_pointed_at: whether the mouse holds the handle, so that its place is no answer yet.
    """

    let_go = Signal(int)

    def __init__(self, orientation: Qt.Orientation, parent: QWidget, *, theme: Theme) -> None:
        super().__init__(orientation, parent)
        self._theme = theme
        self.words_of: Callable[[int], str] = str
        self.is_answered = False
        self.is_pointed_at = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._labels: dict[int, str] = {}
        theme.changed.connect(self._fit_labels)

    def set_labels(self, labels: dict[int, str]) -> None:
        """Labels places of the slider, by place; they stand below it, or right of it when it is upright."""
        if labels != self._labels:
            self._labels = dict(sorted(labels.items()))
            self._fit_labels()
            self.update()

    def _fit_labels(self) -> None:
        """Makes room for the labels."""
        band = self._theme.px(BAND)
        areas = [area for area, _text, _flags in self._label_areas()]
        if self._is_upright:
            widths = [self._theme.text_width("caption", text) + 4 for text in self._labels.values()]
            self.setMinimumWidth(
                max([band, *(area.left() + width for area, width in zip(areas, widths, strict=True))])
            )
        else:
            self.setMinimumHeight(max([band, *(area.bottom() + 1 for area in areas)]))
        self.updateGeometry()

    def _caption_width(self, text: str) -> int:
        return self._theme.text_width("caption", text)

    def _label_areas(self) -> list[tuple[QRect, str, int]]:
        """Where each label stands: its area, its text, how it is aligned there."""
        if not self._labels:
            return []
        return self._areas_beside() if self._is_upright else self._areas_below()

    def _areas_beside(self) -> list[tuple[QRect, str, int]]:
        left, line = self._theme.px(BAND) + 6, self._theme.line_height("caption")
        flags = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        room = max(self.width() - left, 20)
        areas = []
        for place, text in self._labels.items():
            top = min(max(round(self._spot(place).y()) - line // 2, 0), self.height() - line)
            areas.append((QRect(left, top, room, line), text, flags))
        return areas

    def _areas_below(self) -> list[tuple[QRect, str, int]]:
        """Each label in the middle below its place; all in one line of words where they are too close for that."""
        theme, top = self._theme, self._theme.px(BAND)
        spots = {place: round(self._spot(place).x()) for place in self._labels}
        step = min([*(b - a for a, b in pairwise(spots.values())), self.width()])
        flags = _WRAP | int(Qt.AlignmentFlag.AlignTop)
        rooms = {place: min(step // 2, x) + min(step // 2, self.width() - x) for place, x in spots.items()}
        longest = {p: max(map(self._caption_width, [*text.split(), ""])) for p, text in self._labels.items()}
        if any(longest[place] + 8 > room for place, room in rooms.items()):
            words = " · ".join(f"{self.words_of(place)} – {text}" for place, text in self._labels.items())
            height = theme.text_height("caption", words, self.width())
            return [(QRect(0, top, self.width(), height), words, flags | int(Qt.AlignmentFlag.AlignLeft))]
        areas = []
        for place, text in self._labels.items():
            width = min(rooms[place] - 4, theme.text_width("caption", text) + 4)
            left = min(max(spots[place] - width // 2, 0), max(self.width() - width, 0))
            area = QRect(left, top, width, theme.text_height("caption", text, width))
            outer = Qt.AlignmentFlag.AlignLeft if left == 0 else Qt.AlignmentFlag.AlignRight
            is_inside = 0 < left < self.width() - width
            areas.append((area, text, flags | int(Qt.AlignmentFlag.AlignHCenter if is_inside else outer)))
        return areas

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._labels:
            self._fit_labels()

    @property
    def _is_upright(self) -> bool:
        return self.orientation() == Qt.Orientation.Vertical

    @override
    def sizeHint(self) -> QSize:
        across, along = self._theme.px(BAND), self._theme.px(200)
        usual = QSize(across, along) if self._is_upright else QSize(along, across)
        return usual.expandedTo(self.minimumSize())

    @override
    def minimumSizeHint(self) -> QSize:
        across, along = self._theme.px(BAND), self._theme.px(120)
        return QSize(across, along) if self._is_upright else QSize(along, across)

    def handle(self) -> QPointF:
        """The middle of the handle."""
        return self._spot(self.value())

    def _spot(self, value: int) -> QPointF:
        span = max(self.maximum() - self.minimum(), 1)
        share = (value - self.minimum()) / span
        radius = self._theme.px(9) + 1
        if self._is_upright:
            return QPointF(self._theme.px(BAND) / 2, self.height() - radius - share * (self.height() - 2 * radius))
        return QPointF(radius + share * (self.width() - 2 * radius), self._theme.px(BAND) / 2)

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
        self._paint_labels(painter)
        painter.end()

    def _paint_labels(self, painter: QPainter) -> None:
        painter.setFont(self._theme.font("caption"))
        painter.setPen(self._theme.colour("text_muted" if self.isEnabled() else "text_disabled"))
        for area, text, flags in self._label_areas():
            painter.drawText(area, flags, text)

    def _paint_ticks(self, painter: QPainter) -> None:
        ticks = set(self._labels)
        if self.tickPosition() != QSlider.TickPosition.NoTicks:
            ticks.update(range(self.minimum(), self.maximum() + 1, self.tickInterval()))
        painter.setPen(QPen(self._theme.colour("border_strong"), 1))
        for value in sorted(ticks):
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
