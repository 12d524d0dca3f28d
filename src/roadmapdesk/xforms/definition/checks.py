"""Checks of a linked form that no single part can make: depth, size, and names that nothing answers to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadmapdesk.xforms.limits import Limits
from roadmapdesk.xforms.problems import BAD_SUBMISSION, TOO_DEEP, TOO_MANY_NODES, FormProblem, problem

if TYPE_CHECKING:
    from roadmapdesk.xforms.definition.form import FormDefinition


SUBMISSION_METHODS = frozenset({"post", "form-data-post"})


def check_form(form: FormDefinition, problems: list[FormProblem], limits: Limits | None = None) -> None:
    """Adds what is wrong with the form as a whole."""
    allowed = limits or Limits()
    method = form.data["submission"].get("method", "post")
    if method not in SUBMISSION_METHODS:
        problems.append(problem(BAD_SUBMISSION, method=method))
    nodes = form.model.nodes
    if len(nodes) > allowed.nodes:
        problems.append(problem(TOO_MANY_NODES, limit=allowed.nodes))
    if max(node.depth for node in nodes) > allowed.depth:
        problems.append(problem(TOO_DEEP, limit=allowed.depth))
