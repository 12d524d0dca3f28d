"""The compiler's child process: reads one form from standard input, answers with one JSON document.

Started by `compiler` with limits; everything that touches a foreign file happens here.
"""

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from roadmapdesk.xforms.xlsform.limits import apply_limits
from roadmapdesk.xforms.xlsform.problems import Problem, Severity
from roadmapdesk.xforms.xlsform.pyxform_errors import is_about_types, problem_from_text
from roadmapdesk.xforms.xlsform.reading import Refused, read_tables
from roadmapdesk.xforms.xlsform.tables import STANDARD_SHEETS, FormTables

_MAX_ROUNDS = 25
_OURS_TO_JUDGE = frozenset(
    {
        "form.list_path",
        "form.bad_expression",
        "form.unfinished_expression",
        "form.unknown_function",
        "form.bad_date",
        "form.unknown_question",
    }
)
"""Errors that pyxform does not look for."""

_WORDINGS = ("label", "hint", "guidance_hint", "constraint_message", "required_message")
_HIDDEN_QUOTES = str.maketrans({"\u2018": "\ue018", "\u2019": "\ue019", "\u201c": "\ue01c", "\u201d": "\ue01d"})
_SHOWN_QUOTES = str.maketrans({0xE018: "\u2018", 0xE019: "\u2019", 0xE01C: "\u201c", 0xE01D: "\u201d"})
"""Typographic quotes on their way through pyxform as characters of the private use area, and back."""


def main(arguments: Sequence[str]) -> None:
    """Compiles the form on standard input; arguments: extension, fallback name, memory in MB, seconds."""
    kind, name, memory_mb, cpu_s = arguments[:4]
    apply_limits(memory_mb=int(memory_mb), cpu_s=int(cpu_s))
    answer = compile_bytes(sys.stdin.buffer.read(), kind, name)
    sys.stdout.buffer.write(json.dumps(answer, ensure_ascii=False).encode("utf-8"))


def compile_bytes(data: bytes, kind: str, name: str) -> dict[str, Any]:
    """XForm, extra sheets, tables and problems of one file as JSON-ready data."""
    if kind == ".xml":
        return _check_xform(data)
    try:
        tables, problems = read_tables(data, kind)
    except Refused as refused:
        return _answer(None, FormTables(()), [refused.problem])
    from roadmapdesk.xforms.xlsform.checks import check_tables, in_file_order  # noqa: PLC0415 — not needed for refused files

    problems += check_tables(tables)
    if tables.sheet("survey") is None:  # already told; pyxform would only say it again, in English
        return _answer(None, tables, in_file_order(tables, problems))
    xform, itemsets, reported = _convert(tables, name)
    places = {(problem.sheet, problem.row) for problem in problems if problem.row}
    errors = [problem for problem in problems if problem.severity is Severity.ERROR]
    wrong = {(problem.sheet, problem.row) for problem in errors if problem.row}
    has_unknown_types = any(problem.code.startswith("form.unknown_type") for problem in problems)
    problems += [
        problem
        for problem in reported
        if (problem.sheet, problem.row) not in (wrong if problem.severity is Severity.ERROR else places)
        and not (has_unknown_types and is_about_types(problem))
    ]
    if xform is not None:
        from roadmapdesk.xforms.xlsform.engine_checks import check_with_engine  # noqa: PLC0415 — needs the compiled form

        problems = [_softened(problem) for problem in problems]
        problems += check_with_engine(xform, tables, errors, itemsets)
    return _answer(xform, tables, in_file_order(tables, problems), itemsets)


def _check_xform(data: bytes) -> dict[str, Any]:
    """A form written as XForm XML needs no compiler; the engine's own checks are all there is."""
    from roadmapdesk.xforms.xlsform.engine_checks import check_with_engine  # noqa: PLC0415 — not needed for refusals

    try:
        xform = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _answer(None, FormTables(()), [Problem("form.damaged_file")])
    problems = check_with_engine(xform, FormTables(()), [])
    is_form = not any(problem.code.startswith(("engine.xml.", "engine.form.not_a_form")) for problem in problems)
    return _answer(xform if is_form else None, FormTables(()), problems)


