"""Compare the scoring model with golden files: ``python tests/scoring/golden.py FILE.json …``.

Every number and text under ``expected`` is looked up in the computed record; fields absent from ``expected`` are
skipped. Prints one line per difference and ``N compared, M differ``; exit code 1 on any difference.
"""

import json
import math
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from roadmapdesk.domain.actors import StageRole
from roadmapdesk.scoring.golden import to_golden
from roadmapdesk.scoring.inputs import Interview, Item, Measure, Organisation, ScoringInput
from roadmapdesk.scoring.model import compare_waves, score
from roadmapdesk.scoring.profile import DEFAULT, ActorWeightMode, GradeRule, Grades, Profile, WeightSource


def profile_of(config: dict[str, Any]) -> Profile:
    """The profile that a golden file's ``config`` describes; budgets need no fixed total there."""
    interval, grades = config.get("interval", {}), config.get("grades", {})
    disclosure, agreement = config.get("disclosure", {}), config.get("agreement", {})
    source = {"points": WeightSource.ANSWERS, "equal": WeightSource.EQUAL}
    rule = {
        key: GradeRule(grades[key]["n"], grades[key]["coverage"], grades[key]["halfwidth"])
        for key in ("A", "B")
        if key in grades
    }
    return replace(
        DEFAULT,
        points_total=config.get("points_total"),
        min_item_coverage=config.get("min_item_coverage", DEFAULT.min_item_coverage),
        dimension_weight_source=source.get(config.get("dimension_weight_source", ""), WeightSource.AUTO),
        actor_weight_mode=ActorWeightMode.EQUAL
        if config.get("actor_weight_mode", "equal") == "equal"
        else ActorWeightMode.ROLE,
        role_weights=config.get("role_weights", DEFAULT.role_weights),
        thresholds=replace(DEFAULT.thresholds, **config.get("thresholds", {})),
        interval=replace(
            DEFAULT.interval,
            confidence=interval.get("confidence", 0.9),
            exact_enumeration_max_n=interval.get("exact_enumeration_max_n", 6),
            fpc=interval.get("fpc", False),
            min_n=config.get("interval_min_n", 3),
            draws=interval.get("draws", DEFAULT.interval.draws),
            seed=interval.get("seed", DEFAULT.interval.seed),
        ),
        class_stability_firm=config.get("class_stability_firm", 0.8),
        grades=Grades(
            a=rule.get("A", DEFAULT.grades.a), b=rule.get("B", DEFAULT.grades.b), c_n=grades.get("C", {"n": 3})["n"]
        ),
        agreement=replace(
            DEFAULT.agreement,
            **{key: agreement[key] for key in ("high", "moderate", "rwg_null_variance") if key in agreement},
        ),
        disclosure=replace(
            DEFAULT.disclosure,
            handoff_n_value=disclosure.get("handoff", {}).get("n_value", 3),
            public_n_value=disclosure.get("public", {}).get("n_value", 5),
            public_n_class=disclosure.get("public", {}).get("n_class", 3),
            public_round_to=disclosure.get("public", {}).get("round_to", 5),
        ),
        change=replace(DEFAULT.change, **config.get("change", {})),
    )


def inputs_of(data: dict[str, Any], wave: str) -> ScoringInput:
    """The scoring input of one wave (``"1"`` or ``"2"``); each actor has one interview."""
    config = data.get("config", {})
    codes = {
        "not_applicable": frozenset(str(code) for code in config.get("code_not_applicable", [97])),
        "missing": frozenset(str(code) for code in config.get("code_missing", [98, 99]) if code is not None),
    }
    items = [
        Item(
            question=entry["id"],
            measure=Measure(entry["measure"]),
            dimension=entry["dimension"],
            weight=entry.get("weight", 1.0),
            minimum=entry["min"],
            maximum=entry["max"],
            is_reversed=entry.get("reverse", False),
            **codes,
        )
        for entry in data["items"]
    ]
    points = data.get("dimension_points", {})
    items += [
        Item(f"points {dimension}", Measure.DIMENSION_WEIGHT, "*", dimension, 1.0, 0, 1e9, **codes)
        for dimension in data["dimensions"]
    ]
    answers = data.get(f"responses_wave{wave}", {})
    responses = {
        (actor, stage, question): _text(value)
        for actor, stages in answers.items()
        for stage, questions in stages.items()
        for question, value in questions.items()
    }
    responses |= {
        (actor, "*", f"points {dimension}"): _text(value)
        for actor, shares in points.items()
        for dimension, value in shares.items()
    }
    return ScoringInput(
        wave=wave,
        stages=tuple(data["stages"]),
        dimensions=tuple(data["dimensions"]),
        items=tuple(items),
        organisations=tuple(Organisation(actor) for actor in data["actors"]),
        interviews=tuple(
            Interview(
                key=actor,
                organisation=actor,
                wave=wave,
                roles={stage: StageRole(role) for stage, role in data.get("roles", {}).get(actor, {}).items()},
            )
            for actor in data["actors"]
        ),
        responses=responses,
    )


