"""Values of a comparison of two waves. Read them through `scorecard`."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from roadmapdesk.scoring.cell_values import CellKey, Interval


class ChangeStatus(StrEnum):
    """What may be said about a change of a cell (5.11)."""

    IMPROVED = "improved"
    DECLINED = "declined"
    TENDENCY_UP = "tendency_up"
    TENDENCY_DOWN = "tendency_down"
    UNCHANGED = "unchanged"
    NOT_COMPARABLE = "not_comparable"


@dataclass(frozen=True, slots=True)
class CellChange:
    """Change of one cell's performance between two waves.

    Attributes:
        panel: organisations with a valid rating in both waves, sorted.
        panel_change: mean of their changes; `interval` belongs to it.
        total_change: difference of the two site means = panel change + `composition_effect`.
        status: `NOT_COMPARABLE` when wording, scale or weight of a question differ, or when no panel exists.
    """

    key: CellKey
    first: float | None
    second: float | None
    panel: tuple[str, ...]
    panel_change: float | None
    total_change: float | None
    composition_effect: float | None
    improved: int
    same: int
    declined: int
    interval: Interval | None
    is_unanimous: bool
    status: ChangeStatus

    @property
    def n_panel(self) -> int:
        """Number of organisations valid in both waves."""
        return len(self.panel)


@dataclass(frozen=True, slots=True)
class WaveComparison:
    """Changes of all cells between two waves.

    Attributes:
        n_intervals: cells with an interval; about `expected_by_chance` of them exclude 0 by chance alone.
    """

    first_wave: str
    second_wave: str
    cells: Mapping[CellKey, CellChange]
    n_intervals: int
    expected_by_chance: float
