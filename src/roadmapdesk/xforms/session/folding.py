"""Fresh instances of a repeat that keep their fields folded until somebody touches one.

One answer may make 1,000 instances with 100 fields each, and of most of them nobody ever reads anything. Such an
instance has its own element; any other is made when its cell is read or a path goes into it, in the state that the
pattern holds, which all instances made at once share for as long as they are alike.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from typing_extensions import override

from roadmapdesk.xforms.session.elements import LiveElement, LiveNode, Scope

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from roadmapdesk.xforms.definition.nodes import ModelNode


class State:
    """What a folded field would be.

    Attributes:
        outer: cell of the element around it, -1 for the instance itself.
        inner: cells of its children.
        is_used: some instance that takes states over has unfolded it.
    """

    __slots__ = (
        "aside", "inner", "is_used", "model", "outer", "own_readonly", "own_relevant", "own_required",
        "text",
    )  # fmt: skip

    def __init__(self, element: LiveElement) -> None:
        parent = element.parent
        self.model = element.model
        self.outer = parent.model.cell if isinstance(parent, LiveElement) else -1
        self.inner = tuple(child.model.cell for child in element.children if isinstance(child, LiveElement))
        self.is_used = False
        self.text = element.text
        self.aside = element.aside
        self.own_relevant = element.own_relevant
        self.own_readonly = element.own_readonly
        self.own_required = element.own_required

    def copy(self) -> State:
        """One that changes by itself."""
        copied = State.__new__(State)
        for name in State.__slots__:
            setattr(copied, name, getattr(self, name))
        return copied

    def unfold(self, scope: Scope) -> LiveElement:
        """The field, not yet in its parent, and with its children still folded."""
        element = LiveElement(self.model, scope, self.text)
        element.aside = self.aside
        element.own_relevant = self.own_relevant
        element.own_readonly = self.own_readonly
        element.own_required = self.own_required
        if self.inner:
            element.fold()
        return element


class Pattern:
    """The states of all fields that instances have while they are alike.

    Args:
        first: an instance that was just built and holds elements only.

    Attributes:
        states: by cell; None where the instances lack the field.
        size: number of fields.
    """

    __slots__ = ("_branches", "size", "states")

    def __init__(self, first: Scope) -> None:
        self.states = [State(cell) if isinstance(cell, LiveElement) else None for cell in first.cells]
        self.size = sum(state is not None for state in self.states)
        self._branches: dict[int, Branch] = {}

    def copy(self) -> Pattern:
        """One for instances that part from the others."""
        copied = Pattern.__new__(Pattern)
        copied.size = self.size
        copied.states = [None if state is None else state.copy() for state in self.states]
        copied._branches = {}
        return copied

    def put(self, state: State, name: str, value: object) -> None:
        """Writes one part of a state."""
        setattr(state, name, value)
        if name == "own_relevant":
            self._branches.clear()

    def branch(self, cell: int) -> Branch:
        """What flips with the relevance of a field while all below it are folded."""
        found = self._branches.get(cell)
        if found is None:
            found = self._branches[cell] = Branch(self.states, cell)
        return found

    def fill(self, scope: Scope) -> None:
        """Makes an empty scope an instance of which only the element itself is there."""
        state = self.states[0]
        assert state is not None
        state.is_used = True
        scope.element = element = state.unfold(scope)
        element.is_repeat = True
        scope.cells = FoldedCells(scope, self)


class Branch:
    """The fields that flip with the relevance of a field while all below it are folded.

    Attributes:
        below: the cells below the field; they stand right behind its own.
        models: the field itself and those below it that flip.
    """

    __slots__ = ("below", "models")

    def __init__(self, states: Sequence[State | None], cell: int) -> None:
        models: list[ModelNode] = []
        last = cell
        stack = [(cell, True)]
        while stack:
            place, flips = stack.pop()
            last = max(last, place)
            state = states[place]
            assert state is not None
            flips = place == cell or (flips and state.own_relevant)
            if flips:
                models.append(state.model)
            stack += [(inner, flips) for inner in state.inner]
        self.models = tuple(models)
        self.below = slice(cell + 1, last + 1)


class FoldedCells(list[LiveNode | None]):
    """The cells of a folded instance: reading one makes its element, reading the children of one makes all.

    The first holds the instance itself. With the last element a plain list takes over.
    """

    __slots__ = ("_left", "_scope", "pattern")

    def __init__(self, scope: Scope, pattern: Pattern) -> None:
        super().__init__([None] * len(pattern.states))
        self[0] = scope.element
        self._scope = scope
        self._left = pattern.size - 1
        self.pattern = pattern

    @override
    def __getitem__(self, place: int) -> LiveNode | None:  # type: ignore[override] # — nobody takes slices of cells
        found = list.__getitem__(self, place)
        if found is None:
            state = self.pattern.states[place]
            if state is not None:
                found = self.unfold(place, state)
        return found

    @override
    def __iter__(self) -> Iterator[LiveNode | None]:
        self.unfold_all()
        return super().__iter__()

    def are_folded(self, places: slice) -> bool:
        """Whether none of these cells has been read."""
        return not any(super().__getitem__(places))

    def unfold(self, place: int, state: State) -> LiveElement:
        """Makes the element of a cell."""
        element = state.unfold(self._scope)
        state.is_used = True
        self[place] = element
        if state.outer >= 0:
            element.parent = parent = cast("LiveElement", self[state.outer])
            element.hidden = parent.hidden or not element.own_relevant
        self._left -= 1
        if not self._left:
            self.unfold_all()
        return element

    def unfold_all(self, *, is_first: bool = False) -> None:
        """Makes all elements, and gives them their children; the first instance of a group takes no states over."""
        scope = self._scope
        if scope.cells is not self:
            return
        cells: list[Any] = list(super().__iter__())
        for place, state in enumerate(self.pattern.states):  # parents stand before their children
            if state is not None and cells[place] is None:
                cells[place] = element = state.unfold(scope)
                state.is_used = state.is_used or not is_first
                element.parent = parent = cells[state.outer]
                element.hidden = parent.hidden or not element.own_relevant
        for place, state in enumerate(self.pattern.states):
            if state is not None and state.inner:
                cells[place].children = [cells[inner] for inner in state.inner]
        self[:] = cells
        scope.cells = cells


def flip(top: LiveNode) -> tuple[ModelNode, ...] | None:
    """Brings `hidden` up to date on a field of a folded instance and on all below it, and makes no element for it.

    Returns:
        The fields that flip; None where the instance is not folded.
    """
    cells = top.scope.cells
    if not isinstance(cells, FoldedCells) or top.scope.ranges or not isinstance(top, LiveElement):
        return None
    branch = cells.pattern.branch(top.model.cell)
    if not cells.are_folded(branch.below):
        return tuple(_flip(top, cells))
    outer = top.parent
    is_hidden = (outer is not None and outer.hidden) or not top.own_relevant
    if is_hidden == top.hidden:
        return ()
    top.hidden = is_hidden
    return branch.models


def _flip(top: LiveElement, cells: FoldedCells) -> Iterator[ModelNode]:
    outer = top.parent
    stack: list[tuple[int, bool]] = [(top.model.cell, outer is not None and outer.hidden)]
    while stack:
        cell, is_outer_hidden = stack.pop()
        node = list.__getitem__(cells, cell)
        state = cells.pattern.states[cell]
        if node is not None:
            is_hidden = is_outer_hidden or not node.own_relevant
            if is_hidden == node.hidden:
                continue
            node.hidden = is_hidden
            yield node.model
        elif state is not None and state.own_relevant:
            is_hidden = is_outer_hidden
            yield state.model
        else:
            continue  # hidden by itself, before and after
        if state is not None:
            stack += [(inner, is_hidden) for inner in state.inner]


def known(scope: Scope, cell: int) -> LiveNode | None:
    """The field of a cell where it is there, None where it is still folded."""
    return list.__getitem__(scope.cells, cell)


def made(scope: Scope) -> list[LiveNode]:
    """The fields of an instance that are there, without those still folded."""
    return [node for node in list.__iter__(scope.cells) if node is not None]


def is_there(scope: Scope, cell: int) -> bool:
    """Whether an instance has the field of a cell, folded or not."""
    cells = scope.cells
    return known(scope, cell) is not None or (
        isinstance(cells, FoldedCells) and cells.pattern.states[cell] is not None
    )
