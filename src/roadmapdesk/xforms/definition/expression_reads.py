"""What the expressions and texts of a form read, and what is wrong with them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from roadmapdesk.xforms.definition.lists import LIST, is_inline, texts_of
from roadmapdesk.xforms.definition.paths import absolute
from roadmapdesk.xforms.definition.references import Read, Reads
from roadmapdesk.xforms.entities import entity_declarations
from roadmapdesk.xforms.problems import (
    BAD_CHOICE_NAME,
    BROKEN_EXPRESSION,
    TOO_ENTANGLED,
    UNKNOWN_INSTANCE,
    UNKNOWN_ITEXT,
    FormError,
    FormProblem,
    Severity,
    problem,
)
from roadmapdesk.xforms.xpath.errors import XPathError

if TYPE_CHECKING:
    from roadmapdesk.xforms.definition.data import ItemsetData, TextData
    from roadmapdesk.xforms.definition.form import FormDefinition
    from roadmapdesk.xforms.definition.nodes import Control, ModelNode

SELECTS = frozenset({"select1", "select", "rank"})
NOTHING = Reads(())
_PATH = re.compile(r"\s*(?:/|\.\./)[\w./:\-]+\s*\Z")


class ExpressionReads:
    """Finds what the expressions and texts of one form read.

    Args:
        form: the form.
        problems: what is found wrong is added here.
        names_follow: the name of a choice depends on what its label shows.
    """

    def __init__(self, form: FormDefinition, problems: list[FormProblem], *, names_follow: bool) -> None:
        self._form = form
        self._names_follow = names_follow
        self._naming: set[int] = set()
        self._problems = problems
        self._instances = {form.form_id, *(data["id"] for data in form.data["instances"])}
        self._list_texts: dict[tuple[str, str], tuple[str, ...]] = {}
        self._list_reads: dict[tuple[str, str, ModelNode | None], Reads] = {}
        self._left = form.limits.reads

    def of(self, source: str, node: ModelNode, attribute: str) -> Reads | None:
        """What an expression reads; None where it is broken, which is told."""
        try:
            found = self._form.finder.find(self._form.expression(source).syntax, node)
        except XPathError as error:
            self._problems.append(
                problem(
                    BROKEN_EXPRESSION, question=node.path, attribute=attribute, expression=source,
                    reason=error.sentence,
                )
            )  # fmt: skip
            return None
        self._check_instances(found, node)
        self._spend(len(found.reads), node)
        return self._with_choice_names(found, node)

    def of_text(self, text: TextData | None, node: ModelNode) -> Reads:
        """What a text reads in any language."""
        if text is None or isinstance(text, str):
            return NOTHING
        if isinstance(text, list):
            sources = [part[0] for part in text if isinstance(part, list)]
            found = [self.of(source, node, "output") for source in sources]
            return joined([each for each in found if each is not None])
        if "id" in text:
            forms = self._form.texts.everywhere(text["id"])
            if not self._form.texts.known(text["id"]):
                self._problems.append(
                    problem(UNKNOWN_ITEXT, question=node.path, name=text["id"], severity=Severity.WARNING)
                )
            return joined([self.of_text(each, node) for each in forms])
        source = text.get("itext") or text.get("ref") or ""
        reads = self.of(source, node, "label")
        return NOTHING if reads is None else reads

    def of_itemset(self, control: Control) -> Reads | None:
        """What the list of choices of a control depends on; None where the expression is broken."""
        itemset = control.data["itemset"]
        source = itemset["nodeset"]
        found = [self.of(source, control.context, "itemset")]
        if found[0] is not None:
            found += [self.of(each, control.context, "itemset") for each in _live_sources(itemset)]
        broken = any(each is None for each in found)
        return None if broken else joined([each for each in found if each is not None])

    def of_labels(self, control: Control) -> Reads:
        """What the labels of a list of choices show, in any language."""
        itemset = control.data["itemset"]
        label = itemset.get("label")
        if not isinstance(label, dict):
            return NOTHING
        source = label.get("itext") or label.get("ref") or ""
        found = [self._find(source, control.context)] if is_computed(source) else []
        match = LIST.match(itemset["nodeset"])
        if match is not None and "itext" in label:
            key = (match[1], source)
            shown = self._list_texts.get(key)
            if shown is None:
                shown = self._list_texts[key] = self._changing_texts(*key)
            found.append(self._shown_reads(key, shown, control.context))
        return joined(found)

    def _shown_reads(self, key: tuple[str, str], shown: tuple[str, ...], node: ModelNode) -> Reads:
        """What the texts of a list show on a question; the same for all questions of a group that offer the list."""
        place = (*key, node.parent)
        known = self._list_reads.get(place)
        if known is not None:
            self._spend(len(known.reads), node)
            return known
        found = joined([self.of_text({"id": identity}, node) for identity in shown])
        if all(self._is_plain_text(identity) for identity in shown):
            self._list_reads[place] = found
        return found

    def _is_plain_text(self, identity: str) -> bool:
        """Whether a text shows answers by plain paths, which mean the same on each question of a group."""
        texts = [text for text in self._form.texts.everywhere(identity) if isinstance(text, list)]
        return all(_PATH.match(part[0]) for text in texts for part in text if isinstance(part, list))

    def _changing_texts(self, list_name: str, column: str) -> tuple[str, ...]:
        """The texts with outputs that the items of a list of the form name in a column."""
        changing = self._form.texts.changing
        if not changing:
            return ()
        lists = [data for data in self._form.data["instances"] if data["id"] == list_name and is_inline(data)]
        return tuple(sorted({each for data in lists for each in texts_of(data, column) & changing}))

    def _spend(self, reads: int, node: ModelNode) -> None:
        """Counts what expressions read.

        Raises:
            FormError: more than the limit allows.
        """
        self._left -= reads
        if self._left < 0:
            raise FormError([problem(TOO_ENTANGLED, question=node.path, limit=self._form.limits.reads)])

    def _check_instances(self, found: Reads, node: ModelNode) -> None:
        files = self._form.resources
        for name in found.instances:
            is_known = name in self._instances or f"{name}.csv" in files or "itemsets.csv" in files
            if not is_known and name not in self._datasets():
                self._problems.append(
                    problem(UNKNOWN_INSTANCE, question=node.path, name=name, severity=Severity.WARNING)
                )

    def _datasets(self) -> set[str]:
        """Lists of entities that the form itself fills; whoever runs it hands them over."""
        return {declared.dataset for declared in entity_declarations(self._form)}

    def _with_choice_names(self, found: Reads, node: ModelNode) -> Reads:
        """Adds what the choices of the questions depend on that ``jr:choice-name`` names."""
        extra: list[Read] = []
        for path in found.choice_names:
            named = self._form.model.find(absolute(path, node.path))
            if named is not None and not any(control.tag in SELECTS for control in named.controls):
                self._problems.append(problem(BAD_CHOICE_NAME, question=node.path))
            for control in () if named is None else named.controls:
                shown = self._find(control.data.get("itemset", {}).get("nodeset", ""), control.context)
                if self._names_follow:
                    shown = joined([shown, self._name_reads(control)])
                extra += [Read(read.node, None) for read in shown.reads if read.node is not node]
        return (
            found if not extra else Reads((*found.reads, *extra), (), speaks=found.speaks, instances=found.instances)
        )

    def _name_reads(self, control: Control) -> Reads:
        """What the labels of all choices of a control show."""
        if control.index in self._naming:  # the label shows the name of a choice of the same question
            return NOTHING
        self._naming.add(control.index)
        found = [self.of_text(item["label"], control.context) for item in control.data.get("items", ())]
        if "itemset" in control.data:
            found.append(self.of_labels(control))
            found += [self._find(source, control.context) for source in _live_sources(control.data["itemset"])]
        self._naming.discard(control.index)
        return joined(found)

    def _find(self, source: str, node: ModelNode) -> Reads:
        """What an expression reads; nothing where it is broken, which is told elsewhere."""
        try:
            return self._form.finder.find(self._form.expression(source).syntax, node) if source else NOTHING
        except XPathError:
            return NOTHING


def _live_sources(itemset: ItemsetData) -> list[str]:
    """The paths to codes and labels of a list that stands in the interview itself."""
    source = itemset["nodeset"]
    label = itemset.get("label")
    parts = [itemset.get("value", ""), label.get("ref", "") if isinstance(label, dict) else ""]
    return [] if source.lstrip().startswith("instance(") else [f"{source}/{part}" for part in parts if part]


def is_computed(source: str) -> bool:
    """Whether a label is an expression that may read more than the item it belongs to."""
    return "(" in source or source.startswith("/")


def joined(parts: list[Reads]) -> Reads:
    """What several parts read, each field once."""
    reads = dict.fromkeys(read for part in parts for read in part.reads)
    return Reads(tuple(reads), (), speaks=any(part.speaks for part in parts))
