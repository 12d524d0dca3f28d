"""What can be wrong with a form: problems as values, all of them at once, and the error that carries them."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from roadmapdesk.errors import Message, RoadmapDeskError
from roadmapdesk.i18n import N_, ngettext

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

FORM_REFUSED = Message("form.refused", N_("The form cannot be opened: {first}"))
NOT_A_FORM = Message("form.not_a_form", N_("The document is no XForm: it has no {part}."))
BROKEN_EXPRESSION = Message(
    "form.broken_expression", N_("{question}: the {attribute} expression “{expression}” cannot be read ({reason}).")
)
CYCLE = Message("form.cycle", N_("These questions depend on each other in a circle: {questions}."))
SETTLED_CYCLE = Message(
    "form.settled_cycle",
    N_(
        "{questions} depend on each other in a circle, for which ODK Collect refuses the form. Here the form works: "
        "{question} keeps what is typed, unless its calculation says otherwise, and the others follow."
    ),
)
UNKNOWN_NODE = Message("form.unknown_node", N_("“{reference}” ({attribute}) names no question of the form."))
DUPLICATE_INSTANCE = Message("form.duplicate_instance", N_("Two lists of the form share the name “{name}”."))
DUPLICATE_BIND = Message("form.duplicate_bind", N_("{question} has its {attribute} expression twice."))
MISSING_RESOURCE = Message("form.missing_resource", N_("The file “{name}” that the form needs is not there."))
BAD_RESOURCE = Message("form.bad_resource", N_("The file “{name}” of the form cannot be read: {reason}"))
UNSAFE_RESOURCE = Message(
    "form.unsafe_resource", N_("The form asks for the file “{name}”. Only files that lie beside the form are read.")
)
LARGE_RESOURCE = Message("form.large_resource", N_("The file “{name}” of the form is larger than allowed ({limit})."))
UNKNOWN_INSTANCE = Message("form.unknown_instance", N_("{question}: the form has no list “{name}”."))
UNKNOWN_ITEXT = Message("form.unknown_itext", N_("The form has no text “{name}”."))
TOO_DEEP = Message("form.too_deep", N_("The form has more than {limit} nested groups."))
TOO_MANY_NODES = Message("form.too_many_nodes", N_("The form has more than {limit} fields."))
TOO_ENTANGLED = Message(
    "form.too_entangled",
    N_("The form's expressions read more than {limit} fields in all; {question} is one of them."),
)
UNSUPPORTED = Message(
    "form.unsupported", N_("{question}: “{feature}” is not supported on the desktop and stays empty.")
)
BAD_ACTION = Message("form.bad_action", N_("{question}: the action “{action}” must be in {namespace}."))
LOOSE_ACTION = Message(
    "form.loose_action",
    N_("{question}: the action “{action}” is passed over, because it stands neither in the model nor in a question."),
)
PLAIN_PRELOAD = Message(
    "form.plain_preload",
    N_("{question}: “preload” is passed over, because it is not written in the namespace of JavaRosa (jr:preload)."),
)
BAD_EVENT = Message("form.bad_event", N_("{question}: there is no event “{event}”."))
OUTSIDE_REPEAT = Message(
    "form.outside_repeat", N_("{question}: an action on “{event}” must stand inside of a repeated group.")
)
BAD_ITEMSET = Message("form.bad_itemset", N_("{question}: the list of choices is incomplete ({part})."))
BAD_COLUMN = Message("form.bad_column", N_("{question}: the file “{name}” has no column “{column}”."))
BAD_RANGE = Message("form.bad_range", N_("{question}: the scale needs numbers for {part}."))
BAD_SUBMISSION = Message("form.bad_submission", N_("The form asks for an unknown way of submission, “{method}”."))
NEWER_ENTITIES = Message(
    "form.newer_entities",
    N_("The form uses version {version} of the rules for entities; this program knows them up to {known}."),
)
BAD_CHOICE_NAME = Message("form.bad_choice_name", N_("{question}: jr:choice-name names no question with choices."))


class Severity(StrEnum):
    """Whether a form with this problem can still be filled."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class FormProblem:
    """One thing that is wrong with a form.

    Attributes:
        message: what is wrong.
        severity: an error keeps the form from being used for interviews.
        question: path of the question, or empty.
        parameters: values for the message, as (name, text).
    """

    message: Message
    severity: Severity = Severity.ERROR
    question: str = ""
    parameters: tuple[tuple[str, str], ...] = field(default=())

    @property
    def code(self) -> str:
        """The message's stable code."""
        return self.message.code

    @property
    def sentence(self) -> str:
        """The problem in the program's language."""
        return self.message.text(**dict(self.parameters))


def problem(
    message: Message, *, question: str = "", severity: Severity = Severity.ERROR, **parameters: object
) -> FormProblem:
    """A problem with its parameters as texts; `question` also fills ``{question}``."""
    values: Mapping[str, object] = {"question": question, **parameters}
    return FormProblem(message, severity, question, tuple((name, str(value)) for name, value in values.items()))


class FormError(RoadmapDeskError, ValueError):
    """A form that cannot be used, with everything that is wrong with it.

    Attributes:
        problems: all problems that were found, errors and warnings.
    """

    def __init__(self, problems: Sequence[FormProblem]) -> None:
        errors = [each for each in problems if each.severity is Severity.ERROR] or list(problems)
        super().__init__(FORM_REFUSED, first=errors[0].sentence)
        self.problems = tuple(problems)

    @property
    def summary(self) -> str:
        """The first problem and how many more there are."""
        more = len(self.problems) - 1
        if not more:
            return self.sentence
        return self.sentence + " " + ngettext("({n} more problem)", "({n} more problems)", more).format(n=more)
