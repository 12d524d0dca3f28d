"""Change since the last wave: the panel's change first, counts where they may be told, and a word of caution."""

from roadmapdesk.figures.display_list import DataTable
from roadmapdesk.figures.dumbbell import DumbbellRow, draw_dumbbells
from roadmapdesk.reports.changes import chance_sentence, no_panel_sentence, panel_changes, told_changes
from roadmapdesk.reports.context import FIGURE_WIDTH, Context, filled_table
from roadmapdesk.reports.document import Block, FigureBlock, Heading, KeyFigure, KeyFigures, Paragraph, Section, Tone
from roadmapdesk.reports.wording import STATUS_NAMES
from roadmapdesk.scoring.disclosed import DisclosedCellChange, DisclosedChange
from roadmapdesk.scoring.scorecard import ChangeStatus

_MOST = 16


def section(context: Context) -> Section | None:
    """The comparison with the wave before; None with a single wave."""
    _ = context.gettext
    change = context.facts.change
    if change is None or len(context.facts.waves) < 2:
        return None
    shown = [entry for entry in panel_changes(change) if entry.first is not None and entry.second is not None]
    blocks: list[Block] = [_headline(context, _counts(change))]
    if shown:
        blocks.append(_figure(context, change, shown))
        blocks += [Heading(2, _("How to read the changes")), Paragraph(_caution(context, change))]
    else:
        blocks.append(Paragraph(no_panel_sentence(context.language), Tone.NOTE))
        table = _table(context, change)
        if table.rows:
            title = _("Performance of the cells in both waves")
            context.share_table("change", title, table)
            listed = context.annex[-1]
            text = _("The values of both waves stand in {table}.").format(table=listed.label)
            blocks.append(Paragraph(text, Tone.NOTE))
    return Section("change", _("Change since the last wave"), tuple(blocks), starts_page=True)


def _figure(context: Context, change: DisclosedChange, shown: list[DisclosedCellChange]) -> FigureBlock:
    _ = context.gettext
    first, second = (context.facts.text(wave.name) for wave in context.facts.waves[-2:])
    drawn = shown[:_MOST]
    rows = tuple(_row(context, entry) for entry in drawn)
    return context.figure(
        "change",
        _title(context, change),
        draw_dumbbells(rows, first, second, context.look, width=FIGURE_WIDTH),
        _table(context, change),
        chart=_("Dumbbell chart"),
        shows=_("performance in both waves of the cells with the largest change of the panel"),
        basis=_panel_basis(context, drawn),
        table_title=_("Performance of the cells in both waves"),
    )


def _counts(change: DisclosedChange) -> dict[ChangeStatus, int]:
    found = [entry.status for entry in change.cells.values()]
    return {status: found.count(status) for status in ChangeStatus}


def _headline(context: Context, counts: dict[ChangeStatus, int]) -> KeyFigures:
    """Counts over cells where a change may be told, then the chain index of both waves."""
    _ = context.gettext
    comparable = sum(counts.values()) - counts[ChangeStatus.NOT_COMPARABLE]
    basis = context.ngettext("of {n} comparable cell", "of {n} comparable cells", comparable).format(n=comparable)
    tendency = counts[ChangeStatus.TENDENCY_UP] + counts[ChangeStatus.TENDENCY_DOWN]
    items = [
        KeyFigure(str(counts[ChangeStatus.IMPROVED]), _("Improved"), basis),
        KeyFigure(str(counts[ChangeStatus.DECLINED]), _("Declined"), basis),
        KeyFigure(str(tendency), _("Tendency only"), basis),
    ]
    before, now = (wave.scorecard for wave in context.facts.waves[-2:])
    number, words = context.language.number, context.words
    last = _("last wave: {value}, {basis}").format(
        value=number(before.chain.performance), basis=words.chain_basis(before)
    )
    chain = KeyFigure(number(now.chain.performance), _("Chain index"), f"{words.chain_basis(now)}; {last}")
    return KeyFigures((*(items if comparable else ()), chain))


def _row(context: Context, entry: DisclosedCellChange) -> DumbbellRow:
    words = context.words
    status = words.said(STATUS_NAMES[entry.status]) if entry.status is not None else ""
    note = " · ".join(part for part in (status, words.with_n(entry.n_panel)) if part)
    assert entry.first is not None, "only complete rows are drawn"
    assert entry.second is not None, "only complete rows are drawn"
    label = f"{words.cell_code(*entry.key)} {context.facts.dimension_name(entry.key.dimension)}"
    return DumbbellRow(
        f"{entry.key.stage}/{entry.key.dimension}",
        label,
        entry.first,
        entry.second,
        words.change(entry.panel_change),
        note,
    )


def _panel_basis(context: Context, shown: list[DisclosedCellChange]) -> str:
    counts = [entry.n_panel for entry in shown if entry.n_panel is not None]
    low, high = context.words.with_n(min(counts)), context.words.n(max(counts))
    text = context.gettext("Panel of organisations asked in both waves, {n}")
    span = (
        low
        if low == context.words.with_n(max(counts))
        else context.gettext("{low} to {high}").format(low=low, high=high)
    )
    return text.format(n=span)


def _title(context: Context, change: DisclosedChange) -> str:
    counts = _counts(change)
    return context.gettext("Clearly improved cells: {improved}; clearly declined cells: {declined}").format(
        improved=counts[ChangeStatus.IMPROVED], declined=counts[ChangeStatus.DECLINED]
    )


def _caution(context: Context, change: DisclosedChange) -> str:
    _ = context.gettext
    settings = context.facts.profile.change
    number = context.language.number
    text = _(
        "The number beside a row is the change of the panel: the mean change of organisations asked in both waves. "
        "It differs from the distance of the two points where other organisations took part. “Improved” and "
        "“declined” need a panel of {panel}, an interval without 0 and at least {points} points."
    ).format(panel=settings.min_panel, points=number(settings.min_meaningful, 1))
    return " ".join(part for part in (text, chance_sentence(change, context.language)) if part)


def _table(context: Context, change: DisclosedChange) -> DataTable:
    _ = context.gettext
    words = context.words
    rows = tuple(
        (
            words.cell_code(*entry.key),
            words.value(entry.first),
            words.value(entry.second),
            words.change(entry.total_change),
            words.change(entry.panel_change),
            words.n(entry.n_panel),
            words.interval(entry.interval),
            _directions(entry),
            words.said(STATUS_NAMES[entry.status]) if entry.status is not None else "–",
        )
        for entry in told_changes(change)
    )
    header = (
        _("Cell"),
        _("Before"),
        _("Now"),
        _("Total"),
        _("Panel"),
        _("n panel"),
        _("90% interval"),
        _("up / same / down"),
        _("Status"),
    )
    return filled_table(header, rows, frozenset({1, 2, 3, 4, 5}))


def _directions(entry: DisclosedCellChange) -> str:
    if entry.improved is None or entry.same is None or entry.declined is None:
        return "–"
    return f"{entry.improved} / {entry.same} / {entry.declined}"
