"""The register of organisations: list with interviews, changes, likely duplicates, shipped catalogue, history."""

import difflib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from enum import Enum, auto
from typing import Any

from roadmapdesk.domain.actors import Actor
from roadmapdesk.domain.catalog import load_catalog
from roadmapdesk.storage.project import Project
from roadmapdesk.storage.values import InterviewRow, Revision

_LEGAL_FORMS = frozenset({"gmbh", "ag", "kg", "ev", "e", "v", "mbh", "co", "se", "ug", "ggmbh", "inc", "ltd", "eg"})
_LIKENESS = 0.86
_LONGEST_KEY = 24


@dataclass(frozen=True, slots=True)
class ActorLine:
    """One organisation of the register with what the project knows of it.

    Attributes:
        interviews: its interviews in all states, the latest first.
        likely_same: keys of entries with nearly the same name; a person decides, nothing is merged.
    """

    actor: Actor
    interviews: tuple[InterviewRow, ...]
    likely_same: tuple[str, ...]

    @property
    def counted(self) -> int:
        """How many of its interviews enter the assessment."""
        return sum(row.state.counts for row in self.interviews)


@dataclass(frozen=True, slots=True)
class ActorChange:
    """One step in the register that can be taken back.

    Attributes:
        before: the entry before, None for a new one.
        after: the entry now, None for a removed one.
    """

    before: Actor | None
    after: Actor | None

    @property
    def key(self) -> str:
        """Key of the entry."""
        entry = self.after or self.before
        return entry.key if entry is not None else ""

    def reversed(self) -> "ActorChange":
        """The step back."""
        return ActorChange(self.after, self.before)


class HistoryStep(Enum):
    """What became of an entry."""

    ADDED = auto()
    CHANGED = auto()
    REMOVED = auto()


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One stored state of an entry: when, by whom and what was done.

    Attributes:
        fields: names of the fields of `Actor` that changed, in their order; empty unless `step` is a change.
    """

    at: datetime
    author: str
    step: HistoryStep
    fields: tuple[str, ...] = ()


def list_actors(project: Project) -> tuple[ActorLine, ...]:
    """All organisations in order of their names, with their interviews and likely duplicates."""
    actors = project.actors.list()
    interviews: dict[str, list[InterviewRow]] = defaultdict(list)
    for row in project.interviews.list():
        if row.actor_key:
            interviews[row.actor_key].append(row)
    pairs = likely_duplicates(actors)
    same: dict[str, list[str]] = defaultdict(list)
    for first, second in pairs:
        same[first].append(second)
        same[second].append(first)
    return tuple(ActorLine(actor, tuple(interviews[actor.key]), tuple(same[actor.key])) for actor in actors)


def apply_change(project: Project, change: ActorChange) -> ActorChange:
    """Stores or removes an entry and returns what was done, ready to be taken back."""
    if change.after is not None:
        project.actors.save(change.after)
    elif change.before is not None:
        project.actors.remove(change.before.key)
    return change


def new_key(project: Project, name: str) -> str:
    """A free short code made from a name: ``Klinikum Musterstadt`` becomes ``klinikum_musterstadt``."""
    taken = {actor.key for actor in project.actors.list()}
    plain = unicodedata.normalize("NFKD", name.casefold().replace("ß", "ss"))
    words = [word for word in re.findall(r"[a-z0-9]+", plain.encode("ascii", "ignore").decode()) if word]
    base = "_".join(words)[:_LONGEST_KEY].strip("_") or "actor"
    if base[0].isdigit():
        base = f"a_{base}"
    key, number = base, 2
    while key in taken:
        key, number = f"{base}_{number}", number + 1
    return key


def missing_from_catalogue(project: Project) -> tuple[Actor, ...]:
    """The shipped organisations that the register lacks; none for the sample project, which names no real one."""
    if project.settings.is_sample:
        return ()
    known = {actor.key for actor in project.actors.list()}
    return tuple(actor for actor in load_catalog().actors if actor.key not in known)


def add_from_catalogue(project: Project) -> int:
    """Adds every shipped organisation that is missing, changes none that is there; returns how many were added."""
    missing = missing_from_catalogue(project)
    project.actors.save_all([replace(actor, source="catalogue") for actor in missing])
    return len(missing)


def history(project: Project, key: str) -> tuple[HistoryLine, ...]:
    """The stored states of an entry, the latest first."""
    revisions = project.revisions.history(key, "actor")
    records = {revision.sha: revision.body.get("record") for revision in revisions}
    return tuple(
        _history_line(revision, next((records[sha] for sha in revision.parents if records.get(sha)), None))
        for revision in revisions
    )


def _history_line(revision: Revision, before: Mapping[str, Any] | None) -> HistoryLine:
    after = revision.body.get("record")
    if after is None:
        return HistoryLine(revision.created_at, revision.author, HistoryStep.REMOVED)
    if before is None:
        return HistoryLine(revision.created_at, revision.author, HistoryStep.ADDED)
    changed = tuple(entry.name for entry in fields(Actor) if before.get(entry.name) != after.get(entry.name))
    return HistoryLine(revision.created_at, revision.author, HistoryStep.CHANGED, changed)


def likely_duplicates(actors: Sequence[Actor]) -> tuple[tuple[str, str], ...]:
    """Pairs of keys whose names say nearly the same, legal forms, case and accents aside.

    Only names that share a long word are compared, so that a register of thousands stays quick.
    """
    words = {actor.key: _words(actor.names["de"]) for actor in actors}
    by_word: dict[str, list[str]] = defaultdict(list)
    for key, parts in words.items():
        for part in {part for part in parts if len(part) > 4}:
            by_word[part].append(key)
    candidates = {pair for keys in by_word.values() if len(keys) < 50 for pair in _pairs(keys)}
    return tuple(sorted(pair for pair in candidates if _alike(words[pair[0]], words[pair[1]])))


def _pairs(keys: Sequence[str]) -> Iterable[tuple[str, str]]:
    ordered = sorted(keys)
    return ((first, second) for index, first in enumerate(ordered) for second in ordered[index + 1 :])


def _words(name: str) -> tuple[str, ...]:
    plain = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(character for character in plain if not unicodedata.combining(character))
    return tuple(word for word in re.findall(r"\w+", plain) if word not in _LEGAL_FORMS)


def _alike(first: tuple[str, ...], second: tuple[str, ...]) -> bool:
    if set(first) == set(second):
        return True
    return difflib.SequenceMatcher(None, " ".join(sorted(first)), " ".join(sorted(second))).ratio() >= _LIKENESS
