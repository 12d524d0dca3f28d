"""Runs scenario cases: a form, steps, and what two engines' own tests expect after each of them."""

from collections.abc import Mapping

from comparing import is_masked, plain_ref, same
from left_out import LeftOut
from outcome import SKIPPED, Checks, Outcome
from reads import Reads, same_label
from recorded import Clock, Replay, open_session, well_formed
from snapshot import Screen
from stops import BEGIN, stop_of
from typing_extensions import override

from roadmapdesk.errors import RoadmapDeskError
from roadmapdesk.xforms.definition import FormDefinition
from roadmapdesk.xforms.problems import BROKEN_EXPRESSION, CYCLE, FormError, FormProblem, Severity
from roadmapdesk.xforms.session.notices import EXPRESSION_FAILED, SEVERAL_TARGETS
from roadmapdesk.xforms.session.session import FormSession
from roadmapdesk.xforms.session.view import Kind as Shown
from roadmapdesk.xforms.session.view import ViolationKind
from roadmapdesk.xforms.xpath import compile_expression
from roadmapdesk.xforms.xpath.errors import UNKNOWN_FUNCTION

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
                if not checks.differences and not checks.made:
                    return Outcome(case["id"], self.file, None, SKIPPED, str(reason))
                checks.ended = f"up to step {number}: {reason}"
                break
        return checks.outcome(case["id"], self.file)


