"""The thirteen axes, node tests and document order (XPath 1.0, sections 2.2, 2.3 and 5)."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from roadmapdesk.xforms.tree import Attribute, Document, Element, NamespaceNode, Node
from roadmapdesk.xforms.xpath.context import Budget
from roadmapdesk.xforms.xpath.errors import UNKNOWN_PREFIX, XPathError
from roadmapdesk.xforms.xpath.syntax import NodeTest

Axis = Callable[[Node], Sequence[Node]]
Matches = Callable[[Node], bool]

REVERSE = frozenset({"ancestor", "ancestor-or-self", "preceding", "preceding-sibling", "parent"})


def children_of(node: Node) -> Sequence[Node]:
    """The children as XPath sees them."""
    if isinstance(node, Element):
        return node.nodes()
    return node.children if isinstance(node, Document) else ()


def _parent(node: Node) -> Sequence[Node]:
    return () if node.parent is None else (node.parent,)


def _ancestors(node: Node) -> Sequence[Node]:
    found: list[Node] = []
    parent = node.parent
    while parent is not None:
        found.append(parent)
        parent = parent.parent
    return found


def descendants_of(node: Node) -> list[Node]:
    """All descendants in document order, without the node itself."""
    found: list[Node] = []
    stack = list(reversed(children_of(node)))
    while stack:
        top = stack.pop()
        found.append(top)
        if isinstance(top, Element):
            stack.extend(reversed(top.nodes()))
    return found


def _siblings(node: Node) -> Sequence[Node]:
    if node.parent is None or isinstance(node, Attribute):
        return ()
    return children_of(node.parent)


def _place(node: Node, siblings: Sequence[Node]) -> int:
    return next((index for index, sibling in enumerate(siblings) if sibling is node), -1)


def _following_siblings(node: Node) -> Sequence[Node]:
    siblings = _siblings(node)
    return siblings[_place(node, siblings) + 1 :] if siblings else ()


def _preceding_siblings(node: Node) -> Sequence[Node]:
    siblings = _siblings(node)
    return list(reversed(siblings[: max(_place(node, siblings), 0)])) if siblings else ()


def _following(node: Node) -> Sequence[Node]:
    found: list[Node] = []
    if isinstance(node, Attribute) and node.parent is not None:
        found.extend(descendants_of(node.parent))
        node = node.parent
    while node.parent is not None:
        for sibling in _following_siblings(node):
            found.append(sibling)
            found.extend(descendants_of(sibling))
        node = node.parent
    return found


def _preceding(node: Node) -> Sequence[Node]:
    found: list[Node] = []
    if isinstance(node, Attribute) and node.parent is not None:
        node = node.parent
    while node.parent is not None:
        for sibling in _preceding_siblings(node):
            found.extend(reversed(descendants_of(sibling)))
            found.append(sibling)
        node = node.parent
    return found


def _attributes(node: Node) -> Sequence[Node]:
    return node.attributes if isinstance(node, Element) else ()


def _namespaces(node: Node) -> Sequence[Node]:
    if not isinstance(node, Element):
        return ()
    scope = node.namespaces_in_scope()
    return [NamespaceNode(prefix, address, parent=node) for prefix, address in scope.items()]


AXIS: Mapping[str, Axis] = {
    "self": lambda node: (node,),
    "child": children_of,
    "parent": _parent,
    "ancestor": _ancestors,
    "ancestor-or-self": lambda node: [node, *_ancestors(node)],
    "descendant": descendants_of,
    "descendant-or-self": lambda node: [node, *descendants_of(node)],
    "following": _following,
    "following-sibling": _following_siblings,
    "preceding": _preceding,
    "preceding-sibling": _preceding_siblings,
    "attribute": _attributes,
    "namespace": _namespaces,
}
"""Axis name → the nodes on it in axis order, nearest first on reverse axes."""


def node_test(axis: str, test: NodeTest, namespaces: Mapping[str, str], *, strict: bool) -> Matches:
    """A test for nodes on an axis.

    Args:
        axis: decides the principal node type.
        test: what the step names.
        namespaces: prefix → address as declared around the expression.
        strict: a name without prefix means no namespace, as in XPath 1.0; otherwise any namespace, because forms
            write ``/data/meta`` for nodes of several namespaces.

    Raises:
        XPathError: for a prefix that is not declared, where `strict`.
    """
    if test.kind == "node":
        return lambda node: True  # noqa: ARG005 — a test that all nodes pass
    if test.kind != "name":
        kind = test.kind
        target = test.name
        if target == "*":
            return lambda node: node.kind == kind
        return lambda node: node.kind == kind and node.name == target
    principal = {"attribute": "attribute", "namespace": "namespace"}.get(axis, "element")
    return _name_test(principal, test, namespaces, strict=strict)


def _name_test(principal: str, test: NodeTest, namespaces: Mapping[str, str], *, strict: bool) -> Matches:
    name = test.name
    if test.prefix:
        address = namespaces.get(test.prefix)
        if address is None:
            if strict:
                raise XPathError(UNKNOWN_PREFIX, prefix=test.prefix)
            prefix = test.prefix
            return lambda node: node.kind == principal and node.prefix == prefix and (name in ("*", node.name))
        return lambda node: node.kind == principal and node.namespace == address and (name in ("*", node.name))
    if name == "*":
        return lambda node: node.kind == principal
    if strict:
        return lambda node: node.name == name and node.kind == principal and not node.namespace
    return lambda node: node.name == name and node.kind == principal


def _walk(root: Node) -> Iterator[Node]:
    yield root
    yield from descendants_of(root)


def in_document_order(nodes: Sequence[Node], budget: Budget) -> list[Node]:
    """The nodes without duplicates, sorted as they stand in their documents (XPath 1.0, section 5)."""
    unique = list({id(node): node for node in nodes}.values())
    if len(unique) < 2:
        return unique
    order: dict[int, int] = {}
    for root in {id(top): top for top in (node.root() for node in unique)}.values():
        for node in _walk(root):
            order[id(node)] = len(order)
    budget.spend(len(order))

    def key(node: Node) -> tuple[int, int, int]:
        if isinstance(node, Attribute) and isinstance(node.parent, Element):
            place = _place(node, node.parent.attributes)
            return order[id(node.parent)], 1 if place < 0 else 2, place
        return order[id(node)], 0, 0

    return sorted(unique, key=key)
