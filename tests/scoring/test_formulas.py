"""Every formula against a number worked by hand or an independent implementation."""

from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

from roadmapdesk.scoring import agreement, cells, classes, context, indices, intervals, robustness, scales, waves
from roadmapdesk.scoring.inputs import Item, Measure
from roadmapdesk.scoring.profile import DEFAULT
from roadmapdesk.scoring.scorecard import (
    Aggregate,
    AgreementLevel,
    CellClass,
    ClassStability,
    CrossCheck,
    Evidence,
    Grade,
    Interval,
    SiteCell,
)

ITEM = Item("q", Measure.PERFORMANCE, dimension="d1")
NAN = float("nan")


@pytest.mark.parametrize(
    ("text", "state", "score"),
    [
        ("1", "ANSWERED", 0), ("4", "ANSWERED", 75), ("5", "ANSWERED", 100), ("97", "NOT_APPLICABLE", None),
        (None, "NOT_APPLICABLE", None), ("98", "DONT_KNOW", None), ("99", "MISSING", None), ("", "MISSING", None),
        ("7", "MISSING", None), ("0", "MISSING", None), ("x", "MISSING", None), ("nan", "MISSING", None),
    ],
)  # fmt: skip
def test_stored_text_is_read_by_the_codes_of_the_item(text, state, score):
    found, value = scales.read_answer(text, ITEM)
    assert found.name == state
    assert value == score if score is not None else np.isnan(value)


def test_reversed_scale_turns_the_score():
    assert scales.indicator_score(4, 1, 5, is_reversed=True) == 25
    assert scales.read_answer("5", replace(ITEM, is_reversed=True))[1] == 0


@pytest.mark.parametrize("df", [1, 2, 3, 5, 19, 199, 1999])
def test_student_quantile_agrees_with_scipy(df):
    assert intervals.student_quantile(0.95, df) == pytest.approx(stats.t.ppf(0.95, df), rel=1e-11)


@pytest.mark.parametrize(
    ("n", "alpha"),
    [(3, 0.000174), (4, 0.003290), (5, 0.008575), (6, 0.013644), (8, 0.021414), (10, 0.026663), (15, 0.034142),
     (20, 0.038027)],
)  # fmt: skip
def test_expanded_alpha_matches_the_published_table(n, alpha):
    assert intervals.expanded_alpha(n) == pytest.approx(alpha, abs=5e-7)


def plain_interval(values):
    n = len(values)
    index = np.indices((n,) * n).reshape(n, -1).T
    alpha = intervals.expanded_alpha(n)
    return np.quantile(np.asarray(values)[index].mean(axis=1), [alpha, 1 - alpha, 0.05, 0.95])


def interval_of(values, settings=DEFAULT.interval):
    values = np.asarray(values, dtype=float)
    job = intervals.interval_job(values, np.ones(len(values)), settings)
    return None if job is None else intervals.resample([job], settings)[0]


@pytest.mark.parametrize("values", [[0, 25, 75], [10, 10, 40, 90], [0, 0, 100, 100, 50], [5, 25, 45, 60, 75, 100]])
def test_enumerated_interval_equals_all_resamples_written_out(values):
    found = interval_of(values)
    assert found.resamples == len(values) ** len(values)
    assert [found.low, found.high, found.plain_low, found.plain_high] == pytest.approx(plain_interval(values))


def test_no_interval_below_three_or_when_all_agree():
    assert interval_of([25, 75]) is None
    assert interval_of([50, 50, 50, 50]) is None


@pytest.mark.parametrize("values", [np.linspace(0, 100, 30), np.repeat([0, 25, 50, 75, 100], 12)])
def test_drawn_interval_lies_near_the_normal_approximation(values):
    # Thirty different ratings are drawn one by one, sixty with five different values by multinomial.
    found = interval_of(values)
    error = values.std() / len(values) ** 0.5
    z = stats.norm.ppf(intervals.expanded_alpha(len(values)))
    assert found.resamples == DEFAULT.interval.draws
    assert found.low == pytest.approx(values.mean() + z * error, abs=1.2)
    assert found.high == pytest.approx(values.mean() - z * error, abs=1.2)


