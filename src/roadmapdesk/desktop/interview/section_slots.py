"""What stands on a page, in order, before any widget exists: headings, scale heads, questions, cards."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from roadmapdesk.desktop.interview.controls.registry import control_for
from roadmapdesk.desktop.interview.controls.scale import ScaleRow
from roadmapdesk.desktop.interview.scale_head import has_numbers, same_scale
from roadmapdesk.workspace.wording import plain, split_label
from roadmapdesk.xforms.session.view import Kind, NodeView


@dataclass(frozen=True, slots=True)
class Slot:
    """One place on a page.

    Attributes:
        kind: ``question``, ``heading``, ``scale_head``, ``card`` (head of an inner repeat instance) or ``add``.
        ref: the node it shows; of a scale head the first scale below it.
        rows: refs of the scales below a scale head.
        has_head: the question is the first below a scale head, which shows its guidance.
    """

    kind: str
    ref: str
    rows: tuple[str, ...] = ()
    has_head: bool = False


@dataclass(frozen=True, slots=True)
class PageLook:
    """How a page shows its questions.

    Attributes:
        second: the other language where both stand side by side, else empty.
        guided: whether the interviewer's guidance is shown.
        is_open: whether answers are taken.
    """

    second: str = ""
    guided: bool = True
    is_open: bool = True


def slots_of(views: tuple[NodeView, ...]) -> tuple[Slot, ...]:
    """The places of a page that shows the contents of these nodes."""
    slots: list[Slot] = []
    for view in views:
        if view.kind in {Kind.QUESTION, Kind.NOTE, Kind.TRIGGER}:
            slots.append(Slot("question", view.ref))
        else:
            if view.kind is Kind.GROUP and _says_more(view.label):
                slots.append(Slot("heading", view.ref))
            slots.extend(_inside(view))
    return tuple(slots)


def is_wanted(slot: Slot, find: Callable[[str], NodeView], look: PageLook) -> bool:
    """Whether a place is shown as the answers are now."""
    if slot.kind == "scale_head":
        return any(find(ref).is_relevant for ref in slot.rows)
    view = find(slot.ref)
    if slot.kind == "heading":
        return view.is_relevant and bool(view.label)
    if slot.kind == "add":
        return view.is_relevant and view.can_add and look.is_open
    return view.is_relevant


def _says_more(label: str) -> bool:
    """Whether a page's own label says more than the title in the bar above."""
    wording = split_label(plain(label), section=True)
    return bool(wording.text) and wording.text != wording.short


def _inside(parent: NodeView) -> Iterator[Slot]:
    run: list[NodeView] = []

    def close() -> Iterator[Slot]:
        if not run:
            return
        head = has_numbers(run[0].choices)
        if head:
            yield Slot("scale_head", run[0].ref, tuple(view.ref for view in run))
        for place, view in enumerate(run):
            yield Slot("question", view.ref, has_head=head and place == 0)
        run.clear()

    for child in parent.children:
        if child.kind in {Kind.QUESTION, Kind.NOTE, Kind.TRIGGER}:
            is_scale = child.control == "select1" and control_for(child) is ScaleRow
            if run and not (is_scale and same_scale(run[0].choices, child.choices)):
                yield from close()
            if is_scale:
                run.append(child)
            else:
                yield Slot("question", child.ref)
        elif child.kind in {Kind.GROUP, Kind.REPEAT}:
            yield from close()
            yield Slot("heading", child.ref)
            yield from _repeat(child) if child.kind is Kind.REPEAT else _inside(child)
    yield from close()


def _repeat(repeat: NodeView) -> Iterator[Slot]:
    for instance in repeat.children:
        yield Slot("card", instance.ref)
        yield from _inside(instance)
    yield Slot("add", repeat.ref)
