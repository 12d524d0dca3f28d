"""What each level shows, and that nothing withheld can be worked out from all that is shown."""

import dataclasses
import itertools
from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from roadmapdesk.domain.actors import StageRole
from roadmapdesk.domain.levels import Level
from roadmapdesk.scoring.disclosed import Visibility
from roadmapdesk.scoring.disclosure_sample import disclose_sample, is_small, merge_small
from roadmapdesk.scoring.inputs import CELL_MEASURES, Item, Measure, Organisation, Tie
from roadmapdesk.scoring.model import compare_waves, disclose, disclose_change, score
from roadmapdesk.scoring.profile import DEFAULT

FAST = replace(
    DEFAULT, interval=replace(DEFAULT.interval, draws=60), robustness=replace(DEFAULT.robustness, draws=40)
)
LEVELS = (Level.INTERNAL, Level.HANDOFF, Level.PUBLIC)


def ratings_table(performance, importance=None, outlook=None):
    importance = importance or performance
    outlook = outlook or performance
    return {
        f"o{n}": {"s1": {"pd1": p, "id1": i, "od1": o}}
        for n, (p, i, o) in enumerate(zip(performance, importance, outlook, strict=True))
    }


def shown(study, performance, importance=None, outlook=None, **options):
    card = score(study(ratings_table(performance, importance, outlook), **options), FAST)
    return {level: disclose(card, level).cell("s1", "d1") for level in LEVELS}


@pytest.mark.parametrize(
    ("ratings", "handoff", "public"),
    [
        ("13", Visibility.SUPPRESSED, Visibility.SUPPRESSED), ("135", Visibility.VALUE, Visibility.CLASS_ONLY),
        ("1355", Visibility.VALUE, Visibility.CLASS_ONLY), ("13554", Visibility.VALUE, Visibility.VALUE),
        ("44444", Visibility.CLASS_ONLY, Visibility.CLASS_ONLY),
    ],
)  # fmt: skip
def test_minimum_numbers_and_unanimous_cells(study, ratings, handoff, public):
    cells = shown(study, ratings)
    assert cells[Level.INTERNAL].visibility is Visibility.VALUE
    assert cells[Level.HANDOFF].visibility is handoff
    assert cells[Level.PUBLIC].visibility is public
    for level, seen in ((Level.HANDOFF, handoff), (Level.PUBLIC, public)):
        cell = cells[level]
        assert (cell.performance is not None) == (seen is Visibility.VALUE)
        assert (cell.gap is not None) == (seen is Visibility.VALUE)
        assert (cell.cell_class is not None) == (seen is not Visibility.SUPPRESSED)
        assert (cell.n is not None) == (seen is not Visibility.SUPPRESSED)


def test_each_measure_follows_its_own_n(study):
    cells = shown(study, "12345", ["3", "4", "98", "98", "98"], ["5", "4", "3", "98", "98"])
    handoff, public = cells[Level.HANDOFF], cells[Level.PUBLIC]
    assert handoff.visibility is Visibility.SUPPRESSED
    assert (handoff.performance.n, handoff.importance, handoff.outlook.n) == (5, None, 3)
    assert (handoff.gap, handoff.priority, handoff.outlook_change) == (None, None, 25)
    assert (public.performance.mean, public.outlook, public.outlook_change) == (50, None, None)


def test_public_has_rounded_values_and_no_single_points(study):
    public = shown(study, "12344", "55443")[Level.PUBLIC]
    assert (public.performance.mean, public.importance.mean) == (45, 80)
    assert (public.gap, public.priority) == (35, 30)
    figure = public.performance
    assert (figure.sd, figure.range_if_missing_filled, figure.agreement, figure.interval) == (None,) * 4
    assert (public.leave_one_out, public.max_influence, public.class_stability) == (None,) * 3


