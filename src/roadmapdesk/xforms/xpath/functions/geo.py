"""Distances, areas and positions on the globe (ODK documentation, "Location functions").

Points are texts ``latitude longitude [altitude [accuracy]]``; lines and shapes are points joined by ``;``.
"""

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from roadmapdesk.errors import Message
from roadmapdesk.i18n import N_
from roadmapdesk.xforms.xpath.context import Context
from roadmapdesk.xforms.xpath.errors import XPathError
from roadmapdesk.xforms.xpath.functions.registry import function
from roadmapdesk.xforms.xpath.functions.strings import texts_of
from roadmapdesk.xforms.xpath.values import Value, plain_number

NOT_COORDINATES = Message(
    "xpath.not_coordinates", N_("The function {function}() received a text that is not a position or a shape.")
)

EARTH_RADIUS_M = 6_378_100.0
_WORST_QUADRATIC = 3_000


class Point(NamedTuple):
    """A position in degrees."""

    latitude: float
    longitude: float


def _point(text: str, name: str) -> Point:
    numbers = [plain_number(part) for part in text.split()]
    if not 2 <= len(numbers) <= 4:
        raise XPathError(NOT_COORDINATES, function=name)
    latitude, longitude = numbers[0], numbers[1]
    if latitude is None or longitude is None or abs(latitude) > 90 or abs(longitude) > 180:
        raise XPathError(NOT_COORDINATES, function=name)
    return Point(latitude, longitude)


def _points(values: Sequence[Value], context: Context, name: str) -> list[Point]:
    """All points of one text, of several texts, or of a node-set, in order."""
    points: list[Point] = []
    for value in values:
        for text in texts_of(value, context):
            parts = [part for part in text.split(";") if part.strip()]
            context.budget.spend(len(parts))
            points.extend(_point(part, name) for part in parts)
    return points


@function("area", "enclosed-area", takes="v", gives="number", context=True)
def _area(context: Context, value: Value) -> float:
    """Square metres inside a shape on the sphere, to the hundredth (ODK, ``area``).

    Source: R. Chamberlain and W. Duquette, "Some algorithms for polygons on a sphere", JPL 2007.
    """
    points = _points((value,), context, "area")
    if len(points) < 3:
        return 0.0
    total = 0.0
    for index, point in enumerate(points):
        following = points[(index + 1) % len(points)]
        total += math.radians(following.longitude - point.longitude) * (
            2 + math.sin(math.radians(point.latitude)) + math.sin(math.radians(following.latitude))
        )
    return _hundredths(abs(total * EARTH_RADIUS_M * EARTH_RADIUS_M / 2))


@function("distance", takes="v*", gives="number", context=True)
def _distance(context: Context, *values: Value) -> float:
    """Metres along a line, or between several points, on the sphere, to the hundredth (ODK, ``distance``)."""
    points = _points(values, context, "distance")
    return _hundredths(sum(metres_between(points[index], points[index + 1]) for index in range(len(points) - 1)))


def _hundredths(number: float) -> float:
    return math.floor(number * 100 + 0.5) / 100


def metres_between(one: Point, other: Point) -> float:
    """The length of the great circle between two points (haversine)."""
    first, second = math.radians(one.latitude), math.radians(other.latitude)
    half_height = math.sin((second - first) / 2)
    half_width = math.sin(math.radians(other.longitude - one.longitude) / 2)
    chord = half_height * half_height + math.cos(first) * math.cos(second) * half_width * half_width
    return 2 * EARTH_RADIUS_M * math.asin(math.sqrt(min(chord, 1.0)))


@function("geofence", takes="vv", gives="boolean", context=True)
def _geofence(context: Context, position: Value, shape: Value) -> bool:
    """Whether a point lies inside a closed shape (ODK, ``geofence``), by the even-odd rule."""
    points = _points((position,), context, "geofence")
    corners = _points((shape,), context, "geofence")
    if len(points) != 1 or len(corners) < 4 or corners[0] != corners[-1]:
        if len(points) == 1 and corners:
            return False
        raise XPathError(NOT_COORDINATES, function="geofence")
    point = points[0]
    inside = False
    for one, other in pairwise(corners):
        if (one.longitude > point.longitude) != (other.longitude > point.longitude):
            slope = (point.longitude - one.longitude) / (other.longitude - one.longitude)
            if point.latitude < one.latitude + slope * (other.latitude - one.latitude):
                inside = not inside
    return inside


@function("intersects", takes="v", gives="boolean", context=True)
def _intersects(context: Context, line: Value) -> bool:
    """Whether a line or the border of a shape crosses or touches itself (ODK, ``intersects``)."""
    points = _points((line,), context, "intersects")
    segments = [(a, b) for a, b in pairwise(points) if a != b]
    is_closed = len(points) > 2 and points[0] == points[-1]
    if len(segments) > _WORST_QUADRATIC:
        context.budget.spend(len(segments) * len(segments))
    for index, first in enumerate(segments):
        context.budget.spend(len(segments) - index)
        for later in range(index + 1, len(segments)):
            second = segments[later]
            if later == index + 1:
                if _folds_back(first, second):
                    return True
            elif not (is_closed and index == 0 and later == len(segments) - 1) and _cross(first, second):
                return True
    return False


Segment = tuple[Point, Point]


def _turn(a: Point, b: Point, c: Point) -> float:
    return (b.longitude - a.longitude) * (c.latitude - a.latitude) - (b.latitude - a.latitude) * (
        c.longitude - a.longitude
    )


def _on(a: Point, b: Point, c: Point) -> bool:
    return (
        min(a.latitude, b.latitude) <= c.latitude <= max(a.latitude, b.latitude)
        and min(a.longitude, b.longitude) <= c.longitude <= max(a.longitude, b.longitude)
    )  # fmt: skip


def _folds_back(first: Segment, second: Segment) -> bool:
    """Whether the second segment runs back over the first one, whose end it starts at."""
    (a, b), (_same, c) = first, second
    return _turn(a, b, c) == 0 and (_on(a, b, c) or _on(b, c, a))


def _cross(first: Segment, second: Segment) -> bool:
    (a, b), (c, d) = first, second
    one, two, three, four = _turn(a, b, c), _turn(a, b, d), _turn(c, d, a), _turn(c, d, b)
    if (one > 0) != (two > 0) and (three > 0) != (four > 0) and 0 not in (one, two, three, four):
        return True
    return (
        (one == 0 and _on(a, b, c)) or (two == 0 and _on(a, b, d)) or (three == 0 and _on(c, d, a))
        or (four == 0 and _on(c, d, b))
    )  # fmt: skip