def _softened(problem: Problem) -> Problem:
    """A warning instead of an error where pyxform is the judge and has made a form of it."""
    return problem if problem.code in _OURS_TO_JUDGE else replace(problem, severity=Severity.WARNING)


def _answer(
    xform: str | None, tables: FormTables, problems: list[Problem], itemsets: str | None = None
) -> dict[str, Any]:
    return {
        "xform": xform,
        "itemsets": itemsets,
        "extra_sheets": tables.extra_sheets(),
        "problems": [problem.to_record() for problem in problems],
        "tables": [
            {
                "name": sheet.name,
                "columns": sheet.columns,
                "rows": [[row.number, dict(row.cells)] for row in sheet.rows],
            }
            for sheet in tables.sheets
        ],
    }


def _convert(tables: FormTables, name: str) -> tuple[str | None, str | None, list[Problem]]:
    """XForm, external choices as CSV, and pyxform's problems.

    pyxform stops at its first error; the row it names is emptied and the rest tried again, so that all come at once.
    """
    from pyxform.errors import PyXFormError  # noqa: PLC0415 — heavy library, loaded on first use
    from pyxform.xls2xform import convert  # noqa: PLC0415 — heavy library, loaded on first use

    problems: list[Problem] = []
    for _ in range(_MAX_ROUNDS):
        warnings: list[str] = []
        try:
            result = convert(_pyxform_input(tables, name), warnings=warnings)
        except PyXFormError as error:
            problem = problem_from_text(str(error), Severity.ERROR)
            problems.append(problem)
            reduced = _without_problem(tables, problem)
            if reduced is None:
                return None, None, problems
            tables = reduced
        except RecursionError:
            problems.append(Problem("form.compiler", parameters={"detail": "the form is nested too deeply"}))
            return None, None, problems
        except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
            detail = f"{type(error).__name__}: {error}"[:300]
            problems.append(Problem("form.compiler", parameters={"detail": detail}))
            return None, None, problems
        else:
            if problems:
                return None, None, problems
            found = [problem_from_text(text, Severity.WARNING) for text in warnings]
            itemsets = result.itemsets.translate(_SHOWN_QUOTES) if result.itemsets else result.itemsets
            return result.xform.translate(_SHOWN_QUOTES), itemsets, found
    return None, None, problems


def _without_problem(tables: FormTables, problem: Problem) -> FormTables | None:
    sheet = tables.sheet(problem.sheet) if problem.sheet and problem.row > 1 else None
    row = next((row for row in sheet.rows if row.number == problem.row and row.cells), None) if sheet else None
    if sheet is None or row is None or row.get("type").lower().startswith(("begin", "end")):
        return None
    return tables.without_row(sheet.name, problem.row)


def _with_kept_quotes(cells: Mapping[str, str]) -> dict[str, str]:
    """A row whose wordings keep their typographic quotes; pyxform would make all of them straight."""
    return {
        column: text.translate(_HIDDEN_QUOTES) if column.lower().startswith(_WORDINGS) else text
        for column, text in cells.items()
    }


def _pyxform_input(tables: FormTables, name: str) -> dict[str, Any]:
    found: dict[str, Any] = {"sheet_names": [sheet.name for sheet in tables.sheets], "fallback_form_name": name}
    for standard in STANDARD_SHEETS:
        sheet = tables.sheet(standard)
        if sheet is not None:
            found[standard] = [_with_kept_quotes(row.cells) for row in sheet.rows]
            found[f"{standard}_header"] = [dict.fromkeys(sheet.headers)]
    return found


if __name__ == "__main__":
    main(sys.argv[1:])
