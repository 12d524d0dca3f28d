"""Values of one cell: keys, ratings, site cells, intervals, classes and grades. Read them through `scorecard`."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from roadmapdesk.scoring.inputs import Measure


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
