"""The value-chain map: nine stages, what flows between them, how strong each is and how many actors are known."""

from collections import Counter

from roadmapdesk.domain.actors import Actor, StageRole
from roadmapdesk.figures.display_list import DataTable
from roadmapdesk.figures.value_chain import ChainStage, draw_value_chain
from roadmapdesk.i18n import half_up
from roadmapdesk.reports.context import FIGURE_WIDTH, Context, filled_table
from roadmapdesk.reports.document import Paragraph, Section, Tone
from roadmapdesk.reports.sections.heatmap import visible_cells
from roadmapdesk.scoring.disclosed import DisclosedStage
from roadmapdesk.scoring.scorecard import CellClass, CellKey


def section(context: Context) -> Section:
    """The map on one page."""
    _ = context.gettext
    facts = context.facts
    stages = tuple(_stage(context, key) for key in facts.scorecard.stages)
    scene = draw_value_chain(stages, facts.catalog.stage_edges, context.look, width=FIGURE_WIDTH)
    figure = context.figure(
        "value_chain",
        _title(context),
        scene,
        _table(context, stages),
        chart=_("Map of the value chain"),
        shows=_(
            "stages with index of performance, number of cells per class and known actors, and their connections"
        ),
        source=context.source + " · " + _("actors: register of the project, own assignment"),
    )
    context.share_table("stage_indices", _("Indices of the stages"), _indices_table(context))
    note = _(
        "Number in the coloured field: index of performance, 0 to 100. Symbols: number of cells of each class among "
        "the dimensions; the index comes from those with a value at this level. Presence of an actor is not "
        "strength: the assignment of actors to stages is our own."
    )
    return Section("value_chain", _("Value chain"), (Paragraph(note, Tone.NOTE), figure), starts_page=True)


def _stage(context: Context, key: str) -> ChainStage:
    facts = context.facts
    result = facts.scorecard.stage_results[key]
    counts = Counter(
        cell.cell_class.value for cell in facts.scorecard.cells.values() if cell.key.stage == key and cell.cell_class
    )
    classes = tuple((kind.value, counts[kind.value]) for kind in CellClass if counts[kind.value])
    value_text = facts.language.number(result.performance)
    return ChainStage(
        key, key.upper(), facts.stage_name(key), result.performance, value_text, classes, actors_text(context, key)
    )


def stage_actors(context: Context, key: str) -> list[Actor]:
    """Actors of the register with a core or supporting role in this stage."""
    active = {StageRole.CORE, StageRole.SUPPORT}
    return [actor for actor in context.facts.actors if actor.stages.get(key) in active]


def actors_text(context: Context, key: str) -> str:
    """``5 known actors: 3 companies …``, by type, most frequent first."""
    _ = context.gettext
    actors = stage_actors(context, key)
    if not actors:
        return _("no known actor")
    counts = Counter(actor.type.value for actor in actors)
    types = ", ".join(
        f"{context.words.type_name(code).partition(' (')[0]} ({count})"
        for code, count in sorted(counts.items(), key=lambda entry: (-entry[1], entry[0]))
    )
    number = context.ngettext("{n} known actor", "{n} known actors", len(actors)).format(n=len(actors))
    return f"{number}: {types}"


def _title(context: Context) -> str:
    _ = context.gettext
    facts = context.facts
    rated = [result for result in facts.scorecard.stage_results.values() if result.performance is not None]
    if len(rated) < 2:
        return _("Too few cells are visible to compare the stages of the chain")
    values = [result.performance or 0.0 for result in rated]
    best, worst = (
        [result for result in rated if half_up(result.performance or 0.0) == half_up(end)]
        for end in (max(values), min(values))
    )
    if len(best) == len(rated):
        return _("All stages stand alike")
    return _("Strongest: {best} ({best_value}); weakest: {worst} ({worst_value})").format(
        best=_named(context, best),
        best_value=facts.language.number(best[0].performance),
        worst=_named(context, worst),
        worst_value=facts.language.number(worst[0].performance),
    )


def _named(context: Context, stages: list[DisclosedStage]) -> str:
    """The stages that share a place: up to two by name, else their number."""
    if len(stages) > 2:
        return context.gettext("{n} stages alike").format(n=len(stages))
    return context.words.listed([context.facts.stage_name(result.stage) for result in stages])


def _table(context: Context, stages: tuple[ChainStage, ...]) -> DataTable:
    """What the map shows."""
    _ = context.gettext
    facts, words = context.facts, context.words
    rows = []
    for stage in stages:
        classes = [f"{count} × {words.class_name(kind)}" for kind, count in stage.classes]
        onward = [edge[1].upper() for edge in facts.catalog.stage_edges if edge[0] == stage.key]
        rows.append(
            (
                stage.code,
                words.value(stage.value),
                ", ".join(classes) or "–",
                actors_text(context, stage.key),
                ", ".join(sorted(onward)) or "–",
            )
        )
    header = (_("Stage"), _("Performance"), _("Classes of the cells"), _("Known actors"), _("Leads to"))
    return DataTable(header, tuple(rows), frozenset({1}))


def _indices_table(context: Context) -> DataTable:
    """The indices of the stages with what a mean hides: the geometric mean and the weakest dimension."""
    _ = context.gettext
    facts, words = context.facts, context.words
    rows = []
    for key in facts.scorecard.stages:
        result = facts.scorecard.stage_results[key]
        weakest = facts.dimension_name(result.weakest) if result.weakest is not None else "–"
        keys = [CellKey(key, dimension) for dimension in facts.scorecard.dimensions]
        rows.append(
            (
                key.upper(),
                words.value(result.performance),
                f"{visible_cells(context, keys)}/{len(keys)}",
                words.value(result.performance_geometric),
                words.value(result.importance),
                words.value(result.outlook),
                weakest,
                words.value(result.weakest_value),
            )
        )
    header = (
        _("Stage"),
        _("Performance"),
        _("from cells"),
        _("geometric"),
        _("Importance"),
        _("Outlook 2030"),
        _("Weakest dimension"),
        _("its value"),
    )
    return filled_table(header, tuple(rows), frozenset({1, 2, 3, 4, 5, 7}))
