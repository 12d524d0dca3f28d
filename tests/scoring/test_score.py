from dataclasses import replace

import pytest

from roadmapdesk.domain.actors import StageRole
from roadmapdesk.domain.interviews import InterviewState
from roadmapdesk.scoring.classes import shifted
from roadmapdesk.scoring.inputs import BenchmarkAnswer, Interview, Item, Measure, Organisation, Proposal, Tie
from roadmapdesk.scoring.model import compare_waves, score
from roadmapdesk.scoring.profile import DEFAULT, Profile, Raters, Thresholds, WeightSource
from roadmapdesk.scoring.scorecard import ActorStatus, ChangeStatus, ExclusionReason, Switch

ONE = {"A": {"s1": {"pd1": "4", "id1": "5", "pd2": "2", "id2": "3"}}}


def test_only_finished_agreed_undisputed_interviews_count(study):
    base = study(ONE)
    heads = {
        "draft": (ExclusionReason.NOT_FINISHED, {"state": InterviewState.DRAFT}),
        "gone": (ExclusionReason.WITHDRAWN, {"state": InterviewState.WITHDRAWN}),
        "no": (ExclusionReason.NO_CONSENT, {"has_consent": False}),
        "fight": (ExclusionReason.CONFLICT, {"has_conflict": True}),
        "test": (ExclusionReason.PRETEST, {"wave": "pretest"}),
        "who": (ExclusionReason.UNKNOWN_ORGANISATION, {"organisation": "nobody"}),
    }
    others = tuple(
        replace(Interview(key, "A", "w1", InterviewState.APPROVED), **changes) for key, (_, changes) in heads.items()
    )
    inputs = replace(
        base,
        interviews=base.interviews + others + (Interview("later", "A", "w2"),),
        responses={**base.responses, **{(key, "s1", "pd1"): "1" for key in [*heads, "later"]}},
    )
    card = score(inputs)
    assert card.cell("s1", "d1").performance.mean == 75
    assert {entry.reason: entry.interviews for entry in card.exclusions} == {
        reason: (key,) for key, (reason, _) in heads.items()
    }
    assert (card.sample.n_interviews, card.sample.n_organisations, card.sample.n_unapproved) == (1, 1, 1)


def test_interviews_of_one_organisation_are_averaged_first(study):
    base = study({"A": {"s1": {"pd1": "5"}}, "B": {"s1": {"pd1": "1"}}})
    second = Interview("A2", "A", "w1")
    third = Interview("A3", "A", "w1")
    inputs = replace(
        base,
        interviews=(*base.interviews, second, third),
        responses={**base.responses, ("A2", "s1", "pd1"): "3", ("A3", "s1", "pd1"): "98"},
    )
    cell = score(inputs).cell("s1", "d1").performance
    assert score(inputs).ratings("s1", "d1", Measure.PERFORMANCE) == {"A": 75, "B": 0}
    assert (cell.mean, cell.n_valid, cell.n_eligible) == (37.5, 2, 2)
    assert cell.dont_know_share == pytest.approx((1 / 3 + 0) / 2)


def test_half_rule_counts_weight_and_ignores_what_does_not_apply(study):
    extra = (
        Item("pd1b", Measure.PERFORMANCE, dimension="d1", weight=2.0),
        Item("pd1c", Measure.PERFORMANCE, dimension="d1", weight=1.0, is_reversed=True),
    )
    table = {
        "half": {"s1": {"pd1": "5", "pd1b": "98", "pd1c": "1"}},
        "less": {"s1": {"pd1": "5", "pd1b": "98", "pd1c": ""}},
        "apply": {"s1": {"pd1": "5", "pd1b": "97", "pd1c": None}},
        "none": {"s1": {"pd1": "97", "pd1b": "97", "pd1c": None}},
    }
    card = score(study(table, extra=extra))
    cells = {name: card.actor_cells.get((name, "s1", "d1", Measure.PERFORMANCE)) for name in table}
    assert cells["half"] == (ActorStatus.VALID, 100, 0.5)
    assert cells["less"] == (ActorStatus.MISSING, None, 0.25)
    assert cells["apply"] == (ActorStatus.VALID, 100, 1)
    assert cells["none"] == (ActorStatus.NOT_APPLICABLE, None, None)
    assert card.cell("s1", "d1").performance.rwg is None
    full = score(study(table, extra=extra), replace(DEFAULT, min_item_coverage=1.0))
    assert full.cell("s1", "d1").performance.n_valid == 1


