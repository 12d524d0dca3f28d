"""The syntax tree of an expression. Chains of one precedence stay flat, so long sums are not deep."""

from __future__ import annotations

from dataclasses import dataclass

TYPE_TESTS = frozenset({"node", "text", "comment", "processing-instruction"})


@dataclass(frozen=True, slots=True)
class Number:
    """A number literal."""

    value: float


@dataclass(frozen=True, slots=True)
class Literal:
    """A quoted text."""

    value: str


@dataclass(frozen=True, slots=True)
class Call:
    """A function call; `name` as written, with its prefix."""

    name: str
    arguments: tuple[Syntax, ...]
    offset: int


@dataclass(frozen=True, slots=True)
class Negate:
    """A unary minus, applied `times` times."""

    operand: Syntax
    times: int


@dataclass(frozen=True, slots=True)
class Chain:
    """Operands joined by operators of one precedence, evaluated from the left: ``a + b - c``."""

    first: Syntax
    rest: tuple[tuple[str, Syntax], ...]


@dataclass(frozen=True, slots=True)
class NodeTest:
    """What a step selects on its axis.

    Attributes:
        kind: ``name``, or node, text, comment, processing-instruction.
        name: local name or ``*`` for names; the target for instructions.
        prefix: prefix as written.
    """

    kind: str
    name: str = "*"
    prefix: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One location step."""

    axis: str
    test: NodeTest
    predicates: tuple[Syntax, ...] = ()


@dataclass(frozen=True, slots=True)
class Path:
    """A location path.

    Attributes:
        start: the expression that it starts at; None for a relative and for an absolute path.
        predicates: predicates on the start expression.
        is_absolute: it starts at the document.
        steps: may be empty for ``/`` and for a filtered expression.
    """

    start: Syntax | None
    predicates: tuple[Syntax, ...]
    steps: tuple[Step, ...]
    is_absolute: bool = False


Syntax = Number | Literal | Call | Negate | Chain | Path

ANY_NODE = NodeTest("node")
SELF = Step("self", ANY_NODE)
PARENT = Step("parent", ANY_NODE)
DESCENDANTS = Step("descendant-or-self", ANY_NODE)

OWN_NODE_CALLS = frozenset(
    {"string", "number", "string-length", "normalize-space", "name", "local-name", "namespace-uri", "once", "lang"}
)
"""Functions that read the current node where they are called without an argument; ``once`` always does."""
