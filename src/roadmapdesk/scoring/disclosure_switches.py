"""What each level may see of the sensitivity of a scorecard (5.12, e)."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from roadmapdesk.scoring.disclosed import DisclosedCell, DisclosedSwitch, Visibility
from roadmapdesk.scoring.disclosure_rules import Rules
from roadmapdesk.scoring.indices import stage_indices
from roadmapdesk.scoring.intervals import Floats
from roadmapdesk.scoring.scorecard import CellKey, Scorecard, SensitivityRow, Switch


def disclose_sensitivity(
    scorecard: Scorecard,
    cells: Mapping[CellKey, DisclosedCell],
    performance: Floats,
    dimension_weights: Floats,
    rules: Rules,
) -> tuple[DisclosedSwitch, ...]:
    """Rows over visible cells in which the switch tells no group below the minimum apart; no leave-one-out (e)."""
    rows = [row for row in scorecard.sensitivity if rules.is_internal or row.switch is not Switch.LEAVE_ONE_OUT]
    index_changes = _index_changes(scorecard, performance, dimension_weights)
    return tuple(_switch(row, cells, index_changes, rules) for row in rows)


def _index_changes(scorecard: Scorecard, performance: Floats, dimension_weights: Floats) -> dict[Switch, float]:
    """Changes of stage indices that follow from visible means alone."""
    profile = scorecard.profile
    indices = stage_indices(performance, performance, performance, dimension_weights, profile)
    found = {}
    for switch, other in ((Switch.EQUAL_DIMENSION_WEIGHTS, indices.equal), (Switch.GEOMETRIC, indices.geometric)):
        changes = np.abs(other - indices.main(profile))
        changes = changes[~np.isnan(changes)]
        found[switch] = float(changes.max()) if changes.size else 0.0
    return found


def _switch(
    row: SensitivityRow, cells: Mapping[CellKey, DisclosedCell], index_changes: Mapping[Switch, float], rules: Rules
) -> DisclosedSwitch:
    variants = [
        variant
        for variant in row.cells
        if rules.is_internal
        or (cells[variant.key].visibility is Visibility.VALUE and variant.smallest_group >= rules.n_value)
    ]
    largest = max((abs(variant.change) for variant in variants if variant.change is not None), default=0.0)
    if not rules.is_internal:
        # One step wide, because an exact change of one known cell would be one more equation on its raters.
        largest = replace(rules, step=rules.step or 5.0).rounded(largest)
    return DisclosedSwitch(
        switch=row.switch,
        n_cells=len(variants),
        changed_classes=tuple(variant.key for variant in variants if variant.has_other_class),
        largest_change=largest,
        largest_index_change=row.largest_index_change if rules.is_internal else index_changes.get(row.switch),
    )
