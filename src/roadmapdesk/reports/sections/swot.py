"""Strengths, weaknesses, opportunities and threats, read off the matrix, and what follows from each pair."""

from roadmapdesk.reports.context import Context
from roadmapdesk.reports.document import Block, Cell, Paragraph, Section, Table, Tile, TileColumn, Tiles, Tone
from roadmapdesk.reports.sections.summary_page import ranked
from roadmapdesk.scoring.disclosed import DisclosedCell
from roadmapdesk.scoring.scorecard import CellClass

_MOST = 4
_MOST_CELLS = 6


def section(context: Context) -> Section | None:
    """Two by two findings and the strategies; None where no cell may be classed."""
    _ = context.gettext
    strengths, weaknesses = ranked(context, CellClass.STRENGTH), ranked(context, CellClass.CRITICAL_GAP)
    if not strengths and not weaknesses:
        return None
    rising, falling = _rising(context), _falling(context)
    none_classed = _("No cell of this class may be shown at this level.")
    none_moving = _("No such cell may be shown at this level.")
    limit = context.facts.language.number(context.facts.profile.change.min_meaningful, 1)
    intro = _(
        "Strengths and weaknesses are cells of the classes “{strength}” and “{gap}”. Opportunities and threats are "
        "important cells whose outlook for 2030, under decisions already taken, lies at least {limit} points above "
        "or below today."
    ).format(
        limit=limit,
        strength=context.words.class_name(CellClass.STRENGTH.value),
        gap=context.words.class_name(CellClass.CRITICAL_GAP.value),
    )
    blocks: list[Block] = [
        Paragraph(intro, Tone.NOTE, leads_on=True),
        Tiles(
            (
                TileColumn(_("Strengths"), _tiles(context, strengths), none_classed),
                TileColumn(_("Weaknesses"), _tiles(context, weaknesses), none_classed),
            )
        ),
        Tiles(
            (
                TileColumn(_("Opportunities"), _tiles(context, rising), none_moving),
                TileColumn(_("Threats"), _tiles(context, falling), none_moving),
            )
        ),
        _strategies(context, (strengths, weaknesses), (rising, falling)),
    ]
    return Section("swot", _("Strengths, weaknesses, opportunities, threats"), tuple(blocks), starts_page=True)


def _moving(context: Context) -> list[tuple[bool, float, DisclosedCell]]:
    """Important cells whose outlook differs from today by enough to say so: rests on few, how much, which."""
    profile = context.facts.profile
    return [
        (cell.outlook.n < profile.min_evidence_n, cell.outlook_change, cell)
        for cell in context.facts.scorecard.cells.values()
        if cell.outlook is not None
        and cell.outlook_change is not None
        and abs(cell.outlook_change) >= profile.change.min_meaningful
        and cell.importance is not None
        and cell.importance.mean >= profile.thresholds.importance_high
    ]


def _rising(context: Context) -> list[DisclosedCell]:
    """The most rising first, those that rest on few organisations last; the same for falling ones below."""
    found = [entry for entry in _moving(context) if entry[1] > 0]
    return [cell for _few, _change, cell in sorted(found, key=lambda entry: (entry[0], -entry[1], entry[2].key))]


def _falling(context: Context) -> list[DisclosedCell]:
    found = [entry for entry in _moving(context) if entry[1] < 0]
    return [cell for _few, _change, cell in sorted(found, key=lambda entry: (entry[0], entry[1], entry[2].key))]


def _tiles(context: Context, cells: list[DisclosedCell]) -> tuple[Tile, ...]:
    return tuple(_tile(context, cell) for cell in cells[:_MOST])


def _tile(context: Context, cell: DisclosedCell) -> Tile:
    _ = context.gettext
    words, facts = context.words, context.facts
    parts = [words.class_basis(cell)] if cell.cell_class is not None else []
    if cell.outlook_change is not None and cell.outlook is not None:
        change = _("outlook {change} ({n})")
        parts.append(change.format(change=words.change(cell.outlook_change), n=words.with_n(cell.outlook.n)))
    class_key = cell.cell_class.value if cell.cell_class is not None else ""
    stage, dimension = facts.stage_name(cell.key.stage), facts.dimension_name(cell.key.dimension)
    grade = cell.grade.value if cell.grade is not None and cell.performance is not None else ""
    return Tile(stage, dimension, " · ".join(parts), class_key, grade)


def _strategies(
    context: Context,
    inside: tuple[list[DisclosedCell], list[DisclosedCell]],
    outside: tuple[list[DisclosedCell], list[DisclosedCell]],
) -> Table:
    """What follows where a strength or weakness meets a rising or falling outlook, with the measures for it."""
    _ = context.gettext
    strong, weak = ({cell.key for cell in cells} for cells in inside)
    rising, falling = ({cell.key for cell in cells} for cells in outside)
    pairs = (
        (_("Use: strength with a rising outlook"), strong & rising),
        (_("Defend: strength with a falling outlook"), strong & falling),
        (_("Catch up: weakness with a rising outlook"), weak & rising),
        (_("Act: weakness with a falling outlook"), weak & falling),
        (_("Close: other weaknesses"), weak - rising - falling),
    )
    rows = []
    for name, keys in pairs:
        codes = [context.words.cell_code(key.stage, key.dimension) for key in sorted(keys)]
        more = len(codes) - _MOST_CELLS
        listed = ", ".join(codes[:_MOST_CELLS]) + (_(" and {n} more").format(n=more) if more > 0 else "")
        numbers = [
            measure.number
            for measure in context.facts.measures
            if any((measure.stage, measure.dimension) == (key.stage, key.dimension) for key in keys)
        ]
        rows.append((Cell(name), Cell(listed or "–"), Cell(", ".join(numbers) or "–")))
    return Table((_("What follows"), _("Cells"), _("Measures")), tuple(rows), (1.6, 1.6, 1.0))
