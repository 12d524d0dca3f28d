"""Writes the feature matrix of ``forms/README.md`` from what the program itself knows.

    python tests/tools/feature_matrix.py [--write]

Question types are compiled and opened, functions come from the engine's registry, appearances from the list that
the interview page follows.
"""

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path

from roadmapdesk.xforms.appearances import KNOWN, Following, followed, following, kinds
from roadmapdesk.xforms.definition.form import FormDefinition
from roadmapdesk.xforms.session.session import FormSession
from roadmapdesk.xforms.session.view import Kind
from roadmapdesk.xforms.xlsform.compiler import compile_form
from roadmapdesk.xforms.xlsform.vocabulary import TYPES
from roadmapdesk.xforms.xpath.functions import load

ROOT = Path(__file__).resolve().parents[2]
README = ROOT / "forms" / "README.md"
BEGIN, END = "<!-- features: begin -->", "<!-- features: end -->"
_SELECTS = {
    "select_one": "select_one list", "select_multiple": "select_multiple list", "rank": "rank list",
    "select_one_from_file": "select_one_from_file towns.csv",
    "select_multiple_from_file": "select_multiple_from_file towns.csv",
}  # fmt: skip
_SAME = {"string": "text", "int": "integer", "photo": "image", "trigger": "acknowledge", "datetime": "dateTime"}
_DATA_ONLY = {"csv-external", "xml-external"}
_SENSORS = {"background-audio", "background-geopoint", "osm", "start-geopoint"}
_SHOWN = {
    "input": "field", "select1": "one choice", "select": "several choices", "rank": "order of choices",
    "range": "scale", "trigger": "confirmation", "upload": "file",
}  # fmt: skip


_KIND_NAMES = {
    "string": "`text`", "int": "`integer`", "upload": "`image`", "select1": "`select_one`, also `columns-N`",
    "select": "`select_multiple`, also `columns-N`",
}  # fmt: skip


def main(arguments: list[str] | None = None) -> int:
    """Prints the matrix, or writes it into the README with ``--write``."""
    parser = argparse.ArgumentParser(description="Write the feature matrix of forms/README.md.")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args(arguments)
    if not options.write:
        print(matrix())
        return 0
    README.write_text(with_matrix(README.read_text(encoding="utf-8")), encoding="utf-8")
    return 0


def with_matrix(text: str) -> str:
    """The README with the matrix between its two marks."""
    before, _, rest = text.partition(BEGIN)
    after = rest.partition(END)[2]
    return f"{before}{BEGIN}\n\n{matrix()}\n{END}{after}"


def matrix() -> str:
    """The three tables as Markdown."""
    return "\n".join((*_types(), "", *_functions(), "", *_appearances(), ""))


def _types() -> list[str]:
    lines = ["### Question types", "", "| type | shown as | stored as |", "|---|---|---|"]
    nodes = _opened_types()
    for name in sorted((TYPES | _SELECTS.keys()) - _SAME.keys()):
        also = sorted(other for other, meant in _SAME.items() if meant == name)
        label = ", ".join(f"`{each}`" for each in (name, *also))
        if name in _SENSORS:
            lines.append(f"| {label} | – | kept, stays empty |")
            continue
        shown, stored = nodes.get(name, ("–", "file for `instance()` and `pulldata()`"))
        lines.append(f"| {label} | {shown} | {stored} |")
    return lines


def _opened_types() -> dict[str, tuple[str, str]]:
    """Type → how it is shown and stored, as a session of a form with all types says."""
    names = sorted((TYPES | _SELECTS.keys()) - _SAME.keys() - _DATA_ONLY - {"audit", "osm"})
    fields = {name: "q_" + "".join(c if c.isalnum() else "_" for c in name) for name in names}
    rows = ["|survey|", "||type|name|label|calculation|trigger|"]
    for name, field in fields.items():
        calculation = "1" if name == "calculate" else ""
        trigger = "${q_text}" if name == "background-geopoint" else ""
        rows.append(f"||{_SELECTS.get(name, name)}|{field}|Q|{calculation}|{trigger}|")
    rows += ["||audit|audit|", "|choices|", "||list_name|name|label|", "||list|1|one|"]
    form = compile_form("\n".join(rows).encode(), name="types", kind=".md", use_cache=False).require_usable("types")
    session = FormSession(FormDefinition.from_xml(form.xform_xml, resources={"towns.csv": b"name,label\n1,one\n"}))
    return {name: _described(session, f"/data/{field}") for name, field in fields.items()} | {
        "audit": ("–", "metadata, `audit.csv`")
    }


def _described(session: FormSession, ref: str) -> tuple[str, str]:
    view = session.node(ref)
    if view.kind is Kind.NOTE:
        return "text", "–"
    shown = _SHOWN.get(view.control, "–")
    return shown, f"`{view.type}`"


def _functions() -> list[str]:
    functions = load()
    names = sorted(functions, key=lambda name: (name.lower(), name))
    text = " ".join(f"`{name}`" for name in names)
    return [f"### Functions in expressions ({len(names)})", "", text]


def _appearances() -> list[str]:
    """What the interview page follows, for each kind of question."""
    lines = ["### Appearances", "", "| kind of question | followed |", "|---|---|"]
    for kind in kinds():
        names = " ".join(f"`{name}`" for name in sorted(followed(kind)))
        lines.append(f"| {_KIND_NAMES.get(kind, f'`{kind}`')} | {names} |")
    rest = {word for word in KNOWN if not any(word in followed(kind) for kind in kinds())}
    plain = {word for word in rest if following(word, "string") is Following.PLAIN}
    return [
        *lines,
        "",
        "Upper and lower case do not matter; `columns-N` and `compact-N` come on top, and in forms of the style",
        "`theme-grid` the widths `w1` to `w12` of questions and groups.",
        "",
        f"Not needed on a desktop, the question is complete without: {_listed(rest - plain)}",
        "",
        f"Shown plainly, and named by the form check: {_listed(plain)}, apps outside of the program (`ex:…`).",
    ]


def _listed(words: Iterable[str]) -> str:
    return " ".join(f"`{word}`" for word in sorted(words))


if __name__ == "__main__":
    sys.exit(main())
