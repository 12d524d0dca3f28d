"""Rank order and classes under other weights and borders, at once: for sliders, while the full scorecard follows.

Only what follows from the visible means is computed here; stability, evidence and robustness need `model.score`.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from roadmapdesk.scoring.disclosed import DisclosedScorecard
from roadmapdesk.scoring.inputs import frozen
from roadmapdesk.scoring.profile import Profile, WeightSource
from roadmapdesk.scoring.scorecard import CellClass, CellKey


@dataclass(frozen=True, slots=True)
class Outlook:
    """What other settings would give.

    Attributes:
        indices: mapping stage → index of performance, None where too few cells are visible; in matrix order.
        order: stages that have an index, best first.
        classes: mapping cell → class, cells with both means only.
    """

    indices: Mapping[str, float | None]
    order: tuple[str, ...]
    classes: Mapping[CellKey, CellClass]


def what_if(scorecard: DisclosedScorecard, profile: Profile) -> Outlook:
    """Rank order and classes of the visible cells under `profile`'s weights of dimensions and thresholds.

    Worked number: 47.5 and 50 with set weights 3 and 2 give 48.5.

    Source: docs/scoring.md, 5.4 and 5.6.
    """
    import numpy as np  # noqa: PLC0415 — heavy library, loaded on first use

    from roadmapdesk.scoring.classes import class_codes, class_of  # noqa: PLC0415 — loads numpy, on first use
    from roadmapdesk.scoring.indices import optional, stage_indices  # noqa: PLC0415 — loads numpy, on first use

    stages, dimensions = scorecard.stages, scorecard.dimensions
    matrices = np.full((3, len(stages), len(dimensions)), np.nan)
    for row, stage in enumerate(stages):
        for column, dimension in enumerate(dimensions):
            cell = scorecard.cell(stage, dimension)
            for slot, figure in enumerate((cell.performance, cell.importance, cell.outlook)):
                if figure is not None:
                    matrices[slot, row, column] = figure.mean
    weights = np.array(_weights(scorecard, profile))
    found = stage_indices(matrices[0], matrices[1], matrices[2], weights, profile).main(profile)
    indices = {stage: optional(found[row]) for row, stage in enumerate(stages)}
    ranked = [(-round(value, 9), row) for row, value in enumerate(indices.values()) if value is not None]
    codes = class_codes(matrices[0], matrices[1], profile.thresholds)
    classes = {
        CellKey(stage, dimension): kind
        for row, stage in enumerate(stages)
        for column, dimension in enumerate(dimensions)
        if (kind := class_of(int(codes[row, column]))) is not None
    }
    return Outlook(frozen(indices), tuple(stages[row] for _value, row in sorted(ranked)), frozen(classes))


def _weights(scorecard: DisclosedScorecard, profile: Profile) -> list[float]:
    """The profile's own weights where it sets some above 0, else those in use."""
    if profile.dimension_weight_source is WeightSource.SET:
        stated = [max(0.0, profile.dimension_weights.get(key, 0.0)) for key in scorecard.dimensions]
        if sum(stated) > 0:
            return [weight / sum(stated) for weight in stated]
    return [scorecard.weights.dimensions[key] for key in scorecard.dimensions]
