"""A session's whole state as the recordings write it: positional path → entry, and the order of its screens."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from roadmapdesk.xforms.session.view import Kind, NodeView

_ASKED = frozenset({Kind.QUESTION, Kind.NOTE, Kind.TRIGGER})
_POSITION = re.compile(r"\[\d+\]")


@dataclass(slots=True)
class Entry:
    """One node: its view and the repeat instances around it that a count made."""

    view: NodeView
    is_counted: bool

    @property
    def text(self) -> str:
        return self.view.text


@dataclass
class Snapshot:
    """All nodes of a session at one moment, live views by positional path."""

    entries: dict[str, Entry] = field(default_factory=dict)
    repeats: dict[str, NodeView] = field(default_factory=dict)

    @cached_property
    def by_key(self) -> dict[str, str]:
        """Ref with repeat keys → positional path."""
        return {entry.view.ref: ref for ref, entry in self.entries.items()}

    @classmethod
    def of(cls, root: NodeView) -> "Snapshot":
        """The snapshot of a session, from its root view."""
        found = cls()
        found._add(root, "", False)
        return found

    def _add(self, view: NodeView, parent: str, is_counted: bool) -> None:
        ref = parent
        if view.kind is Kind.REPEAT:
            self.repeats[f"{parent}/{_local(view)}"] = view
            is_counted = is_counted or bool(view.count_expression)
        elif view.kind is Kind.INSTANCE:
            ref = f"{parent}/{_local(view)}[{view.position}]"
            self.entries[ref] = Entry(view, is_counted)
        elif view.name:
            ref = f"{parent}/{_local(view)}"
            self.entries[ref] = Entry(view, is_counted)
        for child in view.fields:
            self._add(child, ref, is_counted)


@dataclass(frozen=True, slots=True)
class Screen:
    """One stop on the way through a form.

    Attributes:
        event: ``question``, ``group``, ``repeat`` or ``prompt`` (offer of a further repeat instance).
    """

    event: str
    ref: str


def screens(root: NodeView) -> Iterator[Screen]:
    """The relevant stops in the order of the form."""
    snapshot = Snapshot.of(root)
    paths = {view.ref: ref for ref, view in snapshot.repeats.items()}
    paths.update(snapshot.by_key)
    for child in root.children:
        yield from _stops(child, paths)


def _stops(view: NodeView, paths: Mapping[str, str]) -> Iterator[Screen]:
    """The stops of one node; `paths` gives the place of each node in the record, whatever groups hold it."""
    if not view.is_relevant or view.kind is Kind.MODEL:
        return
    if view.kind in _ASKED:
        yield Screen("question", paths[view.ref])
    elif view.kind is Kind.REPEAT:
        instances = [child for child in view.children if child.kind is Kind.INSTANCE]
        for instance in instances:
            if instance.is_relevant:
                yield Screen("repeat", paths[instance.ref])
                for child in instance.children:
                    yield from _stops(child, paths)
        if view.can_add:
            yield Screen("prompt", f"{paths[view.ref]}[{len(instances) + 1}]")
    else:
        if view.name:
            yield Screen("group", paths[view.ref])
        for child in view.children:
            yield from _stops(child, paths)


def without_positions(ref: str) -> str:
    """The path without positions."""
    return _POSITION.sub("", ref)


def _local(view: NodeView) -> str:
    """The node's name without its prefix, which engines choose freely."""
    return view.name.rpartition(":")[2]
