"""The document tree that expressions read: secondary instances as they are, live instances as subclasses.

An element that holds nothing but text keeps it in `Element.text` and has no text node; one is made only when
an expression asks for ``text()``. Structure changes go through `append`, `insert`, `remove` and
`replace_children`, which keep the look-ups of the parent and of the document right. Writing `Element.text`
needs no notice: look-ups never hold text of a changeable document (`Document.is_static` says which is which).

Source: XPath 1.0, section 5 (data model).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, cast

from typing_extensions import override

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

XML_NAMESPACE = "http://www.w3.org/XML/1998/namespace"
_INDEX_FROM = 6
_FEW_CHILDREN = 8
"""Up to so many children, looking at each is cheaper than asking for a list of the named ones."""
NO_CHILDREN: tuple[Node, ...] = ()
NO_ATTRIBUTES: tuple[Attribute, ...] = ()


class Node:
    """One node; `parent` is None for a document and for a detached element."""

    __slots__ = ("hidden", "parent")
    kind: ClassVar[str] = "node"
    name: str = ""
    namespace: str = ""
    prefix: str = ""

    def __init__(self, parent: Element | Document | None = None) -> None:
        self.parent = parent
        self.hidden = False
        """True where the node is not relevant, by itself or inherited: expressions then pass over it."""

    def string_value(self) -> str:
        """The text that an expression reads (XPath 1.0, section 5)."""
        raise NotImplementedError

    @property
    def qualified_name(self) -> str:
        """The name with its prefix, as written."""
        return f"{self.prefix}:{self.name}" if self.prefix else self.name

    def root(self) -> Node:
        """The document, or the topmost element of a detached tree."""
        node: Node = self
        while node.parent is not None:
            node = node.parent
        return node


class Text(Node):
    """A run of character data, CDATA included."""

    __slots__ = ("content",)
    kind = "text"

    def __init__(self, content: str, parent: Element | None = None) -> None:
        super().__init__(parent)
        self.content = content

    @override
    def string_value(self) -> str:
        if isinstance(self.parent, Element) and not self.parent.children:
            return self.parent.text
        return self.content


class Comment(Text):
    """A comment."""

    __slots__ = ()
    kind = "comment"

    @override
    def string_value(self) -> str:
        return self.content


class Instruction(Comment):
    """A processing instruction; `name` is its target."""

    __slots__ = ("name",)
    kind = "processing-instruction"

    def __init__(self, target: str, content: str, parent: Element | None = None) -> None:
        super().__init__(content, parent)
        self.name = target


class Attribute(Node):
    """One attribute; `parent` is the element that carries it."""

    __slots__ = ("name", "namespace", "prefix", "value")
    kind = "attribute"

    def __init__(
        self, name: str, value: str, *, namespace: str = "", prefix: str = "", parent: Element | None = None
    ) -> None:
        super().__init__(parent)
        self.name = name
        self.namespace = namespace
        self.prefix = prefix
        self.value = value

    @override
    def string_value(self) -> str:
        return self.value


class NamespaceNode(Attribute):
    """One namespace in scope: `name` is the prefix, `value` the address (XPath 1.0, section 5.4)."""

    __slots__ = ()
    kind = "namespace"


class Document(Node):
    """A whole document.

    Attributes:
        children: the root element, with comments and processing instructions beside it.
        is_static: the document never changes after loading, so look-ups by value may be kept.
        version: grows with every change of structure.
        lookups: results that hold for the current version only; emptied at each change.
    """

    __slots__ = ("children", "is_static", "lookups", "version")
    kind = "document"

    def __init__(self, *, is_static: bool = False) -> None:
        super().__init__(None)
        self.children: list[Node] = []
        self.is_static = is_static
        self.version = 0
        self.lookups: dict[object, Any] = {}

    @property
    def element(self) -> Element:
        """The root element."""
        for child in self.children:
            if isinstance(child, Element):
                return child
        msg = "document without a root element"
        raise ValueError(msg)

    def append(self, child: Node) -> None:
        """Adds the root element, or a comment or instruction beside it."""
        child.parent = self
        self.children.append(child)
        self.structure_changed()

    def structure_changed(self) -> None:
        """Forgets the look-ups; called by every change of structure."""
        self.version += 1
        if self.lookups:
            self.lookups.clear()

    def named(self, name: str) -> Sequence[Element]:
        """The root element in a sequence, where it has this local name."""
        return [child for child in self.children if isinstance(child, Element) and child.name == name]

    @override
    def string_value(self) -> str:
        return collected_text(self)[0]


class Element(Node):
    """One element.

    Attributes:
        name: local name.
        namespace: address of the namespace, empty for none.
        prefix: prefix as written.
        attributes: in document order, namespace declarations left out.
        children: empty for a leaf; otherwise elements, texts, comments and instructions in order. Read only:
            changes go through the methods.
        text: the content of a leaf, ignored where there are children.
        is_repeat: this element is one instance of a repeat, so absolute paths that pass through it from
            inside are bound to it.
        declared: prefix → address as declared on this element, None where it declares none.
    """

    __slots__ = (
        "_index", "_text_node", "attributes", "children", "declared", "is_repeat", "name", "namespace", "prefix",
        "text",
    )  # fmt: skip
    kind = "element"

    def __init__(
        self,
        name: str,
        *,
        namespace: str = "",
        prefix: str = "",
        text: str = "",
        parent: Element | Document | None = None,
    ) -> None:
        self.parent = parent
        self.hidden = False
        self.name = name
        self.namespace = namespace
        self.prefix = prefix
        self.text = text
        self.attributes: Sequence[Attribute] = NO_ATTRIBUTES
        self.children: Sequence[Node] = NO_CHILDREN
        self.is_repeat = False
        self.declared: Mapping[str, str] | None = None
        self._index: dict[str, list[Element]] | None = None
        self._text_node: Text | None = None

    def append(self, child: Node) -> None:
        """Adds a child at the end."""
        self.insert(len(self.children), child)

    def insert(self, position: int, child: Node) -> None:
        """Adds a child before the child that stands at `position` (0-based)."""
        child.parent = self
        if self.children is NO_CHILDREN:
            self.children = [child]
        else:
            cast("list[Node]", self.children).insert(position, child)
        self.structure_changed()

    def remove(self, child: Node) -> None:
        """Takes a child out; it is then the root of a detached tree."""
        for position, candidate in enumerate(self.children):
            if candidate is child:
                del cast("list[Node]", self.children)[position]
                break
        else:
            msg = "not a child of this element"
            raise ValueError(msg)
        child.parent = None
        self.structure_changed()

    def replace_children(self, children: Iterable[Node]) -> None:
        """Takes these children in this order, for example after repeat instances were reordered."""
        self.children = list(children)
        for child in self.children:
            child.parent = self
        self.structure_changed()

    def structure_changed(self) -> None:
        """Forgets the look-ups of this element and of its document."""
        self._index = None
        root = self.root()
        if isinstance(root, Document):
            root.structure_changed()

    def named(self, name: str) -> Sequence[Element]:
        """The child elements with this local name, in document order; read only."""
        index = self._index
        if index is not None:
            return index.get(name, _NO_ELEMENTS)
        children = self.children
        if len(children) < _INDEX_FROM:
            return [child for child in children if child.name == name and isinstance(child, Element)]
        index = {}
        for child in children:
            if isinstance(child, Element):
                index.setdefault(child.name, []).append(child)
        self._index = index
        return index.get(name, _NO_ELEMENTS)

    def named_in(self, nodes: Sequence[Any], name: str) -> Sequence[Element]:
        """The child elements with this local name of several nodes, of which this is the first."""
        return [
            child
            for node in nodes
            for child in (node.named(name) if len(node.children) > _FEW_CHILDREN else node.children)
            if child.name == name and child.kind == "element"
        ]

    def own_place(self) -> int:
        """The place among the siblings of the same name, from 1, where the element itself knows it; else 0."""
        return 0

    def child(self, name: str) -> Element | None:
        """The first child element with this local name."""
        found = self.named(name)
        return found[0] if found else None

    def cell_text(self, name: str) -> str | None:
        """The text of the first child element with this local name, None where there is none."""
        child = self.child(name)
        return None if child is None else child.string_value()

    def cells(self) -> Iterator[tuple[str, str]]:
        """Name and text of the child elements that hold no elements themselves."""
        return ((child.name, child.text) for child in self.elements() if not child.children)

    def elements(self) -> Iterator[Element]:
        """The child elements in document order."""
        for child in self.children:
            if isinstance(child, Element):
                yield child

    def attribute(self, name: str, namespace: str = "") -> Attribute | None:
        """The attribute with this name, or None."""
        for attribute in self.attributes:
            if attribute.name == name and attribute.namespace == namespace:
                return attribute
        return None

    def get(self, name: str, default: str = "", *, namespace: str = "") -> str:
        """The value of an attribute, or `default`."""
        attribute = self.attribute(name, namespace)
        return default if attribute is None else attribute.value

    def nodes(self) -> Sequence[Node]:
        """The children as XPath sees them: a leaf's text is one text node."""
        if self.children or not self.text:
            return self.children
        node = self._text_node
        if node is None:
            node = self._text_node = Text(self.text, self)
        return (node,)

    @override
    def string_value(self) -> str:
        return collected_text(self)[0] if self.children else self.text

    def namespaces_in_scope(self) -> dict[str, str]:
        """Prefix → address of every namespace in scope, ``xml`` included; ``""`` is the default namespace."""
        scope: dict[str, str] = {}
        node: Node | None = self
        while isinstance(node, Element):
            for prefix, address in (node.declared or {}).items():
                scope.setdefault(prefix, address)
            node = node.parent
        scope["xml"] = XML_NAMESPACE
        return {prefix: address for prefix, address in scope.items() if address}


_NO_ELEMENTS: tuple[Element, ...] = ()


def collected_text(top: Document | Element) -> tuple[str, int]:
    """All text below a node in document order, without what is not relevant; and the number of nodes walked."""
    parts: list[str] = []
    stack: list[Node] = [top]
    walked = 0
    while stack:
        node = stack.pop()
        walked += 1
        if isinstance(node, Element) and not node.children:
            if not node.hidden:
                parts.append(node.text)
        elif isinstance(node, (Element, Document)):
            stack.extend(reversed(node.children))
        elif node.kind == "text":
            parts.append(node.string_value())
    return "".join(parts), walked
