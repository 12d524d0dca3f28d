"""Site cells: ratings of organisations condensed per cell (5.4, 5.5, 5.7, 5.8)."""

from dataclasses import dataclass

import numpy as np

from roadmapdesk.scoring.agreement import agreement_ag, agreement_level, is_polarised, rwg
from roadmapdesk.scoring.classes import class_codes, class_of, evidence, grade, stability_job
from roadmapdesk.scoring.indices import optional
from roadmapdesk.scoring.inputs import CELL_MEASURES, Item, Measure, frozen
from roadmapdesk.scoring.intervals import Floats, Job, interval_job, resample, shrunk
from roadmapdesk.scoring.profile import Profile
from roadmapdesk.scoring.ratings import AnswerSheet, Ratings
from roadmapdesk.scoring.scorecard import Cell, CellKey, ClassStability, Interval, SideDifference, SiteCell


def site_means(ratings: Ratings) -> Floats:
    """Weighted means per stage, dimension and measure, NaN without valid ratings: ``M = Σ u A / Σ u``.

    Worked number: 70 and 25 with equal weights give 47.5; with 1 and 0.75 50.714.

    Source: docs/scoring.md, 5.4, step 3.
    """
    weights = ratings.is_valid * ratings.weights[:, :, None, None]
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(np.nansum(ratings.scores * weights, axis=0) / weights.sum(axis=0))


def priority(gap: float, importance: float) -> float:
    """Priority index ``max(0, G) I / 100``. Worked number: gap 44.167, importance 91.667 give 40.486.

    Source: docs/scoring.md, 5.5.
    """
    return max(0.0, gap) * importance / 100


def range_if_missing_filled(total: float, weight: float, missing_weight: float) -> tuple[float, float]:
    """The mean if every missing eligible organisation had rated 0, and 100.

    Worked number: 70 + 25 from two of three give 31.667 to 65.

    Source: docs/scoring.md, 5.3.
    """
    whole = weight + missing_weight
    return total / whole, (total + 100 * missing_weight) / whole


@dataclass(frozen=True, slots=True)
class _Resampled:
    intervals: dict[tuple[int, int, int], Interval]
    stabilities: dict[tuple[int, int], ClassStability]


def site_cells(
    sheet: AnswerSheet, ratings: Ratings, role_means: Floats, population: dict[str, int], profile: Profile
) -> dict[CellKey, Cell]:
    """All cells, stages × dimensions.

    Args:
        sheet: the parsed answers behind the ratings.
        ratings: ratings of organisations.
        role_means: performance per stage and dimension with role weights.
        population: known actors per stage, for the finite population correction.
        profile: the settings.
    """
    means = site_means(ratings)
    found = _resampled(sheet, ratings, profile)
    codes = class_codes(means[:, :, 0], means[:, :, 1], profile.thresholds)
    cells = {}
    for row, stage in enumerate(sheet.stages):
        for column, dimension in enumerate(sheet.dimensions):
            sides = [
                _site_cell(sheet, ratings, means, (row, column, slot), found, population[stage], profile)
                for slot in range(len(CELL_MEASURES))
            ]
            cells[CellKey(stage, dimension)] = _cell(
                sheet,
                ratings,
                (row, column),
                sides,
                int(codes[row, column]),
                found.stabilities.get((row, column)),
                optional(role_means[row, column]),
                profile,
            )
    return cells


def _resampled(sheet: AnswerSheet, ratings: Ratings, profile: Profile) -> _Resampled:
    jobs: list[Job] = []
    places: list[tuple[int, ...]] = []
    for row in range(len(sheet.stages)):
        weights = ratings.weights[:, row]
        for column in range(len(sheet.dimensions)):
            block = ratings.scores[:, row, column, :]
            for slot in range(len(CELL_MEASURES)):
                valid = ~np.isnan(block[:, slot])
                job = interval_job(block[valid, slot], weights[valid], profile.interval)
                if job is not None:
                    jobs.append(job)
                    places.append((row, column, slot))
            job = stability_job(block[:, 0], block[:, 1], weights, profile)
            if job is not None:
                jobs.append(job)
                places.append((row, column))
    results = dict(zip(places, resample(jobs, profile.interval), strict=True))
    return _Resampled(
        {(p[0], p[1], p[2]): result for p, result in results.items() if isinstance(result, Interval)},
        {(p[0], p[1]): result for p, result in results.items() if isinstance(result, ClassStability)},
    )


