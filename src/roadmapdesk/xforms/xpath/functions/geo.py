"""Distances, areas and positions on the globe (ODK documentation, "Location functions").

Points are texts ``latitude longitude [altitude [accuracy]]``; lines and shapes are points joined by ``;``.
"""

import math
from collections.abc import Sequence
from itertools import pairwise

from roadmapdesk.errors import Message
from roadmapdesk.i18n import N_
from roadmapdesk.xforms.geometry import Point, area_m2, crosses_itself, length_m, plane_area_m2
from roadmapdesk.xforms.xpath.context import Context
from roadmapdesk.xforms.xpath.errors import XPathError
from roadmapdesk.xforms.xpath.functions.registry import function
from roadmapdesk.xforms.xpath.functions.strings import texts_of
from roadmapdesk.xforms.xpath.values import Value, is_nodes, plain_number

NOT_COORDINATES = Message(
    "xpath.not_coordinates", N_("The function {function}() received a text that is not a position or a shape.")
)

_WORST_QUADRATIC = 3_000


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
    """Square metres inside a shape (ODK, ``area``)."""
    points = _points((value,), context, "area")
    rules = context.host.geo_rules
    return _rounded(plane_area_m2(points) if rules.plane else area_m2(points), context)


@function("distance", takes="v*", gives="number", context=True)
def _distance(context: Context, *values: Value) -> float:
    """Metres along a line, or between several points, on the sphere (ODK, ``distance``)."""
    return _rounded(length_m(_points(values, context, "distance")), context)


def _rounded(number: float, context: Context) -> float:
    return math.floor(number * 100 + 0.5) / 100 if context.host.geo_rules.rounded else number


@function("geofence", takes="vv", gives="boolean", context=True)
def _geofence(context: Context, position: Value, shape: Value) -> bool:
    """Whether a point lies inside a closed shape (ODK, ``geofence``), by the even-odd rule.

    A question that is still empty lies nowhere, and nothing lies in it, as in JavaRosa.
    """
    if any(is_nodes(value) and not any(texts_of(value, context)) for value in (position, shape)):
        return False
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
    if len(points) > _WORST_QUADRATIC:
        context.budget.spend(len(points) * len(points))
    return crosses_itself(points, context.budget.spend)
