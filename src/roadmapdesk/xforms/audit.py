"""The audit log of one record: which questions were looked at, when and for how long, and what was changed.

A form asks for it with a question of the type ``audit``. The log is a CSV file that belongs to the record like a
photograph. It may hold answers, so it is as confidential as the record itself.

Source: ODK documentation, "Form audit log"; ODK XForms specification, "Client Audit Logs".
"""

from __future__ import annotations

import csv
import io
import time
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from roadmapdesk.xforms.definition.form import FormDefinition

AUDIT_FILE = "audit.csv"
_TRUE = "true"


class AuditEventName(StrEnum):
    """What can stand in the column ``event``."""

    FORM_START = "form start"
    FORM_RESUME = "form resume"
    FORM_SAVE = "form save"
    FORM_EXIT = "form exit"
    FORM_FINALIZE = "form finalize"
    QUESTION = "question"
    GROUP = "group questions"
    JUMP = "jump"
    ADD_REPEAT = "add repeat"
    DELETE_REPEAT = "delete repeat"
    END_SCREEN = "end screen"
    SAVE_ERROR = "save error"
    FINALIZE_ERROR = "finalize error"
    CONSTRAINT_ERROR = "constraint error"
    CHANGE_REASON = "change reason"
    LOCATION_ON = "location tracking enabled"
    LOCATION_OFF = "location tracking disabled"
    PROVIDERS_ON = "location providers enabled"
    PROVIDERS_OFF = "location providers disabled"
    PERMITTED = "location permissions granted"
    NOT_PERMITTED = "location permissions not granted"


INTERVALS = frozenset({
    AuditEventName.QUESTION, AuditEventName.GROUP, AuditEventName.ADD_REPEAT, AuditEventName.END_SCREEN,
    AuditEventName.JUMP,
})  # fmt: skip
"""Events that last until the next one begins; all others happen at one moment."""


