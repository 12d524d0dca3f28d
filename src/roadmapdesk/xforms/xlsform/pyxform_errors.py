"""pyxform's own messages as problems: place and code are read from the sentence that it raises."""

import re

from roadmapdesk.xforms.xlsform.problems import Problem, Severity

_ROW = re.compile(r"\[row\s*:\s*(\d+)\]")
_SHEET = re.compile(r"On the '(\w+)' sheet")
_COLUMN = re.compile(r"the '([\w:()\s-]+)' value")
_LINK = re.compile(r"\s*(Learn more|Learn more:|See|More info)?:?\s*https?://\S+")


def is_about_types(problem: Problem) -> bool:
    """Whether pyxform stopped at an unknown question type; it does not say in which row."""
    return problem.parameters.get("detail", "").startswith("Unknown question type")


def problem_from_text(text: str, severity: Severity) -> Problem:
    """The problem behind one message of pyxform; its words stay English, because pyxform has no others."""
    row = _ROW.search(text)
    sheet = _SHEET.search(text)
    column = _COLUMN.search(text)
    where = sheet[1] if sheet else ("survey" if row else "")
    detail = _LINK.sub("", _ROW.sub("", text))
    return Problem(
        "form.compiler",
        severity,
        where,
        int(row[1]) if row else 0,
        column[1] if column else "",
        {"detail": " ".join(detail.split())[:600]},
    )
