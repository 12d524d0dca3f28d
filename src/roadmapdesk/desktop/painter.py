"""Draws the display lists of `roadmapdesk.figures` with Qt, so that the screen shows the picture of the report."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPolygonF

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