def test_both_ways_to_draw_agree(monkeypatch):
    values = np.repeat([0.0, 25.0, 50.0, 75.0, 100.0], 12)
    by_kind = interval_of(values)
    monkeypatch.setattr(intervals, "_FEW_KINDS", 1000)
    one_by_one = interval_of(values)
    assert one_by_one != by_kind
    assert one_by_one.low == pytest.approx(by_kind.low, abs=0.8)
    assert one_by_one.high == pytest.approx(by_kind.high, abs=0.8)


def test_blocks_of_draws_change_nothing(monkeypatch):
    values = np.linspace(0, 100, 30)
    whole = interval_of(values)
    monkeypatch.setattr(intervals, "_BLOCK_ELEMENTS", 3000)
    assert interval_of(values) == whole


def test_quantiles_are_type_seven():
    means, times = np.array([3.0, 1.0, 2.0]), np.array([1, 2, 1])
    wanted = np.quantile([1, 1, 2, 3], [0.1, 0.5, 0.9])
    assert intervals.quantiles(means, times, (0.1, 0.5, 0.9)) == pytest.approx(list(wanted))


def test_finite_population_correction_shrinks_both_arms():
    found = intervals.shrunk(Interval(40, 70, 0.01, 1, 42, 68), 50, 5, 10)
    assert (found.low, found.high) == pytest.approx((50 - 10 * 0.745356, 50 + 20 * 0.745356))
    assert intervals.shrunk(Interval(40, 70, 0.01, 1, 42, 68), 50, 5, 5).halfwidth == 0


@pytest.mark.parametrize(
    ("performance", "importance", "expected"),
    [
        (49.9, 62.5, CellClass.CRITICAL_GAP), (50, 62.5, CellClass.DEVELOP), (62.5, 62.5, CellClass.STRENGTH),
        (70, 82.5, CellClass.DEVELOP), (70, 82.4, CellClass.STRENGTH), (70, 95, CellClass.CRITICAL_GAP),
        (70, 94.9, CellClass.DEVELOP), (62.5, 62.4, CellClass.RESERVE), (62.4, 62.4, CellClass.WATCH),
        (62.5 - 1e-10, 62.5 - 1e-10, CellClass.STRENGTH), (0, 0, CellClass.WATCH),
    ],
)  # fmt: skip
def test_first_matching_rule_gives_the_class(performance, importance, expected):
    assert classes.classify(performance, importance, DEFAULT.thresholds) is expected


def site_cell(n, coverage=1.0, halfwidth=None, sd=10.0):
    interval = None if halfwidth is None else Interval(50 - halfwidth, 50 + halfwidth, 0.01, 1, 50, 50)
    return SiteCell(
        Measure.PERFORMANCE, n, n, 0, coverage, 50.0, sd, 0.0, 0.9, None, None, False, interval, (50.0, 50.0)
    )  # fmt: skip


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (site_cell(8, 0.8, 12.5), Grade.A), (site_cell(7, 0.8, 12.5), Grade.B), (site_cell(8, 0.79, 12.5), Grade.B),
        (site_cell(8, 0.8, 12.6), Grade.B), (site_cell(5, 0.6, 20), Grade.B), (site_cell(5, 0.59, 20), Grade.C),
        (site_cell(5, 0.6, 20.1), Grade.C), (site_cell(4, 1, 1), Grade.C), (site_cell(3), Grade.C),
        (site_cell(2), Grade.D), (site_cell(9), Grade.C), (site_cell(5, sd=0.0), Grade.B),
        (site_cell(8, sd=0.0), Grade.A),
    ],
)  # fmt: skip
def test_grade_follows_n_coverage_and_halfwidth(cell, expected):
    assert classes.grade(cell, DEFAULT.grades) is expected


def test_evidence_needs_enough_organisations_grade_and_stability():
    stable = ClassStability(CellClass.STRENGTH, 10, 0, {CellClass.STRENGTH: 0.8})
    shaky = ClassStability(CellClass.STRENGTH, 10, 0, {CellClass.STRENGTH: 0.79})
    assert classes.evidence(8, Grade.B, stable, DEFAULT) is Evidence.FIRM
    assert classes.evidence(8, Grade.C, stable, DEFAULT) is Evidence.TENTATIVE
    assert classes.evidence(8, Grade.A, shaky, DEFAULT) is Evidence.TENTATIVE
    assert classes.evidence(2, Grade.A, stable, DEFAULT) is Evidence.INSUFFICIENT


