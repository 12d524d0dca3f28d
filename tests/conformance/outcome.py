"""The result of one case, and the rule that says which comparisons count."""

from dataclasses import dataclass, field

PASSED = "passed"
FAILED = "failed"
SKIPPED = "skipped"
TRUSTED_TIERS = frozenset({"consensus", "majority"})


@dataclass(slots=True)
class Outcome:
    """What one case came to.

    Attributes:
        tier: trust in an expression's expected value; None for scenarios and interviews.
        status: ``passed``, ``failed`` or ``skipped``.
        reason: first difference, or why the case does not count.
        differences: all differences, expected and actual in one line each.
    """

    id: str
    file: str
    tier: str | None = None
    status: str = PASSED
    reason: str = ""
    differences: list[str] = field(default_factory=list)

    def record(self) -> dict[str, object]:
        """The JSON entry of this case."""
        entry: dict[str, object] = {"id": self.id, "file": self.file}
        if self.tier is not None:
            entry["tier"] = self.tier
        return {**entry, "status": self.status, "reason": self.reason}


@dataclass(slots=True)
class Checks:
    """Collects the comparisons of one case.

    Attributes:
        made: comparisons that counted.
        left_out: reason → comparisons that the rule leaves out.
        ended: why the case ended early; empty where it was played to its end.
    """

    differences: list[str] = field(default_factory=list)
    made: int = 0
    left_out: dict[str, int] = field(default_factory=dict)
    ended: str = ""

    def expect(self, what: str, holds: bool, expected: object = None, actual: object = None) -> None:
        """Counts one comparison and notes it where it does not hold."""
        self.made += 1
        if not holds:
            self.differences.append(f"{what}: expected {expected!r}, got {actual!r}")

    def leave_out(self, reason: str) -> None:
        """Notes a comparison that the rule does not count."""
        self.left_out[reason] = self.left_out.get(reason, 0) + 1

    def outcome(self, case_id: str, file: str) -> Outcome:
        """Failed with any difference, skipped where nothing counted, else passed."""
        if self.differences:
            return Outcome(case_id, file, None, FAILED, self.differences[0], self.differences)
        if not self.made:
            return Outcome(case_id, file, None, SKIPPED, "; ".join(sorted(self.left_out)) or "nothing to compare")
        notes = [f"{count} left out: {reason}" for reason, count in sorted(self.left_out.items())]
        return Outcome(case_id, file, None, PASSED, "; ".join([self.ended, *notes] if self.ended else notes))
