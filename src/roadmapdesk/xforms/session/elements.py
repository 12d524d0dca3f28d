"""The live instance: elements with their state, the scopes that repeat instances are, and the repeats themselves.

A scope is the root or one repeat instance. It lists its elements by `ModelNode.cell`, so that going from one field
to another that depends on it is a few look-ups, however large the form is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from typing_extensions import override

from roadmapdesk.xforms.tree import NO_ATTRIBUTES, NO_CHILDREN, Attribute, Element

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from roadmapdesk.xforms.definition.nodes import Control, ModelNode
    from roadmapdesk.xforms.session.screen import ScreenNode


class ViewCache:
    """What a screen has read of one element: each part is absent until it is read.

    Attributes:
        parts: (part, control index, language) → value.
        screens: control index → screen node; -1 for the element without a control.
    """

    __slots__ = ("parts", "screens")

    def __init__(self) -> None:
        self.parts: dict[tuple[str, int, str], Any] = {}
        self.screens: dict[int, ScreenNode] = {}

    def forget(self, part: str) -> None:
        """Drops one part in all its languages; the next reader evaluates it again."""
        for key in [key for key in self.parts if key[0] == part]:
            del self.parts[key]


class LiveElement(Element):
    """One element of the live instance.

    Attributes:
        model: its field.
        scope: the repeat instance, or the root scope, that it stands in.
        own_relevant: its own relevance; `hidden` tells the inherited one.
        own_readonly: its own read-only state.
        own_required: its own required state.
        aside: the stored answer where the choices offered now do not allow it, else None; `text` is what is left.
        view: what screens have read, or None.
    """

    __slots__ = ("aside", "model", "own_readonly", "own_relevant", "own_required", "scope", "view")

    def __init__(self, model: ModelNode, scope: Scope, text: str) -> None:  # as `Element` does, made by the 100,000
        self.parent = None
        self.hidden = False
        self.name = model.local
        self.namespace = model.namespace
        self.prefix = model.prefix
        self.text = text
        self.attributes = NO_ATTRIBUTES
        self.children = NO_CHILDREN
        self.is_repeat = False
        self.declared = None
        self._index = None
        self._text_node = None
        self.model = model
        self.scope = scope
        self.own_relevant = True
        self.own_readonly = False
        self.own_required = False
        self.aside: str | None = None
        self.view: ViewCache | None = None

    def fold(self) -> None:
        """Forgets the children, of which there are none yet; they are made when somebody asks for them."""
        del self.children

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> Sequence[Element]:
            if name != "children":
                raise AttributeError(name)
            self.scope.cells.unfold_all()
            return self.children

    @override
    def named(self, name: str) -> Sequence[Element]:
        cell = self.model.single_cells.get(name)
        if (
            cell is None or self.model.is_repeat is not self.is_repeat
        ):  # unlike its instances, a stand-in has no cells
            return super().named(name)
        child = self.scope.cells[cell]
        return () if child is None else (child,)  # type: ignore[return-value] # — a child that is no attribute

    @override
    def named_in(self, nodes: Sequence[Any], name: str) -> Sequence[Element]:
        cell = self.model.single_cells.get(name)
        if (
            cell is None
            or self.model.is_repeat is not self.is_repeat
            or any(each.model is not self.model for each in nodes)
        ):
            return super().named_in(nodes, name)
        return [child for node in nodes if (child := node.scope.cells[cell]) is not None]

    @override
    def own_place(self) -> int:
        return self.scope.position if self.is_repeat else 0

    @property
    def stored(self) -> str:
        """The answer as it was given, put-aside choices included."""
        return self.text if self.aside is None else self.aside


class LiveAttribute(Attribute):
    """One attribute of the live instance that a bind may target; the same state as an element's."""

    __slots__ = ("aside", "model", "own_readonly", "own_relevant", "own_required", "scope", "view")
    children: tuple[()] = ()
    is_repeat = False

    def __init__(self, model: ModelNode, scope: Scope, text: str) -> None:
        super().__init__(model.local, text, namespace=model.namespace, prefix=model.prefix)
        self.model = model
        self.scope = scope
        self.own_relevant = True
        self.own_readonly = False
        self.own_required = False
        self.aside: str | None = None
        self.view: ViewCache | None = None

    @property
    def text(self) -> str:
        """The value, under the name that elements use."""
        return self.value

    @text.setter
    def text(self, text: str) -> None:
        self.value = text

    @property
    def stored(self) -> str:
        """The value."""
        return self.value


