"""Rules about the source text itself."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SOURCES = sorted((ROOT / "src" / "roadmapdesk").rglob("*.py"))
# Questions of the shipped form that are called like something of the program's own: a kind, a column, a style. Only
# such a word alone may stand in the sources, never as a step of a path, a reference or the key of an answer.
OWN_WORDS = {"acceptance", "actor", "bottlenecks", "measure", "panel", "role", "stage_name", "wave"}
KEYED_BY_QUESTIONS = r"(?:answers?|paths?|responses?|questions?|nodes?|entry|entries|find|field)"


@cache
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


def string_constants(source: str) -> list[tuple[int, str]]:
    tree = ast.parse(source)
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


def named_questions(source: str, names: set[str]) -> list[str]:
    """Each place that names a question: alone, as a step of a path, as a reference, quoted, or as a key."""
    any_name = f"({'|'.join(map(re.escape, sorted(names)))})"
    references = re.compile(rf"/{any_name}(?![\w-])|\$\{{{any_name}\}}")
    quoted = re.compile(rf"(?<![\w'\"])(['\"]){any_name}\1")
    keyed = re.compile(rf"\b{KEYED_BY_QUESTIONS}(?:\[|\.get\(|\()['\"]{any_name}['\"]")
    found = [f"{number}: {line.strip()}" for number, line in enumerate(source.splitlines(), 1) if keyed.search(line)]
    for number, text in string_constants(source):
        alone = text in names - OWN_WORDS
        inside = any(match[2] not in OWN_WORDS for match in quoted.finditer(text))
        if alone or inside or references.search(text):
            found.append(f"{number}: {text}")
    return found


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(ROOT / "src").as_posix())
def test_no_source_names_a_question_of_the_shipped_form(path: Path) -> None:
    assert not named_questions(path.read_text(encoding="utf-8"), shipped_question_names())


@pytest.mark.parametrize(
    "source",
    [
        "f('/coop/partner')",
        "f(f'{root}/wave')",
        "f('${trl} > 3')",
        "f('selected(., ${wave})')",
        "f('trl')",
        "f(\"if(x = 'trl', 1, 2)\")",
        "answers['wave']",
        "paths.get('actor')",
        "session.node('panel')",
    ],
)
def test_every_way_to_name_a_question_is_seen(source: str) -> None:
    assert named_questions(source, shipped_question_names())


@pytest.mark.parametrize("source", ["f(x, 'wave')", "f('the trl of a stage')", "f('/waves')", "row['wave']"])
def test_words_of_prose_and_of_the_program_are_no_questions(source: str) -> None:
    assert not named_questions(source, shipped_question_names())


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(ROOT / "src").as_posix())
def test_no_source_runs_or_unpickles_text(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    assert not re.search(r"^\s*(import|from) (pickle|marshal|shelve)\b", text, re.M)
    assert not re.search(r"(?<![\w.])(eval|exec)\(", text)
