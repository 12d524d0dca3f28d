"""Checks of texts and references: ``${names}`` in every column, and translations beside each other."""

import re
from collections import Counter
from dataclasses import replace

from roadmapdesk.xforms.xlsform.checks_survey import column_named, question_names
from roadmapdesk.xforms.xlsform.problems import Problem, Repair, Severity
from roadmapdesk.xforms.xlsform.tables import FormTables, Row, Sheet
from roadmapdesk.xforms.xlsform.vocabulary import REFERENCE, TEXTS, base_column, language_of, nearest

_LISTED_ONE_BY_ONE = 10
_UNCLOSED = re.compile(r"\$\{(?:last-saved#)?([^\W\d][\w.-]*)(?![\w.}-])")


def check_texts(tables: FormTables, survey: Sheet) -> list[Problem]:
    """Broken, unknown and ambiguous references, and translations that lack a text or a reference."""
    names = question_names(survey)
    name_column = column_named(survey, "name", "tag", "value")
    counted = Counter(row.get(name_column) for row in survey.filled_rows() if row.get(name_column))
    ambiguous = {name for name, count in counted.items() if count > 1}
    problems: list[Problem] = []
    for sheet in tables.sheets:
        if sheet is survey or sheet.name.lower() in {"choices", "settings", "entities"}:
            for row in sheet.filled_rows():
                for column, text in row.cells.items():
                    if "${" in text:
                        problems += _check_references(sheet, row, column, text, names, ambiguous)
            problems += _check_translations(sheet, names)
    return problems


def _check_references(
    sheet: Sheet, row: Row, column: str, text: str, names: set[str], ambiguous: set[str]
) -> list[Problem]:
    problems = []
    if text.count("${") != len(REFERENCE.findall(text)):
        closed = _UNCLOSED.sub(lambda match: f"{match[0]}}}" if match[1] in names else match[0], text)
        is_mended = closed.count("${") == len(REFERENCE.findall(closed))
        repair = Repair("cell", sheet.name, row.number, column, closed) if is_mended else None
        place = (sheet.name, row.number, column)
        problems.append(Problem("form.broken_reference", Severity.ERROR, *place, repair=repair))
    for found in dict.fromkeys(REFERENCE.findall(text)):
        name = found.strip()
        if name in ambiguous:
            problems.append(
                Problem("form.ambiguous_reference", Severity.ERROR, sheet.name, row.number, column, {"name": name})
            )
        elif name not in names:
            guess = nearest(name, names)
            repair = (
                Repair("cell", sheet.name, row.number, column, text.replace(f"${{{found}}}", f"${{{guess}}}"))
                if guess
                else None
            )
            code = "form.unknown_reference_guess" if guess else "form.unknown_reference"
            parameters = {"name": name, "guess": guess}
            problems.append(Problem(code, Severity.ERROR, sheet.name, row.number, column, parameters, repair))
    return problems


def _check_translations(sheet: Sheet, names: set[str]) -> list[Problem]:
    groups: dict[str, list[str]] = {}
    for header in sheet.headers:
        base = base_column(header)
        if base in TEXTS and language_of(header):
            groups.setdefault(base, []).append(header)
    problems: list[Problem] = []
    for headers in groups.values():
        for row in sheet.filled_rows() if len(headers) > 1 else ():
            problems += _check_row(sheet, row, headers, names)
    return _summed_up(problems)


def _summed_up(problems: list[Problem]) -> list[Problem]:
    """One problem instead of many for a language that lacks most texts of a column."""
    missing: dict[str, list[Problem]] = {}
    for problem in problems:
        if problem.code == "form.missing_translation":
            missing.setdefault(problem.column, []).append(problem)
    for column, found in missing.items():
        if len(found) > _LISTED_ONE_BY_ONE:
            first = found[0]
            parameters = {**first.parameters, "count": str(len(found)), "first": str(first.row)}
            summary = replace(first, code="form.missing_translations", row=1, parameters=parameters)
            problems = [each for each in problems if each.code != "form.missing_translation" or each.column != column]
            problems.append(summary)
    return problems


def _check_row(sheet: Sheet, row: Row, headers: list[str], names: set[str]) -> list[Problem]:
    filled = [header for header in headers if row.get(header)]
    problems = []
    for header in headers if filled else ():
        if header not in filled:
            parameters = {"language": language_of(header)}
            problems.append(
                Problem("form.missing_translation", Severity.WARNING, sheet.name, row.number, header, parameters)
            )
            continue
        told = _references(row.get(header))
        for other in filled:
            for name in sorted((_references(row.get(other)) & names) - told):
                told.add(name)
                parameters = {"name": name, "other": other}
                place = (sheet.name, row.number, header)
                problems.append(Problem("form.reference_not_in_translation", Severity.WARNING, *place, parameters))
    return problems


def _references(text: str) -> set[str]:
    return {name.strip() for name in REFERENCE.findall(text)}
