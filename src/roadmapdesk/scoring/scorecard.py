"""The result of scoring one wave: frozen values that figures, reports and screens read.

All scores are points on 0–100, shares and coverages fractions 0–1; ``None`` always means "cannot be computed from
these answers", never zero. Loads without numpy. Readers below the internal level read `disclosed` instead.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from roadmapdesk.scoring.cell_values import (
    ActorCell,
    ActorStatus,
    AgreementLevel,
    Cell,
    CellClass,
    CellKey,
    ClassStability,
    Evidence,
    Grade,
    Interval,
    SideDifference,
    SiteCell,
)
from roadmapdesk.scoring.change_values import (
    CellChange,
    ChangeStatus,
    WaveComparison,
)
from roadmapdesk.scoring.index_values import (
    Aggregate,
    CellVariant,
    Chain,
    DimensionResult,
    RankRobustness,
    Readiness,
    Robustness,
    SensitivityRow,
    StageResult,
    Switch,
    Weights,
)
from roadmapdesk.scoring.inputs import Measure
from roadmapdesk.scoring.profile import Profile
from roadmapdesk.scoring.study_values import (
    CrossCheck,
    DimensionCrossCheck,
    Exclusion,
    ExclusionReason,
    Icc,
    Network,
    NetworkEdge,
    OrganisationFacts,
    Sample,
    StudyAgreement,
)

__all__ = [
    "ActorCell",
    "ActorStatus",
    "Aggregate",
    "AgreementLevel",
    "Cell",
    "CellChange",
    "CellClass",
    "CellKey",
    "CellVariant",
    "Chain",
    "ChangeStatus",
    "ClassStability",
    "CrossCheck",
    "DimensionCrossCheck",
    "DimensionResult",
    "Evidence",
    "Exclusion",
    "ExclusionReason",
    "Grade",
    "Icc",
    "Interval",
    "Network",
    "NetworkEdge",
    "OrganisationFacts",
    "RankRobustness",
    "Readiness",
    "Robustness",
    "Sample",
    "Scorecard",
    "SensitivityRow",
    "SideDifference",
    "SiteCell",
    "StageResult",
    "StudyAgreement",
    "Switch",
    "WaveComparison",
    "Weights",
]


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
