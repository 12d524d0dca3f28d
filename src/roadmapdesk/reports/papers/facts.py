"""What the papers are made of: plain values, already in the language of the paper."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from roadmapdesk.domain.actors import Actor
from roadmapdesk.i18n import N_, Language


@dataclass(frozen=True, slots=True)
class PaperFrame:
    """What stands on every paper of a project.

    Attributes:
        created: aware moment of the export.
        is_sample: whether the project holds invented data, which each page says.
    """

    language: Language
    project: str
    app_version: str
    created: datetime
    is_sample: bool = False


DEPENDS = N_("Whether this is asked follows from earlier answers.")
"""The condition of what is asked under a condition that has no words."""


class AnswerKind(StrEnum):
    """How a question is answered on paper."""

    CHOICE = "choice"
    MULTIPLE = "multiple"
    RANK = "rank"
    LINE = "line"
    LINES = "lines"
    NUMBER = "number"
    DATE = "date"
    FILE = "file"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class BlankQuestion:
    """A question nobody has answered yet.

    Attributes:
        options: pairs (code, label) in the order of the form.
        list_name: questions with the same name share their options; empty for a list of their own.
        condition: when it is asked, in words; empty for always.
    """

    number: str
    text: str
    kind: AnswerKind
    hint: str = ""
    options: tuple[tuple[str, str], ...] = ()
    list_name: str = ""
    condition: str = ""
    is_required: bool = False


@dataclass(frozen=True, slots=True)
class BlankGroup:
    """A section, group or repeat of a questionnaire.

    Attributes:
        is_repeat: filled once per thing, so the paper says that it may be copied.
    """

    number: str
    title: str
    items: tuple["BlankQuestion | BlankGroup", ...]
    condition: str = ""
    is_repeat: bool = False


@dataclass(frozen=True, slots=True)
class BlankForm:
    """A whole questionnaire.

    Attributes:
        common_condition: the condition that most sections share; it stands once, in the head.
    """

    title: str
    version: str
    groups: tuple[BlankGroup, ...]
    common_condition: str = ""


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """A question with its answer in words; several words for several answers, none where it was left open."""

    number: str
    text: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AnswerGroup:
    """Answers that stand together, in the order of the form."""

    number: str
    title: str
    items: tuple["GivenAnswer | AnswerGroup", ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing in it at all."""
        return all(isinstance(item, AnswerGroup) and item.is_empty for item in self.items)


@dataclass(frozen=True, slots=True)
class ProtocolFacts:
    """One interview, read for its respondent.

    Attributes:
        state: the word for its state.
        is_final: False for an interview that can still change: the paper is marked as a draft then.
        consents: pairs (what was asked, answer) in the order of the form, those given and those refused.
    """

    code: str
    actor: str
    wave: str
    day: str
    interviewer: str
    state: str
    is_final: bool
    form: str
    consents: tuple[tuple[str, str], ...]
    sections: tuple[AnswerGroup, ...]


@dataclass(frozen=True, slots=True)
class StageLine:
    """One stage of the value chain on the card."""

    code: str
    name: str
    definition: str


@dataclass(frozen=True, slots=True)
class ActorListFacts:
    """The register with what its marks of sources mean.

    Attributes:
        stage_names: mapping stage key → its name in the language of the paper.
        sources: mapping mark → reference.
    """

    actors: tuple[Actor, ...]
    stage_names: Mapping[str, str]
    sources: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class PrivacyDetails:
    """What only the team knows about its study; an empty text is printed as a gap to be filled in.

    Attributes:
        controller: the body responsible for the processing: name and postal address.
        contact: how respondents reach the study: a function with its address, never a person's name.
        officer: how they reach the data protection officer.
        authority: the supervisory authority.
        recipients: who else receives data and on what agreement.
        retention: how long what is kept.
    """

    controller: str = ""
    contact: str = ""
    officer: str = ""
    authority: str = ""
    recipients: str = ""
    retention: str = ""


@dataclass(frozen=True, slots=True)
class PrivacyFacts:
    """What the privacy information and the consent form say.

    Attributes:
        purpose: the form's own words on purpose and handling, as respondents hear them; may be empty.
        choices: the consent questions of the form, each a choice of its own.
    """

    details: PrivacyDetails
    purpose: tuple[str, ...] = ()
    choices: tuple[BlankQuestion, ...] = field(default=())
