"""The heatmap of stages and dimensions, and the table of all cells that several figures link to."""

from collections.abc import Iterable
from dataclasses import replace

from roadmapdesk.domain.levels import Level
from roadmapdesk.figures.display_list import DataTable
from roadmapdesk.figures.from_scorecard import heat_cell
from roadmapdesk.figures.heatmap import HeatCell, HeatHead, HeatIndex, Heatmap, draw_heatmap
from roadmapdesk.reports.context import FIGURE_WIDTH, Context, filled_table
from roadmapdesk.reports.document import Paragraph, Section, Tone
from roadmapdesk.reports.wording import EVIDENCE_NAMES
from roadmapdesk.scoring.disclosed import DisclosedCell
from roadmapdesk.scoring.scorecard import CellClass, CellKey

CELLS_TABLE = "cells"
_SIZE = 8.7


def section(context: Context) -> Section:
    """The heatmap with one paragraph on how to read it."""
    _ = context.gettext
    scene = draw_heatmap(_heatmap(context), replace(context.look, size=_SIZE), width=FIGURE_WIDTH)
    figure = context.figure(
        "heatmap",
        _title(context),
        scene,
        cells_table(context),
        chart=_("Heatmap"),
        shows=_("performance, class, number of organisations and grade of every stage in every dimension"),
        shared_table=CELLS_TABLE,
    )
    text = _(
        "Each cell shows performance from 0 to 100, its class as a symbol, and n, the organisations that rated "
        "performance, with the grade of support. Filled symbols: importance of at least {border}. An index "
        "compensates strong and weak cells; therefore the lowest cell stands below it, and from how many of its "
        "cells it comes (the chain: of the stages)."
    ).format(border=context.language.number(context.facts.profile.thresholds.importance_high, 1))
    return Section(
        "heatmap", _("Strengths and gaps at a glance"), (figure, Paragraph(text, Tone.NOTE)), starts_page=True
    )


def _heatmap(context: Context) -> Heatmap:
    _ = context.gettext
    facts, scorecard = context.facts, context.facts.scorecard
    return Heatmap(
        rows=tuple(HeatHead(key, key.upper(), facts.stage_name(key)) for key in scorecard.stages),
        columns=tuple(HeatHead(key, key.upper(), facts.dimension_name(key)) for key in scorecard.dimensions),
        cells={(cell.key.stage, cell.key.dimension): _cell(context, cell) for cell in scorecard.cells.values()},
        row_indices=_stage_indices(context),
        column_indices=_dimension_indices(context),
        corner=_chain_index(context),
        row_index_title=_("Stage index"),
        column_index_title=_("Dimension index"),
        suppressed_text=_("no rating") if facts.level is Level.INTERNAL else _("suppressed"),
        thin_text=_("n < {n}").format(n=facts.profile.min_evidence_n),
    )


def _cell(context: Context, cell: DisclosedCell) -> HeatCell:
    facts = context.facts
    value = facts.language.number(cell.performance.mean) if cell.performance else ""
    return heat_cell(cell, facts.profile, value, context.words.basis(cell), cell_sentence(context, cell))


def _stage_indices(context: Context) -> dict[str, HeatIndex]:
    """Mapping stage → its index, with the lowest of its cells."""
    scorecard = context.facts.scorecard
    return {
        key: _index(
            context, result.performance, result.weakest_value, [CellKey(key, other) for other in scorecard.dimensions]
        )
        for key, result in scorecard.stage_results.items()
    }


def _dimension_indices(context: Context) -> dict[str, HeatIndex]:
    """Mapping dimension → its index, with the lowest of its cells."""
    scorecard = context.facts.scorecard
    return {
        key: _index(
            context, result.performance, _lowest(context, key), [CellKey(other, key) for other in scorecard.stages]
        )
        for key, result in scorecard.dimension_results.items()
    }


def _index(context: Context, value: float | None, lowest: float | None, keys: list[CellKey]) -> HeatIndex:
    """An index; below it the lowest cell, and from how many of its cells it comes."""
    number = context.language.number
    if lowest is None:
        return HeatIndex(number(value), "")
    floor = context.gettext("min. {value}").format(value=number(lowest))
    return HeatIndex(number(value), f"{floor} · {visible_cells(context, keys)}/{len(keys)}")