def test_public_intervals_need_eight_and_round_outwards(study):
    cells = shown(study, "12344321")
    inner, outer = cells[Level.HANDOFF].performance.interval, cells[Level.PUBLIC].performance.interval
    assert outer[0] <= inner[0] < inner[1] <= outer[1]
    assert (outer[0] % 5, outer[1] % 5) == (0, 0)
    assert shown(study, "1234432")[Level.PUBLIC].performance.interval is None


def test_one_or_two_missing_answers_are_not_told(study):
    one = shown(study, [*"12345", "98"], "123454")[Level.HANDOFF].performance
    three = shown(study, [*"12345", "98", "99", ""], "12345432")[Level.HANDOFF].performance
    assert (one.n, one.n_eligible, one.coverage, one.dont_know_share, one.range_if_missing_filled) == (
        5,
        *(None,) * 4,
    )
    assert (three.n_eligible, three.coverage, three.dont_know_share) == (8, 5 / 8, None)


def test_only_the_internal_level_knows_organisations(study):
    card = score(study(ratings_table("12345")), FAST)
    assert disclose(card, Level.INTERNAL).actor_cells is card.actor_cells
    assert disclose(card, Level.INTERNAL).cell("s1", "d1").leave_one_out == card.cell("s1", "d1").leave_one_out
    for level in (Level.HANDOFF, Level.PUBLIC):
        text = repr(disclose(card, level))
        assert not [name for name in card.organisations if name in text]
        assert [row.switch for row in disclose(card, level).sensitivity].count("leave_one_out") == 0


def test_indices_come_from_visible_cells_alone(study):
    table = {f"o{n}": {"s1": {"pd1": v, "id1": v}} for n, v in enumerate("1234")}
    table["o0"]["s1"] |= {"pd2": "5", "id2": "5"}
    card = score(study(table), FAST)
    stage = {level: disclose(card, level).stage_results["s1"] for level in LEVELS}
    assert stage[Level.INTERNAL].performance == card.stage_results["s1"].performance == 68.75
    assert (stage[Level.HANDOFF].performance, stage[Level.HANDOFF].weakest) == (37.5, "d1")
    assert (stage[Level.PUBLIC].performance, stage[Level.PUBLIC].weakest) == (None, None)
    assert disclose(card, Level.PUBLIC).chain.performance is None


def test_weights_of_few_budgets_are_replaced_by_equal_ones(study):
    points = (
        Item("p1", Measure.DIMENSION_WEIGHT, "*", "d1", 1, 0, 100),
        Item("p2", Measure.DIMENSION_WEIGHT, "*", "d2", 1, 0, 100),
    )
    table = {f"o{n}": {"*": {"p1": "90", "p2": "10"}} for n in range(3)}
    card = score(study(table, extra=points), replace(FAST, dimension_weight_source="answers", min_point_givers=1))
    card = score(study(table, extra=points), replace(FAST, min_point_givers=3))
    assert disclose(card, Level.HANDOFF).weights.dimensions["d1"] == pytest.approx(0.9)
    assert disclose(card, Level.PUBLIC).weights.dimensions == {"d1": 0.5, "d2": 0.5}


def test_side_difference_needs_both_groups_at_the_level(study):
    table = ratings_table("543221")
    inputs = study(table)
    heads = tuple(
        replace(head, roles={"s1": StageRole.OBSERVER if head.key > "o2" else StageRole.CORE})
        for head in inputs.interviews
    )
    card = score(replace(inputs, interviews=heads), FAST)
    assert disclose(card, Level.HANDOFF).cell("s1", "d1").side_difference == card.cell("s1", "d1").sides.difference
    assert disclose(card, Level.PUBLIC).cell("s1", "d1").side_difference is None
    extra = replace(inputs, interviews=(*heads[:-1], replace(heads[-1], roles={})))
    assert disclose(score(extra, FAST), Level.HANDOFF).cell("s1", "d1").side_difference is None


