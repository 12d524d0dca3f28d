"""XForm XML → plain data: the model, binds, instances and actions; the body is read in `body`.

Elements are found by their local names, because forms in the wild declare the namespaces in many ways.

Source: ODK XForms specification, "Structure", "Instance", "Bindings".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadmapdesk.xforms.definition.body import parse_action, parse_body
from roadmapdesk.xforms.definition.data import ActionData, BindData, FormData, InstanceData, TreeData
from roadmapdesk.xforms.definition.lists import XFORMS, write_list
from roadmapdesk.xforms.definition.texts import attribute, elements, first, local_name, message_text, parse_itext
from roadmapdesk.xforms.limits import Limits
from roadmapdesk.xforms.problems import (
    DUPLICATE_INSTANCE,
    NOT_A_FORM,
    PLAIN_PRELOAD,
    TOO_MANY_NODES,
    FormError,
    FormProblem,
    Severity,
    problem,
)
from roadmapdesk.xforms.safe_xml import parse_xml

if TYPE_CHECKING:
    from lxml import etree

DATA_FORMAT = 4
"""Grows whenever the plain data changes its shape or what goes into it, so that old caches are left aside."""

OPENROSA = "http://openrosa.org/xforms"
ENTITIES = "http://www.opendatakit.org/xforms/entities"
ACTION_TAGS = ("setvalue", "setgeopoint", "recordaudio")
_EXPRESSIONS = ("relevant", "readonly", "required", "constraint", "calculate")
_KNOWN_BIND = {
    "nodeset", "type", *_EXPRESSIONS, "constraintMsg", "requiredMsg", "preload", "preloadParams", "saveIncomplete",
    "saveto", "id",
}  # fmt: skip


def parse_form(
    xml: bytes | str, *, client_lists: bool = True, limits: Limits | None = None
) -> tuple[FormData, list[FormProblem]]:
    """The form as plain data, with what was found wrong on the way.

    Raises:
        XmlError: broken or hostile XML.
        FormError: no XForm at all.
    """
    html = parse_xml(xml)
    head = first(html, "head")
    body = first(html, "body")
    model = None if head is None else first(head, "model")
    missing = [name for name, node in (("head", head), ("body", body), ("model", model)) if node is None]
    if head is None or body is None or model is None:
        raise FormError([problem(NOT_A_FORM, part=missing[0])])
    instances = list(elements(model, "instance"))
    primary = _primary(instances, limits or Limits())
    problems: list[FormProblem] = []
    title = first(head, "title")
    default, itext = parse_itext(first(model, "itext"))
    submission = first(model, "submission")
    controls, nested = parse_body(body, f"/{local_name(primary)}", problems, client_lists=client_lists)
    tree = tree_data(primary)
    identified = with_identity(tree)
    data = FormData(
        format=DATA_FORMAT,
        title="".join(str(part) for part in title.itertext()).strip() if title is not None else "",
        form_id=primary.get("id") or _xmlns(primary),
        version=attribute(primary, "version") or "",
        style=body.get("class") or "",
        namespaces=_namespaces(html, head, model),
        model=identified,
        identity_added=identified is not tree,
        binds=[_bind(node, problems) for node in elements(model, "bind")],
        body=controls,
        actions=[*_model_actions(model, f"/{local_name(primary)}", problems), *nested],
        default_language=default,
        itext=itext,
        instances=_secondary(instances[1:], problems),
        entities_version=model.get(f"{{{ENTITIES}}}entities-version") or "",
        submission={} if submission is None else {str(k).rpartition("}")[2]: str(v) for k, v in submission.items()},
    )
    return data, problems


def _primary(instances: list[etree._Element], limits: Limits) -> etree._Element:
    """The root element of the first instance, which is what people fill."""
    primary = None if not instances else next(iter(elements(instances[0])), None)
    if primary is None:
        raise FormError([problem(NOT_A_FORM, part="instance")])
    if sum(1 for _node in primary.iter("*")) > limits.nodes:
        raise FormError([problem(TOO_MANY_NODES, limit=limits.nodes)])
    return primary


def tree_data(node: etree._Element) -> TreeData:
    """One element of an instance as plain data; white space between child elements is dropped."""
    namespace, _brace, _name = str(node.tag)[1:].partition("}") if str(node.tag).startswith("{") else ("", "", "")
    children = [tree_data(child) for child in elements(node)]
    prefixes = {address: prefix for prefix, address in node.nsmap.items() if prefix}
    attributes = []
    for key, value in node.attrib.items():
        name = str(key)
        space, _b, local = name[1:].partition("}") if name.startswith("{") else ("", "", name)
        attributes.append((local, space, prefixes.get(space, ""), str(value)))
    text = node.text or ""
    prefix = node.prefix or ""
    if namespace == XFORMS and not prefix:
        namespace = ""  # only inherited from the form around it, and no part of a record
    return (local_name(node), namespace, prefix, attributes, children or text)


def with_identity(tree: TreeData) -> TreeData:
    """The primary instance with a place for the record's identity, which every submission needs.

    Source: OpenRosa metadata schema 1.0.
    """
    children = tree[4] if isinstance(tree[4], list) else []
    meta = next((child for child in children if child[0] == "meta"), None)
    if meta is None:
        identity: TreeData = ("instanceID", OPENROSA, "orx", [], "")
        return (*tree[:4], [*children, ("meta", OPENROSA, "orx", [], [identity])])
    inner = meta[4] if isinstance(meta[4], list) else []
    if any(child[0] == "instanceID" for child in inner):
        return tree
    added: TreeData = (*meta[:4], [*inner, ("instanceID", meta[1], meta[2], [], "")])
    return (*tree[:4], [added if child is meta else child for child in children])


def _xmlns(primary: etree._Element) -> str:
    tag = str(primary.tag)
    return tag[1:].partition("}")[0] if tag.startswith("{") else ""


def _namespaces(*nodes: etree._Element) -> dict[str, str]:
    found: dict[str, str] = {}
    for node in nodes:
        found.update({prefix: address for prefix, address in node.nsmap.items() if prefix})
    return found


def _bind(node: etree._Element, problems: list[FormProblem]) -> BindData:
    data = BindData(nodeset=(node.get("nodeset") or node.get("ref") or "").strip())
    kind = node.get("type")
    if kind:
        data["type"] = kind.strip()
    for name in _EXPRESSIONS:
        expression = attribute(node, name)
        if expression is not None and expression.strip():
            data[name] = expression.strip()  # type: ignore[literal-required] # — one of the names above
    constraint_message = attribute(node, "constraintMsg")
    if constraint_message:
        data["constraint_message"] = message_text(constraint_message)
    required_message = attribute(node, "requiredMsg")
    if required_message:
        data["required_message"] = message_text(required_message)
    _preload(node, data, problems)
    if (attribute(node, "saveIncomplete") or "").strip() in {"true()", "true"}:
        data["save_incomplete"] = True
    save_to = attribute(node, "saveto")
    if save_to:
        data["save_to"] = save_to
    extra = {
        str(key).rpartition("}")[2]: str(value)
        for key, value in node.attrib.items()
        if str(key).rpartition("}")[2] not in _KNOWN_BIND
    }
    identity = node.get("id")
    if identity:
        extra["id"] = identity
    if extra:
        data["extra"] = extra
    return data


def _preload(node: etree._Element, data: BindData, problems: list[FormProblem]) -> None:
    """Reads what metadata a field takes; without its namespace the attribute means nothing to any engine."""
    preload = next((str(value) for key, value in node.items() if str(key).endswith("}preload")), "")
    if preload:
        data["preload"] = preload.strip()
        data["preload_parameters"] = (attribute(node, "preloadParams") or "").strip()
    elif node.get("preload"):
        problems.append(problem(PLAIN_PRELOAD, question=data["nodeset"], severity=Severity.WARNING))


def _secondary(instances: list[etree._Element], problems: list[FormProblem]) -> list[InstanceData]:
    """The lists of the form; of two with one name the last counts, as in other engines."""
    found: dict[str, InstanceData] = {}
    for node in instances:
        identity = node.get("id") or ""
        if identity in found:
            problems.append(problem(DUPLICATE_INSTANCE, name=identity, severity=Severity.WARNING))
        data = InstanceData(id=identity)
        source = node.get("src") or attribute(node, "src")
        if source:
            data["src"] = source.strip()
        root = next(iter(elements(node)), None)
        if root is not None:
            write_list(root, data)
        found[identity] = data
    return list(found.values())


def _model_actions(model: etree._Element, root: str, problems: list[FormProblem]) -> list[ActionData]:
    return [parse_action(node, root, "", "", problems) for node in elements(model, *ACTION_TAGS)]
