"""One wave from input to scorecard, step by step."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from roadmapdesk.domain.interviews import InterviewState
from roadmapdesk.scoring import fingerprints
from roadmapdesk.scoring.agreement import icc, krippendorff_alpha
from roadmapdesk.scoring.cells import site_cells, site_means
from roadmapdesk.scoring.context import SideAnswers, criticality_weights
from roadmapdesk.scoring.indices import (
    StageIndices,
    budget_weights,
    chain_result,
    dimension_results,
    optional,
    stage_indices,
    weakest_cell,
)
from roadmapdesk.scoring.inputs import CELL_MEASURES, WHOLE_SITE, Interview, Measure, ScoringInput, frozen
from roadmapdesk.scoring.intervals import Floats
from roadmapdesk.scoring.network import network
from roadmapdesk.scoring.profile import METHOD_VERSION, ActorWeightMode, Profile, WeightSource
from roadmapdesk.scoring.ratings import ROLE_ORDER, AnswerSheet, Ratings, rate, read_sheet
from roadmapdesk.scoring.robustness import robustness
from roadmapdesk.scoring.scorecard import (
    ActorCell,
    ActorStatus,
    Exclusion,
    ExclusionReason,
    OrganisationFacts,
    Sample,
    Scorecard,
    StageResult,
    StudyAgreement,
    Weights,
)
from roadmapdesk.scoring.sensitivity import sensitivity_table


def score(inputs: ScoringInput, profile: Profile) -> Scorecard:
    """The scorecard of one wave; see `model.score`."""
    counted, exclusions = counted_interviews(inputs)
    sheet = read_sheet(inputs, counted, profile)
    ratings = rate(sheet, profile)
    means = site_means(ratings)
    matrices = (means[:, :, 0], means[:, :, 1], means[:, :, 2])
    side = SideAnswers(inputs, counted, profile)
    population = _known_actors(inputs)
    weights, dimension_weights = _dimension_weights(inputs, side, profile)
    indices = stage_indices(*matrices, dimension_weights, profile)
    stages = _stage_results(inputs, indices, matrices[0], side, population)
    weights, stage_weights = _with_stage_weights(weights, stages, profile)
    dimensions = dimension_results(inputs.dimensions, matrices, stage_weights, profile)
    checks, dimension_checks = side.cross_checks(dimensions)
    role_means = site_means(rate(sheet, replace(profile, actor_weight_mode=ActorWeightMode.ROLE)))[:, :, 0]
    return Scorecard(
        wave=inputs.wave,
        method_version=METHOD_VERSION,
        inputs_hash=fingerprints.inputs_hash(inputs, counted),
        profile_hash=fingerprints.profile_hash(profile),
        profile=profile,
        form_hashes=tuple(sorted({interview.form_hash for interview in counted if interview.form_hash})),
        stages=inputs.stages,
        dimensions=inputs.dimensions,
        sample=_sample(inputs, sheet),
        exclusions=exclusions,
        organisations=_organisations(inputs, sheet),
        roles=_roles(sheet),
        actor_cells=_actor_cells(sheet, ratings),
        cells=frozen(site_cells(sheet, ratings, role_means, population, profile)),
        weights=weights,
        stage_results=frozen(stages),
        dimension_results=frozen(dimensions),
        chain=chain_result(inputs.stages, inputs.dimensions, indices, matrices[0], stage_weights, profile),
        robustness=robustness(inputs.stages, inputs.dimensions, matrices[0], dimension_weights, profile),
        sensitivity=sensitivity_table(sheet, ratings, dimension_weights, profile),
        agreement=_study_agreement(ratings),
        cross_checks=checks,
        dimension_cross_checks=dimension_checks,
        benchmarks=frozen(side.benchmarks()),
        priorities=frozen(side.priorities()),
        progress=side.aggregate(Measure.PROGRESS, WHOLE_SITE),
        network=network(inputs, {interview.key: interview.organisation for interview in counted}),
        item_marks=frozen(fingerprints.item_marks(inputs.items)),
    )


def _known_actors(inputs: ScoringInput) -> dict[str, int]:
    """Mapping stage → organisations of the register that are known to work in it."""
    return {
        stage: sum(stage in organisation.is_known_in for organisation in inputs.organisations)
        for stage in inputs.stages
    }


def coverage(inputs: ScoringInput, profile: Profile) -> dict[tuple[str, str], int]:
    """Organisations with a valid rating of performance per cell; see `model.coverage`."""
    counted, _exclusions = counted_interviews(inputs)
    sheet = read_sheet(inputs, counted, profile)
    valid = rate(sheet, profile).is_valid[..., CELL_MEASURES.index(Measure.PERFORMANCE)].sum(axis=0)
    return {
        (stage, dimension): int(valid[row, column])
        for row, stage in enumerate(sheet.stages)
        for column, dimension in enumerate(sheet.dimensions)
    }


def counted_interviews(inputs: ScoringInput) -> tuple[tuple[Interview, ...], tuple[Exclusion, ...]]:
    """The interviews of the wave that count, and the others by reason (5.1)."""
    known = {organisation.key for organisation in inputs.organisations}
    counted = []
    left_out: defaultdict[ExclusionReason, list[str]] = defaultdict(list)
    for interview in sorted(inputs.interviews, key=lambda interview: interview.key):
        if interview.wave not in {inputs.wave, *inputs.pretest_waves}:
            continue
        reason = _exclusion(interview, inputs, known)
        if reason is None:
            counted.append(interview)
        else:
            left_out[reason].append(interview.key)
    return tuple(counted), tuple(
        Exclusion(reason, tuple(left_out[reason])) for reason in ExclusionReason if left_out[reason]
    )


def _exclusion(interview: Interview, inputs: ScoringInput, known: set[str]) -> ExclusionReason | None:
    if interview.wave in inputs.pretest_waves:
        return ExclusionReason.PRETEST
    if interview.state is InterviewState.WITHDRAWN:
        return ExclusionReason.WITHDRAWN
    if not interview.state.counts:
        return ExclusionReason.NOT_FINISHED
    if not interview.has_consent:
        return ExclusionReason.NO_CONSENT
    if interview.has_conflict:
        return ExclusionReason.CONFLICT
    return None if interview.organisation in known else ExclusionReason.UNKNOWN_ORGANISATION


def _dimension_weights(inputs: ScoringInput, side: SideAnswers, profile: Profile) -> tuple[Weights, Floats]:
    budgets = side.budgets(inputs.dimensions)
    number = len(inputs.dimensions)
    source = profile.dimension_weight_source
    wanted = source is WeightSource.ANSWERS or (
        source is WeightSource.AUTO and len(budgets.shares) >= profile.min_point_givers
    )
    answered = budget_weights(budgets.shares) if wanted else None
    chosen = _set_weights(inputs, profile) if source is WeightSource.SET else answered
    values = np.full(number, 1 / number) if chosen is None and number else chosen
    values = np.empty(0) if values is None else values
    weights = Weights(
        dimensions=frozen(dict(zip(inputs.dimensions, (float(value) for value in values), strict=True))),
        stages=frozen({stage: 1 / len(inputs.stages) for stage in inputs.stages}),
        dimensions_from_answers=answered is not None,
        n_budgets=len(budgets.shares),
        n_budgets_left_out=budgets.left_out,
        stages_from_answers=False,
        n_stage_raters=0,
    )
    return weights, values


def _set_weights(inputs: ScoringInput, profile: Profile) -> Floats | None:
    """The profile's own weights made to sum to 1; None when none of them is above 0."""
    stated = np.array([max(0.0, profile.dimension_weights.get(key, 0.0)) for key in inputs.dimensions])
    return stated / stated.sum() if stated.sum() > 0 else None


