"""The stops of a recording: how it names them, and which of ours comes next."""

import re

from comparing import plain_ref
from snapshot import Screen

ALL_STOPS = frozenset({"question", "group", "repeat", "prompt"})
BEGIN = Screen("begin", "")
END = Screen("end", "")
_LAST_POSITION = re.compile(r"\[\d+\]\Z")


def stop_of(event: str, ref: str) -> Screen:
    """A stop as the recordings name it: ``Prompt new Repeat``, ``END_OF_FORM``, ``QUESTION``, …"""
    word = event.lower().replace(" ", "_")
    if word in {"end_of_form", "beginning_of_form"}:
        return END if word.startswith("end") else BEGIN
    return Screen("prompt" if word == "prompt_new_repeat" else word, plain_ref(ref))


def stop_after(stops: list[Screen], current: Screen, step: int) -> Screen | None:
    for place, stop in enumerate(stops):
        if same_stop(stop, current):
            return stops[min(max(place + step, 0), len(stops) - 1)]
    return None


def same_stop(ours: Screen, recorded: Screen) -> bool:
    if ours.event != recorded.event:
        return False
    if ours.event == "prompt":
        return _LAST_POSITION.sub("", ours.ref) == _LAST_POSITION.sub("", recorded.ref)
    return ours.ref == recorded.ref


def is_jump_to_start(stops: list[Screen], wanted: Screen, current: Screen) -> bool:
    """Whether the recording goes on at the first stop although it stood behind it: Web Forms records no jumps."""
    return len(stops) > 2 and same_stop(stops[1], wanted) and any(same_stop(stop, current) for stop in stops[2:])
