"""The profile of the site: dimension indices today, importance and outlook, as radar and as table."""

from roadmapdesk.figures.display_list import DataTable
from roadmapdesk.figures.radar import RadarLine, draw_radar
from roadmapdesk.reports.context import FIGURE_WIDTH, Context
from roadmapdesk.reports.document import Cell, Paragraph, Section, Table, Tone


def section(context: Context) -> Section:
    """The radar with its table directly below."""
    _ = context.gettext
    facts, words = context.facts, context.words
    results = [facts.scorecard.dimension_results[key] for key in facts.scorecard.dimensions]
    names = tuple(facts.dimension_name(result.dimension) for result in results)
    lines = (
        RadarLine(_("Performance today"), tuple(result.performance for result in results)),
        RadarLine(_("Importance"), tuple(result.importance for result in results)),
        RadarLine(_("Outlook 2030"), tuple(result.outlook for result in results)),
    )
    header = (_("Dimension"), _("Performance"), _("Importance"), _("Gap"), _("Outlook 2030"), _("Drift"))
    rows = []
    for name, result in zip(names, results, strict=True):
        gap = _difference(result.importance, result.performance)
        drift = _difference(result.outlook, result.performance)
        values = (words.value(result.performance), words.value(result.importance), words.change(gap))
        rows.append((name, *values, words.value(result.outlook), words.change(drift)))
    figure = context.figure(
        "profile",
        _title(context),
        draw_radar(names, lines, context.look, width=FIGURE_WIDTH),
        DataTable(header, tuple(rows), frozenset({1, 2, 3, 4, 5})),
        chart=_("Radar chart with three lines"),
        shows=_("index of every dimension today, its importance, and the outlook for 2030"),
    )
    table = Table(
        header,
        tuple(tuple(Cell(text) for text in row) for row in rows),
        (1, 0, 0, 0, 0, 0),
        frozenset({1, 2, 3, 4, 5}),
        note=_(
            "Drift = outlook 2030 without additional action − performance today. Areas in a radar chart mislead: "
            "read the lines."
        ),
    )
    intro = Paragraph(_("Indices are means over the stages of the chain, from visible cells alone."), Tone.NOTE)
    return Section("profile", _("Profile of the site"), (intro, figure, table), starts_page=True)


def _difference(first: float | None, second: float | None) -> float | None:
    return first - second if first is not None and second is not None else None


def _title(context: Context) -> str:
    _ = context.gettext
    facts = context.facts
    gaps = {
        result.dimension: gap
        for result in facts.scorecard.dimension_results.values()
        if (gap := _difference(result.importance, result.performance)) is not None
    }
    if not gaps:
        return _("Too few cells are visible for a profile")
    widest = max(gaps, key=lambda key: (gaps[key], key))
    if gaps[widest] <= 0:
        return _("Performance reaches importance in every dimension")
    return _("Importance exceeds performance most in “{dimension}” ({gap} points)").format(
        dimension=facts.dimension_name(widest), gap=context.words.change(gaps[widest])
    )
