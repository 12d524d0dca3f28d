"""Dates and times as people type them; years always have four digits."""

import re
from datetime import date, time

from roadmapdesk.desktop.interview.controls.numbers import Typed
from roadmapdesk.i18n import Language
from roadmapdesk.i18n import gettext as _

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_DAY_FIRST = re.compile(r"(\d{1,2})[./-]\s*(\d{1,2})[./-]\s*(\d{1,4})")
_DAY_WORD = re.compile(r"(\d{1,2})\.?\s*([^\W\d]{3,9})\.?\s*(\d{1,4})")
_COMPACT = re.compile(r"(\d{2})(\d{2})(\d{4})")
_MONTH_YEAR = re.compile(r"(\d{1,2})[./\s-]\s*(\d{1,4})|(\d{4})-(\d{1,2})|([^\W\d]{3,9})\.?\s*(\d{1,4})")
_TIME = re.compile(
    r"(\d{1,2})(?:[:.h]\s*(\d{2})|\s*(?=uhr|[ap]\.?m))?(?:[:.](\d{2})(?:\.\d+)?)?\s*(uhr|[ap]\.?m\.?)?", re.I
)
_COMPACT_TIME = re.compile(r"(\d{1,2})(\d{2})")
_MONTHS = (
    ("jan", "jän"), ("feb",), ("mar", "mär", "mae", "mrz"), ("apr",), ("may", "mai"), ("jun",),
    ("jul",), ("aug",), ("sep",), ("oct", "okt"), ("nov",), ("dec", "dez"),
)  # fmt: skip


def read_date(typed: str, language: Language) -> Typed:
    """The date as stored (``2026-03-12``).

    Understood: day first with points, slashes or dashes, the ISO form, a month as a word in either language, and
    eight digits. A year of two digits is asked back, because it is the commonest way to store a wrong century.
    """
    text = typed.strip()
    if not text:
        return Typed()
    parts = _date_parts(text)
    example = language.date(date(2026, 3, 12))
    if parts is None:
        return Typed(problem=_("This is not a date. Valid is for example {example}.").format(example=example))
    year, month, day = parts
    if len(year) < 4:
        return Typed(
            problem=_("Please type the year with four digits, for example {example}.").format(example=example)
        )
    return _checked(int(year), month, day)


def read_month(typed: str, language: Language) -> Typed:
    """The first day of a typed month (``3/2026`` is ``2026-03-01``)."""
    text = typed.strip()
    if not text:
        return Typed()
    match = _MONTH_YEAR.fullmatch(text)
    month = 0
    year = ""
    if match:
        if match.group(1):
            month, year = int(match.group(1)), match.group(2)
        elif match.group(3):
            month, year = int(match.group(4)), match.group(3)
        else:
            month, year = _month_number(match.group(5)), match.group(6)
    example = show_month("2026-03-01", language)
    if not 1 <= month <= 12 or len(year) < 4:
        return Typed(
            problem=_("This is not a month and a year. Valid is for example {example}.").format(example=example)
        )
    return _checked(int(year), month, 1)


def read_year(typed: str, language: Language) -> Typed:  # noqa: ARG001 — one signature for all date readers
    """The first day of a typed year (``2026`` is ``2026-01-01``)."""
    text = typed.strip()
    if not text:
        return Typed()
    if not (len(text) == 4 and text.isascii() and text.isdigit() and int(text)):
        return Typed(problem=_("Please type a year with four digits, for example 2026."))
    return Typed(stored=f"{text}-01-01")


def read_time(typed: str, language: Language) -> Typed:  # noqa: ARG001 — one signature for all date readers
    """The time of day as ``14:30:00``; understood are 14:30, 1430, 14.30 Uhr, 2:30 pm and 14 Uhr."""
    text = typed.strip()
    if not text:
        return Typed()
    hour = minute = second = -1
    match = _TIME.fullmatch(text)
    if match and (match.group(2) or match.group(4)):
        hour, minute, second = int(match.group(1)), int(match.group(2) or 0), int(match.group(3) or 0)
        half = (match.group(4) or "").lower()[:1]
        if half in {"a", "p"}:
            hour = hour % 12 + (12 if half == "p" else 0) if 1 <= hour <= 12 else -1
    elif _COMPACT_TIME.fullmatch(text) and len(text) >= 3:
        hour, minute, second = int(text[:-2]), int(text[-2:]), 0
    if not (0 <= hour <= 23 and 0 <= minute <= 59 and 0 <= second <= 59):
        return Typed(problem=_("This is not a time of day. Valid is for example {example}.").format(example="14:30"))
    return Typed(stored=time(hour, minute, second).isoformat())


def show_date(stored: str, language: Language) -> str:
    """The stored date for the line: ``12.03.2026`` or ``12 Mar 2026``; other texts come back unchanged."""
    try:
        return language.date(date.fromisoformat(stored[:10]))
    except ValueError:
        return stored


def show_month(stored: str, language: Language) -> str:
    """The stored date as month and year: ``03.2026`` or ``Mar 2026``."""
    shown = show_date(stored, language)
    return shown.split(".", 1)[1] if "." in shown else shown.split(" ", 1)[-1]


def show_year(stored: str, language: Language) -> str:  # noqa: ARG001 — one signature for all date writers
    """The year of the stored date."""
    return stored[:4]


def show_time(stored: str, language: Language) -> str:  # noqa: ARG001 — one signature for all date writers
    """The stored time to the minute, or to the second where seconds are stored."""
    text = stored.rsplit("T", maxsplit=1)[-1][:8]
    return text[:5] if text[5:] in {"", ":00"} else text


def _date_parts(text: str) -> tuple[str, int, int] | None:
    """Year as typed, month and day."""
    iso = _ISO.fullmatch(text)
    if iso:
        return iso.group(1), int(iso.group(2)), int(iso.group(3))
    day_first = _DAY_FIRST.fullmatch(text) or _COMPACT.fullmatch(text)
    if day_first:
        return day_first.group(3), int(day_first.group(2)), int(day_first.group(1))
    worded = _DAY_WORD.fullmatch(text)
    if worded and _month_number(worded.group(2)):
        return worded.group(3), _month_number(worded.group(2)), int(worded.group(1))
    return None


def _month_number(word: str) -> int:
    start = word.lower()[:3]
    return next((number for number, starts in enumerate(_MONTHS, start=1) if start in starts), 0)


def _checked(year: int, month: int, day: int) -> Typed:
    try:
        return Typed(stored=date(year, month, day).isoformat())
    except ValueError:
        return Typed(problem=_("This day does not exist in the calendar. Please check day, month and year."))
