"""How the rank order of stages depends on dimension weights: SMAA, and a run around the weights in use (5.9)."""

from collections.abc import Sequence

import numpy as np

from roadmapdesk.scoring.indices import weighted_index
from roadmapdesk.scoring.intervals import Floats
from roadmapdesk.scoring.profile import Profile, RobustnessSettings
from roadmapdesk.scoring.scorecard import RankRobustness, Robustness

_SAME = 1e-9
"""Indices closer than this share their rank."""


def robustness(
    stages: Sequence[str],
    dimensions: Sequence[str],
    performance: Floats,
    weights: Floats,
    profile: Profile,
) -> Robustness | None:
    """Both runs over the stages that have an index; None when there are fewer than two.

    The free run draws weights uniformly from the simplex (Dirichlet(1, …, 1)); with two dimensions it is computed
    in closed form. The varied run multiplies each weight by a uniform factor 1 ± `variation` and renormalises.

    Source: docs/scoring.md, 5.9.
    """
    settings = profile.robustness
    kept = np.flatnonzero(~np.isnan(weighted_index(performance, weights, profile.min_index_weight))).tolist()
    if len(kept) < 2 or len(dimensions) < 1:
        return None
    names = [stages[row] for row in kept]
    rows = performance[kept]
    generator = np.random.Generator(np.random.PCG64(settings.seed))
    varied = weights * generator.uniform(
        1 - settings.variation, 1 + settings.variation, (settings.draws, len(weights))
    )
    varied /= varied.sum(axis=1, keepdims=True)
    if len(dimensions) == 2:
        free = exact_two_dimensions(names, dimensions, rows, weights, settings)
    else:
        free = drawn(names, dimensions, rows, weights, free_weights(len(dimensions), settings), settings)
    return Robustness(free, drawn(names, dimensions, rows, weights, varied, settings))


def free_weights(number: int, settings: RobustnessSettings) -> Floats:
    """Weight vectors drawn uniformly from the simplex, one per row."""
    generator = np.random.Generator(np.random.PCG64(settings.seed))
    return generator.dirichlet(np.ones(number), settings.draws)


def drawn(
    stages: Sequence[str],
    dimensions: Sequence[str],
    performance: Floats,
    weights: Floats,
    vectors: Floats,
    settings: RobustnessSettings,
) -> RankRobustness:
    """Rank robustness over these weight vectors, each counting the same."""
    shares = np.ones(len(vectors))
    return _summary(stages, dimensions, performance, weights, vectors, shares, settings, draws=len(vectors))


def exact_two_dimensions(
    stages: Sequence[str],
    dimensions: Sequence[str],
    performance: Floats,
    weights: Floats,
    settings: RobustnessSettings,
) -> RankRobustness:
    """Rank robustness in closed form: with two dimensions every index is a line in the first weight.

    The order is constant between the weights at which two lines cross, so each stretch counts with its length.
    Worked number: (47.5, 50) and (76.667, 37.5) swap at 0.3; the second leads on the remaining 0.7.

    Source: docs/scoring.md, 5.9 (golden test).
    """
    filled = np.where(np.isnan(performance), performance[:, ::-1], performance)
    slope = filled[:, 0] - filled[:, 1]
    crossings = set()
    for first in range(len(filled)):
        for second in range(first):
            difference = slope[first] - slope[second]
            if abs(difference) > _SAME:
                at = float((filled[second, 1] - filled[first, 1]) / difference)
                if 0 < at < 1:
                    crossings.add(at)
    borders = np.array([0.0, *sorted(crossings), 1.0])
    middle = (borders[1:] + borders[:-1]) / 2
    vectors = np.column_stack([middle, 1 - middle])
    shares = np.diff(borders)
    return _summary(
        stages, dimensions, filled, weights, vectors, shares, settings, draws=0, switches=tuple(sorted(crossings))
    )


def _ranks(indices: Floats) -> tuple[Floats, Floats]:
    """For each row: how many are better, and how many others are equal."""
    difference = indices[:, None, :] - indices[:, :, None]
    better = (difference > _SAME).sum(axis=2).astype(np.float64)
    equal = (np.abs(difference) <= _SAME).sum(axis=2).astype(np.float64) - 1
    return better, equal


def _summary(
    stages: Sequence[str],
    dimensions: Sequence[str],
    performance: Floats,
    weights: Floats,
    vectors: Floats,
    shares: Floats,
    settings: RobustnessSettings,
    *,
    draws: int,
    switches: tuple[float, ...] = (),
) -> RankRobustness:
    present = (~np.isnan(performance)).astype(np.float64)
    filled = np.where(np.isnan(performance), 0.0, performance)
    with np.errstate(invalid="ignore", divide="ignore"):
        indices = (vectors @ filled.T) / (vectors @ present.T)
        reference = (filled @ weights) / (present @ weights)
    better, equal = _ranks(indices)
    ranks = np.arange(1, len(stages) + 1)
    held = (better[:, :, None] < ranks) & (ranks <= better[:, :, None] + 1 + equal[:, :, None])
    acceptability = np.einsum("d,dsr->sr", shares, held / (1 + equal[:, :, None])) / shares.sum()
    reference_better, reference_equal = _ranks(reference[None, :])
    shift = np.abs((better + equal / 2) - (reference_better + reference_equal / 2)).mean(axis=1)
    podium = min(settings.podium, len(stages))
    order = np.argsort(-np.round(reference, 9), kind="stable")
    return RankRobustness(
        is_exact=draws == 0,
        draws=draws,
        seed=settings.seed,
        acceptability={
            name: tuple(float(share) for share in row) for name, row in zip(stages, acceptability, strict=True)
        },
        top={name: float(row[:podium].sum()) for name, row in zip(stages, acceptability, strict=True)},
        bottom={name: float(row[-podium:].sum()) for name, row in zip(stages, acceptability, strict=True)},
        mean_rank_shift=float(shift @ shares / shares.sum()),
        central_weights=_central(stages, dimensions, vectors, shares, held[:, :, 0] / (1 + equal)),
        reference_order=tuple(stages[index] for index in order),
        switch_weights=switches,
    )


def _central(
    stages: Sequence[str], dimensions: Sequence[str], vectors: Floats, shares: Floats, first: Floats
) -> dict[str, dict[str, float]]:
    found = {}
    for column, name in enumerate(stages):
        importance = shares * first[:, column]
        if importance.sum() > 0:
            mean = importance @ vectors / importance.sum()
            found[name] = {key: float(weight) for key, weight in zip(dimensions, mean, strict=True)}
    return found
