"""The steps of a scenario that only read: what a test of another engine asserted, compared with our session."""

from abc import ABC, abstractmethod
from collections.abc import Mapping

from comparing import plain_ref, same, same_set
from left_out import LeftOut
from outcome import Checks
from recorded import Replay
from stops import BEGIN, END

from roadmapdesk.xforms.tree_reading import parse_document


class Reads(ABC):
    """The reading half of a scenario's player.

    Attributes:
        what: the step being played, for messages.
        is_javarosa: the case comes from JavaRosa's own tests, else from those of Web Forms.
        withheld: files that the case names without their content.
        answered_empty: questions that were answered with an empty text, which JavaRosa takes for an answer.
    """

    def __init__(self, checks: Checks, left_out: LeftOut, *, is_javarosa: bool) -> None:
        self.checks = checks
        self.left_out = left_out
        self.is_javarosa = is_javarosa
        self.what = ""
        self.withheld: set[str] = set()
        self.answered_empty: set[str] = set()

    @abstractmethod
    def replay(self, step: Mapping) -> Replay:
        """The session that a step speaks to."""

    def _get(self, step: dict, expect: dict) -> None:
        ref = plain_ref(step.get("ref") or step.get("xpath") or "")
        if not expect:
            return
        replay = self.replay(step)
        entry = replay.find(ref, replay.snapshot())
        if self.left_out.leaves_out(ref, "value"):
            self.checks.leave_out("disputed, volatile or presence")
            return
        if expect.get("exists") is False:
            holds = entry is None or (entry.is_counted and not entry.view.is_relevant)
            self.checks.expect(f"{self.what} {ref}", holds, "no such node", entry and entry.text)
            return
        wanted = expect["value"] if "value" in expect else (expect.get("data") or {}).get("value")
        actual = entry.text if entry is not None else None
        if entry is not None and not self.is_javarosa and not entry.view.is_relevant:
            actual = ""  # Web Forms shows no value where a node is not relevant
        fits = entry is not None and (
            same(wanted, actual) or (entry.view.control == "select" and same_set(wanted, actual))
        )
        reason = None if fits or entry is None else replay.excuse(ref, wanted, entry)
        if reason:
            self.checks.leave_out(reason)
            return
        self.checks.expect(f"{self.what} {ref}", fits, wanted, actual)

    def _get_attribute(self, step: dict, expect: dict) -> None:
        node = parse_document(self.replay(step).session.to_submission().xml).element
        for name in plain_ref(step["ref"]).split("/")[2:]:
            node = node.child(name)
        name = step["attribute"].rpartition(":")[2]
        found = next((each.value for each in node.attributes if each.name == name), None)
        self.checks.expect(self.what, same(expect["value"], found), expect["value"], found)

    def _choices(self, step: dict, expect: dict) -> None:
        ref = plain_ref(step["ref"])
        if self.left_out.leaves_out(ref, "choices"):
            self.checks.leave_out("disputed, volatile or presence")
            return
        wanted = [
            (item["value"], item.get("label")) if isinstance(item, dict) else (item[0], item[1])
            for item in expect["items"]
        ]
        choices = self.replay(step).session.node(ref).choices
        if wanted and not choices and self.withheld:
            self.checks.leave_out("the file does not give the list of choices")
            return
        found = [(choice.value, choice.label) for choice in choices]
        fits = len(found) == len(wanted) and all(
            one[0] == other[0] and (not one[1] or same_label(one[1], other[1]))
            for one, other in zip(wanted, found, strict=True)
        )
        self.checks.expect(f"{self.what} {ref}", fits, wanted, found)

    def _node(self, step: dict, expect: dict) -> None:
        ref = plain_ref(step["ref"])
        replay = self.replay(step)
        entry = replay.find(ref, replay.snapshot())
        if entry is None:
            self.checks.expect(f"{self.what} {ref}", holds=False, expected="a node", actual="no such node")
            return
        wanted = dict(expect.get("node") or expect)
        if "value" in wanted:
            wanted["v"] = wanted.pop("value")
        replay._compare_entry(f"{self.what} {ref}", ref, wanted, entry)

    def _prompt(self, step: dict, expect: dict) -> None:
        view = self.replay(step).session.node(plain_ref(step["ref"]))
        self.checks.expect(f"{self.what} required", view.is_required == expect["required"])
        self.checks.expect(f"{self.what} readonly", view.is_readonly == expect["readonly"])
        if "label" in expect:
            self.checks.expect(
                f"{self.what} label", same_label(expect["label"], view.label), expect["label"], view.label
            )
        if "choices" in expect:
            self._choices(step, {"items": expect["choices"]})
        if "answer_text" in expect:
            texts = [choice.label for choice in view.choices if choice.value in view.text.split()] or [view.text]
            self.checks.expect(
                f"{self.what} text", ", ".join(texts) == expect["answer_text"], expect["answer_text"], texts
            )

    def _count_repeats(self, step: dict, expect: dict) -> None:
        ref = plain_ref(step.get("ref") or step["xpath"])
        repeat = self.replay(step).snapshot().repeats.get(ref)
        count = len(repeat.children) if repeat else 0
        self.checks.expect(f"{self.what} {ref}", count == expect["count"], expect["count"], count)

    def _ref_at_index(self, step: dict, expect: dict) -> None:
        replay = self.replay(step)
        if replay.current is None:
            self.checks.leave_out("the file gives no position")
            return
        wanted = plain_ref(step["ref"])
        if wanted in {"BEGIN", "END"}:
            self.checks.expect(
                self.what, replay.current == (BEGIN if wanted == "BEGIN" else END), wanted, replay.current
            )
            return
        self.checks.expect(self.what, replay.current.ref == wanted, wanted, replay.current.ref)

    def _validate(self, step: dict, expect: dict) -> None:
        replay = self.replay(step)
        violations = replay.session.validate()
        failed = expect.get("failed")
        if failed is None:
            self.checks.expect(self.what, not violations, "no violation", [each.ref for each in violations])
            return
        positions = {entry.view.ref: ref for ref, entry in replay.snapshot().entries.items()}
        refs = [positions.get(each.ref, each.ref) for each in violations]
        refs = [ref for ref in refs if ref not in self.answered_empty]
        self.checks.expect(self.what, refs[:1] == [plain_ref(failed)], failed, refs[:1])

    def _label(self, step: dict, expect: dict) -> None:
        label = self.replay(step).session.node(plain_ref(step["ref"])).label
        self.checks.expect(self.what, same_label(expect["label"], label), expect["label"], label)

    def _selected_labels(self, step: dict, expect: dict) -> None:
        view = self.replay(step).session.node(plain_ref(step["ref"]))
        chosen = view.text.split()
        labels = [choice.label for choice in view.choices if choice.value in chosen]
        self.checks.expect(self.what, labels == expect["labels"], expect["labels"], labels)

    def _option_labels(self, step: dict, expect: dict) -> None:
        view = self.replay(step).session.node(plain_ref(step["ref"]))
        labels = [choice.label for choice in view.choices]
        self.checks.expect(self.what, labels == expect["labels"], expect["labels"], labels)

    def _can_add_remove_repeat(self, step: dict, expect: dict) -> None:
        repeat = self.replay(step).snapshot().repeats.get(plain_ref(step["ref"]))
        can_add = repeat is not None and repeat.can_add
        self.checks.expect(self.what, can_add == expect["value"], expect["value"], can_add)


def same_label(expected: object, actual: object) -> bool:
    return " ".join(str(expected or "").split()) == " ".join(str(actual or "").split()) or same(expected, actual)
