"""Fits texts that no person has entered to the type of their field: results of calculations, and a form's defaults.

Source: ODK XForms specification, "Data Types"; where it leaves something open, as JavaRosa does.
"""

from __future__ import annotations

import math
import re
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from decimal import Decimal

from roadmapdesk.xforms.codecs import DATE, NUMBER, GeoPoint, geopoint_text, moment_text, parse_date, read, write

_INTEGER = re.compile(r"[+-]?\d+\Z")
_TRUTHS = {"true": "1", "false": "0"}
_PLACES = frozenset({"geopoint", "geotrace", "geoshape"})
_REWRITTEN = frozenset({"int", "date"})
_EPOCH = date(1970, 1, 1)


def convert(kind: str, text: str, zone: tzinfo) -> str:
    """A calculated result, fitted to the type: whole numbers for ``int``, days for ``date``, 1 for truth."""
    if not text or text == "NaN":
        return ""
    if kind == "string":
        return text
    if kind in ("int", "decimal") and text in _TRUTHS:
        return _TRUTHS[text]
    if kind == "int":
        if _INTEGER.match(text):
            return text
        number = _number(text)
        return text if number is None else ("" if not math.isfinite(number) else str(int(number)))
    if kind == "decimal":
        return text
    if kind == "date":
        return _as_date(text)
    if kind == "dateTime":
        return _as_date_time(text, zone)
    if kind == "time" and "T" in text:
        return text.partition("T")[2]
    return _as_places(kind, text) if kind in _PLACES else text


def default_text(kind: str, text: str, zone: tzinfo) -> str:
    """A default that a form gives, written as both reference engines write it when they load the form.

    A text that is no value of the type stays as it is, and shows as such.
    """
    if kind in _REWRITTEN:
        try:
            return write(kind, text, zone)
        except ValueError:
            pass
    if kind == "decimal" and NUMBER.match(text.strip()):
        return format(Decimal(text.strip()).normalize(), "f")
    return convert(kind, text, zone)


def _number(text: str) -> float | None:
    if text in {"NaN", "Infinity", "-Infinity"}:
        return float(text.replace("Infinity", "inf"))
    return float(text) if NUMBER.match(text) else None


def _as_date(text: str) -> str:
    if DATE.match(text):
        return text[:10] if "T" in text else text
    number = _number(text)
    if number is None:
        return text
    try:
        return "" if not math.isfinite(number) else (_EPOCH + timedelta(days=math.floor(number))).isoformat()
    except OverflowError:
        return ""


def _as_date_time(text: str, zone: tzinfo) -> str:
    if "T" in text:
        return text
    try:
        if DATE.match(text):
            return moment_text(datetime.combine(parse_date(text), time(), tzinfo=zone))
        number = _number(text)
        if number is None or not math.isfinite(number):
            return "" if number is not None else text
        moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(days=number)
        return moment_text(moment.astimezone(zone))
    except (ValueError, OverflowError):
        return text


def _as_places(kind: str, text: str) -> str:
    """Points with four numbers each; a text that names no places stays as it is."""
    found = read(kind, text)
    points = (found,) if isinstance(found, GeoPoint) else found
    if not isinstance(points, tuple):
        return text
    return "; ".join(geopoint_text(point) for point in points if isinstance(point, GeoPoint))
