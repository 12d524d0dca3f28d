"""Rules about the source text itself."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SOURCES = sorted((ROOT / "src" / "roadmapdesk").rglob("*.py"))
# Names that a question shares with a word of the domain; as words they are no reference to the form.
DOMAIN_WORDS = {
    "acceptance", "actor", "bottlenecks", "coop", "function", "measure", "minutes", "mode", "panel", "partner",
    "role", "stage_name", "trl", "visibility", "wave",
}  # fmt: skip


def shipped_question_names() -> set[str]:
    names = set()
    for form in (ROOT / "forms").glob("*.md"):
        sheet, columns = "", []
        for line in form.read_text(encoding="utf-8").splitlines():
            cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
            if re.match(r"^\|[^|]+\|$", line):
                sheet, columns = cells[0], []
            elif line.startswith("||") and sheet == "survey":
                row = line.split("|")[2:]
                if not columns:
                    columns = row
                elif row[0] not in {"", "end_group", "end_repeat"}:
                    names.add(row[columns.index("name")])
    return names - {""}


def string_constants(path: Path) -> list[tuple[int, str]]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    return [
        (node.lineno, node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings
    ]


def test_the_shipped_form_has_questions_to_look_for() -> None:
    assert len(shipped_question_names()) > 100


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(ROOT / "src").as_posix())
def test_no_source_names_a_question_of_the_shipped_form(path: Path) -> None:
    names = shipped_question_names() - DOMAIN_WORDS

    found = [
        f"{line}: {word}"
        for line, text in string_constants(path)
        for word in re.findall(r"[A-Za-z_]\w*", text if re.search(r"[/$]", text) else text if text in names else "")
        if word in names and (text == word or f"/{word}" in text or f"${{{word}}}" in text)
    ]

    assert not found


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(ROOT / "src").as_posix())
def test_no_source_runs_or_unpickles_text(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    assert not re.search(r"^\s*(import|from) (pickle|marshal|shelve)\b", text, re.M)
    assert not re.search(r"(?<![\w.])(eval|exec)\(", text)
