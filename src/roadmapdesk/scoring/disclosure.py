"""What each level may see of one scorecard (5.12).

Internal shows everything. Below it values need a minimum of organisations, unanimous ratings are never shown as a
value, and everything derived (gap, indices, robustness, sensitivity) is computed again from what is visible, so
that nothing withheld can be worked out by subtraction.
"""

from collections.abc import Mapping
from math import ceil, floor

import numpy as np

from roadmapdesk.domain.levels import Level
from roadmapdesk.scoring.cells import priority
from roadmapdesk.scoring.disclosed import (
    DisclosedCell,
    DisclosedCrossCheck,
    DisclosedFigure,
    DisclosedMean,
    DisclosedReadiness,
    DisclosedScorecard,
    DisclosedStage,
    DisclosedWeights,
    Visibility,
)
from roadmapdesk.scoring.disclosure_rules import Rules, rules_of
from roadmapdesk.scoring.disclosure_sample import (
    NetworkRules,
    disclose_exclusions,
    disclose_network,
    disclose_sample,
    is_small,
)
from roadmapdesk.scoring.disclosure_switches import disclose_sensitivity
from roadmapdesk.scoring.golden import visibility
from roadmapdesk.scoring.indices import (
    StageIndices,
    chain_result,
    dimension_results,
    optional,
    stage_indices,
    weakest_cell,
)
from roadmapdesk.scoring.inputs import CELL_MEASURES, frozen
from roadmapdesk.scoring.intervals import Floats
from roadmapdesk.scoring.profile import DisclosureSettings
from roadmapdesk.scoring.robustness import robustness
from roadmapdesk.scoring.scorecard import (
    Aggregate,
    Cell,
    CellKey,
    DimensionResult,
    Readiness,
    Scorecard,
    SiteCell,
)


def disclose(scorecard: Scorecard, level: Level) -> DisclosedScorecard:
    """What a reader of this level may see; see `model.disclose`.

    Source: docs/scoring.md, 5.12.
    """
    rules = rules_of(level, scorecard.profile.disclosure)
    cells = {key: _cell(cell, rules) for key, cell in scorecard.cells.items()}
    weights = _weights(scorecard, rules)
    matrices = tuple(_matrix(scorecard, cells, slot) for slot in range(len(CELL_MEASURES)))
    performance, importance, outlook = matrices
    dimension_weights = np.array([weights.dimensions[key] for key in scorecard.dimensions])
    stage_weights = np.array([weights.stages[key] for key in scorecard.stages])
    profile = scorecard.profile
    indices = stage_indices(performance, importance, outlook, dimension_weights, profile)
    dimensions = dimension_results(scorecard.dimensions, (performance, importance, outlook), stage_weights, profile)
    return DisclosedScorecard(
        level=level,
        wave=scorecard.wave,
        method_version=scorecard.method_version,
        inputs_hash=scorecard.inputs_hash,
        profile_hash=scorecard.profile_hash,
        profile_name=profile.name,
        form_hashes=scorecard.form_hashes,
        stages=scorecard.stages,
        dimensions=scorecard.dimensions,
        sample=disclose_sample(scorecard, rules.small, profile.disclosure.min_group),
        exclusions=disclose_exclusions(scorecard, rules.small),
        cells=frozen(cells),
        weights=weights,
        stage_results=_stages(scorecard, indices, performance, rules),
        dimension_results=frozen(dimensions),
        chain=chain_result(scorecard.stages, scorecard.dimensions, indices, performance, stage_weights, profile),
        robustness=robustness(scorecard.stages, scorecard.dimensions, performance, dimension_weights, profile),
        sensitivity=disclose_sensitivity(scorecard, cells, performance, dimension_weights, rules),
        agreement=scorecard.agreement if scorecard.sample.n_organisations >= rules.n_value else None,
        cross_checks=_cross_checks(scorecard, dimensions, rules),
        benchmarks=_means(scorecard.benchmarks, rules),
        priorities=_means(scorecard.priorities, rules),
        progress=_mean(scorecard.progress, rules),
        network=disclose_network(scorecard, _network_rules(rules, profile.disclosure)),
        actor_cells=scorecard.actor_cells if rules.is_internal else None,
    )


