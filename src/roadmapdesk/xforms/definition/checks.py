"""Checks of a linked form that no single part can make: depth, size, and names that nothing answers to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from roadmapdesk.xforms.definition.instances import base_name, csv_columns
from roadmapdesk.xforms.limits import Limits
from roadmapdesk.xforms.problems import (
    BAD_COLUMN,
    BAD_SUBMISSION,
    BROKEN_EXPRESSION,
    NEWER_ENTITIES,
    TOO_DEEP,
    TOO_MANY_NODES,
    UNSUPPORTED,
    FormProblem,
    Severity,
    problem,
)
from roadmapdesk.xforms.xpath.errors import XPathError

if TYPE_CHECKING:
    from roadmapdesk.xforms.definition.form import FormDefinition


_FILE_LIST = re.compile(r"\s*(?:randomize\(\s*)?instance\(\s*['\"]([^'\"]+)['\"]\s*\)/root/item\b")
_NAME = re.compile(r"[A-Za-z_][\w.\-]*\Z")
ENTITIES = (2025, 1)
"""The newest rules for entities that `entities` follows; a further number after it changes no meaning."""
SUBMISSION_METHODS = frozenset({"post", "form-data-post"})


def check_form(form: FormDefinition, problems: list[FormProblem], limits: Limits | None = None) -> None:
    """Adds what is wrong with the form as a whole."""
    allowed = limits or Limits()
    method = form.data["submission"].get("method", "post")
    if method not in SUBMISSION_METHODS:
        problems.append(problem(BAD_SUBMISSION, method=method))
    _check_columns(form, problems)
    _check_actions(form, problems)
    _check_entities(form, problems)
    _check_maps(form, problems)
    nodes = form.model.nodes
    if len(nodes) > allowed.nodes:
        problems.append(problem(TOO_MANY_NODES, limit=allowed.nodes))
    if max(node.depth for node in nodes) > allowed.depth:
        problems.append(problem(TOO_DEEP, limit=allowed.depth))


def _check_actions(form: FormDefinition, problems: list[FormProblem]) -> None:
    """Tells expressions of actions that cannot be read."""
    for action in form.actions:
        for attribute, source in (("ref", action.path), ("value", action.expression)):
            try:
                if source:
                    form.expression(source)
            except XPathError as error:
                problems.append(
                    problem(
                        BROKEN_EXPRESSION, question=action.target.path, attribute=attribute, expression=source,
                        reason=error.sentence,
                    )
                )  # fmt: skip


def _check_entities(form: FormDefinition, problems: list[FormProblem]) -> None:
    """Refuses rules for entities that came after this program, as the specification demands."""
    version = form.data["entities_version"]
    parts = version.split(".")
    if len(parts) >= 2 and all(part.isdigit() for part in parts[:2]) and (int(parts[0]), int(parts[1])) > ENTITIES:
        known = ".".join(str(part) for part in ENTITIES)
        problems.append(problem(NEWER_ENTITIES, version=version, known=known))


def _check_maps(form: FormDefinition, problems: list[FormProblem]) -> None:
    """Tells questions that only an app for OpenStreetMap could answer."""
    problems.extend(
        problem(UNSUPPORTED, question=control.context.path, feature="osm", severity=Severity.WARNING)
        for control in form.controls
        if control.data.get("parameters", {}).get("mediatype", "").startswith("osm/")
    )


def _check_columns(form: FormDefinition, problems: list[FormProblem]) -> None:
    """Tells itemsets whose code or label is no column of the CSV file that they read."""
    files = {
        data["id"]: name
        for data in form.data["instances"]
        if "src" in data and (name := base_name(data["src"])) in form.resources and name.lower().endswith(".csv")
    }
    columns: dict[str, frozenset[str]] = {}
    for control in form.controls:
        itemset = control.data.get("itemset")
        match = None if itemset is None else _FILE_LIST.match(itemset["nodeset"])
        if itemset is None or match is None or match[1] not in files:
            continue
        file = files[match[1]]
        if file not in columns:
            columns[file] = csv_columns(form.resources[file])
        label = itemset.get("label")
        wanted = [itemset.get("value", ""), label.get("ref", "") if isinstance(label, dict) else ""]
        problems.extend(
            problem(BAD_COLUMN, question=control.context.path, column=name, name=file)
            for name in wanted
            if _NAME.match(name) and columns[file] and name not in columns[file]
        )
