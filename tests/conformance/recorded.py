"""A recorded case being replayed on our session: the expected state kept beside ours and compared step by step."""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from comparing import is_masked, plain_ref, same, same_set
from documents import compare_documents, is_own_identity
from left_out import LeftOut, counted_readers
from looks import node_type, options_of, same_text, value_type
from outcome import Checks
from snapshot import Entry, Screen, Snapshot, screens, without_positions
from stops import ALL_STOPS, BEGIN, END, is_jump_to_start, same_stop, stop_after, stop_of

from roadmapdesk.xforms.definition import FormDefinition
from roadmapdesk.xforms.session.choices import SELECTS
from roadmapdesk.xforms.session.session import FormSession

COUNTED = "instances of counted repeats, which each engine makes at its own time"
PUT_ASIDE = "an answer that is no longer offered: ours reads as empty at once and is kept aside"
_WHOLE_EVERY = 25
_ATTRIBUTE = re.compile(r"""(?<=[\w:])\s*=\s*("[^"]*"|'[^']*')(?=[\s/>?])""")


class Clock:
    """A clock that stands still at the moment of the recording."""

    def __init__(self, moment: str, zone: str) -> None:
        self._now = datetime.fromisoformat(moment.replace("Z", "+00:00")).astimezone(ZoneInfo(zone))

    def __call__(self) -> datetime:
        return self._now


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
        self._counted_readers = counted_readers(session.definition)
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
            else:
                self.checks.expect(f"{what} {ref}", holds=False, expected=entry, actual="no such node")

    def compare_document(self, recorded: str, ours: bytes) -> None:
        """Compares a final record with the recorded one."""
        self._kept = Snapshot.of(self.session.root)
        compare_documents(self, recorded, ours)
        self.forget()

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
        if repeat is not None:
            self._compare_entry(f"{what} {ref}", ref, entry, Entry(repeat, is_counted=True))

    def _compare_entry(self, what: str, ref: str, entry: Mapping[str, object], ours: Entry) -> None:
        view = ours.view
        relevant = entry.get("relevant", True)
        self._compare(what, ref, "relevant", relevant, view.is_relevant)
        if "v" in entry and (relevant or self.keeps_irrelevant):
            self._compare_value(what, ref, entry["v"], ours)
        for name, value in (entry.get("attrs") or {}).items():
            self._compare(what, ref, f"@{name}", value, self._attribute(ref, name))
        if entry.get("group"):
            return
        self._compare(what, ref, "required", entry.get("required", False), view.is_required)
        expected = entry.get("readonly", False)
        actual = view.is_readonly and (expected or not view.has_calculation)
        self._compare(what, ref, "readonly", expected, actual)
        if "t" in entry:
            self._compare(what, ref, "node type", entry["t"], node_type(view))
            if "vt" in entry:
                self._compare(what, ref, "value type", entry["vt"], value_type(view))
        if not relevant:
            return
        for aspect in ("label", "hint"):
            if aspect in entry or "vt" in entry:  # no label is an empty one, where the recording tells labels
                self._compare(what, ref, aspect, entry.get(aspect) or "", getattr(view, aspect))
        if "options" in entry:
            self._compare(what, ref, "choices", entry["options"], options_of(view, entry["options"]))
        if "violation" in entry or "t" in entry:
            kind = view.violation.kind.value if view.violation else None
            self._compare(what, ref, "violation", entry.get("violation"), kind)
        if entry.get("message") and view.violation:
            self._compare(what, ref, "message", entry["message"], view.violation.message)

    def excuse(self, ref: str, expected: object, ours: Entry) -> str | None:
        """The side that the rule takes where a value differs because of it, None where there is no excuse."""
        if self._is_put_aside(ours, expected):
            return PUT_ASIDE
        return COUNTED if self.reads_other_instances(ref) else None

    def reads_other_instances(self, ref: str) -> bool:
        """Whether a node depends on instances of a counted repeat that only one of the engines has by now."""
        if not self.keeps_irrelevant or not self._counted_readers:
            return False
        if without_positions(ref) not in self._counted_readers:
            return False
        counted = self.counted()
        theirs = {each for each, entry in self.expected.items() if _is_instance(each, counted)}
        ours = {each for each in self.snapshot().entries if _is_instance(each, counted)}
        return theirs != ours

    def _is_put_aside(self, ours: Entry, expected: object) -> bool:
        """Whether our session holds the recorded answer, but aside, because the list does not offer it now."""
        if ours.view.control not in SELECTS:
            return False
        stored = self.session.answers().get(ours.view.ref, "")
        return stored != ours.text and (same(expected, stored) or same_set(expected, stored))

    def _attribute(self, ref: str, name: str) -> str | None:
        try:
            return self.session.node(f"{ref}/@{name.rpartition(':')[2]}").text
        except LookupError:
            return None

    def _compare_value(self, what: str, ref: str, expected: object, ours: Entry) -> None:
        if self.left_out.leaves_out(ref, "value"):
            self.checks.leave_out("disputed, volatile or presence")
        elif not is_masked(expected):
            fits = same(expected, ours.text) or (ours.view.control == "select" and same_set(expected, ours.text))
            reason = None if fits else self.excuse(ref, expected, ours)
            if reason:
                self.checks.leave_out(reason)
                return
            self.checks.expect(f"{what} value", fits, expected, ours.text)

    def _compare(self, what: str, ref: str, aspect: str, expected: object, actual: object) -> None:
        if self.left_out.leaves_out(ref, aspect):
            self.checks.leave_out("disputed, volatile or presence")
        elif not is_masked(expected):
            fits = same_text(expected, actual)
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
            actual = stop_after(stops, self.current, step)
            fits = actual is not None and same_stop(actual, wanted)
            if not fits and is_jump_to_start(stops, wanted, self.current):
                self.checks.leave_out("a jump to the beginning, which the file does not give")
            else:
                self.checks.expect(f"stop after {self.current}", fits, wanted, actual)
        self.current = wanted


def _is_instance(ref: str, counted: set[str]) -> bool:
    return ref.endswith("]") and without_positions(ref) in counted


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
