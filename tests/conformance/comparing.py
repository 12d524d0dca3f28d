"""What counts as the same value when engines are compared.

Numbers by value, geopoints by their numbers, date-times by instant, select-multiple answers as sets where asked;
masked values (``{"any": true}``, ``*ANY*``) match everything.
"""

import math
import re
from datetime import datetime, timedelta, timezone

MASK = "*ANY*"
_NUMBER = re.compile(r"-?\d+(\.\d+)?([eE][+-]?\d+)?\Z")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?\Z")
_RECORDING_ZONE = timezone(timedelta(hours=-7))
_PREFIX = re.compile(r"(?<=/)(@?)[A-Za-z_][\w.-]*:(?=[A-Za-z_])")


def plain_ref(ref: str) -> str:
    """A path without namespace prefixes, which engines choose freely."""
    return _PREFIX.sub(r"\1", ref)


def is_masked(value: object) -> bool:
    """Whether the recorder left this value open, because it differed between two recordings."""
    return value == MASK or (isinstance(value, dict) and value.get("any") is True)


def same(expected: object, actual: object) -> bool:
    """Whether two stored values mean the same."""
    if is_masked(expected) or is_masked(actual):
        return True
    left, right = _text(expected), _text(actual)
    if left == right:
        return True
    if not left or not right:
        return False
    if left.startswith("uuid:") and right.startswith("uuid:"):
        return True
    if _NUMBER.match(left) and _NUMBER.match(right):
        return math.isclose(float(left), float(right), rel_tol=1e-9, abs_tol=1e-9)
    one, other = _moment(left), _moment(right)
    if one is not None and other is not None:
        return one == other
    return (MASK in left and _matches_mask(left, right)) or _same_points(left, right)


def same_set(expected: object, actual: object) -> bool:
    """Whether two lists of codes hold the same codes in any order."""
    return sorted(_text(expected).split()) == sorted(_text(actual).split())


def same_words(expected: str, actual: str) -> bool:
    """Whether two texts read the same, white space aside; numbers in them count by value."""
    left, right = expected.split(), actual.split()
    return left == right or (
        len(left) == len(right) and all(same(one, other) for one, other in zip(left, right, strict=True))
    )


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def _matches_mask(pattern: str, text: str) -> bool:
    return re.fullmatch(".*".join(re.escape(part) for part in pattern.split(MASK)), text, re.DOTALL) is not None


def _moment(text: str) -> datetime | None:
    if not _MOMENT.match(text):
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=_RECORDING_ZONE)


def _same_points(left: str, right: str) -> bool:
    one, other = _points(left), _points(right)
    if one is None or other is None or len(one) != len(other):
        return False
    return all(_same_point(first, second) for first, second in zip(one, other, strict=True))


def _same_point(first: list[float], second: list[float]) -> bool:
    size = max(len(first), len(second))
    filled = (point + [0.0] * (size - len(point)) for point in (first, second))
    return all(math.isclose(a, b, rel_tol=1e-9, abs_tol=1e-9) for a, b in zip(*filled, strict=True))


def _points(text: str) -> list[list[float]] | None:
    parts = [part.split() for part in text.split(";") if part.strip()]
    if sum(len(part) for part in parts) < 2 or not all(_NUMBER.match(token) for part in parts for token in part):
        return None
    return [[float(token) for token in part] for part in parts]
