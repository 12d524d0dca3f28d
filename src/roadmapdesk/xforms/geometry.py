"""Lines and shapes on the globe: lengths, areas, and whether a border crosses itself."""

import math
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import NamedTuple

EARTH_RADIUS_M = 6_378_100.0


class Point(NamedTuple):
    """A position in degrees."""

    latitude: float
    longitude: float


Segment = tuple[Point, Point]


def metres_between(one: Point, other: Point) -> float:
    """The length of the great circle between two points (haversine)."""
    first, second = math.radians(one.latitude), math.radians(other.latitude)
    half_height = math.sin((second - first) / 2)
    half_width = math.sin(math.radians(other.longitude - one.longitude) / 2)
    chord = half_height * half_height + math.cos(first) * math.cos(second) * half_width * half_width
    return 2 * EARTH_RADIUS_M * math.asin(math.sqrt(min(chord, 1.0)))


def length_m(points: Sequence[Point]) -> float:
    """Metres along a line from point to point."""
    return math.fsum(metres_between(one, other) for one, other in pairwise(points))


def area_m2(points: Sequence[Point]) -> float:
    """Square metres inside a shape on the sphere, whether its last point repeats the first or not; 0 below 3 points.

    Source: R. Chamberlain and W. Duquette, "Some algorithms for polygons on a sphere", JPL 2007.
    """
    if len(points) < 3:
        return 0.0
    total = 0.0
    for index, point in enumerate(points):
        after = points[(index + 1) % len(points)]
        total += math.radians(after.longitude - point.longitude) * (
            2 + math.sin(math.radians(point.latitude)) + math.sin(math.radians(after.latitude))
        )
    return abs(total * EARTH_RADIUS_M * EARTH_RADIUS_M / 2)


def plane_area_m2(points: Sequence[Point]) -> float:
    """Square metres inside a shape laid flat around its first point, as ODK Collect has it; 0 below 3 points."""
    if len(points) < 3:
        return 0.0
    first = points[0]
    metres = 2 * math.pi * EARTH_RADIUS_M / 360
    flat = [
        (
            (point.longitude - first.longitude) * metres * math.cos(math.radians(point.latitude)),
            (point.latitude - first.latitude) * metres,
        )
        for point in points
    ]
    return abs(math.fsum(one[0] * two[1] - one[1] * two[0] for one, two in pairwise(flat))) / 2


def crosses_itself(points: Sequence[Point], spend: Callable[[int], None] = lambda _steps: None) -> bool:
    """Whether a line, or the border of a shape whose last point repeats the first, crosses or touches itself.

    Args:
        points: in order.
        spend: told the number of comparisons before they are made; it may raise to refuse them.
    """
    segments = [(a, b) for a, b in pairwise(points) if a != b]
    is_closed = len(points) > 2 and points[0] == points[-1]
    for index, first in enumerate(segments):
        spend(len(segments) - index)
        for later in range(index + 1, len(segments)):
            second = segments[later]
            if later == index + 1:
                if _folds_back(first, second):
                    return True
            elif not (is_closed and index == 0 and later == len(segments) - 1) and _cross(first, second):
                return True
    return False


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
