"""What stands beside a cell whose change of the panel is not shown."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from roadmapdesk.domain.levels import Level
from roadmapdesk.reports.changes import change_note
from roadmapdesk.reports.facts import ReportFacts

Facts = Callable[[Level], ReportFacts]


@pytest.mark.parametrize(
    ("level", "first", "second", "panel", "note"),
    [
        (Level.HANDOFF, 50.0, 62.5, 12.5, ""),
        (Level.INTERNAL, 50.0, None, None, "kein Panel"),
        (Level.HANDOFF, None, None, None, "unterdrückt: zu wenige Einrichtungen"),
        (Level.HANDOFF, 50.0, 62.5, None, "Panel-Änderung nicht ausgewiesen"),
        (Level.HANDOFF, None, 62.5, None, "Panel-Änderung nicht ausgewiesen"),
        (Level.PUBLIC, 50.0, None, None, "Panel-Änderung nicht ausgewiesen"),
    ],
)
def test_a_row_says_why_it_has_no_change_of_the_panel(
    facts_at: Facts, level: Level, first: float | None, second: float | None, panel: float | None, note: str
) -> None:
    facts = facts_at(level)
    assert facts.change is not None
    entry = replace(next(iter(facts.change.cells.values())), first=first, second=second, panel_change=panel)
    assert change_note(entry, facts) == note
