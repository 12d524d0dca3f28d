"""The measures: the sheet that the agency works in, with columns of its own to fill."""

from roadmapdesk.domain.catalog import Bilingual
from roadmapdesk.reports.excel.content.names import WHOLE, Content, SheetName
from roadmapdesk.reports.excel.sheets import Column, Kind, Look, Row, Sheet, Table
from roadmapdesk.reports.facts import MeasureFacts
from roadmapdesk.scoring.disclosed import DisclosedCell
from roadmapdesk.scoring.scorecard import CellKey

NAME = SheetName("15_Massnahmen", "15_Measures")
_NOTHING = Bilingual("", "")


def sheet(content: Content) -> Sheet | None:
    """One row per measure in the order of their numbers; None without measures."""
    _ = content.gettext
    measures = content.facts.measures
    if not measures:
        return None
    rows = [_row(content, measure) for measure in measures]
    return Sheet(
        NAME.text(content.language.code),
        _("Measures"),
        _("For further work: the last three printed columns are empty and meant for your entries."),
        (Table("measures", _columns(content), rows, len(rows)),),
        frozen_columns=2,
    )


def _columns(content: Content) -> tuple[Column, ...]:
    _ = content.gettext
    source = content.source
    stage, dimension = content.stage_columns(), content.dimension_columns()
    layer = Column("layer", _("Layer"), Kind.TEXT, _("Layer of the roadmap."), 24, source=source("measure.layer"))
    horizon = Column(
        "horizon", _("Horizon"), Kind.TEXT, _("When the measure begins."), 15, source=source("measure.horizon")
    )
    lead = Column("lead", _("Lead"), Kind.TEXT, _("Who leads; never a person."), 22, source=source("measure.lead"))
    kind = Column("class_name", _("Class"), Kind.TEXT, _("Class of the cell."), 17, look=Look.CLASS)
    status = Column("status", _("Status"), Kind.TEXT, _("State of the measure."), 13)
    return (
        Column("number", _("No."), Kind.CODE, _("Number of the measure in this report."), 6),
        Column("title", _("Measure"), Kind.TEXT, _("What is to be done."), 42, source=source("measure.title")),
        stage[1],
        dimension[1],
        horizon,
        lead,
        Column(
            "priority",
            _("Priority"),
            Kind.INTEGER,
            _("Stated priority."),
            8,
            "1–5",
            source=source("measure.priority"),
        ),
        kind,
        Column("gap", _("Gap"), content.signed, _("Gap of the cell."), 9, _("points"), _("importance − performance")),
        Column(
            "n",
            _("n class"),
            content.n_kind,
            _("Organisations behind class and gap: the smaller n of performance and importance."),
            7,
        ),
        status,
        Column("next_step", _("Next step"), Kind.TEXT, _("What comes next."), 30),
        Column("entry_lead", _("Responsible (entry)"), Kind.TEXT, _("For your entry: function, never a person."), 16),
        Column("entry_date", _("Due (entry)"), Kind.DATE, _("For your entry."), 12, "ISO"),
        Column("entry_note", _("Remark (entry)"), Kind.TEXT, _("For your entry."), 22),
        layer.unprinted(),
        Column("years", _("Years"), Kind.TEXT, _("Years of the horizon."), 14).unprinted(),
        Column("requires", _("Requires"), Kind.TEXT, _("Numbers of measures that must come first."), 14).unprinted(),
        Column("grade", _("Grade"), Kind.BAND, _("Grade of the cell."), 7, look=Look.GRADE).unprinted(),
        stage[0].unprinted(),
        dimension[0].unprinted(),
        Column(
            "class", _("Class code"), Kind.CODE, _("Key of the class, the same in both languages."), 14
        ).unprinted(),
        *content.other_columns(stage[1], dimension[1], layer, horizon, lead, kind, status),
    )


def _row(content: Content, measure: MeasureFacts) -> Row:
    facts = content.facts
    cell = facts.scorecard.cells.get(CellKey(measure.stage, measure.dimension))
    known = facts.horizons[measure.horizon] if measure.horizon < len(facts.horizons) else None
    horizon = content.pair(known.name if known else _NOTHING)
    stage, dimension = content.stage(measure.stage), content.dimension(measure.dimension)
    lead, layer, status = content.pair(measure.lead), content.pair(measure.layer), content.pair(measure.status)
    kind = content.class_label(cell.cell_class.value) if cell and cell.cell_class else (None, None)
    numbers = {other.key: other.number for other in facts.measures}
    return (
        measure.number,
        measure.title,
        stage[0],
        dimension[0],
        horizon[0],
        lead[0],
        measure.priority,
        kind[0],
        cell.gap if cell else None,
        content.n(cell.n) if cell else None,
        status[0],
        measure.next_step,
        None,
        None,
        None,
        layer[0],
        content.pair(known.years)[0] if known else None,
        content.listed(numbers[key] for key in measure.requires if key in numbers),
        _grade(cell),
        None if measure.stage in WHOLE else measure.stage,
        None if measure.dimension in WHOLE else measure.dimension,
        cell.cell_class.value if cell and cell.cell_class else None,
        stage[1],
        dimension[1],
        layer[1],
        horizon[1],
        lead[1],
        kind[1],
        status[1],
    )


def _grade(cell: DisclosedCell | None) -> str | None:
    if cell is None or cell.performance is None or cell.grade is None:
        return None
    return cell.grade.value
