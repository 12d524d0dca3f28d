"""Appointments as an iCalendar file (RFC 5545) that calendars take as often as they like.

UIDs stay the same and the sequence grows with each change, so that importing a newer file moves or cancels the entry
of an older one instead of adding a second.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

_LONGEST_LINE = 75
"""Octets of a line without its end (RFC 5545, 3.1)."""


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """One appointment.

    Attributes:
        uid: the same in every export.
        starts: aware moment.
        changed: aware moment of the last change; the file depends on nothing else, so equal plans give equal files.
        sequence: 0 for the first version, one more for each change.
        reminders: how long before the start a calendar reminds.
    """

    uid: str
    starts: datetime
    minutes: int
    title: str
    place: str
    description: str
    changed: datetime
    sequence: int = 0
    is_cancelled: bool = False
    reminders: tuple[timedelta, ...] = ()


def write_calendar(entries: Iterable[CalendarEntry], *, name: str, product: str) -> bytes:
    """The file.

    Args:
        entries: appointments in any order; they are written by start and UID.
        name: what a calendar program may call the collection.
        product: program and version.
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:-//{_text(product)}//EN", "CALSCALE:GREGORIAN"]
    lines += ["METHOD:PUBLISH", f"X-WR-CALNAME:{_text(name)}"]
    for entry in sorted(entries, key=lambda each: (each.starts, each.uid)):
        lines += _event(entry)
    lines.append("END:VCALENDAR")
    return "".join(_folded(line) for line in lines).encode("utf-8")


def _event(entry: CalendarEntry) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{_text(entry.uid)}"
    yield f"DTSTAMP:{_moment(entry.changed)}"
    yield f"LAST-MODIFIED:{_moment(entry.changed)}"
    yield f"SEQUENCE:{entry.sequence}"
    yield f"DTSTART:{_moment(entry.starts)}"
    yield f"DTEND:{_moment(entry.starts + timedelta(minutes=entry.minutes))}"
    yield f"SUMMARY:{_text(entry.title)}"
    if entry.place:
        yield f"LOCATION:{_text(entry.place)}"
    if entry.description:
        yield f"DESCRIPTION:{_text(entry.description)}"
    yield "CLASS:PRIVATE"
    yield "STATUS:CANCELLED" if entry.is_cancelled else "STATUS:CONFIRMED"
    for before in () if entry.is_cancelled else entry.reminders:
        yield "BEGIN:VALARM"
        yield "ACTION:DISPLAY"
        yield f"DESCRIPTION:{_text(entry.title)}"
        yield f"TRIGGER:-PT{int(before.total_seconds()) // 60}M"
        yield "END:VALARM"
    yield "END:VEVENT"


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _text(text: str) -> str:
    """The value with its special characters escaped (RFC 5545, 3.3.11); control characters are left out."""
    joined = "\n".join(text.splitlines())
    kept = "".join(sign for sign in joined if sign == "\n" or sign.isprintable())
    return kept.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _folded(line: str) -> str:
    """The line cut into pieces of at most 75 octets, never inside a character; ends with CR LF."""
    pieces: list[str] = []
    piece, used = "", 0
    for sign in line:
        width = len(sign.encode("utf-8"))
        if used + width > _LONGEST_LINE:
            pieces.append(piece)
            piece, used = " ", 1
        piece += sign
        used += width
    pieces.append(piece)
    return "\r\n".join(pieces) + "\r\n"
