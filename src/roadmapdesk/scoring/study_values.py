"""Values of the whole study: agreement, cross-checks, sample, exclusions, network. Read them through `scorecard`."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from roadmapdesk.scoring.index_values import Aggregate


class ExclusionReason(StrEnum):
    """Why an interview of the wave does not count (5.1)."""

    NOT_FINISHED = "not_finished"
    WITHDRAWN = "withdrawn"
    NO_CONSENT = "no_consent"
    CONFLICT = "conflict"
    PRETEST = "pretest"
    UNKNOWN_ORGANISATION = "unknown_organisation"


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
        invited_by_type: mapping type → organisations that the study wants to interview.
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
    invited_by_type: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class NetworkEdge:
    """Cooperation of two organisations, symmetrised by maximum; `first` sorts before `second`.

    Attributes:
        intensity: stored scale value, None when nobody stated it.
        stages: stages that it serves, ``"*"`` for all; empty when not stated.
        is_mutual: both were interviewed and both named the other.
        raters: those of the two that stated an intensity.
    """

    first: str
    second: str
    intensity: float | None
    stages: tuple[str, ...]
    kinds: tuple[str, ...]
    is_mutual: bool
    raters: tuple[str, ...]


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
