"""Into which pages a form is cut, and which of the nodes on them are asked.

A page is a top-level group, a run of loose questions, or one instance of a top-level repeat (a card) whose number the
form fixes; a repeat that a person extends is one page. A group with very many questions gives one page per group
inside it, so that no page grows beyond what a person oversees.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from roadmapdesk.workspace.wording import plain, split_label
from roadmapdesk.xforms.session.view import Kind, NodeView

LARGE_PAGE = 60
_ASKED = (Kind.QUESTION, Kind.TRIGGER)


@dataclass(frozen=True, slots=True)
class Section:
    """One line of the outline, and the page behind it.

    Attributes:
        key: stable name of the page: the ref of the group or instance; for a run of loose questions its first ref.
        refs: the nodes whose contents the page shows, in their order; empty for a mere heading of cards.
        depth: 0 for top level, 1 for a card or a group taken out of a large one.
        kind: ``group``, ``repeat`` (heading of cards, or all cards that a person adds), ``instance`` or ``loose``.
        owner: the key of the heading above, empty at the top level.
    """

    key: str
    refs: tuple[str, ...]
    depth: int
    kind: str
    owner: str = ""


def sections_of(root: NodeView) -> tuple[Section, ...]:
    """All pages of the form in order, relevant ones only."""
    found: list[Section] = []
    _collect(root, 0, "", found)
    return tuple(found)


def _collect(parent: NodeView, depth: int, owner: str, found: list[Section]) -> None:
    loose: list[NodeView] = []
    before: NodeView | None = None

    def close_run() -> None:
        if loose:
            refs = tuple(view.ref for view in loose)
            found.append(Section(refs[0], refs, depth, "loose", owner))
            loose.clear()

    for child in parent.children:
        if child.kind in {Kind.GROUP, Kind.REPEAT}:
            if not child.is_relevant:
                continue
            close_run()
            if child.kind is Kind.REPEAT:
                _collect_repeat(child, before, depth, owner, found)
            else:
                _collect_group(child, depth, owner, found)
            before = child
        elif child.kind is not Kind.MODEL:
            loose.append(child)
    close_run()


def _collect_repeat(repeat: NodeView, before: NodeView | None, depth: int, owner: str, found: list[Section]) -> None:
    """Lists the cards below their heading; below the group before them where that is headed alike.

    Where a person says how many there are, all stand on one page, with the button that adds one.
    """
    if repeat.can_add:
        found.append(Section(repeat.ref, (repeat.ref,), depth, "repeat", owner))
        return
    if before is not None and found and found[-1].key == before.ref and _is_headed_alike(before, repeat):
        heading = before.ref
    else:
        heading = repeat.ref
        found.append(Section(heading, (), depth, "repeat", owner))
    for instance in repeat.children:
        if instance.is_relevant:
            found.append(Section(instance.ref, (instance.ref,), depth + 1, "instance", heading))


def _is_headed_alike(group: NodeView, repeat: NodeView) -> bool:
    """Whether both bear the same code, as ``G  Cooperations`` that asks how many and ``G  Cooperation`` for each."""
    first, second = (split_label(plain(view.label), section=True).code for view in (repeat, group))
    return bool(first) and first == second


def _collect_group(group: NodeView, depth: int, owner: str, found: list[Section]) -> None:
    inner = [child for child in group.children if child.kind in {Kind.GROUP, Kind.REPEAT}]
    if depth < 2 and len(inner) > 1 and _is_large(group):
        found.append(Section(group.ref, (), depth, "group", owner))
        _collect(group, depth + 1, group.ref, found)
    else:
        found.append(Section(group.ref, (group.ref,), depth, "group", owner))


def _is_large(group: NodeView) -> bool:
    count = 0
    for view in walk(group):
        count += view.kind in _ASKED
        if count > LARGE_PAGE:
            return True
    return False


def walk(view: NodeView, *, only_relevant: bool = False) -> Iterator[NodeView]:
    """The node and everything below it that the body shows, in order."""
    if only_relevant and not view.is_relevant:
        return
    yield view
    for child in view.children:
        yield from walk(child, only_relevant=only_relevant)


def is_asked(view: NodeView) -> bool:
    """Whether the node is a question that a person answers (now, or before it was locked)."""
    if view.kind not in _ASKED or view.has_calculation or "label" in view.appearances:
        return False
    return not view.is_readonly or bool(view.text)


def answers_on_screen(root: NodeView) -> frozenset[str]:
    """Refs of the questions that are asked now and hold an answer."""
    return frozenset(view.ref for view in walk(root, only_relevant=True) if view.text and is_asked(view))
