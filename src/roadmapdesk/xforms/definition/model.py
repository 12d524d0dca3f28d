"""All fields of a form, numbered and laid out in scopes, with the instances and templates that sessions copy."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from roadmapdesk.xforms.definition.nodes import JAVAROSA_NAMESPACE, ModelNode, Proto, ScopeShape

if TYPE_CHECKING:
    from roadmapdesk.xforms.definition.data import TreeData


class Model:
    """All fields of a form.

    Attributes:
        root: the root element.
        nodes: every node, parents first.
        proto: the first instance as the form gives it.
        instance_id: the field of the record's identity.
        deprecated_id: the field of the identity that the record replaces; its element exists only then.
    """

    def __init__(self, tree: TreeData, repeats: set[str]) -> None:
        self.root = ModelNode((tree[0], tree[1], tree[2]), None)
        self.nodes: list[ModelNode] = []
        self.by_path: dict[str, ModelNode] = {}
        self._merge(self.root, tree, repeats)
        self.instance_id, self.deprecated_id = self._identity()
        self._number()
        self.proto = self._proto(self.root, tree)
        self._templates(self.root, tree)

    def find(self, path: str) -> ModelNode | None:
        """The node with this path, prefixes optional."""
        steps = [step for step in path.split("/") if step]
        if not steps:
            return None
        node: ModelNode | None = self.root
        if steps[0] not in {self.root.name, "*"} and steps[0].rpartition(":")[2] != self.root.local:
            return None
        for step in steps[1:]:
            if node is None:
                return None
            node = node.child(step)
        return node

    def _identity(self) -> tuple[ModelNode | None, ModelNode | None]:
        meta = self.root.child("meta")
        identity = None if meta is None else meta.child("instanceID")
        if meta is None or identity is None:
            return None, None
        deprecated = meta.child("deprecatedID")
        if deprecated is None:
            deprecated = ModelNode(("deprecatedID", identity.namespace, identity.prefix), meta)
            meta.children[deprecated.name] = deprecated
        return identity, deprecated

    def _merge(self, node: ModelNode, tree: TreeData, repeats: set[str]) -> None:
        for local, namespace, prefix, _value in tree[3]:
            if namespace == JAVAROSA_NAMESPACE and local == "template":
                continue
            child = ModelNode((local, namespace, prefix), node, attribute=True)
            node.children.setdefault(child.name, child)
        if isinstance(tree[4], str):
            return
        node.is_leaf = False
        counts: dict[str, int] = {}
        for part in tree[4]:
            qualified = f"{part[2]}:{part[0]}" if part[2] else part[0]
            child = node.children.get(qualified) or ModelNode((part[0], part[1], part[2]), node)
            node.children[qualified] = child
            counts[qualified] = counts.get(qualified, 0) + 1
            if is_template(part) or counts[qualified] > 1 or child.path in repeats:
                child.is_repeat = True
            self._merge(child, part, repeats)

    def _number(self) -> None:
        self.root.shape = ScopeShape()
        for node in self.root.walk():
            node.index = len(self.nodes)
            self.nodes.append(node)
            outer = self.root if node.parent is None else node.parent.scope
            if node.is_repeat:
                node.scope = node
                node.scope_depth = outer.scope_depth + 1
                node.shape = ScopeShape()
                assert outer.shape is not None
                node.range_index = len(outer.shape.ranges)
                outer.shape.ranges.append(node)
            else:
                node.scope = outer
                node.scope_depth = outer.scope_depth
            shape = node.scope.shape
            assert shape is not None
            node.cell = len(shape.cells)
            shape.cells.append(node)
        for node in self.nodes:
            self.by_path.setdefault(node.path, node)
            names = Counter(child.local for child in node.children.values() if not child.is_attribute)
            node.single_cells = {
                child.local: child.cell
                for child in node.children.values()
                if not child.is_attribute and not child.is_repeat and names[child.local] == 1
            }
            if node.shape is not None:
                inner = (*node.shape.cells, *node.shape.ranges)
                node.shape.tails = tuple(each.path[len(node.path) :] for each in inner)

    def _proto(self, node: ModelNode, tree: TreeData) -> Proto:
        attributes = tuple(
            (local, namespace, prefix, value)
            for local, namespace, prefix, value in tree[3]
            if not (namespace == JAVAROSA_NAMESPACE and local == "template")
        )
        if isinstance(tree[4], str):
            text = tree[4] if tree[4].strip() else ""
            node.has_default = node.has_default or bool(text)
            return Proto(node, text, attributes, ())
        children = []
        for part in tree[4]:
            child = node.children[f"{part[2]}:{part[0]}" if part[2] else part[0]]
            if not is_template(part):
                children.append(self._proto(child, part))
        return Proto(node, "", attributes, tuple(children))

    def _templates(self, node: ModelNode, tree: TreeData) -> None:
        """Gives each repeat the template of the form, else its first instance without the texts."""
        if isinstance(tree[4], str):
            return
        for part in tree[4]:
            child = node.children[f"{part[2]}:{part[0]}" if part[2] else part[0]]
            if child.is_repeat and is_template(part):
                child.template = self._proto(child, part)
            elif child.is_repeat and child.template is None:
                child.template = _blank(self._proto(child, part))
            self._templates(child, part)


def _blank(proto: Proto) -> Proto:
    """The same elements without their texts."""
    return Proto(proto.model, "", proto.attributes, tuple(_blank(child) for child in proto.children))


def is_template(tree: TreeData) -> bool:
    """Whether the element carries ``jr:template``."""
    return any(local == "template" and namespace == JAVAROSA_NAMESPACE for local, namespace, _p, _v in tree[3])
