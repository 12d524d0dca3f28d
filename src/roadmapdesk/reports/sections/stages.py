"""One page per stage: what it is, its seven ratings with intervals, bottlenecks, quotations and measures."""

from roadmapdesk.domain.levels import Level
from roadmapdesk.figures.bars import BarRow, draw_bars
from roadmapdesk.figures.display_list import DataTable
from roadmapdesk.figures.intervals import IntervalLegend, IntervalRow, draw_intervals
from roadmapdesk.i18n import half_up
from roadmapdesk.reports.context import FIGURE_WIDTH, Context
from roadmapdesk.reports.disclosure import DisclosedOption, chosen_quotes, disclosed_bottlenecks, leading
from roadmapdesk.reports.document import (
    Block,
    Cell,
    FigureBlock,
    Heading,
    KeyFigure,
    KeyFigures,
    Paragraph,
    Section,
    Table,
    Tone,
)
from roadmapdesk.reports.sections.heatmap import CELLS_TABLE, cell_sentence, cells_table
from roadmapdesk.reports.sections.value_chain import stage_actors
from roadmapdesk.scoring.disclosed import DisclosedCell, DisclosedStage
from roadmapdesk.scoring.scorecard import CellClass

_BOTTLENECKS_TABLE = "bottlenecks"
_MOST_BOTTLENECKS = 4
_MOST_QUOTES = 2
_MOST_MEASURES = 4


def sections(context: Context) -> list[Section]:
    """The pages of all stages in the order of the chain."""
    return [_section(context, key) for key in context.facts.scorecard.stages]


def _section(context: Context, key: str) -> Section:
    facts = context.facts
    stages = {stage.key: stage for stage in facts.catalog.stages}
    blocks: list[Block] = []
    if key in stages:
        blocks.append(Paragraph(facts.text(stages[key].definition), Tone.BODY))
    blocks += _key_figures(context, key)
    blocks += _ratings(context, key)
    blocks += _bottlenecks(context, key)
    blocks += _quotes(context, key)
    blocks += _measures(context, key)
    title = f"{key.upper()} {facts.stage_name(key)}"
    return Section(f"stage-{key}", title, tuple(blocks), starts_page=True)


def _key_figures(context: Context, key: str) -> list[Block]:
    """What this level tells of the stage as a whole; nothing stands there without a value."""
    result = context.facts.scorecard.stage_results[key]
    items = [
        *_index(context, result),
        *_importance(context, result),
        *_known_actors(context, key),
        *_readiness(context, result),
    ]
    return [KeyFigures(tuple(items))] if items else []


def _index(context: Context, result: DisclosedStage) -> list[KeyFigure]:
    _ = context.gettext
    facts = context.facts
    number = facts.language.number
    visible = sum(1 for cell in _cells(context, result.stage) if cell.performance is not None)
    items = []
    if result.performance is not None:
        basis = _("from {visible} of {total} dimensions")
        basis = basis.format(visible=visible, total=len(facts.scorecard.dimensions))
        items.append(KeyFigure(number(result.performance), _("Stage index"), basis))
    if result.weakest is not None:
        weakest = facts.dimension_name(result.weakest)
        items.append(KeyFigure(number(result.weakest_value), _("Weakest dimension"), weakest))
    return items


def _known_actors(context: Context, key: str) -> list[KeyFigure]:
    _ = context.gettext
    return [KeyFigure(str(len(stage_actors(context, key))), _("Known actors"), _("core or supporting role"))]


def _readiness(context: Context, result: DisclosedStage) -> list[KeyFigure]:
    _ = context.gettext
    readiness = result.readiness
    if readiness is None:
        return []
    median = context.language.number(readiness.median, 0 if readiness.median == int(readiness.median) else 1)
    basis = _("median, {n}; own scale").format(n=context.words.with_n(readiness.n))
    return [KeyFigure(_("TRL {value}").format(value=median), _("Readiness"), basis)]


def _importance(context: Context, result: DisclosedStage) -> list[KeyFigure]:
    """Importance with the outlook below it, as far as this level shows either."""
    _ = context.gettext
    number = context.facts.language.number
    outlook = "" if result.outlook is None else _("outlook 2030: {value}").format(value=number(result.outlook))
    if result.importance is None:
        return []
    return [KeyFigure(number(result.importance), _("Importance"), outlook or _("until 2030"))]


def _cells(context: Context, key: str) -> list[DisclosedCell]:
    scorecard = context.facts.scorecard
    return [scorecard.cell(key, dimension) for dimension in scorecard.dimensions]


