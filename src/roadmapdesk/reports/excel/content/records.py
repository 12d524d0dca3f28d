"""Single ratings under a pseudonym, only on request and only of organisations that agreed to it."""

from roadmapdesk.reports.excel.content.names import Content, SheetName
from roadmapdesk.reports.excel.sheets import Column, Kind, Sheet, Table, Value, named_row
from roadmapdesk.reports.facts import SingleRecord

NAME = SheetName("18_Einzeldaten", "18_Records")


def sheet(content: Content) -> Sheet | None:
    """One row per pseudonym and cell; None where no single records were asked for."""
    _ = content.gettext
    if not content.facts.records:
        return None
    columns = _columns(content)
    rows = [named_row(columns, _values(content, record)) for record in content.facts.records]
    explanation = _(
        "Only organisations that agreed, and only cells that then tell nothing about the others. "
        "Do not try to find out who."
    )
    return Sheet(
        NAME.text(content.language.code),
        _("Ratings of single organisations"),
        explanation,
        (Table("records", columns, rows, len(rows)),),
        frozen_columns=1,
    )


def _columns(content: Content) -> tuple[Column, ...]:
    _ = content.gettext
    meaning = _(
        "Stands for one organisation, in every wave and every workbook for the same; who it is stays with us."
    )
    stage, dimension = content.stage_columns(), content.dimension_columns()
    how = _("mean of the answered items of the cell")
    ratings = [
        Column(name, header, Kind.POINTS, meaning, 12, _("points"), how, content.source(name))
        for name, header, meaning in (
            ("performance", _("Performance"), _("Its rating of performance today.")),
            ("importance", _("Importance"), _("Its rating of importance.")),
            ("outlook", _("Outlook 2030"), _("Its expectation for 2030.")),
        )
    ]
    return (
        Column("pseudonym", _("Pseudonym"), Kind.CODE, meaning, 12),
        *stage,
        *dimension,
        *ratings,
        *content.other_columns(stage[1], dimension[1]),
    )


def _values(content: Content, record: SingleRecord) -> dict[str, Value]:
    return {
        "pseudonym": record.pseudonym,
        "stage": record.stage,
        **content.in_both("stage_name", content.stage(record.stage)),
        "dimension": record.dimension,
        **content.in_both("dimension_name", content.dimension(record.dimension)),
        "performance": record.performance,
        "importance": record.importance,
        "outlook": record.outlook,
    }
