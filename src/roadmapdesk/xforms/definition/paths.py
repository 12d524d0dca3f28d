"""Paths of nodes as binds and controls write them: plain steps without predicates."""

from __future__ import annotations

import re


def absolute(reference: str, context: str) -> str:
    """The absolute path that `reference` means when it stands in the element `context`.

    Blanks are dropped; ``current()`` and ``.`` mean the context; ``..`` goes up. Example: ``../b`` in ``/d/a`` is
    ``/d/b``.
    """
    text = re.sub(r"\[[^\[\]]*\]", "", "".join(reference.split()))
    if text.startswith("current()"):
        text = text[len("current()") :].lstrip("/") or "."
    steps = [] if text.startswith("/") else [step for step in context.split("/") if step]
    for step in text.split("/"):
        if step in {"", "."}:
            continue
        if step == "..":
            if steps:
                steps.pop()
        else:
            steps.append(step)
    return "/" + "/".join(steps)
