"""The sensitivity table: one row per switch, with changed classes and largest change (5.10)."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from roadmapdesk.scoring.cells import site_means
from roadmapdesk.scoring.classes import NO_CLASS, class_codes, shifted
from roadmapdesk.scoring.indices import StageIndices, stage_indices
from roadmapdesk.scoring.intervals import Floats
from roadmapdesk.scoring.profile import ActorWeightMode, Profile, Raters, StageIndexKind, Thresholds
from roadmapdesk.scoring.ratings import AnswerSheet, Flags, Ratings, rate
from roadmapdesk.scoring.scorecard import CellKey, CellVariant, SensitivityRow, Switch

THRESHOLD_STEP = 5.0
"""Points by which thresholds are moved."""

_LEVELS = ("importance_high", "performance_high", "performance_low")
_GAPS = ("gap_strength_max", "gap_critical_min")

Codes = npt.NDArray[np.int8]
Sizes = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class _Reference:
    sheet: AnswerSheet
    ratings: Ratings
    means: Floats
    weights: Floats
    profile: Profile
    codes: Codes
    index: Floats
    n: Sizes


def sensitivity_table(
    sheet: AnswerSheet, ratings: Ratings, weights: Floats, profile: Profile
) -> tuple[SensitivityRow, ...]:
    """All rows, in the order of `Switch`.

    Args:
        sheet: the parsed answers.
        ratings: ratings under `profile`.
        weights: weights of dimensions in use.
        profile: the settings that the switches start from.

    Source: docs/scoring.md, 5.10.
    """
    means = site_means(ratings)
    indices = stage_indices(means[:, :, 0], means[:, :, 1], means[:, :, 2], weights, profile)
    reference = _Reference(
        sheet=sheet,
        ratings=ratings,
        means=means,
        weights=weights,
        profile=profile,
        codes=class_codes(means[:, :, 0], means[:, :, 1], profile.thresholds),
        index=indices.main(profile),
        n=ratings.is_valid[..., 0].sum(axis=0),
    )
    rows = {row.switch: row for row in _rows(reference)}
    return tuple(rows[switch] for switch in Switch)


def _rows(reference: _Reference) -> Iterator[SensitivityRow]:
    profile = reference.profile
    role = replace(profile, actor_weight_mode=ActorWeightMode.ROLE)
    yield _rated(reference, Switch.ROLE_WEIGHTS, role, _smallest_role_group(reference))
    yield _rated(reference, Switch.FULL_COVERAGE, replace(profile, min_item_coverage=1.0))
    yield _rated(reference, Switch.INSIDE_ONLY, replace(profile, raters=Raters.INSIDE))
    yield _rated(reference, Switch.CROSS_CHECKS, replace(profile, include_cross_checks=True))
    equal = np.full(len(reference.weights), 1 / max(1, len(reference.weights)))
    yield _row(
        reference,
        Switch.EQUAL_DIMENSION_WEIGHTS,
        reference.means,
        reference.codes,
        _indices(reference, reference.means, equal).main(profile),
        reference.n,
    )
    yield _row(
        reference,
        Switch.GEOMETRIC,
        reference.means,
        reference.codes,
        _indices(reference, reference.means, reference.weights).geometric,
        reference.n,
    )
    for switch, borders, step in (
        (Switch.THRESHOLDS_UP, _LEVELS, THRESHOLD_STEP),
        (Switch.THRESHOLDS_DOWN, _LEVELS, -THRESHOLD_STEP),
        (Switch.GAP_THRESHOLDS_UP, _GAPS, THRESHOLD_STEP),
        (Switch.GAP_THRESHOLDS_DOWN, _GAPS, -THRESHOLD_STEP),
    ):
        thresholds = shifted(profile.thresholds, dict.fromkeys(borders, step))
        yield _reclassified(reference, switch, thresholds)
    yield _leave_one_out(reference)


def _indices(reference: _Reference, means: Floats, weights: Floats) -> StageIndices:
    return stage_indices(means[:, :, 0], means[:, :, 1], means[:, :, 2], weights, reference.profile)


def _reclassified(reference: _Reference, switch: Switch, thresholds: Thresholds) -> SensitivityRow:
    codes = class_codes(reference.means[:, :, 0], reference.means[:, :, 1], thresholds)
    return _row(reference, switch, reference.means, codes, reference.index, reference.n)


def _rated(reference: _Reference, switch: Switch, profile: Profile, smallest: Sizes | None = None) -> SensitivityRow:
    ratings = rate(reference.sheet, profile)
    means = site_means(ratings)
    codes = class_codes(means[:, :, 0], means[:, :, 1], profile.thresholds)
    index = _indices(reference, means, reference.weights).main(profile)
    if smallest is None:
        smallest = _smallest_split(reference.ratings.is_valid, ratings.is_valid)
    return _row(reference, switch, means, codes, index, smallest)


def _smallest_split(before: Flags, after: Flags) -> Sizes:
    """Per cell the smallest group that comparing the two sets of raters tells apart, over P and I."""
    smallest = np.full(before.shape[1:3], np.iinfo(np.int64).max)
    for slot in (0, 1):
        first, second = before[..., slot], after[..., slot]
        for group in (first & second, first & ~second, second & ~first):
            size = group.sum(axis=0)
            smallest = np.where(size > 0, np.minimum(smallest, size), smallest)
    return smallest


def _smallest_role_group(reference: _Reference) -> Sizes:
    smallest = np.full(reference.n.shape, np.iinfo(np.int64).max)
    for role in (-1, 0, 1, 2):
        has_role = (reference.sheet.roles == role)[:, :, None]
        for slot in (0, 1):
            size = (reference.ratings.is_valid[..., slot] & has_role).sum(axis=0)
            smallest = np.where(size > 0, np.minimum(smallest, size), smallest)
    return smallest


def _row(
    reference: _Reference,
    switch: Switch,
    means: Floats,
    codes: Codes,
    index: Floats,
    smallest: Sizes,
    changes: Floats | None = None,
) -> SensitivityRow:
    changes = means[:, :, 0] - reference.means[:, :, 0] if changes is None else changes
    cells = []
    for row, stage in enumerate(reference.sheet.stages):
        for column, dimension in enumerate(reference.sheet.dimensions):
            place = (row, column)
            has_class = max(codes[place], reference.codes[place]) != NO_CLASS
            if not has_class and np.isnan(reference.means[row, column, 0]):
                continue
            change = None if np.isnan(changes[place]) else float(changes[place])
            cells.append(
                CellVariant(
                    CellKey(stage, dimension),
                    change,
                    bool(codes[place] != reference.codes[place]),
                    int(smallest[place]),
                )
            )
    return SensitivityRow(switch, tuple(cells), _largest(changes), _largest(index - reference.index))


def _largest(changes: Floats) -> float:
    known = np.abs(changes[~np.isnan(changes)])
    return float(known.max()) if known.size else 0.0


def _leave_one_out(reference: _Reference) -> SensitivityRow:
    """Each organisation left out in turn; per cell the largest shift, and whether any one decides the class."""
    valid = reference.ratings.is_valid
    weights = valid * reference.ratings.weights[:, :, None, None]
    weighted = np.where(valid, reference.ratings.scores, 0.0) * weights
    remaining = weights.sum(axis=0) - weights
    with np.errstate(invalid="ignore", divide="ignore"):
        without = np.where(remaining > 1e-12, (weighted.sum(axis=0) - weighted) / remaining, np.nan)
    codes = class_codes(without[..., 0], without[..., 1], reference.profile.thresholds)
    rated = valid[..., 0] | valid[..., 1]
    differs = (rated & (codes != NO_CLASS) & (codes != reference.codes)).any(axis=0)
    shifts = np.where(valid[..., 0], np.abs(without[..., 0] - reference.means[..., 0]), np.nan)
    shifts[np.isnan(shifts)] = -1.0
    largest = shifts.max(axis=0, initial=-1.0)
    changed = np.where(differs, (reference.codes + 1) % 5, reference.codes).astype(np.int8)
    index = _left_out_index(reference, without[..., 0])
    return _row(
        reference,
        Switch.LEAVE_ONE_OUT,
        reference.means,
        changed,
        index,
        np.ones_like(reference.n),
        changes=np.where(largest < 0, np.nan, largest),
    )


def _left_out_index(reference: _Reference, without: Floats) -> Floats:
    """Per stage the index that lies farthest from the one in use when one organisation is left out."""
    profile = reference.profile
    found = stage_indices(without, without, without, reference.weights, profile) if without.size else None
    if found is None:
        return reference.index
    index = found.geometric if profile.stage_index is StageIndexKind.GEOMETRIC else found.performance
    distance = np.abs(index - reference.index)
    distance[np.isnan(distance)] = -1.0
    farthest = distance.argmax(axis=0)
    return np.asarray(np.take_along_axis(index, farthest[None, :], axis=0)[0])
