"""The profile of the site: dimension indices today, importance and outlook, as radar and as table."""

from roadmapdesk.figures.display_list import DataTable
from roadmapdesk.figures.radar import RadarLine, draw_radar
from roadmapdesk.reports.context import FIGURE_WIDTH, Context, filled_table
from roadmapdesk.reports.document import Cell, Paragraph, Section, Table, Tone
from roadmapdesk.reports.sections.heatmap import visible_cells
from roadmapdesk.scoring.scorecard import CellKey, DimensionResult


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
    data = _table(context, names, results)
    figure = context.figure(
        "profile",
        _title(context),
        draw_radar(names, lines, context.look, width=FIGURE_WIDTH),
        data,
        chart=_("Radar chart"),
        shows=_("indices of every dimension: {lines}").format(lines=words.listed(_drawn(lines))),
    )
    table = Table(
        data.header,
        tuple(tuple(Cell(text) for text in row) for row in data.rows),
        (1, *(0 for _column in data.header[1:])),
        data.numeric,
        note=_reading(context, data),
    )
    intro = Paragraph(_("Indices are means over the stages of the chain, from visible cells alone."), Tone.NOTE)
    return Section("profile", _("Profile of the site"), (intro, figure, table), starts_page=True)


def _drawn(lines: tuple[RadarLine, ...]) -> list[str]:
    return [line.name for line in lines if any(value is not None for value in line.values)]


def _table(context: Context, names: tuple[str, ...], results: list[DimensionResult]) -> DataTable:
    _ = context.gettext
    words, stages = context.words, context.facts.scorecard.stages
    rows = []
    for name, result in zip(names, results, strict=True):
        keys = [CellKey(stage, result.dimension) for stage in stages]
        gap = _difference(result.importance, result.performance)
        drift = _difference(result.outlook, result.performance)
        values = (words.value(result.performance), f"{visible_cells(context, keys)}/{len(keys)}")
        rest = (words.value(result.importance), words.change(gap), words.value(result.outlook), words.change(drift))
        rows.append((name, *values, *rest))
    header = (
        _("Dimension"),
        _("Performance"),
        _("from stages"),
        _("Importance"),
        _("Gap"),
        _("Outlook 2030"),
        _("Drift"),
    )
    return filled_table(header, tuple(rows), frozenset({1, 2, 3, 4, 5, 6}))


def _reading(context: Context, table: DataTable) -> str:
    _ = context.gettext
    parts = [_("Areas in a radar chart mislead: read the lines.")]
    if _("Drift") in table.header:
        parts.insert(0, _("Drift = outlook 2030 without additional action − performance today."))
    return " ".join(parts)


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
    widest = max(gaps.values())
    if widest <= 0:
        return _("Performance reaches importance in every dimension")
    said = context.words.change(widest)
    first = [facts.dimension_name(key) for key, gap in gaps.items() if context.words.change(gap) == said]
    if len(first) > 2:
        return _("Importance exceeds performance most in {n} dimensions ({gap} points)").format(
            n=len(first), gap=said
        )
    names = context.words.listed([_("“{name}”").format(name=name) for name in first])
    return _("Importance exceeds performance most in {names} ({gap} points)").format(names=names, gap=said)