class _Player(Reads):
    def __init__(self, case: dict, forms: Mapping[str, str], now: str, checks: Checks) -> None:
        left_out = LeftOut(case.get("cross") or {}, case.get("volatile") or [])
        super().__init__(checks, left_out, is_javarosa=case.get("suite", "").startswith("java"))
        self.case = case
        self.forms = forms
        self.clock = Clock(now, case.get("tz") or "UTC")
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
            self._leave_if_alone(error)
            if "error" in expect:
                self.checks.expect(f"{self.what} error", holds=True)
                return False
            self.checks.expect(self.what, holds=False, expected="no error", actual=text)
            return False

    def _leave_if_alone(self, error: Exception) -> None:
        """Leaves a case whose form both the other engine and ours refuse, where the rule says why.

        Raises:
            Unplayable: the form has a circle, which is refused by the rule; or it calls a function that is none of
                the language, so that the program around the recording engine must have given it.
        """
        if not isinstance(error, FormError) or (self.case.get("cross") or {}).get("status") != "error":
            return
        codes = {_cause(each) for each in error.problems if each.severity is Severity.ERROR}
        if codes == {CYCLE.code}:
            raise Unplayable("the engines disagree: a form with a circle is refused, as the other engine does")
        if codes == {UNKNOWN_FUNCTION.code}:
            raise Unplayable("the form calls a function that the file does not give")

    @override
    def replay(self, step: Mapping) -> Replay:
        found = self.sessions.get(step.get("session", 0))
        if found is None:
            raise Unplayable("the file gives no session")
        return found

    def _start(self, step: dict, expect: dict, submission: bytes | None = None, *, replaces: bool = False) -> None:
        xform, resources = self.form
        self._open(open_session(xform, self.clock, resources, submission, replaces=replaces), step, expect)

    def _open(self, session: FormSession, step: dict, expect: dict) -> None:
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
                self.withheld.add(uri.rpartition("/")[2])  # missing, or given by the program around the engine
                continue
            resources[uri.rpartition("/")[2]] = text.encode("utf-8")
        if "form" not in step and self.sessions:
            self._load_stored(step, expect)
            return True
        if not step.get("form"):
            raise Unplayable("the file gives no form")
        self.form = (well_formed(self.forms[step["form"]]).encode("utf-8"), resources)
        options = step.get("options") or {}
        if options.get("geolocation"):
            raise Unplayable("the file does not give the position")
        edited = options.get("editInstance")
        self._start(step, expect, edited.encode("utf-8") if edited else None, replaces=bool(edited))
        return "error" not in expect

    def _load_stored(self, step: dict, expect: dict) -> None:
        """Opens the form and the answers of the first session again, both as the program stores them."""
        source = self.sessions[step.get("from", 0)].session
        definition = FormDefinition.from_json(source.definition.to_json(), resources=source.definition.resources)
        session = FormSession.restore(definition, source.answers(), clock=self.clock)
        self._open(session, step, expect)

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

    def _answer(self, step: dict, expect: dict) -> bool | None:
        replay = self.replay(step)
        ref, text = plain_ref(step["ref"]), _answer_text(step.get("data"), _recorded_value(step, expect))
        if "dump_error" in expect:
            # the recording engine broke down: it could not even tell its state, so nothing more can be compared
            self.checks.leave_out("the recording engine broke down and gives no state")
            return False
        if "error" in expect:
            changes = replay.session.answer(ref, text)
            told = changes.refused is not None or any(each.code in _FAILURES for each in changes.notices)
            self.checks.expect(f"{self.what} error", told, expect["error"], "no error")
            return None
        if "result" in expect:
            probed = replay.session.probe(ref, text)
            # a text that is no value of the type is refused first; the states that follow tell whether rightly
            result = _RESULTS.get(probed.kind, expect["result"]) if probed else "OK"
            if result == "REQUIRED_BUT_EMPTY" and step["data"] is not None:
                result = "OK"  # JavaRosa takes an empty text for an answer
                self.answered_empty.add(ref)
            self.checks.expect(f"{self.what} {ref} result", result == expect["result"], expect["result"], result)
            if expect["result"] == "OK":
                replay.session.answer(ref, text, by_program=True)  # JavaRosa leaves that to the screens
        elif replay.session.answer(ref, text).refused:
            replay.session.answer(ref, None)  # Web Forms clears the field where our session refuses and keeps it
        self._moved(step, expect, Screen("question", ref))
        return None

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
            self.checks.expect(f"{self.what} label", same_label(expect["label"], label), expect["label"], label)

    def _prev(self, step: dict, expect: dict) -> None:
        self.replay(step).compare_next(expect["event"], step["ref"], step=-1)

    def _jump(self, step: dict, expect: dict) -> None:
        self.replay(step).current = stop_of(expect["event"], step["ref"])

    def _finalize(self, step: dict, expect: dict) -> None:
        replay = self.replay(step)
        replay.session.finalise()
        replay.forget()
        if "state" in expect:
            replay.take_state(expect["state"])
            replay.compare_state(self.what)
        self._moved(step, expect, replay.current)
        self._serialize(step, expect)

    def _final(self, step: dict, expect: dict) -> None:
        replay = self.replay(step)
        if "violations" in expect:
            self._compare_violations(replay, expect["violations"])
        self._serialize(step, expect)

    def _compare_violations(self, replay: Replay, recorded: list[dict]) -> None:
        entries = replay.snapshot().entries
        shown = {(ref, each.view.violation.kind.value) for ref, each in entries.items() if each.view.violation}
        positions = {entry.view.ref: ref for ref, entry in entries.items()}
        found = {(positions.get(each.ref, each.ref), each.kind.value) for each in replay.session.validate()}
        on_screen = {each for each in shown if entries[each[0]].view.kind is not Shown.MODEL}
        self.checks.expect(f"{self.what} validate", found == on_screen, sorted(on_screen), sorted(found))
        ours = shown  # Web Forms lists calculated fields, too, which nobody can answer and no screen shows
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
            replay.compare_document(expect["instance_xml"], xml)


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


def _cause(problem: FormProblem) -> str:
    """The code of a problem; for a broken expression, of what is wrong with it."""
    expression = dict(problem.parameters).get("expression")
    if problem.code == BROKEN_EXPRESSION.code and expression is not None:
        found = {error.code for error in compile_expression(expression).problems}
        return found.pop() if len(found) == 1 else problem.code
    return problem.code


def _recorded_value(step: dict, expect: dict) -> object:
    """The stored text that a recorded answer led to, None where the file does not tell."""
    changed = expect.get("changed") or {}
    entry = changed.get(step["ref"]) if isinstance(changed, dict) else None
    return (entry or {}).get("v")


def _answer_text(data: Mapping[str, object] | None, recorded: object) -> str:
    """The stored text of a recorded answer; `recorded` is what it led to."""
    value = (data or {}).get("value")
    if (data or {}).get("type") == "File" and isinstance(recorded, str) and not is_masked(recorded):
        return recorded  # of an attachment the record holds the name only
    if isinstance(value, dict) and value.get("any"):
        raise Unplayable("the file does not give the answer, which changed between two recordings")
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
