"""Change since the last wave: the panel's change first, counts where they may be told, and a word of caution."""

from roadmapdesk.figures.display_list import DataTable
from roadmapdesk.figures.dumbbell import DumbbellRow, draw_dumbbells
from roadmapdesk.reports.context import FIGURE_WIDTH, Context
from roadmapdesk.reports.document import Block, Heading, KeyFigure, KeyFigures, Paragraph, Section, Tone
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
    shown = _ranked(change)
    counts = _counts(change)
    comparable = sum(counts.values()) - counts[ChangeStatus.NOT_COMPARABLE]
    blocks: list[Block] = [_headline(context, counts, comparable)] if comparable else []
    if shown:
        rows = tuple(_row(context, entry) for entry in shown[:_MOST])
        first, second = (context.facts.text(wave.name) for wave in context.facts.waves[-2:])
        figure = context.figure(
            "change",
            _title(context, change),
            draw_dumbbells(rows, first, second, context.look, width=FIGURE_WIDTH),
            _table(context, change),
            chart=_("Dumbbell chart"),
            shows=_("performance in both waves of the cells with the largest change of the panel"),
            basis=_panel_basis(context, shown),
        )
        blocks.append(figure)
    else:
        blocks.append(Paragraph(_("No change of a cell may be shown at this level."), Tone.NOTE))
    blocks += [Heading(2, _("How to read the changes")), Paragraph(_caution(context, change))]
    return Section("change", _("Change since the last wave"), tuple(blocks), starts_page=True)


def _ranked(change: DisclosedChange) -> list[DisclosedCellChange]:
    shown = [
        entry
        for entry in change.cells.values()
        if entry.panel_change is not None and entry.first is not None and entry.second is not None
    ]
    return sorted(shown, key=lambda entry: (-abs(entry.panel_change or 0.0), entry.key))


def _counts(change: DisclosedChange) -> dict[ChangeStatus, int]:
    found = [entry.status for entry in change.cells.values()]
    return {status: found.count(status) for status in ChangeStatus}


def _headline(context: Context, counts: dict[ChangeStatus, int], comparable: int) -> KeyFigures:
    _ = context.gettext
    basis = _("of {n} comparable cells").format(n=comparable)
    tendency = counts[ChangeStatus.TENDENCY_UP] + counts[ChangeStatus.TENDENCY_DOWN]
    before, now = (wave.scorecard.chain.performance for wave in context.facts.waves[-2:])
    number = context.language.number
    return KeyFigures(
        (
            KeyFigure(str(counts[ChangeStatus.IMPROVED]), _("Improved"), basis),
            KeyFigure(str(counts[ChangeStatus.DECLINED]), _("Declined"), basis),
            KeyFigure(str(tendency), _("Tendency only"), basis),
            KeyFigure(number(now), _("Chain index"), _("last wave: {value}").format(value=number(before))),
        )
    )


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
    text = context.gettext("panel of organisations asked in both waves, {low} to {high}")
    return text.format(low=low, high=high)


def _title(context: Context, change: DisclosedChange) -> str:
    counts = _counts(change)
    return context.gettext("Clearly improved cells: {improved}; clearly declined cells: {declined}").format(
        improved=counts[ChangeStatus.IMPROVED], declined=counts[ChangeStatus.DECLINED]
    )


def _caution(context: Context, change: DisclosedChange) -> str:
    _ = context.gettext
    settings = context.facts.profile.change
    number = context.language.number
    return _(
        "The number beside a row is the change of the panel: the mean change of organisations asked in both waves. "
        "It differs from the distance of the two points where other organisations took part. “Improved” and "
        "“declined” need a panel of {panel}, an interval without 0 and at least {points} points. Of {intervals} "
        "cells with an interval about {chance} exclude 0 by chance alone."
    ).format(
        panel=settings.min_panel,
        points=number(settings.min_meaningful, 1),
        intervals=change.n_intervals,
        chance=number(change.expected_by_chance),
    )


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
        for entry in change.cells.values()
        if entry.status is not None or entry.first is not None or entry.second is not None
    )
    header = (
        _("Cell"),
        _("Before"),
        _("Now"),
        _("Total"),
        _("Panel"),
        _("n"),
        _("90 % interval"),
        _("up / same / down"),
        _("Status"),
    )
    return DataTable(header, rows, frozenset({1, 2, 3, 4, 5}))


def _directions(entry: DisclosedCellChange) -> str:
    if entry.improved is None or entry.same is None or entry.declined is None:
        return "–"
    return f"{entry.improved} / {entry.same} / {entry.declined}"
