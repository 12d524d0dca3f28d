"""Checks of the survey's rows: types, names, nesting, lists and files."""

import re
from pathlib import PurePosixPath, PureWindowsPath

from roadmapdesk.xforms.xlsform.problems import Problem, Repair, Severity
from roadmapdesk.xforms.xlsform.tables import FormTables, Row, Sheet
from roadmapdesk.xforms.xlsform.vocabulary import (
    FILE_EXTENSIONS,
    NAME,
    SELECTS,
    TYPES,
    UNNAMED_TYPES,
    Control,
    base_column,
    nearest,
    read_type,
)


def column_named(sheet: Sheet, *names: str) -> str:
    """The header of the first column with one of these base names; the first name where there is none."""
    for header in sheet.headers:
        if base_column(header) in names:
            return header
    return names[0]


def question_names(survey: Sheet) -> set[str]:
    """All names of the survey: questions, calculations, groups and repeats."""
    name, kind = column_named(survey, "name", "tag", "value"), column_named(survey, "type", "command")
    found = {row.get(name) for row in survey.filled_rows() if row.get(name)}
    found |= {row.get(kind) for row in survey.filled_rows() if row.get(kind) in UNNAMED_TYPES and not row.get(name)}
    return found


def check_survey(tables: FormTables, survey: Sheet) -> list[Problem]:
    """Problems of all rows."""
    return _SurveyCheck(tables, survey).run()


class _SurveyCheck:
    def __init__(self, tables: FormTables, survey: Sheet) -> None:
        self.tables = tables
        self.sheet = survey
        self.type = column_named(survey, "type", "command")
        self.name = column_named(survey, "name", "tag", "value")
        self.disabled = column_named(survey, "disabled")
        self.lists = _list_names(tables)
        self.names = question_names(survey)
        self.problems: list[Problem] = []
        self.open: list[tuple[str, Row, dict[str, int]]] = [("", Row(0, {}), {})]

    def run(self) -> list[Problem]:
        for row in self.sheet.filled_rows():
            if row.get(self.disabled).lower() not in {"yes", "true"}:
                self._check_row(row)
        for kind, row, _ in self.open[1:]:
            self._add("form.not_closed", row, self.type, kind=kind, name=row.get(self.name))
        return self.problems

    def _add(self, code: str, row: Row, column: str, repair: Repair | None = None, **parameters: str) -> None:
        self.problems.append(Problem(code, Severity.ERROR, self.sheet.name, row.number, column, parameters, repair))

    def _check_row(self, row: Row) -> None:
        text = row.get(self.type)
        if not text:
            if set(row.cells) - {self.disabled}:
                self._add("form.no_type", row, self.type)
            return
        control = read_type(text)
        if control.kind == "end":
            self._close(row, control.word)
            return
        if control.kind == "unknown":
            self._unknown_type(row, text)
        self._check_name(row, control)
        if control.kind == "begin":
            self.open.append((control.word, row, {}))
        elif control.kind == "select":
            self._check_list(row, control)
        elif control.word == "calculate":
            self._check_calculation(row)

    def _unknown_type(self, row: Row, text: str) -> None:
        words = text.split()
        guess = nearest(text, TYPES) or nearest(words[0], tuple(word for word in SELECTS if " " not in word))
        if not guess:
            self._add("form.unknown_type", row, self.type, type=text)
            return
        meant = " ".join([guess, *words[1:]]) if guess.startswith("select") else guess
        repair = Repair("cell", self.sheet.name, row.number, self.type, meant)
        self._add("form.unknown_type_guess", row, self.type, repair, type=text, guess=meant)

    def _check_name(self, row: Row, control: Control) -> None:
        name = row.get(self.name)
        if not name:
            if control.kind != "unknown" and control.word not in UNNAMED_TYPES:
                self._add("form.no_name", row, self.name)
            return
        if not NAME.match(name):
            made = re.sub(r"[^\w.-]+", "_", name)
            made = made if NAME.match(made) else f"_{made}"
            repair = Repair("cell", self.sheet.name, row.number, self.name, made)
            self._add("form.bad_name", row, self.name, repair, name=name)
        if name == "meta" and len(self.open) == 1:
            self._add("form.reserved_name", row, self.name, name=name)
        siblings = self.open[-1][2]
        if name in siblings:
            repair = Repair("cell", self.sheet.name, row.number, self.name, _free_name(name, self.names))
            self._add("form.duplicate_name", row, self.name, repair, name=name, other=str(siblings[name]))
        siblings.setdefault(name, row.number)

    def _close(self, row: Row, kind: str) -> None:
        if len(self.open) == 1:
            self._add("form.not_open", row, self.type, kind=kind)
            return
        opened, begin, _ = self.open.pop()
        if opened != kind:
            repair = Repair("cell", self.sheet.name, row.number, self.type, f"end_{opened}")
            self._add("form.crossed", row, self.type, repair, kind=kind, other=opened, begun=str(begin.number))

    def _check_list(self, row: Row, control: Control) -> None:
        name = control.argument
        if not name:
            self._add("form.no_list_given", row, self.type)
        elif "file" in control.word:
            self._check_file(row, control)
        elif control.word == "select_one_external" or name.startswith("${") or self._uses_search(row):
            return
        elif name not in self.lists:
            guess = nearest(name, self.lists)
            code = "form.missing_list_guess" if guess else "form.missing_list"
            written = row.get(self.type)
            place = written.rindex(name)
            meant = f"{written[:place]}{guess}{written[place + len(name) :]}" if guess else ""
            repair = Repair("cell", self.sheet.name, row.number, self.type, meant) if guess else None
            self._add(code, row, self.type, repair, list=name, guess=guess)

    def _check_file(self, row: Row, control: Control) -> None:
        file = control.argument
        base = PureWindowsPath(PurePosixPath(file).name).name
        if base != file or ":" in file:
            fixed = f"{control.word} {base}"
            repair = Repair("cell", self.sheet.name, row.number, self.type, fixed) if NAME.match(base) else None
            self._add("form.list_path", row, self.type, repair, file=file)
        elif not file.lower().endswith(FILE_EXTENSIONS):
            fixed = f"{control.word} {PurePosixPath(file).stem}.csv"
            repair = Repair("cell", self.sheet.name, row.number, self.type, fixed)
            self._add("form.list_extension", row, self.type, repair, file=file)

    def _uses_search(self, row: Row) -> bool:
        return "search(" in row.get(column_named(self.sheet, "appearance"))

    def _check_calculation(self, row: Row) -> None:
        columns = [header for header in self.sheet.headers if base_column(header) in {"calculation", "calculate"}]
        others = [header for header in self.sheet.headers if base_column(header) in {"default", "trigger", "bind"}]
        if not any(row.get(column) for column in [*columns, *others]):
            self._add("form.no_calculation", row, columns[0] if columns else self.type, name=row.get(self.name))


def _list_names(tables: FormTables) -> set[str]:
    choices = tables.sheet("choices")
    if choices is None:
        return set()
    column = column_named(choices, "list_name")
    return {row.get(column) for row in choices.filled_rows() if row.get(column)}


def _free_name(name: str, taken: set[str]) -> str:
    number = 2
    while f"{name}_{number}" in taken:
        number += 1
    return f"{name}_{number}"
