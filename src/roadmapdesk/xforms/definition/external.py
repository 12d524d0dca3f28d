"""Two old ways of XLSForm to take choices from a file: ``search()`` appearances and ``query`` attributes.

Both become ordinary itemsets when the form is read, so that filters, dependencies and languages work as everywhere.

Source: XLSForm, "Dynamic selects from pre-loaded data" and "External selects (cascading)".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadmapdesk.xforms.definition.nodes import appearance_words
from roadmapdesk.xforms.xpath.errors import XPathError
from roadmapdesk.xforms.xpath.parser import parse
from roadmapdesk.xforms.xpath.syntax import Literal

if TYPE_CHECKING:
    from roadmapdesk.xforms.definition.data import ControlData, ItemsetData

_TESTS = {
    "contains": "contains({column}, {value})",
    "startswith": "starts-with({column}, {value})",
    "endswith": "substring({column}, string-length({column}) - string-length({value}) + 1) = {value}",
    "matches": "{column} = {value}",
}


def query_itemset(query: str) -> ItemsetData:
    """The itemset of a ``query`` attribute; its list lies in the file ``itemsets.csv``."""
    return {"nodeset": query, "value": "name", "label": {"ref": "label"}}


def search_itemset(data: ControlData) -> ItemsetData | None:
    """The itemset of a ``search()`` appearance; None where the control has none or it cannot be read.

    The one choice in the body names the columns of code and label.
    """
    word = next((each for each in appearance_words(data.get("appearance", "")) if each.startswith("search(")), None)
    items = data.get("items", [])
    columns = next((item for item in items if not item["value"].lstrip("-").isdigit()), None)
    if word is None or columns is None:
        return None
    arguments = split_arguments(word[len("search(") : word.rindex(")")])
    name = _literal(arguments[0]) if arguments else None
    if name is None:
        return None
    predicate = _predicate(arguments[1:])
    label = columns["label"] if isinstance(columns["label"], str) and columns["label"] else columns["value"]
    column = label.split(",")[0].strip()
    return {
        "nodeset": f"instance('{name.removesuffix('.csv')}')/root/item{predicate}", "value": columns["value"],
        "label": {"ref": column},
    }  # fmt: skip


def split_arguments(text: str) -> list[str]:
    """The arguments of a call, divided at the commas that stand outside of quotes and brackets."""
    parts = [""]
    depth = 0
    quote = ""
    for sign in text:
        if quote:
            quote = "" if sign == quote else quote
        elif sign in "'\"":
            quote = sign
        elif sign in "([":
            depth += 1
        elif sign in ")]":
            depth -= 1
        elif sign == "," and not depth:
            parts.append("")
            continue
        parts[-1] += sign
    return [part.strip() for part in parts if part.strip()]


def _predicate(arguments: list[str]) -> str:
    """The predicates of the search: by one or several columns, then by a filter column."""
    found = ""
    if len(arguments) >= 3:
        test = _TESTS.get(_literal(arguments[0]) or "")
        names = _literal(arguments[1])
        if test and names:
            columns = [each.strip() for each in names.split(",")]
            value = current(arguments[2])
            found += "[" + " or ".join(test.format(column=column, value=value) for column in columns) + "]"
    if len(arguments) >= 5:
        column = _literal(arguments[3])
        if column:
            found += f"[{column} = {current(arguments[4])}]"
    return found


def current(expression: str) -> str:
    """An expression from outside of a predicate, written for the inside: relative paths start at the question."""
    return f"current()/{expression}" if expression.startswith(".") else expression


def _literal(expression: str) -> str | None:
    try:
        syntax = parse(expression)
    except XPathError:
        return None
    return syntax.value if isinstance(syntax, Literal) else None
