"""What stands on a page, in order, before any widget exists: headings, scale heads, questions, cards."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from roadmapdesk.desktop.interview.controls.registry import control_for
from roadmapdesk.desktop.interview.controls.scale import ScaleRow
from roadmapdesk.desktop.interview.scale_head import has_numbers, same_scale
from roadmapdesk.workspace.wording import plain, split_label
from roadmapdesk.xforms.session.view import Kind, NodeView

_GRID_STYLE = "theme-grid"
_UNITS = 4  # of a row in which no group says another number
_ASKED = frozenset((Kind.QUESTION, Kind.NOTE, Kind.TRIGGER))
_WIDTH = re.compile(r"w([1-9]|1[0-2])")


@dataclass(frozen=True, slots=True)
class Slot:
    """One place on a page.

    Attributes:
        kind: ``question``, ``heading``, ``scale_head``, ``card`` (head of an inner repeat instance) or ``add``.
        ref: the node it shows; of a scale head the first scale below it.
        rows: refs of the scales below a scale head.
        has_head: the question is the first below a scale head, which shows its guidance.
        share: part of a row that a question takes, 0 to 1, where the form lets questions share rows.
        run: number of the run of questions that share rows, 0 for a question with a row of its own.
    """

    kind: str
    ref: str
    rows: tuple[str, ...] = ()
    has_head: bool = False
    share: float = 1.0
    run: int = 0


@dataclass(frozen=True, slots=True)
class PageLook:
    """How a page shows its questions.

    Attributes:
        second: the other language where both stand side by side, else empty.
        guided: whether the interviewer's guidance is shown.
        is_open: whether answers are taken.
        is_grid: whether the form lets questions share rows (style ``theme-grid``).
    """

    second: str = ""
    guided: bool = True
    is_open: bool = True
    is_grid: bool = False

    def of(self, view: NodeView) -> NodeView:
        """The question as its control gets it: of a closed interview it takes nothing that would not be stored."""
        return view if self.is_open else view.for_reading()


def shares_rows(style: str) -> bool:
    """Whether a form of this style lets questions share rows."""
    return _GRID_STYLE in style.split()


def slots_of(views: tuple[NodeView, ...], *, is_grid: bool = False) -> tuple[Slot, ...]:
    """The places of a page that shows the contents of these nodes.

    Args:
        views: the nodes.
        is_grid: whether questions with a width (``w1`` to ``w12``) share rows. The row of a group has as many units
            as the group's own width says, else 4; a question without a width has a row of its own.
            Source: Enketo, "Grid theme".
    """
    slots: list[Slot] = []
    loose: list[tuple[NodeView, int]] = []
    for view in views:
        units = _row_units(view) if is_grid else 0
        if view.kind in _ASKED:
            loose.append((view, units))
            continue
        slots.extend(_placed(loose))
        loose = []
        if view.kind is Kind.REPEAT:
            slots.extend(_repeat(view, units))
        else:
            if view.kind is Kind.GROUP and _says_more(view.label):
                slots.append(Slot("heading", view.ref))
            slots.extend(_inside(view, units))
    slots.extend(_placed(loose))
    return tuple(_with_runs(slots) if is_grid else slots)


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


def _row_units(page: NodeView) -> int:
    """How many units a row of a page has."""
    above = page.parent
    return _width(page) or (_width(above) if page.kind is Kind.INSTANCE and above is not None else 0) or _UNITS


def _width(view: NodeView) -> int:
    """The number of a width word, 0 where there is none."""
    found = (_WIDTH.fullmatch(word) for word in view.appearances)
    return next((int(match[1]) for match in found if match), 0)


def _share(view: NodeView, units: int) -> float:
    """The part of a row that a question takes; the whole where the page has no grid."""
    return min((_width(view) or units) / units, 1.0) if units else 1.0


def _with_runs(slots: list[Slot]) -> Iterator[Slot]:
    """Numbers the runs of neighbouring questions that share rows; a whole row between them parts a run."""
    run, is_inside = 0, False
    for slot in slots:
        is_cell = slot.share < 1
        if is_cell and not is_inside:
            run += 1
        is_inside = is_cell
        yield replace(slot, run=run) if is_cell else slot


def _inside(parent: NodeView, units: int = 0) -> Iterator[Slot]:
    return _placed((child, units) for child in parent.children)


def _placed(nodes: Iterable[tuple[NodeView, int]]) -> Iterator[Slot]:
    """The places of neighbours, each with the units of its row; a run of the same scales gets one head."""
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

    for child, units in nodes:
        if child.kind in _ASKED:
            share = _share(child, units)
            is_scale = share >= 1 and child.control == "select1" and control_for(child) is ScaleRow
            if run and not (is_scale and same_scale(run[0].choices, child.choices)):
                yield from close()
            if is_scale:
                run.append(child)
            else:
                yield Slot("question", child.ref, share=share)
        elif child.kind in {Kind.GROUP, Kind.REPEAT}:
            yield from close()
            yield Slot("heading", child.ref)
            own = (_width(child) or units) if units else 0
            yield from _repeat(child, own) if child.kind is Kind.REPEAT else _inside(child, own)
    yield from close()


def _repeat(repeat: NodeView, units: int) -> Iterator[Slot]:
    for instance in repeat.children:
        yield Slot("card", instance.ref)
        yield from _inside(instance, units)
    yield Slot("add", repeat.ref)
