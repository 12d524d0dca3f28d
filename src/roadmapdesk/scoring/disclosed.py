"""What a reader of one level may see: the only form in which reports, exports and level views read a scorecard.

A value that the level withholds is ``None`` or its entry is absent, so that no writer can leak it by mistake.
Public values are rounded, and every derived number is computed from what is visible at the level.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from roadmapdesk.domain.levels import Level
from roadmapdesk.scoring.inputs import Measure
from roadmapdesk.scoring.scorecard import (
    ActorCell,
    AgreementLevel,
    CellClass,
    CellKey,
    Chain,
    ChangeStatus,
    DimensionResult,
    Evidence,
    ExclusionReason,
    Grade,
    Robustness,
    StudyAgreement,
    Switch,
)


class Visibility(StrEnum):
    """How much of a cell's class and gap a level shows (5.12)."""

    VALUE = "value"
    CLASS_ONLY = "class_only"
    SUPPRESSED = "suppressed"


@dataclass(frozen=True, slots=True)
class DisclosedFigure:
    """One measure of one cell, present only when its mean may be seen at this level.

    Attributes:
        n_eligible: None when the number that did not answer is too small to be told; then `coverage`,
            `dont_know_share` and `range_if_missing_filled` are None too.
        interval: (low, high), rounded outwards in public.
        agreement: AG; None in public, where only `agreement_level` is told.
    """

    mean: float
    n: int
    n_eligible: int | None
    coverage: float | None
    dont_know_share: float | None
    sd: float | None
    interval: tuple[float, float] | None
    agreement: float | None
    agreement_level: AgreementLevel | None
    rwg: float | None
    is_polarised: bool | None
    range_if_missing_filled: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class DisclosedCell:
    """One cell as this level shows it.

    Attributes:
        visibility: of class and gap, by the smaller n of performance and importance.
        n: that smaller n; None when suppressed.
        leave_one_out: internal level only; `max_influence` too.
    """

    key: CellKey
    visibility: Visibility
    n: int | None
    performance: DisclosedFigure | None
    importance: DisclosedFigure | None
    outlook: DisclosedFigure | None
    gap: float | None
    priority: float | None
    outlook_change: float | None
    side_difference: float | None
    cell_class: CellClass | None
    class_stability: float | None
    grade: Grade | None
    evidence: Evidence | None
    performance_role_weighted: float | None
    leave_one_out: Mapping[str, float] | None
    max_influence: float | None

    def of(self, measure: Measure) -> DisclosedFigure | None:
        """The figure of performance, importance or outlook, None when withheld."""
        return {
            Measure.PERFORMANCE: self.performance,
            Measure.IMPORTANCE: self.importance,
            Measure.OUTLOOK: self.outlook,
        }[measure]


@dataclass(frozen=True, slots=True)
class DisclosedMean:
    """A mean over organisations beside the cells, present only when it may be seen."""

    mean: float
    n: int


@dataclass(frozen=True, slots=True)
class DisclosedReadiness:
    """Readiness of a stage; `maximum` is None in public."""

    n: int
    median: float
    maximum: float | None


@dataclass(frozen=True, slots=True)
class DisclosedStage:
    """Indices of one stage, computed from this level's visible cells alone."""

    stage: str
    performance: float | None
    performance_geometric: float | None
    performance_equal_weights: float | None
    importance: float | None
    outlook: float | None
    weakest: str | None
    weakest_value: float | None
    known_actors: int
    readiness: DisclosedReadiness | None
    perceived_change: DisclosedMean | None
    criticality: DisclosedMean | None


@dataclass(frozen=True, slots=True)
class DisclosedWeights:
    """Weights behind this level's indices; equal ones where too few organisations gave answers for the level."""

    dimensions: Mapping[str, float]
    stages: Mapping[str, float]
    dimensions_from_answers: bool
    n_budgets: int | None
    stages_from_answers: bool


@dataclass(frozen=True, slots=True)
class DisclosedSwitch:
    """One row of the sensitivity table over visible cells; changes are rounded below the internal level.

    Attributes:
        n_cells: visible cells that the row could be computed for.
        changed_classes: those of them whose class changes.
    """

    switch: Switch
    n_cells: int
    changed_classes: tuple[CellKey, ...]
    largest_change: float
    largest_index_change: float | None


@dataclass(frozen=True, slots=True)
class DisclosedCrossCheck:
    """One cross-check question against its dimension, present only when its mean may be seen."""

    question: str
    stage: str
    dimension: str
    n: int
    mean: float
    reference: float | None
    difference: float | None


@dataclass(frozen=True, slots=True)
class DisclosedGroups:
    """Counts of one breakdown of the sample.

    Attributes:
        counts: mapping code → organisations; groups too small to be listed are merged into `merged`.
        merged: organisations in merged groups, 0 when none were merged.
        n_merged_groups: how many groups were merged.
        invited: mapping code → organisations invited, of the groups where it may be told; also of groups of
            which nobody took part, on the internal level only.
        merged_invited: organisations invited of all groups that are not listed; None when it may not be told.
    """

    counts: Mapping[str, int]
    merged: int
    n_merged_groups: int
    invited: Mapping[str, int] = field(default_factory=dict)
    merged_invited: int | None = None