def _text(value: object) -> str:
    if value is None:
        return ""
    return repr(value) if isinstance(value, float) else str(value)


def computed(data: dict[str, Any], expected: dict[str, Any]) -> dict[str, Any]:
    """The record of `to_golden` for a golden file's input, with the Monte Carlo check it asks for."""
    profile = profile_of(data.get("config", {}))
    first = score(inputs_of(data, "1"), profile)
    second = score(inputs_of(data, "2"), profile) if data.get("responses_wave2") else None
    record = to_golden(first, second, compare_waves(first, second) if second else None)
    check = expected.get("smaa", {}).get("monte_carlo_check")
    if check:
        record["smaa"]["monte_carlo_check"] = _monte_carlo(first, check)
    return record


def _monte_carlo(scorecard: Any, check: dict[str, Any]) -> dict[str, Any]:
    import numpy as np

    from roadmapdesk.scoring import robustness

    settings = replace(scorecard.profile.robustness, draws=check["draws"], seed=check["seed"])
    rows = np.array(
        [
            [scorecard.cell(stage, dimension).performance.mean for dimension in scorecard.dimensions]
            for stage in scorecard.stages
        ],
        dtype=float,
    )
    weights = np.array(list(scorecard.weights.dimensions.values()))
    vectors = robustness.free_weights(len(scorecard.dimensions), settings)
    drawn = robustness.drawn(scorecard.stages, scorecard.dimensions, rows, weights, vectors, settings)
    shares = {f"rank1_{stage}": ranks[0] for stage, ranks in drawn.acceptability.items()}
    return {**check, **shares}


def compare(expected: Any, found: Any, tolerance: float, path: str = "") -> Iterator[tuple[str, str | None]]:
    """One (path, difference or None) per compared leaf."""
    if isinstance(expected, dict):
        limit = expected.get("tolerance", tolerance)
        for key, value in expected.items():
            if isinstance(found, dict) and key in found:
                yield from compare(value, found[key], limit, f"{path}/{key}")
            else:
                yield f"{path}/{key}", "is missing"
    elif isinstance(expected, list):
        if not isinstance(found, list) or len(found) != len(expected):
            yield path, f"expected {expected!r}, found {found!r}"
        else:
            for number, (left, right) in enumerate(zip(expected, found, strict=True)):
                yield from compare(left, right, tolerance, f"{path}/{number}")
    else:
        yield path, None if _same(expected, found, tolerance) else f"expected {expected!r}, found {found!r}"


def _same(expected: Any, found: Any, tolerance: float) -> bool:
    numbers = (int, float)
    if isinstance(expected, numbers) and isinstance(found, numbers) and not isinstance(expected, bool):
        return math.isclose(expected, found, rel_tol=0, abs_tol=tolerance)
    # Spaces in texts such as "Dirichlet(1, 1)" carry no meaning.
    if isinstance(expected, str) and isinstance(found, str):
        return expected.replace(" ", "") == found.replace(" ", "")
    return bool(expected == found)


def golden_data(path: Path) -> dict[str, Any]:
    """What a golden file holds.

    Raises:
        OSError: it cannot be read.
        ValueError: it is no JSON, or lacks what a golden file has.
    """
    data = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(data, dict) or not {"input", "expected"} <= data.keys():
        msg = "it has no “input” and “expected”"
        raise ValueError(msg)
    return data


def compared(data: dict[str, Any]) -> tuple[int, list[str]]:
    """Number of compared leaves, and one text per difference."""
    expected = data["expected"]
    results = list(compare(expected, computed(data["input"], expected), data.get("tolerance", 1e-6)))
    return len(results), [f"{place}: {text}" for place, text in results if text]


def run(path: Path) -> tuple[int, list[str]]:
    """The same for a file."""
    return compared(golden_data(path))


def main(arguments: list[str]) -> int:
    """Compare all files; 0 when nothing differs, 2 without arguments or with a file that is no golden file."""
    if not arguments:
        print("usage: golden.py FILE.json …", file=sys.stderr)
        return 2
    total, differences = 0, []
    for name in arguments:
        try:
            data = golden_data(Path(name))
        except (OSError, ValueError) as error:
            reason = error.strerror if isinstance(error, OSError) else error
            print(f"golden.py: {name} cannot be read: {reason}", file=sys.stderr)
            return 2
        number, found = compared(data)
        total += number
        differences += [f"{Path(name).name} {text}" for text in found]
    for text in differences:
        print(text)
    print(f"{total} compared, {len(differences)} differ")
    return 1 if differences else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
