"""The symbols of the five classes and of evidence, as polygons: shared by screen, report and legend, never glyphs.

Filled means importance of at least 62.5, hollow below; a square means performance of at least 62.5 and no large gap.
"""

import math

from roadmapdesk.figures.display_list import Item, Point, Polygon, Rect

_CIRCLE_SIDES = 24


def circle_points(x: float, y: float, radius: float) -> tuple[Point, ...]:
    """A circle as a polygon that looks round at the sizes of symbols."""
    angles = (2 * math.pi * side / _CIRCLE_SIDES for side in range(_CIRCLE_SIDES))
    return tuple((x + radius * math.cos(angle), y + radius * math.sin(angle)) for angle in angles)


def symbol_outline(class_key: str, x: float, y: float, size: float) -> tuple[Point, ...]:
    """The corners of a class symbol centred on (x, y) and about `size` wide, of equal optical weight.

    Raises:
        KeyError: for an unknown class.
    """
    half = size / 2
    match class_key:
        case "critical_gap":
            reach = half * 1.12
            return ((x, y - reach), (x + reach, y), (x, y + reach), (x - reach, y))
        case "strength" | "reserve":
            side = half * 0.86
            return ((x - side, y - side), (x + side, y - side), (x + side, y + side), (x - side, y + side))
        case "develop":
            return ((x, y - half * 0.98), (x + half * 1.06, y + half * 0.84), (x - half * 1.06, y + half * 0.84))
        case "watch":
            return circle_points(x, y, half * 0.92)
        case _:
            raise KeyError(class_key)


def is_hollow(class_key: str) -> bool:
    """Whether the symbol of this class is an outline: importance below the cross-hair."""
    return class_key in {"reserve", "watch"}


def class_symbol(
    class_key: str, x: float, y: float, size: float, colour: str, *, key: str = "", tip: str = ""
) -> Polygon:
    """The symbol of a class in one colour, centred on (x, y)."""
    if is_hollow(class_key):
        stroke = max(0.9, size * 0.16)
        points = symbol_outline(class_key, x, y, size - stroke * 0.6)
        return Polygon(points, stroke=colour, stroke_width=stroke, key=key, tip=tip)
    return Polygon(symbol_outline(class_key, x, y, size), fill=colour, key=key, tip=tip)


def cross(x: float, y: float, size: float, colour: str) -> list[Item]:
    """The sign for insufficient evidence: a cross of two lines."""
    half = size * 0.42
    return [
        Polygon(((x - half, y - half), (x + half, y + half)), stroke=colour, stroke_width=1.2, is_closed=False),
        Polygon(((x - half, y + half), (x + half, y - half)), stroke=colour, stroke_width=1.2, is_closed=False),
    ]


def hatch(x: float, y: float, width: float, height: float, colour: str, *, gap: float = 5.0) -> list[Item]:
    """Diagonal lines inside the box: no value may or can be shown."""
    lines: list[Item] = []
    offset = gap
    while offset < width + height:
        start = (x + min(offset, width), y + max(0.0, offset - width))
        end = (x + max(0.0, offset - height), y + min(offset, height))
        lines.append(Polygon((start, end), stroke=colour, stroke_width=0.4, is_closed=False))
        offset += gap
    return lines


def corner_hatch(x: float, y: float, size: float, colour: str) -> list[Item]:
    """Three diagonals in the corner at (x, y), the lower right one of a cell: fewer than three answers."""
    return [
        Polygon(((x - size * part, y), (x, y - size * part)), stroke=colour, stroke_width=0.5, is_closed=False)
        for part in (0.34, 0.67, 1.0)
    ]


def grade_chip(x: float, y: float, size: float, fill: str, border: str) -> Rect:
    """The square behind the letter of a grade, with its top left corner at (x, y)."""
    return Rect(x, y, size, size, fill=fill, stroke=border, stroke_width=0.5, radius=size * 0.16)