@dataclass(frozen=True, slots=True)
class AuditSettings:
    """What a form asks its log to hold.

    Attributes:
        path: the field that names the log's file.
        tracks_location: events carry the place; the three values after it say how it is to be found.
        location_priority: such as ``balanced``.
        location_min_interval: seconds between two looks at the place, 0 where the form gives none.
        location_max_age: seconds for which a place counts, 0 where the form gives none.
        tracks_changes: events of questions carry old and new answers.
        asks_reasons: whoever changes a record that was finished has to give a reason.
        identifies_user: whoever fills the form has to give a name.
    """

    path: str
    tracks_location: bool = False
    location_priority: str = ""
    location_min_interval: int = 0
    location_max_age: int = 0
    tracks_changes: bool = False
    asks_reasons: bool = False
    identifies_user: bool = False

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of the log in their order."""
        return (
            "event", "node", "start", "end",
            *(("latitude", "longitude", "accuracy") if self.tracks_location else ()),
            *(("old-value", "new-value") if self.tracks_changes else ()),
            *(("user",) if self.identifies_user else ()),
            *(("change-reason",) if self.asks_reasons else ()),
        )  # fmt: skip


def audit_settings(definition: FormDefinition) -> AuditSettings | None:
    """What the form asks its log to hold, None where it asks for none."""
    for node in definition.model.nodes:
        if node.local == "audit" and node.parent is not None and node.parent.local == "meta":
            given = {} if node.bind is None else node.bind.get("extra", {})
            places = {"location-priority", "location-min-interval", "location-max-age"}
            return AuditSettings(
                node.path,
                tracks_location=places <= given.keys(),
                location_priority=given.get("location-priority", ""),
                location_min_interval=_seconds(given.get("location-min-interval", "")),
                location_max_age=_seconds(given.get("location-max-age", "")),
                tracks_changes=given.get("track-changes", "") == _TRUE,
                asks_reasons=given.get("track-changes-reasons", "") == "on-form-edit",
                identifies_user=given.get("identify-user", "") == _TRUE,
            )
    return None


@dataclass(frozen=True, slots=True)
class Place:
    """Where the device was.

    Attributes:
        accuracy: in metres.
    """

    latitude: float
    longitude: float
    accuracy: float


@dataclass(slots=True)
class AuditEntry:
    """One line of the log.

    Attributes:
        node: path of the question with the positions of its repeat instances, or empty.
        start: milliseconds since 1970 in UTC.
        end: likewise, None while the event lasts and for events without a duration.
    """

    event: AuditEventName
    node: str
    start: int
    end: int | None = None
    place: Place | None = None
    old: str = ""
    new: str = ""
    user: str = ""
    reason: str = ""


def steady_clock(
    wall: Callable[[], float] = time.time, elapsed: Callable[[], float] = time.monotonic
) -> Callable[[], int]:
    """Milliseconds since 1970: asks the device once; what follows is elapsed time, which nobody can set."""
    begin = wall() - elapsed()
    return lambda: int((begin + elapsed()) * 1000)


class AuditLog:
    """The log of one record.

    Args:
        settings: what the form asks for.
        clock: milliseconds since 1970; by default the device's time at the beginning, and elapsed time from then on.
        user: who fills the form.
        place: tells where the device is now, None while that is not known; left out on a device that never knows.
        earlier: the log as far as it was written before.
    """

    def __init__(
        self, settings: AuditSettings, *, clock: Callable[[], int] | None = None, user: str = "",
        place: Callable[[], Place | None] | None = None, earlier: bytes = b"",
    ) -> None:  # fmt: skip
        self.settings = settings
        self.user = user
        self._clock = clock or steady_clock()
        self._place = place
        self._earlier = _lines(earlier, settings.columns)
        self._entries: list[AuditEntry] = []
        self._open: AuditEntry | None = None

    def begin(self, *, is_new: bool) -> None:
        """Logs that a person begins to fill a form, or goes on, and whether places are known where the form asks."""
        self.add(AuditEventName.FORM_START if is_new else AuditEventName.FORM_RESUME)
        if self.settings.tracks_location:
            self.add(AuditEventName.PROVIDERS_OFF if self._place is None else AuditEventName.LOCATION_ON)

    @property
    def entries(self) -> tuple[AuditEntry, ...]:
        """What was logged since the log was opened, the event that still lasts included."""
        return tuple(self._entries)

    def add(self, event: AuditEventName, node: str = "", *, value: str = "", reason: str = "") -> None:
        """Logs an event; one that lasts ends with the next one.

        Args:
            event: what happens.
            node: path of the question, group or repeat.
            value: its stored text at this moment.
            reason: why a finished record is changed.
        """
        self.end()
        if event is AuditEventName.CHANGE_REASON and not self.settings.asks_reasons:
            return
        place = self._place() if self._place is not None and self.settings.tracks_location else None
        entry = AuditEntry(event, node, self._clock(), place=place, old=value, user=self.user, reason=reason)
        self._entries.append(entry)
        if event in INTERVALS:
            self._open = entry

    def end(self, value: str | None = None) -> None:
        """Ends the event that lasts.

        Args:
            value: the question's stored text now; None where it did not change.
        """
        entry = self._open
        if entry is None:
            return
        self._open = None
        entry.end = self._clock()
        entry.new = entry.old if value is None else value

    def to_csv(self) -> bytes:
        """The log as the file that belongs to the record."""
        header = ",".join(self.settings.columns)
        lines = [header, *self._earlier, *(self._line(entry) for entry in self._entries)]
        return ("\n".join(lines) + "\n").encode("utf-8")

    def _line(self, entry: AuditEntry) -> str:
        place = entry.place
        is_changed = entry.end is not None and entry.old != entry.new
        cells = {
            "event": entry.event.value,
            "node": entry.node,
            "start": str(entry.start),
            "end": "" if entry.end is None else str(entry.end),
            "latitude": "" if place is None else repr(place.latitude),
            "longitude": "" if place is None else repr(place.longitude),
            "accuracy": "" if place is None else repr(place.accuracy),
            "old-value": entry.old if is_changed else "",
            "new-value": entry.new if is_changed else "",
            "user": entry.user,
            "change-reason": entry.reason,
        }
        return ",".join(_cell(cells[column]) for column in self.settings.columns)


def _cell(text: str) -> str:
    """A cell as the specification writes it: quoted only where a comma or a line break stands in it."""
    if not any(sign in text for sign in ",\n\r"):
        return text
    return '"' + text.replace('"', '""') + '"'


def _lines(content: bytes, columns: Sequence[str]) -> list[str]:
    """The lines of an earlier log without its header, brought to the columns that the form asks for now."""
    text = content.decode("utf-8", errors="replace")
    header, _end, rest = text.partition("\n")
    if not rest.strip():
        return []
    given = header.split(",")
    if given == list(columns):
        return [rest.rstrip("\n")]
    rows = csv.reader(io.StringIO(rest, newline=""))
    found = []
    for row in rows:
        cells = dict(zip(given, row, strict=False))
        found.append(",".join(_cell(cells.get(column, "")) for column in columns))
    return found


def _seconds(text: str) -> int:
    return int(text) if text.isdigit() else 0