def test_stages_nobody_rated_stay_empty(study):
    card = score(study(ONE))
    empty = card.cell("s2", "d1")
    assert (empty.performance.n_eligible, empty.performance.mean, empty.cell_class, empty.gap) == (
        0,
        None,
        None,
        None,
    )
    assert card.stage_results["s2"].performance is None
    assert ("A", "s2", "d1", Measure.PERFORMANCE) not in card.actor_cells


def test_a_study_without_interviews_scores(study):
    card = score(study({}))
    assert card.chain.performance is None
    assert card.robustness is None
    assert card.sample.n_interviews == 0
    assert all(cell.cell_class is None for cell in card.cells.values())


POINTS = (
    Item("p1", Measure.DIMENSION_WEIGHT, "*", "d1", 1, 0, 100),
    Item("p2", Measure.DIMENSION_WEIGHT, "*", "d2", 1, 0, 100),
)


def budgets(*pairs):
    return {f"o{n}": {"*": {"p1": first, "p2": second}} for n, (first, second) in enumerate(pairs)}


def test_five_budgets_make_weights_and_blank_points_are_zero(study):
    table = budgets(("100", ""), ("60", "40"), ("60", "40"), ("60", "40"), ("60", "40"))
    weights = score(study(table, extra=POINTS)).weights
    assert weights.dimensions == pytest.approx({"d1": 0.68, "d2": 0.32})
    assert weights.dimensions_from_answers


def test_too_few_or_wrong_budgets_leave_equal_weights(study):
    table = budgets(("60", "40"), ("60", "40"), ("60", "40"), ("60", "40"), ("60", "30"), ("", ""))
    weights = score(study(table, extra=POINTS)).weights
    assert weights.dimensions == {"d1": 0.5, "d2": 0.5}
    assert (weights.n_budgets, weights.n_budgets_left_out) == (4, 1)
    forced = replace(DEFAULT, dimension_weight_source=WeightSource.ANSWERS, points_total=None)
    shares = score(study(table, extra=POINTS), forced).weights.dimensions
    assert shares["d1"] == pytest.approx((4 * 0.6 + 60 / 90) / 5)


def test_criticality_weighs_stages_when_asked_for(study):
    extra = (Item("crit", Measure.STAGE_WEIGHT),)
    table = {"A": {"s1": {"pd1": "1", "pd2": "1", "crit": "4"}, "s2": {"pd1": "5", "pd2": "5", "crit": "2"}}}
    answers = replace(DEFAULT, stage_weight_source=WeightSource.ANSWERS)
    assert score(study(table, extra=extra)).chain.performance == 50
    card = score(study(table, extra=extra), answers)
    assert card.weights.stages == pytest.approx({"s1": 0.75, "s2": 0.25})
    assert card.chain.performance == pytest.approx(25)
    assert card.chain.weakest_link == ("s1", "d1")
    assert card.dimension_results["d1"].performance == pytest.approx(25)


def test_inside_and_outside_views_need_three_each(study):
    table = {name: {"s1": {"pd1": value}} for name, value in zip("ABCDEF", "543221", strict=True)}
    inputs = study(table)
    heads = tuple(
        replace(head, roles={"s1": StageRole.OBSERVER if head.key in "DEF" else StageRole.SUPPORT})
        for head in inputs.interviews
    )
    cell = score(replace(inputs, interviews=heads)).cell("s1", "d1")
    assert cell.sides.difference == pytest.approx(75 - 50 / 3)
    assert cell.performance_role_weighted == pytest.approx((225 * 0.75 + 50 * 0.5) / (3 * 0.75 + 3 * 0.5))
    inside = score(replace(inputs, interviews=heads), replace(DEFAULT, raters=Raters.INSIDE)).cell("s1", "d1")
    assert (inside.performance.mean, inside.performance.n_eligible) == (75, 3)
    fewer = replace(inputs, interviews=heads[:-1])
    assert score(fewer).cell("s1", "d1").sides.difference is None


