"""Dates and date-times as values: read from text, compared, counted in days, written as ISO text.

A `Moment` knows its number of days since 1970-01-01 and its text. Two rules exist for a plain date as a number:
`CALENDAR` (whole days, no time zone), which forms are run with, and `INSTANTS` (the moment when the day begins
in the zone of the clock, as the two web engines count), with which their recorded expressions are compared.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from functools import lru_cache

EPOCH = date(1970, 1, 1)
_EPOCH_MOMENT = datetime(1970, 1, 1, tzinfo=UTC)
_DAY_S = 86_400
_LAST_MINUTE = 59
_NAN = float("nan")

_DATE = re.compile(r"(-?\d{4})-(\d{1,2})-(\d{1,2})$")
_DATE_TIME = re.compile(
    r"(\d{4})-(\d{1,2})-(\d{1,2})[T ](\d{1,2}):(\d{2})(?::(\d{2})(\.\d+)?)?(Z|[+-]\d{2}(?::?\d{2})?)?$"
)
_TIME = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2})(\.\d+)?)?(Z|[+-]\d{2}(?::?\d{2})?)?$")


@dataclass(frozen=True, slots=True)
class DateRules:
    """How plain dates behave.

    Attributes:
        instants: a date as a number is the instant when the day begins in the clock's zone, and ``date()`` keeps
            a time of day; False: whole days, and ``date()`` drops it.
        strict: a date that does not exist is an error; False: an empty value.
    """

    instants: bool
    strict: bool


CALENDAR = DateRules(instants=False, strict=False)
INSTANTS = DateRules(instants=True, strict=True)


class Moment:
    """A date or a date-time.

    Attributes:
        number: days since 1970-01-01, with the fraction of the day for date-times; NaN for an invalid date.
        text: ISO text; a date without a time, a date-time with milliseconds and offset.
        local: wall clock time in the zone of the clock, None for an invalid date.
        is_date: no time of day belongs to it.
    """

    __slots__ = ("is_date", "local", "number", "text")

    def __init__(self, number: float, text: str, local: datetime | None, *, is_date: bool) -> None:
        self.number = number
        self.text = text
        self.local = local
        self.is_date = is_date

    @property
    def instant_number(self) -> float:
        """Days since 1970-01-01T00:00Z until this instant; a date begins at midnight of its zone."""
        return _NAN if self.local is None else days_of(self.local)

    def __repr__(self) -> str:
        return f"Moment({self.text!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Moment) and self.number == other.number

    def __hash__(self) -> int:
        return hash(self.number)


INVALID = Moment(_NAN, "", None, is_date=True)
INVALID_NUMBER = Moment(_NAN, "Invalid Date", None, is_date=True)


def days_of(moment: datetime) -> float:
    """Days since 1970-01-01T00:00Z of an aware date-time."""
    return (moment - _EPOCH_MOMENT) / timedelta(days=1)


@lru_cache(maxsize=4096)
def date_moment(day: date, zone: tzinfo, rules: DateRules) -> Moment:
    """The value of a calendar day."""
    local = datetime(day.year, day.month, day.day, tzinfo=zone)
    number = days_of(local) if rules.instants else float((day - EPOCH).days)
    return Moment(number, day.isoformat(), local, is_date=True)


def date_time_moment(moment: datetime, zone: tzinfo) -> Moment:
    """The value of an instant, written in the zone of the clock with milliseconds."""
    local = moment.astimezone(zone)
    return Moment(days_of(local), local.isoformat(timespec="milliseconds"), local, is_date=False)


def from_days(number: float, zone: tzinfo, rules: DateRules, *, keep_time: bool) -> Moment:
    """The date or date-time that lies this many days after 1970-01-01.

    With `keep_time` a number with a fraction is an instant, and is written as a date where it is midnight of the
    zone; a whole number is that day.
    """
    try:
        if rules.instants or (keep_time and number != number // 1):
            local = (_EPOCH_MOMENT + timedelta(milliseconds=round(number * _DAY_S * 1000))).astimezone(zone)
            if local.time() == datetime.min.time():
                return date_moment(local.date(), zone, rules)
            return date_time_moment(local, zone)
        return date_moment(EPOCH + timedelta(days=int(number // 1)), zone, rules)
    except (OverflowError, ValueError):
        return INVALID_NUMBER if rules.instants else INVALID


def parse_offset(text: str | None, zone: tzinfo) -> tzinfo:
    """The zone of ``Z``, ``+02:00``, ``+0200`` or ``+02``; the clock's zone where there is none.

    Raises:
        ValueError: for hours or minutes that no clock shows.
    """
    if not text:
        return zone
    if text == "Z":
        return UTC
    digits = text[1:].replace(":", "")
    hours, minutes = int(digits[:2]), int(digits[2:] or 0)
    if minutes > _LAST_MINUTE:
        msg = f"no offset has {minutes} minutes"
        raise ValueError(msg)
    minutes += hours * 60
    return timezone(timedelta(minutes=-minutes if text[0] == "-" else minutes))


def looks_like_date(text: str) -> bool:
    """Whether a text has the shape of a date or a date-time, the digits not judged."""
    return _DATE.match(text) is not None or _DATE_TIME.match(text) is not None


@lru_cache(maxsize=4096)
def parse_moment(text: str, zone: tzinfo, rules: DateRules) -> Moment | None:
    """The date or date-time that a text writes, None for any other text and for days that do not exist."""
    text = text.strip()
    try:
        match = _DATE.match(text)
        if match is not None:
            return date_moment(date(int(match[1]), int(match[2]), int(match[3])), zone, rules)
        match = _DATE_TIME.match(text)
        if match is None:
            return None
        micro = round(float(match[7] or 0) * 1_000_000)
        moment = datetime(
            int(match[1]), int(match[2]), int(match[3]), int(match[4]), int(match[5]), int(match[6] or 0),
            min(micro, 999_999), tzinfo=parse_offset(match[8], zone),
        )  # fmt: skip
        return date_time_moment(moment, zone)
    except (ValueError, OverflowError):
        return None


def parse_time_of_day(text: str, zone: tzinfo, now: datetime) -> float:
    """The fraction of the local day (0..1) that a time writes, NaN for anything else.

    A time with an offset is brought to the zone of the clock, on the day of `now`.

    Source: ODK XForms specification, ``decimal-time(time)``.
    """
    match = _TIME.match(text.strip())
    if match is None:
        return _NAN
    try:
        moment = now.astimezone(zone).replace(
            hour=int(match[1]), minute=int(match[2]), second=int(match[3] or 0),
            microsecond=min(round(float(match[4] or 0) * 1_000_000), 999_999),
            tzinfo=parse_offset(match[5], zone),
        ).astimezone(zone)  # fmt: skip
    except (ValueError, OverflowError):
        return _NAN
    return fraction_of_day(moment)


def fraction_of_day(moment: datetime) -> float:
    """The part of the day that has passed, 0..1, to the millisecond."""
    milliseconds = ((moment.hour * 60 + moment.minute) * 60 + moment.second) * 1000 + moment.microsecond // 1000
    return milliseconds / (_DAY_S * 1000)
