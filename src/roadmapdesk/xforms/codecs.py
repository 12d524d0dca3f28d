"""Typed values and the texts that a record stores, one codec per value type, both ways without loss.

`read` turns stored text into a typed value; `write` turns what a screen or script hands in into stored text and
refuses what is no value of the type. Results of calculations and defaults are fitted in `fitting`.

Source: ODK XForms specification, "Data Types".
"""

from __future__ import annotations

import math
import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)\Z")
DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_TIME = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,6})\d*)?)?(Z|[+-]\d{2}(?::?\d{2})?)?\Z")
_CLOCK = r"([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d+)?)?(Z|[+-]\d{2}:\d{2})?\Z"
_STRICT = {
    "time": re.compile(_CLOCK),
    "dateTime": re.compile(r"\d{4}-\d{2}-\d{2}T" + _CLOCK),
    "date": re.compile(r"\d{4}-\d{2}-\d{2}"),
}


class GeoPoint(NamedTuple):
    """One place: degrees, then metres above the ellipsoid and metres of accuracy (0 where unknown)."""

    latitude: float
    longitude: float
    altitude: float = 0.0
    accuracy: float = 0.0


TypedValue = (
    None
    | str
    | bool
    | int
    | float
    | Decimal
    | date
    | time
    | datetime
    | tuple[str, ...]
    | GeoPoint
    | tuple[GeoPoint, ...]
)

ALIASES = {
    "integer": "int", "select1": "string", "select": "string", "datetime": "dateTime", "rank": "string",
    "odk:rank": "string", "long": "int", "double": "decimal", "float": "decimal", "barcode": "string",
    "intent": "string", "binary": "string",
}  # fmt: skip


def canonical_type(text: str) -> str:
    """The value type of a bind without its prefix; what is unknown is a string."""
    plain = text.rpartition(":")[2].strip()
    plain = ALIASES.get(text, ALIASES.get(plain, plain))
    return plain if plain in _READERS else "string"


def read(kind: str, text: str) -> TypedValue:
    """The typed value of a stored text, None for an empty one; a text that is no value of the type stays a text."""
    if not text:
        return None
    try:
        return _READERS[kind](text)
    except (ValueError, InvalidOperation, OverflowError):
        return text


def write(kind: str, value: TypedValue, zone: tzinfo) -> str:
    """The stored text of a value.

    Raises:
        ValueError: the value is none of this type.
    """
    if isinstance(value, str):
        return _from_text(kind, value)
    if value is None or value == ():
        return ""
    if isinstance(value, GeoPoint):
        return geopoint_text(value)
    if isinstance(value, tuple | list):
        points = [each for each in value if isinstance(each, GeoPoint)]
        if points:
            return "; ".join(geopoint_text(each) for each in points)
        return " ".join(str(each) for each in value)
    return _from_object(kind, value, zone)


def geopoint_text(point: GeoPoint) -> str:
    """Four numbers divided by blanks, as short as they can be."""
    return " ".join(number_text(part) for part in point)


def number_text(number: float) -> str:
    """The shortest plain text of a number: no exponent, no trailing ``.0``."""
    if number == int(number) and abs(number) < 1e15:
        return str(int(number))
    text = repr(number)
    return format(Decimal(text), "f") if "e" in text or "E" in text else text


def parse_date(text: str) -> date:
    """The day that a text begins with.

    Raises:
        ValueError: no day, or one that does not exist.
    """
    match = DATE.match(text)
    if match is None or (len(text) > match.end() and text[match.end()] != "T"):
        raise ValueError(text)
    return date(int(match[1]), int(match[2]), int(match[3]))


def parse_time(text: str) -> time:
    """The time of day, with its offset where the text gives one.

    Raises:
        ValueError: no time.
    """
    match = _TIME.match(text)
    if match is None:
        raise ValueError(text)
    fraction = (match[4] or "").ljust(6, "0")
    return time(int(match[1]), int(match[2]), int(match[3] or 0), int(fraction), tzinfo=_offset(match[5]))


