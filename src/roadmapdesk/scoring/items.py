"""Items from the rows of a form's ``scoring`` sheet, with all problems of the sheet at once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Final

from roadmapdesk.errors import Message
from roadmapdesk.i18n import N_
from roadmapdesk.scoring.inputs import CELL_MEASURES, WHOLE_SITE, Item, Measure

UNKNOWN_MEASURE: Final = Message("scoring.unknown_measure", N_("The measure “{value}” is not known."))
NOT_A_NUMBER: Final = Message("scoring.not_a_number", N_("“{value}” is not a number."))
BAD_WEIGHT: Final = Message("scoring.bad_weight", N_("The weight must be above 0."))
BAD_SCALE: Final = Message("scoring.bad_scale", N_("scale_max must be greater than scale_min."))
UNKNOWN_STAGE: Final = Message("scoring.unknown_stage", N_("The stage “{value}” is not in the value chain."))
UNKNOWN_DIMENSION: Final = Message(
    "scoring.unknown_dimension", N_("The dimension “{value}” is not in the catalogue.")
)
NEEDS_STAGE: Final = Message(
    "scoring.needs_stage",
    N_("A rating of a cell needs a stage or the field that holds it, not “*”."),
)
NO_QUESTION: Final = Message("scoring.no_question", N_("The question is missing."))
DUPLICATE: Final = Message("scoring.duplicate", N_("The question “{value}” already feeds this measure."))
BAD_REVERSE: Final = Message("scoring.bad_reverse", N_("“{value}” says neither yes nor no."))

_MEASURES: Final = frozenset(Measure)
_YES: Final = frozenset({"yes", "true", "1", "ja"})
_NO: Final = frozenset({"", "no", "false", "0", "nein"})


@dataclass(frozen=True, slots=True)
class ItemProblem:
    """One problem of the sheet; `row` counts as the workbook does, `text` is in the current language."""

    row: int
    column: str
    message: Message
    parameters: Mapping[str, object]

    @property
    def text(self) -> str:
        """The sentence for a person."""
        return self.message.text(**self.parameters)


def read_items(
    rows: Sequence[Mapping[str, str]],
    stages: Iterable[str],
    dimensions: Iterable[str],
    *,
    wordings: Mapping[str, str] | None = None,
    first_row: int = 2,
) -> tuple[tuple[Item, ...], tuple[ItemProblem, ...]]:
    """All usable items and all problems; a row with a problem gives no item. Rows without any text are skipped.

    Args:
        rows: the sheet, column name → text, in order.
        stages: keys of the value chain.
        dimensions: keys of the dimensions.
        wordings: mapping question → hash of its wording and choices.
        first_row: number of the first row in the sheet.
    """
    reader = _Reader(frozenset(stages), frozenset(dimensions), wordings or {})
    for number, row in enumerate(rows, start=first_row):
        if any((text or "").strip() for text in row.values()):
            reader.read(number, {key: (text or "").strip() for key, text in row.items()})
    return tuple(reader.items), tuple(reader.problems)


class _Reader:
    def __init__(self, stages: frozenset[str], dimensions: frozenset[str], wordings: Mapping[str, str]) -> None:
        self.stages = stages
        self.dimensions = dimensions
        self.wordings = wordings
        self.items: list[Item] = []
        self.problems: list[ItemProblem] = []
        self.seen: set[tuple[str, Measure]] = set()

    def read(self, number: int, row: Mapping[str, str]) -> None:
        before = len(self.problems)
        question = row.get("question", "")
        if not question:
            self._report(number, "question", NO_QUESTION)
        word = row.get("measure", "")
        measure = Measure(word) if word in _MEASURES else None
        if measure is None:
            self._report(number, "measure", UNKNOWN_MEASURE, value=word)
        stage = row.get("stage") or WHOLE_SITE
        dimension = row.get("dimension") or WHOLE_SITE
        self._check_place(number, measure, stage, dimension)
        weight, low, high = self._numbers(number, row)
        is_reversed = self._is_reversed(number, row)
        if measure is not None and (question, measure) in self.seen:
            self._report(number, "question", DUPLICATE, value=question)
        if measure is None or len(self.problems) > before:
            return
        self.seen.add((question, measure))
        self.items.append(
            Item(
                question=question,
                measure=measure,
                stage=stage,
                dimension=dimension,
                weight=weight,
                minimum=low,
                maximum=high,
                is_reversed=is_reversed,
                not_applicable=frozenset(row.get("not_applicable_code", "").split()),
                missing=frozenset(row.get("missing_codes", "").split()),
                wording=self.wordings.get(question, ""),
            )
        )

    def _check_place(self, number: int, measure: Measure | None, stage: str, dimension: str) -> None:
        if stage != WHOLE_SITE and not stage.startswith("@") and stage not in self.stages:
            self._report(number, "stage", UNKNOWN_STAGE, value=stage)
        if dimension != WHOLE_SITE and not dimension.startswith("@") and dimension not in self.dimensions:
            self._report(number, "dimension", UNKNOWN_DIMENSION, value=dimension)
        if measure in CELL_MEASURES:
            if stage == WHOLE_SITE:
                self._report(number, "stage", NEEDS_STAGE)
            if dimension == WHOLE_SITE or dimension.startswith("@"):
                self._report(number, "dimension", UNKNOWN_DIMENSION, value=dimension)

    def _numbers(self, number: int, row: Mapping[str, str]) -> tuple[float, float, float]:
        values: dict[str, float] = {}
        for column, default in (("weight", "1"), ("scale_min", "1"), ("scale_max", "5")):
            text = row.get(column) or default
            try:
                values[column] = float(text)
            except ValueError:
                values[column] = float("nan")
            if not isfinite(values[column]):
                self._report(number, column, NOT_A_NUMBER, value=text)
        if values["weight"] <= 0:
            self._report(number, "weight", BAD_WEIGHT)
        if values["scale_max"] <= values["scale_min"]:
            self._report(number, "scale_max", BAD_SCALE)
        return values["weight"], values["scale_min"], values["scale_max"]

    def _is_reversed(self, number: int, row: Mapping[str, str]) -> bool:
        text = row.get("reverse", "")
        if text.lower() not in _YES | _NO:
            self._report(number, "reverse", BAD_REVERSE, value=text)
        return text.lower() in _YES

    def _report(self, number: int, column: str, message: Message, **parameters: object) -> None:
        self.problems.append(ItemProblem(number, column, message, parameters))
