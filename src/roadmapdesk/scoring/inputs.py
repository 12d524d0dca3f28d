"""What is scored: organisations, their interviews, items and responses, as plain frozen values.

Whoever knows forms and storage fills a `ScoringInput`; from here on nothing needs either. Answers stay the stored
text (``"4"``, ``"98"``, ``""``), so that codes are judged in one place.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from types import MappingProxyType
from typing import Final, TypeVar

from roadmapdesk.domain.actors import StageRole
from roadmapdesk.domain.interviews import InterviewState

K = TypeVar("K")
V = TypeVar("V")

WHOLE_SITE: Final = "*"
"""Stage or dimension code of answers on the whole site."""

ResponseKey = tuple[str, str, str]
"""Interview key, stage key (`WHOLE_SITE` outside a stage), question name."""


class Measure(StrEnum):
    """What an item measures: the codes of the column ``measure`` of a form's ``scoring`` sheet."""

    PERFORMANCE = "performance"
    IMPORTANCE = "importance"
    OUTLOOK = "outlook"
    READINESS = "readiness"
    STAGE_WEIGHT = "stage_weight"
    DIMENSION_WEIGHT = "dimension_weight"
    CROSS_CHECK = "cross_check"
    BENCHMARK = "benchmark"
    TIE_STRENGTH = "tie_strength"
    PRIORITY = "priority"
    PERCEIVED_CHANGE = "perceived_change"
    PROGRESS = "progress"


CELL_MEASURES: Final = (Measure.PERFORMANCE, Measure.IMPORTANCE, Measure.OUTLOOK)
"""The measures that form cells, in the order of every table."""


@dataclass(frozen=True, slots=True)
class Item:
    """One row of a form's ``scoring`` sheet: which question feeds what, and how its codes are read.

    Attributes:
        question: name of the question in the form.
        stage: stage key, ``"*"`` for the whole site, or ``"@field"``: the stage stands in that field of the same
            repeat instance.
        dimension: dimension key, ``"*"``, or ``"@field"``.
        weight: relative weight among the items of one cell, above 0.
        minimum: stored value of the low end of the scale.
        maximum: stored value of the high end, above `minimum`.
        is_reversed: whether a high answer means a low score.
        not_applicable: codes for "does not apply" (97 in the shipped form).
        missing: codes for "don't know" and "no answer" (98, 99); blank is always missing.
        wording: hash or text of the question and its choices; two waves are compared only where it is equal.
    """

    question: str
    measure: Measure
    stage: str = "@stage_key"
    dimension: str = WHOLE_SITE
    weight: float = 1.0
    minimum: float = 1.0
    maximum: float = 5.0
    is_reversed: bool = False
    not_applicable: frozenset[str] = frozenset({"97"})
    missing: frozenset[str] = frozenset({"98", "99"})
    wording: str = ""

    @property
    def stage_field(self) -> str | None:
        """Name of the field that holds the stage, None when the stage is fixed."""
        return self.stage[1:] if self.stage.startswith("@") else None


@dataclass(frozen=True, slots=True)
class Organisation:
    """One organisation of the register, the unit of analysis.

    Attributes:
        key: unique key, never shown below the internal level without consent.
        type: code of its type, for the sample table and unnamed network nodes.
        place: place as text, empty when unknown.
        is_known_in: stages in which our own mapping places it as core or support.
        is_interviewed: whether the study wants to interview it (False for the body that conducts it).
    """

    key: str
    type: str = "other"
    place: str = ""
    is_known_in: frozenset[str] = frozenset()
    is_interviewed: bool = True


@dataclass(frozen=True, slots=True)
class Interview:
    """One interview head as stored.

    Attributes:
        key: unique key of the interview.
        organisation: key of the organisation; empty when the form names none.
        state: only finalised, in review and approved ones count.
        has_consent: whether taking part was agreed to.
        has_conflict: whether two versions of its answers wait for a decision.
        may_be_named: consent to name the organisation in figures of the network.
        roles: mapping stage key → role of the organisation in it, as answered.
        form_hash: hash of the form version that was answered.
    """

    key: str
    organisation: str
    wave: str
    state: InterviewState = InterviewState.FINALISED
    has_consent: bool = True
    has_conflict: bool = False
    may_be_named: bool = False
    roles: Mapping[str, StageRole] = field(default_factory=dict)
    form_hash: str = ""


@dataclass(frozen=True, slots=True)
class Tie:
    """One named cooperation: interview's organisation → partner.

    Attributes:
        partner: organisation key, or a key outside the register (then only its existence counts).
        value: stored text of the intensity question.
        stage: stage key, ``"*"`` for all stages, empty when not stated.
        kinds: codes of the kinds of cooperation.
    """

    interview: str
    partner: str
    value: str
    stage: str = ""
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BenchmarkAnswer:
    """One comparison with a reference network: its key and the stored text of the rating."""

    interview: str
    reference: str
    value: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """One proposed measure, coded to a measure of the project.

    Attributes:
        measure: key of the project's measure that the proposal was coded to.
        value: stored text of its priority.
        stage: stage key, ``"*"``, or empty; the same holds for `dimension`.
    """

    interview: str
    measure: str
    value: str
    stage: str = ""
    dimension: str = ""


@dataclass(frozen=True, slots=True)
class ScoringInput:
    """Everything one wave is scored from; further waves may be inside and are left aside.

    Attributes:
        wave: code of the wave to score.
        stages: stage keys in the order of the chain.
        dimensions: dimension keys in their order.
        items: rows of the scoring sheet, without rows for free use.
        organisations: the register; interviews of unknown organisations are left out and listed.
        interviews: interview heads of any state and wave.
        responses: mapping (interview, stage, question) → stored text; ``None`` means not asked (irrelevant),
            ``""`` means blank. In a stage where an interview has any response a question without an entry counts
            as blank; in other stages as not asked. Items with a fixed stage use that stage as key.
        pretest_waves: waves that never count.
    """

    wave: str
    stages: tuple[str, ...]
    dimensions: tuple[str, ...]
    items: tuple[Item, ...]
    organisations: tuple[Organisation, ...]
    interviews: tuple[Interview, ...]
    responses: Mapping[ResponseKey, str | None]
    ties: tuple[Tie, ...] = ()
    benchmarks: tuple[BenchmarkAnswer, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    pretest_waves: frozenset[str] = frozenset({"pretest"})

    def for_wave(self, wave: str) -> "ScoringInput":
        """The same input, to be scored for another wave."""
        return replace(self, wave=wave)

    def items_of(self, *measures: Measure) -> tuple[Item, ...]:
        """The items with one of these measures, in sheet order."""
        return tuple(item for item in self.items if item.measure in measures)


def frozen(values: Mapping[K, V]) -> Mapping[K, V]:
    """A read-only view of a copy of this mapping, in its order."""
    return MappingProxyType(dict(values))
