"""Finds the nodes that the case files name by locators such as ``/*[1]/*[2]/text()[1]``."""

import re

from roadmapdesk.xforms.tree import Attribute, Comment, Document, Element, Instruction, Node, Text

_STEP = re.compile(
    r"/(?:\*\[(?P<element>\d+)\]|text\(\)\[(?P<text>\d+)\]|comment\(\)\[(?P<comment>\d+)\]"
    r"|processing-instruction\(\)\[(?P<instruction>\d+)\]"
    r"|@\*\[local-name\(\)='(?P<local>[^']*)' and namespace-uri\(\)='(?P<uri>[^']*)'\]|@(?P<attribute>[^/]+))"
)


def locate(document: Document, locator: str) -> Node:
    """The node behind a locator; `LookupError` where the document has none."""
    node: Node = document
    position = 0
    while position < len(locator) and locator != "/":
        match = _STEP.match(locator, position)
        if match is None:
            msg = f"no locator: {locator}"
            raise LookupError(msg)
        node = _step(node, match)
        position = match.end()
    return node


def same_node(found: Node, wanted: Node) -> bool:
    """Whether two views are one node; attributes and texts may be made anew by each look."""
    if found is wanted:
        return True
    if isinstance(wanted, Attribute) and isinstance(found, Attribute):
        return found.parent is wanted.parent and (found.name, found.namespace) == (wanted.name, wanted.namespace)
    if type(found) is Text and type(wanted) is Text:
        return found.parent is wanted.parent and found.string_value() == wanted.string_value()
    return False


def _step(node: Node, match: re.Match[str]) -> Node:
    if match["element"]:
        return _nth(node, int(match["element"]), lambda child: isinstance(child, Element))
    if match["text"]:
        return _nth(node, int(match["text"]), lambda child: type(child) is Text)
    if match["comment"]:
        return _nth(node, int(match["comment"]), lambda child: type(child) is Comment)
    if match["instruction"]:
        return _nth(node, int(match["instruction"]), lambda child: isinstance(child, Instruction))
    if match["local"] is not None:
        return _attribute(node, match["local"], match["uri"])
    return _attribute(node, match["attribute"].rpartition(":")[2], None)


def _nth(node: Node, number: int, fits) -> Node:
    children = node.nodes() if isinstance(node, Element) else getattr(node, "children", ())
    return [child for child in children if fits(child)][number - 1]


def _attribute(node: Node, name: str, uri: str | None) -> Node:
    if isinstance(node, Element):
        if uri == "http://www.w3.org/2000/xmlns/":
            return _declaration(node, name)
        for attribute in node.attributes:
            if attribute.name == name and uri in {None, attribute.namespace}:
                return attribute
    msg = f"no attribute {name}"
    raise LookupError(msg)


def _declaration(node: Element, name: str) -> Node:
    """A namespace declaration counts as an attribute in browsers' documents, never in XPath's."""
    return Attribute(name, (node.declared or {}).get(name, ""), parent=node)
