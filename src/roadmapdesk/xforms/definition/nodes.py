"""The fields of a form: one `ModelNode` for each element or attribute of the primary instance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from roadmapdesk.xforms.definition.data import AttributeData, BindData, ControlData
    from roadmapdesk.xforms.definition.graph import Edge

JAVAROSA_NAMESPACE = "http://openrosa.org/javarosa"


class ModelNode:
    """One field, group or repeat of the primary instance.

    Attributes:
        index: place in `Model.nodes`.
        name: qualified name as written; ``@name`` for an attribute.
        path: ``/data/group/field``.
        scope: the repeat (or the root) in whose instances the node lives; a repeat is its own scope.
        cell: place among the nodes of one scope instance; -1 for a repeat, which heads a scope of its own.
        range_index: place of a repeat among the repeats of its outer scope, else -1.
        is_calculated: its value is calculated and leaves a person nothing to answer.
        has_default: some instance or template of the form gives it a text.
        bind: expressions and type, or None.
        controls: the body elements that show it, in their order.
        dependents: who must be evaluated again when the value changes.
        single_cells: local name → cell of the child elements that stand once in it, and so in the same scope.
    """

    __slots__ = (
        "_by_local", "bind", "cell", "children", "controls", "dependents", "depth", "has_default", "index",
        "is_attribute", "is_calculated", "is_leaf", "is_repeat", "local", "name", "namespace", "parent", "path",
        "prefix", "range_index", "scope", "scope_depth", "shape", "single_cells", "template", "type",
    )  # fmt: skip

    def __init__(self, name: tuple[str, str, str], parent: ModelNode | None, *, attribute: bool = False) -> None:
        self.local, self.namespace, self.prefix = name
        qualified = f"{self.prefix}:{self.local}" if self.prefix else self.local
        self.name = "@" + qualified if attribute else qualified
        self.parent = parent
        self.path: str = ("" if parent is None else parent.path) + "/" + self.name
        self.depth: int = 0 if parent is None else parent.depth + 1
        self.children: dict[str, ModelNode] = {}
        self._by_local: dict[str, ModelNode] | None = None
        self.is_attribute = attribute
        self.is_leaf = True
        self.is_repeat = False
        self.is_calculated = False
        self.has_default = False
        self.index = -1
        self.scope: ModelNode = self
        self.scope_depth = 0
        self.cell = -1
        self.range_index = -1
        self.shape: ScopeShape | None = None
        self.template: Proto | None = None
        self.bind: BindData | None = None
        self.type = "string"
        self.controls: list[Control] = []
        self.dependents: tuple[Edge, ...] = ()
        self.single_cells: dict[str, int] = {}

    def __repr__(self) -> str:
        return f"<ModelNode {self.path}>"

    def child(self, name: str) -> ModelNode | None:
        """The child with this name: as written, else by its local name."""
        found = self.children.get(name)
        if found is not None:
            return found
        return self.by_local(
            "@" + name.rpartition(":")[2].lstrip("@") if name.startswith("@") else name.rpartition(":")[2]
        )

    def by_local(self, name: str) -> ModelNode | None:
        """The first child with this local name; ``@name`` for an attribute."""
        index = self._by_local
        if index is None or len(index) != len(self.children):
            index = {}
            for child in self.children.values():
                index.setdefault(("@" if child.is_attribute else "") + child.local, child)
            self._by_local = index
        return index.get(name)

    def walk(self) -> Iterator[ModelNode]:
        """This node and all below, parents first."""
        stack = [self]
        while stack:
            node = stack.pop()
            yield node
            stack.extend(reversed(node.children.values()))

    def ancestors(self) -> Iterator[ModelNode]:
        """The nodes above, the nearest first."""
        node = self.parent
        while node is not None:
            yield node
            node = node.parent


class ScopeShape:
    """What one instance of a scope holds: its cells, and the repeats right below.

    Attributes:
        tails: what follows the path of the scope in those of the cells, and then of the repeats.
    """

    __slots__ = ("cells", "ranges", "tails")

    def __init__(self) -> None:
        self.cells: list[ModelNode] = []
        self.ranges: list[ModelNode] = []
        self.tails: tuple[str, ...] = ()


@dataclass(slots=True)
class Proto:
    """An element of the first instance or of a template, ready to be copied into a session.

    Attributes:
        attributes: those that are written, apart from template marks.
    """

    model: ModelNode
    text: str
    attributes: tuple[AttributeData, ...]
    children: tuple[Proto, ...]


class Control:
    """One element of the body, linked to its field.

    Attributes:
        index: place in the whole body, parents first.
        model: the field, None for a group without one.
        context: the field whose element is the context of expressions: `model`, else the nearest one above.
    """

    __slots__ = ("appearances", "children", "context", "data", "index", "model", "parent", "tag")

    def __init__(self, data: ControlData, index: int, parent: Control | None) -> None:
        self.data = data
        self.index = index
        self.parent = parent
        self.tag = data["tag"]
        self.children: list[Control] = []
        self.model: ModelNode | None = None
        self.context: ModelNode
        self.appearances = appearance_words(data.get("appearance", ""))


def appearance_words(text: str) -> tuple[str, ...]:
    """The words of an appearance in lower case; a word with brackets, ``search(…)``, stays as written."""
    words: list[str] = []
    depth = 0
    word = ""
    for sign in text + " ":
        if sign == "(":
            depth += 1
        elif sign == ")":
            depth = max(0, depth - 1)
        if sign.isspace() and depth == 0:
            if word:
                words.append(word if "(" in word else word.lower())
            word = ""
        else:
            word += sign
    if word.strip():
        words.append(word.strip())
    return tuple(words)
