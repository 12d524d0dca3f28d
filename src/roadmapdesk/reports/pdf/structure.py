"""The structure tree of a tagged PDF: what each piece of a page is, in reading order.

Source: ISO 32000-1, 14.7 and 14.8; ISO 14289-1.
"""

from collections.abc import Mapping
from typing import Any, TypeAlias

from reportlab.pdfbase import pdfdoc

LANGUAGE_TAGS = {"de": "de-DE", "en": "en-GB"}

PdfThing: TypeAlias = Any
"""An object of reportlab, which comes without types; it is only handed on."""


class _MarkedContent:
    """A piece of a page's content, known by its number on that page."""

    def __init__(self, number: int, page: PdfThing) -> None:
        self.number = number
        self.page = page

    def reference(self, _document: PdfThing) -> PdfThing:
        return pdfdoc.PDFDictionary({"Type": pdfdoc.PDFName("MCR"), "Pg": self.page, "MCID": self.number})


class _Annotation:
    """A link annotation that belongs to an element."""

    def __init__(self, annotation: PdfThing, page: PdfThing) -> None:
        self.annotation = annotation
        self.page = page

    def reference(self, _document: PdfThing) -> PdfThing:
        return pdfdoc.PDFDictionary({"Type": pdfdoc.PDFName("OBJR"), "Obj": self.annotation, "Pg": self.page})


class Element(pdfdoc.PDFObject):  # type: ignore[misc]  # — reportlab is untyped
    """One element of the structure tree, for example a paragraph or a table cell.

    Args:
        tag: a standard structure type: ``P``, ``H1``, ``TD`` …
        parent: the element that holds it; only the root has none.
        attributes: further entries of its dictionary.
    """

    __RefOnly__ = 1

    def __init__(self, tag: str, parent: "Element | None", attributes: Mapping[str, Any] | None = None) -> None:
        self.tag = tag
        self.parent = parent
        self.attributes = dict(attributes or {})
        self.kids: list[Any] = []
        if parent is not None:
            parent.kids.append(self)

    def add_content(self, number: int, page: PdfThing) -> None:
        """Takes the marked content `number` of `page` as its next kid."""
        self.kids.append(_MarkedContent(number, page))

    def add_annotation(self, annotation: PdfThing, page: PdfThing) -> None:
        """Takes a link annotation as its next kid."""
        self.kids.append(_Annotation(annotation, page))

    def reference(self, document: PdfThing) -> PdfThing:
        """How a parent names this element."""
        return document.Reference(self)

    def drop_empty(self) -> bool:
        """Removes elements without content below; returns whether this one has any. Cells may be empty."""
        self.kids = [kid for kid in self.kids if not isinstance(kid, Element) or kid.drop_empty()]
        return bool(self.kids) or self.tag in {"TD", "TH"}

    def format(self, document: PdfThing) -> bytes:
        """The element as PDF bytes."""
        assert self.parent is not None, "the root writes itself"
        entries: dict[str, Any] = {
            "Type": pdfdoc.PDFName("StructElem"),
            "S": pdfdoc.PDFName(self.tag),
            "P": self.parent.reference(document),
        }
        if self.kids:
            entries["K"] = pdfdoc.PDFArray([kid.reference(document) for kid in self.kids])
        entries.update(self.attributes)
        data: bytes = pdfdoc.PDFDictionary(entries).format(document)
        return data


class StructureTree(Element):
    """The root of the tree, with the table that leads from a page's content back to its elements."""

    def __init__(self) -> None:
        super().__init__("StructTreeRoot", None)
        self.document = Element("Document", self)
        self._owners: list[list[Element] | Element] = []

    def new_page(self) -> int:
        """The key of a new page in the parent tree."""
        self._owners.append([])
        return len(self._owners) - 1

    def new_content(self, page_key: int, element: Element) -> int:
        """The number of the next marked content on this page, which belongs to `element`."""
        owners = self._owners[page_key]
        assert isinstance(owners, list), "a page key leads to a list"
        owners.append(element)
        return len(owners) - 1

    def new_annotation(self, element: Element) -> int:
        """The key of an annotation in the parent tree."""
        self._owners.append(element)
        return len(self._owners) - 1

    def format(self, document: PdfThing) -> bytes:
        """The root as PDF bytes."""
        numbers: list[Any] = []
        for key, owners in enumerate(self._owners):
            if isinstance(owners, list):
                numbers += [key, pdfdoc.PDFArray([owner.reference(document) for owner in owners])]
            else:
                numbers += [key, owners.reference(document)]
        entries = {
            "Type": pdfdoc.PDFName("StructTreeRoot"),
            "K": pdfdoc.PDFArray([kid.reference(document) for kid in self.kids]),
            "ParentTree": pdfdoc.PDFDictionary({"Nums": pdfdoc.PDFArray(numbers)}),
            "ParentTreeNextKey": len(self._owners),
        }
        data: bytes = pdfdoc.PDFDictionary(entries).format(document)
        return data


def text_attribute(text: str) -> PdfThing:
    """A text as the value of an entry, for example an alternative text."""
    return pdfdoc.PDFString(text)


def language_attributes(code: str) -> Mapping[str, Any]:
    """Attributes of a text in another language than the document's; none for an empty code."""
    return {"Lang": pdfdoc.PDFString(LANGUAGE_TAGS[code])} if code else {}


def header_scope(scope: str) -> Mapping[str, Any]:
    """Attributes of a header cell: it names its ``Column`` or its ``Row``."""
    return {"A": pdfdoc.PDFDictionary({"O": pdfdoc.PDFName("Table"), "Scope": pdfdoc.PDFName(scope)})}


def figure_attributes(alternative: str, box: tuple[float, float, float, float]) -> Mapping[str, Any]:
    """Attributes of a figure: its alternative text and its box (left, bottom, right, top) on the page."""
    layout = {"O": pdfdoc.PDFName("Layout"), "Placement": pdfdoc.PDFName("Block"), "BBox": pdfdoc.PDFArray(box)}
    return {"Alt": pdfdoc.PDFString(alternative), "A": pdfdoc.PDFDictionary(layout)}
