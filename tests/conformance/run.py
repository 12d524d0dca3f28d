"""Runs conformance cases against the form engine.

    python tests/conformance/run.py --cases FILE_OR_DIR … [--json OUT] [--only ID]

Prints one line per failing case with expected and actual value, then the counts with a reason per skip; exits with 1
where something failed. Works on any files of the same schema.
"""

import argparse
import json
import sys
import tomllib
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from outcome import FAILED, PASSED, SKIPPED, Outcome

_RULES: dict[str, Callable[[Outcome], bool]] = {
    "expressions: a date as a number is an instant, areas lie on the sphere, rounded, a sum over a gap is none, a "
    "half below zero rounds away from zero, and a pattern may match a part, as the evaluators have it; in sessions a "
    "date is whole days, areas are ODK Collect's, sums pass over gaps, round() and regex() follow the standard": (
        lambda outcome: outcome.tier is not None
    ),
    "forms: search() and query= are left to the program around the engine, as in the recordings": (
        lambda outcome: outcome.tier is None
    ),
    "forms: what depends on random() does not count": lambda outcome: outcome.tier is None,
}
_DEVIATIONS = Path(__file__).with_name("deviations.toml")


def main(arguments: list[str] | None = None) -> int:
    """Runs the cases named on the command line and returns the exit code."""
    parser = argparse.ArgumentParser(description="Run conformance cases against the form engine.")
    parser.add_argument("--cases", nargs="+", required=True, type=Path, metavar="FILE_OR_DIR")
    parser.add_argument("--json", type=Path, metavar="OUT")
    parser.add_argument("--only", metavar="ID")
    options = parser.parse_args(arguments)
    missing = [str(path) for path in options.cases if not path.exists()]
    if missing:
        print(f"no such file or folder: {', '.join(missing)}", file=sys.stderr)
        return 2
    outcomes = [outcome for source in case_files(options.cases) for outcome in run_file(source, options.only)]
    if not outcomes:
        print("no case found", file=sys.stderr)
        return 2
    report(outcomes)
    if options.json:
        options.json.write_text(json.dumps(as_json(outcomes), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return 1 if any(outcome.status == FAILED for outcome in outcomes) else 0


def case_files(paths: list[Path]) -> Iterator[Path]:
    """All JSON files among the paths and in the folders among them, sorted within each folder."""
    for path in paths:
        yield from sorted(path.rglob("*.json")) if path.is_dir() else [path]


def run_file(path: Path, only: str | None = None) -> Iterator[Outcome]:
    """The outcomes of one file's cases; files without expectations give none, one that cannot be read has failed."""
    try:
        suite = _suite(json.loads(path.read_text(encoding="utf-8")), path)
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        text = f"the file cannot be read: {type(error).__name__}: {error}"
        yield Outcome(path.stem, path.name, None, FAILED, text, [text])
        return
    if suite is None:
        print(f"no cases in {path.name}")
        return
    for number, case in enumerate(suite.cases):
        case.setdefault("id", f"{path.stem}#{number}")
        if only is None or case["id"] == only:
            yield _played(suite, case)


def _played(suite, case: dict) -> Outcome:
    """The outcome of one case; a case that the runner itself cannot play has failed, and the others go on."""
    try:
        return suite.run(case)
    except Exception as error:
        last = traceback.extract_tb(error.__traceback__)[-1]
        text = f"the runner stopped: {type(error).__name__}: {error} ({Path(last.filename).name}:{last.lineno})"
        return Outcome(case["id"], suite.file, case.get("tier"), FAILED, text, [text])


def _suite(data: object, path: Path):
    if not isinstance(data, dict):
        return None
    if "docs" in data:
        from xpath_cases import ExpressionCases

        return ExpressionCases(data, path.name)
    if "forms" in data and any(case.get("suite") for case in data.get("cases", ())):
        from scenarios import ScenarioCases

        return ScenarioCases(data, path.name)
    if "xform" in data and "steps" in data:
        from traces import TraceCase

        return TraceCase(data, path)
    return None


def report(outcomes: list[Outcome]) -> None:
    """Prints failures, skip reasons, the rules that the recordings ask for, and counts."""
    known = {
        each["id"]: each["reason"] for each in tomllib.loads(_DEVIATIONS.read_text("utf-8")).get("deviation", ())
    }
    for outcome in outcomes:
        if outcome.status == FAILED:
            more = f" (and {len(outcome.differences) - 1} more)" if len(outcome.differences) > 1 else ""
            why = f" — known: {known[outcome.id]}" if outcome.id in known else ""
            print(f"FAILED {outcome.file} {outcome.id}: {outcome.reason[:400]}{more}{why}")
    reasons = Counter(outcome.reason.split(", we differ")[0] for outcome in outcomes if outcome.status == SKIPPED)
    for reason, count in reasons.most_common():
        print(f"SKIPPED {count}: {reason}")
    for rule, applies in _RULES.items():
        if any(applies(outcome) for outcome in outcomes):
            print(f"RULE {rule}")
    totals = Counter(outcome.status for outcome in outcomes)
    print(f"{totals[PASSED]} passed, {totals[FAILED]} failed, {totals[SKIPPED]} skipped")


def as_json(outcomes: list[Outcome]) -> dict[str, object]:
    """The machine-readable result: three counts and one entry per case."""
    totals = Counter(outcome.status for outcome in outcomes)
    return {
        "passed": totals[PASSED],
        "failed": totals[FAILED],
        "skipped": totals[SKIPPED],
        "cases": [outcome.record() for outcome in outcomes],
    }


if __name__ == "__main__":
    sys.exit(main())