def _network_rules(rules: Rules, settings: DisclosureSettings) -> NetworkRules:
    return NetworkRules(
        is_internal=rules.is_internal,
        small=rules.small,
        n_value=rules.n_value,
        min_group=settings.min_group,
        tells_single_ties=rules.level is not Level.PUBLIC,
    )


def _stages(
    scorecard: Scorecard, indices: StageIndices, performance: Floats, rules: Rules
) -> Mapping[str, DisclosedStage]:
    found = {}
    for row, (stage, result) in enumerate(scorecard.stage_results.items()):
        weakest = weakest_cell(performance[row])
        found[stage] = DisclosedStage(
            stage=stage,
            performance=optional(indices.performance[row]),
            performance_geometric=optional(indices.geometric[row]),
            performance_equal_weights=optional(indices.equal[row]),
            importance=optional(indices.importance[row]),
            outlook=optional(indices.outlook[row]),
            weakest=None if weakest is None else scorecard.dimensions[weakest[0]],
            weakest_value=None if weakest is None else weakest[1],
            known_actors=result.known_actors,
            readiness=_readiness(result.readiness, rules),
            perceived_change=_mean(result.perceived_change, rules),
            criticality=_mean(result.criticality, rules),
        )
    return frozen(found)


def _cell(cell: Cell, rules: Rules) -> DisclosedCell:
    performance, importance, outlook = (_figure(cell.of(measure), rules) for measure in CELL_MEASURES)
    shown = (
        visibility(cell, rules.n_value, rules.n_class)
        if not rules.is_internal
        else (Visibility.VALUE if cell.cell_class is not None else Visibility.SUPPRESSED)
    )
    gap = importance.mean - performance.mean if performance and importance else None
    rated = priority(gap, importance.mean) if gap is not None and importance else None
    has_class = shown is not Visibility.SUPPRESSED
    stability = cell.stability.stability if cell.stability else None
    return DisclosedCell(
        key=cell.key,
        visibility=shown,
        n=cell.n if has_class else None,
        performance=performance,
        importance=importance,
        outlook=outlook,
        gap=gap,
        priority=None if rated is None else rules.rounded(rated),
        outlook_change=outlook.mean - performance.mean if outlook and performance else None,
        side_difference=_side_difference(cell, rules),
        cell_class=cell.cell_class if has_class else None,
        class_stability=stability if shown is Visibility.VALUE and not rules.is_public else None,
        grade=cell.grade if has_class or rules.is_internal else None,
        evidence=cell.evidence if has_class or rules.is_internal else None,
        performance_role_weighted=cell.performance_role_weighted if rules.is_internal else None,
        leave_one_out=cell.leave_one_out if rules.is_internal else None,
        max_influence=cell.max_influence if rules.is_internal else None,
    )


def _figure(cell: SiteCell, rules: Rules) -> DisclosedFigure | None:
    """One measure by its own n (5.12, i); in public without spread and extremes (5.12, c)."""
    if cell.mean is None or not rules.shows(cell.n_valid, is_unanimous=cell.is_unanimous):
        return None
    tells_missing = not is_small(cell.n_eligible - cell.n_valid, cell.n_eligible, rules.small)
    tells_unknown = tells_missing and not is_small(cell.n_dont_know, cell.n_eligible, rules.small)
    interval = None
    if cell.interval is not None and cell.n_valid >= rules.n_interval:
        interval = _outwards(cell.interval.low, cell.interval.high, rules.step)
    return DisclosedFigure(
        mean=rules.rounded(cell.mean),
        n=cell.n_valid,
        n_eligible=cell.n_eligible if tells_missing else None,
        coverage=cell.coverage if tells_missing else None,
        dont_know_share=cell.dont_know_share if tells_unknown and not rules.is_public else None,
        sd=cell.sd if not rules.is_public else None,
        interval=interval,
        agreement=cell.agreement if not rules.is_public else None,
        agreement_level=cell.agreement_level,
        rwg=cell.rwg if not rules.is_public else None,
        is_polarised=cell.is_polarised if not rules.is_public else None,
        range_if_missing_filled=cell.range_if_missing_filled if tells_missing and not rules.is_public else None,
    )


