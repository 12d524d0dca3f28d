"""Classes of cells, their stability, grades and evidence (5.6, 5.7)."""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from roadmapdesk.scoring.intervals import Counts, Floats, Job
from roadmapdesk.scoring.profile import Grades, Profile, Thresholds
from roadmapdesk.scoring.scorecard import CellClass, ClassStability, Evidence, Grade, SiteCell

CLASSES = tuple(CellClass)
NO_CLASS = -1
"""Code of a cell without performance or importance."""


def classify(performance: float, importance: float, thresholds: Thresholds) -> CellClass:
    """The class of one pair of values; the first rule that holds decides.

    Worked number: performance 47.5, importance 91.667 gives a critical gap.

    Source: docs/scoring.md, 5.6.
    """
    return CLASSES[int(class_codes(np.array([performance]), np.array([importance]), thresholds)[0])]


def class_codes(performance: Floats, importance: Floats, thresholds: Thresholds) -> npt.NDArray[np.int8]:
    """Index into `CellClass` for each pair of values, `NO_CLASS` where one is NaN; borders hold within ``eps``."""
    eps = thresholds.eps
    gap = importance - performance
    with np.errstate(invalid="ignore"):
        is_important = importance >= thresholds.importance_high - eps
        is_strong = performance >= thresholds.performance_high - eps
        is_critical = (performance < thresholds.performance_low - eps) | (gap >= thresholds.gap_critical_min - eps)
        is_level = gap < thresholds.gap_strength_max - eps
    codes = np.select(
        [
            np.isnan(performance) | np.isnan(importance),
            is_important & is_critical,
            is_important & is_strong & is_level,
            is_important,
            is_strong,
        ],
        [
            NO_CLASS,
            *(
                CLASSES.index(kind)
                for kind in (CellClass.CRITICAL_GAP, CellClass.STRENGTH, CellClass.DEVELOP, CellClass.RESERVE)
            ),
        ],
        default=CLASSES.index(CellClass.WATCH),
    )
    return codes.astype(np.int8)


def stability_job(performance: Floats, importance: Floats, weights: Floats, profile: Profile) -> Job | None:
    """The job for the stability of one cell's class, giving a `ClassStability`; None without a reference class.

    Resampled are organisations with a rating of performance or importance (NaN where one is absent). A draw without
    any performance or any importance is discarded and counted.

    Source: docs/scoring.md, 5.7.
    """
    has_any = ~(np.isnan(performance) & np.isnan(importance))
    if np.isnan(performance).all() or np.isnan(importance).all():
        return None
    sides = []
    for values in (performance[has_any], importance[has_any]):
        present = ~np.isnan(values) * weights[has_any]
        sides.append((np.where(np.isnan(values), 0.0, values) * present, present))
    columns = np.column_stack([sides[0][0], sides[0][1], sides[1][0], sides[1][1]])
    columns = columns[np.lexsort(columns.T)]
    sums = columns.sum(axis=0)
    thresholds = profile.thresholds
    reference = classify(sums[0] / sums[1], sums[2] / sums[3], thresholds)

    def reduce(totals: Floats, times: Counts) -> ClassStability:
        with np.errstate(invalid="ignore", divide="ignore"):
            codes = class_codes(
                np.where(totals[:, 1] > 0, totals[:, 0] / totals[:, 1], np.nan),
                np.where(totals[:, 3] > 0, totals[:, 2] / totals[:, 3], np.nan),
                thresholds,
            )
        counts = np.bincount(codes + 1, weights=times, minlength=len(CLASSES) + 1)
        used = int(counts[1:].sum())
        shares = {kind: counts[place] / used for place, kind in enumerate(CLASSES, start=1) if counts[place]}
        return ClassStability(reference, used, int(counts[0]), {kind: float(share) for kind, share in shares.items()})

    return Job(columns, reduce)


def grade(performance: SiteCell, grades: Grades) -> Grade:
    """Grade of a cell by n, coverage and half-width of the interval of performance.

    Without an interval the grade is C at best; unanimous cells count as half-width 0. Worked number: n = 8 of 9
    with 55 to 75 gives A (half-width 10).

    Source: docs/scoring.md, 5.7.
    """
    halfwidth: float | None = None
    if performance.interval is not None:
        halfwidth = performance.interval.halfwidth
    elif performance.is_unanimous:
        halfwidth = 0.0
    for kind, rule in ((Grade.A, grades.a), (Grade.B, grades.b)):
        if (
            halfwidth is not None
            and performance.n_valid >= rule.n
            and (performance.coverage or 0.0) >= rule.coverage - 1e-12
            and halfwidth <= rule.halfwidth + 1e-9
        ):
            return kind
    return Grade.C if performance.n_valid >= grades.c_n else Grade.D


def evidence(n: int, cell_grade: Grade, stability: ClassStability | None, profile: Profile) -> Evidence:
    """How far the class may be relied on, from the smaller n of performance and importance.

    Worked number: n = 8, grade B, stability 0.85 is firm; 0.75 is tentative; n = 2 is insufficient.

    Source: docs/scoring.md, 5.7.
    """
    if n < profile.min_evidence_n:
        return Evidence.INSUFFICIENT
    is_stable = stability is not None and stability.stability >= profile.class_stability_firm - 1e-12
    return Evidence.FIRM if is_stable and cell_grade in {Grade.A, Grade.B} else Evidence.TENTATIVE


def class_of(code: int) -> CellClass | None:
    """The class of one code, None for `NO_CLASS`."""
    return None if code == NO_CLASS else CLASSES[code]


def shifted(thresholds: Thresholds, shifts: Mapping[str, float]) -> Thresholds:
    """Thresholds with some borders moved by these points."""
    return Thresholds(
        importance_high=thresholds.importance_high + shifts.get("importance_high", 0),
        performance_high=thresholds.performance_high + shifts.get("performance_high", 0),
        performance_low=thresholds.performance_low + shifts.get("performance_low", 0),
        gap_strength_max=thresholds.gap_strength_max + shifts.get("gap_strength_max", 0),
        gap_critical_min=thresholds.gap_critical_min + shifts.get("gap_critical_min", 0),
        eps=thresholds.eps,
    )
