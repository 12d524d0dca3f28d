"""Speed of scoring against the plainest correct numpy bootstrap: ``python benchmarks/scoring.py [--json OUT]``.

Program and reference run in turn on the same answers, with the same number of draws and the same generator; medians
are compared. The reference computes site means, intervals and class stability only, cell by cell, from ratings that
are given to it; the program computes the whole scorecard from stored text.
"""

import argparse
import json
import sys
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from statistics import median

import numpy as np

from roadmapdesk.domain.actors import StageRole
from roadmapdesk.scoring.inputs import CELL_MEASURES, Interview, Item, Measure, Organisation, ScoringInput
from roadmapdesk.scoring.intervals import expanded_alpha
from roadmapdesk.scoring.model import score
from roadmapdesk.scoring.profile import DEFAULT
from roadmapdesk.scoring.scorecard import Scorecard

STAGES = tuple(f"s{number}" for number in range(1, 10))
DIMENSIONS = tuple(f"d{number}" for number in range(1, 8))


def study(interviews: int, seed: int = 7) -> ScoringInput:
    """A study with this many organisations that rate all stages; each cell misses other answers."""
    rng = np.random.default_rng(seed)
    prefixes = {Measure.PERFORMANCE: "perf", Measure.IMPORTANCE: "imp", Measure.OUTLOOK: "out"}
    items = tuple(
        Item(f"{prefixes[measure]}_{dimension}", measure, dimension=dimension)
        for measure in CELL_MEASURES
        for dimension in DIMENSIONS
    )
    codes = np.array(["1", "2", "3", "4", "5", "97", "98", "99"])
    answers = rng.choice(codes, (interviews, len(STAGES), len(items)), p=[0.1, 0.2, 0.25, 0.2, 0.1, 0.05, 0.05, 0.05])
    names = [f"o{number:05}" for number in range(interviews)]
    roles = (StageRole.CORE, StageRole.SUPPORT, StageRole.OBSERVER)
    return ScoringInput(
        wave="w1",
        stages=STAGES,
        dimensions=DIMENSIONS,
        items=items,
        organisations=tuple(Organisation(name) for name in names),
        interviews=tuple(
            Interview(
                name, name, "w1", roles={stage: roles[(row + column) % 3] for column, stage in enumerate(STAGES)}
            )
            for row, name in enumerate(names)
        ),
        responses={
            (name, stage, item.question): str(answers[row, column, slot])
            for row, name in enumerate(names)
            for column, stage in enumerate(STAGES)
            for slot, item in enumerate(items)
        },
    )


def ratings_of(card: Scorecard) -> np.ndarray:
    """Ratings as the reference takes them: organisations × stages × dimensions × measures, NaN for missing."""
    values = np.full((len(card.organisations), len(STAGES), len(DIMENSIONS), len(CELL_MEASURES)), np.nan)
    place = {name: row for row, name in enumerate(card.organisations)}
    for (name, stage, dimension, measure), cell in card.actor_cells.items():
        if cell.score is not None:
            at = place[name], STAGES.index(stage), DIMENSIONS.index(dimension), CELL_MEASURES.index(measure)
            values[at] = cell.score
    return values


def plain_bootstrap(ratings: np.ndarray) -> dict[tuple[int, int], tuple[list[tuple[float, float]], float]]:
    """Intervals of the three measures and class stability of each cell, written down as the method reads."""
    settings = DEFAULT.interval
    found = {}
    for row in range(ratings.shape[1]):
        for column in range(ratings.shape[2]):
            intervals = []
            for slot in range(ratings.shape[3]):
                values = ratings[:, row, column, slot]
                values = values[~np.isnan(values)]
                rng = np.random.Generator(np.random.PCG64(settings.seed))
                means = values[rng.integers(0, len(values), (settings.draws, len(values)))].mean(axis=1)
                alpha = expanded_alpha(len(values), settings.confidence)
                low, high = np.quantile(means, [alpha, 1 - alpha])
                intervals.append((float(low), float(high)))
            pair = ratings[:, row, column, :2]
            pair = pair[~np.isnan(pair).all(axis=1)]
            rng = np.random.Generator(np.random.PCG64(settings.seed))
            drawn = pair[rng.integers(0, len(pair), (settings.draws, len(pair)))]
            performance, importance = np.moveaxis(np.nanmean(drawn, axis=1), 1, 0)
            reference = plain_class(*np.nanmean(pair, axis=0))
            classes = [plain_class(p, i) for p, i in zip(performance, importance, strict=True)]
            found[row, column] = intervals, classes.count(reference) / len(classes)
    return found


def plain_class(performance: float, importance: float) -> str:
    """The class of one cell, rule by rule."""
    t, eps = DEFAULT.thresholds, DEFAULT.thresholds.eps
    gap = importance - performance
    if importance >= t.importance_high - eps:
        if performance < t.performance_low - eps or gap >= t.gap_critical_min - eps:
            return "critical_gap"
        if performance >= t.performance_high - eps and gap < t.gap_strength_max - eps:
            return "strength"
        return "develop"
    return "reserve" if performance >= t.performance_high - eps else "watch"


def seconds(function: Callable[[], object]) -> float:
    """Wall time of one call."""
    start = time.perf_counter()
    function()
    return time.perf_counter() - start


def peak_megabytes(function: Callable[[], object]) -> float:
    """Highest additional memory of one call, numpy's arrays included."""
    tracemalloc.start()
    try:
        function()
        return tracemalloc.get_traced_memory()[1] / 1e6
    finally:
        tracemalloc.stop()


def rows(repeats: int = 3) -> list[dict[str, object]]:
    """The measured rows."""
    small, large = study(200), study(2000)
    ratings = ratings_of(score(small))
    ours, theirs = [], []
    for _ in range(repeats):
        ours.append(seconds(lambda: score(small)))
        theirs.append(seconds(lambda: plain_bootstrap(ratings)))
    small_s, reference_s = median(ours), median(theirs)
    large_s = seconds(lambda: score(large))
    memory = peak_megabytes(lambda: score(large))
    growth = large_s / small_s
    return [
        row(
            "score 200 interviews, all cells",
            "s",
            small_s,
            reference_s,
            "plain numpy bootstrap",
            "≤ 1× the reference",
            ok=small_s <= reference_s,
        ),
        row(
            "score 2,000 interviews ÷ score 200",
            "×",
            growth,
            10.0,
            "ten times the interviews",
            "growth linear: ≤ 10×",
            ok=growth <= 10.0,
        ),
        row("memory while scoring 2,000 interviews", "MB", memory, None, None, "stated", ok=True),
    ]


def row(
    name: str, unit: str, ours: float, reference: float | None, reference_name: str | None, aim: str, *, ok: bool
) -> dict[str, object]:
    """One row of the benchmark table."""
    ratio = None if reference is None else round(ours / reference, 4)
    return {
        "name": name,
        "unit": unit,
        "ours": round(ours, 4),
        "reference": reference and round(reference, 4),
        "reference_name": reference_name,
        "ratio": ratio,
        "aim": aim,
        "ok": ok,
    }


def main(arguments: list[str]) -> int:
    """Print the rows, or write them to a file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args(arguments)
    found = rows()
    text = json.dumps(found, indent=1, ensure_ascii=False)
    if options.json:
        options.json.write_text(text + "\n", encoding="utf-8")
    else:
        sys.stdout.write(text + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