def test_questions_beside_the_cells(study):
    extra = (
        Item("trl", Measure.READINESS, minimum=1, maximum=9),
        Item("change", Measure.PERCEIVED_CHANGE),
        Item("prog", Measure.PROGRESS, "*"),
        Item("check", Measure.CROSS_CHECK, "*", "d1", 1, 1, 5, is_reversed=True),
        Item("position", Measure.BENCHMARK, "*"),
        Item("tie", Measure.TIE_STRENGTH, "@x", "d1", 1, 1, 4),
        Item("prio", Measure.PRIORITY, "@m", "@n"),
    )
    table = {
        "A": {"s1": {"pd1": "3", "trl": "4", "change": "4"}, "*": {"prog": "2", "check": "1"}},
        "B": {"s1": {"pd1": "3", "trl": "9", "change": "2"}, "*": {"prog": "4", "check": "2"}},
        "C": {"s1": {"pd1": "3", "trl": "6", "change": "98"}, "*": {"prog": "97", "check": "98"}},
    }
    inputs = replace(
        study(table, extra=extra),
        ties=(
            Tie("A", "B", "2", "s1", ("rnd",)), Tie("A", "B", "1", "", ()), Tie("B", "A", "4", "*", ("supply",)),
            Tie("A", "foreign", "4"), Tie("C", "B", "98"),
        ),
        benchmarks=tuple(BenchmarkAnswer(who, "ref", value) for who, value in (("A", "3"), ("B", "5"), ("C", "98"))),
        proposals=(Proposal("A", "m1", "5"), Proposal("A", "m1", "3"), Proposal("B", "m1", "1")),
    )  # fmt: skip
    card = score(inputs)
    stage = card.stage_results["s1"]
    assert (stage.readiness.n, stage.readiness.median, stage.readiness.maximum) == (3, 6, 9)
    assert (stage.perceived_change.n, stage.perceived_change.mean) == (2, 50)
    assert (card.progress.n, card.progress.mean) == (2, 50)
    assert (card.cross_checks[0].answers.mean, card.cross_checks[0].difference) == (87.5, 37.5)
    assert card.cell("s1", "d1").performance.mean == 50
    assert (card.benchmarks["ref"].n, card.benchmarks["ref"].mean) == (2, 75)
    assert (card.priorities["m1"].n, card.priorities["m1"].mean) == (2, 37.5)
    edge = card.network.edges[0]
    assert (edge.first, edge.second, edge.intensity, edge.stages, edge.kinds) == (
        "A",
        "B",
        4,
        ("*", "s1"),
        ("rnd", "supply"),
    )
    assert edge.is_mutual
    assert card.network.density == pytest.approx(2 / 3)
    assert card.network.reciprocity == pytest.approx(1 / 2)
    assert card.network.degree == {"A": 1, "B": 2, "C": 1}


def test_sensitivity_rows_say_what_changes(study):
    extra = (Item("check", Measure.CROSS_CHECK, "*", "d1"),)
    table = {
        "A": {"s1": {"pd1": "4", "id1": "4", "pd2": "1", "id2": "1"}, "*": {"check": "1"}},
        "B": {"s1": {"pd1": "3", "id1": "3", "pd2": "5", "id2": "1"}, "*": {"check": "1"}},
    }
    card = score(study(table, extra=extra))
    rows = {row.switch: row for row in card.sensitivity}
    assert tuple(rows) == tuple(Switch)
    assert card.cell("s1", "d1").cell_class == "strength"
    assert rows[Switch.THRESHOLDS_UP].changed_classes == (("s1", "d1"),)
    assert rows[Switch.THRESHOLDS_DOWN].changed_classes == ()
    assert rows[Switch.LEAVE_ONE_OUT].largest_change == 50
    assert rows[Switch.LEAVE_ONE_OUT].changed_classes == (("s1", "d1"), ("s1", "d2"))
    assert rows[Switch.GEOMETRIC].largest_index_change == pytest.approx(56.25 - (62.5 * 50) ** 0.5)
    assert rows[Switch.CROSS_CHECKS].largest_change == pytest.approx(31.25)
    assert rows[Switch.ROLE_WEIGHTS].largest_change == 0
    assert rows[Switch.EQUAL_DIMENSION_WEIGHTS].largest_index_change == 0


def test_each_border_moves_by_its_own_points_and_no_other():
    given = Thresholds()
    names = ("importance_high", "performance_high", "performance_low", "gap_strength_max", "gap_critical_min")
    for name in names:
        moved = shifted(given, {name: 5.0})
        assert {other: getattr(moved, other) - getattr(given, other) for other in names} == {
            other: 5.0 if other == name else 0.0 for other in names
        }


def panel(study, firsts, seconds):
    names = "ABCDEFGH"
    first = study({n: {"s1": {"pd1": v}} for n, v in zip(names, firsts, strict=False)}, wave="w1")
    second = study({n: {"s1": {"pd1": v}} for n, v in zip(names, seconds, strict=False)}, wave="w2")
    change = compare_waves(score(first), score(second))
    return change, change.cells["s1", "d1"]


