"""The one-page summary: headline numbers, five strengths, five gaps, five measures, and how firm it all is."""

from roadmapdesk.figures.palette import load_palette
from roadmapdesk.reports.context import Context
from roadmapdesk.reports.document import (
    Block,
    Box,
    Cell,
    KeyFigure,
    KeyFigures,
    Paragraph,
    Section,
    Table,
    Tile,
    TileColumn,
    Tiles,
    Tone,
)
from roadmapdesk.reports.facts import MeasureFacts
from roadmapdesk.scoring.disclosed import DisclosedCell
from roadmapdesk.scoring.scorecard import CellClass, CellKey, Evidence, Grade

MOST = 5
_EVIDENCE_ORDER = {Evidence.FIRM: 0, Evidence.TENTATIVE: 1, Evidence.INSUFFICIENT: 2, None: 3}


def section(context: Context) -> Section:
    """The summary on one page."""
    _ = context.gettext
    blocks: list[Block] = [_headline(context), _tiles(context)]
    measures = _measures(context)
    if measures is not None:
        blocks.append(measures)
    blocks.append(_how_firm(context))
    return Section("summary", _("Summary"), tuple(blocks), starts_page=True)


def ranked(context: Context, kind: CellClass) -> list[DisclosedCell]:
    """Visible cells of one class: gaps by priority, strengths by performance; better supported ones first."""
    cells = [cell for cell in context.facts.scorecard.cells.values() if cell.cell_class is kind]

    def weight(cell: DisclosedCell) -> float:
        if kind is CellClass.CRITICAL_GAP:
            return cell.priority or 0.0
        return cell.performance.mean if cell.performance else 0.0

    return sorted(cells, key=lambda cell: (_EVIDENCE_ORDER[cell.evidence] // 2, -weight(cell), cell.key))


def ranked_measures(measures: tuple[MeasureFacts, ...]) -> list[MeasureFacts]:
    """Measures by stated priority, then horizon, then number."""
    return sorted(measures, key=lambda measure: (-(measure.priority or 0), measure.horizon, measure.number))


def _headline(context: Context) -> KeyFigures:
    _ = context.gettext
    facts, scorecard, words = context.facts, context.facts.scorecard, context.words
    sample, chain = scorecard.sample, scorecard.chain
    counts = scorecard.class_counts()
    visible = sum(counts.values())
    organisations = "–" if sample.n_organisations is None else str(sample.n_organisations)
    invited = (
        _("of {n} invited").format(n=sample.n_invited) if sample.n_invited is not None else _("without response rate")
    )
    firm = sum(1 for cell in scorecard.cells.values() if cell.evidence is Evidence.FIRM and cell.cell_class)
    of_visible = _("of {n} visible cells").format(n=visible)
    return KeyFigures(
        (
            KeyFigure(organisations, _("Organisations"), invited),
            KeyFigure(facts.language.number(chain.performance), _("Chain index"), words.chain_basis(scorecard)),
            KeyFigure(str(counts[CellClass.STRENGTH]), _("Strengths"), of_visible),
            KeyFigure(str(counts[CellClass.CRITICAL_GAP]), _("Critical gaps"), of_visible),
            KeyFigure(str(firm), _("Firmly supported"), of_visible),
        )
    )


def _tiles(context: Context) -> Tiles:
    _ = context.gettext
    empty = _("No cell of this class may be shown at this level.")
    columns = (
        (CellClass.STRENGTH, _("Five strengths")),
        (CellClass.CRITICAL_GAP, _("Five critical gaps")),
    )
    return Tiles(
        tuple(
            TileColumn(title, tuple(_tile(context, cell) for cell in ranked(context, kind)[:MOST]), empty)
            for kind, title in columns
        )
    )


def _tile(context: Context, cell: DisclosedCell) -> Tile:
    """One cell: value, n, grade and class always together."""
    _ = context.gettext
    words = context.words
    class_key = cell.cell_class.value if cell.cell_class else ""
    parts = [words.class_basis(cell)] if class_key else []
    if cell.performance is not None and cell.importance is not None:
        performance, importance = words.value(cell.performance.mean), words.value(cell.importance.mean)
        values = _("performance {performance}, importance {importance}")
        parts.append(values.format(performance=performance, importance=importance))
    grade = cell.grade.value if cell.grade is not None and cell.performance is not None else ""
    stage = context.facts.stage_name(cell.key.stage)
    detail = context.facts.dimension_name(cell.key.dimension)
    return Tile(stage, detail, " · ".join(parts), class_key, grade)


def _measures(context: Context) -> Table | None:
    _ = context.gettext
    facts, words = context.facts, context.words
    chosen = ranked_measures(facts.measures)[:MOST]
    if not chosen:
        return None
    rows = []
    for measure in chosen:
        cell = facts.scorecard.cells.get(CellKey(measure.stage, measure.dimension))
        class_key = cell.cell_class.value if cell is not None and cell.cell_class is not None else ""
        rows.append(
            (
                Cell(measure.number),
                Cell(measure.title, is_strong=True, language=context.spoken),
                Cell(words.cell_code(measure.stage, measure.dimension), class_key),
                Cell(words.horizon(measure.horizon)),
                Cell(facts.text(measure.lead)),
            )
        )
    header = (_("No."), _("Five measures"), _("Cell"), _("Horizon"), _("Lead"))
    return Table(header, tuple(rows), (0, 2.4, 0, 1.0, 1.5))


def _how_firm(context: Context) -> Box:
    _ = context.gettext
    words, scorecard = context.words, context.facts.scorecard
    cells = [cell for cell in scorecard.cells.values() if cell.cell_class is not None]
    names = load_palette().grades
    graded = [
        _("{count} × {grade} – {meaning}").format(
            count=count, grade=grade.value, meaning=names[grade.value].meanings[context.language.code]
        )
        for grade in Grade
        if (count := sum(1 for cell in cells if cell.grade is grade))
    ]
    hidden = len(scorecard.suppressed)
    sentences = [
        context.ngettext(
            "{n} of {total} cells can be classed at this level.",
            "{n} of {total} cells can be classed at this level.",
            len(cells),
        ).format(n=len(cells), total=len(scorecard.cells))
    ]
    if graded:
        sentences.append(_("Support of the classed cells: {grades}.").format(grades="; ".join(graded)))
    if hidden:
        sentences.append(
            context.ngettext(
                "{n} cell is withheld or has no rating.", "{n} cells are withheld or have no rating.", hidden
            ).format(n=hidden)
        )
    chain = scorecard.chain
    if chain.weakest_link is not None:
        text = _("Weakest link of the chain: {cell} ({value}).")
        sentences.append(
            text.format(cell=words.cell_name(*chain.weakest_link), value=words.value(chain.weakest_value))
        )
    sentences.append(_("Ratings are perceptions of those asked, not measurements; see “Limits”."))
    return Box(_("How firm is this?"), (Paragraph(" ".join(sentences), Tone.BODY),))
