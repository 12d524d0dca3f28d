"""What stands behind a `NodeView`: a field, a repeat, or a group that exists only on the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar, cast

from typing_extensions import override

from roadmapdesk.xforms.codecs import TypedValue, read
from roadmapdesk.xforms.session.choices import MULTIPLE, SELECTS
from roadmapdesk.xforms.session.elements import LiveElement, LiveNode, RepeatRange, Scope, ViewCache, reference
from roadmapdesk.xforms.session.refs import range_reference
from roadmapdesk.xforms.session.states import inherits_readonly
from roadmapdesk.xforms.session.view import Choice, Kind, Violation

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from roadmapdesk.xforms.definition.nodes import Control
    from roadmapdesk.xforms.session.core import Core

Part = TypeVar("Part")
_NO_CONTROL = -1
_NOTES = frozenset({"true()", "true", "1"})


class ScreenNode:
    """A place on the screen: a control on an element, or an element without a control."""

    __slots__ = ("_control", "_core", "_node")
    key = ""
    count_expression = ""

    def __init__(self, core: Core, node: LiveNode, control: Control | None) -> None:
        self._core = core
        self._node = node
        self._control = control

    @property
    def ref(self) -> str:
        """See `NodeView.ref`."""
        return reference(self._node)

    @property
    def name(self) -> str:
        """See `NodeView.name`."""
        return self._node.model.name

    @property
    def kind(self) -> Kind:
        """See `NodeView.kind`."""
        node = self._node
        model = node.model
        if model.parent is None:
            return Kind.ROOT
        if model.is_repeat:
            return Kind.INSTANCE
        if not model.is_leaf or (self._control is not None and self._control.tag == "group"):
            return Kind.GROUP
        if self._control is None:
            return Kind.MODEL
        if self._control.tag == "trigger":
            return Kind.TRIGGER
        return Kind.NOTE if self._is_note(self._control) else Kind.QUESTION

    def _is_note(self, control: Control) -> bool:
        """Whether the field only tells something: a text that nobody can write, with words beside it."""
        bind = self._node.model.bind
        if control.tag != "input" or bind is None or "calculate" in bind or self._node.model.type != "string":
            return False
        is_fixed = bind.get("readonly", "").replace(" ", "") in _NOTES
        return is_fixed and ("label" in control.data or "hint" in control.data)

    @property
    def control(self) -> str:
        """See `NodeView.control`."""
        return "" if self._control is None else self._control.tag

    @property
    def type(self) -> str:
        """See `NodeView.type`."""
        bind = self._node.model.bind
        return self._node.model.type if bind is None or "type" not in bind else bind["type"].rpartition(":")[2]

    @property
    def appearances(self) -> tuple[str, ...]:
        """See `NodeView.appearances`."""
        return () if self._control is None else self._control.appearances

    @property
    def parameters(self) -> Mapping[str, str]:
        """See `NodeView.parameters`."""
        if self._control is None:
            return {}
        given = self._control.data.get("parameters", {})
        bind = self._node.model.bind
        further = None if bind is None else bind.get("extra")
        return {**further, **given} if further else given

    @property
    def has_calculation(self) -> bool:
        """See `NodeView.has_calculation`."""
        return self._node.model.is_calculated

    def typed_value(self) -> TypedValue:
        """See `NodeView.value`."""
        node = self._node
        if not node.model.is_leaf:
            return None
        if self._control is not None and self._control.tag in MULTIPLE:
            return tuple(node.text.split()) or None
        return read(node.model.type, node.text)

    def text(self) -> str:
        """See `NodeView.text`."""
        return self._node.text if self._node.model.is_leaf else ""

    def is_relevant(self) -> bool:
        """See `NodeView.is_relevant`."""
        return not self._node.hidden

    def is_required(self) -> bool:
        """See `NodeView.is_required`."""
        return self._node.own_required

    def is_readonly(self) -> bool:
        """See `NodeView.is_readonly`."""
        return self._node.own_readonly or self.has_calculation or inherits_readonly(self._node)

    def violation(self) -> Violation | None:
        """See `NodeView.violation`."""
        return self._cached("violation", None, lambda _language: self._core.validation.of(self._node))

    def label(self, language: str | None) -> str:
        """See `NodeView.label`."""
        return self._text("label", language)

    def hint(self, language: str | None) -> str:
        """See `NodeView.hint`."""
        return self._text("hint", language)

    def guidance(self, language: str | None) -> str:
        """See `NodeView.guidance`."""
        return self._text("hint", language, "guidance")

    def short_label(self, language: str | None) -> str:
        """See `NodeView.short_label`."""
        return self._text("label", language, "short") or self.label(language)

    def resource(self, name: str) -> bytes | None:
        """See `NodeView.resource`."""
        return self._core.live.host.resources.get(name)

    def media(self, language: str | None) -> Mapping[str, str]:
        """See `NodeView.media`."""
        if self._control is None or "label" not in self._control.data:
            return {}
        label = self._control.data["label"]
        return self._cached(
            "media", language, lambda spoken: self._core.wording.media(label, self._context(), spoken)
        )

    def choices(self, language: str | None) -> tuple[Choice, ...]:
        """See `NodeView.choices`."""
        control = self._control
        node = self._node
        if control is None or not isinstance(node, LiveElement) or not self._has_choices(control):
            return ()
        return self._cached("choices", language, lambda spoken: self._core.choices.offered(control, node, spoken))

    @staticmethod
    def _has_choices(control: Control) -> bool:
        """Whether there are choices, or labels of the points of a range."""
        return control.tag in SELECTS or (control.tag == "range" and "itemset" in control.data)

    def children(self) -> list[ScreenNode]:
        """See `NodeView.children`."""
        node = self._node
        if node.model.parent is None:
            below = self._core.live.form.body
        elif self._control is None or not isinstance(node, LiveElement):
            return []
        else:
            below = tuple(self._control.children)
        return self._core.screens(below, node.scope, node)

    def fields(self) -> list[ScreenNode]:
        """See `NodeView.fields`."""
        return self._core.fields(self._node)

    def parent_on_screen(self) -> ScreenNode | None:
        """See `NodeView.parent`."""
        if self._node.model.parent is None:
            return None
        if self._node.model.is_repeat and self._node.scope.range is not None:
            return self._core.range_screen(self._node.scope.range)
        return self._core.parent_screen(self._control, self._node)

    def position(self) -> int:
        """See `NodeView.position`."""
        return self._node.scope.position if self._node.model.is_repeat else 0

    def can_add(self) -> bool:
        """See `NodeView.can_add`."""
        return False

    def can_remove(self) -> bool:
        """See `NodeView.can_remove`."""
        return False

    def recheck(self, part: str) -> bool:
        """Evaluates again what a screen has read of `part`; True where it differs."""
        view = self._node.view
        if view is None:
            return False
        return self._core.recheck(self, view, part)

    def _context(self) -> LiveNode:
        """The node on which texts are evaluated."""
        return self._node

    def _view(self) -> ViewCache:
        view = self._node.view
        if view is None:
            view = self._node.view = ViewCache()
        return view

    def _text(self, part: str, language: str | None, form: str = "") -> str:
        control = self._control
        if control is None:
            return ""
        text = control.data.get("label") if part == "label" else control.data.get("hint")
        if text is None or (isinstance(text, str) and not form):
            return text or ""
        name = f"{part}-{form}" if form else part
        return self._cached(
            name, language, lambda spoken: self._core.wording.render(text, self._context(), spoken, form)
        )

    def _cached(self, part: str, language: str | None, make: Callable[[str], Part]) -> Part:
        spoken = self._core.live.host.language if language is None else language
        index = _NO_CONTROL if self._control is None or part == "violation" else self._control.index
        key = (part, index, spoken)
        parts = self._view().parts
        if key in parts:
            return cast("Part", parts[key][0])
        value = make(spoken)
        parts[key] = (value, make, self)
        return value


class InstanceScreen(ScreenNode):
    """One repeat instance."""

    __slots__ = ()

    @property
    def key(self) -> str:  # type: ignore[override] # — a constant for all other nodes
        """See `NodeView.key`."""
        return self._node.scope.key

    @override
    def can_remove(self) -> bool:
        owner = self._node.scope.range
        return owner is not None and self._core.repeats.is_open(owner)


class FolderScreen(ScreenNode):
    """A group of the body that no element stands for; its context is the element around it."""

    __slots__ = ()

    @property
    @override
    def ref(self) -> str:
        assert self._control is not None
        return f"{reference(self._node)}#{self._control.index}"

    @property
    @override
    def name(self) -> str:
        return ""

    @property
    @override
    def kind(self) -> Kind:
        return Kind.GROUP

    @override
    def typed_value(self) -> TypedValue:
        return None

    @override
    def text(self) -> str:
        return ""

    @override
    def is_required(self) -> bool:
        return False

    @override
    def violation(self) -> Violation | None:
        return None

    @override
    def choices(self, language: str | None) -> tuple[Choice, ...]:
        return ()

    @override
    def fields(self) -> list[ScreenNode]:
        return []

    @override
    def children(self) -> list[ScreenNode]:
        assert self._control is not None
        return self._core.screens(self._control.children, self._node.scope, self._node)

    @override
    def parent_on_screen(self) -> ScreenNode | None:
        return self._core.parent_screen(self._control, self._node)


class RangeScreen(ScreenNode):
    """A repeat as a whole; its element is the stand-in."""

    __slots__ = ("_range",)

    def __init__(self, core: Core, repeat: RepeatRange, control: Control | None) -> None:
        super().__init__(core, repeat.stand_in(), control)
        self._range = repeat

    @property
    @override
    def ref(self) -> str:
        return range_reference(self._range)

    @property
    @override
    def kind(self) -> Kind:
        return Kind.REPEAT

    @property
    def count_expression(self) -> str:  # type: ignore[override] # — empty for all other nodes
        """See `NodeView.count_expression`."""
        return "" if self._control is None else self._control.data.get("count", "")

    @override
    def violation(self) -> Violation | None:
        return None

    @override
    def fields(self) -> list[ScreenNode]:
        return self.children()

    @override
    def children(self) -> list[ScreenNode]:
        return [self._core.instance_screen(scope) for scope in self._range.instances]

    @override
    def parent_on_screen(self) -> ScreenNode | None:
        parent = self._range.parent_element
        return None if parent is None else self._core.parent_screen(self._control, parent)

    @override
    def position(self) -> int:
        return 0

    @override
    def can_add(self) -> bool:
        return self._core.repeats.is_open(self._range) and not self._node.hidden

    @override
    def can_remove(self) -> bool:
        return self._core.repeats.is_open(self._range) and bool(self._range.instances)


def scope_depth(scope: Scope) -> int:
    """How many repeats are around, the scope's own included."""
    return 0 if scope.range is None else scope.range.model.scope_depth