def parse_date_time(text: str) -> datetime:
    """The moment, with its offset where the text gives one; a day alone is its midnight.

    Raises:
        ValueError: no moment.
    """
    day, mark, clock = text.partition("T")
    return datetime.combine(parse_date(day), parse_time(clock) if mark else time())


def _offset(text: str | None) -> tzinfo | None:
    if not text:
        return None

    if text == "Z":
        return UTC
    digits = text[1:].replace(":", "").ljust(4, "0")
    shift = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(-shift if text[0] == "-" else shift)


def _read_points(text: str) -> tuple[GeoPoint, ...]:
    points = tuple(_read_point(part) for part in text.split(";") if part.strip())
    if len(points) < 2:
        raise ValueError(text)
    return points


def _read_point(text: str) -> GeoPoint:
    numbers = [float(part) for part in text.replace(",", " ").split()]
    if not 2 <= len(numbers) <= 4 or not all(math.isfinite(number) for number in numbers):
        raise ValueError(text)
    if abs(numbers[0]) > 90 or abs(numbers[1]) > 180:
        raise ValueError(text)
    return GeoPoint(*numbers)


def _read_boolean(text: str) -> bool:
    if text in {"true", "1"}:
        return True
    if text in {"false", "0"}:
        return False
    raise ValueError(text)


def _read_decimal(text: str) -> Decimal:
    if not NUMBER.match(text):
        raise ValueError(text)
    return Decimal(text)


def _read_text(text: str) -> str:
    return text


_READERS: dict[str, Callable[[str], TypedValue]] = {
    "string": _read_text,
    "int": int,
    "decimal": _read_decimal,
    "boolean": _read_boolean,
    "date": parse_date,
    "time": parse_time,
    "dateTime": parse_date_time,
    "geopoint": _read_point,
    "geotrace": _read_points,
    "geoshape": _read_points,
}


def _from_text(kind: str, text: str) -> str:
    if kind == "string":
        return text
    text = text.strip()
    if not text:
        return ""
    if kind == "int":
        if text.isdecimal():
            return _whole(int(text))
        if not NUMBER.match(text):
            raise ValueError(text)
        return _whole(int(Decimal(text)))
    if kind == "date":
        return parse_date(text).isoformat()
    if kind in _STRICT and not _STRICT[kind].match(text):
        raise ValueError(text)
    _READERS[kind](text)
    return text


def _whole(number: int) -> str:
    """A whole number in the range that records allow (ODK: 32 bits with a sign)."""
    if not -(2**31) <= number < 2**31:
        raise ValueError(number)
    return str(number)


def _from_object(kind: str, value: bool | float | Decimal | date | time | datetime, zone: tzinfo) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float | Decimal):
        if isinstance(value, float) and not math.isfinite(value):
            raise ValueError(value)
        if kind == "int":
            return _whole(int(value))
        if kind not in {"int", "decimal", "string"}:
            raise ValueError(value)
        if isinstance(value, Decimal):
            return format(value, "f")
        return number_text(float(value))
    if isinstance(value, datetime):
        if kind == "date":
            return value.date().isoformat()
        return moment_text(value if value.tzinfo is not None else value.replace(tzinfo=zone))
    if kind in {"int", "decimal", "boolean"}:
        raise ValueError(value)
    if isinstance(value, date):
        if kind == "dateTime":
            return moment_text(datetime.combine(value, time(), tzinfo=zone))
        return value.isoformat()
    return clock_text(value)


def moment_text(moment: datetime) -> str:
    """A moment as records store it: milliseconds and an offset."""
    text = moment.isoformat(timespec="milliseconds")
    return text.replace("+00:00", "Z") if text.endswith("+00:00") else text


def clock_text(value: time) -> str:
    """A time of day as records store it: milliseconds, and the offset where there is one."""
    return value.isoformat(timespec="milliseconds")
