"""Network, comparison and SWOT: what each level tells, and in which words."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from roadmapdesk.domain.levels import Level
from roadmapdesk.reports.context import Context
from roadmapdesk.reports.document import FigureBlock, Section, Table, Tiles
from roadmapdesk.reports.facts import ReportFacts
from roadmapdesk.reports.sections import comparison, network, swot
from roadmapdesk.scoring.disclosed import DisclosedEdge, DisclosedMean, DisclosedNetwork, NetworkNode
from roadmapdesk.scoring.scorecard import CellClass

Facts = Callable[..., ReportFacts]
NAMED = DisclosedEdge(NetworkNode("o00", "company"), NetworkNode("o01", "research"), None, 4.0, ("s3",), ("rnd",))
MERGED = DisclosedEdge(NetworkNode(None, "company"), NetworkNode(None, "company"), 4, 2.5, ("s1",), ())
UNTOLD = DisclosedEdge(NetworkNode("o00", "company"), NetworkNode(None, "other"), None, None, (), ())


def _with(facts: ReportFacts, **changes: object) -> ReportFacts:
    """The facts with another network or other comparisons in the reported wave."""
    card = replace(facts.scorecard, **changes)
    return replace(facts, waves=(*facts.waves[:-1], replace(facts.wave, scorecard=card)), tie_scale=(1.0, 4.0))


def _figure(section: Section | None) -> FigureBlock:
    assert section is not None
    (found,) = [block for block in section.blocks if isinstance(block, FigureBlock)]
    return found


def test_without_ties_and_comparisons_there_are_no_such_pages(facts_at: Facts) -> None:
    context = Context(_with(facts_at(), network=DisclosedNetwork((), None, None, {}), benchmarks={}))
    assert network.section(context) is None
    assert comparison.section(context) is None


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_network_names_and_merges_as_the_level_says(facts_at: Facts, language: str) -> None:
    told = DisclosedNetwork((NAMED, MERGED, UNTOLD), 0.25, None, {})
    facts = _with(facts_at(Level.HANDOFF, language), network=told)
    block = _figure(network.section(Context(facts)))
    names = {actor.key: actor.name(language) for actor in facts.actors}
    texts = " ".join(block.figure.scene.texts())
    assert names["o00"].split()[0] in texts
    assert {key: any(names[key] in row for row in block.figure.table.rows) for key in ("o00", "o02")} == {
        "o00": True,
        "o02": False,
    }
    assert [row[2] for row in block.figure.table.rows] == ["–", "4", "–"]
    assert block.table_label in block.figure.alternative


def test_the_most_connected_is_named_inside_only(facts_at: Facts) -> None:
    inside = _with(facts_at(), network=DisclosedNetwork((NAMED,), 0.2, None, {"o00": 3, "o01": 1}))
    name = {actor.key: actor.name("de") for actor in inside.actors}["o00"]
    assert _figure(network.section(Context(inside))).figure.title == f"Die meisten Partner: {name} (3)"


def test_the_comparison_is_ranked_and_says_who_is_ahead(facts_at: Facts) -> None:
    facts = _with(facts_at(), benchmarks={"x": DisclosedMean(40.0, 5), "y": DisclosedMean(70.0, 4)})
    figure = _figure(comparison.section(Context(facts))).figure
    assert [row[:2] for row in figure.table.rows] == [("y", "70,0"), ("x", "40,0")]
    assert figure.title == "Eingeschätzt vor y, hinter x"


@pytest.mark.parametrize("level", list(Level))
def test_strengths_and_weaknesses_are_the_classes_and_strategies_cover_all_weaknesses(
    facts_at: Facts, level: Level
) -> None:
    facts = facts_at(level)
    section = swot.section(Context(facts))
    assert section is not None
    first, second = [block for block in section.blocks if isinstance(block, Tiles)]
    assert {tile.class_key for tile in first.columns[0].tiles} == {CellClass.STRENGTH.value}
    assert {tile.class_key for tile in first.columns[1].tiles} == {CellClass.CRITICAL_GAP.value}
    (table,) = [block for block in section.blocks if isinstance(block, Table)]
    assert len(table.rows) == 5
    changes = {(c.key.stage, c.key.dimension): c.outlook_change for c in facts.scorecard.cells.values()}
    shown = {
        facts.stage_name(stage) + facts.dimension_name(dimension): change
        for (stage, dimension), change in changes.items()
    }
    assert all((shown[tile.title + tile.detail] or 0) >= 12.5 for tile in second.columns[0].tiles)
    assert all((shown[tile.title + tile.detail] or 0) <= -12.5 for tile in second.columns[1].tiles)
