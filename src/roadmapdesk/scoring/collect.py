"""From the answers of one interview to the responses, ties, benchmarks and proposals of a `ScoringInput`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from roadmapdesk.scoring.inputs import WHOLE_SITE, BenchmarkAnswer, Item, Measure, Proposal, ResponseKey, Tie

ALL_CODE: Final = "all"
"""Code of the lists of stages and dimensions that means the whole site (5.4, 6)."""


class Answer(NamedTuple):
    """One answer of an interview.

    Attributes:
        question: name of the question.
        instance: keys of the enclosing repeat instances, outermost first; empty outside repeats.
        value: stored text, ``""`` when blank.
        is_relevant: whether the question was asked.
    """

    question: str
    instance: tuple[str, ...]
    value: str
    is_relevant: bool = True


@dataclass(frozen=True, slots=True)
class Fields:
    """Names of the fields that hold what a scoring sheet does not name; they come from the form's ``roles`` sheet.

    Attributes:
        partner: partner organisation of a tie; `tie_kinds` the kinds of cooperation.
        reference: reference network of a benchmark.
        measure: coded measure of a proposal.
    """

    partner: str = ""
    tie_kinds: str = ""
    reference: str = ""
    measure: str = ""


@dataclass(frozen=True, slots=True)
class Collected:
    """What one interview contributes to a `ScoringInput`."""

    responses: Mapping[ResponseKey, str | None]
    ties: tuple[Tie, ...]
    benchmarks: tuple[BenchmarkAnswer, ...]
    proposals: tuple[Proposal, ...]


def collect_responses(
    interview: str, answers: Iterable[Answer], items: Iterable[Item], fields: Fields | None = None
) -> Collected:
    """Responses of one interview, with the stage of each repeat instance resolved.

    Instances with a blank or unasked stage field are skipped (5.4); of two instances with the same stage the first
    answered one counts. ``all`` becomes `WHOLE_SITE`; "don't know" and "no answer" become no stage.
    """
    fields = fields or Fields()
    found = _Answers(answers)
    responses: dict[ResponseKey, str | None] = {}
    ties: list[Tie] = []
    benchmarks: list[BenchmarkAnswer] = []
    proposals: list[Proposal] = []
    for item in items:
        for answer in found.of(item.question):
            stage = found.place(item.stage, item, answer.instance)
            value = answer.value if answer.is_relevant else None
            if item.measure is Measure.TIE_STRENGTH:
                partner = found.value(fields.partner, answer.instance)
                if partner and value is not None:
                    kinds = tuple(found.value(fields.tie_kinds, answer.instance).split())
                    ties.append(Tie(interview, partner, value, stage, kinds))
            elif item.measure is Measure.BENCHMARK:
                reference = found.value(fields.reference, answer.instance)
                if reference and value is not None and reference not in item.missing:
                    benchmarks.append(BenchmarkAnswer(interview, reference, value))
            elif item.measure is Measure.PRIORITY:
                dimension = found.place(item.dimension, item, answer.instance)
                measure = found.value(fields.measure, answer.instance)
                if measure and value is not None:
                    proposals.append(Proposal(interview, measure, value, stage, dimension))
            elif stage:
                key = (interview, stage, item.question)
                if not responses.get(key):
                    responses[key] = value if value is not None else responses.get(key)
    return Collected(responses, tuple(ties), tuple(benchmarks), tuple(proposals))


class _Answers:
    """Answers of one interview, found by question and by the nearest enclosing instance."""

    def __init__(self, answers: Iterable[Answer]) -> None:
        self._by_question: dict[str, dict[tuple[str, ...], Answer]] = {}
        for answer in answers:
            self._by_question.setdefault(answer.question, {})[answer.instance] = answer

    def of(self, question: str) -> list[Answer]:
        return list(self._by_question.get(question, {}).values())

    def value(self, field: str, instance: tuple[str, ...]) -> str:
        """The relevant value of a field in this instance or the nearest enclosing one; ``""`` without one."""
        instances = self._by_question.get(field, {})
        for depth in range(len(instance), -1, -1):
            answer = instances.get(instance[:depth])
            if answer is not None:
                return answer.value if answer.is_relevant else ""
        return ""

    def place(self, reference: str, item: Item, instance: tuple[str, ...]) -> str:
        """The stage or dimension that a sheet reference stands for in this instance."""
        if not reference.startswith("@"):
            return reference
        value = self.value(reference[1:], instance)
        if value == ALL_CODE:
            return WHOLE_SITE
        return "" if value in item.missing or value in item.not_applicable else value
