"""The body of an XForm as plain data: controls, groups, repeats, choices, and the actions nested in them.

Source: ODK XForms specification, "Body", "Actions and Events".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadmapdesk.xforms.definition.data import ActionData, ControlData, ItemData, ItemsetData
from roadmapdesk.xforms.definition.external import query_itemset, search_itemset
from roadmapdesk.xforms.definition.paths import absolute
from roadmapdesk.xforms.definition.texts import attribute, element_text, elements, first, local_name
from roadmapdesk.xforms.problems import (
    BAD_ACTION,
    BAD_EVENT,
    BAD_ITEMSET,
    BAD_RANGE,
    LOOSE_ACTION,
    OUTSIDE_REPEAT,
    UNKNOWN_NODE,
    FormProblem,
    Severity,
    problem,
)

if TYPE_CHECKING:
    from lxml import etree

CONTROL_TAGS = frozenset({"input", "select1", "select", "rank", "upload", "trigger", "range", "secret", "textarea"})
ACTION_TAGS = frozenset({"setvalue", "setgeopoint", "recordaudio"})
_NEW_REPEAT = "odk-new-repeat"
_ODK_ACTIONS = frozenset({"setgeopoint", "recordaudio"})
ODK = "http://www.opendatakit.org/xforms"
EVENTS = frozenset(
    {
        "odk-instance-first-load", "odk-instance-load", "odk-new-repeat", "xforms-value-changed", "xforms-revalidate",
        "xforms-ready",
    }
)  # fmt: skip
_STRUCTURE = frozenset({"ref", "nodeset", "bind", "appearance", "class", "count", "noAddRemove", "query"})


def parse_body(
    body: etree._Element, root: str, problems: list[FormProblem], *, client_lists: bool = True
) -> tuple[list[ControlData], list[ActionData]]:
    """The controls of the body in their order, and the actions that stand in it; `root` is the root field's path."""
    actions: list[ActionData] = []
    for node in elements(body, *ACTION_TAGS):
        problems.append(
            problem(
                LOOSE_ACTION, question=(node.get("ref") or "").strip(), action=local_name(node),
                severity=Severity.WARNING,
            )
        )  # fmt: skip
    reader = _BodyReader(actions, problems, client_lists=client_lists)
    return reader.children(body, root, ""), actions


def parse_action(
    node: etree._Element, context: str, source: str, repeat: str, problems: list[FormProblem]
) -> ActionData:
    """One action; `context` resolves a relative ref, `source` is the control and `repeat` the repeat it stands in."""
    data = ActionData(kind=local_name(node), events=(attribute(node, "event") or "").split())
    reference = (node.get("ref") or node.get("bind") or "").strip()
    data["ref"] = absolute(reference, context)
    if not reference:
        problems.append(problem(UNKNOWN_NODE, reference="", attribute=data["kind"], question=source))
    if data["kind"] in _ODK_ACTIONS and not str(node.tag).startswith(f"{{{ODK}}}"):
        problems.append(problem(BAD_ACTION, question=data["ref"], action=data["kind"], namespace=ODK))
    if "[" in reference:
        data["path"] = reference
    for event in data["events"]:
        if event not in EVENTS:
            problems.append(problem(BAD_EVENT, question=data["ref"], event=event))
        elif event == _NEW_REPEAT and not repeat:
            problems.append(problem(OUTSIDE_REPEAT, question=data["ref"], event=event))
    expression = node.get("value")
    if expression is not None:
        data["value"] = expression.strip()
    elif data["kind"] == "setvalue":
        data["text"] = "".join(str(part) for part in node.itertext())
    if source:
        data["source"] = source
    if repeat:
        data["repeat"] = repeat
    return data


