"""From a stored answer to an indicator score (5.2, 5.3)."""

from collections.abc import Collection
from enum import IntEnum
from math import isfinite
from typing import Final

from roadmapdesk.scoring.inputs import Item

NOT_A_NUMBER: Final = float("nan")


class AnswerState(IntEnum):
    """What a stored answer means for coverage (5.3)."""

    NOT_APPLICABLE = 0
    MISSING = 1
    DONT_KNOW = 2
    ANSWERED = 3


def indicator_score(value: float, minimum: float, maximum: float, *, is_reversed: bool = False) -> float:
    """Score on 0–100: ``x = 100 (v - min) / (max - min)``, and ``100 - x`` for a reversed scale.

    Worked number: 4 on 1–5 gives 75; reversed 25.

    Source: docs/scoring.md, 5.2.
    """
    score = 100 * (value - minimum) / (maximum - minimum)
    return 100 - score if is_reversed else score


def read_answer(value: str | None, item: Item, dont_know: Collection[str] = ("98",)) -> tuple[AnswerState, float]:
    """State and score of one stored answer; the score is NaN unless the state is `AnswerState.ANSWERED`.

    ``None`` (not asked) and the item's "does not apply" codes leave the cell; blank, "no answer" and anything that
    is not a number on the scale count as missing. Worked number: ``"4"`` on 1–5 gives (ANSWERED, 75.0).

    Source: docs/scoring.md, 5.3.
    """
    if value is None or value in item.not_applicable:
        return AnswerState.NOT_APPLICABLE, NOT_A_NUMBER
    if value in item.missing:
        return (AnswerState.DONT_KNOW if value in dont_know else AnswerState.MISSING), NOT_A_NUMBER
    try:
        number = float(value)
    except ValueError:
        return AnswerState.MISSING, NOT_A_NUMBER
    if not isfinite(number) or not item.minimum <= number <= item.maximum:
        return AnswerState.MISSING, NOT_A_NUMBER
    return AnswerState.ANSWERED, indicator_score(number, item.minimum, item.maximum, is_reversed=item.is_reversed)
