"""Single ratings under a pseudonym, only on request and only of organisations that agreed to it."""

from roadmapdesk.reports.excel.content.names import Content, SheetName
from roadmapdesk.reports.excel.sheets import Column, Kind, Sheet, Table

NAME = SheetName("18_Einzeldaten", "18_Records")


def sheet(content: Content) -> Sheet | None:
    """One row per pseudonym and cell; None where no single records were asked for."""
    _ = content.gettext
    records = content.facts.records
    if not records:
        return None
    unit = _("points")
    pseudonym = Column(
        "pseudonym",
        _("Pseudonym"),
        Kind.CODE,
        _("Stands for one organisation, in every wave and every workbook for the same; who it is stays with us."),
        12,
    )
    stage, dimension = content.stage_columns(), content.dimension_columns()
    how = _("mean of the answered items of the cell")
    values = [
        Column(name, header, Kind.POINTS, meaning, 12, unit, how, content.source(name))
        for name, header, meaning in (
            ("performance", _("Performance"), _("Its rating of performance today.")),
            ("importance", _("Importance"), _("Its rating of importance.")),
            ("outlook", _("Outlook 2030"), _("Its expectation for 2030.")),
        )
    ]
    columns = (pseudonym, *stage, *dimension, *values, *content.other_columns(stage[1], dimension[1]))
    rows = []
    for one in records:
        names = content.stage(one.stage), content.dimension(one.dimension)
        rows.append(
            (
                *(one.pseudonym, one.stage, names[0][0], one.dimension, names[1][0]),
                *(one.performance, one.importance, one.outlook, names[0][1], names[1][1]),
            )
        )
    return Sheet(
        NAME.text(content.language.code),
        _("Ratings of single organisations"),
        _(
            "Only organisations that agreed, and only cells that then tell nothing about the others. "
            "Do not try to find out who."
        ),
        (Table("records", columns, rows, len(rows)),),
        frozen_columns=1,
    )
