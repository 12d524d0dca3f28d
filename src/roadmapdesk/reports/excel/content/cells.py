"""The matrix: every stage in every dimension, and the indices of stages, dimensions and chain."""

from collections.abc import Iterator

from roadmapdesk.domain.levels import Level
from roadmapdesk.reports.excel.content.names import Content, SheetName
from roadmapdesk.reports.excel.sheets import Column, Formula, Kind, Look, Row, Sheet, Table
from roadmapdesk.reports.wording import AGREEMENT_NAMES, EVIDENCE_NAMES
from roadmapdesk.scoring.disclosed import DisclosedCell, Visibility

NAME = SheetName("03_Stufe_Dimension", "03_Stage_Dimension")


def sheet(content: Content) -> Sheet:
    """One row per cell, complete; withheld values are empty and the note says so."""
    _ = content.gettext
    cells = content.facts.scorecard.cells
    columns = columns_of(content)
    rows = [_row(content, cell, columns) for cell in cells.values()]
    return Sheet(
        NAME.text(content.language.code),
        _("Stages and dimensions: performance, importance, class"),
        _("One row per cell of the matrix. Scores run from 0 to 100; n counts organisations, not persons."),
        (Table("cells", columns, rows, len(rows)),),
        frozen_columns=4,
    )


def columns_of(content: Content) -> tuple[Column, ...]:
    """All columns; `_values` names them again, so a column without a value fails at once."""
    return (*_main_columns(content), *_detail_columns(content))


def _main_columns(content: Content) -> tuple[Column, ...]:
    _ = content.gettext
    points, signed, scale = content.points, content.signed, "0–100"
    unit = _("points")
    return (
        *content.stage_columns(),
        *content.dimension_columns(),
        Column(
            "performance",
            _("Performance"),
            points,
            _("How well the site performs today."),
            11,
            scale,
            _("mean per organisation, then mean over organisations"),
            content.source("performance"),
            Look.HEAT,
        ),
        Column("n_performance", _("n perf."), content.n_kind, _("Organisations that rated performance."), 7),
        Column(
            "importance",
            _("Importance"),
            points,
            _("How important this is for the site."),
            11,
            scale,
            _("mean per organisation, then mean over organisations"),
            content.source("importance"),
        ),
        Column(
            "gap",
            _("Gap"),
            signed,
            _("Distance from importance to performance; positive means that performance lags behind."),
            9,
            unit,
            _("importance − performance"),
            content.source("performance", "importance"),
        ),
        Column(
            "gap_formula",
            _("Gap, live"),
            signed,
            _("The same as a formula: it follows when a score of the row is changed for a trial."),
            9,
            unit,
            _("importance − performance"),
            is_printed=True,
        ),
        Column(
            "priority",
            _("Priority"),
            points,
            _("How much a gap matters; 0 where performance is not below importance."),
            9,
            scale,
            _("max(0, gap) × importance ÷ 100"),
        ),
        Column("class_name", _("Class"), Kind.TEXT, _("Class with its symbol."), 19, look=Look.CLASS),
        Column(
            "grade",
            _("Grade"),
            Kind.BAND,
            _("How well performance is supported: A very well, B well, C weakly, D not."),
            7,
            formula=_("from n, coverage and half-width of the interval"),
            look=Look.GRADE,
        ),
        Column(
            "evidence",
            _("Evidence"),
            Kind.TEXT,
            _("How far the class may be relied on: firm, tentative, insufficient."),
            13,
        ),
        Column(
            "n",
            _("n class"),
            content.n_kind,
            _("Organisations behind class and gap: the smaller n of performance and importance."),
            7,
        ),
        Column(
            "coverage",
            _("Coverage"),
            Kind.SHARE,
            _("Share of organisations concerned that gave a valid rating of performance."),
            9.5,
            "%",
            _("valid ÷ concerned organisations"),
        ),
        Column(
            "low",
            _("Interval from"),
            points,
            _("Lower limit of the 90 % interval of performance."),
            9.5,
            scale,
            _("expanded percentile bootstrap over organisations"),
        ),
        Column(
            "high",
            _("Interval to"),
            points,
            _("Upper limit of the 90 % interval of performance."),
            9.5,
            scale,
            _("expanded percentile bootstrap over organisations"),
        ),
        content.note_column(),
    )


