"""Replays recorded interviews over real forms: every screen, answer, refusal and the final record."""

from pathlib import Path

from comparing import plain_ref
from left_out import LeftOut
from outcome import SKIPPED, Checks, Outcome
from recorded import COUNTED, Clock, Replay, open_session
from snapshot import Screen
from stops import stop_of

from roadmapdesk.errors import RoadmapDeskError
from roadmapdesk.xforms.session.view import ViolationKind

_VISITED = frozenset({"question", "repeat", "prompt"})
_RESULTS = {ViolationKind.CONSTRAINT: "CONSTRAINT_VIOLATED", ViolationKind.REQUIRED: "REQUIRED_BUT_EMPTY"}
_MAX_DIFFERENCES = 50


class TraceCase:
    """One recorded interview."""

    def __init__(self, data: dict, path: Path) -> None:
        self.file = path.name
        self.cases = [data]
        self._folder = path.parent

    def run(self, case: dict) -> Outcome:
        """The outcome of the interview."""
        checks = Checks()
        xform = self._folder / case["xform"]
        if not xform.is_file():
            return Outcome(case["id"], self.file, None, SKIPPED, f"the form {case['xform']} is not there")
        try:
            session = open_session(xform.read_bytes(), Clock(case["now"], case["tz"]), self._media(case))
        except (RoadmapDeskError, LookupError, ValueError) as error:
            checks.expect("open", holds=False, expected="a session", actual=f"{type(error).__name__}: {error}")
            return checks.outcome(case["id"], self.file)
        left_out = LeftOut(case.get("cross") or {}, case.get("volatile") or [])
        player = _TracePlayer(Replay(session, checks, left_out, keeps_irrelevant=True))
        for number, step in enumerate(case["steps"]):
            player.play(step, number)
            if len(checks.differences) >= _MAX_DIFFERENCES:
                break
        return checks.outcome(case["id"], self.file)

    def _media(self, case: dict) -> dict[str, bytes]:
        name = case.get("media")
        if not name:
            return {}
        for folder in (self._folder / name, *self._folder.parent.parent.glob(f"forms/**/{name}")):
            if folder.is_dir():
                return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
        return {}


class _TracePlayer:
    def __init__(self, replay: Replay) -> None:
        self.replay = replay
        self.checks = replay.checks

    def play(self, step: dict, number: int) -> None:
        """Plays one step; an answer to what only the recording engine has is left out."""
        self.what = f"step {number} {step['op']}"
        is_answer = step["op"] in {"answer", "try_answer"}
        if is_answer and self.replay.is_only_theirs(plain_ref(step["ref"])):
            self.checks.leave_out(COUNTED)
            self.replay.take_changes(step)
            self.replay.compare_state(self.what)
            return
        try:
            getattr(self, f"_{step['op']}")(step)
        except (RoadmapDeskError, LookupError, ValueError) as error:
            text = f"{type(error).__name__}: {error}"
            self.checks.expect(f"{self.what} {step.get('ref', '')}", holds=False, expected="no error", actual=text)

    def _init(self, step: dict) -> None:
        self.replay.take_state(step["state"])
        self.replay.compare_state(self.what)

    def _visit(self, step: dict) -> None:
        ref = plain_ref(step["ref"])
        replay = self.replay
        stop = stop_of(step["event"], ref)
        if replay.current is not None and replay.current != stop:
            replay.compare_next(step["event"], ref, kinds=_VISITED)
        replay.current = stop
        if step["event"] != "question" or replay.left_out.leaves_out(ref, "presence"):
            return
        if replay.is_only_theirs(ref):
            self.checks.leave_out(COUNTED)
            return
        view = replay.session.node(ref)
        entry = {key: step[key] for key in ("label", "hint", "required", "readonly") if key in step}
        if "choices" in step:
            entry["options"] = step["choices"]
        replay._compare_entry(f"{self.what} {ref}", ref, entry, _Seen(view))

    def _answer(self, step: dict) -> None:
        ref = plain_ref(step["ref"])
        self.replay.answer(ref, step["value"] or "", step, f"{self.what} {ref}")

    def _try_answer(self, step: dict) -> None:
        ref = plain_ref(step["ref"])
        if self.replay.left_out.leaves_out(ref, "value"):
            self.checks.leave_out("disputed, volatile or presence")
        else:
            found = self.replay.session.probe(ref, step["value"] or "")
            result = _RESULTS.get(found.kind, "OK") if found else "OK"
            self.checks.expect(f"{self.what} {ref}", result == step["result"], step["result"], result)
            if found and step.get("message"):
                self.replay._compare(f"{self.what} {ref}", ref, "message", step["message"], found.message)
        if "changed" in step:
            self.replay.forget()
            self.replay.take_changes(step)

    def _new_repeat(self, step: dict) -> None:
        ref = plain_ref(step["ref"])
        repeat = ref.rpartition("[")[0] if ref.endswith("]") else ref
        self.replay.forget()
        self.replay.session.add_repeat(repeat)
        made = len(self.replay.snapshot().repeats[repeat].children)
        self.replay.current = Screen("repeat", f"{repeat}[{made}]")
        self.replay.take_changes(step)
        self.replay.compare_state(f"{self.what} {ref}")

    def _final(self, step: dict) -> None:
        replay = self.replay
        replay.forget()
        replay.compare_state(self.what)
        violations = replay.session.validate()
        failed = step.get("failed")
        if failed is None:
            self.checks.expect(f"{self.what} validate", not violations, "OK", [each.ref for each in violations[:3]])
        else:
            positions = {entry.view.ref: ref for ref, entry in replay.snapshot().entries.items()}
            refs = [positions.get(each.ref, each.ref) for each in violations]
            if not replay.left_out.leaves_out(plain_ref(failed), "value"):
                self.checks.expect(f"{self.what} validate", plain_ref(failed) in refs, failed, refs[:3])
        xml = replay.session.to_submission().xml
        replay.compare_document(step["instance_xml"], xml)


class _Seen:
    """A visited question in the shape that the state comparison reads."""

    def __init__(self, view) -> None:
        self.view = view
        self.text = view.text
