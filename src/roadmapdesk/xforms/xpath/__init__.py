"""XPath for ODK XForms: compile once, evaluate often. Imports `xforms.tree`, errors and i18n only.

Entry points: `compile_expression`, `Expression`, `Reference`, `Context`, `Host`, `Budget`, `Moment`, `XPathError`.
"""

import sys

from roadmapdesk.xforms.xpath.context import Budget, Context, Host
from roadmapdesk.xforms.xpath.errors import BudgetExceeded, XPathError, XPathSyntaxError
from roadmapdesk.xforms.xpath.expression import VOLATILE_CALLS, Expression, compile_expression
from roadmapdesk.xforms.xpath.moments import CALENDAR, INSTANTS, DateRules, Moment
from roadmapdesk.xforms.xpath.references import Reference
from roadmapdesk.xforms.xpath.values import Value, format_number

# An expression may nest 200 levels, at some ten frames each; Python's own limit of 1,000 is meant for endless loops.
sys.setrecursionlimit(max(sys.getrecursionlimit(), 6_000))

__all__ = [
    "CALENDAR",
    "INSTANTS",
    "VOLATILE_CALLS",
    "Budget",
    "BudgetExceeded",
    "Context",
    "DateRules",
    "Expression",
    "Host",
    "Moment",
    "Reference",
    "Value",
    "XPathError",
    "XPathSyntaxError",
    "compile_expression",
    "format_number",
]
