"""The choices of a list in one line: what stands on each of its entries."""

from collections.abc import Sequence

from roadmapdesk.desktop.interview.controls.keys import is_missing
from roadmapdesk.workspace.wording import plain
from roadmapdesk.xforms.session.view import Choice, NodeView


def list_entries(choices: Sequence[Choice], second: NodeView | None) -> tuple[tuple[str, ...], list[str]]:
    """The codes of the choices and their words, in the order of the list; those that say "no rating" stand last.

    Args:
        choices: what is offered.
        second: the same question in the other language, where both stand side by side.
    """
    ordered = sorted(choices, key=is_missing)
    others = {choice.value: plain(choice.label) for choice in second.choices} if second is not None else {}
    texts = []
    for choice in ordered:
        text, other = plain(choice.label), others.get(choice.value, "")
        texts.append(f"{text} · {other}" if other and other != text else text)
    return tuple(choice.value for choice in ordered), texts
