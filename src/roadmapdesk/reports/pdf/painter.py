"""Painting a display list onto a sheet; the Qt painter of the desktop draws the same list."""

from roadmapdesk.figures.display_list import Anchor, Item, Point, Polygon, Rect, Scene
from roadmapdesk.figures.metrics import text_width
from roadmapdesk.reports.pdf.sheet import Sheet


def paint_scene(sheet: Sheet, scene: Scene, x: float, y: float) -> None:
    """Paints all items of `scene` with its top left corner at (x, y); the caller marks the content."""
    for item in scene.items:
        paint_item(sheet, item, (x, y))


def paint_item(sheet: Sheet, item: Item, offset: Point) -> None:
    """Paints one item, moved by `offset`."""
    x, y = offset
    if isinstance(item, Rect):
        sheet.rect(
            x + item.x,
            y + item.y,
            item.width,
            item.height,
            fill=item.fill,
            stroke=item.stroke,
            stroke_width=item.stroke_width,
            radius=item.radius,
        )
    elif isinstance(item, Polygon):
        sheet.path(
            tuple((x + left, y + top) for left, top in item.points),
            fill=item.fill,
            stroke=item.stroke,
            stroke_width=item.stroke_width,
            is_closed=item.is_closed,
            dash=item.dash,
        )
    else:
        width = text_width(item.text, item.size, item.face)
        shift = {Anchor.START: 0.0, Anchor.MIDDLE: width / 2, Anchor.END: width}[item.anchor]
        sheet.text(
            x + item.x,
            y + item.y,
            item.text,
            face=item.face,
            size=item.size,
            colour=item.colour,
            rotation=item.rotation,
            shift=shift,
        )
