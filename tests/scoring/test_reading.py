"""Items from a sheet, responses from answers, and what loads without numpy."""

import subprocess
import sys

import pytest

from roadmapdesk.scoring.collect import Answer, Fields, collect_responses
from roadmapdesk.scoring.inputs import Item, Measure
from roadmapdesk.scoring.items import read_items

ROW = {
    "question": "rating", "level": "cell", "stage": "@stage_key", "dimension": "d1", "measure": "performance",
    "weight": "2", "scale_min": "1", "scale_max": "5", "reverse": "yes", "not_applicable_code": "97",
    "missing_codes": "98 99",
}  # fmt: skip


def test_a_row_becomes_an_item():
    items, problems = read_items([ROW, dict.fromkeys(ROW, "")], ["s1"], ["d1"], wordings={"rating": "abc"})
    assert problems == ()
    (item,) = items
    assert (item.stage_field, item.dimension, item.measure) == ("stage_key", "d1", Measure.PERFORMANCE)
    assert (item.weight, item.minimum, item.maximum, item.is_reversed) == (2, 1, 5, True)
    assert (item.not_applicable, item.missing, item.wording) == (frozenset({"97"}), frozenset({"98", "99"}), "abc")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"question": ""}, "scoring.no_question"), ({"measure": "luck"}, "scoring.unknown_measure"),
        ({"weight": "0"}, "scoring.bad_weight"), ({"weight": "much"}, "scoring.not_a_number"),
        ({"scale_max": "1"}, "scoring.bad_scale"), ({"stage": "s9"}, "scoring.unknown_stage"),
        ({"stage": "*"}, "scoring.needs_stage"), ({"dimension": "d9"}, "scoring.unknown_dimension"),
        ({"dimension": "*"}, "scoring.unknown_dimension"), ({"weight": "inf"}, "scoring.not_a_number"),
    ],
)  # fmt: skip
def test_each_problem_of_a_row_is_named_with_its_row(changes, code):
    items, problems = read_items([{**ROW, **changes}], ["s1"], ["d1"])
    assert items == ()
    assert [problem.message.code for problem in problems] == [code]
    assert problems[0].row == 2
    assert "{" not in problems[0].text


def test_the_same_question_twice_is_a_problem():
    items, problems = read_items([ROW, ROW], ["s1"], ["d1"])
    assert len(items) == 1
    assert [(problem.row, problem.message.code) for problem in problems] == [(3, "scoring.duplicate")]


RATING = Item("rating", Measure.PERFORMANCE, "@stage", "d1")


def test_ratings_are_keyed_by_the_stage_of_their_instance():
    answers = [
        Answer("stage", ("1",), "s2"), Answer("rating", ("1",), "4"),
        Answer("stage", ("2",), "s1"), Answer("rating", ("2",), "3", is_relevant=False),
        Answer("stage", ("3",), ""), Answer("rating", ("3",), "1"),
        Answer("stage", ("4",), "s2"), Answer("rating", ("4",), "5"),
        Answer("site", (), "2"),
    ]  # fmt: skip
    site = Item("site", Measure.CROSS_CHECK, "*", "d1")
    found = collect_responses("i", answers, [RATING, site])
    assert found.responses == {("i", "s2", "rating"): "4", ("i", "s1", "rating"): None, ("i", "*", "site"): "2"}


def test_ties_benchmarks_and_proposals_take_their_fields():
    items = [
        Item("strength", Measure.TIE_STRENGTH, "@serves", "d1"),
        Item("position", Measure.BENCHMARK, "*"),
        Item("priority", Measure.PRIORITY, "@place", "@aspect"),
    ]
    answers = [
        Answer("partner", ("1",), "B"), Answer("strength", ("1",), "3"), Answer("serves", ("1",), "all"),
        Answer("kind", ("1",), "a b"), Answer("partner", ("2",), ""), Answer("strength", ("2",), "1"),
        Answer("reference", (), "ref"), Answer("position", (), "4"),
        Answer("coded", ("x",), "m1"), Answer("priority", ("x",), "5"), Answer("place", ("x",), "98"),
        Answer("aspect", ("x",), "d2"),
    ]  # fmt: skip
    found = collect_responses("i", answers, items, Fields("partner", "kind", "reference", "coded"))
    assert [(tie.partner, tie.value, tie.stage, tie.kinds) for tie in found.ties] == [("B", "3", "*", ("a", "b"))]
    assert [(entry.reference, entry.value) for entry in found.benchmarks] == [("ref", "4")]
    assert [(entry.measure, entry.stage, entry.dimension) for entry in found.proposals] == [("m1", "", "d2")]
    assert found.responses == {}


def test_results_load_without_numpy():
    names = ("model", "scorecard", "disclosed", "inputs", "profile", "collect", "items", "golden")
    code = "import sys;" + ";".join(f"import roadmapdesk.scoring.{name}" for name in names)
    checked = subprocess.run(
        [sys.executable, "-c", code + ";sys.exit('numpy' in sys.modules)"], check=False, capture_output=True
    )
    assert checked.returncode == 0
