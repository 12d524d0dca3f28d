"""All checks of a form's tables that need no compiler: sheets, columns, rows, lists, references, translations."""

from roadmapdesk.xforms.xlsform.checks_appearances import check_appearances
from roadmapdesk.xforms.xlsform.checks_choices import check_choices
from roadmapdesk.xforms.xlsform.checks_expressions import check_expressions
from roadmapdesk.xforms.xlsform.checks_survey import check_survey, question_names
from roadmapdesk.xforms.xlsform.checks_texts import check_texts
from roadmapdesk.xforms.xlsform.problems import Problem, Repair, Severity
from roadmapdesk.xforms.xlsform.tables import FormTables, Sheet
from roadmapdesk.xforms.xlsform.vocabulary import SETTINGS_COLUMNS, SURVEY_COLUMNS, base_column, nearest


def check_tables(tables: FormTables) -> list[Problem]:
    """Everything wrong with the tables, in the order of the file."""
    survey = tables.sheet("survey")
    if survey is None:
        return [Problem("form.no_sheet", parameters={"name": "survey"})]
    problems = _check_columns(tables)
    problems += check_survey(tables, survey)
    problems += check_appearances(survey)
    problems += check_choices(tables, survey)
    problems += check_texts(tables, survey)
    problems += check_expressions(survey)
    problems += _check_question_columns(tables, survey)
    return in_file_order(tables, problems)


def in_file_order(tables: FormTables, problems: list[Problem]) -> list[Problem]:
    """The problems by sheet, row and column, those of the whole file first."""
    sheets = {sheet.name: place for place, sheet in enumerate(tables.sheets)}

    def place(problem: Problem) -> tuple[int, int, int]:
        sheet = tables.sheet(problem.sheet) if problem.sheet else None
        column = sheet.column_number(problem.column) if sheet and problem.column else None
        return sheets.get(sheet.name, len(sheets)) if sheet else -1, problem.row, column or 0

    return sorted(problems, key=place)


def _check_columns(tables: FormTables) -> list[Problem]:
    problems: list[Problem] = []
    for name, known, needed in (
        ("survey", SURVEY_COLUMNS, ("type",)),
        ("choices", None, ("name",)),
        ("settings", SETTINGS_COLUMNS, ()),
    ):
        sheet = tables.sheet(name)
        if sheet is not None:
            problems += _duplicates(sheet) + _unknown(sheet, known) + _missing(sheet, needed)
    return problems


def _duplicates(sheet: Sheet) -> list[Problem]:
    seen: set[str] = set()
    problems = []
    for header in sheet.headers:
        if header in seen:
            problems.append(Problem("form.duplicate_column", Severity.ERROR, sheet.name, 1, header, {"name": header}))
        seen.add(header)
    return problems


def _unknown(sheet: Sheet, known: frozenset[str] | None) -> list[Problem]:
    """Only columns that look like a misspelt known one: others are an author's own and allowed."""
    problems = []
    present = {base_column(header) for header in sheet.headers}
    for header in sheet.headers:
        base = base_column(header)
        if known is None or base in known or ":" in base:
            continue
        guess = nearest(base, known - present)
        if guess:
            repaired = guess + header[len(header.split("::")[0]) :]
            repair = Repair("header", sheet.name, 1, header, repaired)
            parameters = {"name": header, "guess": repaired}
            problems.append(
                Problem("form.unknown_column", Severity.WARNING, sheet.name, 1, header, parameters, repair)
            )
    return problems


def _missing(sheet: Sheet, needed: tuple[str, ...]) -> list[Problem]:
    aliases = {"type": {"type", "command"}, "name": {"name", "value"}}
    present = {base_column(header) for header in sheet.headers}
    return [
        Problem("form.no_column", Severity.ERROR, sheet.name, 1, parameters={"name": name})
        for name in needed
        if not present & aliases[name]
    ]


def _check_question_columns(tables: FormTables, survey: Sheet) -> list[Problem]:
    """Extra sheets that point to questions by a column ``question`` must name existing ones."""
    names = question_names(survey)
    problems = []
    for name in tables.extra_sheets():
        sheet = tables.sheet(name)
        if sheet is None or "question" not in sheet.headers:
            continue
        for row in sheet.filled_rows():
            question = row.get("question")
            if question and question not in names:
                guess = nearest(question, names)
                repair = Repair("cell", sheet.name, row.number, "question", guess) if guess else None
                place = (sheet.name, row.number, "question")
                problems.append(Problem("form.unknown_question", Severity.ERROR, *place, {"name": question}, repair))
    return problems
