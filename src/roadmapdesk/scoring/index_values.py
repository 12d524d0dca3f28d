"""Values above cells: indices, weights, rank robustness and sensitivity. Read them through `scorecard`."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from roadmapdesk.scoring.cell_values import CellKey


@dataclass(frozen=True, slots=True)
class Aggregate:
    """Mean of one question over organisations (each organisation counts once)."""

    n: int
    mean: float | None
    sd: float | None

    @property
    def is_unanimous(self) -> bool:
        """Whether at least one answer exists and all are equal."""
        return self.n > 0 and (self.sd is None or self.sd < 1e-9)


@dataclass(frozen=True, slots=True)
class Readiness:
    """Technology readiness of a stage on its own scale (1–9), never part of performance."""

    n: int
    median: float | None
    maximum: float | None
    is_unanimous: bool = False


@dataclass(frozen=True, slots=True)
class StageResult:
    """Indices of one stage; None where cells with half of the weight are not available.

    Attributes:
        weakest: dimension of the lowest performance, `weakest_value` its mean.
        known_actors: organisations of the register that our own mapping places in the stage.
        perceived_change: answers to the question of perceived change, 50 = unchanged; beside the scores only.
        criticality: answers on the weight of the stage for the chain.
    """

    stage: str
    performance: float | None
    performance_geometric: float | None
    performance_equal_weights: float | None
    importance: float | None
    outlook: float | None
    weakest: str | None
    weakest_value: float | None
    known_actors: int
    readiness: Readiness
    perceived_change: Aggregate
    criticality: Aggregate


@dataclass(frozen=True, slots=True)
class DimensionResult:
    """Indices of one dimension: means over stages with the weights of stages."""

    dimension: str
    performance: float | None
    importance: float | None
    outlook: float | None


@dataclass(frozen=True, slots=True)
class Chain:
    """Index of the whole chain, always to be read next to its weakest link, because a chain does not compensate."""

    performance: float | None
    importance: float | None
    outlook: float | None
    weakest_link: CellKey | None
    weakest_value: float | None


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights in use, each mapping sums to 1.

    Attributes:
        dimensions_from_answers: whether point budgets were used; `n_budgets` organisations gave usable ones,
            `n_budgets_left_out` interviews gave a budget with another total.
        stages_from_answers: whether ratings of criticality were used; `n_stage_raters` is the smallest n of a stage.
    """

    dimensions: Mapping[str, float]
    stages: Mapping[str, float]
    dimensions_from_answers: bool
    n_budgets: int
    n_budgets_left_out: int
    stages_from_answers: bool
    n_stage_raters: int


@dataclass(frozen=True, slots=True)
class RankRobustness:
    """How the rank order of stages holds when dimension weights vary (5.9).

    Attributes:
        is_exact: closed form (two dimensions) instead of drawn weights.
        draws: number of weight vectors, 0 when exact.
        acceptability: mapping stage → share of weights per rank, first rank first; ties share.
        top: mapping stage → share of weights in the best three; `bottom` the last three.
        mean_rank_shift: mean absolute shift of rank against the reference order.
        central_weights: mapping stage → mean weights with which it ranks first, absent when it never does.
        reference_order: stages by the weights in use, best first.
        switch_weights: weights of the first dimension at which two stages swap, two dimensions only.
    """

    is_exact: bool
    draws: int
    seed: int
    acceptability: Mapping[str, tuple[float, ...]]
    top: Mapping[str, float]
    bottom: Mapping[str, float]
    mean_rank_shift: float
    central_weights: Mapping[str, Mapping[str, float]]
    reference_order: tuple[str, ...]
    switch_weights: tuple[float, ...] = ()

    def stable_rank(self, stage: str, border: float) -> int | None:
        """The 1-based rank that the stage holds with at least this acceptability, else None."""
        for rank, share in enumerate(self.acceptability[stage], start=1):
            if share >= border:
                return rank
        return None


@dataclass(frozen=True, slots=True)
class Robustness:
    """Both runs over weights: all weights possible (SMAA), and the weights in use ± a quarter."""

    free: RankRobustness
    varied: RankRobustness


class Switch(StrEnum):
    """One row of the sensitivity table (5.10)."""

    ROLE_WEIGHTS = "role_weights"
    EQUAL_DIMENSION_WEIGHTS = "equal_dimension_weights"
    GEOMETRIC = "geometric"
    LEAVE_ONE_OUT = "leave_one_out"
    THRESHOLDS_UP = "thresholds_up"
    THRESHOLDS_DOWN = "thresholds_down"
    GAP_THRESHOLDS_UP = "gap_thresholds_up"
    GAP_THRESHOLDS_DOWN = "gap_thresholds_down"
    FULL_COVERAGE = "full_coverage"
    INSIDE_ONLY = "inside_only"
    CROSS_CHECKS = "cross_checks"


@dataclass(frozen=True, slots=True)
class CellVariant:
    """One cell under one switch.

    Attributes:
        change: change of performance in points, signed; None when either side has no value.
        has_other_class: whether the class differs, or exists on one side only.
        smallest_group: size of the smallest group of organisations that the switch tells apart.
    """

    key: CellKey
    change: float | None
    has_other_class: bool
    smallest_group: int


@dataclass(frozen=True, slots=True)
class SensitivityRow:
    """What one switch changes.

    Attributes:
        cells: one entry per cell that has a value or class on either side.
        largest_change: largest absolute change of a cell's performance, 0 when none changes.
        largest_index_change: the same for the indices of stages.
    """

    switch: Switch
    cells: tuple[CellVariant, ...]
    largest_change: float
    largest_index_change: float

    @property
    def changed_classes(self) -> tuple[CellKey, ...]:
        """Cells whose class changes, in matrix order."""
        return tuple(variant.key for variant in self.cells if variant.has_other_class)