def _chain_index(context: Context) -> HeatIndex:
    """The index of the whole chain; below it, from how many stages it comes."""
    scorecard = context.facts.scorecard
    rated = sum(1 for result in scorecard.stage_results.values() if result.performance is not None)
    note = f"{context.gettext('chain')} · {rated}/{len(scorecard.stages)}"
    return HeatIndex(context.language.number(scorecard.chain.performance), note)


def visible_cells(context: Context, keys: Iterable[CellKey]) -> int:
    """How many of these cells have a value of performance at this level, so that it enters an index."""
    cells = context.facts.scorecard.cells
    return sum(1 for key in keys if cells[key].performance is not None)


def _lowest(context: Context, dimension: str) -> float | None:
    values = [
        cell.performance.mean
        for cell in context.facts.scorecard.cells.values()
        if cell.key.dimension == dimension and cell.performance is not None
    ]
    return min(values, default=None)


def cell_sentence(context: Context, cell: DisclosedCell) -> str:
    """The whole cell in one sentence, for tooltips and screen readers."""
    words = context.words
    parts = [words.cell_name(*cell.key)]
    if cell.performance is not None:
        parts.append(f"{words.value(cell.performance.mean)} ({words.basis(cell)})")
    if cell.cell_class is not None:
        parts.append(words.class_basis(cell))
    return "; ".join(parts)


def _title(context: Context) -> str:
    _ = context.gettext
    scorecard = context.facts.scorecard
    counts = scorecard.class_counts()
    visible, gaps = sum(counts.values()), counts[CellClass.CRITICAL_GAP]
    if not visible:
        return _("No cell may be classed at this level")
    if not gaps:
        return _("None of the {visible} visible cells is a critical gap").format(visible=visible)
    by_dimension = {
        key: sum(
            1
            for cell in scorecard.cells.values()
            if cell.key.dimension == key and cell.cell_class is CellClass.CRITICAL_GAP
        )
        for key in scorecard.dimensions
    }
    highest = max(by_dimension.values())
    first = [key for key, count in by_dimension.items() if count == highest]
    names = context.words.listed([_("“{name}”").format(name=context.facts.dimension_name(key)) for key in first])
    if len(first) > 2:
        text = context.ngettext(
            "{gaps} of {visible} visible cells is a critical gap",
            "{gaps} of {visible} visible cells are critical gaps",
            gaps,
        )
    else:
        text = context.ngettext(
            "{gaps} of {visible} visible cells is a critical gap, in {names}",
            "{gaps} of {visible} visible cells are critical gaps, most of them in {names}",
            gaps,
        )
    return text.format(gaps=gaps, visible=visible, names=names)


def cells_table(context: Context) -> DataTable:
    """Every cell: performance with its n, grade, coverage and interval, then class and gap with theirs."""
    _ = context.gettext
    words = context.words
    rows = []
    for cell in context.facts.scorecard.cells.values():
        figure = cell.performance
        rows.append(
            (
                words.cell_code(*cell.key),
                words.value(figure.mean if figure else None),
                words.n(figure.n if figure else None),
                _grade(cell),
                words.percent(figure.coverage if figure else None),
                words.interval(figure.interval if figure else None),
                words.value(cell.importance.mean if cell.importance else None),
                words.value(cell.outlook.mean if cell.outlook else None),
                words.change(cell.gap),
                words.value(cell.priority),
                words.class_name(cell.cell_class.value) if cell.cell_class else "–",
                words.n(cell.n),
                words.said(EVIDENCE_NAMES[cell.evidence]) if cell.evidence and cell.cell_class else "–",
            )
        )
    header = (
        _("Cell"),
        _("Perf."),
        _("n perf."),
        _("Grade"),
        _("Cov."),
        _("90% interval"),
        _("Imp."),
        _("Outl."),
        _("Gap"),
        _("Prio."),
        _("Class"),
        _("n class"),
        _("Evidence"),
    )
    return filled_table(header, tuple(rows), frozenset({1, 2, 4, 6, 7, 8, 9, 11}))


def _grade(cell: DisclosedCell) -> str:
    return cell.grade.value if cell.grade is not None and cell.performance is not None else "–"