def _with_stage_weights(
    weights: Weights, stages: Mapping[str, StageResult], profile: Profile
) -> tuple[Weights, Floats]:
    raters = min((result.criticality.n for result in stages.values()), default=0)
    source = profile.stage_weight_source
    wanted = source is WeightSource.ANSWERS or (source is WeightSource.AUTO and raters >= profile.min_point_givers)
    answered = criticality_weights(stages) if wanted else None
    found = dict(weights.stages) if answered is None else answered
    return (
        replace(weights, stages=frozen(found), stages_from_answers=answered is not None, n_stage_raters=raters),
        np.array(list(found.values()), dtype=np.float64),
    )


def _stage_results(
    inputs: ScoringInput, indices: StageIndices, performance: Floats, side: SideAnswers, population: Mapping[str, int]
) -> dict[str, StageResult]:
    results = {}
    for row, stage in enumerate(inputs.stages):
        weakest = weakest_cell(performance[row])
        results[stage] = StageResult(
            stage=stage,
            performance=optional(indices.performance[row]),
            performance_geometric=optional(indices.geometric[row]),
            performance_equal_weights=optional(indices.equal[row]),
            importance=optional(indices.importance[row]),
            outlook=optional(indices.outlook[row]),
            weakest=None if weakest is None else inputs.dimensions[weakest[0]],
            weakest_value=None if weakest is None else weakest[1],
            known_actors=population[stage],
            readiness=side.readiness(stage),
            perceived_change=side.aggregate(Measure.PERCEIVED_CHANGE, stage),
            criticality=side.aggregate(Measure.STAGE_WEIGHT, stage),
        )
    return results


