"""What can be wrong with an expression, when it is compiled and when it is evaluated."""

from roadmapdesk.errors import Message, RoadmapDeskError
from roadmapdesk.i18n import N_

SYNTAX = Message("xpath.syntax", N_("The expression cannot be read at character {position}: {found}"))
UNTERMINATED = Message("xpath.unterminated", N_("A text that starts at character {position} has no closing quote."))
EMPTY = Message("xpath.empty", N_("The expression is empty."))
TOO_LONG = Message("xpath.too_long", N_("The expression has {size} characters; at most {limit} are read."))
TOO_DEEP = Message("xpath.too_deep", N_("The expression is nested deeper than {limit} levels."))
UNKNOWN_FUNCTION = Message("xpath.unknown_function", N_("There is no function {function}()."))
ARGUMENT_COUNT = Message(
    "xpath.argument_count", N_("The function {function}() takes {expected} arguments; {given} are given.")
)
NOT_NODES = Message("xpath.not_nodes", N_("The function {function}() needs a path, not a value."))
NOT_A_PATH = Message("xpath.not_a_path", N_("A path or a union needs nodes on its left side, not a value."))
BAD_ARGUMENT = Message("xpath.bad_argument", N_("The function {function}() cannot use argument {position}: {reason}"))
UNKNOWN_INSTANCE = Message("xpath.unknown_instance", N_("The form has no list or instance named {instance}."))
UNKNOWN_PREFIX = Message("xpath.unknown_prefix", N_("The prefix {prefix} is not declared."))
NOT_IN_REPEAT = Message(
    "xpath.not_in_repeat", N_("The function indexed-repeat() needs a field that lies in the repeat it names.")
)
IMPOSSIBLE_DATE = Message(
    "xpath.impossible_date", N_("The function {function}() received a date that does not exist.")
)
BUDGET = Message("xpath.budget", N_("The expression took more than {limit} steps and was stopped."))
PATTERN = Message("xpath.pattern", N_("The pattern in {function}() cannot be used: {reason}"))


class XPathError(RoadmapDeskError, ValueError):
    """An expression that cannot be evaluated; parameters name the function where there is one."""

    @property
    def function(self) -> str:
        """The function that refused, or an empty string."""
        return str(self.parameters.get("function", ""))


class XPathSyntaxError(XPathError):
    """An expression that cannot be compiled.

    Attributes:
        offset: the character where reading stopped, counted from 0.
    """

    def __init__(self, message: Message, offset: int = 0, **parameters: object) -> None:
        super().__init__(message, position=offset + 1, **parameters)
        self.offset = offset


class BudgetExceeded(XPathError):
    """An evaluation that took more steps than it was allowed."""
