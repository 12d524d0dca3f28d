"""An invented organisation that answers a form: what it would say to each question, drawn from a seeded generator.

Questions are known by their role and by the scoring sheet, never by name, so the generator fills any form that has
these sheets. Codes that name a real body are never chosen.
"""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from roadmapdesk.domain.actors import Actor, StageRole
from roadmapdesk.domain.question_roles import QuestionRoles, Role
from roadmapdesk.scoring.inputs import CELL_MEASURES, Item, Measure
from roadmapdesk.xforms.session.view import Choice, NodeView

_SKIPPED_TEXT = "none"
_MEASURE_FIELDS = frozenset(
    {
        Role.MEASURE_TITLE,
        Role.MEASURE_STAGE,
        Role.MEASURE_DIMENSION,
        Role.MEASURE_LAYER,
        Role.MEASURE_HORIZON,
        Role.MEASURE_LEAD,
        Role.MEASURE_PRIORITY,
    }
)
_STAGE_ROLES = frozenset({Role.ANY_STAGE_ACTIVE, Role.STAGES_ACTIVE, Role.STAGES_JUDGED, Role.STAGE_INVOLVEMENT})
_TRIES = 12


@dataclass(frozen=True, slots=True)
class SampleProfile:
    """Invented levels behind the sample answers, on 0–100.

    Attributes:
        performance: mapping (stage, dimension) → level of performance; `importance` likewise.
        outlook_change: mapping dimension → change until 2030; `later_wave_change` until the second wave.
        criticality: mapping stage → weight of the stage for the chain.
        points: mapping dimension → points out of 100.
        readiness: mapping stage → usual technology readiness, 1 to 9.
        real_names: words that mark a choice as naming a real body.
    """

    performance: Mapping[tuple[str, str], float]
    importance: Mapping[tuple[str, str], float]
    outlook_change: Mapping[str, float]
    later_wave_change: Mapping[str, float]
    criticality: Mapping[str, float]
    points: Mapping[str, float]
    readiness: Mapping[str, int]
    real_names: tuple[str, ...]

    @classmethod
    def from_record(
        cls, record: Mapping[str, Any], stages: Sequence[str], dimensions: Sequence[str]
    ) -> "SampleProfile":
        """The profile of the shipped record, whose tables have stages as rows and dimensions as columns."""

        def cells(name: str) -> dict[tuple[str, str], float]:
            return {
                (stage, dimension): float(value)
                for stage, row in zip(stages, record[name], strict=True)
                for dimension, value in zip(dimensions, row, strict=True)
            }

        def along(name: str, keys: Sequence[str]) -> dict[str, float]:
            return dict(zip(keys, (float(value) for value in record[name]), strict=True))

        return cls(
            performance=cells("performance"),
            importance=cells("importance"),
            outlook_change=along("outlook_change", dimensions),
            later_wave_change=along("later_wave_change", dimensions),
            criticality=along("criticality", stages),
            points=along("points", dimensions),
            readiness=dict(zip(stages, record["readiness"], strict=True)),
            real_names=tuple(record["real_names"]),
        )