def _ratings(context: Context, key: str) -> list[Block]:
    """The ratings as a figure; where this level tells classes alone, as a table, and else one sentence."""
    _ = context.gettext
    cells = _cells(context, key)
    if any(cell.performance is not None for cell in cells):
        return [_ratings_figure(context, key)]
    if any(cell.cell_class is not None for cell in cells):
        return [Heading(2, _ratings_title(context, key)), _classes_table(context, cells)]
    if context.facts.level is Level.INTERNAL:
        return [Paragraph(_("No organisation rated this stage."), Tone.NOTE)]
    return [Paragraph(_("Too few organisations rated this stage; this level shows no result of it."), Tone.NOTE)]


def _classes_table(context: Context, cells: list[DisclosedCell]) -> Table:
    _ = context.gettext
    words = context.words
    rows = tuple(
        (
            Cell(context.facts.dimension_name(cell.key.dimension)),
            Cell(words.class_name(cell.cell_class.value), cell.cell_class.value)
            if cell.cell_class is not None
            else Cell(_("withheld")),
            Cell(words.n(cell.n)),
        )
        for cell in cells
    )
    note = _("Few organisations rated this stage; therefore this level tells classes, but no values.")
    return Table((_("Dimension"), _("Class"), _("n class")), rows, (1.4, 1, 0), frozenset({2}), note=note)


def _ratings_figure(context: Context, key: str) -> FigureBlock:
    _ = context.gettext
    legend = IntervalLegend(_("Performance today"), _("90% interval"), _("Importance"))
    rows = tuple(_row(context, cell) for cell in _cells(context, key))
    return context.figure(
        f"stage-{key}",
        _ratings_title(context, key),
        draw_intervals(rows, legend, context.look, width=FIGURE_WIDTH),
        cells_table(context),
        chart=_("Bar chart with intervals"),
        shows=_("performance and importance of “{stage}” in every dimension").format(
            stage=context.facts.stage_name(key)
        ),
        basis=_ratings_basis(context, key),
        shared_table=CELLS_TABLE,
    )


def _ratings_basis(context: Context, key: str) -> str:
    """The smallest and the largest n of the visible cells."""
    words = context.words
    counts = [cell.performance.n for cell in _cells(context, key) if cell.performance is not None]
    low, high = words.with_n(min(counts)), words.n(max(counts))
    if low != words.with_n(max(counts)):
        low = context.gettext("{low} to {high}").format(low=low, high=high)
    return context.gettext("Performance: {n}").format(n=low)


def _row(context: Context, cell: DisclosedCell) -> IntervalRow:
    _ = context.gettext
    words, facts = context.words, context.facts
    figure = cell.performance
    missing = _("no rating") if facts.level is Level.INTERNAL else _("withheld")
    if figure is None and cell.cell_class is not None:
        missing = _("class only: {name}").format(name=words.class_name(cell.cell_class.value))
    note = words.basis(cell) if figure is not None or cell.n is not None else ""
    return IntervalRow(
        cell.key.dimension,
        facts.dimension_name(cell.key.dimension),
        figure.mean if figure else None,
        figure.interval if figure else None,
        cell.importance.mean if cell.importance and figure else None,
        cell.cell_class.value if cell.cell_class else "",
        facts.language.number(figure.mean) if figure else "",
        note,
        missing,
        cell_sentence(context, cell),
    )


def _ratings_title(context: Context, key: str) -> str:
    _ = context.gettext
    cells = [cell for cell in _cells(context, key) if cell.cell_class is not None]
    gaps = [cell for cell in cells if cell.cell_class is CellClass.CRITICAL_GAP]
    strengths = [cell for cell in cells if cell.cell_class is CellClass.STRENGTH]
    if not cells:
        return _("This level classes no dimension of this stage")
    if gaps:
        return _gaps_title(context, gaps, len(cells))
    if strengths:
        return context.ngettext(
            "No critical gap; {n} dimension is a strength",
            "No critical gap; {n} dimensions are strengths",
            len(strengths),
        ).format(n=len(strengths))
    return _("Neither critical gaps nor strengths")


def _gaps_title(context: Context, gaps: list[DisclosedCell], visible: int) -> str:
    """Names the gap of the highest priority, where this level tells priorities."""
    highest = max(cell.priority or 0.0 for cell in gaps)
    first = [cell for cell in gaps if half_up(cell.priority or 0.0, 1) == half_up(highest, 1)]
    if first[0].priority is None or len(first) > 2:
        text = context.ngettext(
            "{gaps} of {visible} dimensions is a critical gap",
            "{gaps} of {visible} dimensions are critical gaps",
            len(gaps),
        )
        return text.format(gaps=len(gaps), visible=visible)
    text = context.ngettext(
        "{gaps} of {visible} dimensions is a critical gap: {names}",
        "{gaps} of {visible} dimensions are critical gaps, first {names}",
        len(gaps),
    )
    names = [context.facts.dimension_name(cell.key.dimension) for cell in first]
    return text.format(gaps=len(gaps), visible=visible, names=context.words.listed(names))


