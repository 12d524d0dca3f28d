"""Coordinates as people type and paste them: pairs, lists of pairs, degrees with minutes, either decimal sign."""

import re
from dataclasses import dataclass

from roadmapdesk.desktop.interview.controls.line import clean_typed
from roadmapdesk.desktop.interview.controls.numbers import read_decimal
from roadmapdesk.i18n import MINUS, Language, current_language
from roadmapdesk.i18n import gettext as _

MOST_POINTS = 2_000
LONGEST_LIST = 1_000_000
Fields = tuple[str, str, str, str]

_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?")
_POINTED = re.compile(r"[+-]?\d+\.\d+")
_ANGLE = re.compile(
    r"([NSEWO])?\s*(\d{1,3}(?:[.,]\d+)?)\s*°\s*(?:(\d{1,2}(?:[.,]\d+)?)\s*['′’]\s*)?"
    r"(?:(\d{1,2}(?:[.,]\d+)?)\s*(?:[\"″”]|'')\s*)?([NSEWO])?",
    re.I,
)


@dataclass(frozen=True, slots=True)
class PointList:
    """What a pasted text holds.

    Attributes:
        points: latitude, longitude, altitude and accuracy as stored; what is missing is empty.
        problem: one sentence where the text is no list of points; nothing of it is taken then.
    """

    points: tuple[Fields, ...] = ()
    problem: str = ""


def split_point(text: str) -> Fields | None:
    """One point of a text such as ``51.05, 13.74``, ``51,05 13,74`` or ``51°3'N 13°44'24"E``; None where it is none.

    ``51,05`` is one number with a decimal comma and no pair.
    """
    text = text.strip().strip(";,").replace(MINUS, "-")
    if "°" in text:
        return _from_angles(text)
    tokens = [token.strip(",") for token in re.split(r"[;\s]+", text)]
    if len(tokens) == 1:
        tokens = text.split(",")
        if not all(_POINTED.fullmatch(token) for token in tokens):
            return None
    if not 2 <= len(tokens) <= 4 or not all(_NUMBER.fullmatch(token) for token in tokens):
        return None
    latitude, longitude, altitude, accuracy = [*(token.replace(",", ".") for token in tokens), "", ""][:4]
    return latitude, longitude, altitude, accuracy


def _from_angles(text: str) -> Fields | None:
    found = [match.groups() for match in _ANGLE.finditer(text)]
    rest = _ANGLE.sub("", text).strip(" ,;")
    if len(found) != 2 or rest:
        return None
    values = {"lat": "", "lon": ""}
    for usual, (before, degrees, minutes, seconds, after) in zip(("lat", "lon"), found, strict=True):
        side = (before or after or "").upper()
        axis = {"N": "lat", "S": "lat"}.get(side, "lon" if side else usual)
        parts = [float((part or "0").replace(",", ".")) for part in (degrees, minutes, seconds)]
        degree = parts[0] + parts[1] / 60 + parts[2] / 3600
        values[axis] = f"{'-' if side in {'S', 'W'} else ''}{degree:.7f}".rstrip("0").rstrip(".")
    return (values["lat"], values["lon"], "", "") if all(values.values()) else None


def read_points(text: str) -> PointList:
    """The points of a pasted text: one on each line, or divided by semicolons as forms store them.

    A first line without digits is taken as a heading and passed over.
    """
    if len(text) > LONGEST_LIST:
        return PointList(problem=_("The pasted text is too long for a list of points. Nothing was taken over."))
    lines = [line for line in clean_typed(text, keeps_lines=True).split("\n") if line.strip()]
    if len(lines) == 1 and ";" in lines[0] and split_point(lines[0]) is None:
        lines = [part for part in lines[0].split(";") if part.strip()]
    if len(lines) > 1 and not any(character.isdigit() for character in lines[0]):
        lines = lines[1:]
    if len(lines) > MOST_POINTS:
        sentence = _("The pasted text has {count} points; at most {limit} are taken. Nothing was taken over.")
        language = current_language()
        return PointList(
            problem=sentence.format(count=language.number(len(lines)), limit=language.number(MOST_POINTS))
        )
    points: list[Fields] = []
    for number, line in enumerate(lines, start=1):
        point = split_point(line)
        if point is None:
            sentence = _("Line {number} of the pasted text holds no latitude and longitude. Nothing was taken over.")
            return PointList(problem=sentence.format(number=number))
        points.append(point)
    if not points:
        return PointList(problem=_("The clipboard holds no coordinates."))
    return PointList(tuple(points))


def read_fields(typed: tuple[str, ...], language: Language) -> tuple[Fields, str]:
    """The stored fields of one point as typed, and what is wrong with them.

    All fields are empty where nothing was typed.
    """
    parts = [read_decimal(clean_typed(text), language) for text in typed]
    problem = next((part.problem for part in parts if part.problem), "")
    latitude, longitude, altitude, accuracy = (part.stored for part in parts)
    fields = (latitude, longitude, altitude, accuracy)
    if problem or not any(fields):
        return fields, problem
    if not latitude or not longitude:
        return fields, _("A point needs latitude and longitude.")
    if abs(float(latitude)) > 90 or abs(float(longitude)) > 180:
        return fields, _("Latitude is between −90 and 90, longitude between −180 and 180.")
    if accuracy.startswith("-"):
        return fields, _("The accuracy is a distance in metres and not below 0.")
    return fields, ""


def join_point(latitude: str, longitude: str, altitude: str, accuracy: str) -> str:
    """The stored point; missing altitude and accuracy are 0, as ODK writes them."""
    return f"{latitude} {longitude} {altitude or '0'} {accuracy or '0'}"


def split_stored(stored: str) -> tuple[Fields, ...]:
    """The points of a stored line or shape."""
    points = []
    for part in stored.split(";"):
        if part.strip():
            latitude, longitude, altitude, accuracy = [*part.replace(",", " ").split(), "", "", "", ""][:4]
            points.append((latitude, longitude, altitude, accuracy))
    return tuple(points)