def _sample(inputs: ScoringInput, sheet: AnswerSheet) -> Sample:
    register = {organisation.key: organisation for organisation in inputs.organisations}
    interviewed = [register[key] for key in sheet.organisations]
    roles = Counter(ROLE_ORDER[role].value for role in sheet.roles.ravel().tolist() if role >= 0)
    invited = {o.key for o in inputs.organisations if o.is_interviewed} | set(sheet.organisations)
    return Sample(
        n_interviews=len(sheet.interviews),
        n_organisations=len(interviewed),
        n_invited=len(invited),
        by_type=frozen(dict(sorted(Counter(organisation.type for organisation in interviewed).items()))),
        by_place=frozen(dict(sorted(Counter(organisation.place for organisation in interviewed).items()))),
        by_role=frozen({role.value: roles[role.value] for role in reversed(ROLE_ORDER) if roles[role.value]}),
        n_unapproved=sum(interview.state is not InterviewState.APPROVED for interview in sheet.interviews),
        invited_by_type=frozen(dict(sorted(Counter(register[key].type for key in invited).items()))),
    )


def _organisations(inputs: ScoringInput, sheet: AnswerSheet) -> Mapping[str, OrganisationFacts]:
    register = {organisation.key: organisation for organisation in inputs.organisations}
    consents: defaultdict[str, list[bool]] = defaultdict(list)
    for interview in sheet.interviews:
        consents[interview.organisation].append(interview.may_be_named)
    return frozen(
        {
            key: OrganisationFacts(register[key].type, register[key].place, all(consents[key]))
            for key in sheet.organisations
        }
    )


def _roles(sheet: AnswerSheet) -> Mapping[tuple[str, str], str]:
    return frozen(
        {
            (key, stage): ROLE_ORDER[sheet.roles[row, column]].value
            for row, key in enumerate(sheet.organisations)
            for column, stage in enumerate(sheet.stages)
            if sheet.roles[row, column] >= 0
        }
    )


def _actor_cells(sheet: AnswerSheet, ratings: Ratings) -> Mapping[tuple[str, str, str, Measure], ActorCell]:
    rated = ratings.is_eligible.any(axis=(2, 3))
    found = {}
    for row, column in np.argwhere(rated).tolist():
        key, stage = sheet.organisations[row], sheet.stages[column]
        scores = ratings.scores[row, column].tolist()
        coverage = ratings.coverage[row, column].tolist()
        for place, dimension in enumerate(sheet.dimensions):
            for slot, measure in enumerate(CELL_MEASURES):
                found[key, stage, dimension, measure] = _actor_cell(scores[place][slot], coverage[place][slot])
    return frozen(found)


def _actor_cell(value: float, coverage: float) -> ActorCell:
    # NaN is the only number that differs from itself.
    if value == value:  # noqa: PLR0124 — see above, quicker than a call for each of many cells
        return ActorCell(ActorStatus.VALID, value, coverage)
    if coverage == coverage:  # noqa: PLR0124 — see above
        return ActorCell(ActorStatus.MISSING, None, coverage)
    return ActorCell(ActorStatus.NOT_APPLICABLE, None, None)


def _study_agreement(ratings: Ratings) -> StudyAgreement:
    organisations, stages, dimensions, _ = ratings.scores.shape
    shape = (organisations, stages * dimensions)
    performance = ratings.scores[..., 0].reshape(shape).T
    importance = ratings.scores[..., 1].reshape(shape).T
    return StudyAgreement(
        alpha_interval_performance=krippendorff_alpha(performance, "interval"),
        alpha_ordinal_importance=krippendorff_alpha(importance, "ordinal"),
        icc_performance=icc(performance),
    )
