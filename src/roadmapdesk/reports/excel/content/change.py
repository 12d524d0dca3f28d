"""Change since the wave before, cell by cell, and what those asked say about it."""

from roadmapdesk.reports.changes import chance_sentence, change_note, no_panel_sentence, panel_changes
from roadmapdesk.reports.excel.content.names import Content, SheetName
from roadmapdesk.reports.excel.content.topics import CHANGE_KEYS, topic_table_below
from roadmapdesk.reports.excel.sheets import Column, Formula, Kind, Row, Sheet, Table
from roadmapdesk.reports.wording import STATUS_NAMES
from roadmapdesk.scoring.disclosed import DisclosedCellChange, DisclosedChange

NAME = SheetName("16_Veraenderung", "16_Change")


def sheet(content: Content) -> Sheet | None:
    """The comparison of the last two waves; None with a single one and no question on change."""
    _ = content.gettext
    change = content.facts.change
    topics = [topic for topic in content.facts.topics if topic.theme_key in CHANGE_KEYS and topic.n]
    tables: list[Table] = []
    if change is not None:
        title = _("Change of performance by cell") if topics else ""
        rows = [_row(content, entry) for entry in change.cells.values()]
        tables.append(Table("changes", _columns(content), rows, len(rows), title))
    if topics:
        tables.append(
            topic_table_below(content, "change_topics", topics, _("What changed, in the view of those asked"))
        )
    if not tables:
        return None
    return Sheet(
        NAME.text(content.language.code),
        _("Change since the last wave"),
        _explanation(content, change),
        tuple(tables),
        frozen_columns=4,
    )


def _explanation(content: Content, change: DisclosedChange | None) -> str:
    _ = content.gettext
    if change is None:
        return _("Views on change; a comparison of scores needs two waves.")
    if not panel_changes(change):
        return no_panel_sentence(content.language)
    counts = _("The change of the panel counts: organisations asked in both waves.")
    return " ".join(part for part in (counts, chance_sentence(change, content.language)) if part)


def _columns(content: Content) -> tuple[Column, ...]:
    _ = content.gettext
    stage, dimension = content.stage_columns(), content.dimension_columns()
    status = Column("status_name", _("Status"), Kind.TEXT, _("What may be said about the change."), 18)
    composition = _("Part of the total change that comes from other organisations taking part.")
    how = _("total change − panel change")
    return (
        *stage,
        *dimension,
        *_score_columns(content),
        *_panel_columns(content),
        status,
        content.note_column(),
        Column("status", _("Status code"), Kind.CODE, _("Key of the status."), 16).unprinted(),
        Column("composition", _("Composition"), content.signed, composition, 12, _("points"), how).unprinted(),
        *content.other_columns(stage[1], dimension[1], status),
    )


def _score_columns(content: Content) -> tuple[Column, ...]:
    """The site's score in both waves and what lies between them."""
    _ = content.gettext
    points, scale, source = content.points, "0–100", content.source("performance")
    first, second = (content.facts.text(wave.name) for wave in content.facts.waves[-2:])
    before = _("Performance in the earlier wave: {wave}.").format(wave=first)
    now = _("Performance in the reported wave: {wave}.").format(wave=second)
    total = _("Change of the site mean. A formula: it follows when a score of the row is changed for a trial.")
    return (
        Column("before", _("Before"), points, before, 10, scale, source=source),
        Column("now", _("Now"), points, now, 10, scale, source=source),
        Column("total", _("Total change"), content.signed, total, 10, _("points"), _("now − before")),
    )


def _panel_columns(content: Content) -> tuple[Column, ...]:
    """The change of the organisations asked in both waves, and how many of them changed in which direction."""
    _ = content.gettext
    signed, unit, how = content.signed, _("points"), _("expanded percentile bootstrap over the panel")
    mean = _("Mean change of the organisations asked in both waves.")
    valid = _("Organisations with a valid rating in both waves.")
    higher, alike, lower = (
        _("Organisations of the panel that rate higher than before."),
        _("Organisations of the panel that rate as before."),
        _("Organisations of the panel that rate lower than before."),
    )
    return (
        Column("panel", _("Panel change"), signed, mean, 10, unit, _("mean over the panel")),
        Column("n_panel", _("n panel"), content.n_kind, valid, 8),
        Column("low", _("Interval from"), signed, _("Lower limit of the 90% interval."), 10, unit, how),
        Column("high", _("Interval to"), signed, _("Upper limit of the 90% interval."), 10, unit, how),
        Column("improved", _("Rated higher"), Kind.INTEGER, higher, 7),
        Column("same", _("Rated alike"), Kind.INTEGER, alike, 7),
        Column("declined", _("Rated lower"), Kind.INTEGER, lower, 7),
    )


def _row(content: Content, entry: DisclosedCellChange) -> Row:
    stage, dimension = content.stage(entry.key.stage), content.dimension(entry.key.dimension)
    status = content.said(STATUS_NAMES[entry.status]) if entry.status is not None else (None, None)
    return (
        entry.key.stage,
        stage[0],
        entry.key.dimension,
        dimension[0],
        entry.first,
        entry.second,
        _total(entry),
        entry.panel_change,
        content.n(entry.n_panel),
        *(entry.interval or (None, None)),
        entry.improved,
        entry.same,
        entry.declined,
        status[0],
        change_note(entry, content.facts) or None,
        entry.status.value if entry.status is not None else None,
        entry.composition_effect,
        stage[1],
        dimension[1],
        status[1],
    )


def _total(entry: DisclosedCellChange) -> Formula | float | None:
    """A formula where both scores stand in the row, so that it cannot show a withheld value."""
    if entry.first is None or entry.second is None or entry.total_change is None:
        return entry.total_change
    return Formula("{now}-{before}", entry.second - entry.first)
