"""What of a recorded case does not count, and which nodes depend on what engines do differently by rule."""

import re
from collections.abc import Mapping

from comparing import plain_ref
from documents import is_left_out, without_first
from snapshot import without_positions

from roadmapdesk.xforms.definition import FormDefinition
from roadmapdesk.xforms.definition.nodes import ModelNode
from roadmapdesk.xforms.definition.target import Kind

_CHANCE = re.compile(r"(?<![\w-])random\s*\(")
_MIXED = re.compile(r"\s*randomize\(((?:[^,()]|\([^()]*\))*)\)\s*\Z")  # without a seed


class LeftOut:
    """Which nodes of a case do not count, by path and aspect."""

    def __init__(self, cross: Mapping[str, object], volatile: list[str]) -> None:
        self._aspects = {(plain_ref(ref), aspect) for ref, aspect in cross.get("disputed", ())}
        self.whole = {plain_ref(ref) for ref in [*cross.get("presence", ()), *volatile]}
        self.presence = {plain_ref(ref) for ref in cross.get("presence", ())}
        self._whole = without_first(self.whole)
        self._chance: frozenset[str] = frozenset()
        self._mixed: set[str] = set()
        self._labels = {plain_ref(ref) for ref in _label_disputes(cross)}

    def follow_chance(self, definition: FormDefinition) -> None:
        """Leaves out what depends on chance: `random()` gives every engine values of its own."""
        self._chance = chance_paths(definition)
        self._mixed = {
            plain_ref(control.context.path)
            for control in definition.controls
            if _MIXED.match(control.data.get("itemset", {}).get("nodeset", ""))
        }

    def is_chance(self, ref: str) -> bool:
        """Whether a node's value or relevance depends on chance."""
        return bool(self._chance) and without_positions(ref) in self._chance

    def leaves_out(self, ref: str, aspect: str) -> bool:
        """Whether this aspect (value, relevant, required, readonly, label, choices) of a node does not count."""
        if (ref, aspect) in self._aspects or (ref, "value") in self._aspects or self.is_chance(ref):
            return True
        if aspect == "choices" and without_positions(ref) in self._mixed:
            return True
        return is_left_out(ref, self._whole) or (aspect in {"label", "choices"} and ref in self._labels)

    @property
    def values(self) -> set[str]:
        """Nodes whose value or presence does not count, for final documents."""
        return self.whole | self._chance | {ref for ref, aspect in self._aspects if aspect in {"value", "relevant"}}


def _label_disputes(cross: Mapping[str, object]) -> list[str]:
    found = cross.get("choice_disputes") or ()
    return [entry if isinstance(entry, str) else entry[0] for entry in found]


def chance_paths(definition: FormDefinition) -> frozenset[str]:
    """Paths, without prefixes, of all nodes that depend on `random()`, directly or through others."""
    return _readers(
        definition,
        {
            each.model
            for each in definition.graph.targets
            if each.kind <= Kind.CALCULATE and _CHANCE.search(each.source)
        },
    )


def counted_readers(definition: FormDefinition) -> frozenset[str]:
    """Paths, without prefixes, of all nodes that depend on a repeat whose instances a count makes."""
    heads = {each.model for each in definition.graph.targets if each.kind is Kind.COUNT}
    return _readers(definition, {below for head in heads for below in head.walk()})


def _readers(definition: FormDefinition, found: set[ModelNode]) -> frozenset[str]:
    """Paths, without prefixes, of these nodes and of all that depend on them."""
    targets = definition.graph.targets
    size = -1
    while found and size != len(found):
        size = len(found)
        for each in targets:
            if each.kind <= Kind.CHOICES and any(read.node in found for read in each.reads):
                found.update(each.model.walk() if each.kind <= Kind.RELEVANT else (each.model,))
    return frozenset(plain_ref(model.path) for model in found)
