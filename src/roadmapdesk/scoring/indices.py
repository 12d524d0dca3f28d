"""Weights, and the indices of stages, dimensions and chain (5.4).

The same functions serve the full scorecard and every level of disclosure, which passes NaN for what it withholds.
Matrices have one row per stage and one column per dimension.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from roadmapdesk.scoring.intervals import Floats
from roadmapdesk.scoring.profile import Profile, StageIndexKind
from roadmapdesk.scoring.scorecard import CellKey, Chain, DimensionResult


def weighted_index(values: Floats, weights: Floats, min_share: float) -> Floats:
    """Weighted mean over the last axis of what is available, NaN where less than `min_share` of the weight is.

    Worked number: 47.5 and 50 with weights 0.6 and 0.4 give 48.5.

    Source: docs/scoring.md, 5.4, step 5.
    """
    available = ~np.isnan(values) * weights
    total = available.sum(axis=-1)
    with np.errstate(invalid="ignore", divide="ignore"):
        index = (np.where(np.isnan(values), 0.0, values) * available).sum(axis=-1) / total
    return np.where((total > 0) & (total >= min_share * weights.sum() - 1e-12), index, np.nan)


def geometric_index(values: Floats, weights: Floats, min_share: float, floor: float) -> Floats:
    """Weighted geometric mean with a lowest value; a strong dimension cannot make up for a weak one.

    Worked number: 76.667 and 37.5 with weights 0.6 and 0.4 give 57.594.

    Source: docs/scoring.md, 5.4, step 5.
    """
    return np.asarray(np.exp(weighted_index(np.log(np.maximum(values, floor)), weights, min_share)))


def budget_weights(budgets: Sequence[Sequence[float]]) -> Floats | None:
    """Mean over organisations of each one's share of points; None without budgets.

    Worked number: (60, 40), (50, 50), (70, 30) give 0.6 and 0.4.

    Source: docs/scoring.md, 5.4, step 4.
    """
    if not budgets:
        return None
    points = np.asarray(budgets, dtype=np.float64)
    shares = np.asarray((points / points.sum(axis=1, keepdims=True)).mean(axis=0))
    return np.asarray(shares / shares.sum())


@dataclass(frozen=True, slots=True)
class StageIndices:
    """Indices per stage, NaN where not shown."""

    performance: Floats
    geometric: Floats
    equal: Floats
    importance: Floats
    outlook: Floats

    def main(self, profile: Profile) -> Floats:
        """The index that ranks stages under this profile."""
        return self.geometric if profile.stage_index is StageIndexKind.GEOMETRIC else self.performance


def stage_indices(
    performance: Floats, importance: Floats, outlook: Floats, weights: Floats, profile: Profile
) -> StageIndices:
    """Indices of all stages from matrices of cell means."""
    share = profile.min_index_weight
    return StageIndices(
        performance=weighted_index(performance, weights, share),
        geometric=geometric_index(performance, weights, share, profile.geometric_floor),
        equal=weighted_index(performance, np.full(len(weights), 1 / len(weights)), share),
        importance=weighted_index(importance, weights, share),
        outlook=weighted_index(outlook, weights, share),
    )


def weakest_cell(values: Floats) -> tuple[int, float] | None:
    """Position and value of the lowest number, the first among equals; None when there is none.

    Worked number: 76.667 and 37.5 give (1, 37.5).
    """
    if values.size == 0 or np.isnan(values).all():
        return None
    place = int(np.nanargmin(values))
    return place, float(values.ravel()[place])


def dimension_results(
    dimensions: Sequence[str], matrices: tuple[Floats, Floats, Floats], stage_weights: Floats, profile: Profile
) -> Mapping[str, DimensionResult]:
    """Means over stages per dimension, weighted by stage, from performance, importance and outlook.

    Worked number: 47.5 and 76.667 with equal weights give 62.083.

    Source: docs/scoring.md, 5.4, step 5.
    """
    means = [weighted_index(matrix.T, stage_weights, profile.min_index_weight) for matrix in matrices]
    return {
        key: DimensionResult(key, *(optional(mean[column]) for mean in means))
        for column, key in enumerate(dimensions)
    }


def chain_result(
    stages: Sequence[str],
    dimensions: Sequence[str],
    indices: StageIndices,
    performance: Floats,
    stage_weights: Floats,
    profile: Profile,
) -> Chain:
    """Index of the chain and its weakest link; the first in matrix order among equals.

    Worked number: stages with 48.5 and 61 and equal weights give 54.75.

    Source: docs/scoring.md, 5.4, step 5.
    """
    share = profile.min_index_weight
    weakest = weakest_cell(performance)
    width = len(dimensions)
    return Chain(
        performance=optional(weighted_index(indices.main(profile), stage_weights, share)),
        importance=optional(weighted_index(indices.importance, stage_weights, share)),
        outlook=optional(weighted_index(indices.outlook, stage_weights, share)),
        weakest_link=None
        if weakest is None
        else CellKey(stages[weakest[0] // width], dimensions[weakest[0] % width]),
        weakest_value=None if weakest is None else weakest[1],
    )


def optional(value: float | Floats | np.float64) -> float | None:
    """The number as a plain float, None for NaN."""
    number = float(value)
    return None if np.isnan(number) else number
