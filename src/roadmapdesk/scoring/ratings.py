"""Organisation cells: from responses to one rating per organisation, cell and measure (5.3, 5.4).

Everything is held in arrays, so that the sensitivity runs recompute all cells at once. Axes are always
organisations (sorted by key), stages, dimensions, measures (`CELL_MEASURES`), as far as an array has them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from roadmapdesk.domain.actors import StageRole
from roadmapdesk.scoring.inputs import CELL_MEASURES, WHOLE_SITE, Interview, Item, Measure, ScoringInput
from roadmapdesk.scoring.profile import ActorWeightMode, Profile, Raters
from roadmapdesk.scoring.scales import AnswerState, read_answer

Floats = npt.NDArray[np.float64]
States = npt.NDArray[np.uint8]
Flags = npt.NDArray[np.bool_]

ROLE_ORDER = (StageRole.OBSERVER, StageRole.SUPPORT, StageRole.CORE)
"""Roles from weakest to strongest; an organisation with several interviews takes the strongest."""


@dataclass(frozen=True, slots=True)
class AnswerSheet:
    """Parsed answers of the counted interviews.

    Attributes:
        interviews: sorted by organisation and key, so that no result depends on the order of the input.
        organisations: sorted keys.
        owner: index of the organisation per interview.
        states: `AnswerState` per interview, stage, item; `scores` likewise, NaN unless answered.
        roles: per organisation and stage -1 unknown, else index into `ROLE_ORDER`.
    """

    interviews: tuple[Interview, ...]
    organisations: tuple[str, ...]
    owner: npt.NDArray[np.int64]
    stages: tuple[str, ...]
    dimensions: tuple[str, ...]
    items: tuple[Item, ...]
    states: States
    scores: Floats
    roles: npt.NDArray[np.int8]

    @property
    def is_inside(self) -> Flags:
        """Per organisation and stage: core or support."""
        return np.asarray(self.roles >= 1)

    @property
    def is_outside(self) -> Flags:
        """Per organisation and stage: observer."""
        return np.asarray(self.roles == 0)


@dataclass(frozen=True, slots=True)
class Ratings:
    """Ratings of organisations.

    Attributes:
        scores: NaN unless valid.
        is_eligible: whether anything of the cell applies.
        coverage: answered ÷ applicable item weight, NaN when not eligible; `dont_know` likewise.
        weights: weight of the organisation per stage.
    """

    scores: Floats
    is_eligible: Flags
    coverage: Floats
    dont_know: Floats
    weights: Floats

    @property
    def is_valid(self) -> Flags:
        """Whether the rating counts."""
        return ~np.isnan(self.scores)


def read_sheet(inputs: ScoringInput, interviews: Iterable[Interview], profile: Profile) -> AnswerSheet:
    """The parsed answers of these interviews to all items that can enter cells, cross-checks included."""
    counted = tuple(sorted(interviews, key=lambda interview: (interview.organisation, interview.key)))
    organisations = tuple(sorted({interview.organisation for interview in counted}))
    position = {key: index for index, key in enumerate(organisations)}
    items = tuple(
        sorted(
            inputs.items_of(*CELL_MEASURES, Measure.CROSS_CHECK), key=lambda item: (item.question, item.measure.value)
        )
    )
    states, scores = _parsed(inputs, counted, items, profile)
    return AnswerSheet(
        interviews=counted,
        organisations=organisations,
        owner=np.array([position[interview.organisation] for interview in counted], dtype=np.int64),
        stages=inputs.stages,
        dimensions=inputs.dimensions,
        items=items,
        states=states,
        scores=scores,
        roles=_roles(counted, position, inputs.stages),
    )


def _parsed(
    inputs: ScoringInput, interviews: tuple[Interview, ...], items: tuple[Item, ...], profile: Profile
) -> tuple[States, Floats]:
    shape = (len(interviews), len(inputs.stages), len(items))
    states = np.zeros(shape, dtype=np.uint8)
    scores = np.full(shape, np.nan)
    index = {interview.key: number for number, interview in enumerate(interviews)}
    stage_index = {stage: number for number, stage in enumerate(inputs.stages)}
    repeated = {item.question for item in inputs.items if item.stage_field is not None}
    rated = np.zeros(shape[:2], dtype=bool)
    for interview, stage, question in inputs.responses:
        if interview in index and stage in stage_index and question in repeated:
            rated[index[interview], stage_index[stage]] = True
    memory: dict[tuple[int, str | None], tuple[AnswerState, float]] = {}
    responses = inputs.responses
    dont_know = frozenset(profile.dont_know_codes)
    for row, interview_head in enumerate(interviews):
        for column, stage in enumerate(inputs.stages):
            for slot, item in enumerate(items):
                if item.stage_field is not None:
                    if not rated[row, column]:
                        continue
                    value = responses.get((interview_head.key, stage, item.question), "")
                elif item.stage == WHOLE_SITE and item.measure is Measure.CROSS_CHECK:
                    value = responses.get((interview_head.key, WHOLE_SITE, item.question))
                elif item.stage == stage:
                    value = responses.get((interview_head.key, stage, item.question))
                else:
                    continue
                known = memory.get((slot, value))
                if known is None:
                    known = memory[slot, value] = read_answer(value, item, dont_know)
                states[row, column, slot], scores[row, column, slot] = known
    return states, scores


def _roles(
    interviews: tuple[Interview, ...], position: Mapping[str, int], stages: tuple[str, ...]
) -> npt.NDArray[np.int8]:
    roles = np.full((len(position), len(stages)), -1, dtype=np.int8)
    for interview in interviews:
        row = position[interview.organisation]
        for column, stage in enumerate(stages):
            role = interview.roles.get(stage)
            if role is not None:
                roles[row, column] = max(roles[row, column], ROLE_ORDER.index(role))
    return roles


def rate(sheet: AnswerSheet, profile: Profile) -> Ratings:
    """Ratings of all organisations.

    Per interview ``A = Σ w x / Σ w`` over answered items, valid if answered ÷ applicable weight reaches
    `Profile.min_item_coverage`; then the mean over the organisation's valid interviews. Worked number: 75 (weight 2)
    and 60 (weight 1) give 70.

    Source: docs/scoring.md, 5.3 and 5.4, steps 1 and 2.
    """
    shape = (len(sheet.organisations), len(sheet.stages), len(sheet.dimensions), len(CELL_MEASURES))
    scores, coverage, dont_know = (np.full(shape, np.nan) for _ in range(3))
    eligible = np.zeros(shape, dtype=bool)
    for place, dimension in enumerate(sheet.dimensions):
        for slot, measure in enumerate(CELL_MEASURES):
            columns = _columns(sheet.items, dimension, measure, profile)
            if columns:
                at = (slice(None), slice(None), place, slot)
                scores[at], eligible[at], coverage[at], dont_know[at] = _rate_cell(sheet, columns, profile)
    if profile.raters is Raters.INSIDE:
        left_out = ~sheet.is_inside
        for values in (scores, coverage, dont_know):
            values[left_out] = np.nan
        eligible[left_out] = False
    return Ratings(scores, eligible, coverage, dont_know, _actor_weights(sheet, profile))


def _columns(items: tuple[Item, ...], dimension: str, measure: Measure, profile: Profile) -> list[int]:
    wanted = {measure}
    if profile.include_cross_checks and measure is Measure.PERFORMANCE:
        wanted.add(Measure.CROSS_CHECK)
    return [slot for slot, item in enumerate(items) if item.dimension == dimension and item.measure in wanted]


def _rate_cell(sheet: AnswerSheet, columns: list[int], profile: Profile) -> tuple[Floats, Flags, Floats, Floats]:
    weights = np.array([sheet.items[column].weight for column in columns])
    states = sheet.states[:, :, columns]
    is_answered = states == AnswerState.ANSWERED
    values = np.where(is_answered, sheet.scores[:, :, columns], 0.0)
    # Cross-checks alone make no cell: what applies is decided by the cell's own items.
    own = np.array([sheet.items[column].measure is not Measure.CROSS_CHECK for column in columns])
    applies = (states[:, :, own] != AnswerState.NOT_APPLICABLE).any(axis=2)
    applicable = ((states != AnswerState.NOT_APPLICABLE) * weights).sum(axis=2)
    answered = (is_answered * weights).sum(axis=2)
    unknown = ((states == AnswerState.DONT_KNOW) * weights).sum(axis=2)
    with np.errstate(invalid="ignore", divide="ignore"):
        share = np.where(applies, answered / applicable, np.nan)
        unknown_share = np.where(applies, unknown / applicable, np.nan)
        score = (values * weights).sum(axis=2) / answered
    is_valid = applies & (answered > 0) & (share >= profile.min_item_coverage - 1e-12)
    return (
        _mean_by_owner(sheet, score, is_valid),
        _mean_by_owner(sheet, share, applies) >= 0,
        _mean_by_owner(sheet, share, applies),
        _mean_by_owner(sheet, unknown_share, applies),
    )


def _mean_by_owner(sheet: AnswerSheet, values: Floats, counts: Flags) -> Floats:
    shape = (len(sheet.organisations), values.shape[1])
    total = np.zeros(shape)
    number = np.zeros(shape)
    np.add.at(total, sheet.owner, np.where(counts, values, 0.0))
    np.add.at(number, sheet.owner, counts.astype(float))
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(np.where(number > 0, total / number, np.nan))


def _actor_weights(sheet: AnswerSheet, profile: Profile) -> Floats:
    weights = np.ones(sheet.roles.shape)
    if profile.actor_weight_mode is ActorWeightMode.ROLE:
        for index, role in enumerate(ROLE_ORDER):
            weights[sheet.roles == index] = profile.role_weights.get(role.value, 1.0)
    return weights
