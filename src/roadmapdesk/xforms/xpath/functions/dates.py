"""Date and time functions (ODK XForms specification, "Date functions")."""

from collections.abc import Callable
from datetime import datetime

from roadmapdesk.xforms.xpath.context import Context
from roadmapdesk.xforms.xpath.errors import BAD_ARGUMENT, IMPOSSIBLE_DATE, XPathError
from roadmapdesk.xforms.xpath.functions.registry import function
from roadmapdesk.xforms.xpath.moments import (
    INVALID,
    INVALID_NUMBER,
    Moment,
    date_moment,
    date_time_moment,
    fraction_of_day,
    from_days,
    looks_like_date,
    parse_moment,
    parse_time_of_day,
)
from roadmapdesk.xforms.xpath.values import NAN, Value, plain_number, string

_MONTHS = {
    "de": ("Jan", "Feb", "Mär", "Apr", "Mai", "Jun", "Jul", "Aug", "Sep", "Okt", "Nov", "Dez"),
    "fr": ("janv", "févr", "mars", "avr", "mai", "juin", "juil", "août", "sept", "oct", "nov", "déc"),
    "es": ("ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sept", "oct", "nov", "dic"),
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
}
_WEEKDAYS = {
    "de": ("Mo", "Di", "Mi", "Do", "Fr", "Sa", "So"),
    "fr": ("lun", "mar", "mer", "jeu", "ven", "sam", "dim"),
    "es": ("lun", "mar", "mié", "jue", "vie", "sáb", "dom"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}


@function("today", takes="", gives="any", context=True)
def _today(context: Context) -> Moment:
    """The day of the clock, without a time (ODK XForms, ``today``)."""
    host = context.host
    return date_moment(host.now().date(), host.zone(), host.date_rules)


@function("now", takes="", gives="any", context=True)
def _now(context: Context) -> Moment:
    """The moment of the clock (ODK XForms, ``now``)."""
    return date_time_moment(context.host.now(), context.host.zone())


@function("date", takes="v", gives="any", context=True)
def _date(context: Context, value: Value) -> Moment:
    """The date of a text, a number of days or a date-time (ODK XForms, ``date``)."""
    moment = _moment(value, context, "date", keep_time=False)
    if moment.is_date or moment.local is None or context.host.date_rules.instants:
        return moment
    return date_moment(moment.local.date(), context.host.zone(), context.host.date_rules)


@function("date-time", takes="v", gives="any", context=True)
def _date_time(context: Context, value: Value) -> Moment:
    """The date-time of a text or a number of days; a text without a time stays a date (ODK XForms, ``date-time``)."""
    return _moment(value, context, "date-time", keep_time=True)


def _moment(value: Value, context: Context, name: str, *, keep_time: bool) -> Moment:
    if isinstance(value, Moment):
        return value
    host = context.host
    if isinstance(value, bool) and host.date_rules.instants:
        return INVALID
    number = float(value) if isinstance(value, (bool, float)) else None
    if number is None:
        text = string(value, context)
        moment = parse_moment(text, host.zone(), host.date_rules)
        if moment is not None:
            return moment
        number = plain_number(text)
        if number is None:
            if host.date_rules.strict and looks_like_date(text.strip()):
                raise XPathError(IMPOSSIBLE_DATE, function=name)
            return INVALID_NUMBER if text and host.date_rules.instants else INVALID
    if number != number:  # noqa: PLR0124 — NaN test
        return INVALID_NUMBER if host.date_rules.instants else INVALID
    return from_days(number, host.zone(), host.date_rules, keep_time=keep_time)


@function("decimal-date-time", takes="v", gives="number", context=True)
def _decimal_date_time(context: Context, value: Value) -> float:
    """Days since 1970-01-01T00:00Z with the fraction of the day (ODK XForms, ``decimal-date-time``)."""
    if isinstance(value, (bool, float)):
        return float(value)
    if isinstance(value, Moment):
        return value.instant_number
    text = string(value, context)
    moment = parse_moment(text, context.host.zone(), context.host.date_rules)
    if moment is not None:
        return moment.instant_number
    number = plain_number(text)
    return NAN if number is None else number


@function("decimal-time", takes="v", gives="number", context=True)
def _decimal_time(context: Context, value: Value) -> float:
    """The fraction of the day that a time or a date-time writes, 0..1 (ODK XForms, ``decimal-time``)."""
    host = context.host
    if isinstance(value, Moment):
        return NAN if value.local is None else fraction_of_day(value.local)
    text = string(value, context)
    moment = parse_moment(text, host.zone(), host.date_rules)
    if moment is not None and moment.local is not None and not moment.is_date:
        return fraction_of_day(moment.local)
    return parse_time_of_day(text, host.zone(), host.now())


@function("format-date", takes="vs", gives="string", context=True)
def _format_date(context: Context, value: Value, pattern: str) -> str:
    """The date written by a pattern of ``%Y %y %m %n %b %d %e %a %W`` (ODK XForms, ``format-date``)."""
    return _formatted(context, value, pattern, "format-date")


@function("format-date-time", takes="vs", gives="string", context=True)
def _format_date_time(context: Context, value: Value, pattern: str) -> str:
    """As ``format-date`` with ``%H %h %M %S %3`` for the time of day (ODK XForms, ``format-date-time``)."""
    return _formatted(context, value, pattern, "format-date-time")


def _formatted(context: Context, value: Value, pattern: str, name: str) -> str:
    if not isinstance(value, (Moment, float)) and not string(value, context):
        return ""
    local = _moment(value, context, name, keep_time=True).local
    if local is None:
        return ""
    language = context.host.language[:2].lower()
    parts: list[str] = []
    index = 0
    while index < len(pattern):
        character = pattern[index]
        index += 1
        if character != "%":
            parts.append(character)
            continue
        code = pattern[index : index + 1]
        index += 1
        write = _CODES.get(code)
        if write is None:
            raise XPathError(BAD_ARGUMENT, function=name, position=2, reason=f"%{code}")
        parts.append(write(local, language))
    return "".join(parts)


def _month_name(local: datetime, language: str) -> str:
    return _MONTHS.get(language, _MONTHS["en"])[local.month - 1]


def _weekday_name(local: datetime, language: str) -> str:
    return _WEEKDAYS.get(language, _WEEKDAYS["en"])[local.weekday()]


_CODES: dict[str, Callable[[datetime, str], str]] = {
    "%": lambda _local, _language: "%",
    "Y": lambda local, _language: f"{local.year:04d}",
    "y": lambda local, _language: f"{local.year % 100:02d}",
    "m": lambda local, _language: f"{local.month:02d}",
    "n": lambda local, _language: str(local.month),
    "b": _month_name,
    "d": lambda local, _language: f"{local.day:02d}",
    "e": lambda local, _language: str(local.day),
    "a": _weekday_name,
    "W": lambda local, _language: str(local.isocalendar().week),
    "H": lambda local, _language: f"{local.hour:02d}",
    "h": lambda local, _language: str(local.hour),
    "M": lambda local, _language: f"{local.minute:02d}",
    "S": lambda local, _language: f"{local.second:02d}",
    "3": lambda local, _language: f"{local.microsecond // 1000:03d}",
}
