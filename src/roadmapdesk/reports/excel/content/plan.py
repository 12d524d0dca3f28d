"""The measures: the sheet that the agency works in, with columns of its own to fill."""

from roadmapdesk.domain.catalog import Bilingual
from roadmapdesk.reports.excel.content.names import WHOLE, Content, SheetName
from roadmapdesk.reports.excel.sheets import Column, Kind, Look, Sheet, Table, Value, named_row
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
    columns = (*_printed(content), *_unprinted(content))
    rows = [named_row(columns, _values(content, measure)) for measure in measures]
    return Sheet(
        NAME.text(content.language.code),
        _("Measures"),
        _("For further work: the last three printed columns are empty and meant for your entries."),
        (Table("measures", columns, rows, len(rows)),),
        frozen_columns=2,
    )


def _printed(content: Content) -> tuple[Column, ...]:
    _ = content.gettext
    number, what = _("Number of the measure in this report."), _("What is to be done.")
    how, n_meaning = (
        _("importance − performance"),
        _("Organisations behind class and gap: the smaller n of performance and importance."),
    )
    priority_source = content.source("measure.priority")
    return (
        Column("number", _("No."), Kind.CODE, number, 6),
        Column("title", _("Measure"), Kind.TEXT, what, 42, source=content.source("measure.title")),
        content.stage_columns()[1],
        content.dimension_columns()[1],
        _horizon(content),
        _lead(content),
        Column("priority", _("Priority"), Kind.INTEGER, _("Stated priority."), 8, "1–5", source=priority_source),
        _class(content),
        Column("gap", _("Gap"), content.signed, _("Gap of the cell."), 9, _("points"), how),
        Column("n", _("n class"), content.n_kind, n_meaning, 7),
        _status(content),
        Column("next_step", _("Next step"), Kind.TEXT, _("What comes next."), 30),
        *_entries(content),
    )


def _entries(content: Content) -> tuple[Column, ...]:
    """What the agency fills in."""
    _ = content.gettext
    return (
        Column("entry_lead", _("Responsible (entry)"), Kind.TEXT, _("For your entry: function, never a person."), 16),
        Column("entry_date", _("Due (entry)"), Kind.DATE, _("For your entry."), 12, "ISO"),
        Column("entry_note", _("Remark (entry)"), Kind.TEXT, _("For your entry."), 22),
    )


def _unprinted(content: Content) -> tuple[Column, ...]:
    """Beside the printed area: what lies behind a measure, codes for joining sheets, labels in the other language."""
    _ = content.gettext
    stage, dimension, layer = content.stage_columns(), content.dimension_columns(), _layer(content)
    horizon, lead, kind, status = _horizon(content), _lead(content), _class(content), _status(content)
    columns = (
        layer,
        Column("years", _("Years"), Kind.TEXT, _("Years of the horizon."), 14),
        Column("requires", _("Requires"), Kind.TEXT, _("Numbers of measures that must come first."), 14),
        Column("grade", _("Grade"), Kind.BAND, _("Grade of the cell."), 7, look=Look.GRADE),
        stage[0],
        dimension[0],
        Column("class", _("Class code"), Kind.CODE, _("Key of the class, the same in both languages."), 14),
        *content.other_columns(stage[1], dimension[1], layer, horizon, lead, kind, status),
    )
    return tuple(column.unprinted() for column in columns)


def _layer(content: Content) -> Column:
    _ = content.gettext
    source = content.source("measure.layer")
    return Column("layer", _("Layer"), Kind.TEXT, _("Layer of the roadmap."), 24, source=source)


def _horizon(content: Content) -> Column:
    _ = content.gettext
    source = content.source("measure.horizon")
    return Column("horizon", _("Horizon"), Kind.TEXT, _("When the measure begins."), 15, source=source)


def _lead(content: Content) -> Column:
    _ = content.gettext
    source = content.source("measure.lead")
    return Column("lead", _("Lead"), Kind.TEXT, _("Who leads; never a person."), 22, source=source)


def _class(content: Content) -> Column:
    _ = content.gettext
    return Column("class_name", _("Class"), Kind.TEXT, _("Class of the cell."), 17, look=Look.CLASS)


def _status(content: Content) -> Column:
    _ = content.gettext
    return Column("status", _("Status"), Kind.TEXT, _("State of the measure."), 13)


def _values(content: Content, measure: MeasureFacts) -> dict[str, Value]:
    facts = content.facts
    cell = facts.scorecard.cells.get(CellKey(measure.stage, measure.dimension))
    known = facts.horizons[measure.horizon] if measure.horizon < len(facts.horizons) else None
    numbers = {other.key: other.number for other in facts.measures}
    return {
        "number": measure.number,
        "title": measure.title,
        **content.in_both("stage_name", content.stage(measure.stage)),
        **content.in_both("dimension_name", content.dimension(measure.dimension)),
        **content.in_both("horizon", content.pair(known.name if known else _NOTHING)),
        **content.in_both("lead", content.pair(measure.lead)),
        **content.in_both("layer", content.pair(measure.layer)),
        **content.in_both("status", content.pair(measure.status)),
        "priority": measure.priority,
        "next_step": measure.next_step,
        "entry_lead": None,
        "entry_date": None,
        "entry_note": None,
        "years": content.pair(known.years)[0] if known else None,
        "requires": content.listed(numbers[key] for key in measure.requires if key in numbers),
        "stage": None if measure.stage in WHOLE else measure.stage,
        "dimension": None if measure.dimension in WHOLE else measure.dimension,
        **_cell_values(content, cell),
    }


def _cell_values(content: Content, cell: DisclosedCell | None) -> dict[str, Value]:
    """What stands beside a measure about the cell that it serves; empty where it serves none."""
    kind = cell.cell_class.value if cell and cell.cell_class else None
    return {
        **content.in_both("class_name", content.class_label(kind) if kind else (None, None)),
        "class": kind,
        "gap": cell.gap if cell else None,
        "n": content.n(cell.n) if cell else None,
        "grade": _grade(cell),
    }


def _grade(cell: DisclosedCell | None) -> str | None:
    if cell is None or cell.performance is None or cell.grade is None:
        return None
    return cell.grade.value
