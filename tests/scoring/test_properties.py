"""What must hold for every study."""

import random
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from roadmapdesk.scoring.classes import classify
from roadmapdesk.scoring.model import coverage, score
from roadmapdesk.scoring.profile import DEFAULT
from roadmapdesk.scoring.scorecard import CellClass

FAST = replace(
    DEFAULT, interval=replace(DEFAULT.interval, draws=80), robustness=replace(DEFAULT.robustness, draws=40)
)
ANSWER = st.sampled_from(["1", "2", "3", "4", "5", "97", "98", "99", ""])
ROWS = st.lists(st.tuples(ANSWER, ANSWER, ANSWER, ANSWER), min_size=1, max_size=10)
QUIET = settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def table(rows):
    return {f"o{n}": {"s1": dict(zip(("pd1", "id1", "pd2", "id2"), row, strict=True))} for n, row in enumerate(rows)}


@QUIET
@given(rows=ROWS, seed=st.integers(0, 99))
def test_order_of_input_does_not_matter(study, rows, seed):
    inputs = study(table(rows))
    shuffle = random.Random(seed)
    parts = {name: list(getattr(inputs, name)) for name in ("interviews", "organisations", "items")}
    responses = list(inputs.responses.items())
    for values in (*parts.values(), responses):
        shuffle.shuffle(values)
    turned = replace(inputs, **{name: tuple(values) for name, values in parts.items()}, responses=dict(responses))
    assert score(turned, FAST) == score(inputs, FAST)


@QUIET
@given(rows=ROWS, seed=st.integers(0, 99))
def test_names_of_organisations_do_not_matter(study, rows, seed):
    card = score(study(table(rows)), FAST)
    mixed = list(rows)
    random.Random(seed).shuffle(mixed)
    other = score(study(table(mixed)), FAST)
    for key, cell in card.cells.items():
        assert cell.performance.interval == other.cells[key].performance.interval
        assert cell.stability == other.cells[key].stability
        assert cell.cell_class == other.cells[key].cell_class
        assert cell.gap == pytest.approx(other.cells[key].gap)


@QUIET
@given(rows=ROWS, data=st.data())
def test_a_better_rating_never_lowers_a_score(study, rows, data):
    before = score(study(table(rows)), FAST)
    row = data.draw(st.integers(0, len(rows) - 1))
    if rows[row][0] not in {"1", "2", "3", "4"}:
        return
    better = list(rows)
    better[row] = (str(int(rows[row][0]) + 1), *rows[row][1:])
    after = score(study(table(better)), FAST)
    first, second = before.cell("s1", "d1"), after.cell("s1", "d1")
    assert second.performance.mean > first.performance.mean
    assert first.gap is None or second.gap < first.gap
    assert first.priority is None or second.priority <= first.priority
    for name in ("performance", "performance_geometric", "weakest_value"):
        old, new = getattr(before.stage_results["s1"], name), getattr(after.stage_results["s1"], name)
        assert old is None or new >= old - 1e-9
    if first.performance.n_valid <= 6 and first.performance.interval and second.performance.interval:
        assert second.performance.interval.low >= first.performance.interval.low - 1e-9
        assert second.performance.interval.high >= first.performance.interval.high - 1e-9


@QUIET
@given(rows=ROWS, factor=st.sampled_from([0.001, 0.5, 3.0, 1000.0]))
def test_item_and_role_weights_have_no_scale(study, rows, factor):
    inputs = study(table(rows))
    scaled = replace(inputs, items=tuple(replace(item, weight=item.weight * factor) for item in inputs.items))
    roles = {role: weight * factor for role, weight in DEFAULT.role_weights.items()}
    card, other = score(inputs, FAST), score(scaled, replace(FAST, role_weights=roles))
    for key, cell in card.cells.items():
        assert other.cells[key].performance.mean == pytest.approx(cell.performance.mean)
        assert other.cells[key].performance_role_weighted == pytest.approx(cell.performance_role_weighted)
        assert other.cells[key].cell_class is cell.cell_class
    assert other.chain.performance == pytest.approx(card.chain.performance)


@settings(QUIET, max_examples=20)
@given(rows=ROWS)
def test_the_quick_coverage_is_that_of_the_scorecard(study, rows):
    inputs = study(table(rows))
    cells = score(inputs, FAST).cells
    assert coverage(inputs) == {(key.stage, key.dimension): cell.performance.n_valid for key, cell in cells.items()}
    nobody = replace(inputs, interviews=())
    assert coverage(nobody) == dict.fromkeys(coverage(inputs), 0)


@QUIET
@given(rows=ROWS)
def test_numbers_stay_in_their_range(study, rows):
    card = score(study(table(rows)), FAST)
    for cell in card.cells.values():
        for side in (cell.performance, cell.importance, cell.outlook):
            assert side.n_valid <= side.n_eligible <= len(rows)
            if side.mean is None:
                continue
            low, high = side.range_if_missing_filled
            assert 0 <= low <= side.mean + 1e-9
            assert side.mean - 1e-9 <= high <= 100
            assert side.agreement is None or 0 <= side.agreement <= 1
            if side.interval:
                assert 0 <= side.interval.low <= side.interval.high <= 100 + 1e-9
                assert side.interval.low - 1e-9 <= side.mean <= side.interval.high + 1e-9
        if cell.stability:
            assert sum(cell.stability.shares.values()) == pytest.approx(1)
            assert cell.stability.reference is cell.cell_class
    assert sum(card.weights.dimensions.values()) == pytest.approx(1)
    if card.robustness:
        assert np.allclose([sum(shares) for shares in card.robustness.free.acceptability.values()], 1)


@given(performance=st.floats(0, 100), importance=st.floats(0, 100))
def test_better_performance_never_opens_a_critical_gap(performance, importance):
    better = min(100.0, performance + 5)
    if classify(performance, importance, DEFAULT.thresholds) is not CellClass.CRITICAL_GAP:
        assert classify(better, importance, DEFAULT.thresholds) is not CellClass.CRITICAL_GAP
