"""Every choice of the scoring model as a named setting with a default.

`DEFAULT` is the published method; a profile is stored in the project as JSON, so that desktop, command line and
reports agree. Section numbers refer to the scoring handbook in ``docs/scoring.md``.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, is_dataclass
from enum import StrEnum
from typing import Any, Final, cast, get_type_hints

METHOD_VERSION: Final = "1.0"
"""Version of the formulas; rises when the same input and profile would give other numbers."""


class WeightSource(StrEnum):
    """Where the weights of dimensions or stages come from.

    ``auto`` takes the answers when enough organisations gave them, otherwise equal weights; ``set`` takes the
    profile's own weights, for dimensions only.
    """

    AUTO = "auto"
    ANSWERS = "answers"
    EQUAL = "equal"
    SET = "set"


class ActorWeightMode(StrEnum):
    """Weight of an organisation in a site cell: equal, or by its role in the stage."""

    EQUAL = "equal"
    ROLE = "role"


class Raters(StrEnum):
    """Whose ratings count: everybody, or only organisations with a core or support role in the stage."""

    ALL = "all"
    INSIDE = "inside"


class StageIndexKind(StrEnum):
    """Which mean of the cells is a stage's index of performance."""

    ARITHMETIC = "arithmetic"
    GEOMETRIC = "geometric"


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Borders of the classes on 0–100 (5.6); 62.5 is 3.5 on the 5-point scale, 12.5 half a step."""

    importance_high: float = 62.5
    performance_high: float = 62.5
    performance_low: float = 50.0
    gap_strength_max: float = 12.5
    gap_critical_min: float = 25.0
    eps: float = 1e-9


@dataclass(frozen=True, slots=True)
class IntervalSettings:
    """Expanded percentile interval (5.7).

    Attributes:
        confidence: two-sided level, 0–1.
        exact_enumeration_max_n: up to this n all resamples are enumerated.
        draws: number of resamples above it.
        seed: seed of the PCG64 generator.
        fpc: finite population correction; the population is the number of known actors of the stage.
        min_n: no interval below this n.
    """

    confidence: float = 0.9
    exact_enumeration_max_n: int = 6
    draws: int = 5000
    seed: int = 20250101
    fpc: bool = False
    min_n: int = 3


@dataclass(frozen=True, slots=True)
class GradeRule:
    """What a grade asks for: organisations, coverage 0–1 and half-width of the interval in points."""

    n: int
    coverage: float
    halfwidth: float


@dataclass(frozen=True, slots=True)
class Grades:
    """Rules of the grades A to C; below C it is D (5.7)."""

    a: GradeRule = field(default_factory=lambda: GradeRule(8, 0.8, 12.5))
    b: GradeRule = field(default_factory=lambda: GradeRule(5, 0.6, 20.0))
    c_n: int = 3


@dataclass(frozen=True, slots=True)
class AgreementSettings:
    """Levels of agreement AG, null variance of r_wg, and the polarised flag (5.8)."""

    high: float = 0.85
    moderate: float = 0.75
    rwg_null_variance: float = 1250.0
    polarised_share: float = 0.3
    polarised_low: float = 25.0
    polarised_high: float = 75.0


@dataclass(frozen=True, slots=True)
class RobustnessSettings:
    """Rank robustness (5.9): number of weight vectors, seed, half-range of the second run, border of "stable"."""

    draws: int = 10_000
    seed: int = 20250102
    variation: float = 0.25
    stable_acceptability: float = 0.8
    podium: int = 3


@dataclass(frozen=True, slots=True)
class ChangeSettings:
    """When a change between waves counts as improved or declined (5.11)."""

    min_meaningful: float = 12.5
    min_panel: int = 5


@dataclass(frozen=True, slots=True)
class DisclosureSettings:
    """Minimum numbers of organisations per level (5.12).

    Attributes:
        handoff_n_value: values in the hand-off.
        public_n_value: values in public.
        public_n_class: class without value in public.
        public_round_to: step of public values, in points.
        public_n_interval: intervals in public; with fewer organisations the limits lie close to the extreme answers.
        small_count: counts from 1 to this number are hidden, and so are their complements.
        min_group: smallest type or place that is listed on its own.
    """

    handoff_n_value: int = 3
    public_n_value: int = 5
    public_n_class: int = 3
    public_round_to: float = 5.0
    public_n_interval: int = 8
    small_count: int = 2
    min_group: int = 3


@dataclass(frozen=True, slots=True)
class Profile:
    """All settings of one assessment.

    Attributes:
        min_item_coverage: share of a cell's item weight that an organisation must have answered (half rule, 5.3).
        dont_know_codes: codes counted in the share of "don't know".
        dimension_weights: mapping dimension → weight of any scale, read when the source is ``set``; 0 where absent.
        points_total: point budgets with another total are left out; None takes every budget.
        min_point_givers: with fewer organisations ``auto`` falls back to equal weights.
        actor_weight_mode: equal, or by `role_weights`.
        role_weights: mapping role code → weight.
        raters: whose ratings count.
        include_cross_checks: whether cross-check items enter the performance cells (sensitivity only).
        stage_index: which mean is the stage index (sensitivity only).
        min_index_weight: an index needs cells with at least this share of the weight (5.4).
        geometric_floor: lowest value in a geometric mean.
        class_stability_firm: share of resamples for evidence "firm".
        min_evidence_n: below it evidence is insufficient.
        min_side_n: organisations inside and outside for the inside-outside difference (5.5).
    """

    name: str = "default"
    min_item_coverage: float = 0.5
    dont_know_codes: tuple[str, ...] = ("98",)
    dimension_weight_source: WeightSource = WeightSource.AUTO
    dimension_weights: Mapping[str, float] = field(default_factory=dict)
    points_total: float | None = 100.0
    min_point_givers: int = 5
    stage_weight_source: WeightSource = WeightSource.EQUAL
    actor_weight_mode: ActorWeightMode = ActorWeightMode.EQUAL
    role_weights: Mapping[str, float] = field(default_factory=lambda: {"core": 1.0, "support": 0.75, "observer": 0.5})
    raters: Raters = Raters.ALL
    include_cross_checks: bool = False
    stage_index: StageIndexKind = StageIndexKind.ARITHMETIC
    min_index_weight: float = 0.5
    geometric_floor: float = 1.0
    thresholds: Thresholds = Thresholds()
    interval: IntervalSettings = IntervalSettings()
    grades: Grades = Grades()
    class_stability_firm: float = 0.8
    min_evidence_n: int = 3
    min_side_n: int = 3
    agreement: AgreementSettings = AgreementSettings()
    robustness: RobustnessSettings = RobustnessSettings()
    change: ChangeSettings = ChangeSettings()
    disclosure: DisclosureSettings = DisclosureSettings()

    def to_record(self) -> dict[str, Any]:
        """A JSON-ready record of all settings; the inverse of `from_record`."""
        return cast("dict[str, Any]", json.loads(json.dumps(asdict(self))))

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> "Profile":
        """The profile of one JSON record; settings that are absent keep their default.

        Raises:
            ValueError: for an unknown setting or a value that the setting does not take.
        """
        return cast("Profile", _filled(cls, record))


def _filled(kind: type[Any], record: Mapping[str, Any]) -> object:
    names = {entry.name for entry in fields(kind)}
    unknown = sorted(set(record) - names)
    if unknown:
        raise ValueError(f"unknown setting: {', '.join(unknown)}")
    hints = get_type_hints(kind)
    return kind(**{name: _converted(hints[name], value) for name, value in record.items()})


def _converted(hint: Any, value: Any) -> object:  # noqa: ANN401 — type hints and JSON values, converted here
    if isinstance(hint, type) and is_dataclass(hint):
        return _filled(hint, value)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return hint(value)
    if isinstance(value, list):
        return tuple(value)
    if isinstance(value, Mapping):
        return {str(key): float(weight) for key, weight in value.items()}
    return value


DEFAULT: Final = Profile()
