"""A recorded case being replayed on our session: the expected state kept beside ours and compared step by step."""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from comparing import is_masked, plain_ref, same, same_set
from documents import is_left_out, is_own_identity, without_first
from outcome import Checks
from snapshot import Entry, Screen, Snapshot, screens, without_positions

from roadmapdesk.xforms.definition import FormDefinition
from roadmapdesk.xforms.definition.graph import Kind
from roadmapdesk.xforms.session.session import FormSession
from roadmapdesk.xforms.session.view import NodeView

COUNTED = "instances of counted repeats, which each engine makes at its own time"
ALL_STOPS = frozenset({"question", "group", "repeat", "prompt"})
BEGIN = Screen("begin", "")
END = Screen("end", "")
_WHOLE_EVERY = 25
_CHANCE = re.compile(r"\b(random|uuid)\s*\(")
_ATTRIBUTE = re.compile(r"""(?<=[\w:])\s*=\s*("[^"]*"|'[^']*')(?=[\s/>?])""")
_LAST_POSITION = re.compile(r"\[\d+\]\Z")


class Clock:
    """A clock that stands still at the moment of the recording."""

    def __init__(self, moment: str, zone: str) -> None:
        self._now = datetime.fromisoformat(moment.replace("Z", "+00:00")).astimezone(ZoneInfo(zone))

    def __call__(self) -> datetime:
        return self._now


class LeftOut:
    """Which nodes of a case do not count, by path and aspect."""

    def __init__(self, cross: Mapping[str, object], volatile: list[str]) -> None:
        self._aspects = {(plain_ref(ref), aspect) for ref, aspect in cross.get("disputed", ())}
        self.whole = {plain_ref(ref) for ref in [*cross.get("presence", ()), *volatile]}
        self.presence = {plain_ref(ref) for ref in cross.get("presence", ())}
        self._whole = without_first(self.whole)
        self._chance: frozenset[str] = frozenset()
        self._labels = {plain_ref(ref) for ref in _label_disputes(cross)}

    def follow_chance(self, definition: FormDefinition) -> None:
        """Leaves out what depends on chance: `random()` and `uuid()` give every engine values of its own."""
        self._chance = chance_paths(definition)

    def is_chance(self, ref: str) -> bool:
        """Whether a node's value or relevance depends on chance."""
        return bool(self._chance) and without_positions(ref) in self._chance

    def leaves_out(self, ref: str, aspect: str) -> bool:
        """Whether this aspect (value, relevant, required, readonly, label, choices) of a node does not count."""
        if (ref, aspect) in self._aspects or (ref, "value") in self._aspects or self.is_chance(ref):
            return True
        return is_left_out(ref, self._whole) or (aspect in {"label", "choices"} and ref in self._labels)

    @property
    def values(self) -> set[str]:
        """Nodes whose value or presence does not count, for final documents."""
        return self.whole | self._chance | {ref for ref, aspect in self._aspects if aspect in {"value", "relevant"}}


def _label_disputes(cross: Mapping[str, object]) -> list[str]:
    found = cross.get("choice_disputes") or ()
    return [entry if isinstance(entry, str) else entry[0] for entry in found]


