"""The rules of each level: how many organisations stand behind what is shown, and how it is rounded (5.12)."""

from dataclasses import dataclass
from math import floor

from roadmapdesk.domain.levels import Level
from roadmapdesk.scoring.profile import DisclosureSettings


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of one level.

    Attributes:
        n_value: organisations behind a value; `n_class` behind a class; `n_interval` behind an interval.
        step: values are rounded to this step, 0 for none.
        small: counts from 1 to this one are hidden, and those with such a complement.
        hides_unanimous: whether ratings that are all alike are withheld.
    """

    level: Level
    n_value: int
    n_class: int
    n_interval: int
    step: float
    small: int
    hides_unanimous: bool

    @property
    def is_internal(self) -> bool:
        """Whether nothing is withheld."""
        return self.level is Level.INTERNAL

    @property
    def is_public(self) -> bool:
        """Whether anybody may read it."""
        return self.level is Level.PUBLIC

    def rounded(self, value: float) -> float:
        """The value on this level's step; halves away from zero. Worked number: 47.5 in steps of 5 gives 50."""
        if not self.step:
            return value
        steps = floor(abs(value) / self.step + 0.5 + 1e-9)
        return steps * self.step if value > 0 else -steps * self.step + 0.0

    def shows(self, n: int, *, is_unanimous: bool) -> bool:
        """Whether a mean over n organisations may be seen."""
        return n >= self.n_value and not (self.hides_unanimous and is_unanimous)


def rules_of(level: Level, settings: DisclosureSettings) -> Rules:
    """The rules of one level under these settings."""
    if level is Level.INTERNAL:
        return Rules(level, 1, 1, 1, 0.0, 0, hides_unanimous=False)
    if level is Level.HANDOFF:
        n = settings.handoff_n_value
        return Rules(level, n, n, n, 0.0, settings.small_count, hides_unanimous=True)
    return Rules(
        level,
        settings.public_n_value,
        settings.public_n_class,
        settings.public_n_interval,
        settings.public_round_to,
        settings.small_count,
        hides_unanimous=True,
    )