@dataclass(frozen=True, slots=True)
class DisclosedSample:
    """Who was interviewed; `n_invited` is None when the number that did not take part is too small to be told."""

    n_interviews: int | None
    n_organisations: int | None
    n_invited: int | None
    by_type: DisclosedGroups
    by_place: DisclosedGroups
    by_role: DisclosedGroups
    n_unapproved: int


@dataclass(frozen=True, slots=True)
class DisclosedExclusion:
    """Interviews left out for one reason; `count` is None when it is too small, `interviews` internal only."""

    reason: ExclusionReason
    count: int | None
    interviews: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NetworkNode:
    """One end of a tie: a named organisation, or only its type (``"other"`` for small types)."""

    key: str | None
    type: str


@dataclass(frozen=True, slots=True)
class DisclosedEdge:
    """Ties between two nodes; ties of unnamed organisations of the same types are put together.

    Attributes:
        count: number of ties, None when it is too small to be told, as every tie between two names is.
        intensity: mean of the stated scale values, None when withheld or not stated.
    """

    first: NetworkNode
    second: NetworkNode
    count: int | None
    intensity: float | None
    stages: tuple[str, ...]
    kinds: tuple[str, ...]

    @property
    def is_named(self) -> bool:
        """Whether both ends are named."""
        return self.first.key is not None and self.second.key is not None


@dataclass(frozen=True, slots=True)
class DisclosedNetwork:
    """Cooperation as this level shows it; `degree` is empty below the internal level."""

    edges: tuple[DisclosedEdge, ...]
    density: float | None
    reciprocity: float | None
    degree: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class DisclosedScorecard:
    """A scorecard as one level shows it.

    Attributes:
        cells: mapping `CellKey` → cell, complete; withheld parts are None.
        suppressed: keys of cells whose class is withheld, in matrix order; `class_only` likewise.
        actor_cells: ratings of single organisations, internal level only, else None.
        robustness: computed from visible cells; None when fewer than two stages have an index.
    """

    level: Level
    wave: str
    method_version: str
    inputs_hash: str
    profile_hash: str
    profile_name: str
    form_hashes: tuple[str, ...]
    stages: tuple[str, ...]
    dimensions: tuple[str, ...]
    sample: DisclosedSample
    exclusions: tuple[DisclosedExclusion, ...]
    cells: Mapping[CellKey, DisclosedCell]
    weights: DisclosedWeights
    stage_results: Mapping[str, DisclosedStage]
    dimension_results: Mapping[str, DimensionResult]
    chain: Chain
    robustness: Robustness | None
    sensitivity: tuple[DisclosedSwitch, ...]
    agreement: StudyAgreement | None
    cross_checks: tuple[DisclosedCrossCheck, ...]
    benchmarks: Mapping[str, DisclosedMean]
    priorities: Mapping[str, DisclosedMean]
    progress: DisclosedMean | None
    network: DisclosedNetwork
    actor_cells: Mapping[tuple[str, str, str, Measure], ActorCell] | None

    def cell(self, stage: str, dimension: str) -> DisclosedCell:
        """The cell of this stage and dimension; KeyError for an unknown one."""
        return self.cells[CellKey(stage, dimension)]

    @property
    def suppressed(self) -> tuple[CellKey, ...]:
        """Keys of cells whose class this level withholds."""
        return tuple(key for key, cell in self.cells.items() if cell.visibility is Visibility.SUPPRESSED)

    @property
    def class_only(self) -> tuple[CellKey, ...]:
        """Keys of cells that this level shows by class alone."""
        return tuple(key for key, cell in self.cells.items() if cell.visibility is Visibility.CLASS_ONLY)

    def class_counts(self) -> dict[CellClass, int]:
        """Number of visible cells per class, in the order of `CellClass`."""
        found = [cell.cell_class for cell in self.cells.values()]
        return {kind: found.count(kind) for kind in CellClass}


@dataclass(frozen=True, slots=True)
class DisclosedCellChange:
    """Change of one cell; every part that the level withholds is None.

    Attributes:
        panel_change: mean change of organisations valid in both waves, with `n_panel` and `interval`.
        total_change: difference of the two visible means.
        improved: number of organisations; all three counts are None together when one would be too small.
    """

    key: CellKey
    first: float | None
    second: float | None
    n_panel: int | None
    panel_change: float | None
    total_change: float | None
    composition_effect: float | None
    interval: tuple[float, float] | None
    improved: int | None
    same: int | None
    declined: int | None
    status: ChangeStatus | None


@dataclass(frozen=True, slots=True)
class DisclosedChange:
    """Changes between two waves as one level shows them; see `WaveComparison` for the caution on chance."""

    level: Level
    first_wave: str
    second_wave: str
    cells: Mapping[CellKey, DisclosedCellChange]
    n_intervals: int
    expected_by_chance: float
