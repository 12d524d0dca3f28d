"""Lists that stand in the form itself: as plain rows where they are a table, else as XML; and the documents of them.

Source: ODK XForms specification, "Secondary Instances – Internal".
"""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

from lxml import etree

from roadmapdesk.xforms.pausing import collector_paused
from roadmapdesk.xforms.rows import document_of_rows
from roadmapdesk.xforms.safe_xml import parse_xml
from roadmapdesk.xforms.tree import Attribute, Document, Element

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from roadmapdesk.xforms.definition.data import InstanceData, RowsData
    from roadmapdesk.xforms.tree import Node

XFORMS = "http://www.w3.org/2002/xforms"
LIST = re.compile(r"\s*(?:randomize\(\s*)?instance\(\s*['\"]([^'\"]+)['\"]\s*\)")
"""The name of the list that a select takes its choices from."""
_WHOLE = re.compile(r"\s*instance\(\s*(['\"])([^'\"]+)\1\s*\)/([\w.\-]+)/([\w.\-]+)\s*\Z")
"""All rows of a list: its name, its root and its rows."""
_NO_TABLE = etree.XPath("boolean(.//@*) or */*/* or *[not(*)] or .//comment() or .//processing-instruction()")
"""Attributes, further levels, rows without cells, or comments: kept as XML. (``*//@*`` would be quadratic.)"""


def write_list(root: etree._Element, data: InstanceData) -> None:
    """Enters the content of a list into the data of its instance."""
    rows = _rows(root)
    if rows is None:
        data["xml"] = etree.tostring(root, encoding="unicode", with_tail=False)
    else:
        data["rows"] = rows


def _rows(root: etree._Element) -> RowsData | None:
    """The rows of a list in which each row has some of the same cells in the same order; None for all others."""
    if not len(root) or _NO_TABLE(root):
        return None
    columns: dict[str, int] = {}
    cells: list[list[str | None]] = []
    layouts: dict[tuple[str, ...], list[int]] = {}
    first = root[0].tag
    for item in root:
        inner = list(item)
        tags = (item.tag, *[cell.tag for cell in inner])
        places = layouts.get(tags)
        if places is None:
            for tag in tags[1:]:
                columns.setdefault(tag, len(columns))
            places = layouts[tags] = [columns[tag] for tag in tags[1:]]
            is_ordered = all(before < after for before, after in itertools.pairwise(places))
            if tags[0] != first or not is_ordered or any(each.prefix for each in (root, item, *inner)):
                return None
        row: list[str | None] = [None] * len(columns)
        for place, cell in zip(places, inner, strict=True):
            row[place] = cell.text or ""
        cells.append(row)
    names = [split_tag(str(tag)) for tag in (root.tag, first, *columns)]
    if any(namespace for namespace, _name in names) or len(set(names[2:])) < len(columns):
        return None
    for row in cells:
        row.extend([None] * (len(columns) - len(row)))
    found = [name for _namespace, name in names]
    return {"root": found[0], "item": found[1], "columns": found[2:], "cells": cells}


def is_inline(data: InstanceData) -> bool:
    """Whether the form itself holds the list, perhaps beside the address of a file."""
    return "rows" in data or "xml" in data


def own_lists(instances: Iterable[InstanceData]) -> dict[str, InstanceData]:
    """Name → list, of those that stand in the form alone, without the address of a file."""
    found: dict[str, InstanceData] = {}
    for data in instances:
        if "src" in data:
            found.pop(data["id"], None)
        elif is_inline(data):
            found[data["id"]] = data
    return found


def inline_document(data: InstanceData) -> Document:
    """The document of a list that stands in the form itself, an empty one where there is none.

    Raises:
        XmlError: a cached form that was tampered with.
    """
    rows = data.get("rows")
    if rows is not None:
        with collector_paused():
            return document_of_rows(rows["root"], rows["item"], rows["columns"], rows["cells"])
    if "xml" not in data:
        return empty_document()
    document = Document(is_static=True)
    document.append(element_of(parse_xml(data["xml"])))
    return document


def texts_of(data: InstanceData, name: str) -> frozenset[str]:
    """What stands in the cells called `name` of a list that stands in the form itself."""
    rows = data.get("rows")
    if rows is None:
        return frozenset(element.string_value() for element in _below(inline_document(data)) if element.name == name)
    if name not in rows["columns"]:
        return frozenset()
    place = rows["columns"].index(name)
    return frozenset(row[place] or "" for row in rows["cells"])


def places_of(lists: Mapping[str, InstanceData], nodeset: str, column: str) -> dict[str, int] | None:
    """Code → place for an itemset of all rows of one list in the form itself; None for every other itemset."""
    match = _WHOLE.match(nodeset)
    if match is None:
        return None
    data = lists.get(match[2])
    rows = None if data is None else data.get("rows")
    if rows is None or (rows["root"], rows["item"]) != (match[3], match[4]) or column not in rows["columns"]:
        return None
    place = rows["columns"].index(column)
    return {row[place] or "": index for index, row in enumerate(rows["cells"])}


def _below(document: Document) -> Iterator[Element]:
    """All elements of a document, in no order."""
    stack = [child for child in document.children if isinstance(child, Element)]
    while stack:
        element = stack.pop()
        yield element
        stack.extend(element.elements())


def empty_document() -> Document:
    """A document with nothing but a root."""
    document = Document(is_static=True)
    document.append(Element("root"))
    return document


def element_of(source: etree._Element) -> Element:
    """A detached copy of an element without comments and without white space between children."""
    with collector_paused():
        return _copied(source, {})


def _copied(source: etree._Element, names: dict[str, tuple[str, str]]) -> Element:
    """See `element_of`; `names` remembers the parts of tags, because a list has few and repeats them."""
    tag = str(source.tag)
    parts = names.get(tag)
    if parts is None:
        parts = names[tag] = split_tag(tag)
    element = Element(parts[1], namespace=parts[0], prefix=source.prefix or "")
    if source.attrib:
        element.attributes = _attributes(source, element)
    children: list[Node] = []
    for child in source:
        if child.tag.__class__ is str:
            copied = _copied(child, names)
            copied.parent = element
            children.append(copied)
    if children:
        element.children = children
    else:
        element.text = source.text or ""
    return element


def _attributes(source: etree._Element, element: Element) -> tuple[Attribute, ...]:
    prefixes = {address: prefix for prefix, address in source.nsmap.items() if prefix}
    found = []
    for key, value in source.items():
        space, local = split_tag(str(key))
        found.append(Attribute(local, str(value), namespace=space, prefix=prefixes.get(space, ""), parent=element))
    return tuple(found)


def split_tag(tag: str) -> tuple[str, str]:
    """Namespace and local name of a tag as lxml writes it; the form's own namespace counts as none."""
    if not tag.startswith("{"):
        return "", tag
    namespace, _brace, name = tag[1:].partition("}")
    return ("" if namespace == XFORMS else namespace), name