def test_stability_discards_draws_without_a_side():
    job = classes.stability_job(np.array([80.0, NAN]), np.array([NAN, 70.0]), np.ones(2), DEFAULT)
    found = intervals.resample([job], DEFAULT.interval)[0]
    assert (found.draws_used, found.draws_discarded, found.stability) == (2, 2, 1.0)
    assert classes.stability_job(np.array([80.0]), np.array([NAN]), np.ones(1), DEFAULT) is None


def test_agreement_indices():
    assert agreement.agreement_ag(np.array([70.0, 25.0])) == pytest.approx(0.7975)
    assert agreement.rwg(np.array([100.0, 100, 75]), 1250) == pytest.approx(0.833333, abs=1e-6)
    assert agreement.rwg(np.array([0.0, 100]), 1250) == 0
    levels = [agreement.agreement_level(value, DEFAULT.agreement) for value in (0.85, 0.84, 0.75, 0.74)]
    assert levels == [AgreementLevel.HIGH, AgreementLevel.MODERATE, AgreementLevel.MODERATE, AgreementLevel.LOW]


def test_polarised_needs_thirty_percent_on_both_sides():
    assert agreement.is_polarised(np.array([0.0, 25, 50, 75, 100]), DEFAULT.agreement)
    assert not agreement.is_polarised(np.array([0.0, 50, 50, 75, 100]), DEFAULT.agreement)
    assert not agreement.is_polarised(np.array([0.0, 25, 50, 50, 100]), DEFAULT.agreement)


def test_alpha_equals_a_pairwise_computation():
    units = np.array([[1.0, 2, NAN], [2, 2, 3], [5, 4, 4], [NAN, NAN, 3]])
    kept = [[value for value in row if value == value] for row in units[:3].tolist()]
    pooled = [value for row in kept for value in row]
    observed = sum(
        sum((a - b) ** 2 for a in row for b in row) / (len(row) - 1) for row in kept
    ) / len(pooled)  # fmt: skip
    expected = sum((a - b) ** 2 for a in pooled for b in pooled) / (len(pooled) * (len(pooled) - 1))
    assert agreement.krippendorff_alpha(units, "interval") == pytest.approx(1 - observed / expected)
    assert agreement.krippendorff_alpha(np.array([[1.0, 1], [2, 2], [1, 2]]), "interval") == pytest.approx(4 / 9)
    assert agreement.krippendorff_alpha(np.array([[1.0, 1], [1, 1]]), "ordinal") is None


def test_icc_by_hand():
    found = agreement.icc(np.array([[1.0, 2], [3, 4]]))
    assert (found.msb, found.msw, found.k0) == pytest.approx((4, 0.5, 2))
    assert (found.icc1, found.icc_k) == pytest.approx((7 / 9, 0.875))
    assert agreement.icc(np.array([[1.0, 2]])) is None


def test_index_needs_half_of_the_weight():
    weights = np.array([0.5, 0.3, 0.2])
    found = indices.weighted_index(np.array([[10.0, NAN, NAN], [NAN, 20, NAN], [NAN, 10, 60]]), weights, 0.5)
    assert found[0] == 10
    assert np.isnan(found[1])
    assert found[2] == pytest.approx(30)


def test_geometric_index_has_a_floor():
    weights = np.array([0.5, 0.5])
    assert indices.geometric_index(np.array([0.0, 100]), weights, 0.5, 1.0) == pytest.approx(10)
    assert indices.geometric_index(np.array([76.6666667, 37.5]), np.array([0.6, 0.4]), 0.5, 1) == pytest.approx(
        57.5939
    )


def test_budget_weights_are_the_mean_share():
    assert indices.budget_weights([(60, 40), (5, 5), (70, 30)]) == pytest.approx([0.6, 0.4])


def test_exact_ranks_of_two_dimensions():
    rows = np.array([[47.5, 50], [76.6666667, 37.5]])
    found = robustness.exact_two_dimensions(
        ["s3", "s5"], ["d1", "d2"], rows, np.array([0.6, 0.4]), DEFAULT.robustness
    )
    assert found.switch_weights == pytest.approx((0.3,))
    assert found.acceptability["s5"] == pytest.approx((0.7, 0.3))
    assert found.mean_rank_shift == pytest.approx(0.3)
    assert found.central_weights["s3"] == pytest.approx({"d1": 0.15, "d2": 0.85})
    assert (found.stable_rank("s5", 0.8), found.stable_rank("s5", 0.7 - 1e-9)) == (None, 1)


