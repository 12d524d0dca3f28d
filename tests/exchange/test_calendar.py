"""Calendar files, read back by a small reader written after RFC 5545 and knowing nothing of the writer."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmapdesk.exchange.calendar import CalendarEntry, write_calendar

_START = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)


def read(content: bytes) -> list[dict[str, list[str]]]:
    """One mapping property → values per event; alarms are kept as their triggers under ``TRIGGER``."""
    assert content.endswith(b"\r\n")
    raw = content[:-2].split(b"\r\n")
    assert all(len(line) <= 75 for line in raw)
    assert not any(b"\r" in line or b"\n" in line for line in raw)
    lines: list[str] = []
    for piece in (line.decode("utf-8") for line in raw):
        if piece.startswith(" "):
            lines[-1] += piece[1:]
        else:
            lines.append(piece)
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-1] == "END:VCALENDAR"
    events: list[dict[str, list[str]]] = []
    depth: list[str] = []
    for line in lines:
        name, colon, value = line.partition(":")
        assert colon, line
        if name == "BEGIN":
            depth.append(value)
            if value == "VEVENT":
                events.append({})
        elif name == "END":
            assert depth.pop() == value
        elif depth[-1] == "VEVENT" or name == "TRIGGER":
            events[-1].setdefault(name, []).append(_plain(value))
    assert not depth
    return events


def _plain(value: str) -> str:
    text, signs = "", iter(value)
    for sign in signs:
        if sign == "\\":
            following = next(signs)
            assert following in "\\;,nN"
            text += "\n" if following in "nN" else following
        else:
            assert sign not in ",;"
            text += sign
    return text


def entry(**changes: object) -> CalendarEntry:
    values: dict[str, object] = {
        "uid": "a1@roadmapdesk",
        "starts": _START,
        "minutes": 60,
        "title": "Interview: Klinikum",
        "place": "",
        "description": "",
        "changed": _START,
    }
    return CalendarEntry(**(values | changes))  # type: ignore[arg-type]  # — values by name


@given(text=st.text(max_size=300), place=st.text(alphabet="äß, ;\\\n\r\x00\x07€𝄞x", max_size=200))
def test_any_text_comes_back_whole_but_for_control_characters(text: str, place: str) -> None:
    (event,) = read(write_calendar([entry(title=text, place=place)], name="Studie", product="Test"))
    expected = "".join(sign for sign in "\n".join(text.splitlines()) if sign == "\n" or sign.isprintable())
    assert event["SUMMARY"] == [expected]
    assert "\x00" not in "".join(event.get("LOCATION", []))


def test_moments_are_in_utc_whatever_zone_they_came_in() -> None:
    berlin = datetime.fromisoformat("2026-12-01T10:00:00+01:00")
    (event,) = read(write_calendar([entry(starts=berlin, minutes=75)], name="", product="Test"))
    assert event["DTSTART"] == ["20261201T090000Z"]
    assert event["DTEND"] == ["20261201T101500Z"]


def test_reminders_belong_to_living_appointments_only() -> None:
    before = (timedelta(days=1), timedelta(hours=1))
    living = entry(reminders=before)
    gone = entry(uid="b2@roadmapdesk", is_cancelled=True, sequence=3, reminders=before)
    first, second = read(write_calendar([living, gone], name="", product="Test"))
    assert first["TRIGGER"] == ["-PT1440M", "-PT60M"]
    assert first["STATUS"] == ["CONFIRMED"]
    assert "TRIGGER" not in second
    assert (second["STATUS"], second["SEQUENCE"]) == (["CANCELLED"], ["3"])


@pytest.mark.parametrize("order", [1, -1])
def test_equal_plans_give_equal_files_in_whatever_order(order: int) -> None:
    entries = [entry(), entry(uid="b2@roadmapdesk", starts=_START + timedelta(days=1))]
    whole = write_calendar(entries, name="Studie", product="Test")
    assert write_calendar(entries[::order], name="Studie", product="Test") == whole
