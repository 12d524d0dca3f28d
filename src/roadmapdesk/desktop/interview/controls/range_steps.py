"""The values that a range offers."""

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from roadmapdesk.workspace.wording import plain
from roadmapdesk.xforms.session.view import Choice


class RangeSteps:
    """The values of a range: from `start` in steps to `end`, downwards where the end is smaller.

    Args:
        parameters: ``start``, ``end`` and ``step`` of the control; what is missing or no number is 1 to 10 by 1.
            ``tick-interval`` and ``placeholder`` are values of the range too.

    Attributes:
        ticks: steps from one tick of a slider to the next.
        resting: the place of a slider without an answer.
    """

    def __init__(self, parameters: dict[str, str]) -> None:
        self.start = _number(parameters.get("start"), "1")
        self.end = _number(parameters.get("end"), "10")
        self.step = abs(_number(parameters.get("step"), "1")) or Decimal(1)
        if self.end < self.start:
            self.step = -self.step
        self.count = min(int((self.end - self.start) / self.step), 100_000)
        self.ticks = max(int(abs(_number(parameters.get("tick-interval"), "0") / self.step)), 1)
        resting = self.place(parameters.get("placeholder", ""))
        self.resting = self.count // 2 if resting is None else resting

    def text(self, place: int) -> str:
        """The stored text of a place on the slider, 0 at the start."""
        value = self.start + self.step * place
        return format(value.normalize(), "f") if value == value.to_integral() else format(value, "f")

    def labels(self, choices: Sequence[Choice]) -> dict[int, str]:
        """The labels that a form gives to values of the range, by place; of values outside of it none."""
        found = {choice.value: self.place(choice.value) for choice in choices}
        labels = {choice.value: plain(choice.label) for choice in choices}
        return {place: labels[value] for value, place in found.items() if place is not None and labels[value]}

    def place(self, stored: str) -> int | None:
        """The place of a stored value; None where it is none of the range."""
        try:
            offset = (Decimal(stored) - self.start) / self.step
        except (InvalidOperation, ZeroDivisionError):
            return None
        return int(offset) if offset == offset.to_integral() and 0 <= offset <= self.count else None


def _number(text: str | None, default: str) -> Decimal:
    try:
        return Decimal(text) if text else Decimal(default)
    except InvalidOperation:
        return Decimal(default)