def test_drawn_ranks_approach_the_exact_ones():
    rows = np.array([[20.0, 80], [60, 45], [50, 50], [90, NAN]])
    weights, settings = np.array([0.5, 0.5]), DEFAULT.robustness
    names = ["a", "b", "c", "d"]
    exact = robustness.exact_two_dimensions(names, ["x", "y"], rows, weights, settings)
    vectors = robustness.free_weights(2, settings)
    drawn = robustness.drawn(names, ["x", "y"], rows, weights, vectors, settings)
    for name in names:
        assert drawn.acceptability[name] == pytest.approx(exact.acceptability[name], abs=0.02)
        assert sum(exact.acceptability[name]) == pytest.approx(1)
    assert drawn.mean_rank_shift == pytest.approx(exact.mean_rank_shift, abs=0.02)
    assert exact.top["d"] == pytest.approx(1)


def test_equal_stages_share_their_ranks():
    rows = np.array([[50.0, 50, 50], [50, 50, 50], [10, 10, 10]])
    found = robustness.robustness(["a", "b", "c"], ["x", "y", "z"], rows, np.ones(3) / 3, DEFAULT)
    for run in (found.free, found.varied):
        assert run.acceptability["a"] == pytest.approx((0.5, 0.5, 0))
        assert run.acceptability["c"] == pytest.approx((0, 0, 1))
        assert run.mean_rank_shift == 0


def test_varied_weights_stay_within_a_quarter():
    # Half the weights in [0.375, 0.625] before renormalising: a stage needs w > 0.3 to lead, which always holds.
    rows = np.array([[47.5, 50, 50], [76.7, 37.5, 37.5]])
    found = robustness.robustness(["a", "b"], ["x", "y", "z"], rows, np.array([0.6, 0.2, 0.2]), DEFAULT)
    assert found.varied.acceptability["b"][0] == 1
    assert found.free.acceptability["b"][0] < 0.8


def test_small_formulas():
    assert cells.priority(44.1666667, 91.6666667) == pytest.approx(40.486111)
    assert cells.priority(-5, 80) == 0
    assert cells.range_if_missing_filled(95, 2, 1) == pytest.approx((95 / 3, 65))
    assert context.aggregate([75, 25]).sd == pytest.approx(35.3553, abs=1e-4)
    assert context.aggregate([]) == Aggregate(0, None, None)


def test_cross_checks_of_a_dimension_are_weighted():
    checks = [
        CrossCheck("a", "*", "d", 0.5, Aggregate(4, 40.0, 1.0), 0, 0),
        CrossCheck("b", "*", "d", 1.5, Aggregate(3, 60.0, 1.0), 0, 0),
    ]
    found = context.dimension_cross_check("d", checks, 50.0)
    assert (found.mean, found.n, found.difference) == (55, 3, 5)


def test_ordinal_alpha_uses_ranks_by_frequency():
    # Pooled values 1, 1, 1, 2, 2, 5: middle ranks 1.5, 4, 5.5; Do = 6.25 + 2.25 (each twice over pairs), by hand.
    units = np.array([[1.0, 1], [1, 2], [2, 5]])
    pairs = [(1.5, 1.5), (1.5, 4.0), (4.0, 5.5)]
    pooled = [rank for pair in pairs for rank in pair]
    observed = sum(2 * (a - b) ** 2 for a, b in pairs) / 6
    expected = sum((a - b) ** 2 for a in pooled for b in pooled) / 30
    assert agreement.krippendorff_alpha(units, "ordinal") == pytest.approx(1 - observed / expected)


def test_a_sure_but_small_change_is_a_tendency():
    interval = Interval(5, 14, 0.01, 1, 6, 13)
    small, large = np.array([10.0, 11, 12, 10, 11]), np.array([12.0, 13, 13, 12, 12.5])
    assert waves.change_status(small, interval, DEFAULT.change) == "tendency_up"
    assert waves.change_status(large, interval, DEFAULT.change) == "improved"
