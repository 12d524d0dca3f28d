"""The result of scoring one wave: frozen values that figures, reports and screens read.

All scores are points on 0–100, shares and coverages fractions 0–1; ``None`` always means "cannot be computed from
these answers", never zero. Loads without numpy. Readers below the internal level read `disclosed` instead.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from roadmapdesk.scoring.inputs import Measure
from roadmapdesk.scoring.profile import Profile


class CellKey(NamedTuple):
    """One cell of the matrix stages × dimensions."""

    stage: str
    dimension: str


class ActorStatus(StrEnum):
    """Whether an organisation's cell counts: valid; too little answered; everything does not apply or not asked."""

    VALID = "valid"
    MISSING = "missing"
    NOT_APPLICABLE = "not_applicable"


class CellClass(StrEnum):
    """Classes of a cell, in the order in which the rules are tried (5.6)."""

    CRITICAL_GAP = "critical_gap"
    STRENGTH = "strength"
    DEVELOP = "develop"
    RESERVE = "reserve"
    WATCH = "watch"


class Grade(StrEnum):
    """How well a cell is supported, A best (5.7)."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"


class Evidence(StrEnum):
    """How far a class may be relied on (5.7)."""

    FIRM = "firm"
    TENTATIVE = "tentative"
    INSUFFICIENT = "insufficient"


class AgreementLevel(StrEnum):
    """Level of agreement AG between organisations (5.8)."""

    HIGH = "high"
    MODERATE = "moderate"
    LOW = "low"


class ExclusionReason(StrEnum):
    """Why an interview of the wave does not count (5.1)."""

    NOT_FINISHED = "not_finished"
    WITHDRAWN = "withdrawn"
    NO_CONSENT = "no_consent"
    CONFLICT = "conflict"
    PRETEST = "pretest"
    UNKNOWN_ORGANISATION = "unknown_organisation"


class ActorCell(NamedTuple):
    """One organisation's rating of one cell.

    Attributes:
        score: points, None unless valid.
        coverage: answered ÷ applicable item weight, None when nothing applies.
    """

    status: ActorStatus
    score: float | None
    coverage: float | None


@dataclass(frozen=True, slots=True)
class Interval:
    """Interval of a mean at the profile's confidence (5.7).

    Attributes:
        alpha: expanded one-sided level that the limits were read at.
        resamples: number of resamples behind it, enumerated or drawn.
        plain_low: lower limit of the plain percentile interval, for comparison; so is `plain_high`.
    """

    low: float
    high: float
    alpha: float
    resamples: int
    plain_low: float
    plain_high: float

    @property
    def halfwidth(self) -> float:
        """Half the width in points."""
        return (self.high - self.low) / 2


@dataclass(frozen=True, slots=True)
class SiteCell:
    """One measure of one cell over all organisations.

    Attributes:
        n_valid: organisations with a valid rating.
        n_eligible: organisations for which the cell applies.
        coverage: `n_valid` ÷ `n_eligible`.
        mean: weighted mean of the valid ratings.
        sd: standard deviation with n-1.
        dont_know_share: mean share of "don't know" over eligible organisations; `n_dont_know` counts those with any.
        agreement: AG, 1 = all alike; None below two ratings.
        rwg: secondary index, only for cells of one single 5-point item.
        is_polarised: at least 30 % low and at least 30 % high.
        range_if_missing_filled: mean if every missing eligible organisation had rated 0, and 100.
    """

    measure: Measure
    n_valid: int
    n_eligible: int
    n_dont_know: int
    coverage: float | None
    mean: float | None
    sd: float | None
    dont_know_share: float | None
    agreement: float | None
    agreement_level: AgreementLevel | None
    rwg: float | None
    is_polarised: bool
    interval: Interval | None
    range_if_missing_filled: tuple[float, float] | None

    @property
    def is_unanimous(self) -> bool:
        """Whether at least one rating exists and all are equal."""
        return self.n_valid > 0 and (self.sd is None or self.sd < 1e-9)


@dataclass(frozen=True, slots=True)
class ClassStability:
    """Share of resamples of organisations that give the reference class.

    Attributes:
        shares: mapping class → share of the used draws, classes that occurred only.
        draws_discarded: draws without any performance or without any importance.
    """

    reference: CellClass
    draws_used: int
    draws_discarded: int
    shares: Mapping[CellClass, float]

    @property
    def stability(self) -> float:
        """Share of the reference class, 0–1."""
        return self.shares.get(self.reference, 0.0)


@dataclass(frozen=True, slots=True)
class SideDifference:
    """Performance as seen by organisations inside the stage (core, support) minus by observers.

    Attributes:
        difference: points, None unless both groups reach the minimum.
        is_unanimous: whether one of the groups rates all alike.
    """

    n_inside: int
    n_outside: int
    difference: float | None
    is_unanimous: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """Everything about one cell. `grade` follows performance, `evidence` both measures.

    Attributes:
        gap: importance - performance; `priority` = max(0, gap) × importance ÷ 100.
        outlook_change: outlook - performance.
        leave_one_out: mapping organisation → mean of performance without it; `max_influence` is the largest shift.
    """

    key: CellKey
    performance: SiteCell
    importance: SiteCell
    outlook: SiteCell
    gap: float | None
    priority: float | None
    outlook_change: float | None
    sides: SideDifference
    cell_class: CellClass | None
    stability: ClassStability | None
    grade: Grade
    evidence: Evidence
    performance_role_weighted: float | None
    leave_one_out: Mapping[str, float]
    max_influence: float | None

    @property
    def n(self) -> int:
        """The n of class and gap: the smaller of performance and importance."""
        return min(self.performance.n_valid, self.importance.n_valid)

    def of(self, measure: Measure) -> SiteCell:
        """The site cell of performance, importance or outlook."""
        return {
            Measure.PERFORMANCE: self.performance,
            Measure.IMPORTANCE: self.importance,
            Measure.OUTLOOK: self.outlook,
        }[measure]


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


@dataclass(frozen=True, slots=True)
class Icc:
    """One-way random intraclass correlation of performance over cells, unbalanced groups."""

    msb: float
    msw: float
    k0: float
    icc1: float | None
    icc_k: float | None


@dataclass(frozen=True, slots=True)
class StudyAgreement:
    """Agreement over the whole study: one value each for the method box (5.8)."""

    alpha_interval_performance: float | None
    alpha_ordinal_importance: float | None
    icc_performance: Icc | None


@dataclass(frozen=True, slots=True)
class CrossCheck:
    """A cross-check question against the dimension mean that it should resemble; never part of a cell.

    Attributes:
        stage: stage key or ``"*"``.
        weight: weight among the cross-checks of the dimension.
        reference: index of the dimension; `difference` = mean - reference.
    """

    question: str
    stage: str
    dimension: str
    weight: float
    answers: Aggregate
    reference: float | None
    difference: float | None


@dataclass(frozen=True, slots=True)
class DimensionCrossCheck:
    """Weighted mean of a dimension's cross-check questions against its index; `n` is the smallest n of them."""

    dimension: str
    n: int
    mean: float | None
    reference: float | None
    difference: float | None


