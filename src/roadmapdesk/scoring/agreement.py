"""Agreement between organisations: per cell AG and r_wg, over the study Krippendorff's alpha and ICC (5.8)."""

from typing import Literal

import numpy as np

from roadmapdesk.scoring.intervals import Floats
from roadmapdesk.scoring.profile import AgreementSettings
from roadmapdesk.scoring.scorecard import AgreementLevel, Icc


def agreement_ag(values: Floats) -> float:
    """AG: ``1 - population variance / 2500``, 1 = all alike, 0 = half at 0 and half at 100.

    Worked number: 70 and 25 give 0.7975.

    Source: docs/scoring.md, 5.8.
    """
    return float(1 - values.var() / 2500)


def agreement_level(ag: float, settings: AgreementSettings) -> AgreementLevel:
    """High, moderate or low agreement. Worked number: 0.80 is moderate."""
    if ag >= settings.high - 1e-12:
        return AgreementLevel.HIGH
    return AgreementLevel.MODERATE if ag >= settings.moderate - 1e-12 else AgreementLevel.LOW


def rwg(values: Floats, null_variance: float) -> float:
    """r_wg for one single 5-point item: ``1 - s² / null variance``, clipped to 0–1.

    Worked number: 100, 100, 75 with null variance 1250 give 0.8333.

    Source: docs/scoring.md, 5.8.
    """
    return float(np.clip(1 - values.var(ddof=1) / null_variance, 0, 1))


def is_polarised(values: Floats, settings: AgreementSettings) -> bool:
    """Whether both ends of the scale hold their share of organisations.

    Worked number: 0, 25, 50, 75, 100 is polarised, 40 % on each side.

    Source: docs/scoring.md, 5.8.
    """
    low = (values <= settings.polarised_low + 1e-9).mean()
    high = (values >= settings.polarised_high - 1e-9).mean()
    return bool(min(low, high) >= settings.polarised_share - 1e-12)


def krippendorff_alpha(units: Floats, metric: Literal["interval", "ordinal"]) -> float | None:
    """Krippendorff's alpha ``1 - Do / De``; None when fewer than two values can be paired or all are equal.

    Args:
        units: shape (units, raters), NaN for missing; units with one value are left out.
        metric: squared difference of values, or of ranks by frequency.

    Worked number: units (1, 1), (2, 2), (1, 2) with the interval metric give 0.4444.

    Source: docs/scoring.md, 4 and 5.8.
    """
    present = ~np.isnan(units)
    units = units[present.sum(axis=1) >= 2]
    present = ~np.isnan(units)
    if not present.any():
        return None
    levels = np.unique(np.round(units[present], 9))
    counts = np.zeros((len(units), len(levels)))
    rows, _ = np.nonzero(present)
    np.add.at(counts, (rows, np.searchsorted(levels, np.round(units[present], 9))), 1.0)
    sizes = counts.sum(axis=1)
    coincidences = (counts / (sizes - 1)[:, None]).T @ counts
    coincidences -= np.diag((counts / (sizes - 1)[:, None]).sum(axis=0))
    totals = counts.sum(axis=0)
    if metric == "ordinal":
        middle = np.cumsum(totals) - totals / 2
        distance = (middle[:, None] - middle[None, :]) ** 2
    else:
        distance = (levels[:, None] - levels[None, :]) ** 2
    number = totals.sum()
    expected = (np.outer(totals, totals) * distance).sum() / (number - 1)
    if expected <= 0:
        return None
    return float(1 - (coincidences * distance).sum() / expected)


def icc(groups: Floats) -> Icc | None:
    """One-way random intraclass correlation over cells with unequally many ratings.

    ``ICC(1) = (MSB - MSW) / (MSB + (k0 - 1) MSW)``, ``ICC(k) = (MSB - MSW) / MSB`` with
    ``k0 = (N - Σ n² / N) / (g - 1)``. Worked number: groups (1, 2), (3, 4) give MSB 4, MSW 0.5, ICC(1) 0.7778.

    Args:
        groups: shape (cells, organisations), NaN for missing.

    Source: docs/scoring.md, 4.
    """
    present = ~np.isnan(groups)
    groups = groups[present.any(axis=1)]
    sizes = (~np.isnan(groups)).sum(axis=1)
    number, cells = int(sizes.sum()), len(sizes)
    if cells < 2 or number <= cells:
        return None
    means = np.nansum(groups, axis=1) / sizes
    grand = np.nansum(groups) / number
    between = float((sizes * (means - grand) ** 2).sum() / (cells - 1))
    within = float(np.nansum((groups - means[:, None]) ** 2) / (number - cells))
    k0 = float((number - (sizes**2).sum() / number) / (cells - 1))
    whole = between + (k0 - 1) * within
    return Icc(
        msb=between,
        msw=within,
        k0=k0,
        icc1=(between - within) / whole if whole > 0 else None,
        icc_k=(between - within) / between if between > 0 else None,
    )