class Replay:
    """One live session beside its recording.

    Attributes:
        keeps_irrelevant: the recording engine keeps and shows values of irrelevant nodes (JavaRosa does).
        current: the recording's position, None where the file does not give it.
    """

    def __init__(self, session: FormSession, checks: Checks, left_out: LeftOut, *, keeps_irrelevant: bool) -> None:
        self.session = session
        self.checks = checks
        self.left_out = left_out
        self.keeps_irrelevant = keeps_irrelevant
        self.expected: dict[str, dict] = {}
        self.is_complete = False
        self.current: Screen | None = BEGIN
        self._kept: Snapshot | None = None
        self._answers = 0
        left_out.follow_chance(session.definition)

    def snapshot(self) -> Snapshot:
        """Our state now."""
        return self._kept or Snapshot.of(self.session.root)

    def answer(self, ref: str, text: str, recorded: Mapping[str, object], what: str) -> None:
        """Gives an answer and compares the state: the nodes that changed here or there, and from time to time all.

        That suffices, because the state before was compared and `Changes` names every node whose state differs.
        """
        if self._kept is None:
            self._kept = Snapshot.of(self.session.root)
        changes = self.session.answer(ref, text)
        before = len(self.expected)
        self.take_changes(recorded)
        self._answers += 1
        grew = changes.added or changes.removed or recorded.get("removed") or len(self.expected) != before
        if grew or self._answers % _WHOLE_EVERY == 0:
            self.forget()
            self.compare_state(what)
            return
        ours = {self._kept.by_key[each] for each in changes.changed if each in self._kept.by_key}
        theirs = recorded.get("changed") or {}
        self._compare_expected(what, ours | {plain_ref(each) for each in theirs}, self._kept)

    def forget(self) -> None:
        """Looks at the whole state again the next time, because the structure may have changed."""
        self._kept = None

    def find(self, ref: str, snapshot: Snapshot) -> Entry | None:
        """Our node at a recorded path; nodes that no screen shows are asked for one by one."""
        if ref not in snapshot.entries:
            try:
                snapshot.entries[ref] = Entry(self.session.node(ref), is_counted=True)
            except LookupError:
                return None
        return snapshot.entries[ref]

    def take_state(self, state: Mapping[str, dict]) -> None:
        """Starts from a whole recorded state."""
        self.is_complete = True
        self.expected = {plain_ref(ref): entry for ref, entry in state.items() if "/@" not in ref}

    def take_changes(self, expect: Mapping[str, object]) -> None:
        """Applies a recorded difference to the expected state."""
        removed = expect.get("removed") or ()
        if not is_masked(removed):
            for ref in removed:
                self.expected.pop(plain_ref(ref), None)
        changed = expect.get("changed") or {}
        if not is_masked(changed):
            self.expected.update({plain_ref(ref): entry for ref, entry in changed.items() if "/@" not in ref})

    def compare_state(self, what: str) -> None:
        """Compares the complete state with the recording."""
        snapshot = self.snapshot()
        self._compare_expected(what, self.expected, snapshot)
        for ref, ours in snapshot.entries.items() if self.is_complete else ():
            if is_own_identity(ref):
                continue
            if ref not in self.expected and not ours.is_counted and not self.left_out.leaves_out(ref, "presence"):
                self.checks.expect(f"{what} {ref}", holds=False, expected="no such node", actual=ours.text)

    def _compare_expected(self, what: str, refs: Iterable[str], snapshot: Snapshot) -> None:
        for ref in refs:
            entry = self.expected.get(ref)
            if entry is None:
                continue
            if ref.endswith("|range"):
                self._compare_range(what, ref.removesuffix("|range"), entry, snapshot)
            elif (found := self.find(ref, snapshot)) is not None:
                self._compare_entry(f"{what} {ref}", ref, entry, found)
            elif self.left_out.leaves_out(ref, "presence"):
                self.checks.leave_out("presence")
            elif self.keeps_irrelevant and self._is_counted(ref, snapshot):
                self.checks.leave_out(COUNTED)
            elif entry.get("relevant", True) or not self.keeps_irrelevant:
                self.checks.expect(f"{what} {ref}", holds=False, expected=entry, actual="no such node")

    def counted(self) -> set[str]:
        """Paths, without positions, of the repeats that a count fills."""
        repeats = self.snapshot().repeats
        return {without_positions(ref) for ref, view in repeats.items() if view.count_expression}

    def is_only_theirs(self, ref: str) -> bool:
        """Whether a recorded node lies in an instance of a counted repeat that JavaRosa keeps beyond the count."""
        snapshot = self.snapshot()
        return self.keeps_irrelevant and self._is_counted(ref, snapshot) and self.find(ref, snapshot) is None

    def _is_counted(self, ref: str, snapshot: Snapshot) -> bool:
        path = without_positions(ref)
        counted = (without_positions(each) for each, view in snapshot.repeats.items() if view.count_expression)
        return any(path == each or path.startswith(f"{each}/") for each in counted)

    def _compare_range(self, what: str, ref: str, entry: Mapping[str, object], snapshot: Snapshot) -> None:
        repeat = snapshot.repeats.get(ref)
        if "count" not in entry or is_masked(entry["count"]) or self.left_out.leaves_out(ref, "presence"):
            return
        count = 0 if repeat is None else len(repeat.children)
        self.checks.expect(f"{what} {ref} instances", count == entry["count"], entry["count"], count)

    def _compare_entry(self, what: str, ref: str, entry: Mapping[str, object], ours: Entry) -> None:
        view = ours.view
        relevant = entry.get("relevant", True)
        self._compare(what, ref, "relevant", relevant, view.is_relevant)
        if "v" in entry and (relevant or self.keeps_irrelevant):
            self._compare_value(what, ref, entry["v"], ours.text)
        if not relevant or entry.get("group"):
            return
        self._compare(what, ref, "required", entry.get("required", False), view.is_required)
        expected = entry.get("readonly", False)
        actual = view.is_readonly and (expected or not view.has_calculation)
        self._compare(what, ref, "readonly", expected, actual)
        for aspect in ("label", "hint"):
            if aspect in entry:
                self._compare(what, ref, aspect, entry[aspect], getattr(view, aspect))
        if "options" in entry:
            self._compare(what, ref, "choices", entry["options"], _options(view, entry["options"]))
        if "violation" in entry:
            kind = view.violation.kind.value if view.violation else None
            self._compare(what, ref, "violation", entry["violation"], kind)

    def _compare_value(self, what: str, ref: str, expected: object, actual: str) -> None:
        if self.left_out.leaves_out(ref, "value"):
            self.checks.leave_out("disputed, volatile or presence")
        elif not is_masked(expected):
            fits = same(expected, actual) or same_set(expected, actual)
            self.checks.expect(f"{what} value", fits, expected, actual)

    def _compare(self, what: str, ref: str, aspect: str, expected: object, actual: object) -> None:
        if self.left_out.leaves_out(ref, aspect):
            self.checks.leave_out("disputed, volatile or presence")
        elif not is_masked(expected):
            fits = _same_text(expected, actual)
            self.checks.expect(f"{what} {aspect}", fits, expected, actual)

    def compare_next(self, event: str, ref: str, *, kinds: frozenset[str] = ALL_STOPS, step: int = 1) -> None:
        """Compares the recording's next stop with ours, seen from its last one."""
        wanted = stop_of(event, ref)
        if self.current is None:
            self.checks.leave_out("the file gives no position")
        elif any(self.left_out.leaves_out(stop.ref, "presence") for stop in (wanted, self.current)):
            self.checks.leave_out("disputed, volatile or presence")
        elif any(self.is_only_theirs(stop.ref) for stop in (wanted, self.current)):
            self.checks.leave_out(COUNTED)
        else:
            stops = [BEGIN, *(stop for stop in screens(self.session.root) if stop.event in kinds), END]
            actual = _after(stops, self.current, step)
            fits = actual is not None and _same_stop(actual, wanted)
            if not fits and _is_jump_to_start(stops, wanted, self.current):
                self.checks.leave_out("a jump to the beginning, which the file does not give")
            else:
                self.checks.expect(f"stop after {self.current}", fits, wanted, actual)
        self.current = wanted


