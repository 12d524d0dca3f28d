"""Collects every expression and every text with outputs of a form as targets of the graph."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadmapdesk.xforms.definition.expression_reads import NOTHING, ExpressionReads, joined
from roadmapdesk.xforms.definition.graph import Graph
from roadmapdesk.xforms.definition.keeping import Keeping, keeping_of
from roadmapdesk.xforms.definition.references import Reads
from roadmapdesk.xforms.definition.target import Kind, Target
from roadmapdesk.xforms.problems import CYCLE, SETTLED_CYCLE, FormProblem, Severity, problem

if TYPE_CHECKING:
    from roadmapdesk.xforms.definition.data import BindData, TextData
    from roadmapdesk.xforms.definition.form import FormDefinition
    from roadmapdesk.xforms.definition.nodes import Control, ModelNode

_BIND_KINDS = (
    (Kind.RELEVANT, "relevant"), (Kind.CALCULATE, "calculate"), (Kind.READONLY, "readonly"),
    (Kind.REQUIRED, "required"),
)  # fmt: skip


def build_graph(form: FormDefinition, problems: list[FormProblem]) -> Graph:
    """The graph of a form; broken expressions and circles are added to `problems` and left out."""
    found: list[FormProblem] = []
    graph = _graph(form, found, names_follow=True)
    if graph.cycles:  # perhaps only by the words of a choice, and then its name is taken as it is found
        found = []
        graph = _graph(form, found, names_follow=False)
    problems += found
    for circle in graph.cycles:
        names = ", ".join(node.path for node in circle)
        problems.append(problem(CYCLE, questions=names, question=circle[0].path))
    for cut in graph.cuts:
        keeper, names = cut.keepers[0].path, ", ".join(node.path for node in cut.fields)
        problems.append(problem(SETTLED_CYCLE, question=keeper, questions=names, severity=Severity.WARNING))
    for node in form.model.nodes:
        node.is_calculated = node.bind is not None and "calculate" in node.bind and not graph.leaves_to_people(node)
    return graph


def _graph(form: FormDefinition, problems: list[FormProblem], *, names_follow: bool) -> Graph:
    collector = _Collector(form, problems, names_follow=names_follow)
    for node in form.model.nodes:
        node.dependents = ()
        if node.bind is not None:
            collector.add_bind(node, node.bind)
    for control in form.controls:
        collector.add_control(control)
    return Graph(collector.targets)


class _Collector:
    """Collects targets.

    Args:
        form: the form.
        problems: what is found wrong is added here.
        names_follow: the name of a choice depends on what its label shows.
    """

    def __init__(self, form: FormDefinition, problems: list[FormProblem], *, names_follow: bool) -> None:
        self._form = form
        self._reads = ExpressionReads(form, problems, names_follow=names_follow)
        self.targets: list[Target] = []

    def add_bind(self, node: ModelNode, bind: BindData) -> None:
        for kind, name in _BIND_KINDS:
            source = bind.get(name)
            if isinstance(source, str):
                reads = self._reads.of(source, node, name)
                if reads is not None:
                    self._add(kind, node, source, reads)
        constraint = bind.get("constraint", "")
        reads = self._reads.of(constraint, node, "constraint") if constraint else NOTHING
        if reads is None:
            constraint, reads = "", NOTHING
        words = [bind.get("constraint_message"), bind.get("required_message")]
        every = joined([reads, *(self._reads.of_text(text, node) for text in words)])
        if constraint or every.reads or every.speaks:
            self._add(Kind.CONSTRAINT, node, constraint, every)

    def add_control(self, control: Control) -> None:
        data = control.data
        context = control.context
        count = data.get("count")
        if count and control.model is not None:
            reads = self._reads.of(count, control.model, "jr:count")
            if reads is not None:
                self._add(Kind.COUNT, control.model, count, reads, control)
        itemset = data.get("itemset")
        if itemset is not None and itemset.get("nodeset"):
            reads = self._reads.of_itemset(control)
            if reads is not None:
                self._add(Kind.CHOICES, context, itemset["nodeset"], reads, control)
                self._list_labels(control)
        for item in data.get("items", ()):
            self._text(control, item["label"], "items")
        self._text(control, data.get("label"), "label")
        self._text(control, data.get("hint"), "hint")

    def _list_labels(self, control: Control) -> None:
        """Adds what the labels of a list show; that decides about words, never about answers."""
        reads = self._reads.of_labels(control)
        if reads.reads or reads.speaks:
            self._add(Kind.TEXT, control.context, "", reads, control, "items")

    def _text(self, control: Control, text: TextData | None, part: str) -> None:
        """A text of a control; a repeat's is shown for each instance and, outside of them, for the whole."""
        context = control.context
        reads = self._reads.of_text(text, context)
        if not reads.reads and not reads.speaks:
            return
        self._add(Kind.TEXT, context, "", reads, control, part)
        if control.tag == "repeat" and context.parent is not None:
            around = tuple(read for read in reads.reads if read.anchor is None or read.anchor.scope is not context)
            self._add(Kind.TEXT, context.parent, "", Reads(around, (), speaks=reads.speaks), control, part)

    def _keeping(self, source: str, node: ModelNode, reads: Reads) -> Keeping | None:
        """How a calculation may keep the value of its field; None where it does not look at it."""
        if not any(read.node is node for read in reads.reads) and "once" not in source:
            return None
        return keeping_of(self._form.expression(source).syntax, node, self._form.finder)

    def _add(
        self, kind: Kind, node: ModelNode, source: str, reads: Reads, control: Control | None = None, part: str = ""
    ) -> None:
        keeping = self._keeping(source, node, reads) if kind is Kind.CALCULATE else None
        self.targets.append(
            Target(
                kind, node, source, reads.reads, speaks=reads.speaks, control=control, part=part, keeping=keeping
            )
        )  # fmt: skip
