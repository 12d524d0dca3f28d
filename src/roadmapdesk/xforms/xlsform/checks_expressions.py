"""Checks of expressions by our own XPath compiler, before pyxform turns names into paths."""

import re
from datetime import date

from roadmapdesk.xforms.xlsform.checks_survey import column_named
from roadmapdesk.xforms.xlsform.problems import Problem, Severity
from roadmapdesk.xforms.xlsform.tables import Row, Sheet
from roadmapdesk.xforms.xlsform.vocabulary import EXPRESSIONS, REFERENCE, base_column, read_type
from roadmapdesk.xforms.xpath import compile_expression
from roadmapdesk.xforms.xpath.errors import UNKNOWN_FUNCTION, XPathSyntaxError
from roadmapdesk.xforms.xpath.functions import load

_PLAIN = {"yes", "no", "true", "false", "true()", "false()"}
_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})\Z")
_QUOTES = str.maketrans("‘’“”", "''\"\"")  # pyxform reads typographic quotes as plain ones
_SHOWN = 200


def check_expressions(survey: Sheet) -> list[Problem]:
    """Expressions that cannot be read or call unknown functions, and default dates that do not exist."""
    name_column = column_named(survey, "name", "tag", "value")
    type_column = column_named(survey, "type", "command")
    default_column = column_named(survey, "default")
    columns = [header for header in survey.headers if base_column(header) in EXPRESSIONS]
    problems: list[Problem] = []
    for row in survey.filled_rows():
        name = row.get(name_column) or row.get(type_column)
        for column in columns:
            text = row.get(column)
            if text and text.lower() not in _PLAIN:
                problems += _check(survey, row, column, name, text)
        if read_type(row.get(type_column)).word == "date" and not _is_date(row.get(default_column)):
            parameters = {"value": row.get(default_column)}
            problems.append(
                Problem("form.bad_date", Severity.ERROR, survey.name, row.number, default_column, parameters)
            )
    return problems


def _check(survey: Sheet, row: Row, column: str, name: str, text: str) -> list[Problem]:
    expression = REFERENCE.sub("_reference", text).translate(_QUOTES)
    if "${" in expression:
        return []
    parameters = {"name": name, "expression": text[:_SHOWN]}
    place = (survey.name, row.number, column)
    try:
        compiled = compile_expression(expression, {"jr": "http://openrosa.org/javarosa"})
    except XPathSyntaxError as error:
        if error.message is not UNKNOWN_FUNCTION:
            parameters["found"] = expression[error.offset : error.offset + 20] or error.function
            code = "form.bad_expression" if parameters["found"] else "form.unfinished_expression"
            return [Problem(code, Severity.ERROR, *place, parameters)]
        unknown = [error.function]
    else:
        unknown = sorted(compiled.calls - load().keys())
    return [
        Problem("form.unknown_function", Severity.ERROR, *place, {**parameters, "function": f"{function}()"})
        for function in unknown
    ]


def _is_date(text: str) -> bool:
    """Whether a default of a date question is an expression, empty, or a date that exists."""
    match = _DATE.match(text)
    if match is None:
        return True
    try:
        date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return False
    return True
