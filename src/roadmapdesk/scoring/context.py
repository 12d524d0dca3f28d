"""What stands beside the cells: readiness, criticality, progress, cross-checks, benchmarks, priorities (5.4, 6)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean, median, stdev

from roadmapdesk.scoring.inputs import WHOLE_SITE, Interview, Item, Measure, ScoringInput
from roadmapdesk.scoring.profile import Profile
from roadmapdesk.scoring.scales import AnswerState, read_answer
from roadmapdesk.scoring.scorecard import (
    Aggregate,
    CrossCheck,
    DimensionCrossCheck,
    DimensionResult,
    Readiness,
    StageResult,
)


@dataclass(frozen=True, slots=True)
class Budgets:
    """Usable point budgets.

    Attributes:
        shares: one entry per organisation: share of points per dimension, mean over its interviews.
        left_out: number of interviews whose points had another total.
    """

    shares: tuple[tuple[float, ...], ...]
    left_out: int


class SideAnswers:
    """Answers to single questions of the counted interviews, condensed per organisation."""

    def __init__(self, inputs: ScoringInput, interviews: Iterable[Interview], profile: Profile) -> None:
        self._inputs = inputs
        self._profile = profile
        self._interviews = sorted(interviews, key=lambda interview: (interview.organisation, interview.key))
        self._owner = {interview.key: interview.organisation for interview in self._interviews}

    def scores(self, item: Item, stage: str) -> dict[str, float]:
        """Mapping organisation → mean score of its answered interviews."""
        return {key: fmean(values) for key, values in self._answered(item, stage).items()}

    def _answered(self, item: Item, stage: str) -> dict[str, list[float]]:
        found: defaultdict[str, list[float]] = defaultdict(list)
        for interview in self._interviews:
            value = self._inputs.responses.get((interview.key, stage, item.question))
            state, score = read_answer(value, item)
            if state is AnswerState.ANSWERED:
                found[interview.organisation].append(score)
        return found

    def aggregate(self, measure: Measure, stage: str) -> Aggregate:
        """Mean over organisations of all items of this measure that a stage (or the whole site) has."""
        items = [
            item
            for item in self._inputs.items_of(measure)
            if item.stage == stage or (stage != WHOLE_SITE and item.stage_field)
        ]
        found: defaultdict[str, list[float]] = defaultdict(list)
        for item in items:
            for key, score in self.scores(item, stage).items():
                found[key].append(score)
        return aggregate(fmean(values) for values in found.values())

    def readiness(self, stage: str) -> Readiness:
        """Median and maximum over organisations on the scale's own values; an organisation counts with its highest.

        Worked number: 4, 6 and 9 give median 6, maximum 9.

        Source: docs/scoring.md, 4 (TRL) and 5.2.
        """
        found: dict[str, float] = {}
        for item in self._inputs.items_of(Measure.READINESS):
            if item.stage_field is None and item.stage != stage:
                continue
            span = item.maximum - item.minimum
            for key, scores in self._answered(item, stage).items():
                raw = item.minimum + max(scores) * span / 100
                found[key] = max(found.get(key, raw), raw)
        values = sorted(found.values())
        if not values:
            return Readiness(0, None, None)
        return Readiness(len(values), median(values), values[-1], is_unanimous=values[0] == values[-1])

    def budgets(self, dimensions: Sequence[str]) -> Budgets:
        """Point budgets: a blank counts as 0 as soon as any points were given (5.4)."""
        items = {item.dimension: item for item in self._inputs.items_of(Measure.DIMENSION_WEIGHT)}
        found: defaultdict[str, list[tuple[float, ...]]] = defaultdict(list)
        left_out = 0
        for interview in self._interviews:
            points = [self._points(interview, items.get(dimension)) for dimension in dimensions]
            total = sum(points)
            if total <= 0:
                continue
            if self._profile.points_total is not None and abs(total - self._profile.points_total) > 1e-9:
                left_out += 1
                continue
            found[interview.organisation].append(tuple(point / total for point in points))
        shares = (tuple(fmean(column) for column in zip(*given, strict=True)) for given in found.values())
        return Budgets(tuple(shares), left_out)

    def _points(self, interview: Interview, item: Item | None) -> float:
        if item is None:
            return 0.0
        state, score = read_answer(self._inputs.responses.get((interview.key, item.stage, item.question)), item)
        if state is not AnswerState.ANSWERED:
            return 0.0
        return item.minimum + score * (item.maximum - item.minimum) / 100

    def cross_checks(
        self, results: Mapping[str, DimensionResult]
    ) -> tuple[tuple[CrossCheck, ...], tuple[DimensionCrossCheck, ...]]:
        """Cross-check questions, and their weighted mean per dimension, against the index of the dimension.

        Source: docs/scoring.md, 5.4, step 6.
        """
        checks = []
        for item in self._inputs.items_of(Measure.CROSS_CHECK):
            result = results.get(item.dimension)
            if result is None:
                continue
            answers = aggregate(self.scores(item, item.stage).values())
            checks.append(
                CrossCheck(
                    item.question,
                    item.stage,
                    item.dimension,
                    item.weight,
                    answers,
                    result.performance,
                    difference(answers.mean, result.performance),
                )
            )
        return tuple(checks), tuple(
            dimension_cross_check(key, [check for check in checks if check.dimension == key], result.performance)
            for key, result in results.items()
            if any(check.dimension == key for check in checks)
        )

    def benchmarks(self) -> dict[str, Aggregate]:
        """Mapping reference network → answers, 50 = on a par; sorted by key."""
        items = self._inputs.items_of(Measure.BENCHMARK)
        rows = [(entry.interview, entry.reference, entry.value) for entry in self._inputs.benchmarks]
        return self._grouped(items, rows)

    def priorities(self) -> dict[str, Aggregate]:
        """Mapping measure of the project → stated priority; sorted by key."""
        items = self._inputs.items_of(Measure.PRIORITY)
        return self._grouped(
            items, [(entry.interview, entry.measure, entry.value) for entry in self._inputs.proposals]
        )

    def _grouped(self, items: Sequence[Item], rows: Iterable[tuple[str, str, str]]) -> dict[str, Aggregate]:
        if not items:
            return {}
        found: defaultdict[str, defaultdict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
        for interview, group, value in rows:
            state, score = read_answer(value, items[0])
            if interview in self._owner and state is AnswerState.ANSWERED:
                found[group][self._owner[interview]].append(score)
        return {
            group: aggregate(fmean(sorted(scores)) for scores in found[group].values()) for group in sorted(found)
        }


def aggregate(values: Iterable[float]) -> Aggregate:
    """Mean and standard deviation (n-1) over organisations. Worked number: 25 and 75 give 50 and 35.355."""
    ordered = sorted(values)
    if not ordered:
        return Aggregate(0, None, None)
    return Aggregate(len(ordered), fmean(ordered), stdev(ordered) if len(ordered) > 1 else None)


def difference(value: float | None, reference: float | None) -> float | None:
    """``value - reference``, None when either is."""
    return None if value is None or reference is None else value - reference


def dimension_cross_check(
    dimension: str, checks: Sequence[CrossCheck], reference: float | None
) -> DimensionCrossCheck:
    """Weighted mean of a dimension's answered cross-checks.

    Worked number: 40 and 60 with 0.5 each give 50.
    """
    answered = [
        (check.answers.mean, check.weight, check.answers.n) for check in checks if check.answers.mean is not None
    ]
    if not answered:
        return DimensionCrossCheck(dimension, 0, None, reference, None)
    total = sum(weight for _, weight, _ in answered)
    mean = sum(value * weight for value, weight, _ in answered) / total
    return DimensionCrossCheck(dimension, min(n for *_, n in answered), mean, reference, difference(mean, reference))


def criticality_weights(stages: Mapping[str, StageResult]) -> dict[str, float] | None:
    """Stage weights from the ratings of criticality, summing to 1; None unless every stage has one above 0.

    Worked number: 75 and 25 give 0.75 and 0.25.

    Source: docs/scoring.md, 5.4, step 4.
    """
    means = {key: result.criticality.mean for key, result in stages.items()}
    known = {key: mean for key, mean in means.items() if mean is not None}
    total = sum(known.values())
    if not stages or len(known) < len(means) or total <= 0:
        return None
    return {key: mean / total for key, mean in known.items()}
