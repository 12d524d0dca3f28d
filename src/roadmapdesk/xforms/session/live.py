"""The state that the parts of a session share: the instance, the place of evaluation and the record of changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadmapdesk.errors import Message, RoadmapDeskError
from roadmapdesk.i18n import N_
from roadmapdesk.xforms.fitting import default_text
from roadmapdesk.xforms.session.elements import LiveAttribute, LiveElement, LiveNode, RepeatRange, Scope, reference
from roadmapdesk.xforms.session.folding import Pattern
from roadmapdesk.xforms.session.refs import Refs, range_reference
from roadmapdesk.xforms.session.view import Changes, Notice
from roadmapdesk.xforms.tree import Document
from roadmapdesk.xforms.xpath import Budget, Context

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from roadmapdesk.xforms.definition.form import FormDefinition
    from roadmapdesk.xforms.definition.nodes import ModelNode, Proto
    from roadmapdesk.xforms.limits import Limits
    from roadmapdesk.xforms.session.host import SessionHost

TOO_MANY_INSTANCES = Message(
    "session.too_many_instances", N_("{repeat} would have {count} instances; at most {limit} are allowed.")
)
TOO_MANY_NODES = Message("session.too_many_nodes", N_("The interview would have more than {limit} fields."))


class LimitError(RoadmapDeskError, ValueError):
    """A step that would pass a limit; nothing was changed."""


class Live:
    """The live instance of one session.

    Attributes:
        document: what expressions see.
        root: the scope of the root element.
        nodes: number of elements, put-aside repeat instances included.
        before: field → (text, hidden) as they were before the current step.
        touched: fields and repeats whose view changed otherwise.
        added: new repeat instances of the current step.
        removed: refs that are gone.
        notices: what happened in the current step.
    """

    def __init__(self, form: FormDefinition, host: SessionHost, limits: Limits) -> None:
        self.form = form
        self.host = host
        self.limits = limits
        self.document = Document()
        self.root = Scope(form.model.root, None, None, "")
        self.nodes = 0
        element = self.build(form.model.proto, self.root)
        self.document.append(element)
        self.budget = Budget(limits.steps)
        self.context = Context(element, host, budget=self.budget, bind_repeats=True, root=self.document)
        self.before: dict[LiveNode, tuple[str, bool]] = {}
        self.touched: dict[LiveNode | RepeatRange, None] = {}
        self.folders: dict[str, None] = {}
        self.added: list[Scope] = []
        self.added_ranges: dict[RepeatRange, None] = {}
        self.removed: list[str] = []
        self.notices: list[Notice] = []

    def build(self, proto: Proto, scope: Scope) -> LiveElement:
        """A detached element made from the form's first instance or a template, entered into `scope`."""
        model = proto.model
        text = proto.text
        if text and model.type != "string":
            text = default_text(model.type, text, self.host.zone())
        element = LiveElement(model, scope, text)
        self.nodes += 1
        scope.cells[model.cell] = element
        if not model.cell:
            scope.element = element
            element.is_repeat = model.is_repeat
        if proto.attributes:
            element.attributes = tuple(self._attribute(each, element) for each in proto.attributes)
        if proto.children:
            children = []
            for child in proto.children:
                if child.model.is_repeat:
                    below = self.new_scope(scope.ranges[child.model.range_index])
                    built = self.build(child, below)
                    below.range.instances.append(below)  # type: ignore[union-attr] # — just given a range
                else:
                    built = self.build(child, scope)
                built.parent = element
                children.append(built)
            element.children = children
            for each in scope.ranges:
                each.renumber()
        return element

    def build_many(self, repeat: RepeatRange, count: int) -> list[Scope]:
        """New instances of a repeat from its template, not yet entered into it; all but the first are copies."""
        template = repeat.model.template
        assert template is not None
        made: list[Scope] = []
        while len(made) < count:
            scope = self.new_scope(repeat)
            self.build(template, scope)
            made.append(scope)
            if count - len(made) > 1 and is_plain(scope):
                made += self._copies(scope, repeat, count - len(made))
        return made

    def _copies(self, first: Scope, repeat: RepeatRange, count: int) -> list[Scope]:
        """Copies of an instance that was just built and holds elements only; their fields are made when touched."""
        pattern = Pattern(first)
        model, outer = repeat.model, repeat.outer
        made = [Scope(model, outer, repeat, repeat.new_key()) for _ in range(count)]
        for scope in made:
            pattern.fill(scope)
        self.nodes += pattern.size * count
        return made

    def make(self, model: ModelNode, scope: Scope) -> LiveNode | None:
        """The field of `model` in `scope`, made at the end of its parent where the instance lacks it."""
        found = scope.cells[model.cell]
        parent = None if model.parent is None else scope.cells[model.parent.cell]
        if found is None and isinstance(parent, LiveElement):
            found = scope.cells[model.cell] = LiveElement(model, scope, "")
            found.hidden = parent.hidden
            parent.append(found)
            self.nodes += 1
        return found

    def new_scope(self, repeat: RepeatRange, key: str = "") -> Scope:
        """An empty scope for an instance of a repeat, not yet entered into it."""
        return Scope(repeat.model, repeat.outer, repeat, key or repeat.new_key())

    @staticmethod
    def _attribute(data: tuple[str, str, str, str], element: LiveElement) -> LiveAttribute:
        local, _namespace, prefix, value = data
        name = f"{prefix}:{local}" if prefix else local
        model = element.model.children["@" + name]
        attribute = LiveAttribute(model, element.scope, value)
        attribute.parent = element
        element.scope.cells[model.cell] = attribute
        return attribute

    def check_room(self, repeat: RepeatRange, total: int, extra: int) -> None:
        """Refuses more instances than the limits allow, before anything is made.

        Raises:
            LimitError: too many instances or too many fields.
        """
        if total > self.limits.repeat_instances:
            raise LimitError(
                TOO_MANY_INSTANCES, repeat=repeat.model.path, count=total, limit=self.limits.repeat_instances
            )
        template = repeat.model.template
        size = 0 if template is None else proto_size(template)
        if self.nodes + size * extra > self.limits.nodes:
            raise LimitError(TOO_MANY_NODES, limit=self.limits.nodes)

    def locate(self, model: ModelNode, scope: Scope) -> LiveNode | None:
        """The field of `model` that belongs to `scope` or to a scope around it; None where it is deeper or aside."""
        heading = model.scope
        found: Scope | None = scope
        while found is not None:
            here = self.form.model.root if found.range is None else found.range.model
            if here is heading:
                return found.cells[model.cell]
            if here.scope_depth < heading.scope_depth:
                return None
            found = found.parent
        return None

    def every(self, model: ModelNode, scope: Scope | None = None) -> Sequence[LiveNode]:
        """All present fields of `model` inside `scope` (the whole instance by default), in document order."""
        chain: list[int] = []
        heading = model.scope
        top = scope or self.root
        top_depth = 0 if top.range is None else top.range.model.scope_depth
        while heading.scope_depth > top_depth:
            chain.append(heading.range_index)
            assert heading.parent is not None
            heading = heading.parent.scope
        scopes = [top]
        for index in reversed(chain):
            scopes = [instance for each in scopes for instance in each.ranges[index].instances]
        return [cell for each in scopes if (cell := each.cells[model.cell]) is not None]

    def remember(self, node: LiveNode) -> None:
        """Keeps the state of a field as it was before this step; to be called before it is changed."""
        if node not in self.before:
            self.before[node] = (node.text, node.hidden)

    def take_changes(self) -> Changes:
        """The changes of the step that ends here; the next step begins."""
        changed = self._changed()
        if self.removed:
            changed.difference_update(self.removed)
        added = Refs(self.added) if self.added else ()
        result = Changes(frozenset(changed), added, tuple(self.removed), tuple(self.notices))
        self.before = {}
        self.touched = {}
        self.folders = {}
        self.added = []
        self.removed = []
        self.notices = []
        return result

    def _changed(self) -> set[str]:
        """The refs of what differs; without what is new or gone."""
        root = self.root
        fresh = frozenset(self.added)
        changed = set(self.folders)
        for node, (text, hidden) in self.before.items():
            if node.text != text or node.hidden != hidden:
                if node.scope is root:
                    changed.add(node.model.path)
                elif not self._is_new(node.scope, fresh):
                    changed.add(reference(node))
        for each in self.touched:
            if isinstance(each, RepeatRange):
                if not self._is_new(each.outer, fresh):
                    changed.add(range_reference(each))
            elif not self._is_new(each.scope, fresh):
                changed.add(reference(each))
        return changed

    @staticmethod
    def _is_new(scope: Scope | None, fresh: Collection[Scope]) -> bool:
        """Whether the field stands in an instance that this step made, or in one that is no longer there."""
        while scope is not None and scope.range is not None:
            if not scope.position or scope in fresh:
                return True
            scope = scope.parent
        return False


def is_plain(scope: Scope) -> bool:
    """Whether an instance holds elements only: no attributes, and no instances of repeats inside."""
    has_attributes = any(isinstance(cell, LiveAttribute) for cell in scope.cells)
    return not has_attributes and not any(repeat.instances for repeat in scope.ranges)


def proto_size(proto: Proto) -> int:
    """How many elements a template makes."""
    return 1 + sum(proto_size(child) for child in proto.children)
