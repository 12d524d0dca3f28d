"""What the form engine itself says about a compiled form: cycles, expressions, unknown nodes, limits."""

from collections.abc import Sequence

from roadmapdesk.xforms.definition.form import FormDefinition
from roadmapdesk.xforms.problems import MISSING_RESOURCE, UNKNOWN_INSTANCE, FormError, FormProblem
from roadmapdesk.xforms.problems import Severity as EngineSeverity
from roadmapdesk.xforms.safe_xml import XmlError
from roadmapdesk.xforms.xlsform.checks_survey import column_named
from roadmapdesk.xforms.xlsform.messages import ENGINE_PREFIX
from roadmapdesk.xforms.xlsform.problems import Problem, Severity
from roadmapdesk.xforms.xlsform.tables import FormTables, Sheet

_COLUMNS = {
    "relevant": ("relevant", "relevance"),
    "constraint": ("constraint",),
    "calculate": ("calculation", "calculate"),
    "required": ("required",),
    "readonly": ("read_only", "readonly"),
    "nodeset": ("choice_filter", "type"),
    "count": ("repeat_count", "jr:count", "count"),
}


def check_with_engine(
    xform: str, tables: FormTables, known: Sequence[Problem], itemsets: str | None = None
) -> list[Problem]:
    """Problems that loading the compiled form reports, apart from rows where a check of the tables found errors.

    Args:
        xform: the compiled form.
        tables: the sheets it was made of.
        known: errors of the tables, each probably the cause of what the engine would say about its row.
        itemsets: external choices as CSV, None where the form has none.
    """
    resources = {"itemsets.csv": itemsets.encode("utf-8")} if itemsets else {}
    try:
        found = FormDefinition.from_xml(xform, resources=resources, preview=True).problems
    except FormError as error:
        found = error.problems
    except XmlError as error:
        parameters = {name: str(value) for name, value in error.parameters.items()}
        return [Problem(ENGINE_PREFIX + error.code, Severity.ERROR, parameters=parameters)]
    survey = tables.sheet("survey")
    rows = {(problem.sheet, problem.row) for problem in known if problem.row}
    told = [each for each in found if each.message is not MISSING_RESOURCE and not _is_search(each, survey)]
    placed = [_placed(each, survey) for each in told]
    return [problem for problem in placed if not problem.row or (problem.sheet, problem.row) not in rows]


def _is_search(found: FormProblem, survey: Sheet | None) -> bool:
    """Whether a list is missing only because ``search()`` reads it from a file that comes with the form."""
    row = _row_of(found.question, survey) if found.message is UNKNOWN_INSTANCE else 0
    if survey is None or not row:
        return False
    appearance = column_named(survey, "appearance")
    return any(each.number == row and "search(" in each.get(appearance) for each in survey.filled_rows())


def _placed(found: FormProblem, survey: Sheet | None) -> Problem:
    parameters = dict(found.parameters)
    severity = Severity.ERROR if found.severity is EngineSeverity.ERROR else Severity.WARNING
    code = ENGINE_PREFIX + found.code
    row = _row_of(found.question, survey)
    if survey is None or not row:
        return Problem(code, severity, parameters=parameters)
    columns = _COLUMNS.get(parameters.get("attribute", ""), ())
    column = (
        next((header for header in (column_named(survey, *columns),) if header in survey.headers), "")
        if columns
        else ""
    )
    return Problem(code, severity, survey.name, row, column, parameters)


def _row_of(path: str, survey: Sheet | None) -> int:
    """The row of the question with this path: the one whose groups around it fit; 0 where the survey has none."""
    if survey is None or not path:
        return 0
    kind, name = column_named(survey, "type", "command"), column_named(survey, "name", "tag", "value")
    steps = path.strip("/").split("/")[1:]
    around: list[str] = []
    for row in survey.filled_rows():
        word = row.get(kind).lower()
        if word.startswith("end"):
            around = around[:-1]
            continue
        if [*around, row.get(name)] == steps:
            return row.number
        if word.startswith("begin"):
            around.append(row.get(name))
    return 0
