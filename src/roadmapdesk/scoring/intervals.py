"""Expanded percentile intervals and the resamples of organisations behind them (5.7).

Ratings are sorted before they are resampled: the result depends on the ratings only, not on names or order.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations_with_replacement
from math import erfc, exp, factorial, lgamma, log, log1p, pi, sqrt

import numpy as np
import numpy.typing as npt

from roadmapdesk.scoring.profile import IntervalSettings
from roadmapdesk.scoring.scorecard import Interval

Floats = npt.NDArray[np.float64]
Counts = npt.NDArray[np.int64]

_FEW_KINDS = 10
"""Organisations per different rating from which resamples are drawn as numbers per rating (multinomial)."""

_BLOCK_ELEMENTS = 1_000_000
"""Draws are made in blocks of about this many organisations, which bounds memory for large samples."""


def normal_cdf(z: float) -> float:
    """Standard normal distribution function. Worked number: Φ(-1.6449) = 0.0500."""
    return erfc(-z / sqrt(2)) / 2


def _beta_fraction(a: float, b: float, x: float) -> float:
    """Continued fraction of the incomplete beta function by Lentz's method.

    Source: Abramowitz and Stegun 26.5.8.
    """
    tiny = 1e-300
    c, d = 1.0, 1.0 / max(tiny, 1 - (a + b) * x / (a + 1))
    total = d
    for m in range(1, 500):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        d = 1 / ((1 + even * d) or tiny)
        c = (1 + even / c) or tiny
        total *= d * c
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        d = 1 / ((1 + odd * d) or tiny)
        c = (1 + odd / c) or tiny
        total *= d * c
        if abs(d * c - 1) < 1e-15:
            break
    return total


def _incomplete_beta(a: float, b: float, x: float) -> float:
    if x <= 0 or x >= 1:
        return float(x >= 1)
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x))
    if x < (a + 1) / (a + b + 2):
        return front * _beta_fraction(a, b, x) / a
    return 1.0 - front * _beta_fraction(b, a, 1 - x) / b


@lru_cache(maxsize=4096)
def student_quantile(probability: float, df: int) -> float:
    """Quantile of Student's t above one half. Worked number: t(0.95; 2) = 2.919986.

    Newton steps on the distribution function ``1 - I(df / (df + t²); df/2, 1/2) / 2``.
    """
    constant = exp(lgamma((df + 1) / 2) - lgamma(df / 2)) / sqrt(df * pi)
    low, high = 0.0, 1.0
    while _student_cdf(high, df) < probability:
        high *= 2
    t = high / 2
    for _ in range(100):
        error = _student_cdf(t, df) - probability
        low, high = (t, high) if error < 0 else (low, t)
        step: float = error / (constant * (1 + t * t / df) ** (-(df + 1) / 2))
        following = t - step
        if not low <= following <= high:
            following = (low + high) / 2
        if abs(following - t) <= 1e-14 * max(1.0, t):
            return following
        t = following
    return t


def _student_cdf(t: float, df: int) -> float:
    return 1 - _incomplete_beta(df / 2, 0.5, df / (df + t * t)) / 2


def expanded_alpha(n: int, confidence: float = 0.9) -> float:
    """One-sided level of the expanded percentile interval: ``Φ(-sqrt(n/(n-1)) t(n-1))``.

    Worked number: n = 3 at 90 % gives 0.000174.

    Source: docs/scoring.md, 5.7.
    """
    return normal_cdf(-sqrt(n / (n - 1)) * student_quantile(1 - (1 - confidence) / 2, n - 1))


@dataclass(frozen=True, slots=True)
class Job:
    """One statistic to be resampled.

    Attributes:
        columns: shape (organisations, k): quantities that are summed over each resample.
        reduce: takes the sums, shape (resamples, k), and how often each resample counts; returns the result.
    """

    columns: Floats
    reduce: Callable[[Floats, Counts], object]


def resample(jobs: Sequence[Job], settings: IntervalSettings) -> list[object]:
    """The result of each job, in order.

    Drawing n organisations with replacement and counting equal ratings is one draw from the multinomial
    distribution, so a sample with few different ratings costs no more for being large. Other jobs with equally many
    organisations share their resamples.
    """
    groups: defaultdict[int, list[int]] = defaultdict(list)
    results: list[object] = [None] * len(jobs)
    once = np.ones(settings.draws, dtype=np.int64)
    for number, job in enumerate(jobs):
        n = len(job.columns)
        kinds, counts = np.unique(job.columns, axis=0, return_counts=True)
        if n > settings.exact_enumeration_max_n and len(kinds) * _FEW_KINDS <= n:
            generator = np.random.Generator(np.random.PCG64(settings.seed))
            drawn = generator.multinomial(n, counts / n, settings.draws)
            results[number] = job.reduce(drawn.astype(np.float64) @ kinds, once)
        else:
            groups[n].append(number)
    for n, numbers in groups.items():
        stacked = np.hstack([jobs[number].columns for number in numbers])
        totals, times = _totals(stacked, n, settings)
        start = 0
        for number in numbers:
            width = jobs[number].columns.shape[1]
            results[number] = jobs[number].reduce(totals[:, start : start + width], times)
            start += width
    return results


def _totals(columns: Floats, n: int, settings: IntervalSettings) -> tuple[Floats, Counts]:
    if n <= settings.exact_enumeration_max_n:
        counts, times = _enumerated(n)
        return counts @ columns, times
    totals = np.empty((settings.draws, columns.shape[1]))
    generator = np.random.Generator(np.random.PCG64(settings.seed))
    block = max(1, _BLOCK_ELEMENTS // n)
    for start in range(0, settings.draws, block):
        rows = min(block, settings.draws - start)
        drawn = generator.integers(0, n, size=(rows, n))
        drawn += np.arange(rows)[:, None] * n
        times = np.bincount(drawn.ravel(), minlength=rows * n).reshape(rows, n)
        totals[start : start + rows] = times.astype(np.float64) @ columns
    return totals, np.ones(settings.draws, dtype=np.int64)


@lru_cache(maxsize=16)
def _enumerated(n: int) -> tuple[Floats, Counts]:
    """All resamples of n organisations as multisets, and in how many of the n^n orders each occurs."""
    rows = []
    times = []
    for combination in combinations_with_replacement(range(n), n):
        counts = [combination.count(index) for index in range(n)]
        ways = factorial(n)
        for count in counts:
            ways //= factorial(count)
        rows.append(counts)
        times.append(ways)
    return np.array(rows, dtype=np.float64).reshape(len(rows), n), np.array(times, dtype=np.int64)


def interval_job(values: Floats, weights: Floats, settings: IntervalSettings) -> Job | None:
    """The job for the interval of a weighted mean, giving an `Interval`; None below `min_n` or if all are equal.

    Limits are the type 7 quantiles α' and 1 - α' of the resample means. Worked number: 75, 100, 100 gives
    75.04 to 100.

    Source: docs/scoring.md, 5.7.
    """
    n = len(values)
    if n < max(2, settings.min_n) or values.max() - values.min() < 1e-9:
        return None
    order = np.lexsort((weights, values))
    columns = np.column_stack([values * weights, weights])[order]
    alpha = expanded_alpha(n, settings.confidence)
    plain = (1 - settings.confidence) / 2

    def reduce(totals: Floats, times: Counts) -> Interval:
        low, high, plain_low, plain_high = quantiles(
            totals[:, 0] / totals[:, 1], times, (alpha, 1 - alpha, plain, 1 - plain)
        )
        return Interval(low, high, alpha, int(times.sum()), plain_low, plain_high)

    return Job(columns, reduce)


def quantiles(means: Floats, times: Counts, probabilities: Sequence[float]) -> list[float]:
    """Type 7 quantiles of values that each occur `times` times.

    Worked number: 0 and 10 once each have the quantile 2.5 at 0.25.

    Source: docs/scoring.md, 5.7 (linear, type 7).
    """
    total = int(times.sum())
    positions = [(total - 1) * probability for probability in probabilities]
    ranks = np.array([[int(position), min(int(position) + 1, total - 1)] for position in positions])
    if total == len(means):
        found = np.partition(means, np.unique(ranks))[ranks]
    else:
        order = np.argsort(means, kind="stable")
        found = means[order][np.searchsorted(np.cumsum(times[order]), ranks, side="right")]
    return [
        float(low + (high - low) * (position - int(position)))
        for (low, high), position in zip(found, positions, strict=True)
    ]


def shrunk(interval: Interval, mean: float, n: int, population: int) -> Interval:
    """The interval with the finite population correction ``sqrt((N - n)/(N - 1))`` around the mean.

    Worked number: n = 5 of N = 10 multiplies both arms by 0.745. With n ≥ N nothing is left to estimate.

    Source: docs/scoring.md, 5.7 (option, off by default).
    """
    factor = sqrt(max(0, population - n) / (population - 1)) if population > 1 else 0.0
    return Interval(
        low=mean - factor * (mean - interval.low),
        high=mean + factor * (interval.high - mean),
        alpha=interval.alpha,
        resamples=interval.resamples,
        plain_low=mean - factor * (mean - interval.plain_low),
        plain_high=mean + factor * (interval.plain_high - mean),
    )