@dataclass(frozen=True, slots=True)
class Exclusion:
    """Interviews of the wave that do not count, for one reason; keys sorted."""

    reason: ExclusionReason
    interviews: tuple[str, ...]

    @property
    def count(self) -> int:
        """Number of interviews."""
        return len(self.interviews)


@dataclass(frozen=True, slots=True)
class Sample:
    """Who was interviewed.

    Attributes:
        n_organisations: organisations with at least one counted interview.
        n_invited: organisations of the register that the study wants to interview.
        by_type: mapping type → organisations; `by_place` the same for places, ``""`` for unknown ones.
        by_role: mapping role → ratings of stages given in that role.
        n_unapproved: counted interviews that are not approved yet.
    """

    n_interviews: int
    n_organisations: int
    n_invited: int
    by_type: Mapping[str, int]
    by_place: Mapping[str, int]
    by_role: Mapping[str, int]
    n_unapproved: int


@dataclass(frozen=True, slots=True)
class NetworkEdge:
    """Cooperation of two organisations, symmetrised by maximum; `first` sorts before `second`.

    Attributes:
        intensity: stored scale value, None when nobody stated it.
        stages: stages that it serves, ``"*"`` for all; empty when not stated.
        is_mutual: both were interviewed and both named the other.
    """

    first: str
    second: str
    intensity: float | None
    stages: tuple[str, ...]
    kinds: tuple[str, ...]
    is_mutual: bool


