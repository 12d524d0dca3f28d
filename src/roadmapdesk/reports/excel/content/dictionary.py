"""The data dictionary: every column of every table, and every list of codes, generated from their descriptions."""

from collections.abc import Iterable, Iterator

from roadmapdesk.figures.palette import load_palette
from roadmapdesk.i18n import N_
from roadmapdesk.reports.excel.content.names import Content, SheetName
from roadmapdesk.reports.excel.content.robustness import SWITCHES
from roadmapdesk.reports.excel.layout import letter, places
from roadmapdesk.reports.excel.sheets import Column, Kind, Row, Sheet, Table
from roadmapdesk.reports.wording import EVIDENCE_NAMES, ROLE_NAMES, STATUS_NAMES, TYPE_NAMES

NAME = SheetName("19_Datenwoerterbuch", "19_Data_dictionary")

_KIND_NAMES = {
    Kind.TEXT: N_("text"),
    Kind.CODE: N_("code"),
    Kind.POINTS: N_("number"),
    Kind.WHOLE_POINTS: N_("number"),
    Kind.SIGNED: N_("signed number"),
    Kind.WHOLE_SIGNED: N_("signed number"),
    Kind.INTEGER: N_("whole number"),
    Kind.SHARE: N_("fraction 0–1, shown as %"),
    Kind.DECIMAL: N_("number"),
    Kind.BAND: N_("text"),
    Kind.DATE: N_("date, ISO 8601"),
    Kind.MOMENT: N_("date and time, ISO 8601"),
    Kind.LABEL: N_("text"),
    Kind.HEADING: N_("text"),
}


def sheet(content: Content, described: Iterable[Sheet]) -> Sheet:
    """One row per column of `described` sheets and of this one, then one row per code."""
    _ = content.gettext
    codes = list(_code_rows(content))
    rows = list(_column_rows(content, described))
    return Sheet(
        NAME.text(content.language.code),
        _("Data dictionary"),
        _("Every column of this workbook and every code, generated from the same descriptions as the sheets."),
        (
            Table("dictionary", _columns(content), rows, len(rows), _("Columns")),
            Table("codes", _code_columns(content), codes, len(codes), _("Codes"), is_described=False),
        ),
    )


def _columns(content: Content) -> tuple[Column, ...]:
    _ = content.gettext
    return (
        Column("sheet", _("Sheet"), Kind.TEXT, _("Name of the sheet."), 26),
        Column("header", _("Column"), Kind.TEXT, _("Header of the column."), 30),
        Column("meaning", _("Meaning"), Kind.TEXT, _("What the column holds."), 58),
        Column("unit", _("Unit"), Kind.TEXT, _("Unit or scale."), 14),
        Column("formula", _("Calculation"), Kind.TEXT, _("How it comes about."), 38),
        Column("source", _("Source question"), Kind.TEXT, _("Names of the questions in the form."), 30),
        Column("kind", _("Kind of value"), Kind.TEXT, _("What kind of value the column holds."), 22),
        Column("table", _("Table"), Kind.CODE, _("Name of the Excel table."), 18).unprinted(),
        Column("position", _("Column letter"), Kind.CODE, _("Letter of the column."), 8).unprinted(),
        Column("head_row", _("Header row"), Kind.INTEGER, _("Row of the column headers."), 10).unprinted(),
        Column(
            "name", _("Stable name"), Kind.CODE, _("Stable name of the column in both languages."), 22
        ).unprinted(),
    )


def _column_rows(content: Content, described: Iterable[Sheet]) -> Iterator[Row]:
    for entry in described:
        for place in places(entry):
            if not place.table.is_described:
                continue
            for number, column in enumerate(place.table.columns, start=1):
                yield (
                    entry.name,
                    column.title,
                    column.meaning,
                    column.unit,
                    column.formula,
                    column.source,
                    content.words.said(_KIND_NAMES[column.kind]),
                    place.table.name,
                    letter(number),
                    place.head,
                    column.name,
                )


def _code_columns(content: Content) -> tuple[Column, ...]:
    _ = content.gettext
    label = Column("label", _("Label"), Kind.TEXT, _("What the code stands for."), 30)
    first, second = ("Deutsch", "English") if content.language.code == "de" else ("English", "Deutsch")
    return (
        Column("list", _("List"), Kind.TEXT, _("What the codes are used for."), 26),
        Column("code", _("Code"), Kind.CODE, _("The code."), 30),
        Column("label", f"{label.header} ({first})", Kind.TEXT, label.meaning, 58),
        Column("other", second, Kind.TEXT, label.meaning, 30),
    )


def _code_rows(content: Content) -> Iterator[Row]:
    _ = content.gettext
    facts, palette = content.facts, load_palette()
    code, other = content.language.code, content.other.code
    for stage in facts.catalog.stages:
        yield (_("Stage"), stage.key, *content.pair(stage.name))
    for dimension in facts.catalog.dimensions:
        yield (_("Dimension"), dimension.key, *content.pair(dimension.name))
    for key, kind in palette.classes.items():
        yield (_("Class"), key, kind.names[code], kind.names[other])
    for key, grade in palette.grades.items():
        yield (_("Grade"), key, grade.meanings[code], grade.meanings[other])
    for title, names in (
        (_("Evidence"), {key.value: name for key, name in EVIDENCE_NAMES.items()}),
        (_("Role in a stage"), ROLE_NAMES),
        (_("Status of a change"), {key.value: name for key, name in STATUS_NAMES.items()}),
        (_("Setting"), {key.value: name for key, name in SWITCHES.items()}),
    ):
        for key, name in names.items():
            yield (title, key, *content.said(name))
    for key, name in TYPE_NAMES.items():
        own = facts.type_names.get(key)
        yield (_("Type of organisation"), key, *(content.pair(own) if own else content.said(name)))
    for key, label in facts.kind_names.items():
        yield (_("Kind of cooperation"), key, *content.pair(label))
