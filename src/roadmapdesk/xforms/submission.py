"""Records as ODK submissions: instance XML out and in.

Source: ODK XForms specification, "Submission"; OpenRosa 1.0 metadata.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from lxml import etree

from roadmapdesk.xforms.safe_xml import parse_xml
from roadmapdesk.xforms.session.elements import LiveAttribute, LiveElement, RepeatRange, Scope

if TYPE_CHECKING:
    from roadmapdesk.xforms.definition.nodes import ModelNode
    from roadmapdesk.xforms.session.core import Core

JAVAROSA = "http://openrosa.org/javarosa"
UPLOAD = "upload"


@dataclass(frozen=True, slots=True)
class Submission:
    """One finished record.

    Attributes:
        xml: the document, UTF-8, relevant fields only.
        instance_id: the record's identity, empty where the form has none.
        instance_name: the name that the form gives the record, or empty.
        deprecated_id: identity of the record that this one replaces, or empty.
        media: names of the files that belong to it, in the order of the form.
    """

    xml: bytes
    instance_id: str
    instance_name: str
    deprecated_id: str
    media: tuple[str, ...]


def write_submission(core: Core) -> Submission:
    """The record of a session; empty fields are written, fields that are not relevant are left out."""
    root = core.live.root.element
    namespaces = {prefix: address for prefix, address in core.live.form.namespaces.items() if prefix}
    media: list[str] = []
    meta: dict[str, str] = {}
    document = _element(root, None, namespaces, media, meta)
    etree.cleanup_namespaces(document, keep_ns_prefixes=["orx"] if "orx" in namespaces else None)
    return Submission(
        etree.tostring(document, encoding="UTF-8", xml_declaration=True),
        meta.get("instanceID", ""), meta.get("instanceName", ""), meta.get("deprecatedID", ""), tuple(media),
    )  # fmt: skip


def _element(
    node: LiveElement,
    parent: etree._Element | None,
    namespaces: dict[str, str],
    media: list[str],
    meta: dict[str, str],
) -> etree._Element:
    tag = f"{{{node.namespace}}}{node.name}" if node.namespace else node.name
    if parent is None:
        scope: dict[str | None, str] = dict(namespaces.items())
        if node.namespace and not node.prefix:
            scope[None] = node.namespace
        made = etree.Element(tag, nsmap=cast("dict[str, str]", scope))  # lxml takes None for the default namespace
    else:
        made = etree.SubElement(parent, tag)
    for attribute in node.attributes:
        if not attribute.hidden and attribute.namespace != JAVAROSA:
            name = f"{{{attribute.namespace}}}{attribute.name}" if attribute.namespace else attribute.name
            made.set(name, _clean(attribute.value))
    if node.model.is_leaf:
        if node.text:
            made.text = _clean(node.text)
            if _is_file(node.model):
                media.append(node.text)
            if node.model.parent is not None and node.model.parent.local == "meta":
                meta[node.name] = node.text
        return made
    for child in node.children:
        if isinstance(child, LiveElement) and not child.hidden:
            _element(child, made, namespaces, media, meta)
    return made


def _is_file(model: ModelNode) -> bool:
    """Whether the field names a file: an upload, a recording in the background, the audit log."""
    is_binary = model.bind is not None and model.bind.get("type") == "binary"
    return is_binary or any(control.tag == UPLOAD for control in model.controls) or _is_audit(model)


def _is_audit(model: ModelNode) -> bool:
    return model.local == "audit" and model.parent is not None and model.parent.local == "meta"


def _clean(text: str) -> str:
    """The text in composed characters and without the control characters that XML cannot hold."""
    text = unicodedata.normalize("NFC", text)
    if text.isprintable():
        return text
    return "".join(
        sign
        for sign in text
        if sign in "\t\n\r" or (sign >= " " and sign not in "\ufffe\uffff" and not 0xD800 <= ord(sign) <= 0xDFFF)
    )


def read_submission(core: Core, xml: bytes, *, replaces: bool) -> None:
    """Fills a new session with a submitted record.

    Args:
        core: the session's parts.
        xml: the record.
        replaces: the session is a new record with an identity of its own, which replaces the one given.

    Raises:
        XmlError: broken or hostile XML.
        ValueError: a record of another form.
    """
    source = parse_xml(xml)
    root = core.live.form.model.root
    if etree.QName(source).localname != root.local:
        msg = "a record of another form"
        raise ValueError(msg)
    _fill(core, core.live.root, core.live.root.element, source)
    if replaces:
        _replace(core)


def _replace(core: Core) -> None:
    model = core.live.form.model
    if model.instance_id is None or model.deprecated_id is None:
        return
    identity = core.live.root.cells[model.instance_id.cell]
    if identity is None:
        return
    if identity.text:
        deprecated = core.live.make(model.deprecated_id, core.live.root)
        if deprecated is not None:
            deprecated.text = identity.text
    bind = model.instance_id.bind or {}
    if not model.instance_id.has_default or "preload" in bind or "calculate" in bind:
        identity.text = f"uuid:{core.live.host.uuid()}"  # a form that fixes its identity keeps it


def _fill(core: Core, scope: Scope, node: LiveElement, source: etree._Element) -> None:
    for attribute in node.attributes:
        if isinstance(attribute, LiveAttribute):
            name = f"{{{attribute.namespace}}}{attribute.name}" if attribute.namespace else attribute.name
            value = source.get(name)
            if value is not None:
                attribute.value = value
    if node.model.is_leaf:
        node.text = source.text or ""
        core.recalculation.circles.restore(node)
        return
    given: dict[str, list[etree._Element]] = {}
    for child in source:
        if isinstance(child.tag, str):
            given.setdefault(etree.QName(child).localname, []).append(child)
    for model in node.model.children.values():
        if model.is_attribute:
            continue
        found = given.get(model.local, [])
        if model.is_repeat:
            _fill_repeat(core, scope.ranges[model.range_index], found)
            continue
        element = core.live.make(model, scope) if found else None
        if isinstance(element, LiveElement):
            _fill(core, scope, element, found[0])


def _fill_repeat(core: Core, repeat: RepeatRange, sources: list[etree._Element]) -> None:
    if repeat.parent_element is None:
        return
    core.live.check_room(repeat, len(sources), len(sources))
    repeat.next_key = 1
    core.repeats.replace(repeat, [repeat.new_key() for _ in sources], ())
    for instance, source in zip(repeat.instances, sources, strict=True):
        _fill(core, instance, instance.element, source)
