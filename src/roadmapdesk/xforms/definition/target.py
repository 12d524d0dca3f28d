"""One expression, or one text with outputs, on one field: what the dependency graph is made of."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from roadmapdesk.xforms.definition.keeping import Keeping
    from roadmapdesk.xforms.definition.nodes import Control, ModelNode
    from roadmapdesk.xforms.definition.references import Read


class Kind(IntEnum):
    """What a target decides. From `READONLY` on nothing else depends on it."""

    COUNT = 0
    RELEVANT = 1
    CALCULATE = 2
    CHOICES = 3
    READONLY = 4
    REQUIRED = 5
    CONSTRAINT = 6
    TEXT = 7


class Target:
    """One expression, or one text with its outputs, on one field.

    Attributes:
        rank: place in the order of evaluation.
        model: the field it stands on.
        source: the expression; empty for a text.
        reads: what it reads.
        speaks: it must be evaluated again when the language changes.
        control: the body element of choices and texts.
        keeping: for a calculation that may leave the value of its field as it is, how; None for all others.
        loops: it lies on a circle that was cut: a count that depends on its own repeat, a relevance that depends on
            what it decides about, a calculation that hangs on a value that is kept; taken seldom in each step.
        part: for texts, what they are: ``label``, ``hint``, ….
    """

    __slots__ = ("control", "keeping", "kind", "loops", "model", "part", "rank", "reads", "source", "speaks")

    def __init__(
        self, kind: Kind, model: ModelNode, source: str, reads: tuple[Read, ...], *, speaks: bool = False,
        control: Control | None = None, part: str = "", keeping: Keeping | None = None,
    ) -> None:  # fmt: skip
        self.kind = kind
        self.model = model
        self.source = source
        self.reads = reads
        self.speaks = speaks
        self.control = control
        self.part = part
        self.keeping = keeping
        self.rank = -1
        self.loops = False

    def __repr__(self) -> str:
        return f"<{self.kind.name} {self.model.path} {self.part}>"

    def is_elsewhere(self, read: Read) -> bool:
        """Whether a field of a repeat reads the same field of other instances, which is no circle."""
        return self.model.scope_depth > (0 if read.anchor is None else read.anchor.scope_depth)