def _is_jump_to_start(stops: list[Screen], wanted: Screen, current: Screen) -> bool:
    """Whether the recording goes on at the first stop although it stood behind it: Web Forms records no jumps."""
    return len(stops) > 2 and _same_stop(stops[1], wanted) and any(_same_stop(stop, current) for stop in stops[2:])


def chance_paths(definition: FormDefinition) -> frozenset[str]:
    """Paths, without prefixes, of all nodes that depend on `random()` or `uuid()`, directly or through others."""
    targets = definition.graph.targets
    found = {
        each.model for each in targets if each.kind <= Kind.CALCULATE and _CHANCE.search(each.source)
    }  # fmt: skip
    size = -1
    while found and size != len(found):
        size = len(found)
        for each in targets:
            if each.kind <= Kind.CHOICES and any(read.node in found for read in each.reads):
                found.update(each.model.walk() if each.kind <= Kind.RELEVANT else (each.model,))
    return frozenset(plain_ref(model.path) for model in found)


def stop_of(event: str, ref: str) -> Screen:
    """A stop as the recordings name it: ``Prompt new Repeat``, ``END_OF_FORM``, ``QUESTION``, …"""
    word = event.lower().replace(" ", "_")
    if word in {"end_of_form", "beginning_of_form"}:
        return END if word.startswith("end") else BEGIN
    return Screen("prompt" if word == "prompt_new_repeat" else word, plain_ref(ref))


def _after(stops: list[Screen], current: Screen, step: int) -> Screen | None:
    for place, stop in enumerate(stops):
        if _same_stop(stop, current):
            return stops[min(max(place + step, 0), len(stops) - 1)]
    return None


def _same_stop(ours: Screen, recorded: Screen) -> bool:
    if ours.event != recorded.event:
        return False
    if ours.event == "prompt":
        return _LAST_POSITION.sub("", ours.ref) == _LAST_POSITION.sub("", recorded.ref)
    return ours.ref == recorded.ref


def _options(view: NodeView, recorded: object) -> list[list[str]]:
    """Our choices; where the recording has no label, neither has ours, which then repeats the value."""
    unlabelled = {each[0] for each in recorded if not each[1]} if isinstance(recorded, list) else set()
    return [[item.value, "" if item.value in unlabelled else item.label] for item in view.choices]


def _same_text(expected: object, actual: object) -> bool:
    if isinstance(expected, list) and isinstance(actual, list):
        return len(expected) == len(actual) and all(
            _same_text(one or "", other or "") for one, other in zip(expected, actual, strict=True)
        )
    if isinstance(expected, str) and isinstance(actual, str):
        return " ".join(expected.split()) == " ".join(actual.split()) or same(expected, actual)
    return (expected or None) == (actual or None) or expected == actual


def open_session(
    xform: bytes, clock: Clock, resources: Mapping[str, bytes], submission: bytes | None = None,
    *, replaces: bool = False,
) -> FormSession:  # fmt: skip
    """A session on a form; with a submission, one that goes on with it, or a new record that replaces it."""
    definition = FormDefinition.from_xml(xform, resources=resources, client_lists=False)
    if submission is None:
        return FormSession(definition, clock=clock)
    return FormSession.from_submission(definition, submission, replaces=replaces, clock=clock)


def well_formed(xform: str) -> str:
    """The form with less-than signs inside attributes as entities; JavaRosa's parser takes them as they are."""
    return _ATTRIBUTE.sub(lambda match: match[0].replace("<", "&lt;"), xform)
