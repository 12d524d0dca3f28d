"""What an expression is evaluated against: the node, the clock and everything else that is not in the tree."""

from __future__ import annotations

import random as _random
import uuid as _uuid
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from roadmapdesk.xforms.xpath.errors import BUDGET, BudgetExceeded
from roadmapdesk.xforms.xpath.moments import CALENDAR, DateRules

if TYPE_CHECKING:
    from datetime import tzinfo

    from roadmapdesk.xforms.tree import Document, Node

MAX_STEPS = 1_000_000
"""About one second of the slowest expressions; a filter over 100,000 rows takes a quarter of it."""
_random_source = _random.SystemRandom()


@dataclass(frozen=True, slots=True)
class GeoRules:
    """How ``distance()`` and ``area()`` are computed.

    Attributes:
        plane: areas are those of the shape laid flat around its first point; False: those on the sphere.
        rounded: lengths and areas are rounded to hundredths.
    """

    plane: bool
    rounded: bool


COLLECT = GeoRules(plane=True, rounded=False)
"""ODK Collect's way, which forms are run with, so that a form gives the same figures there and here."""
EVALUATORS = GeoRules(plane=False, rounded=True)
"""The way of the two web evaluators."""


class Host:
    """The world around an expression. The base answers for a form without lists, texts and files.

    A session subclasses it. All methods are called from the thread that evaluates.

    Attributes:
        date_rules: how plain dates behave.
        geo_rules: how lengths and areas are computed.
        skips_gaps: ``sum()``, ``min()`` and ``max()`` pass over what is no number, as in ODK Collect, so that a row
            without an answer does not cost the total; False: one such node makes the result NaN, as in evaluators.
        follows_evaluators: where the two web evaluators agree against JavaRosa, their way is taken: a half below zero
            rounds away from zero, a pattern may match a part of the text, a text may write its number with an
            exponent or a plus sign, and a node in a checklist counts where it has any text.
        language: the form's language in use.
    """

    date_rules: DateRules = CALENDAR
    geo_rules: GeoRules = COLLECT
    skips_gaps: bool = True
    follows_evaluators: bool = False
    language: str = ""

    def now(self) -> datetime:
        """The present moment, aware of its zone; the zone is the one that texts without an offset are read in."""
        return datetime.now().astimezone()

    def zone(self) -> tzinfo:
        """The zone of the clock."""
        zone = self.now().tzinfo
        if zone is None:
            msg = "the clock of a host must know its zone"
            raise ValueError(msg)
        return zone

    def instance(self, name: str) -> Document | None:  # noqa: ARG002 — answers for a form without lists
        """The secondary instance with this id, None where the form has none."""
        return None

    def itext(self, name: str, form: str | None = None) -> str:  # noqa: ARG002 — answers for a form without texts
        """The text of an itext id in the current language, in the plain form or the one given; '' where missing."""
        return ""

    def choice_label(self, value: str, path: str, node: Node) -> str:  # noqa: ARG002 — see itext
        """The label of a choice of the question at `path`, seen from `node`; '' where there is none."""
        return ""

    def pulldata(self, name: str, column: str, key_column: str, key: str) -> str:  # noqa: ARG002 — see itext
        """The cell of a file's row, '' where file, column or row are missing."""
        return ""

    def form_property(self, name: str) -> str:  # noqa: ARG002 — see itext
        """A property of the device or the user, such as ``deviceid`` or ``username``; '' where unknown."""
        return ""

    def form_version(self) -> str:
        """The version of the form."""
        return ""

    def random(self) -> float:
        """A random number, 0 ≤ x < 1."""
        return _random_source.random()

    def uuid(self) -> str:
        """A random identifier (version 4) in its usual 36 characters."""
        return str(_uuid.uuid4())


class Budget:
    """How many steps evaluations may still take; shared by all that belong to one recalculation."""

    __slots__ = ("left", "limit")

    def __init__(self, limit: int = MAX_STEPS) -> None:
        self.limit = limit
        self.left = limit

    def renew(self) -> None:
        """Gives all steps back, before the next evaluation or recalculation."""
        self.left = self.limit

    def spend(self, steps: int) -> None:
        """Takes steps off.

        Raises:
            BudgetExceeded: when nothing is left.
        """
        self.left -= steps
        if self.left < 0:
            raise BudgetExceeded(BUDGET, limit=self.limit)


class Context:
    """The place of an evaluation.

    One context may serve many evaluations: set `node` and `current` and evaluate again.

    Attributes:
        node: the context node.
        position: its place in the node-set that a predicate filters, from 1.
        size: the size of that node-set.
        current: the node that ``current()`` means: the one the whole expression stands on.
        root: what a leading ``/`` means; the document of `current` where None is given.
        host: the world around.
        budget: steps left.
        bind_repeats: absolute paths are bound to the repeat instances around `current`.
    """

    __slots__ = ("bind_repeats", "budget", "current", "host", "node", "position", "root", "size")

    def __init__(
        self,
        node: Node,
        host: Host | None = None,
        *,
        position: int = 1,
        size: int = 1,
        current: Node | None = None,
        root: Node | None = None,
        budget: Budget | None = None,
        bind_repeats: bool = False,
    ) -> None:
        self.node = node
        self.position = position
        self.size = size
        self.current = node if current is None else current
        self.root = self.current.root() if root is None else root
        self.host = Host() if host is None else host
        self.budget = Budget() if budget is None else budget
        self.bind_repeats = bind_repeats

    def move_to(self, node: Node) -> None:
        """Stands on another node of the same document, for the next evaluation."""
        self.node = node
        self.current = node
        self.position = 1
        self.size = 1

    def inner(self) -> Context:
        """A context for a predicate: same world, its own node and position."""
        context = Context.__new__(Context)
        context.node = self.node
        context.position = 1
        context.size = 1
        context.current = self.current
        context.root = self.root
        context.host = self.host
        context.budget = self.budget
        context.bind_repeats = self.bind_repeats
        return context
