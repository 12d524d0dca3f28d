"""The scoring model's entry points; numpy loads with the first call."""

from itertools import product
from typing import TYPE_CHECKING

from roadmapdesk.domain.levels import Level
from roadmapdesk.scoring.inputs import ScoringInput
from roadmapdesk.scoring.profile import DEFAULT, Profile

if TYPE_CHECKING:
    from collections.abc import Sequence

    from roadmapdesk.scoring.disclosed import DisclosedChange, DisclosedScorecard
    from roadmapdesk.scoring.scorecard import Scorecard, WaveComparison


def score(inputs: ScoringInput, profile: Profile = DEFAULT) -> "Scorecard":
    """The scorecard of `inputs.wave`. Deterministic, and independent of the order of interviews and responses."""
    from roadmapdesk.scoring import pipeline  # noqa: PLC0415 — loads numpy, on first use

    return pipeline.score(inputs, profile)


def coverage(inputs: ScoringInput, profile: Profile = DEFAULT) -> dict[tuple[str, str], int]:
    """How many organisations have a valid rating of performance, per stage and dimension.

    The same numbers as in the scorecard, without intervals, robustness and sensitivity, which take most of its time.
    """
    if not any(interview.state.counts for interview in inputs.interviews):
        return dict.fromkeys(product(inputs.stages, inputs.dimensions), 0)
    from roadmapdesk.scoring import pipeline  # noqa: PLC0415 — loads numpy, on first use

    return pipeline.coverage(inputs, profile)


def compare_waves(first: "Scorecard", second: "Scorecard") -> "WaveComparison":
    """Changes from the first to the second wave, with the settings of the second scorecard.

    Raises:
        ValueError: when both are the same wave.
    """
    from roadmapdesk.scoring import waves  # noqa: PLC0415 — loads numpy, on first use

    return waves.compare_waves(first, second)


def disclose(scorecard: "Scorecard", level: Level) -> "DisclosedScorecard":
    """What a reader of this level may see; what they may not see is not in the result."""
    from roadmapdesk.scoring import disclosure  # noqa: PLC0415 — loads numpy, on first use

    return disclosure.disclose(scorecard, level)


def disclose_change(
    comparison: "WaveComparison", scorecards: "Sequence[Scorecard]", level: Level
) -> "DisclosedChange":
    """What a reader of this level may see of a change.

    Args:
        comparison: changes between two of the waves.
        scorecards: the scorecards of all waves that readers may hold side by side, both compared ones among them;
            the more there are, the more differences could be formed, and the more is held back.
        level: the reader's level.
    """
    from roadmapdesk.scoring import disclosure_waves  # noqa: PLC0415 — loads numpy, on first use

    return disclosure_waves.disclose_change(comparison, scorecards, level)