def _site_cell(
    sheet: AnswerSheet,
    ratings: Ratings,
    means: Floats,
    place: tuple[int, int, int],
    found: _Resampled,
    population: int,
    profile: Profile,
) -> SiteCell:
    row, column, slot = place
    scores = ratings.scores[:, row, column, slot]
    eligible = ratings.is_eligible[:, row, column, slot]
    weights = ratings.weights[:, row]
    valid = ~np.isnan(scores)
    # Sorted, because a sum must not depend on the order of organisations.
    values = np.sort(scores[valid])
    n, n_eligible = len(values), int(eligible.sum())
    mean = optional(means[place])
    ag = agreement_ag(values) if n >= 2 else None
    unknown = ratings.dont_know[eligible, row, column, slot]
    interval = found.intervals.get(place)
    if interval is not None and mean is not None and profile.interval.fpc:
        interval = shrunk(interval, mean, n, max(population, n))
    return SiteCell(
        measure=CELL_MEASURES[slot],
        n_valid=n,
        n_eligible=n_eligible,
        n_dont_know=int((unknown > 0).sum()),
        coverage=n / n_eligible if n_eligible else None,
        mean=mean,
        sd=float(values.std(ddof=1)) if n >= 2 else None,
        dont_know_share=float(unknown.mean()) if n_eligible else None,
        agreement=ag,
        agreement_level=None if ag is None else agreement_level(ag, profile.agreement),
        rwg=_rwg(sheet, place, values, profile),
        is_polarised=n >= 2 and is_polarised(values, profile.agreement),
        interval=interval,
        range_if_missing_filled=_filled_range(mean, weights[valid], weights[eligible & ~valid]),
    )


def _filled_range(mean: float | None, rated: Floats, missing: Floats) -> tuple[float, float] | None:
    """The mean if all missing organisations said 0, and if they said 100; None where nobody could have rated."""
    weight, missing_weight = float(rated.sum()), float(missing.sum())
    if weight + missing_weight == 0:
        return None
    return range_if_missing_filled((mean or 0.0) * weight, weight, missing_weight)


def _rwg(sheet: AnswerSheet, place: tuple[int, int, int], values: Floats, profile: Profile) -> float | None:
    items = cell_items(sheet.items, sheet.stages[place[0]], sheet.dimensions[place[1]], CELL_MEASURES[place[2]])
    is_five_point = len(items) == 1 and items[0].maximum - items[0].minimum == 4
    return rwg(values, profile.agreement.rwg_null_variance) if is_five_point and len(values) >= 2 else None


def cell_items(items: tuple[Item, ...], stage: str, dimension: str, measure: Measure) -> tuple[Item, ...]:
    """The items that feed one cell."""
    return tuple(
        item
        for item in items
        if item.measure is measure and item.dimension == dimension and (item.stage_field or item.stage == stage)
    )


def _cell(
    sheet: AnswerSheet,
    ratings: Ratings,
    place: tuple[int, int],
    sides: list[SiteCell],
    code: int,
    stability: ClassStability | None,
    role_weighted: float | None,
    profile: Profile,
) -> Cell:
    row, column = place
    performance, importance, outlook = sides
    p, i, o = performance.mean, importance.mean, outlook.mean
    gap = None if p is None or i is None else i - p
    cell_grade = grade(performance, profile.grades)
    without = _leave_one_out(sheet, ratings, place)
    return Cell(
        key=CellKey(sheet.stages[row], sheet.dimensions[column]),
        performance=performance,
        importance=importance,
        outlook=outlook,
        gap=gap,
        priority=None if gap is None or i is None else priority(gap, i),
        outlook_change=None if o is None or p is None else o - p,
        sides=_side_difference(sheet, ratings, place, profile),
        cell_class=class_of(code),
        stability=stability,
        grade=cell_grade,
        evidence=evidence(min(performance.n_valid, importance.n_valid), cell_grade, stability, profile),
        performance_role_weighted=role_weighted,
        leave_one_out=frozen(without),
        max_influence=max((abs(value - p) for value in without.values()), default=None) if p is not None else None,
    )


def _leave_one_out(sheet: AnswerSheet, ratings: Ratings, place: tuple[int, int]) -> dict[str, float]:
    """Mean of performance without each organisation; empty below two ratings."""
    row, column = place
    values = ratings.scores[:, row, column, 0]
    valid = np.flatnonzero(~np.isnan(values))
    if len(valid) < 2:
        return {}
    weights = ratings.weights[valid, row]
    weighted = values[valid] * weights
    without = (weighted.sum() - weighted) / (weights.sum() - weights)
    return {sheet.organisations[index]: float(mean) for index, mean in zip(valid, without, strict=True)}


def _side_difference(
    sheet: AnswerSheet, ratings: Ratings, place: tuple[int, int], profile: Profile
) -> SideDifference:
    """Mean of performance inside the stage minus that of observers; unweighted.

    Source: docs/scoring.md, 5.5.
    """
    row, column = place
    values = ratings.scores[:, row, column, 0]
    valid = ~np.isnan(values)
    inside = np.sort(values[valid & sheet.is_inside[:, row]])
    outside = np.sort(values[valid & sheet.is_outside[:, row]])
    if min(len(inside), len(outside)) < max(1, profile.min_side_n):
        return SideDifference(len(inside), len(outside), None)
    return SideDifference(
        n_inside=len(inside),
        n_outside=len(outside),
        difference=float(inside.mean() - outside.mean()),
        is_unanimous=bool(inside[-1] - inside[0] < 1e-9 or outside[-1] - outside[0] < 1e-9),
    )