def test_panel_change_is_apart_from_composition(study):
    _, cell = panel(study, ["2", "2", "98"], ["3", "4", "1"])
    assert (cell.n_panel, cell.panel_change) == (2, 37.5)
    assert cell.total_change == pytest.approx(125 / 3 - 25)
    assert cell.composition_effect == pytest.approx(125 / 3 - 25 - 37.5)
    assert (cell.improved, cell.same, cell.declined) == (2, 0, 0)
    assert cell.status is ChangeStatus.TENDENCY_UP


@pytest.mark.parametrize(
    ("firsts", "seconds", "status"),
    [
        ("11111", "22233", ChangeStatus.IMPROVED), ("22233", "11111", ChangeStatus.DECLINED),
        ("1111", "2223", ChangeStatus.TENDENCY_UP), ("11111", "11112", ChangeStatus.TENDENCY_UP),
        ("55555", "15545", ChangeStatus.TENDENCY_DOWN), ("12345", "21345", ChangeStatus.UNCHANGED),
        ("11111", "22222", ChangeStatus.IMPROVED), ("98", "98", ChangeStatus.UNCHANGED),
    ],
)  # fmt: skip
def test_status_needs_panel_interval_and_size(study, firsts, seconds, status):
    change, cell = panel(study, list(firsts.replace("98", "33")), list(seconds.replace("98", "33")))
    assert cell.status is status
    assert change.expected_by_chance == pytest.approx(0.1 * change.n_intervals)


def test_a_changed_question_is_not_compared(study):
    first, second = study(ONE, wave="w1"), study(ONE, wave="w2")
    items = tuple(replace(item, wording="new") if item.question == "pd1" else item for item in second.items)
    change = compare_waves(score(first), score(replace(second, items=items)))
    assert change.cells["s1", "d1"].status is ChangeStatus.NOT_COMPARABLE
    assert change.cells["s1", "d1"].panel_change is None
    assert change.cells["s1", "d2"].n_panel == 1
    with pytest.raises(ValueError, match="itself"):
        compare_waves(score(first), score(first))


def test_hash_knows_answers_but_not_their_order(study):
    inputs = study({"A": {"s1": {"pd1": "4"}}, "B": {"s1": {"pd1": "2"}}})
    turned = replace(
        inputs,
        interviews=inputs.interviews[::-1],
        organisations=inputs.organisations[::-1],
        responses=dict(reversed(inputs.responses.items())),
    )
    assert score(turned) == score(inputs)
    other = replace(inputs, responses={**inputs.responses, ("A", "s1", "pd1"): "5"})
    unasked = replace(inputs, responses={**inputs.responses, ("A", "s1", "pd1"): None})
    blank = replace(inputs, responses={**inputs.responses, ("A", "s1", "pd1"): ""})
    hashes = {score(entry).inputs_hash for entry in (inputs, other, unasked, blank)}
    assert len(hashes) == 4
    profile = replace(DEFAULT, min_item_coverage=0.6)
    assert score(inputs, profile).profile_hash != score(inputs).profile_hash
    assert score(inputs, replace(DEFAULT, name="x")).profile_hash == score(inputs).profile_hash


def test_known_actors_and_sample_come_from_the_register(study):
    base = study(ONE)
    register = (
        Organisation("A", "company", "Radeberg", frozenset({"s1"})),
        Organisation("Z", "clinic", "Dresden", frozenset({"s1", "s2"})),
        Organisation("host", "research", "Dresden", is_interviewed=False),
    )
    card = score(replace(base, organisations=register))
    assert card.stage_results["s1"].known_actors == 2
    assert (card.sample.n_invited, card.sample.by_type, card.sample.by_place) == (2, {"company": 1}, {"Radeberg": 1})


def test_profile_survives_json():
    profile = replace(DEFAULT, raters=Raters.INSIDE, points_total=None, role_weights={"core": 2.0})
    assert Profile.from_record(profile.to_record()) == profile
    assert (
        Profile.from_record({"min_item_coverage": 0.7, "thresholds": {"eps": 0.1}}).thresholds.gap_critical_min == 25
    )
    with pytest.raises(ValueError, match="unknown setting: nonsense"):
        Profile.from_record({"nonsense": 1})
    with pytest.raises(ValueError, match="sideways"):
        Profile.from_record({"raters": "sideways"})
