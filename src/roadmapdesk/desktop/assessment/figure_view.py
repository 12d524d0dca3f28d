"""A figure of the report on the screen: drawn for its room at readable size, with selection by mouse and keys."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget
from typing_extensions import override

from roadmapdesk.desktop.painter import paint_scene
from roadmapdesk.desktop.style import OWN_FOCUS, draw_focus_ring
from roadmapdesk.desktop.theme import Theme
from roadmapdesk.figures.display_list import Item, Polygon, Rect, Scene
from roadmapdesk.figures.look import Look
from roadmapdesk.figures.palette import load_palette
from roadmapdesk.i18n import current_language
from roadmapdesk.reports.hyphens import softener

Builder = Callable[[Look, float, float], Scene]
_DIRECTIONS = {
    Qt.Key.Key_Left: (-1.0, 0.0),
    Qt.Key.Key_Right: (1.0, 0.0),
    Qt.Key.Key_Up: (0.0, -1.0),
    Qt.Key.Key_Down: (0.0, 1.0),
}


class FigureView(QWidget):
    """Draws what a builder makes for the present size; one item may be selected.

    Args:
        theme: the look.
        is_panel: whether it stands on a surface of its own with a border.
        fills: whether the figure takes the height it is given; else it is as high as its width asks.
        size: base size of text in pixels at 100 % text.

    Attributes:
        item_selected: key of the item that a person made current.
        item_opened: key of the item that was clicked or opened with Enter.
    """

    item_selected = Signal(str)
    item_opened = Signal(str)

    def __init__(
        self,
        *,
        theme: Theme,
        fills: bool = False,
        is_panel: bool = False,
        size: float = 15,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._room = theme.space("l") if is_panel else 0
        self._theme = theme
        self._fills = fills
        self._size = size
        self._builder: Builder | None = None
        self._scene: Scene | None = None
        self._key = ""
        self._name = ""
        self.setProperty(OWN_FOCUS, True)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        vertical = QSizePolicy.Policy.Expanding if fills else QSizePolicy.Policy.Fixed
        self.setSizePolicy(QSizePolicy.Policy.Expanding, vertical)
        theme.changed.connect(self.redraw)

    @property
    def scene(self) -> Scene | None:
        """What is drawn now."""
        return self._scene

    @property
    def key(self) -> str:
        """Key of the selected item, empty for none."""
        return self._key

    def set_figure(self, builder: Builder, *, name: str, description: str = "") -> None:
        """Shows another figure.

        Args:
            builder: makes the scene for a look, a width and a height.
            name: what it is, for the screen reader.
            description: its main message in words.
        """
        self._builder, self._name = builder, name
        self.setAccessibleDescription(description)
        self.redraw()

    def select(self, key: str) -> None:
        """Marks an item without telling anybody; empty for none."""
        if key != self._key:
            self._key = key
            self.redraw()

    def redraw(self) -> None:
        """Builds the scene again."""
        if self._builder is None or self.width() < 50:
            return
        palette = load_palette("dark" if self._theme.is_dark else "light")
        language = current_language()
        look = Look(language, palette, self._size * self._theme.factor, softener(language.code))
        room = 2 * self._room
        self._scene = self._builder(look, float(self.width() - room), float(self.height() - room))
        if not self._fills:
            self.setFixedHeight(round(self._scene.height) + 4 + room)
        item = self._item(self._key)
        self.setAccessibleName(f"{self._name}. {item.tip}" if item is not None and item.tip else self._name)
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(420), self._theme.px(320))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(320), self._theme.px(260))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._fills or event.size().width() != event.oldSize().width():
            self.redraw()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self._scene is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._room:
            painter.setPen(QPen(self._theme.colour("border"), 1))
            painter.setBrush(self._theme.colour("surface"))
            radius = self._theme.radius("panel")
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        painter.translate(self._room, self._room)
        paint_scene(painter, self._scene)
        item = self._item(self._key)
        if item is not None:
            box = _bounds(item)
            if self.hasFocus():
                draw_focus_ring(painter, box, theme=self._theme)
            elif not self._fills:
                painter.setPen(QPen(self._theme.colour("text"), 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(box.adjusted(-1, -1, 1, 1), 3, 3)
        elif self.hasFocus():
            painter.resetTransform()
            draw_focus_ring(painter, QRectF(self.rect()).adjusted(3, 3, -3, -3), theme=self._theme)
        painter.end()

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        hit = self._hit(event.position())
        self.setCursor(Qt.CursorShape.PointingHandCursor if hit is not None else Qt.CursorShape.ArrowCursor)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        hit = self._hit(event.position())
        if hit is not None:
            self._choose(hit.key)
            self.item_opened.emit(hit.key)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _DIRECTIONS:
            self._move(*_DIRECTIONS[key])
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self._key:
            self.item_opened.emit(self._key)
        else:
            super().keyPressEvent(event)

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            hit = self._hit(QPointF(event.pos()))
            if hit is not None and hit.tip:
                QToolTip.showText(event.globalPos(), hit.tip, self)
            else:
                QToolTip.hideText()
            return True
        return super().event(event)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def _hit(self, place: QPointF) -> Rect | Polygon | None:
        if self._scene is None:
            return None
        return self._scene.hit(place.x() - self._room, place.y() - self._room)

    def _item(self, key: str) -> Rect | Polygon | None:
        if not key or self._scene is None:
            return None
        return next((item for item in self._scene.keyed() if item.key == key), None)

    def _choose(self, key: str) -> None:
        self.select(key)
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.NameChanged))
        self.item_selected.emit(key)

    def _move(self, dx: float, dy: float) -> None:
        """Goes to the nearest item in a direction; from nothing, to the first one."""
        if self._scene is None:
            return
        items = list(self._scene.keyed())
        current = self._item(self._key)
        if current is None:
            if items:
                self._choose(items[0].key)
            return
        here = _bounds(current).center()
        best: tuple[float, str] | None = None
        for item in items:
            there = _bounds(item).center() - here
            along = there.x() * dx + there.y() * dy
            across = abs(there.x() * dy) + abs(there.y() * dx)
            if item.key != current.key and along > 0.5 and (best is None or along + 2 * across < best[0]):
                best = (along + 2 * across, item.key)
        if best is not None:
            self._choose(best[1])


def _bounds(item: Rect | Polygon) -> QRectF:
    if isinstance(item, Rect):
        return QRectF(item.x, item.y, item.width, item.height)
    xs, ys = [x for x, _y in item.points], [y for _x, y in item.points]
    return QRectF(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))


def moved(scene: Scene, dx: float) -> Scene:
    """The same picture further to the right."""
    items: list[Item] = []
    for item in scene.items:
        if isinstance(item, Polygon):
            items.append(replace(item, points=tuple((x + dx, y) for x, y in item.points)))
        else:
            items.append(replace(item, x=item.x + dx))
    return Scene(scene.width + 2 * dx, scene.height, items)