@pytest.mark.parametrize(
    ("invited", "told", "rest"),
    [
        ({"a": 5, "b": 3, "c": 1}, {"a": 5}, 4),
        ({"a": 9, "b": 3, "c": 4}, {"a": 9}, 7),
        ({"a": 6, "b": 3, "c": 4}, {}, None),
        ({"a": 9, "b": 3, "c": 2}, {}, None),
        ({"a": 5, "b": 3, "c": 2}, {}, None),
    ],
    ids=["all came", "many refused", "one refused", "one refused among the merged", "one refused at all"],
)
def test_the_number_invited_is_told_only_where_no_single_refusal_follows(study, invited, told, rest):
    came = {"a": 5, "b": 3, "c": 1}
    card = score(study(ratings_table("13554")), FAST)
    sample = replace(
        card.sample,
        n_organisations=sum(came.values()),
        n_invited=sum(invited.values()),
        by_type=came,
        invited_by_type=invited,
    )
    card = replace(card, sample=sample)
    groups = disclose_sample(card, 2, 3).by_type
    assert (dict(groups.invited), groups.merged_invited) == (told, rest)
    assert disclose_sample(card, 0, 3).by_type.invited == invited


def test_small_groups_are_merged_until_nothing_can_be_subtracted():
    assert merge_small({"a": 5, "b": 3, "c": 1}, 3).counts == {"a": 5}
    assert merge_small({"a": 5, "b": 3, "c": 1}, 3).merged == 4
    assert merge_small({"a": 5, "b": 2, "c": 1}, 3).counts == {"a": 5}
    assert merge_small({"a": 2}, 3) == merge_small({"b": 2}, 3)
    assert merge_small({"a": 1, "b": 1}, 1).counts == {"a": 1, "b": 1}
    assert [is_small(count, 9, 2) for count in (0, 1, 2, 3, 6, 7, 8, 9)] == [
        False,
        True,
        True,
        False,
        False,
        True,
        True,
        False,
    ]


def test_network_names_only_with_consent(study):
    inputs = study(
        {name: {"s1": {"pd1": "3"}} for name in "ABCD"}, extra=(Item("t", Measure.TIE_STRENGTH, "@s", "d1", 1, 1, 4),)
    )
    types = dict(zip("ABCDZ", ("company", "company", "company", "clinic", "clinic"), strict=True))
    inputs = replace(
        inputs,
        organisations=tuple(Organisation(name, kind) for name, kind in types.items()),
        interviews=tuple(replace(head, may_be_named=head.key in "AB") for head in inputs.interviews),
        ties=(Tie("A", "B", "4", "s1"), Tie("A", "C", "2"), Tie("D", "Z", "1", kinds=("rnd",))),
    )
    card = score(inputs, FAST)
    view = disclose(card, Level.HANDOFF).network
    seen = {(e.first.key, e.first.type, e.second.key, e.second.type, e.count, e.intensity) for e in view.edges}
    assert seen == {
        ("A", "other", "B", "other", None, 4), (None, "other", "A", "other", None, None),
        (None, "other", None, "other", None, None),
    }  # fmt: skip
    assert not view.degree
    assert len(disclose(card, Level.INTERNAL).network.degree) == 5


def test_a_named_tie_is_public_without_what_one_or_two_organisations_said_of_it(study):
    inputs = study(
        {name: {"s1": {"pd1": "3"}} for name in "ABC"}, extra=(Item("t", Measure.TIE_STRENGTH, "@s", "d1", 1, 1, 4),)
    )
    inputs = replace(
        inputs,
        organisations=tuple(Organisation(name, "company") for name in "ABC"),
        interviews=tuple(replace(head, may_be_named=head.key in "AB") for head in inputs.interviews),
        ties=(Tie("A", "B", "4", "s1", kinds=("rnd",)),),
    )
    (edge,) = disclose(score(inputs, FAST), Level.PUBLIC).network.edges
    assert (edge.first.key, edge.second.key) == ("A", "B")
    assert (edge.count, edge.intensity, edge.stages, edge.kinds) == (None, None, (), ())