@dataclass(slots=True)
class Respondent:
    """One organisation in one interview.

    Attributes:
        actor: who answers; its stages are the ones it is active in.
        judged: further stages it can judge.
        number: running number of the interview, for codes.
        is_later_wave: whether it was interviewed before.
        known: answers by role that do not depend on chance (wave, date).
        texts: invented sentences by kind, and which role takes which kind.
        rng: the seeded generator.
        bias: how lenient the organisation is, in points; the same in each wave.
    """

    actor: Actor
    judged: tuple[str, ...]
    number: int
    is_later_wave: bool
    day: date
    known: Mapping[Role, str]
    profile: SampleProfile
    texts: Mapping[str, Any]
    roles: QuestionRoles
    items: Mapping[str, Item]
    rng: random.Random
    bias: float = 0.0
    _points: dict[str, int] = field(default_factory=dict)
    _measures: dict[str, dict[str, Any]] = field(default_factory=dict)

    def answer(self, view: NodeView, stage: str, fits: Callable[[str], bool]) -> str:
        """The stored text that this organisation gives, empty for no answer.

        Args:
            view: the question.
            stage: stage key of the card it stands on, empty elsewhere.
            fits: whether the form accepts a text here.
        """
        for _attempt in range(_TRIES):
            text = self._draw(view, stage)
            if not text or fits(text):
                return text
        return ""

    def _draw(self, view: NodeView, stage: str) -> str:
        for role in self.roles.roles_of(view.name):
            text = self._by_role(role, view, stage)
            if text is not None:
                return text
        item = self.items.get(view.name)
        if item is not None:
            return self._by_item(item, view, stage)
        return self._by_control(view)

    def _by_role(self, role: Role, view: NodeView, stage: str) -> str | None:
        if role in self.known:
            return self.known[role]
        if role in _MEASURE_FIELDS:
            return self._measure_field(role, view)
        patterns = self.texts["patterns"]
        if role.value in patterns:
            minutes = self.rng.randrange(38, 66)
            return str(
                patterns[role.value].format(number=self.number, interviewer=1 + self.number % 3, minutes=minutes)
            )
        kind = self.texts["by_role"].get(role.value)
        if kind is not None:
            return self._sentence(kind, stage)
        return self._by_stages(role, view, stage) if role in _STAGE_ROLES else self._by_meaning(role, view)

    def _by_meaning(self, role: Role, view: NodeView) -> str | None:
        """Who is asked, when, and what is agreed to."""
        yes = self.roles.values(role)
        match role:
            case Role.INTERVIEW_DATE:
                return self.day.isoformat()
            case Role.PANEL_REFERENCE_DATE:
                return (self.day - timedelta(days=180)).isoformat()
            case Role.ACTOR_TYPE:
                return self.actor.type.value
            case Role.PANEL_KNOWN | Role.PANEL_SAME_PERSON | Role.CONSENT_PARTICIPATE | Role.STAGES_LOCKED:
                return yes[0]
            case Role.CONSENT_NETWORK | Role.CONSENT_HANDOFF | Role.CONSENT_RECONTACT | Role.CONSENT_RECORDING:
                return yes[0] if self.rng.random() < 0.7 else self._other(view, yes)
            case Role.TIE_COUNT | Role.MEASURE_COUNT:
                return str(self.rng.randrange(1, 4))
        return None

    def _by_stages(self, role: Role, view: NodeView, stage: str) -> str | None:
        """Where the organisation is active, what else it can judge, and its part in the stage of this card."""
        codes = {choice.value for choice in view.choices}
        match role:
            case Role.ANY_STAGE_ACTIVE:
                yes = self.roles.values(role)
                return yes[0] if self._active() else self._other(view, yes)
            case Role.STAGES_ACTIVE:
                return " ".join(key for key in self._active() if key in codes)
            case Role.STAGES_JUDGED:
                return " ".join(key for key in self.judged if key in codes)
            case Role.STAGE_INVOLVEMENT:
                part = self.actor.stages.get(stage, StageRole.SUPPORT).value
                return part if part in codes else self._one(view)
        return None

    def _measure_field(self, role: Role, view: NodeView) -> str:
        """A field of the measure that this card proposes; its priority differs a little between interviews."""
        card = view.parent.ref if view.parent is not None else ""
        if card not in self._measures:
            taken = list(self._measures.values())
            self._measures[card] = self.rng.choice([one for one in self.texts["measures"] if one not in taken])
        value = self._measures[card][role.value]
        if role is Role.MEASURE_PRIORITY:
            value = min(5, max(1, value + self.rng.choice((-1, 0, 0, 1))))
        return str(value)

    def _active(self) -> list[str]:
        return [stage for stage, role in self.actor.stages.items() if role is not StageRole.OBSERVER]

    def _sentence(self, kind: str, stage: str) -> str:
        if kind == _SKIPPED_TEXT:
            return ""
        sentences = self.texts[kind]
        return str(self.rng.choice(sentences.get(stage, [""]) if isinstance(sentences, dict) else sentences))

    def _by_item(self, item: Item, view: NodeView, stage: str) -> str:
        if item.measure is Measure.DIMENSION_WEIGHT:
            return str(self._budget()[item.dimension])
        if item.measure is Measure.READINESS:
            return str(min(9, max(1, self.profile.readiness.get(stage, 6) + self.rng.choice((-1, 0, 0, 1)))))
        if self.rng.random() < 0.06:
            missing = sorted((item.missing | item.not_applicable) & {choice.value for choice in view.choices})
            if missing:
                return self.rng.choice(missing[: max(1, len(missing) - 1)])
        level = self._level(item, stage)
        if item.is_reversed:
            level = 100 - level
        value = item.minimum + (item.maximum - item.minimum) * min(100.0, max(0.0, level)) / 100
        text = str(round(value))
        offered = {choice.value for choice in view.choices}
        return text if not offered or text in offered else self._one(view)

    def _level(self, item: Item, stage: str) -> float:
        """The organisation's view on 0–100: the invented level of the site, its own leniency, and chance."""
        place = item.stage if not item.stage.startswith("@") else stage
        chance = self.rng.gauss(0, 11) + self.bias
        shift = self.profile.later_wave_change.get(item.dimension, 0.0) if self.is_later_wave else 0.0
        if item.measure is Measure.STAGE_WEIGHT:
            return self.profile.criticality.get(place, 60.0) + chance
        table = self.profile.importance if item.measure is Measure.IMPORTANCE else self.profile.performance
        known = [
            level
            for (at, dimension), level in table.items()
            if place in {"", "*", at} and item.dimension in {"*", dimension}
        ]
        base = sum(known) / len(known) if known else 50.0
        if item.measure is Measure.IMPORTANCE or item.measure not in CELL_MEASURES:
            return base + chance
        if item.measure is Measure.OUTLOOK:
            base += self.profile.outlook_change.get(item.dimension, 0.0)
        inside = self.actor.stages.get(place) in {StageRole.CORE, StageRole.SUPPORT}
        return base + shift + chance + (6 if inside else 0)

    def _budget(self) -> dict[str, int]:
        """Points that sum to exactly 100 in steps of five, drawn once per interview."""
        if not self._points:
            raw = {key: max(1.0, value + self.rng.gauss(0, 5)) for key, value in self.profile.points.items()}
            total = sum(raw.values())
            self._points = {key: 5 * round(20 * value / total) for key, value in raw.items()}
            largest = max(self._points, key=lambda key: self._points[key])
            self._points[largest] += 100 - sum(self._points.values())
        return self._points

    def _by_control(self, view: NodeView) -> str:
        if view.control == "select1":
            return self._one(view)
        if view.control == "select":
            return self._some(view)
        if view.type == "int":
            return str(self.rng.randrange(0, 6))
        if view.type == "date":
            return self.day.isoformat()
        if view.control == "input" and self.rng.random() < 0.5:
            return str(self.rng.choice(self.texts["change"]))
        return ""

    def _offered(self, view: NodeView) -> list[Choice]:
        """Choices that name no real body, without the exclusive codes unless nothing else is left."""
        exclusive = self.roles.exclusive_codes
        unlisted = set(self.roles.values(Role.ACTOR_UNLISTED)) | set(self.roles.values(Role.REFERENCE_UNLISTED))
        german = view.choices
        labels = {choice.value: choice.label for choice in german}
        names = self.profile.real_names
        invented = [choice for choice in german if not any(name in labels[choice.value] for name in names)]
        plain = [choice for choice in invented if choice.value not in exclusive | unlisted | {self.actor.key}]
        return plain or invented

    def _one(self, view: NodeView) -> str:
        offered = self._offered(view)
        return self.rng.choice(offered).value if offered else ""

    def _other(self, view: NodeView, not_these: Sequence[str]) -> str:
        others = [choice.value for choice in view.choices if choice.value not in not_these]
        return others[0] if others else ""

    def _some(self, view: NodeView) -> str:
        offered = [choice.value for choice in self._offered(view)]
        # Low positions of a list are chosen more often, so that the counts differ as they do in real answers.
        weights = [1 / (2 + position) for position in range(len(offered))]
        wanted = self.rng.randrange(1, 4)
        chosen: set[str] = set()
        while offered and len(chosen) < min(wanted, len(offered)):
            chosen.add(self.rng.choices(offered, weights)[0])
        return " ".join(choice.value for choice in view.choices if choice.value in chosen)