def _bottlenecks(context: Context, key: str) -> list[Block]:
    _ = context.gettext
    facts = context.facts
    found = [entry for entry in facts.bottlenecks if entry.stage == key]
    if not found:
        return []
    counts = disclosed_bottlenecks(found[0], facts)
    shown = [option for option in counts.options if option.count is not None][:_MOST_BOTTLENECKS]
    if counts.n is None or not shown:
        if all(cell.cell_class is None for cell in _cells(context, key)):
            return []
        return [
            Heading(2, _("Bottlenecks")),
            Paragraph(_("This level counts no bottleneck: the numbers are too small."), Tone.NOTE),
        ]
    rows = tuple(
        BarRow(f"{key}/{option.option.code}", facts.text(option.option.label), option.share, _of(option, counts.n))
        for option in shown
    )
    first = [facts.text(option.option.label) for option in leading(counts)]
    texts = {
        1: _("Most frequent bottleneck: {names} ({count})"),
        2: _("Most frequent bottlenecks: {names} ({count} each)"),
    }
    text = texts.get(len(first), _("Among the most frequent bottlenecks: {names} ({count})"))
    names = context.words.listed(first) if len(first) in texts else first[0]
    title = text.format(names=names, count=_of(shown[0], counts.n))
    figure = context.figure(
        f"bottlenecks-{key}",
        title,
        draw_bars(rows, context.look, width=FIGURE_WIDTH, label_share=0.4),
        _bottlenecks_table(context),
        chart=_("Bar chart"),
        shows=_("bottlenecks named in “{stage}”, up to three per organisation").format(stage=facts.stage_name(key)),
        basis=f"n\u00a0{counts.n}",
        shared_table=_BOTTLENECKS_TABLE,
        table_title=_("Bottlenecks by stage"),
    )
    return [figure]


def _of(option: DisclosedOption, n: int) -> str:
    return f"{option.count}\u00a0/\u00a0{n}"


def _bottlenecks_table(context: Context) -> DataTable:
    """Bottlenecks of all stages; stages and answers that may not be counted are left out."""
    _ = context.gettext
    facts = context.facts
    rows: list[tuple[str, ...]] = []
    for entry in facts.bottlenecks:
        counts = disclosed_bottlenecks(entry, facts)
        if counts.n is None:
            continue
        rows += [
            (
                entry.stage.upper(),
                facts.text(option.option.label),
                str(option.count),
                str(counts.n),
                context.words.percent(option.share),
            )
            for option in counts.options
            if option.count is not None
        ]
    header = (_("Stage"), _("Bottleneck"), _("Organisations"), _("of"), _("Share"))
    return DataTable(header, tuple(rows), frozenset({2, 3, 4}))


def _quotes(context: Context, key: str) -> list[Block]:
    _ = context.gettext
    quotes = chosen_quotes(context.facts, key, _MOST_QUOTES)
    if not quotes:
        return []
    blocks: list[Block] = [Heading(2, _("In the words of those asked"))]
    for quote in quotes:
        speaker = quote.speaker or _("an organisation")
        text = _("“{quote}” – {speaker}").format(quote=quote.text.strip(), speaker=speaker)
        blocks.append(Paragraph(text, Tone.QUOTE, language=context.spoken))
    return blocks


def _measures(context: Context, key: str) -> list[Block]:
    _ = context.gettext
    facts, words = context.facts, context.words
    measures = [measure for measure in facts.measures if measure.stage == key]
    measures.sort(key=lambda measure: (-(measure.priority or 0), measure.number))
    if not measures:
        return []
    rows = tuple(
        (
            Cell(measure.number),
            Cell(measure.title, language=context.spoken),
            Cell(words.cell_code(measure.stage, measure.dimension)),
            Cell(words.horizon(measure.horizon)),
            Cell(facts.text(measure.lead)),
        )
        for measure in measures[:_MOST_MEASURES]
    )
    header = (_("No."), _("Measure"), _("Cell"), _("Horizon"), _("Lead"))
    return [Heading(2, _("Measures for this stage")), Table(header, rows, (0, 2.2, 0, 1.0, 1.4), is_extract=True)]
