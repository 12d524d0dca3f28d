"""Draws the display lists of `roadmapdesk.figures` with Qt, so that the screen shows the picture of the report."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from roadmapdesk.desktop.fonts import make_font
from roadmapdesk.figures.display_list import Anchor, Item, Polygon, Rect, Scene, Text
from roadmapdesk.figures.metrics import Face

_EM = 100
"""Texts are laid out at this size and scaled down: widths then equal those of the report."""


def paint_scene(painter: QPainter, scene: Scene) -> None:
    """Draws every item of the scene in its order; the painter's unit is one point of the scene."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for item in scene.items:
        paint_item(painter, item)
    painter.restore()


def paint_item(painter: QPainter, item: Item) -> None:
    """Draws one item."""
    if isinstance(item, Rect):
        _set_inks(painter, item.fill, item.stroke, item.stroke_width)
        painter.drawRoundedRect(QRectF(item.x, item.y, item.width, item.height), item.radius, item.radius)
    elif isinstance(item, Polygon):
        _set_inks(painter, item.fill, item.stroke, item.stroke_width, item.dash)
        shape = QPolygonF([QPointF(*point) for point in item.points])
        if item.is_closed:
            painter.drawPolygon(shape)
        else:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPolyline(shape)
    else:
        _paint_text(painter, item)


def _set_inks(
    painter: QPainter, fill: str | None, stroke: str | None, width: float, dash: tuple[float, ...] = ()
) -> None:
    painter.setBrush(QColor(fill) if fill else Qt.BrushStyle.NoBrush)
    if not stroke:
        painter.setPen(Qt.PenStyle.NoPen)
        return
    pen = QPen(QColor(stroke), width)
    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    if dash:
        pen.setDashPattern([length / width for length in dash])
    painter.setPen(pen)


def scene_font(face: Face) -> QFont:
    """The font of a face at the layout size: no kerning and no hinting, as the report has none."""
    font = make_font(_EM, weight=600 if face is Face.SEMIBOLD else 400, is_italic=face is Face.ITALIC)
    font.setKerning(False)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


def _paint_text(painter: QPainter, item: Text) -> None:
    font = scene_font(item.face)
    width = QFontMetricsF(font).horizontalAdvance(item.text)
    shift = {Anchor.START: 0.0, Anchor.MIDDLE: -width / 2, Anchor.END: -width}[item.anchor]
    painter.save()
    painter.translate(item.x, item.y)
    painter.rotate(item.rotation)
    painter.scale(item.size / _EM, item.size / _EM)
    painter.setFont(font)
    painter.setPen(QColor(item.colour))
    painter.drawText(QPointF(shift, 0), item.text)
    painter.restore()


class SceneView(QWidget):
    """Shows a scene as large as its room allows, keeping its proportions.

    Attributes:
        item_clicked: key of the item that was clicked; items without a key are decoration.
    """

    item_clicked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scene = Scene(1, 1)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def set_scene(self, scene: Scene, *, statement: str, alternative: str) -> None:
        """Shows another scene.

        Args:
            scene: what to draw.
            statement: the figure's title, its accessible name.
            alternative: what it shows in words, its accessible description.
        """
        self._scene = scene
        self.setAccessibleName(statement)
        self.setAccessibleDescription(alternative)
        self.updateGeometry()
        self.update()

    @property
    def scale(self) -> float:
        """Device-independent pixels per point of the scene."""
        return min(self.width() / self._scene.width, self.height() / self._scene.height)

    def item_at(self, position: QPointF) -> Rect | Polygon | None:
        """The topmost item with a key under a position of the widget."""
        x, y = position.x() / self.scale, position.y() / self.scale
        for item in reversed(self._scene.items):
            if not isinstance(item, Text) and item.key and item.contains(x, y):
                return item
        return None

    @override
    def sizeHint(self) -> QSize:
        return QSize(round(self._scene.width * 1.5), round(self._scene.height * 1.5))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.scale(self.scale, self.scale)
        paint_scene(painter, self._scene)
        painter.end()

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        item = self.item_at(event.position())
        self.setToolTip(item.tip if item is not None else "")
        self.setCursor(Qt.CursorShape.PointingHandCursor if item is not None else Qt.CursorShape.ArrowCursor)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        item = self.item_at(event.position())
        if item is not None:
            self.item_clicked.emit(item.key)