@pytest.mark.parametrize(
    ("n_raters", "level", "intensity"),
    [(2, Level.HANDOFF, None), (3, Level.HANDOFF, 2), (4, Level.PUBLIC, None), (5, Level.PUBLIC, 2)],
)
def test_a_mean_intensity_rests_on_as_many_organisations_as_any_value_of_its_level(study, n_raters, level, intensity):
    """Five ties of unnamed companies with institutes; `n_raters` of the companies stated the intensity 2."""
    companies, institutes = "ABCDE", "FGHIJ"
    inputs = study(
        {name: {"s1": {"pd1": "3"}} for name in companies + institutes},
        extra=(Item("t", Measure.TIE_STRENGTH, "@s", "d1", 1, 1, 4),),
    )
    inputs = replace(
        inputs,
        organisations=tuple(
            Organisation(name, "company" if name in companies else "research") for name in companies + institutes
        ),
        ties=tuple(
            Tie(one, other, "2" if place < n_raters else "98")
            for place, (one, other) in enumerate(zip(companies, institutes, strict=True))
        ),
    )
    (edge,) = disclose(score(inputs, FAST), level).network.edges
    assert (edge.count, edge.intensity) == (5, intensity)


def values_of(thing, path=()):
    """Every number, text and flag that a disclosed object holds, with its place."""
    if dataclasses.is_dataclass(thing):
        for entry in dataclasses.fields(thing):
            yield from values_of(getattr(thing, entry.name), (*path, entry.name))
    elif isinstance(thing, Mapping):
        for key, value in thing.items():
            yield from values_of(value, (*path, key))
    elif thing is not None:
        yield path, thing


ANSWERS = st.sampled_from(["1", "2", "3", "4", "5", "97", "98", ""])
CELLS = st.lists(st.tuples(ANSWERS, ANSWERS, ANSWERS, ANSWERS), min_size=0, max_size=9)
QUIET = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@QUIET
@given(rows=CELLS)
def test_public_is_part_of_handoff_is_part_of_internal(study, rows):
    table = {f"o{n}": {"s1": dict(zip(("pd1", "id1", "od1", "pd2"), row, strict=True))} for n, row in enumerate(rows)}
    card = score(study(table, stages=("s1",)), FAST)
    views = [disclose(card, level) for level in reversed(LEVELS)]
    for narrow, wide in itertools.pairwise(views):
        for key, cell in narrow.cells.items():
            there = {path for path, _ in values_of(wide.cells[key])}
            assert {path for path, _ in values_of(cell)} <= there
            other = wide.cells[key]
            assert cell.cell_class in {None, other.cell_class}
            for measure in CELL_MEASURES:
                if cell.of(measure):
                    assert cell.of(measure).n == other.of(measure).n
                    assert abs(cell.of(measure).mean - other.of(measure).mean) <= 2.5 + 1e-9
    for view, minimum in ((views[0], 5), (views[1], 3)):
        for key, cell in view.cells.items():
            for measure in CELL_MEASURES:
                source = card.cells[key].of(measure)
                assert cell.of(measure) is None or (source.n_valid >= minimum and source.sd > 0)


def recoverable(equations, unknowns, minimum):
    """Groups of fewer than `minimum` unknowns whose sum follows from the equations."""
    matrix = np.array(equations, dtype=float).reshape(len(equations), unknowns)
    rank = np.linalg.matrix_rank(matrix) if len(equations) else 0
    found = []
    for first in range(unknowns):
        for second in range(first, unknowns):
            target = np.zeros(unknowns)
            target[[first, second]] = 1
            if len(equations) and np.linalg.matrix_rank(np.vstack([matrix, target])) == rank:
                found.append((first, second))
    assert minimum == 3
    return found


PEOPLE = st.lists(
    st.tuples(
        st.sampled_from(["1", "3", "5", "98"]), st.sampled_from(["2", "4", "98"]), st.sampled_from(["1", "5", "98"]),
        st.sampled_from([None, StageRole.CORE, StageRole.OBSERVER]),
    ),
    min_size=3, max_size=11,
)  # fmt: skip