class _BodyReader:
    def __init__(self, actions: list[ActionData], problems: list[FormProblem], *, client_lists: bool) -> None:
        self._client_lists = client_lists
        self._actions = actions
        self._problems = problems

    def children(self, parent: etree._Element, context: str, repeat: str, source: str = "") -> list[ControlData]:
        found = []
        for node in elements(parent):
            name = local_name(node)
            if name == "group":
                found.append(self._group(node, context, repeat))
            elif name == "repeat":
                found.append(self._repeat(node, context))
            elif name in CONTROL_TAGS:
                found.append(self._control(node, context, repeat))
            elif name in ACTION_TAGS and local_name(parent) != "body":
                self._actions.append(parse_action(node, context, source, repeat, self._problems))
        return found

    def _group(self, node: etree._Element, context: str, repeat: str) -> ControlData:
        reference = node.get("ref") or node.get("nodeset") or ""
        path = absolute(reference, context) if reference else ""
        data = self._common(node, "group", path)
        data["children"] = self.children(node, path or context, repeat)
        return data

    def _repeat(self, node: etree._Element, context: str) -> ControlData:
        path = absolute(node.get("nodeset") or node.get("ref") or "", context)
        data = self._common(node, "repeat", path)
        count = attribute(node, "count")
        if count and count.strip():
            data["count"] = count.strip()
        if (attribute(node, "noAddRemove") or "").strip().lower() in {"true()", "true"}:
            data["fixed"] = True
        data["children"] = self.children(node, path, path)
        return data

    def _control(self, node: etree._Element, context: str, repeat: str) -> ControlData:
        path = absolute(node.get("ref") or node.get("bind") or "", context)
        data = self._common(node, local_name(node), path)
        items = self._items(node, path)
        if items:
            data["items"] = items
        itemset = first(node, "itemset")
        if itemset is not None:
            data["itemset"] = self._itemset(itemset, path)
        query = attribute(node, "query")
        if query and self._client_lists:
            data["tag"] = "select1" if data["tag"] == "input" else data["tag"]
            data["itemset"] = query_itemset(query.strip())
        search = search_itemset(data) if self._client_lists else None
        if search is not None:
            data["itemset"] = search
            data["items"] = [item for item in data["items"] if item["value"].lstrip("-").isdigit()]
        if data["tag"] == "range":
            self._check_range(data, path)
        for action in elements(node, *ACTION_TAGS):
            self._actions.append(parse_action(action, path, path, repeat, self._problems))
        return data

    def _items(self, node: etree._Element, path: str) -> list[ItemData]:
        items = []
        for each in elements(node, "item"):
            item = _item(each)
            if item is None:
                self._problems.append(problem(BAD_ITEMSET, question=path, part="value"))
            else:
                items.append(item)
        return items

    @staticmethod
    def _common(node: etree._Element, tag: str, path: str) -> ControlData:
        data = ControlData(tag=tag, ref=path)
        appearance = attribute(node, "appearance")
        if appearance and appearance.strip():
            data["appearance"] = appearance.strip()
        parameters = {
            name: str(value)
            for key, value in node.attrib.items()
            if (name := str(key).rpartition("}")[2]) not in _STRUCTURE
        }
        if parameters:
            data["parameters"] = parameters
        label = element_text(first(node, "label"))
        if label is not None:
            data["label"] = label
        hint = element_text(first(node, "hint"))
        if hint is not None:
            data["hint"] = hint
        return data

    def _itemset(self, node: etree._Element, path: str) -> ItemsetData:
        data = ItemsetData(nodeset=(node.get("nodeset") or "").strip())
        value = first(node, "value")
        if value is not None:
            data["value"] = (value.get("ref") or "").strip()
        copy = first(node, "copy")
        if copy is not None:
            data["copy"] = (copy.get("ref") or ".").strip()
        label = element_text(first(node, "label"))
        if label is not None:
            data["label"] = label
        for part in ("nodeset", "value"):
            if not data.get(part) and not data.get("copy"):
                self._problems.append(problem(BAD_ITEMSET, question=path, part=part))
        return data

    def _check_range(self, data: ControlData, path: str) -> None:
        parameters = data.get("parameters", {})
        for part in ("start", "end", "step"):
            text = parameters.get(part, "0" if part == "step" else "")
            try:
                float(text)
            except ValueError:
                severity = Severity.ERROR if text.strip() else Severity.WARNING
                self._problems.append(problem(BAD_RANGE, question=path, part=part, severity=severity))


def _item(node: etree._Element) -> ItemData | None:
    value = first(node, "value")
    if value is None:
        return None
    return ItemData(
        value="".join(str(part) for part in value.itertext()).strip(), label=element_text(first(node, "label"))
    )
