"""What a screen sees of a form: read-only views of nodes, choices, violations and the set of changes.

Screens read these and never compute. A `NodeView` is live: it always shows the current state of its node, and
each property is evaluated when it is first read and again only after something it depends on has changed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from roadmapdesk.xforms.codecs import TypedValue
    from roadmapdesk.xforms.session.screen import ScreenNode


class Kind(StrEnum):
    """What a node is on the screen."""

    ROOT = "root"
    GROUP = "group"
    REPEAT = "repeat"
    INSTANCE = "instance"
    QUESTION = "question"
    NOTE = "note"
    TRIGGER = "trigger"
    MODEL = "model"


class ViolationKind(StrEnum):
    """Why an answer cannot stay as it is."""

    CONSTRAINT = "constraint"
    REQUIRED = "required"
    TYPE = "type"


@dataclass(frozen=True, slots=True)
class Violation:
    """One node's one problem.

    Attributes:
        ref: the node, with repeat keys.
        kind: ``constraint``, ``required``, or ``type`` for a text that is no value of the question's type
            (only in `Changes.refused`; such a text is never kept).
        message: the form's own message in the current language, else the program's default.
    """

    ref: str
    kind: ViolationKind
    message: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One offered choice.

    Attributes:
        value: the stored code.
        label: in the language of the view; the value itself where the form gives none.
        media: form of media (``image``, ``audio``, ``video``, ``big-image``) → file name.
        extra: further columns of the choice (geometry, filter columns) → text.
    """

    value: str
    label: str
    media: Mapping[str, str] = field(default_factory=dict)
    extra: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the session did or could not do that a person should know, never with an answer in it.

    Attributes:
        code: stable and dotted, for example ``session.choice_dropped``.
        ref: the node it is about, or empty.
        message: one sentence in the program's language.
    """

    code: str
    ref: str
    message: str


@dataclass(frozen=True, slots=True)
class Changes:
    """What one step changed: repaint these nodes and nothing else.

    Attributes:
        changed: refs of nodes that exist before and after and whose view differs; the answered one, too, where its
            calculation put another value in place of the answer. A part of a view which nobody has read yet cannot
            have changed on any screen and is not reported.
        added: refs of new nodes, repeats and bound attributes included, parents before children.
        removed: refs of nodes that are gone, the same way.
        notices: for example a choice that is no longer offered and was put aside.
        refused: set when the answer was no value of the question's type, or the node does not take answers;
            nothing was changed then.
    """

    changed: frozenset[str] = frozenset()
    added: Sequence[str] = ()
    removed: tuple[str, ...] = ()
    notices: tuple[Notice, ...] = ()
    refused: Violation | None = None

    def __bool__(self) -> bool:
        return bool(self.changed or self.added or self.removed)


class NodeView:
    """A node as a screen sees it. Read-only; ask the session to change anything.

    Views are made on demand and are cheap; two views of one node are equal.
    """

    __slots__ = ("_language", "_node")

    def __init__(self, node: ScreenNode, language: str | None = None) -> None:
        self._node = node
        self._language = language

    def __eq__(self, other: object) -> bool:
        return isinstance(other, NodeView) and other._node is self._node and other._language == self._language

    def __hash__(self) -> int:
        return hash((id(self._node), self._language))

    def __repr__(self) -> str:
        return f"<{self.kind.value} {self.ref}>"

    @property
    def ref(self) -> str:
        """The stable reference: path with repeat keys, for example ``/data/stage[k3]/rating``."""
        return self._node.ref

    @property
    def name(self) -> str:
        """The node's own name, the last step of `ref` without a key; empty for a group without a node."""
        return self._node.name

    @property
    def kind(self) -> Kind:
        """What the node is on the screen."""
        return self._node.kind

    @property
    def control(self) -> str:
        """The body element, for example ``input``, ``select1``, ``repeat``; empty for a node without one."""
        return self._node.control

    @property
    def type(self) -> str:
        """The value type of the bind, for example ``int``, ``decimal``, ``date``; ``string`` by default."""
        return self._node.type

    @property
    def appearances(self) -> tuple[str, ...]:
        """The words of the appearance attribute, lower case, in their order."""
        return self._node.appearances

    @property
    def parameters(self) -> Mapping[str, str]:
        """Further attributes of the control and of its bind, by their local names.

        For example ``start``, ``end``, ``step``, ``tick-interval``, ``mediatype``, ``rows``, ``max-pixels``.
        """
        return self._node.parameters

    @property
    def value(self) -> TypedValue:
        """The typed value, or None where the node is empty or is a group.

        A select with several answers gives a tuple of codes in the order of the choices; a rank in the ranked order.
        """
        return self._node.typed_value()

    @property
    def text(self) -> str:
        """The stored text as the submission would hold it; empty where there is none."""
        return self._node.text()

    @property
    def is_relevant(self) -> bool:
        """Whether the node and all its ancestors are relevant."""
        return self._node.is_relevant()

    relevant = is_relevant

    @property
    def is_required(self) -> bool:
        """Whether an answer is required now."""
        return self._node.is_required()

    required = is_required

    @property
    def is_readonly(self) -> bool:
        """Whether the node or an ancestor is read-only now, or the node is calculated."""
        return self._node.is_readonly()

    readonly = is_readonly

    def for_reading(self) -> ReadView:
        """The same node of a record that takes no answers any more."""
        return ReadView(self._node, self._language)

    @property
    def label(self) -> str:
        """The label with its outputs filled in, as Markdown text; empty where there is none."""
        return self._node.label(self._language)

    @property
    def hint(self) -> str:
        """The hint with its outputs filled in."""
        return self._node.hint(self._language)

    @property
    def guidance(self) -> str:
        """The interviewer's guidance, the ``guidance`` form of the hint."""
        return self._node.guidance(self._language)

    @property
    def short_label(self) -> str:
        """The ``short`` form of the label, else the label."""
        return self._node.short_label(self._language)

    @property
    def media(self) -> Mapping[str, str]:
        """The label's media: form (``image``, ``audio``, ``video``, ``big-image``) → file name without ``jr://…/``."""
        return self._node.media(self._language)

    def resource(self, name: str) -> bytes | None:
        """The content of a file that came with the form, by its base name; None where there is none."""
        return self._node.resource(name)

    @property
    def choices(self) -> tuple[Choice, ...]:
        """The choices offered now, after the filter, in their order; empty where the node is no select.

        A range gives the labels of its points, with the number as the value, where the form labels them.
        """
        return self._node.choices(self._language)

    @property
    def violation(self) -> Violation | None:
        """The node's problem: constraint where it has a value, required where it has none; never both.

        A node that is not relevant has none.
        """
        return self._node.violation()

    @property
    def children(self) -> tuple[NodeView, ...]:
        """The nodes below that the form's body shows, in the body's order, relevant or not.

        A repeat's children are its instances, an instance's children its groups and questions.
        """
        return tuple(NodeView(child, self._language) for child in self._node.children())

    @property
    def fields(self) -> tuple[NodeView, ...]:
        """All nodes below in the order of the record, those that the body does not show included.

        A repeat stands as itself, with its instances below it. Groups that exist only on the screen do not occur.
        """
        return tuple(NodeView(child, self._language) for child in self._node.fields())

    @property
    def parent(self) -> NodeView | None:
        """The node above on the screen, None for the root."""
        parent = self._node.parent_on_screen()
        return None if parent is None else NodeView(parent, self._language)

    @property
    def position(self) -> int:
        """A repeat instance's place among its siblings from 1, else 0."""
        return self._node.position()

    @property
    def key(self) -> str:
        """A repeat instance's lasting key, else empty."""
        return self._node.key

    @property
    def can_add(self) -> bool:
        """Whether the user may add an instance to this repeat."""
        return self._node.can_add()

    @property
    def can_remove(self) -> bool:
        """Whether the user may remove this repeat instance (or, for a repeat, any of its instances)."""
        return self._node.can_remove()

    @property
    def count_expression(self) -> str:
        """The expression that fixes the number of instances of a repeat, else empty."""
        return self._node.count_expression

    @property
    def has_calculation(self) -> bool:
        """Whether the node's value is calculated, and leaves a person nothing to answer.

        A question whose calculation may keep what was typed is answered like any other.
        """
        return self._node.has_calculation

    def in_language(self, code: str | None) -> NodeView:
        """The same node with labels, hints and choices in another language of the form; None is the session's own."""
        return NodeView(self._node, code)


class ReadView(NodeView):
    """A node that is shown and never answered, whatever the form says."""

    __slots__ = ()

    @property
    def is_readonly(self) -> bool:
        """True."""
        return True

    readonly = is_readonly