LiveNode = LiveElement | LiveAttribute


class Scope:
    """The root, or one instance of a repeat.

    Attributes:
        parent: the scope around, None for the root.
        cells: its nodes by `ModelNode.cell`; None where the instance lacks one.
        ranges: the repeats right inside, by `ModelNode.range_index`.
        range: the repeat that this is an instance of, None for the root.
        key: lasting key, empty for the root.
        element: the root element or the repeat instance's element; whoever builds the scope sets it.
        position: place among its siblings from 1; 0 for the root and for a put-aside instance.
    """

    __slots__ = ("cells", "element", "key", "parent", "position", "range", "ranges")

    def __init__(self, model: ModelNode, parent: Scope | None, owner: RepeatRange | None, key: str) -> None:
        assert model.shape is not None
        self.parent = parent
        self.cells: list[LiveNode | None] = [None] * len(model.shape.cells)
        self.ranges = [RepeatRange(repeat, self) for repeat in model.shape.ranges]
        self.range = owner
        self.key = key
        self.element: LiveElement
        self.position = 0

    def walk(self) -> Iterator[LiveNode]:
        """All nodes of this scope and of the scopes inside, present instances only."""
        for cell in self.cells:
            if cell is not None:
                yield cell
        for each in self.ranges:
            for instance in each.instances:
                yield from instance.walk()


class RepeatRange:
    """One repeat inside one outer scope.

    Attributes:
        instances: present instances in order.
        surplus: instances that a lowered count has put aside, in order; their answers are kept.
        is_counted: a count has been taken, or the instances come from a record.
        next_key: number of the next key.
    """

    __slots__ = ("_stand_in", "instances", "is_counted", "model", "next_key", "outer", "screen", "surplus")

    def __init__(self, model: ModelNode, outer: Scope) -> None:
        self.model = model
        self.outer = outer
        self.instances: list[Scope] = []
        self.surplus: list[Scope] = []
        self.is_counted = False
        self.next_key = 1
        self.screen: ScreenNode | None = None
        self._stand_in: LiveElement | None = None

    def stand_in(self) -> LiveElement:
        """An element where instances stand, so that count and relevance have a place without any instance.

        It is in no list of children and no expression finds it.
        """
        element = self._stand_in
        if element is None:
            element = self._stand_in = LiveElement(self.model, self.outer, "")
            parent = self.parent_element
            element.parent = parent
            element.hidden = parent is not None and parent.hidden
        return element

    def new_key(self) -> str:
        """A key that no instance of this repeat ever had."""
        key = f"k{self.next_key}"
        self.next_key += 1
        return key

    def renumber(self, start: int = 0) -> None:
        """Writes the positions from the instance at `start` (0-based) on."""
        instances = self.instances
        for index in range(start, len(instances)):
            instances[index].position = index + 1

    @property
    def parent_element(self) -> LiveElement | None:
        """The element that holds the instances."""
        parent = self.model.parent
        assert parent is not None
        element = self.outer.cells[parent.cell]
        return element if isinstance(element, LiveElement) else None

    def control(self) -> Control | None:
        """The repeat element of the body, None where the body has none."""
        return next((each for each in self.model.controls if each.tag == "repeat"), None)


def reference(node: LiveNode) -> str:
    """The node's ref: its path with the keys of the repeat instances around it."""
    scope: Scope | None = node.scope
    path = node.model.path
    tail: list[str] = []
    while scope is not None and scope.range is not None:
        stem = scope.range.model.path
        tail.append(f"[{scope.key}]{path[len(stem) :]}")
        path = stem
        scope = scope.parent
    return path + "".join(reversed(tail))
