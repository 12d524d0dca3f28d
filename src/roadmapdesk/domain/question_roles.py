"""Which question of a form means what, read from the form's ``roles`` sheet.

The program never knows a question by name. A form says with rows ``role, question, value, note`` which question
is the interview code, which answer is a consent, which group is one tie. Everything above asks by `Role`; a form
without the sheet can be filled, stored and exported, and `QuestionRoles.missing` says what an assessment lacks.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """Meanings that a question, a repeat or a code can have; the words of the column ``role``."""

    INTERVIEW_CODE = "interview.code"
    INTERVIEW_DATE = "interview.date"
    INTERVIEW_WAVE = "interview.wave"
    WAVE_EXCLUDED = "interview.wave_excluded"
    INTERVIEWER = "interview.interviewer"
    INTERVIEW_MODE = "interview.mode"
    INTERVIEW_QUALITY = "interview.quality"
    INTERVIEW_MINUTES = "interview.minutes"

    LATER_WAVE = "panel.later_wave"
    PANEL_KNOWN = "panel.known"
    PANEL_REFERENCE_DATE = "panel.reference_date"
    PANEL_SAME_PERSON = "panel.same_person"

    CONSENT_PARTICIPATE = "consent.participate"
    CONSENT_REFERENCE = "consent.reference"
    CONSENT_RECORDING = "consent.recording"
    CONSENT_ATTRIBUTION = "consent.attribution"
    CONSENT_ATTRIBUTION_ON_APPROVAL = "consent.attribution_on_approval"
    CONSENT_NETWORK = "consent.network"
    CONSENT_HANDOFF = "consent.handoff"
    CONSENT_RECONTACT = "consent.recontact"

    ACTOR = "actor.key"
    ACTOR_UNLISTED = "actor.unlisted"
    ACTOR_OTHER = "actor.other"
    ACTOR_TYPE = "actor.type"
    RESPONDENT_FUNCTION = "actor.respondent_function"
    EMPLOYEES = "actor.employees"
    EMPLOYEES_IN_FIELD = "actor.employees_in_field"

    ANY_STAGE_ACTIVE = "stage.any_active"
    STAGES_ACTIVE = "stage.active"
    STAGES_JUDGED = "stage.judged"
    STAGES_RATED = "stage.rated"
    STAGE_MAIN = "stage.main"
    STAGES_LOCKED = "stage.locked"
    STAGE_REPEAT = "stage.repeat"
    STAGE_KEY = "stage.key"
    STAGE_NAME = "stage.name"
    STAGE_ROLE = "stage.role"
    STAGE_ROLE_CORE = "stage.role_core"
    STAGE_ROLE_SUPPORT = "stage.role_support"
    STAGE_ROLE_OBSERVER = "stage.role_observer"
    STAGE_RATED_MARKER = "stage.rated_marker"
    STAGE_INVOLVEMENT = "stage.involvement"
    STAGE_READINESS = "stage.readiness"
    STAGE_BOTTLENECKS = "stage.bottlenecks"
    STAGE_BOTTLENECK_TEXT = "stage.bottleneck_text"
    STAGE_CHANGE = "stage.change"

    WEIGHTS_TOTAL = "weights.total"

    TIE_REPEAT = "tie.repeat"
    TIE_COUNT = "tie.count"
    TIE_PARTNER = "tie.partner"
    TIE_PARTNER_UNLISTED = "tie.partner_unlisted"
    TIE_PARTNER_OTHER = "tie.partner_other"
    TIE_KINDS = "tie.kinds"
    TIE_INTENSITY = "tie.intensity"
    TIE_STAGE = "tie.stage"

    MEASURE_REPEAT = "measure.repeat"
    MEASURE_COUNT = "measure.count"
    MEASURE_TITLE = "measure.title"
    MEASURE_STAGE = "measure.stage"
    MEASURE_DIMENSION = "measure.dimension"
    MEASURE_LAYER = "measure.layer"
    MEASURE_HORIZON = "measure.horizon"
    MEASURE_LEAD = "measure.lead"
    MEASURE_PRIORITY = "measure.priority"
    MEASURE_FOLLOWUP = "measure.followup"

    REFERENCE = "reference.key"
    REFERENCE_UNLISTED = "reference.unlisted"
    REFERENCE_OTHER = "reference.other"
    REFERENCE_POSITION = "reference.position"

    SWOT_STRENGTH = "swot.strength"
    SWOT_WEAKNESS = "swot.weakness"
    SWOT_OPPORTUNITY = "swot.opportunity"
    SWOT_THREAT = "swot.threat"

    TOPIC_COUNTS = "topic.counts"
    TOPIC_RATING = "topic.rating"
    TOPIC_NUMBER = "topic.number"
    TOPIC_OTHER = "topic.other"

    ROADMAP_KNOWN = "roadmap.known"
    ROADMAP_PROGRESS = "roadmap.progress"
    CLOSING_OPEN = "closing.open"
    CLOSING_REFERRAL = "closing.referral"
    QUOTABLE = "text.quotable"
    IDENTIFYING = "text.identifying"

    CODE_NOT_APPLICABLE = "code.not_applicable"
    CODE_UNKNOWN = "code.unknown"
    CODE_NO_ANSWER = "code.no_answer"
    CODE_NONE = "code.none"
    CODE_OTHER = "code.other"
    CODE_ALL = "code.all"


_REPEATABLE = frozenset(
    {Role.TOPIC_COUNTS, Role.TOPIC_RATING, Role.TOPIC_NUMBER, Role.TOPIC_OTHER, Role.QUOTABLE, Role.IDENTIFYING}
)
_CODES = frozenset(role for role in Role if role.value.startswith("code."))

ASSESSMENT_NEEDS: tuple[Role, ...] = (
    Role.INTERVIEW_CODE,
    Role.INTERVIEW_DATE,
    Role.INTERVIEW_WAVE,
    Role.CONSENT_PARTICIPATE,
    Role.ACTOR,
    Role.STAGE_REPEAT,
    Role.STAGE_KEY,
    Role.STAGE_ROLE,
)
"""Roles without which interviews cannot be scored."""


@dataclass(frozen=True, slots=True)
class RoleEntry:
    """One row of the sheet.

    Attributes:
        question: name of the question, calculation or repeat; empty for a code.
        values: codes given in the column ``value``, in their order; for topics the topic's key.
        row: 1-based row in the sheet, the header being row 1.
    """

    role: Role
    question: str
    values: tuple[str, ...]
    note: str
    row: int


@dataclass(frozen=True, slots=True)
class RoleProblem:
    """A row of the sheet that says nothing the program understands.

    Attributes:
        code: ``no_role``, ``unknown_role``, ``no_question``, ``no_value`` or ``given_twice``.
    """

    code: str
    role: str
    row: int


@dataclass(frozen=True, slots=True)
class Topic:
    """What a form asks about one cross theme; each tuple holds question names in the form's order.

    Attributes:
        counts: multiple-choice questions, counted per code.
        ratings: scale questions.
        numbers: whole numbers.
        others: texts that say what the code for others stands for.
    """

    key: str
    counts: tuple[str, ...] = ()
    ratings: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    others: tuple[str, ...] = ()


class QuestionRoles:
    """The meanings of one form's questions; immutable.

    Attributes:
        entries: understood rows in the order of the sheet.
        problems: rows that were left out, and why.
    """

    def __init__(self, entries: Iterable[RoleEntry] = (), problems: Iterable[RoleProblem] = ()) -> None:
        self.entries = tuple(entries)
        self.problems = tuple(problems)
        self._by_role: dict[Role, tuple[RoleEntry, ...]] = {}
        for entry in self.entries:
            self._by_role[entry.role] = (*self._by_role.get(entry.role, ()), entry)

    @classmethod
    def from_rows(cls, rows: Iterable[Mapping[str, str]]) -> "QuestionRoles":
        """The roles of one sheet; rows that make no sense become `problems`, never an exception.

        Args:
            rows: mappings with the columns ``role``, ``question``, ``value``, ``note``; missing cells may be absent.
        """
        entries: list[RoleEntry] = []
        problems: list[RoleProblem] = []
        seen: set[Role] = set()
        for number, row in enumerate(rows, start=2):
            word = row.get("role", "").strip()
            if not word:
                if any(text.strip() for text in row.values()):
                    problems.append(RoleProblem("no_role", "", number))
                continue
            entry = _read_row(row, word, number)
            if isinstance(entry, RoleProblem):
                problems.append(entry)
            elif entry.role in seen and entry.role not in _REPEATABLE:
                problems.append(RoleProblem("given_twice", word, number))
            else:
                seen.add(entry.role)
                entries.append(entry)
        return cls(entries, problems)

    def question(self, role: Role) -> str | None:
        """The name of the question with this role, the first one where several have it; None where none has."""
        found = self._by_role.get(role)
        return found[0].question if found else None

    def questions(self, role: Role) -> tuple[str, ...]:
        """All questions with this role, in the order of the sheet."""
        return tuple(entry.question for entry in self._by_role.get(role, ()))

    def values(self, role: Role) -> tuple[str, ...]:
        """The codes given with this role, for example the answers that mean yes; empty where none are given."""
        return tuple(value for entry in self._by_role.get(role, ()) for value in entry.values)

    def code(self, role: Role) -> str | None:
        """The single code of a role such as `Role.CODE_UNKNOWN`; None where the form has none."""
        found = self.values(role)
        return found[0] if found else None

    def says_yes(self, role: Role, answer: str | None) -> bool:
        """Whether the stored answer is one of the codes that mean yes for this role; a missing answer is no."""
        return bool(answer) and any(code in self.values(role) for code in (answer or "").split())

    def roles_of(self, question: str) -> tuple[Role, ...]:
        """All roles of a question, in the order of the sheet."""
        return tuple(entry.role for entry in self.entries if entry.question == question)

    def has(self, *roles: Role) -> bool:
        """Whether the form gives every one of these roles."""
        return all(role in self._by_role for role in roles)

    def missing(self, needs: Iterable[Role] = ASSESSMENT_NEEDS) -> tuple[Role, ...]:
        """The roles among `needs` that the form does not give, in that order."""
        return tuple(role for role in needs if role not in self._by_role)

    @property
    def missing_codes(self) -> frozenset[str]:
        """Codes that are answers without content: not applicable, unknown, no answer."""
        wanted = (Role.CODE_NOT_APPLICABLE, Role.CODE_UNKNOWN, Role.CODE_NO_ANSWER)
        return frozenset(code for role in wanted for code in self.values(role))

    @property
    def exclusive_codes(self) -> frozenset[str]:
        """Codes of a multiple choice that exclude every other answer."""
        return self.missing_codes | frozenset(self.values(Role.CODE_NONE))

    @property
    def identifying(self) -> frozenset[str]:
        """Questions that leave a pseudonymised record."""
        return frozenset(self.questions(Role.IDENTIFYING))

    @property
    def topics(self) -> tuple[Topic, ...]:
        """The cross themes in the order in which the sheet names them first."""
        kinds = {
            Role.TOPIC_COUNTS: "counts",
            Role.TOPIC_RATING: "ratings",
            Role.TOPIC_NUMBER: "numbers",
            Role.TOPIC_OTHER: "others",
        }
        found: dict[str, dict[str, tuple[str, ...]]] = {}
        for entry in self.entries:
            kind = kinds.get(entry.role)
            if kind is not None:
                topic = found.setdefault(entry.values[0], {})
                topic[kind] = (*topic.get(kind, ()), entry.question)
        return tuple(Topic(key, **fields) for key, fields in found.items())

    def topic(self, key: str) -> Topic:
        """The topic with this key; an empty one where the form does not ask about it."""
        return next((topic for topic in self.topics if topic.key == key), Topic(key))


def _read_row(row: Mapping[str, str], word: str, number: int) -> RoleEntry | RoleProblem:
    try:
        role = Role(word)
    except ValueError:
        return RoleProblem("unknown_role", word, number)
    question = row.get("question", "").strip()
    values = tuple(row.get("value", "").split())
    if not question and role not in _CODES:
        return RoleProblem("no_question", word, number)
    if not values and (role in _CODES or role.value.startswith("topic.")):
        return RoleProblem("no_value", word, number)
    return RoleEntry(role, question, values, row.get("note", "").strip(), number)
