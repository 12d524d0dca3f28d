"""A vector picture from a form, made harmless, and the parts of it that are choices (appearance ``image-map``)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from lxml import etree

from roadmapdesk.xforms.safe_xml import XmlLimits, parse_xml

_LIMITS = XmlLimits(max_bytes=5 * 1024 * 1024, max_depth=60, max_nodes=50_000)
_SVG = "{http://www.w3.org/2000/svg}"
_DRAWN = frozenset({
    "svg", "g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan", "title", "desc",
    "defs", "linearGradient", "radialGradient", "stop", "use", "switch",
})  # fmt: skip
_DOCTYPE = re.compile(rb"<!DOCTYPE\s+svg\b[^\[\]>]*>")
_OUTSIDE = re.compile(r"url\s*\((?!\s*['\"]?#)|javascript:|@import|expression\s*\(", re.IGNORECASE)
_OPAQUE = {"fill": "black", "fill-opacity": "1", "opacity": "1", "style": ""}


@dataclass(frozen=True, slots=True)
class SvgMap:
    """A picture whose parts are choices.

    Attributes:
        picture: SVG to be shown.
        masks: the same with the parts filled, so that their insides count as well as their outlines.
        codes: the choices that are parts, by their ids.
    """

    picture: bytes
    masks: bytes
    codes: tuple[str, ...]


def read_svg_map(data: bytes, codes: Iterable[str]) -> SvgMap:
    """The picture with nothing left that runs, loads or moves: no scripts, links, images, fonts and animations.

    Raises:
        XmlError: broken, hostile or too large.
        ValueError: no SVG.
    """
    root = parse_xml(_DOCTYPE.sub(b"", data, count=1), _LIMITS)
    if root.tag != f"{_SVG}svg":
        raise ValueError(root.tag)
    _clean(root)
    ids = {element.get("id") for element in root.iter()}
    known = tuple(code for code in codes if code in ids)
    picture = etree.tostring(root)
    return SvgMap(picture, _masks(picture, set(known)), known)


def _clean(root: etree._Element) -> None:
    """Takes out every element and attribute that is not plain drawing."""
    for element in list(root.iter()):
        tag = str(element.tag)
        parent = element.getparent()
        if parent is not None and not (tag.startswith(_SVG) and tag.removeprefix(_SVG) in _DRAWN):
            parent.remove(element)
            continue
        for key, value in list(element.attrib.items()):
            if not _is_harmless(str(key), str(value)):
                del element.attrib[key]


def _is_harmless(key: str, value: str) -> bool:
    name = key.rpartition("}")[2].lower()
    if name.startswith("on") or name == "base" or _OUTSIDE.search(value):
        return False
    return not (name in {"href", "src"} and not value.startswith("#"))


def _masks(picture: bytes, codes: set[str]) -> bytes:
    root = etree.fromstring(picture)
    for element in root.iter():
        if any(one.get("id") in codes for one in (element, *element.iterancestors())):
            for name, value in _OPAQUE.items():
                element.set(name, value)
    return etree.tostring(root)