def _detail_columns(content: Content) -> tuple[Column, ...]:
    _ = content.gettext
    points, signed, scale, unit = content.points, content.signed, "0–100", _("points")
    stage, dimension = content.stage_columns()[1], content.dimension_columns()[1]
    class_column = Column("class_name", _("Class"), Kind.TEXT, "", 19, look=Look.CLASS)
    columns = (
        Column("class", _("Class code"), Kind.CODE, _("Key of the class, the same in both languages."), 14),
        *content.other_columns(stage, dimension, class_column),
        Column(
            "outlook",
            _("Outlook 2030"),
            points,
            _("Performance expected for 2030 without additional action."),
            10,
            scale,
            _("mean per organisation, then mean over organisations"),
            content.source("outlook"),
        ),
        Column(
            "outlook_change",
            _("Change until 2030"),
            signed,
            _("Expected change until 2030."),
            10,
            unit,
            _("outlook − performance"),
        ),
        Column("n_importance", _("n importance"), content.n_kind, _("Organisations that rated importance."), 11),
        Column("n_outlook", _("n outlook"), content.n_kind, _("Organisations that rated the outlook."), 9),
        Column(
            "dont_know",
            _("Don’t know"),
            Kind.SHARE,
            _("Mean share of “don’t know” over organisations concerned."),
            10,
            "%",
        ),
        Column(
            "agreement_level",
            _("Agreement"),
            Kind.TEXT,
            _("How far the organisations agree on performance: high, moderate, controversial."),
            18,
        ),
        Column(
            "agreement",
            _("Agreement AG"),
            Kind.DECIMAL,
            _("Index of agreement on performance, 1 where all rate alike; not told in public."),
            11,
            "0–1",
        ),
        Column(
            "side_difference",
            _("Inside − outside"),
            signed,
            _("Performance as seen by organisations of the stage minus as seen from outside."),
            10,
            unit,
            _("mean of core and supporting roles − mean of views from outside"),
        ),
        Column(
            "stability",
            _("Stability of class"),
            Kind.SHARE,
            _("Share of resamples of organisations that give the same class."),
            11,
            "%",
        ),
    )
    return tuple(column.unprinted() for column in columns)


def _row(content: Content, cell: DisclosedCell, columns: tuple[Column, ...]) -> Row:
    values = dict(_values(content, cell))
    return tuple(values[column.name] for column in columns)


def _values(content: Content, cell: DisclosedCell) -> Iterator[tuple[str, str | int | float | Formula | None]]:
    other = content.other.code
    stage, dimension = content.stage(cell.key.stage), content.dimension(cell.key.dimension)
    performance, importance, outlook = cell.performance, cell.importance, cell.outlook
    kind = content.class_label(cell.cell_class.value) if cell.cell_class else (None, None)
    yield "stage", cell.key.stage
    yield "stage_name", stage[0]
    yield f"stage_name_{other}", stage[1]
    yield "dimension", cell.key.dimension
    yield "dimension_name", dimension[0]
    yield f"dimension_name_{other}", dimension[1]
    yield "performance", performance.mean if performance else None
    yield "importance", importance.mean if importance else None
    yield "outlook", outlook.mean if outlook else None
    yield "gap", cell.gap
    yield "gap_formula", _gap_formula(cell)
    yield "priority", cell.priority
    yield "outlook_change", cell.outlook_change
    yield "class", cell.cell_class.value if cell.cell_class else None
    yield "class_name", kind[0]
    yield f"class_name_{other}", kind[1]
    yield "grade", cell.grade.value if cell.grade and performance else None
    yield "evidence", content.words.said(EVIDENCE_NAMES[cell.evidence]) if cell.evidence and cell.cell_class else None
    yield "n", content.n(cell.n)
    yield "n_performance", content.n(performance.n) if performance else None
    yield "n_importance", content.n(importance.n) if importance else None
    yield "n_outlook", content.n(outlook.n) if outlook else None
    yield "coverage", content.share(performance.coverage) if performance else None
    yield "dont_know", content.share(performance.dont_know_share) if performance else None
    interval = performance.interval if performance else None
    yield "low", interval[0] if interval else None
    yield "high", interval[1] if interval else None
    level = performance.agreement_level if performance else None
    yield "agreement_level", content.words.said(AGREEMENT_NAMES[level]) if level else None
    yield "agreement", performance.agreement if performance else None
    yield "side_difference", cell.side_difference
    yield "stability", content.share(cell.class_stability)
    yield "note", note(content, cell)


def _gap_formula(cell: DisclosedCell) -> Formula | None:
    """Only where both scores stand in the row, so that no formula can show a withheld value."""
    if cell.gap is None or cell.performance is None or cell.importance is None:
        return None
    return Formula("{importance}-{performance}", cell.importance.mean - cell.performance.mean)


def note(content: Content, cell: DisclosedCell) -> str | None:
    """Why the row is empty or incomplete; None for a complete one."""
    _ = content.gettext
    settings = content.facts.profile.disclosure
    if content.facts.level is Level.INTERNAL:
        if cell.performance is None and cell.importance is None:
            return _("no rating")
        return (
            _("fewer than {n} organisations: do not pass on").format(n=settings.handoff_n_value)
            if _few(content, cell)
            else None
        )
    if cell.visibility is Visibility.SUPPRESSED:
        return _("suppressed: too few organisations")
    if cell.visibility is Visibility.CLASS_ONLY or cell.performance is None:
        return _("class only")
    return None


def _few(content: Content, cell: DisclosedCell) -> bool:
    return cell.n is not None and cell.n < content.facts.profile.disclosure.handoff_n_value
