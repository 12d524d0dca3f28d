"""Runs scenario cases: a form, steps, and what two engines' own tests expect after each of them."""

from collections.abc import Mapping

from comparing import plain_ref, same, same_set
from documents import compare_documents
from outcome import SKIPPED, Checks, Outcome
from recorded import BEGIN, Clock, LeftOut, Replay, open_session, stop_of, well_formed
from snapshot import Screen

from roadmapdesk.errors import RoadmapDeskError
from roadmapdesk.xforms.session.notices import EXPRESSION_FAILED, SEVERAL_TARGETS
from roadmapdesk.xforms.session.view import ViolationKind

_ASKED_TYPES = frozenset({"input", "select", "rank", "range", "trigger", "upload"})
_FAILURES = {SEVERAL_TARGETS.code, EXPRESSION_FAILED.code}  # what our session tells instead of an exception
_RESULTS = {ViolationKind.CONSTRAINT: "CONSTRAINT_VIOLATED", ViolationKind.REQUIRED: "REQUIRED_BUT_EMPTY"}


class Unplayable(Exception):
    """The step needs something that the file does not give."""


class ScenarioCases:
    """One file of scenario cases."""

    def __init__(self, data: dict, file: str) -> None:
        self.file = file
        self._forms = data["forms"]
        self._now = data["now"]
        self.cases = data["cases"]

    def run(self, case: dict) -> Outcome:
        """The outcome of one case."""
        checks = Checks()
        player = _Player(case, self._forms, self._now, checks)
        for number, step in enumerate(case["steps"]):
            try:
                if not player.play(step, number):
                    break
            except Unplayable as reason:
                if checks.differences or checks.made:
                    break
                return Outcome(case["id"], self.file, None, SKIPPED, str(reason))
        return checks.outcome(case["id"], self.file)


