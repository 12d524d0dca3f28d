"""Joins the parts of a session and finds the screen nodes of its fields."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadmapdesk.xforms.definition.paths import absolute
from roadmapdesk.xforms.definition.target import Kind, Target
from roadmapdesk.xforms.problems import BROKEN_EXPRESSION, FormProblem, problem
from roadmapdesk.xforms.session.choices import MULTIPLE, Choices, selected_in_order
from roadmapdesk.xforms.session.elements import LiveElement, LiveNode, RepeatRange, Scope, ViewCache, reference
from roadmapdesk.xforms.session.events import Events
from roadmapdesk.xforms.session.folding import made
from roadmapdesk.xforms.session.notices import CHOICE_DROPPED, CHOICE_LOST, EXPRESSION_FAILED, notice
from roadmapdesk.xforms.session.recalculation import Recalculation
from roadmapdesk.xforms.session.repeats import Repeats
from roadmapdesk.xforms.session.screen import FolderScreen, InstanceScreen, RangeScreen, ScreenNode
from roadmapdesk.xforms.session.validation import Validation
from roadmapdesk.xforms.session.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from roadmapdesk.xforms.definition.nodes import Control
    from roadmapdesk.xforms.session.live import Live
    from roadmapdesk.xforms.tree import Node
    from roadmapdesk.xforms.xpath import XPathError

_PARTS = {"label": ("label", "label-short", "media"), "hint": ("hint", "hint-guidance"), "items": ("choices",)}


class Core:
    """One session's parts, each knowing only what it needs."""

    def __init__(self, live: Live) -> None:
        self.live = live
        self.wording = Wording(live)
        self.choices = Choices(live, self.wording)
        self.recalculation = Recalculation(live)
        self.events = Events(live, self.recalculation)
        self.repeats = Repeats(live, self.recalculation, self.events)
        self.validation = Validation(live, self.wording, self.recalculation)
        self._choice_targets: dict[int, list[Target]] = {}
        for target in live.form.graph.targets:
            control = target.control
            if target.kind is Kind.CHOICES and control is not None and self.choices.is_filtered(control):
                self._choice_targets.setdefault(control.index, []).append(target)
        self.failures: dict[tuple[str, str], FormProblem] = {}
        self.recalculation.on_count = self.repeats.set_count
        self.recalculation.on_choices = self._choices_changed
        self.recalculation.on_view = self._view_changed
        self.recalculation.on_error = self._expression_failed
        live.host.label_of = self._choice_label
        live.host.text_of = self._itext
        live.host.primary = live.document

    def screen(self, node: LiveNode, control: Control | None = None) -> ScreenNode:
        """The screen node of a field, on its first control unless another is given."""
        if control is None:
            controls = node.model.controls
            control = controls[0] if controls else None
        view = node.view
        if view is None:
            view = node.view = ViewCache()
        index = -1 if control is None else control.index
        found = view.screens.get(index)
        if found is None:
            maker = InstanceScreen if node.model.is_repeat else ScreenNode
            found = view.screens[index] = maker(self, node, control)
        return found

    def instance_screen(self, scope: Scope) -> ScreenNode:
        """The screen node of a repeat instance."""
        owner = scope.range
        return self.screen(scope.element, None if owner is None else owner.control())

    def range_screen(self, repeat: RepeatRange) -> ScreenNode:
        """The screen node of a repeat."""
        found = repeat.screen
        if found is None:
            holder = repeat.parent_element
            if holder is not None and holder.view is None:
                holder.view = ViewCache()
            control = repeat.control()
            found = repeat.screen = RangeScreen(self, repeat, control)
            stand_in = repeat.stand_in()
            if stand_in.view is None:
                stand_in.view = ViewCache()
            stand_in.view.screens[-1 if control is None else control.index] = found
        return found

    def folder_screen(self, control: Control, node: LiveNode) -> ScreenNode:
        """The screen node of a group without an element, below `node`."""
        view = node.view
        if view is None:
            view = node.view = ViewCache()
        found = view.screens.get(control.index)
        if found is None:
            found = view.screens[control.index] = FolderScreen(self, node, control)
        return found

    def screens(self, controls: Sequence[Control], scope: Scope, element: LiveNode) -> list[ScreenNode]:
        """The screen nodes of these controls, seen from `scope`."""
        found: list[ScreenNode] = []
        for control in controls:
            model = control.model
            if model is None:
                if control.tag == "group":
                    found.append(self.folder_screen(control, element))
            elif control.tag == "repeat" and model.parent is not None:
                holder = self.live.locate(model.parent, scope)
                if holder is not None:
                    found.append(self.range_screen(holder.scope.ranges[model.range_index]))
            else:
                node = self.live.locate(model, scope)
                if node is not None:
                    found.append(self.screen(node, control))
        return found

    def fields(self, node: LiveNode) -> list[ScreenNode]:
        """The screen nodes of all fields and repeats right below an element, in the order of the record."""
        found: list[ScreenNode] = []
        for model in node.model.children.values():
            if model.is_attribute:
                continue
            if model.is_repeat:
                found.append(self.range_screen(node.scope.ranges[model.range_index]))
                continue
            cell = node.scope.cells[model.cell]
            if cell is not None:
                found.append(self.screen(cell))
        return found

    def parent_screen(self, control: Control | None, node: LiveNode) -> ScreenNode:
        """The screen node around a control; for a field without one, its parent element's."""
        outer = None if control is None else control.parent
        scope = node.scope
        if control is not None and outer is None:
            return self.screen(self.live.root.element)
        if outer is not None:
            if outer.tag == "repeat":
                return self.instance_screen(scope)
            if outer.model is None:
                around = self.live.locate(outer.context, scope)
                return self.folder_screen(outer, around if around is not None else self.live.root.element)
            found = self.live.locate(outer.model, scope)
            if found is not None:
                return self.screen(found, outer)
        parent = node.parent
        return self.screen(parent if isinstance(parent, LiveElement) else self.live.root.element)

    def recheck(self, screen: ScreenNode, view: ViewCache, part: str) -> bool:
        """Evaluates the parts that screens have read again; True where one differs."""
        differs = False
        names = _PARTS.get(part, (part,))
        for key, (old, make, owner) in list(view.parts.items()):
            if key[0] in names and owner is screen:
                value = make(key[2])
                if value != old:
                    differs = True
                    view.parts[key] = (value, make, owner)
        return differs

    def requeue_choices(self, control: Control, node: LiveElement) -> None:
        """Asks again whether the choices offered allow the node's answer, where they may change."""
        for target in self._choice_targets.get(control.index, ()):
            self.recalculation.queue.add(target.rank, node)

    def drop_put_aside(self) -> None:
        """Drops the answers that are no longer offered, for good, with a notice each."""
        for node in self.live.root.walk():
            if node.aside is not None:
                node.aside = None
                self.live.notices.append(notice(CHOICE_LOST, reference(node)))

    def speak(self, language: str) -> None:
        """Switches the language and evaluates again what depends on it or has been read in the old one."""
        host = self.live.host
        old = host.language
        if language == old:
            return
        host.language = language
        for rank in self.live.form.graph.speaking:
            target = self.live.form.graph.targets[rank]
            if target.kind < Kind.CONSTRAINT:
                for node in self.live.every(target.model):
                    self.recalculation.queue.add(rank, node)
        self.recalculation.begin_step()
        self.recalculation.run()
        for node in self._everything():
            if node.view is not None:
                self._respeak(node, node.view, old, language)

    def _everything(self) -> Iterator[LiveNode]:
        """All fields that are there, without those still folded, which nobody has read; and all stand-ins."""
        stack = [self.live.root]
        while stack:
            scope = stack.pop()
            yield from made(scope)
            for repeat in scope.ranges:
                yield repeat.stand_in()
                stack.extend(repeat.instances)

    def _respeak(self, node: LiveNode, view: ViewCache, old: str, language: str) -> None:
        """Compares what was read in the old language with the new one; both stay for screens that show both."""
        for (part, index, spoken), (value, make, owner) in list(view.parts.items()):
            if spoken == old:
                now = make(language)
                view.parts[part, index, language] = (now, make, owner)
                if now != value:
                    self._touch(owner, node)

    def _touch(self, screen: ScreenNode, node: LiveNode) -> None:
        if isinstance(screen, FolderScreen):
            self.live.folders[screen.ref] = None
        else:
            self.live.touched[node] = None

    def _choices_changed(self, target: Target, node: LiveElement) -> None:
        control = target.control
        assert control is not None
        stored = node.stored
        if stored and self.choices.is_filtered(control):
            self._filter_answer(control, node, stored)
        view = node.view
        if view is not None:
            screen = view.screens.get(control.index)
            if screen is not None and self.recheck(screen, view, "choices"):
                self.live.touched[node] = None

    def _filter_answer(self, control: Control, node: LiveElement, stored: str) -> None:
        """Leaves of the stored answer what is offered now; the rest is kept aside."""
        if self.choices.is_missing(control):
            return  # nobody knows what would be offered, so the answer stays
        offered = self.choices.values(control, node)
        if control.tag in MULTIPLE:
            text = selected_in_order(stored, offered, ranked=control.tag == "rank")
            complete = len(text.split()) == len(set(stored.split()))
        else:
            text = stored if stored in offered else ""
            complete = text == stored
        had_aside = node.aside is not None
        node.aside = None if complete else stored
        if text != node.text:
            self.recalculation.set_text(node, text)
        if not complete and not had_aside:
            self.live.notices.append(notice(CHOICE_DROPPED, reference(node)))

    def _view_changed(self, target: Target, node: LiveNode) -> None:
        view = node.view
        if view is None:
            return
        if target.kind is Kind.CONSTRAINT:
            for key, (old, make, owner) in list(view.parts.items()):
                if key[0] == "violation":
                    value = make(key[2])
                    if value != old:
                        view.parts[key] = (value, make, owner)
                        self.live.touched[node] = None
            return
        control = target.control
        assert control is not None
        if control.tag == "repeat" and control.model is not None and control.model is not node.model:
            node = node.scope.ranges[control.model.range_index].stand_in()
            view = node.view
        screen = None if view is None else view.screens.get(control.index)
        if screen is not None and view is not None and self.recheck(screen, view, target.part):
            self._touch(screen, node)

    def _expression_failed(self, target: Target, error: XPathError) -> None:
        key = (target.model.path, target.kind.name)
        if key not in self.failures:
            path = target.model.path
            self.failures[key] = problem(
                BROKEN_EXPRESSION, question=path, attribute=target.kind.name.lower(), expression=target.source,
                reason=error.sentence,
            )  # fmt: skip
            self.live.notices.append(notice(EXPRESSION_FAILED, path, question=path, reason=error.sentence))

    def _choice_label(self, value: str, path: str, node: Node) -> str:
        """The label of a choice of the question at `path`, as seen from `node`, in the language being spoken."""
        if not value:  # almost every question when an interview begins; its list need not be worded
            return ""
        here = node if isinstance(node, LiveElement) else self.live.root.element
        model = self.live.form.model.find(absolute(path, here.model.path))
        if model is None:
            return ""
        scope = here.scope
        found = self.live.locate(model, scope)
        if found is None:
            found = next(iter(self.live.every(model)), None)
        if not isinstance(found, LiveElement):
            return ""
        language = self.live.host.language
        for control in model.controls:
            labels = [each.label for each in self.choices.offered(control, found, language) if each.value == value]
            if labels:
                return labels[0]
        return ""

    def _itext(self, name: str, form: str | None) -> str:
        return self.wording.itext(name, self.live.context.current, self.live.host.language, form or "")
