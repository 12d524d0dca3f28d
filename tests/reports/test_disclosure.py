"""Quotations: whatever a narrow level prints, every wider one prints too, and none tells who was asked."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from roadmapdesk.domain.levels import Level
from roadmapdesk.reports.disclosure import chosen_quotes, disclosed_quotes
from roadmapdesk.reports.document import Paragraph, Tone, plain
from roadmapdesk.reports.facts import Quote, ReportFacts
from roadmapdesk.reports.summary import build_summary
from roadmapdesk.scoring.disclosed import Visibility

Facts = Callable[..., ReportFacts]
_PER_PLACE = 8


def _busy(facts: ReportFacts) -> ReportFacts:
    """The study with more statements than a page takes, internal ones given first, on every stage and the site."""
    quotes = tuple(
        Quote(f"Aussage {number} zu {stage or 'allem'}", stage, f"Einrichtung {number}" if number % 3 == 2 else "")
        for stage in (*facts.scorecard.stages, "")
        for number in range(_PER_PLACE)
    )
    return replace(facts, quotes=tuple(replace(quote, is_public=bool(quote.speaker)) for quote in quotes))


def _printed(facts: ReportFacts) -> set[str]:
    blocks = build_summary(facts).blocks()
    return {plain(block.text) for block in blocks if isinstance(block, Paragraph) and block.tone is Tone.QUOTE}


def test_every_wider_level_prints_the_quotations_of_the_narrower_one(facts_at: Facts) -> None:
    internal, handoff, public = (
        _printed(_busy(facts_at(level))) for level in (Level.INTERNAL, Level.HANDOFF, Level.PUBLIC)
    )
    assert public
    assert public <= handoff
    assert handoff <= internal
    assert len(internal) > len(handoff)


@pytest.mark.parametrize("level", [Level.HANDOFF, Level.PUBLIC])
def test_a_stage_without_visible_cells_has_no_quotation(facts_at: Facts, level: Level) -> None:
    facts = _busy(facts_at(level))
    hidden = [
        stage
        for stage in facts.scorecard.stages
        if all(
            cell.visibility is Visibility.SUPPRESSED
            for cell in facts.scorecard.cells.values()
            if cell.key.stage == stage
        )
    ]
    assert hidden
    assert not [quote for stage in hidden for quote in disclosed_quotes(facts, stage)]
    assert disclosed_quotes(_busy(facts_at()), hidden[0])


def test_publishable_statements_take_the_places_first(facts_at: Facts) -> None:
    chosen = chosen_quotes(_busy(facts_at()), "s1", 4)
    assert [quote.is_public for quote in chosen] == [True, True, False, False]


def test_a_wording_said_publicly_is_not_repeated_without_its_name(facts_at: Facts) -> None:
    quotes = (Quote("Gleich", "s1"), Quote("Gleich", "s1", "Haus", is_public=True))
    assert [quote.speaker for quote in chosen_quotes(replace(facts_at(), quotes=quotes), "s1", 3)] == ["Haus"]