class _Player:
    def __init__(self, case: dict, forms: Mapping[str, str], now: str, checks: Checks) -> None:
        self.case = case
        self.forms = forms
        self.checks = checks
        self.clock = Clock(now, case.get("tz") or "UTC")
        self.left_out = LeftOut(case.get("cross") or {}, case.get("volatile") or [])
        self.is_javarosa = case.get("suite", "").startswith("java")
        self.sessions: dict[int, Replay] = {}
        self.form: tuple[bytes, dict[str, bytes]] = (b"", {})

    def play(self, step: dict, number: int) -> bool:
        """Plays one step; False where the case ends with it."""
        op = step["op"]
        handler = getattr(self, f"_{op}", None)
        if handler is None:
            msg = f"unknown step {op}"
            raise Unplayable(msg)
        self.what = f"step {number} {op}"
        expect = step.get("expect") or {}
        try:
            return handler(step, expect) is not False
        except (RoadmapDeskError, LookupError, ValueError) as error:
            text = f"{type(error).__name__}: {error}"
            if "error" in expect:
                self.checks.expect(f"{self.what} error", holds=True)
                return False
            self.checks.expect(self.what, holds=False, expected="no error", actual=text)
            return False

    def replay(self, step: dict) -> Replay:
        """The session that a step speaks to."""
        found = self.sessions.get(step.get("session", 0))
        if found is None:
            raise Unplayable("the file gives no session")
        return found

    def _start(self, step: dict, expect: dict, submission: bytes | None = None, *, replaces: bool = False) -> None:
        xform, resources = self.form
        session = open_session(xform, self.clock, resources, submission, replaces=replaces)
        replay = Replay(session, self.checks, self.left_out, keeps_irrelevant=self.is_javarosa)
        self.sessions[step.get("session", 0)] = replay
        if "error" in expect:
            self.checks.expect(self.what, holds=False, expected=expect["error"], actual="no error")
        if "state" in expect:
            replay.take_state(expect["state"])
            replay.compare_state(self.what)

    def _load(self, step: dict, expect: dict) -> bool:
        resources = {}
        for uri, content in (step.get("resources") or {}).items():
            text = content.get("text") if isinstance(content, dict) else content
            if text is None:
                continue  # the recording says that this file is missing
            resources[uri.rpartition("/")[2]] = text.encode("utf-8")
        if not step.get("form"):
            raise Unplayable("the file gives no form")
        self.form = (well_formed(self.forms[step["form"]]).encode("utf-8"), resources)
        options = step.get("options") or {}
        if options.get("geolocation"):
            raise Unplayable("the file does not give the position")
        edited = options.get("editInstance")
        self._start(step, expect, edited.encode("utf-8") if edited else None, replaces=bool(edited))
        return "error" not in expect

    def _new_instance(self, step: dict, expect: dict) -> None:
        self._start(step, {key: value for key, value in expect.items() if key != "changed"})
        self.replay(step).current = BEGIN
        if "changed" in expect and not expect.get("state"):
            first = self.sessions.get(step.get("from", 0))
            if first is not None and first is not self.replay(step):
                self.replay(step).expected = dict(first.expected)
                self.replay(step).is_complete = first.is_complete

    def _restore(self, step: dict, expect: dict) -> None:
        source = self.sessions[step.get("from", 0)]
        if _holds_other_answers(source.expected, expect.get("state") or {}):
            msg = "the file does not give the record that is restored"
            raise Unplayable(msg)
        self._start(step, expect, source.session.to_submission().xml, replaces=step["op"] == "edit")

    _edit = _restore
    _serialize_and_restore = _restore

    def _answer(self, step: dict, expect: dict) -> None:
        replay = self.replay(step)
        ref, text = plain_ref(step["ref"]), _answer_text(step["data"])
        if "error" in expect:
            changes = replay.session.answer(ref, text)
            told = changes.refused is not None or any(each.code in _FAILURES for each in changes.notices)
            self.checks.expect(f"{self.what} error", told, expect["error"], "no error")
            return
        if "result" in expect:
            probed = replay.session.probe(ref, text)
            # a text that is no value of the type is refused first; the states that follow tell whether rightly
            result = _RESULTS.get(probed.kind, expect["result"]) if probed else "OK"
            if result == "REQUIRED_BUT_EMPTY" and step["data"] is not None:
                result = "OK"  # JavaRosa takes an empty text for an answer
            self.checks.expect(f"{self.what} {ref} result", result == expect["result"], expect["result"], result)
            if expect["result"] == "OK":
                replay.session.answer(ref, text, even_readonly=True)  # JavaRosa leaves that to the screens
        elif replay.session.answer(ref, text).refused:
            replay.session.answer(ref, None)  # Web Forms clears the field where our session refuses and keeps it
        self._moved(step, expect, Screen("question", ref))

    def _moved(self, step: dict, expect: dict, stop: Screen | None) -> None:
        replay = self.replay(step)
        at = expect.get("at")
        replay.current = stop_of(at["event"], at.get("ref", "")) if at else stop
        replay.take_changes(expect)
        if "changed" in expect or "removed" in expect:
            replay.compare_state(self.what)

    def _new_repeat(self, step: dict, expect: dict) -> None:
        replay = self.replay(step)
        ref = plain_ref(step["ref"])
        wanted = int(ref.rpartition("[")[2][:-1]) if ref.endswith("]") else 0
        repeat = ref.rpartition("[")[0] if wanted else ref
        existing = len(replay.snapshot().repeats[repeat].children) if repeat in replay.snapshot().repeats else 0
        if not wanted or existing < wanted:
            replay.session.add_repeat(repeat)
        self._moved(step, expect, Screen("repeat", ref))

    def _remove_repeat(self, step: dict, expect: dict) -> None:
        replay = self.replay(step)
        replay.session.remove_repeat(plain_ref(step["ref"]))
        self._moved(step, expect, None)

    def _set_language(self, step: dict, expect: dict) -> None:
        replay = self.replay(step)
        replay.session.set_language(step["language"])
        self._moved(step, expect, replay.current)

    def _next(self, step: dict, expect: dict) -> None:
        replay = self.replay(step)
        at = {"ref": "", **(expect.get("at") or {"event": expect["event"], "ref": step["ref"]})}
        replay.take_changes(expect)
        replay.compare_next(at["event"], at["ref"])
        if "label" in expect and not self.left_out.leaves_out(plain_ref(at["ref"]), "label"):
            entry = replay.find(plain_ref(at["ref"]), replay.snapshot())
            label = entry.view.label if entry else None
            self.checks.expect(f"{self.what} label", _same_label(expect["label"], label), expect["label"], label)

    def _prev(self, step: dict, expect: dict) -> None:
        self.replay(step).compare_next(expect["event"], step["ref"], step=-1)

    def _jump(self, step: dict, expect: dict) -> None:
        self.replay(step).current = stop_of(expect["event"], step["ref"])

    def _final(self, step: dict, expect: dict) -> None:
        replay = self.replay(step)
        if "violations" in expect:
            self._compare_violations(replay, expect["violations"])
        self._serialize(step, expect)

    def _compare_violations(self, replay: Replay, recorded: list[dict]) -> None:
        positions = {entry.view.ref: ref for ref, entry in replay.snapshot().entries.items()}
        ours = {(positions.get(each.ref, each.ref), each.kind.value) for each in replay.session.validate()}
        theirs = {(plain_ref(each["ref"]), each["condition"]) for each in recorded}
        for ref, kind in sorted(ours ^ theirs):
            if self.left_out.leaves_out(ref, "violation"):
                self.checks.leave_out("disputed, volatile or presence")
            else:
                side = "no violation" if (ref, kind) in ours else kind
                self.checks.expect(
                    f"{self.what} {ref}", holds=False, expected=side, actual=kind if side != kind else None
                )
        self.checks.made += 1

    def _serialize(self, step: dict, expect: dict) -> None:
        if expect.get("instance_xml") is not None:
            replay = self.replay(step)
            xml = replay.session.to_submission().xml
            counted = replay.counted() if self.is_javarosa else set()
            compare_documents(self.checks, expect["instance_xml"], xml, self.left_out.values, counted)

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
        fits = entry is not None and (same(wanted, actual) or same_set(wanted, actual))
        self.checks.expect(f"{self.what} {ref}", fits, wanted, actual)

    def _get_attribute(self, step: dict, expect: dict) -> None:
        from roadmapdesk.xforms.tree import parse_document

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
        found = [(choice.value, choice.label) for choice in choices]
        fits = len(found) == len(wanted) and all(
            one[0] == other[0] and (not one[1] or _same_label(one[1], other[1]))
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
                f"{self.what} label", _same_label(expect["label"], view.label), expect["label"], view.label
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
        self.checks.expect(self.what, refs[:1] == [plain_ref(failed)], failed, refs[:1])

    def _label(self, step: dict, expect: dict) -> None:
        label = self.replay(step).session.node(plain_ref(step["ref"])).label
        self.checks.expect(self.what, _same_label(expect["label"], label), expect["label"], label)

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


def _holds_other_answers(source: Mapping[str, dict], restored: Mapping[str, dict]) -> bool:
    """Whether a restored record holds answers that the session it is said to come from does not have."""
    for ref, entry in restored.items():
        known = source.get(plain_ref(ref))
        if (
            entry.get("t") in _ASKED_TYPES
            and entry.get("relevant", True)
            and not same(entry.get("v"), (known or {}).get("v"))
        ):
            return True
    return False


def _same_label(expected: object, actual: object) -> bool:
    return " ".join(str(expected or "").split()) == " ".join(str(actual or "").split()) or same(expected, actual)


def _answer_text(data: Mapping[str, object] | None) -> str:
    """The stored text of a recorded answer."""
    value = (data or {}).get("value")
    if isinstance(value, dict) and value.get("any"):
        raise Unplayable("the answer depends on a clock which the file does not give")
    if isinstance(value, dict) and "latitude" in value:
        parts = (value.get(name) or 0 for name in ("latitude", "longitude", "altitude", "accuracy"))
        return " ".join(f"{part:g}" if part == int(part) else repr(part) for part in parts)
    if isinstance(value, dict):
        raise Unplayable("the file does not hold the attachment")
    if isinstance(value, list):
        return " ".join(str(item) for item in value)
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)
