"""The measures: one table with the evidence behind each, and the roadmap as a timeline."""

from dataclasses import replace

from roadmapdesk.figures.display_list import DataTable
from roadmapdesk.figures.timeline import TimelineBar, TimelineColumn, draw_timeline
from roadmapdesk.reports.context import FIGURE_WIDTH, Context
from roadmapdesk.reports.document import Cell, Paragraph, Section, Table, Tone
from roadmapdesk.reports.facts import MeasureFacts
from roadmapdesk.reports.hyphens import softener
from roadmapdesk.reports.sections.summary_page import ranked_measures
from roadmapdesk.reports.wording import SOURCE_LANGUAGE
from roadmapdesk.scoring.disclosed import DisclosedCell
from roadmapdesk.scoring.scorecard import CellKey

_TIMELINE_SIZE = 9.0


def table_section(context: Context) -> Section | None:
    """All measures by priority; None without measures."""
    _ = context.gettext
    facts, words = context.facts, context.words
    if not facts.measures:
        return None
    rows = tuple(
        (
            Cell(measure.number),
            Cell(measure.title, is_strong=True, language=context.spoken),
            Cell(words.cell_code(measure.stage, measure.dimension), _class_key(context, measure)),
            Cell(words.horizon(measure.horizon)),
            Cell(facts.text(measure.lead)),
            Cell("–" if measure.priority is None else str(measure.priority)),
            Cell(_evidence(context, measure)),
            Cell(facts.text(measure.status)),
        )
        for measure in ranked_measures(facts.measures)
    )
    header = (
        _("No."),
        _("Measure"),
        _("Cell"),
        _("Horizon"),
        _("Lead"),
        _("Prio."),
        _("Evidence: gap (n class); grade"),
        _("Status"),
    )
    table = Table(header, rows, (0, 2.4, 0, 1.0, 1.3, 0, 1.2, 0), frozenset({5}))
    intro = _(
        "Measures were proposed in the interviews and put together by the working group. The evidence names the "
        "gap of the cell that a measure addresses; a measure without a cell serves the whole chain."
    )
    return Section("measures", _("Measures"), (Paragraph(intro), table), starts_page=True)


def roadmap_section(context: Context) -> Section | None:
    """The timeline; None without measures, lanes or horizons."""
    _ = context.gettext
    facts = context.facts
    if not facts.measures or not facts.layers or not facts.horizons:
        return None
    lanes = [facts.text(layer) for layer in facts.layers]
    soften = softener(SOURCE_LANGUAGE)
    bars = [
        TimelineBar(
            measure.key,
            soften(measure.title),
            _bar_note(context, measure),
            lanes.index(facts.text(measure.layer)),
            measure.horizon,
            _class_key(context, measure),
            measure.requires,
            f"{measure.number} {measure.title}",
        )
        for measure in facts.measures
        if facts.text(measure.layer) in lanes
    ]
    columns = [TimelineColumn(facts.text(entry.name), facts.text(entry.years)) for entry in facts.horizons]
    figure = context.figure(
        "roadmap",
        _roadmap_title(context),
        draw_timeline(
            lanes, columns, bars, replace(context.look, size=_TIMELINE_SIZE), width=FIGURE_WIDTH, has_legend=True
        ),
        _roadmap_table(context),
        chart=_("Timeline with lanes"),
        shows=_("measures by layer and horizon; arrows lead from a measure to those that build on it"),
        basis=context.ngettext("{n} measure", "{n} measures", len(facts.measures)).format(n=len(facts.measures)),
    )
    text = _("Prio. is the stated priority from 1 to 5. Symbols show the class of the cell.")
    return Section("roadmap", _("Roadmap"), (Paragraph(text, Tone.NOTE, leads_on=True), figure))


def _roadmap_table(context: Context) -> DataTable:
    _ = context.gettext
    facts, words = context.facts, context.words
    numbers = {measure.key: measure.number for measure in facts.measures}
    rows = tuple(
        (
            measure.number,
            measure.title,
            facts.text(measure.layer),
            words.horizon(measure.horizon),
            words.listed([numbers[key] for key in measure.requires if key in numbers]) or "–",
        )
        for measure in facts.measures
    )
    header = (_("No."), _("Measure"), _("Layer"), _("Horizon"), _("Requires"))
    return DataTable(header, rows, spoken=frozenset({1}))


def _cell(context: Context, measure: MeasureFacts) -> DisclosedCell | None:
    return context.facts.scorecard.cells.get(CellKey(measure.stage, measure.dimension))


def _class_key(context: Context, measure: MeasureFacts) -> str:
    cell = _cell(context, measure)
    return cell.cell_class.value if cell is not None and cell.cell_class is not None else ""


def _evidence(context: Context, measure: MeasureFacts) -> str:
    """Gap or class of the cell with its n, then the grade of performance, as far as this level shows them."""
    cell = _cell(context, measure)
    if cell is None or cell.cell_class is None:
        return "–"
    words = context.words
    if cell.gap is None:
        return words.class_basis(cell)
    text = f"{words.change(cell.gap)} ({words.with_n(cell.n)})"
    return text if cell.grade is None else f"{text}; {cell.grade.value}"


def _bar_note(context: Context, measure: MeasureFacts) -> str:
    _ = context.gettext
    parts = [measure.number]
    code = context.words.cell_code(measure.stage, measure.dimension)
    if code != "–":
        parts.append(code)
    if measure.priority is not None:
        parts.append(_("Prio. {priority}").format(priority=measure.priority))
    return " · ".join(parts)


def _roadmap_title(context: Context) -> str:
    facts = context.facts
    first = sum(1 for measure in facts.measures if measure.horizon == 0)
    text = context.ngettext(
        "{first} of {n} measure begins in the first horizon ({years})",
        "{first} of {n} measures begin in the first horizon ({years})",
        len(facts.measures),
    )
    return text.format(first=first, n=len(facts.measures), years=facts.text(facts.horizons[0].years))