def _outwards(low: float, high: float, step: float) -> tuple[float, float]:
    if not step:
        return low, high
    return floor(low / step + 1e-9) * step, ceil(high / step - 1e-9) * step


def _side_difference(cell: Cell, rules: Rules) -> float | None:
    """The difference when group and complement both reach the minimum (5.12, b) and neither rates all alike.

    The organisations without a role are a third group, so it must be empty or reach the minimum too.
    """
    sides = cell.sides
    if sides.difference is None:
        return None
    rest = cell.performance.n_valid - sides.n_inside - sides.n_outside
    if not rules.is_internal:
        if rules.hides_unanimous and sides.is_unanimous:
            return None
        if min(sides.n_inside, sides.n_outside) < rules.n_value or 0 < rest < rules.n_value:
            return None
    return rules.rounded(sides.difference)


def _matrix(scorecard: Scorecard, cells: Mapping[CellKey, DisclosedCell], slot: int) -> Floats:
    measure = CELL_MEASURES[slot]
    return np.array(
        [
            [
                figure.mean if (figure := cells[CellKey(stage, dimension)].of(measure)) is not None else np.nan
                for dimension in scorecard.dimensions
            ]
            for stage in scorecard.stages
        ],
        dtype=np.float64,
    ).reshape(len(scorecard.stages), len(scorecard.dimensions))


def _weights(scorecard: Scorecard, rules: Rules) -> DisclosedWeights:
    weights = scorecard.weights
    dimensions_shown = not weights.dimensions_from_answers or weights.n_budgets >= rules.n_value
    stages_shown = not weights.stages_from_answers or weights.n_stage_raters >= rules.n_value
    return DisclosedWeights(
        dimensions=weights.dimensions if dimensions_shown else _equal(scorecard.dimensions),
        stages=weights.stages if stages_shown else _equal(scorecard.stages),
        dimensions_from_answers=weights.dimensions_from_answers and dimensions_shown,
        n_budgets=None
        if is_small(weights.n_budgets, scorecard.sample.n_organisations, rules.small)
        else weights.n_budgets,
        stages_from_answers=weights.stages_from_answers and stages_shown,
    )


def _equal(keys: tuple[str, ...]) -> Mapping[str, float]:
    return frozen({key: 1 / len(keys) for key in keys})


def _mean(answers: Aggregate, rules: Rules) -> DisclosedMean | None:
    if answers.mean is None or not rules.shows(answers.n, is_unanimous=answers.is_unanimous):
        return None
    return DisclosedMean(rules.rounded(answers.mean), answers.n)


def _means(answers: Mapping[str, Aggregate], rules: Rules) -> Mapping[str, DisclosedMean]:
    found = {key: _mean(entry, rules) for key, entry in answers.items()}
    return frozen({key: mean for key, mean in found.items() if mean is not None})


def _readiness(readiness: Readiness, rules: Rules) -> DisclosedReadiness | None:
    if readiness.median is None or not rules.shows(readiness.n, is_unanimous=readiness.is_unanimous):
        return None
    return DisclosedReadiness(readiness.n, readiness.median, None if rules.is_public else readiness.maximum)


def _cross_checks(
    scorecard: Scorecard, dimensions: Mapping[str, DimensionResult], rules: Rules
) -> tuple[DisclosedCrossCheck, ...]:
    found = []
    for check in scorecard.cross_checks:
        mean = _mean(check.answers, rules)
        if mean is None:
            continue
        reference = dimensions[check.dimension].performance
        found.append(
            DisclosedCrossCheck(
                question=check.question,
                stage=check.stage,
                dimension=check.dimension,
                n=mean.n,
                mean=mean.mean,
                reference=reference,
                difference=None if reference is None else mean.mean - reference,
            )
        )
    return tuple(found)
