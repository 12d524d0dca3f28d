"""What may be said about changes between waves; PDF and workbook take rows and words from here, so they agree.

Source: scoring model, 5.11 and 5.12 (i): values of each wave by their own n, the change of the panel by the panel's.
"""

from roadmapdesk.domain.levels import Level
from roadmapdesk.i18n import Language
from roadmapdesk.reports.facts import ReportFacts
from roadmapdesk.scoring.disclosed import DisclosedCellChange, DisclosedChange


def told_changes(change: DisclosedChange) -> list[DisclosedCellChange]:
    """Cells of which this level tells anything, in matrix order."""
    return [
        entry
        for entry in change.cells.values()
        if entry.status is not None or entry.first is not None or entry.second is not None
    ]


def panel_changes(change: DisclosedChange) -> list[DisclosedCellChange]:
    """Cells whose change of the panel this level tells, the largest change first."""
    found = [entry for entry in change.cells.values() if entry.panel_change is not None]
    return sorted(found, key=lambda entry: (-abs(entry.panel_change or 0.0), entry.key))


def change_note(entry: DisclosedCellChange, facts: ReportFacts) -> str:
    """Why a row has no change of the panel; empty where it has one."""
    _ = facts.language.gettext
    if entry.panel_change is not None:
        return ""
    if facts.level is Level.INTERNAL:
        return _("no panel")
    if entry.first is None and entry.second is None:
        return _("suppressed: too few organisations")
    return _("change of the panel not told")


def no_panel_sentence(language: Language) -> str:
    """For a level that tells no change of the panel at all."""
    return language.gettext(
        "This level tells no change of the panel: the groups that took part in both waves or in one of them only are "
        "so small that the difference would point to single organisations. Values of each wave and their distance "
        "also change because other organisations took part."
    )


def chance_sentence(change: DisclosedChange, language: Language) -> str:
    """How many intervals exclude 0 by chance; empty without an interval."""
    if not change.n_intervals:
        return ""
    text = language.ngettext(
        "Of {intervals} cell with an interval about {chance} excludes 0 by chance alone.",
        "Of {intervals} cells with an interval about {chance} exclude 0 by chance alone.",
        change.n_intervals,
    )
    expected = change.expected_by_chance
    return text.format(intervals=change.n_intervals, chance=language.number(expected, 0 if expected >= 1 else 1))
