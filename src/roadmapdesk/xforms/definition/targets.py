"""Collects every expression and every text with outputs of a form as targets of the graph."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadmapdesk.xforms.definition.graph import Graph, Kind, Target
from roadmapdesk.xforms.definition.lists import LIST, is_inline, texts_of
from roadmapdesk.xforms.definition.paths import absolute
from roadmapdesk.xforms.definition.references import Read, ReadFinder, Reads
from roadmapdesk.xforms.entities import entity_declarations
from roadmapdesk.xforms.problems import (
    BAD_CHOICE_NAME,
    BROKEN_EXPRESSION,
    CYCLE,
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
    from roadmapdesk.xforms.definition.data import BindData, TextData
    from roadmapdesk.xforms.definition.form import FormDefinition
    from roadmapdesk.xforms.definition.nodes import Control, ModelNode

SELECTS = frozenset({"select1", "select", "rank"})
_NOTHING = Reads(())
_BIND_KINDS = (
    (Kind.RELEVANT, "relevant"), (Kind.CALCULATE, "calculate"), (Kind.READONLY, "readonly"),
    (Kind.REQUIRED, "required"),
)  # fmt: skip


def build_graph(form: FormDefinition, problems: list[FormProblem]) -> Graph:
    """The graph of a form; broken expressions and circles are added to `problems` and left out."""
    collector = _Collector(form, problems)
    for node in form.model.nodes:
        if node.bind is not None:
            collector.add_bind(node, node.bind)
    for control in form.controls:
        collector.add_control(control)
    graph = Graph(collector.targets)
    for circle in graph.cycles:
        names = ", ".join(node.path for node in circle)
        problems.append(problem(CYCLE, questions=names, question=circle[0].path))
    return graph


class _Collector:
    def __init__(self, form: FormDefinition, problems: list[FormProblem]) -> None:
        self._form = form
        self._finder: ReadFinder = form.finder
        self._problems = problems
        self._instances = {form.form_id, *(data["id"] for data in form.data["instances"])}
        self.targets: list[Target] = []
        self._list_texts: dict[tuple[str, str], tuple[str, ...]] = {}
        self._reads_left = form.limits.reads

    def add_bind(self, node: ModelNode, bind: BindData) -> None:
        for kind, name in _BIND_KINDS:
            source = bind.get(name)
            if isinstance(source, str):
                reads = self._reads(source, node, name)
                if reads is not None:
                    self._add(kind, node, source, reads)
        constraint = bind.get("constraint", "")
        reads = self._reads(constraint, node, "constraint") if constraint else _NOTHING
        if reads is None:
            constraint, reads = "", _NOTHING
        words = [
            self.text_reads(bind.get("constraint_message"), node), self.text_reads(bind.get("required_message"), node)
        ]  # fmt: skip
        every = _joined([reads, *words])
        if constraint or every.reads or every.speaks:
            self._add(Kind.CONSTRAINT, node, constraint, every)

    def add_control(self, control: Control) -> None:
        data = control.data
        context = control.context
        count = data.get("count")
        if count and control.model is not None:
            reads = self._reads(count, control.model, "jr:count")
            if reads is not None:
                self._add(Kind.COUNT, control.model, count, reads, control)
        itemset = data.get("itemset")
        if itemset is not None and itemset.get("nodeset"):
            reads = self.itemset_reads(control)
            if reads is not None:
                self._add(Kind.CHOICES, context, itemset["nodeset"], reads, control)
                self._list_labels(control)
        for item in data.get("items", ()):
            self._text(control, item["label"], "items")
        self._text(control, data.get("label"), "label")
        self._text(control, data.get("hint"), "hint")

    def itemset_reads(self, control: Control) -> Reads | None:
        """What the list of choices of a control depends on; None where the expression is broken."""
        itemset = control.data["itemset"]
        source = itemset["nodeset"]
        found = [self._reads(source, control.context, "itemset")]
        label = itemset.get("label")
        parts = [itemset.get("value", ""), label.get("ref", "") if isinstance(label, dict) else ""]
        if found[0] is not None and not source.lstrip().startswith("instance("):
            found += [self._reads(f"{source}/{part}", control.context, "itemset") for part in parts if part]
        broken = any(each is None for each in found)
        return None if broken else _joined([each for each in found if each is not None])

    def _list_labels(self, control: Control) -> None:
        """Adds what the labels of a list of the form show; that decides about words, never about answers."""
        itemset = control.data["itemset"]
        label = itemset.get("label")
        match = LIST.match(itemset["nodeset"])
        if match is None or not isinstance(label, dict) or "itext" not in label:
            return
        key = (match[1], label["itext"])
        shown = self._list_texts.get(key)
        if shown is None:
            shown = self._list_texts[key] = self._changing_texts(*key)
        reads = _joined([self.text_reads({"id": identity}, control.context) for identity in shown])
        if reads.reads or reads.speaks:
            self._add(Kind.TEXT, control.context, "", reads, control, "items")

    def _changing_texts(self, list_name: str, column: str) -> tuple[str, ...]:
        """The texts with outputs that the items of a list of the form name in a column."""
        changing = self._form.texts.changing
        if not changing:
            return ()
        lists = [data for data in self._form.data["instances"] if data["id"] == list_name and is_inline(data)]
        return tuple(sorted({each for data in lists for each in texts_of(data, column) & changing}))

    def text_reads(self, text: TextData | None, node: ModelNode) -> Reads:
        """What a text reads in any language."""
        if text is None or isinstance(text, str):
            return _NOTHING
        if isinstance(text, list):
            sources = [part[0] for part in text if isinstance(part, list)]
            found = [self._reads(source, node, "output") for source in sources]
            return _joined([each for each in found if each is not None])
        if "id" in text:
            forms = self._form.texts.everywhere(text["id"])
            if not self._form.texts.known(text["id"]):
                self._problems.append(
                    problem(UNKNOWN_ITEXT, question=node.path, name=text["id"], severity=Severity.WARNING)
                )
            return _joined([self.text_reads(each, node) for each in forms])
        source = text.get("itext") or text.get("ref") or ""
        reads = self._reads(source, node, "label")
        return _NOTHING if reads is None else reads

    def _text(self, control: Control, text: TextData | None, part: str) -> None:
        """A text of a control; a repeat's is shown for each instance and, outside of them, for the whole."""
        context = control.context
        reads = self.text_reads(text, context)
        if not reads.reads and not reads.speaks:
            return
        self._add(Kind.TEXT, context, "", reads, control, part)
        if control.tag == "repeat" and context.parent is not None:
            around = tuple(read for read in reads.reads if read.anchor is None or read.anchor.scope is not context)
            self._add(Kind.TEXT, context.parent, "", Reads(around, (), speaks=reads.speaks), control, part)

    def _reads(self, source: str, node: ModelNode, attribute: str) -> Reads | None:
        try:
            found = self._finder.find(self._form.expression(source).syntax, node)
        except XPathError as error:
            self._problems.append(
                problem(
                    BROKEN_EXPRESSION, question=node.path, attribute=attribute, expression=source,
                    reason=error.sentence,
                )
            )  # fmt: skip
            return None
        self._check_instances(found, node)
        self._reads_left -= len(found.reads)
        if self._reads_left < 0:
            raise FormError([problem(TOO_ENTANGLED, question=node.path, limit=self._form.limits.reads)])
        return self._with_choice_names(found, node)

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
            for control in named.controls if named is not None else ():
                itemset = control.data.get("itemset")
                if itemset is not None and named is not None:
                    try:
                        inner = self._finder.find(self._form.expression(itemset["nodeset"]).syntax, named)
                    except XPathError:
                        continue
                    extra += [Read(read.node, None) for read in inner.reads if read.node is not node]
        return (
            found if not extra else Reads((*found.reads, *extra), (), speaks=found.speaks, instances=found.instances)
        )

    def _add(
        self, kind: Kind, node: ModelNode, source: str, reads: Reads, control: Control | None = None, part: str = ""
    ) -> None:
        self.targets.append(Target(kind, node, source, reads.reads, speaks=reads.speaks, control=control, part=part))


def _joined(parts: list[Reads]) -> Reads:
    reads = dict.fromkeys(read for part in parts for read in part.reads)
    return Reads(tuple(reads), (), speaks=any(part.speaks for part in parts))
