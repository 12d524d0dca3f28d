"""Refs of fields, of repeats and of whole instances; many at once are written only where somebody reads them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, overload

from typing_extensions import override

from roadmapdesk.xforms.session.elements import reference
from roadmapdesk.xforms.session.folding import FoldedCells, is_there

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from roadmapdesk.xforms.session.elements import RepeatRange, Scope
    from roadmapdesk.xforms.session.folding import Pattern


class Refs(Sequence[str]):
    """The refs of all that instances of repeats hold, as they were when this was made.

    One answer may make 1,000 instances with 100 fields each, and few of those who ask look at each of them.

    Args:
        scopes: the instances, without those inside them.
    """

    __slots__ = ("_parts", "_written")

    def __init__(self, scopes: Iterable[Scope] = ()) -> None:
        tails: dict[Pattern, Sequence[str]] = {}
        self._parts: list[tuple[Scope, Sequence[str]]] = []
        for scope in scopes:
            cells = scope.cells
            if isinstance(cells, FoldedCells):
                found = tails.get(cells.pattern)
                if found is None:
                    found = tails[cells.pattern] = _tails(scope)
            else:
                found = _tails(scope)
            self._parts.append((scope, found))
        self._written: tuple[str, ...] | None = None

    def _all(self) -> tuple[str, ...]:
        written = self._written
        if written is None:
            heads = ((reference(scope.element), tails) for scope, tails in self._parts)
            written = self._written = tuple([head + tail for head, tails in heads for tail in tails])
        return written

    @override
    def __len__(self) -> int:
        return sum(len(tails) for _scope, tails in self._parts)

    @overload
    def __getitem__(self, index: int) -> str: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[str, ...]: ...

    @override
    def __getitem__(self, index: int | slice) -> str | tuple[str, ...]:
        return self._all()[index]

    @override
    def __iter__(self) -> Iterator[str]:
        return iter(self._all())

    @override
    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and self._all() == tuple(other)

    @override
    def __hash__(self) -> int:
        return hash(self._all())

    @override
    def __repr__(self) -> str:
        return repr(self._all())


def refs_of(scope: Scope) -> Iterator[str]:
    """The refs of the fields and repeats of an instance and of the instances inside it, parents first."""
    head = reference(scope.element)
    for tail in _tails(scope):
        yield head + tail
    for repeat in scope.ranges:
        for instance in repeat.instances:
            yield from refs_of(instance)


def _tails(scope: Scope) -> Sequence[str]:
    """What follows the instance's own ref in those of its fields and repeats."""
    model = scope.element.model
    assert model.shape is not None
    present = [is_there(scope, cell) for cell in range(len(scope.cells))]
    if all(present):
        return model.shape.tails
    start = len(model.path)
    fields = [field.path[start:] for field, is_present in zip(model.shape.cells, present, strict=True) if is_present]
    return fields + [repeat.model.path[start:] for repeat in scope.ranges if repeat.parent_element is not None]


def range_reference(repeat: RepeatRange) -> str:
    """The ref of a repeat: its path with the keys of the instances around it, without one of its own."""
    model = repeat.model
    assert model.parent is not None
    parent = repeat.outer.cells[model.parent.cell]
    assert parent is not None
    return f"{reference(parent)}/{model.name}"
