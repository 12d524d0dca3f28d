"""XML text and parsed XML as document trees, for what expressions read."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from lxml import etree

from roadmapdesk.xforms.safe_xml import XmlLimits, parse_xml
from roadmapdesk.xforms.tree import XML_NAMESPACE, Attribute, Comment, Document, Element, Instruction, Text

if TYPE_CHECKING:
    from roadmapdesk.xforms.tree import Node


def parse_document(data: bytes | str, *, is_static: bool = True, limits: XmlLimits | None = None) -> Document:
    """The document of some XML.

    Raises:
        XmlError: as `parse_xml` says.
    """
    return document_from_lxml(parse_xml(data, limits), is_static=is_static)


def document_from_lxml(root: etree._Element, *, is_static: bool = True) -> Document:
    """A document with a copy of an element that was parsed by `parse_xml`, its outer comments included."""
    document = Document(is_static=is_static)
    before = list(root.itersiblings(preceding=True))
    for node in (*reversed(before), root, *root.itersiblings()):
        is_special = isinstance(node, etree._Comment | etree._ProcessingInstruction)
        copied = _special(node) if is_special else element_from_lxml(node)
        if copied is not None:
            document.append(copied)
    return document


def element_from_lxml(source: etree._Element) -> Element:
    """A detached copy of one element with all that is in it; white space between child elements is kept."""
    target = _shallow(source, None)
    pending: list[tuple[etree._Element, Element]] = [(source, target)]
    while pending:
        node, element = pending.pop()
        children = list(node)
        if not children:
            element.text = node.text or ""
            continue
        nodes: list[Node] = [Text(node.text, element)] if node.text else []
        for child in children:
            if isinstance(child.tag, str):
                copied: Node = _shallow(child, node)
                pending.append((child, cast("Element", copied)))
            else:
                copied = cast("Node", _special(child))
            copied.parent = element
            nodes.append(copied)
            if child.tail:
                nodes.append(Text(child.tail, element))
        element.children = nodes
    return target


def _shallow(source: etree._Element, parent: etree._Element | None) -> Element:
    namespace, name = _split(str(source.tag))
    element = Element(name, namespace=namespace, prefix=source.prefix or "")
    if source.attrib:
        prefixes = {address: prefix for prefix, address in source.nsmap.items() if prefix}
        attributes = []
        for key, value in source.attrib.items():
            space, local = _split(str(key))
            prefix = "xml" if space == XML_NAMESPACE else prefixes.get(space, "")
            attributes.append(Attribute(local, str(value), namespace=space, prefix=prefix, parent=element))
        element.attributes = tuple(attributes)
    outer = {} if parent is None else parent.nsmap
    if source.nsmap != outer:
        element.declared = {
            prefix or "": address for prefix, address in source.nsmap.items() if outer.get(prefix) != address
        }
    return element


def _split(tag: str) -> tuple[str, str]:
    if tag.startswith("{"):
        namespace, _brace, name = tag[1:].partition("}")
        return namespace, name
    return "", tag


def _special(source: etree._Element) -> Node | None:
    if isinstance(source, etree._ProcessingInstruction):
        return Instruction(str(source.target), source.text or "")
    if isinstance(source, etree._Comment):
        return Comment(source.text or "")
    return None
