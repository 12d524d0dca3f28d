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
    points, signed, scale, unit = content.points, content.signed, "0–100", _("points")
    first, second = (content.facts.text(wave.name) for wave in content.facts.waves[-2:])
    stage, dimension = content.stage_columns(), content.dimension_columns()
    status = Column("status_name", _("Status"), Kind.TEXT, _("What may be said about the change."), 18)
    bootstrap = _("expanded percentile bootstrap over the panel")
    source = content.source("performance")
    return (
        *stage,
        *dimension,
        Column(
            "before",
            _("Before"),
            points,
            _("Performance in the earlier wave: {wave}.").format(wave=first),
            10,
            scale,
            source=source,
        ),
        Column(
            "now",
            _("Now"),
            points,
            _("Performance in the reported wave: {wave}.").format(wave=second),
            10,
            scale,
            source=source,
        ),
        Column("total", _("Total change"), signed, _("Change of the site mean."), 10, unit, _("now − before")),
        Column(
            "total_formula",
            _("Total change, live"),
            signed,
            _("The same as a formula: it follows when a score of the row is changed for a trial."),
            11,
            unit,
            _("now − before"),
        ),
        Column(
            "panel",
            _("Panel change"),
            signed,
            _("Mean change of the organisations asked in both waves."),
            10,
            unit,
            _("mean over the panel"),
        ),
        Column("n_panel", _("n panel"), content.n_kind, _("Organisations with a valid rating in both waves."), 8),
        Column("low", _("Interval from"), signed, _("Lower limit of the 90 % interval."), 10, unit, bootstrap),
        Column("high", _("Interval to"), signed, _("Upper limit of the 90 % interval."), 10, unit, bootstrap),
        Column(
            "improved",
            _("Rated higher"),
            Kind.INTEGER,
            _("Organisations of the panel that rate higher than before."),
            7,
        ),
        Column("same", _("Rated alike"), Kind.INTEGER, _("Organisations of the panel that rate as before."), 7),
        Column(
            "declined",
            _("Rated lower"),
            Kind.INTEGER,
            _("Organisations of the panel that rate lower than before."),
            7,
        ),
        status,
        content.note_column(),
        Column("status", _("Status code"), Kind.CODE, _("Key of the status."), 16).unprinted(),
        Column(
            "composition",
            _("Composition"),
            signed,
            _("Part of the total change that comes from other organisations taking part."),
            12,
            unit,
            _("total change − panel change"),
        ).unprinted(),
        *content.other_columns(stage[1], dimension[1], status),
    )


def _row(content: Content, entry: DisclosedCellChange) -> Row:
    stage, dimension = content.stage(entry.key.stage), content.dimension(entry.key.dimension)
    status = content.said(STATUS_NAMES[entry.status]) if entry.status is not None else (None, None)
    live = None
    if entry.first is not None and entry.second is not None and entry.total_change is not None:
        live = Formula("{now}-{before}", entry.second - entry.first)
    return (
        entry.key.stage,
        stage[0],
        entry.key.dimension,
        dimension[0],
        entry.first,
        entry.second,
        entry.total_change,
        live,
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
