"""Choice lists of a session: what is offered now, under which label, and which stored answers that leaves.

Source: ODK XForms specification, "Itemset"; `docs/recalculation.md` for filtered answers.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from roadmapdesk.xforms.definition.expression_reads import is_computed
from roadmapdesk.xforms.definition.lists import LIST
from roadmapdesk.xforms.session.elements import LiveElement
from roadmapdesk.xforms.session.notices import EXPRESSION_FAILED, notice
from roadmapdesk.xforms.session.view import Choice
from roadmapdesk.xforms.tree import Document, Element
from roadmapdesk.xforms.xpath import Budget, XPathError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from roadmapdesk.xforms.definition.nodes import Control
    from roadmapdesk.xforms.session.live import Live
    from roadmapdesk.xforms.session.wording import Wording
    from roadmapdesk.xforms.tree import Node

MULTIPLE = frozenset({"select", "rank"})
SELECTS = frozenset({"select1", "select", "rank"})
_PLAIN = re.compile(r"[\w.\-]+\Z")


class Choices:
    """The choice lists of one session."""

    def __init__(self, live: Live, wording: Wording) -> None:
        self._live = live
        self._wording = wording
        self._lists: dict[int, str] = {}
        self._known: dict[tuple[str, str], dict[Node, Choice]] = {}
        self._whole: dict[tuple[str, str], tuple[Choice, ...]] = {}
        self._places: dict[int, Mapping[str, int]] = {}
        self._told: set[int] = set()

    def offered(self, control: Control, node: LiveElement, language: str) -> tuple[Choice, ...]:
        """The choices that the control offers on this node now."""
        data = control.data
        listed = self._from_itemset(control, node, language) if "itemset" in data else ()
        if "items" not in data:
            return listed
        fixed = tuple(
            Choice(
                item["value"],
                self._wording.render(item["label"], node, language) or item["value"],
                self._wording.media(item["label"], node, language),
            )
            for item in data["items"]
        )
        return fixed + listed

    def values(self, control: Control, node: LiveElement) -> list[str]:
        """The codes that the control offers on this node now."""
        data = control.data
        fixed = [item["value"] for item in data.get("items", ())]
        if "itemset" not in data:
            return fixed
        value = _value(control)
        items = self._items(control, node)
        if items and _PLAIN.match(value) and _is_static(items[0]):
            return fixed + [item.cell_text(value) or "" for item in items if isinstance(item, Element)]
        return fixed + [self._relative(value, item) for item in items]

    def fixed_places(self, control: Control) -> Mapping[str, int]:
        """Code → place in a list that never changes; empty where it may change or where its file is missing."""
        places = self._places.get(control.index)
        if places is None:
            itemset = control.data.get("itemset")
            found = None
            if itemset is not None and "items" not in control.data:
                found = self._live.form.places(itemset["nodeset"], _value(control))
            places = self._places[control.index] = self._found_places(control) if found is None else found
        return places

    def _found_places(self, control: Control) -> Mapping[str, int]:
        if self.is_filtered(control) or ("itemset" in control.data and self.is_missing(control)):
            return {}
        return {code: place for place, code in enumerate(self.values(control, self._live.root.element))}

    def is_filtered(self, control: Control) -> bool:
        """Whether what is offered can change during the interview."""
        itemset = control.data.get("itemset")
        if itemset is None:
            return False
        source = itemset["nodeset"]
        return "[" in source or not source.lstrip().startswith("instance(")

    def is_missing(self, control: Control) -> bool:
        """Whether the file is missing that the list of choices comes from."""
        match = LIST.match(control.data["itemset"]["nodeset"])
        if match is None:
            return False
        self._live.host.instance(match[1])
        return match[1] in self._live.host.missing

    def _items(self, control: Control, node: LiveElement) -> Sequence[Node]:
        live = self._live
        context = live.context.inner()
        context.node = context.current = node
        context.budget = Budget(live.limits.steps)  # lists are also read between steps, any number of them
        try:
            found = live.form.expression(control.data["itemset"]["nodeset"]).nodes(context)
        except XPathError as error:
            self._tell(control, error)
            return ()
        return [item for item in found if not item.hidden]

    def _tell(self, control: Control, error: XPathError) -> None:
        """Says once that a list cannot be made."""
        if control.index not in self._told:
            self._told.add(control.index)
            path = control.context.path
            self._live.notices.append(notice(EXPRESSION_FAILED, path, question=path, reason=error.sentence))

    def _from_itemset(self, control: Control, node: LiveElement, language: str) -> tuple[Choice, ...]:
        key = (self._list(control), language)
        whole = self._whole.get(key)
        if whole is not None:
            return whole
        items = self._items(control, node)
        if items and not _is_static(items[0]):
            return tuple(self._choice(control, item, node, language) for item in items)
        known = self._known.setdefault(key, {})
        found = [known.get(item) or self._choice(control, item, node, language) for item in items]
        for item, choice in zip(items, found, strict=True):
            if item not in known and not self._has_outputs(control, item):
                known[item] = choice
        result = tuple(found)
        if not self.is_filtered(control) and all(item in known for item in items):
            self._whole[key] = result
        return result

    def _list(self, control: Control) -> str:
        """What tells one list from another: many questions offer the same one."""
        known = self._lists.get(control.index)
        if known is None:
            itemset = control.data["itemset"]
            parts = (itemset["nodeset"], itemset.get("value", ""), itemset.get("copy", ""), itemset.get("label"))
            known = self._lists[control.index] = repr(parts)
        return known

    def _has_outputs(self, control: Control, item: Node) -> bool:
        """Whether the label of an item shows more than the item holds."""
        texts = self._live.form.texts
        label = control.data["itemset"].get("label")
        if not isinstance(label, dict):
            return False
        if is_computed(label.get("itext") or label.get("ref") or ""):
            return True
        if not (texts.has_outputs and "itext" in label):
            return False
        return self._relative(label["itext"], item) in texts.changing

    def _choice(self, control: Control, item: Node, node: LiveElement, language: str) -> Choice:
        itemset = control.data["itemset"]
        value = self._relative(_value(control), item)
        label = itemset.get("label")
        media: dict[str, str] = {}
        text = ""
        if isinstance(label, dict) and "itext" in label:
            identity = self._relative(label["itext"], item)
            text = self._wording.itext(identity, node, language)
            media = dict(self._wording.media({"id": identity}, node, language))
        elif isinstance(label, dict) and "ref" in label:
            text = self._translated(label["ref"], item, language)
        elif label is not None:
            text = self._wording.render(label, item, language)
        return Choice(value, value if label is None else text, media, _columns(item, value, text))

    def _translated(self, source: str, item: Node, language: str) -> str:
        """A file's label in this language: its column ``label::Language`` where it has one, else the plain column."""
        text = item.cell_text(f"{source}::{language}") if isinstance(item, Element) and language else ""
        return text or self._relative(source, item)

    def _relative(self, source: str, item: Node) -> str:
        """The text of a path below an item: almost always one child."""
        if _PLAIN.match(source) and isinstance(item, Element):
            if not isinstance(item, LiveElement):
                return item.cell_text(source) or ""
            child = item.child(source)
            return "" if child is None or child.hidden else child.string_value()
        context = self._live.context.inner()
        context.node = item
        context.current = item
        try:
            return self._live.form.expression(source).string(context)
        except XPathError:
            return ""


def _value(control: Control) -> str:
    """The expression that gives the code of an item."""
    itemset = control.data["itemset"]
    return itemset.get("value", "") or itemset.get("copy", "")


def _is_static(item: Node) -> bool:
    root = item.root()
    return isinstance(root, Document) and root.is_static


def _columns(item: Node, value: str, label: str) -> dict[str, str]:
    """Further columns of a choice: children that are neither its code nor its label."""
    if not isinstance(item, Element) or not _is_static(item):
        return {}
    return {
        name: text
        for name, text in item.cells()
        if text and text not in {value, label} and name != "itextId" and "::" not in name
    }


def selected_in_order(text: str, offered: Sequence[str], *, ranked: bool) -> str:
    """The stored text of several codes: those offered, in the order of the choices (as given for a rank)."""
    codes = text.split()
    allowed = set(offered)
    kept = [code for code in dict.fromkeys(codes) if code in allowed]
    if not ranked:
        place = {code: index for index, code in reversed(list(enumerate(offered)))}
        kept.sort(key=lambda code: place[code])
    return " ".join(kept)
