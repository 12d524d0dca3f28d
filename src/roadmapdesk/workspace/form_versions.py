"""What two versions of a questionnaire have in common and what not; pure, from their codebooks."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from roadmapdesk.domain.catalog import Bilingual
from roadmapdesk.workspace.codebook import Codebook, CodebookEntry


class FormChangeKind(StrEnum):
    """What happened to a question; the most serious first."""

    REMOVED = "removed"
    ADDED = "added"
    RESCALED = "rescaled"
    REWORDED = "reworded"
    CONDITION = "condition"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class FormChange:
    """One thing that is different about one question; a question may have several.

    Attributes:
        question: its name in the form.
        number: what people call it (``E3``), in the later version where both have it; may be empty.
        wording: the question, in the later version where both have it.
        before: what it was: the wording, the scale, the condition or the section; empty for an added question.
        after: what it is now; empty for a removed question.
    """

    kind: FormChangeKind
    question: str
    number: str
    wording: Bilingual
    before: Bilingual
    after: Bilingual


@dataclass(frozen=True, slots=True)
class FormDifference:
    """Everything that is different, in the order of the later version, removed questions first.

    Attributes:
        common: how many questions both versions ask.
    """

    changes: tuple[FormChange, ...]
    common: int

    def count(self, kind: FormChangeKind) -> int:
        """How many questions have a change of this kind."""
        return sum(change.kind is kind for change in self.changes)

    def questions(self, *kinds: FormChangeKind) -> frozenset[str]:
        """Names of the questions with a change of these kinds."""
        return frozenset(change.question for change in self.changes if change.kind in kinds)


_NOTHING = Bilingual("", "")


def compare_forms(before: Codebook, after: Codebook) -> FormDifference:
    """What is different in `after`: added, removed, reworded, rescaled, asked under another condition, moved.

    A question is known by its name. It is reworded where its wording or its hint differs, rescaled where codes, their
    labels or the kind of answer differ, and moved where it stands in another group or repeat, or at another place
    among the questions that both versions ask.
    """
    old, new = _asked(before), _asked(after)
    both = [name for name in new if name in old]
    moved = _reordered([old[name] for name in old if name in new], [new[name] for name in both])
    changes = [
        _change(FormChangeKind.REMOVED, old[name], old[name].label, _NOTHING) for name in old if name not in new
    ]
    for name, entry in new.items():
        if name not in old:
            changes.append(_change(FormChangeKind.ADDED, entry, _NOTHING, entry.label))
        else:
            changes.extend(_differences(old[name], entry, has_moved=name in moved))
    return FormDifference(tuple(changes), len(both))


def _asked(book: Codebook) -> Mapping[str, CodebookEntry]:
    return {name: entry for name, entry in book.entries.items() if entry.control}


def _differences(old: CodebookEntry, new: CodebookEntry, *, has_moved: bool) -> Iterator[FormChange]:
    if _scale(old) != _scale(new):
        yield _change(FormChangeKind.RESCALED, new, scale_words(old), scale_words(new))
    if old.hint != new.hint:
        yield _change(FormChangeKind.REWORDED, new, _said(old), _said(new))
    elif old.label != new.label:
        yield _change(FormChangeKind.REWORDED, new, old.label, new.label)
    conditions = [_condition(entry) for entry in (old, new)]
    if conditions[0] != conditions[1]:
        yield _change(FormChangeKind.CONDITION, new, *(Bilingual(text, text) for text in conditions))
    if has_moved:
        yield _change(FormChangeKind.MOVED, new, _place(old), _place(new))


def _change(kind: FormChangeKind, entry: CodebookEntry, before: Bilingual, after: Bilingual) -> FormChange:
    return FormChange(kind, entry.question, entry.number, entry.label, before, after)


def _said(entry: CodebookEntry) -> Bilingual:
    """Wording and hint in one."""
    pairs = ((entry.label.de, entry.hint.de), (entry.label.en, entry.hint.en))
    return Bilingual(*(" – ".join(part for part in pair if part) for pair in pairs))


def _scale(entry: CodebookEntry) -> tuple[object, ...]:
    choices = tuple((choice.code, choice.label) for choice in entry.choices)
    return entry.control, entry.type, choices, entry.list_name if not choices else ""


def scale_words(entry: CodebookEntry) -> Bilingual:
    """The answers that a question takes: its codes with their labels, or the kind of value."""
    if not entry.choices:
        text = f"{entry.type}: {entry.list_name}" if entry.list_name else entry.type
        return Bilingual(text, text)
    return Bilingual(
        "; ".join(f"{choice.code} {choice.label.de}".strip() for choice in entry.choices),
        "; ".join(f"{choice.code} {choice.label.en}".strip() for choice in entry.choices),
    )


def _condition(entry: CodebookEntry) -> str:
    parts = [f"relevant: {entry.relevant}" if entry.relevant else "", "required" if entry.is_required else ""]
    return "; ".join(part for part in parts if part)


def _place(entry: CodebookEntry) -> Bilingual:
    path = entry.path.rpartition("/")[0]
    return Bilingual(entry.section.de or path, entry.section.en or path)


def _parent(entry: CodebookEntry) -> str:
    """The groups around a question; the form's own name is left out, because a new version may have another."""
    return entry.path.rpartition("/")[0].partition("/")[2].partition("/")[2]


def _reordered(old: Sequence[CodebookEntry], new: Sequence[CodebookEntry]) -> frozenset[str]:
    """Questions in another group, and the fewest that explain another order of the rest."""
    parents = {entry.question: _parent(entry) for entry in old}
    elsewhere = {entry.question for entry in new if parents[entry.question] != _parent(entry)}
    place = {entry.question: number for number, entry in enumerate(old)}
    rest = [entry.question for entry in new if entry.question not in elsewhere]
    kept = _longest_rising([place[name] for name in rest])
    return frozenset(elsewhere | {name for number, name in enumerate(rest) if number not in kept})


def _longest_rising(values: Sequence[int]) -> frozenset[int]:
    """Positions of a longest rising run of `values`, gaps allowed."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for position, value in enumerate(values):
        length = bisect_left(tails, value)
        before.append(ends[length - 1] if length else -1)
        if length == len(tails):
            tails.append(value)
            ends.append(position)
        else:
            tails[length], ends[length] = value, position
    found, position = set(), ends[-1] if ends else -1
    while position >= 0:
        found.add(position)
        position = before[position]
    return frozenset(found)
