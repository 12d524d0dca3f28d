"""The only place where XML from outside is parsed: no doctype, no entities, no network, bounded size and depth.

Every form, instance, bundle part and submission passes through `parse_xml`. A document type declaration is
refused outright, because nothing in the ODK formats needs one and every known attack on XML parsers does.
"""

from dataclasses import dataclass
from typing import cast

from lxml import etree

from roadmapdesk.errors import Message, RoadmapDeskError
from roadmapdesk.i18n import N_

MAX_XML_BYTES = 64 * 1024 * 1024
MAX_XML_DEPTH = 200
MAX_XML_NODES = 2_000_000
MAX_XML_ATTRIBUTES = 1_000

XML_TOO_LARGE = Message("xml.too_large", N_("The document has {size} bytes; at most {limit} are read."))
XML_DOCTYPE = Message(
    "xml.doctype", N_("The document declares a document type or entities. Such documents are not opened.")
)
XML_TOO_DEEP = Message("xml.too_deep", N_("The document is nested deeper than {limit} levels."))
XML_TOO_MANY_NODES = Message("xml.too_many_nodes", N_("The document has more than {limit} elements."))
XML_TOO_MANY_ATTRIBUTES = Message(
    "xml.too_many_attributes", N_("An element of the document has more than {limit} attributes.")
)
XML_BROKEN = Message("xml.broken", N_("The document is not well-formed XML (line {line}, column {column})."))


class XmlError(RoadmapDeskError, ValueError):
    """XML that is broken, hostile or larger than the limits."""


@dataclass(frozen=True, slots=True)
class XmlLimits:
    """What one document may cost.

    Attributes:
        max_bytes: size of the document.
        max_depth: levels of nested elements; the root is level 1.
        max_nodes: number of elements.
    """

    max_bytes: int = MAX_XML_BYTES
    max_depth: int = MAX_XML_DEPTH
    max_nodes: int = MAX_XML_NODES


def parse_xml(data: bytes | str, limits: XmlLimits | None = None) -> etree._Element:
    """The root element of a harmless document.

    Comments and processing instructions are kept; character data and CDATA sections are merged.

    Raises:
        XmlError: for broken XML, any document type declaration or entity, and documents beyond the limits.

    Source: ODK XForms specification, "Structure"; XML 1.0, section 2.8.
    """
    allowed = limits or XmlLimits()
    raw = data.encode("utf-8") if isinstance(data, str) else bytes(data)
    if len(raw) > allowed.max_bytes:
        raise XmlError(XML_TOO_LARGE, size=len(raw), limit=allowed.max_bytes)
    if isinstance(data, str):
        raw = _without_declaration(raw)
    _refuse_doctype(raw)
    if raw.count(b"<") - raw.count(b"</") > allowed.max_nodes:
        raise XmlError(XML_TOO_MANY_NODES, limit=allowed.max_nodes)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False,
        strip_cdata=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(raw, parser)
    except etree.XMLSyntaxError as error:
        line, column = error.position
        if "xcessive depth" in str(error):
            raise XmlError(XML_TOO_DEEP, limit=allowed.max_depth) from error
        raise XmlError(XML_BROKEN, line=line, column=column) from error
    document = root.getroottree().docinfo
    if document.internalDTD is not None:
        raise XmlError(XML_DOCTYPE)
    _check_shape(root, allowed)
    return root


def _without_declaration(raw: bytes) -> bytes:
    """The text without its XML declaration, whose encoding no longer holds once the text is a `str`."""
    text = raw.lstrip(b"\xef\xbb\xbf \t\r\n")
    if not text.startswith(b"<?xml"):
        return text
    _declaration, separator, rest = text.partition(b"?>")
    return rest if separator else text


def _refuse_doctype(raw: bytes) -> None:
    """Refuses a doctype before any parser sees it, in the encodings whose markup is readable bytewise."""
    head = raw[:200_000].replace(b"\x00", b"")
    start = head.find(b"<!DOCTYPE")
    if start >= 0 and not _inside_content(head, start):
        raise XmlError(XML_DOCTYPE)


def _inside_content(head: bytes, position: int) -> bool:
    """Whether `position` lies after the start of the root element or inside a leading comment."""
    index = 0
    while index < position:
        index = head.find(b"<", index)
        if index < 0 or index >= position:
            return False
        if head.startswith(b"<!--", index):
            end = head.find(b"-->", index)
            if end < 0 or end > position:
                return True
            index = end + 3
        elif head.startswith(b"<?", index):
            end = head.find(b"?>", index)
            if end < 0 or end > position:
                return True
            index = end + 2
        else:
            return True
    return False


def _check_shape(root: etree._Element, limits: XmlLimits) -> None:
    """Refuses documents that are too deep or too large; the library's own paths count faster than Python."""
    if root.xpath("boolean(" + "/*" * (limits.max_depth + 1) + ")"):
        raise XmlError(XML_TOO_DEEP, limit=limits.max_depth)
    if cast("float", root.xpath("count(//*)")) > limits.max_nodes:
        raise XmlError(XML_TOO_MANY_NODES, limit=limits.max_nodes)
    if root.xpath(f"boolean(//*[@*[{MAX_XML_ATTRIBUTES + 1}]])"):
        raise XmlError(XML_TOO_MANY_ATTRIBUTES, limit=MAX_XML_ATTRIBUTES)
    if next(root.iter(etree.Entity), None) is not None:
        raise XmlError(XML_DOCTYPE)
