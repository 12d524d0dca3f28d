"""What a session tells beside its changes."""

from roadmapdesk.errors import Message
from roadmapdesk.i18n import N_
from roadmapdesk.xforms.problems import FormProblem
from roadmapdesk.xforms.session.view import Notice

CHOICE_DROPPED = Message(
    "session.choice_dropped",
    N_("A chosen answer is no longer offered. It is kept aside and returns when it is offered again."),
)
CHOICE_LOST = Message(
    "session.choice_lost",
    N_("A chosen answer was no longer offered and was dropped when the interview was finished."),
)
EXPRESSION_FAILED = Message(
    "session.expression_failed", N_("{question}: an expression could not be evaluated. {reason}")
)
SEVERAL_TARGETS = Message(
    "session.several_targets",
    N_("{question}: a value was to be set in several repetitions at once. None was changed."),
)
ENDLESS_TEXT = Message(
    "session.endless_text", N_("A text of the form holds itself or too many others. Part of it was left out.")
)
ENDLESS_ACTIONS = Message(
    "session.endless_actions", N_("The form's actions set each other off without end and were stopped.")
)
UNKNOWN_ANSWER = Message(
    "session.unknown_answer", N_("The stored answer {question} has no place in this form and was left out.")
)
COUNT_CAPPED = Message(
    "session.count_capped", N_("{question} would repeat {count} times; only {limit} repetitions are made.")
)


def notice(message: Message, ref: str, **parameters: object) -> Notice:
    """A notice in the program's language."""
    return Notice(message.code, ref, message.text(**parameters))


def notice_of_problem(problem: FormProblem) -> Notice:
    """The notice that tells a problem of the form's files."""
    return Notice(problem.code, problem.question, problem.sentence)