@dataclass(frozen=True, slots=True)
class Network:
    """Cooperation as answered.

    Attributes:
        density: ties ÷ possible ties among interviewed organisations.
        reciprocity: share of those ties that both sides named.
        degree: mapping organisation → number of partners.
    """

    edges: tuple[NetworkEdge, ...]
    density: float | None
    reciprocity: float | None
    degree: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class OrganisationFacts:
    """What disclosure must know of an interviewed organisation."""

    type: str
    place: str
    may_be_named: bool


@dataclass(frozen=True, slots=True)
class Scorecard:
    """The assessment of one wave: every number with its n, coverage and grade.

    Attributes:
        inputs_hash: SHA-256 of everything that was scored, independent of its order.
        profile_hash: SHA-256 of the settings.
        form_hashes: versions of the form behind the counted interviews, sorted.
        organisations: mapping key → facts of interviewed organisations, sorted by key.
        actor_cells: mapping (organisation, stage, dimension, measure) → rating; organisations that rated the stage.
        cells: mapping `CellKey` → cell, stages × dimensions complete, in that order.
        item_marks: mapping (stage or ``"@"``, dimension, measure) → hash of wording, scale and weight of its items.
        benchmarks: mapping reference network → answers, 50 = on a par.
        priorities: mapping measure of the project → stated priority.
        progress: answers on the progress of the roadmap.
    """

    wave: str
    method_version: str
    inputs_hash: str
    profile_hash: str
    profile: Profile
    form_hashes: tuple[str, ...]
    stages: tuple[str, ...]
    dimensions: tuple[str, ...]
    sample: Sample
    exclusions: tuple[Exclusion, ...]
    organisations: Mapping[str, OrganisationFacts]
    roles: Mapping[tuple[str, str], str]
    actor_cells: Mapping[tuple[str, str, str, Measure], ActorCell]
    cells: Mapping[CellKey, Cell]
    weights: Weights
    stage_results: Mapping[str, StageResult]
    dimension_results: Mapping[str, DimensionResult]
    chain: Chain
    robustness: Robustness | None
    sensitivity: tuple[SensitivityRow, ...]
    agreement: StudyAgreement
    cross_checks: tuple[CrossCheck, ...]
    dimension_cross_checks: tuple[DimensionCrossCheck, ...]
    benchmarks: Mapping[str, Aggregate]
    priorities: Mapping[str, Aggregate]
    progress: Aggregate
    network: Network
    item_marks: Mapping[tuple[str, str, Measure], str]

    def cell(self, stage: str, dimension: str) -> Cell:
        """The cell of this stage and dimension; KeyError for an unknown one."""
        return self.cells[CellKey(stage, dimension)]

    def ratings(self, stage: str, dimension: str, measure: Measure) -> dict[str, float]:
        """Mapping organisation → valid rating of this cell, sorted by key. Internal level only."""
        found = {key: self.actor_cells.get((key, stage, dimension, measure)) for key in self.organisations}
        return {key: cell.score for key, cell in found.items() if cell is not None and cell.score is not None}

    def class_counts(self) -> dict[CellClass, int]:
        """Number of cells per class, in the order of `CellClass`."""
        found = [cell.cell_class for cell in self.cells.values()]
        return {kind: found.count(kind) for kind in CellClass}


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
