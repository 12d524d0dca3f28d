"""Importance against performance: where action comes first, with the ranking beside the plot."""

from roadmapdesk.figures.from_scorecard import plot_marks
from roadmapdesk.figures.importance_performance import PlotWords, draw_importance_performance
from roadmapdesk.i18n import half_up
from roadmapdesk.reports.context import FIGURE_WIDTH, Context
from roadmapdesk.reports.document import Cell, Heading, Paragraph, Section, Table, Tone
from roadmapdesk.reports.sections.heatmap import CELLS_TABLE, cell_sentence, cells_table
from roadmapdesk.reports.wording import EVIDENCE_NAMES
from roadmapdesk.scoring.disclosed import DisclosedCell
from roadmapdesk.scoring.scorecard import Evidence

_RANKED = 10
_HEIGHT = 376.0


def section(context: Context) -> Section:
    """The plot and the ranking by priority."""
    _ = context.gettext
    marks = plot_marks(context.facts.scorecard, lambda cell: cell_sentence(context, cell))
    words = PlotWords(
        _("Performance today (0–100)"),
        _("Importance until 2030 (0–100)"),
        _("importance = performance"),
        {
            Evidence.FIRM: _("firm: filled"),
            Evidence.TENTATIVE: _("tentative: outlined"),
            Evidence.INSUFFICIENT: _("insufficient: cross"),
        },
    )
    scene = draw_importance_performance(
        marks, words, context.look, width=FIGURE_WIDTH, height=_HEIGHT, thresholds=context.facts.profile.thresholds
    )
    ranking = _ranking(context)
    figure = context.figure(
        "importance_performance",
        _title(context, ranking),
        scene,
        cells_table(context),
        chart=_("Importance-performance plot"),
        shows=_("every visible cell by performance and importance, in the zones of the classes"),
        shared_table=CELLS_TABLE,
    )
    note = Paragraph(
        _(
            "The zones are exactly the rules of the classes. Labels name the stage (S) and the dimension (D). In the "
            "ranking, cells with insufficient evidence come last."
        ),
        Tone.NOTE,
    )
    if not ranking:
        return Section("priorities", _("Where action comes first"), (figure, note), starts_page=True)
    table = _ranking_table(context, ranking)
    title = Heading(2, _("Ranking by priority"))
    return Section("priorities", _("Where action comes first"), (figure, note, title, table), starts_page=True)


def _ranking(context: Context) -> list[DisclosedCell]:
    """Cells by priority; those with insufficient evidence come last, because a thin cell should not lead the list."""
    cells = [cell for cell in context.facts.scorecard.cells.values() if cell.priority]
    return sorted(cells, key=lambda cell: (_rank(cell), cell.key))


def _rank(cell: DisclosedCell) -> tuple[bool, float]:
    """The order by which a reader compares: thin cells last, then by priority as printed."""
    return cell.evidence is Evidence.INSUFFICIENT, -half_up(cell.priority or 0.0, 1)


def _title(context: Context, ranking: list[DisclosedCell]) -> str:
    _ = context.gettext
    if not ranking:
        return _("In no visible cell does importance exceed performance")
    first = [cell for cell in ranking if _rank(cell) == _rank(ranking[0])]
    names = [context.words.cell_name(*cell.key) for cell in first]
    if len(first) > 2:
        return _("Among the highest priorities: {cell}").format(cell=names[0])
    return _("Highest priority: {cell}").format(cell=context.words.listed(names))


def _ranking_table(context: Context, ranking: list[DisclosedCell]) -> Table:
    _ = context.gettext
    words = context.words
    rows = tuple(
        (
            Cell(words.cell_code(*cell.key), cell.cell_class.value if cell.cell_class else ""),
            Cell(words.cell_name(*cell.key)),
            Cell(words.value(cell.performance.mean if cell.performance else None)),
            Cell(words.value(cell.importance.mean if cell.importance else None)),
            Cell(words.change(cell.gap)),
            Cell(words.value(cell.priority), is_strong=True),
            Cell(words.n(cell.n)),
            Cell(words.said(EVIDENCE_NAMES[cell.evidence]) if cell.evidence and cell.cell_class else "–"),
        )
        for cell in ranking[:_RANKED]
    )
    header = (
        _("Cell"),
        _("Stage × dimension"),
        _("Perf."),
        _("Imp."),
        _("Gap"),
        _("Priority"),
        _("n class"),
        _("Evidence"),
    )
    return Table(header, rows, (0, 1, 0, 0, 0, 0, 0, 0), frozenset({2, 3, 4, 5, 6}), is_extract=True)
