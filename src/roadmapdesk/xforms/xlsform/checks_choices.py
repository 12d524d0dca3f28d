"""Checks of the choices: names, labels, duplicates, lists that nobody uses."""

import re

from roadmapdesk.xforms.xlsform.checks_survey import column_named
from roadmapdesk.xforms.xlsform.problems import Problem, Repair, Severity
from roadmapdesk.xforms.xlsform.tables import FormTables, Row, Sheet
from roadmapdesk.xforms.xlsform.vocabulary import base_column, read_type

_TICK_LABELS = re.compile(r"\btick_labelset\s*=\s*([^\s,;]+)")


def check_choices(tables: FormTables, survey: Sheet) -> list[Problem]:
    """Problems of all lists; none where the form has no sheet of choices."""
    sheet = tables.sheet("choices")
    if sheet is None:
        return []
    used = _used_lists(survey)
    problems: list[Problem] = []
    list_column, name_column = column_named(sheet, "list_name"), column_named(sheet, "name", "value")
    shown = [h for h in sheet.headers if base_column(h) in {"label", "caption", "media", "image", "audio", "video"}]
    seen: dict[tuple[str, str], Row] = {}
    first_rows: dict[str, Row] = {}
    allows_duplicates = _allows_duplicates(tables)

    def add(code: str, row: Row, column: str, repair: Repair | None, severity: Severity, **parameters: str) -> None:
        problems.append(Problem(code, severity, sheet.name, row.number, column, parameters, repair))

    for row in sheet.filled_rows():
        list_name, name = row.get(list_column), row.get(name_column)
        if not list_name:
            add("form.choice_without_list", row, list_column, None, Severity.WARNING)
            continue
        first_rows.setdefault(list_name, row)
        if not name:
            add("form.choice_without_name", row, name_column, None, Severity.ERROR)
            continue
        other = seen.setdefault((list_name, name), row)
        if other is not row and not allows_duplicates:
            repair = _duplicate_repair(sheet, row, other, name_column, seen, list_name)
            parameters = {"name": name, "list": list_name, "other": str(other.number)}
            add("form.duplicate_choice", row, name_column, repair, Severity.ERROR, **parameters)
        if not any(row.get(column) for column in shown):
            add("form.choice_without_label", row, shown[0] if shown else "label", None, Severity.WARNING, name=name)
        if " " in name and used.get(list_name) == "multiple":
            repair = Repair("cell", sheet.name, row.number, name_column, name.replace(" ", "_"))
            add("form.choice_with_space", row, name_column, repair, Severity.ERROR, name=name)
    for list_name, row in first_rows.items():
        if list_name not in used:
            add("form.list_unused", row, list_column, None, Severity.WARNING, list=list_name)
    return problems


def _used_lists(survey: Sheet) -> dict[str, str]:
    """Names of the used lists → ``multiple`` where a multiple choice uses it, else ``one``."""
    column = column_named(survey, "type", "command")
    used: dict[str, str] = {}
    for row in survey.filled_rows():
        control = read_type(row.get(column))
        if control.kind == "select" and control.argument:
            is_multiple = "multiple" in control.word or "all that apply" in control.word
            if is_multiple or control.argument not in used:
                used[control.argument] = "multiple" if is_multiple else "one"
        elif control.kind == "begin":
            words = row.get(column).split()
            used.setdefault(words[-1], "one")
        elif control.word == "range":
            for name in _TICK_LABELS.findall(row.get(column_named(survey, "parameters"))):
                used.setdefault(name, "one")
    return used


def _allows_duplicates(tables: FormTables) -> bool:
    settings = tables.sheet("settings")
    rows = list(settings.filled_rows()) if settings else []
    return bool(rows) and rows[0].get("allow_choice_duplicates").lower() in {"yes", "true", "true()"}


def _duplicate_repair(
    sheet: Sheet, row: Row, other: Row, name_column: str, seen: dict[tuple[str, str], Row], list_name: str
) -> Repair:
    """A row that repeats another one goes; one with the same code and another text gets a code of its own."""
    if dict(row.cells) == dict(other.cells):
        return Repair("row", sheet.name, row.number)
    name, number = row.get(name_column), 2
    while (list_name, f"{name}_{number}") in seen:
        number += 1
    return Repair("cell", sheet.name, row.number, name_column, f"{name}_{number}")
