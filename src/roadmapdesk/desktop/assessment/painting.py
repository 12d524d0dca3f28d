"""Symbols and hatching of the figures, painted into cells, chips and legends of the screen."""

from collections.abc import Iterable

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter

from roadmapdesk.desktop.painter import paint_item
from roadmapdesk.figures.display_list import Item
from roadmapdesk.figures.symbols import class_symbol


def paint_class(painter: QPainter, key: str, centre: QPointF, size: float, colour: QColor) -> None:
    """Paints the symbol of a class, `size` wide."""
    paint_items(painter, [class_symbol(key, centre.x(), centre.y(), size, colour.name())])


def paint_items(painter: QPainter, items: Iterable[Item], *, clip: QRectF | None = None) -> None:
    """Paints some items in the painter's coordinates, cut at `clip`."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if clip is not None:
        painter.setClipRect(clip)
    for item in items:
        paint_item(painter, item)
    painter.restore()