@QUIET
@given(people=PEOPLE)
def test_no_rating_follows_from_all_that_is_published_over_waves(study, people):
    cards = []
    for place in range(3):
        inputs = study(
            {f"o{n}": {"s1": {"pd1": row[place]}} for n, row in enumerate(people)},
            wave=f"w{place + 1}", stages=("s1",), dimensions=("d1",),
        )  # fmt: skip
        heads = tuple(
            replace(head, roles={"s1": row[3]} if row[3] else {})
            for head, row in zip(inputs.interviews, people, strict=True)
        )
        cards.append(score(replace(inputs, interviews=heads), FAST))
    given_by = [card.ratings("s1", "d1", Measure.PERFORMANCE) for card in cards]
    names = [f"o{n}" for n in range(len(people))]
    column = {(wave, name): wave * len(names) + n for wave in range(3) for n, name in enumerate(names)}
    equations = []

    def add(terms):
        line = np.zeros(3 * len(names))
        for (wave, name), factor in terms.items():
            line[column[wave, name]] += factor
        equations.append(line)

    for wave, card in enumerate(cards):
        cell = disclose(card, Level.HANDOFF).cell("s1", "d1")
        if cell.performance:
            add({(wave, name): 1 for name in given_by[wave]})
        if cell.side_difference is not None:
            inside = [name for name in given_by[wave] if people[int(name[1:])][3] is StageRole.CORE]
            outside = [name for name in given_by[wave] if people[int(name[1:])][3] is StageRole.OBSERVER]
            add({(wave, n): 1 / len(inside) for n in inside} | {(wave, n): -1 / len(outside) for n in outside})
    for first, second in ((0, 1), (1, 2), (0, 2)):
        comparison = compare_waves(cards[first], cards[second])
        seen = disclose_change(comparison, cards, Level.HANDOFF).cells["s1", "d1"]
        if seen.panel_change is not None:
            panel = comparison.cells["s1", "d1"].panel
            add({(second, name): 1 for name in panel} | {(first, name): -1 for name in panel})
        counts = (seen.improved, seen.same, seen.declined)
        assert not any(count is not None and is_small(count, seen.n_panel, 2) for count in counts)
        assert counts.count(None) in {0, 3}
    assert recoverable(equations, 3 * len(names), 3) == []


def test_a_change_that_would_give_away_one_organisation_is_held_back(study):
    first = study({f"o{n}": {"s1": {"pd1": v}} for n, v in enumerate("1234")}, wave="w1")
    second = study({f"o{n}": {"s1": {"pd1": v}} for n, v in enumerate("235")}, wave="w2")
    cards = [score(first, FAST), score(second, FAST)]
    comparison = compare_waves(*cards)
    seen = {level: disclose_change(comparison, cards, level).cells["s1", "d1"] for level in LEVELS}
    assert seen[Level.INTERNAL].panel_change == pytest.approx(100 / 3)
    assert (seen[Level.HANDOFF].panel_change, seen[Level.HANDOFF].n_panel, seen[Level.HANDOFF].status) == (None,) * 3
    assert seen[Level.HANDOFF].total_change == pytest.approx(175 / 3 - 37.5)
    assert seen[Level.PUBLIC].total_change is None


def test_a_change_of_a_whole_panel_is_shown(study):
    cards = [
        score(study({f"o{n}": {"s1": {"pd1": v}} for n, v in enumerate(values)}, wave=wave), FAST)
        for wave, values in (("w1", "11111"), ("w2", "22233"))
    ]
    comparison = compare_waves(*cards)
    seen = {level: disclose_change(comparison, cards, level).cells["s1", "d1"] for level in LEVELS}
    assert seen[Level.HANDOFF].panel_change == 35
    assert (seen[Level.HANDOFF].improved, seen[Level.HANDOFF].declined) == (5, 0)
    assert seen[Level.PUBLIC].status == "improved"
    assert (seen[Level.PUBLIC].panel_change, seen[Level.PUBLIC].first) == (35, None)
