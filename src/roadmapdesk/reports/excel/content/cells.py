"""The matrix: every stage in every dimension, and the indices of stages, dimensions and chain."""

from collections.abc import Iterator

from roadmapdesk.domain.levels import Level
from roadmapdesk.reports.excel.content.names import Content, SheetName
from roadmapdesk.reports.excel.sheets import Column, Formula, Kind, Look, Sheet, Table, named_row
from roadmapdesk.reports.wording import AGREEMENT_NAMES, EVIDENCE_NAMES
from roadmapdesk.scoring.disclosed import DisclosedCell, Visibility

NAME = SheetName("03_Stufe_Dimension", "03_Stage_Dimension")


def sheet(content: Content) -> Sheet:
    """One row per cell, complete; withheld values are empty and the note says so."""
    _ = content.gettext
    cells = content.facts.scorecard.cells
    columns = columns_of(content)
    rows = [named_row(columns, dict(_values(content, cell))) for cell in cells.values()]
    return Sheet(
        NAME.text(content.language.code),
        _("Stages and dimensions: performance, importance, class"),
        _("One row per cell of the matrix. Scores run from 0 to 100; n counts organisations, not persons."),
        (Table("cells", columns, rows, len(rows)),),
        frozen_columns=4,
    )


def columns_of(content: Content) -> tuple[Column, ...]:
    """All columns; `_values` gives theirs by name."""
    return (*_main_columns(content), *_detail_columns(content))


def _main_columns(content: Content) -> tuple[Column, ...]:
    return (
        *content.stage_columns(),
        *content.dimension_columns(),
        *_score_columns(content),
        *_class_columns(content),
        *_interval_columns(content),
        content.note_column(),
    )


def _score_columns(content: Content) -> tuple[Column, ...]:
    _ = content.gettext
    points, signed, scale = content.points, content.signed, "0–100"
    how = _("mean per organisation, then mean over organisations")
    performance, importance = content.source("performance"), content.source("importance")
    n_meaning = _("Organisations that rated performance.")
    gap_meaning = _(
        "Distance from importance to performance; positive means that performance lags behind. A formula: it "
        "follows when a score of the row is changed for a trial."
    )
    gap_how, gap_source = _("importance − performance"), content.source("performance", "importance")
    priority_meaning = _("How much a gap matters; 0 where performance is not below importance.")
    today, matters = _("How well the site performs today."), _("How important this is for the site.")
    return (
        Column("performance", _("Performance"), points, today, 11, scale, how, performance, Look.HEAT),
        Column("n_performance", _("n perf."), content.n_kind, n_meaning, 7),
        Column("importance", _("Importance"), points, matters, 11, scale, how, importance),
        Column("gap", _("Gap"), signed, gap_meaning, 9, _("points"), gap_how, gap_source),
        Column("priority", _("Priority"), points, priority_meaning, 9, scale, _("max(0, gap) × importance ÷ 100")),
    )


def _class_columns(content: Content) -> tuple[Column, ...]:
    _ = content.gettext
    grade_meaning = _("How well performance is supported: A very well, B well, C weakly, D not.")
    grade_how = _("from n, coverage and half-width of the interval")
    evidence_meaning = _("How far the class may be relied on: firm, tentative, insufficient.")
    n_meaning = _("Organisations behind class and gap: the smaller n of performance and importance.")
    return (
        Column("class_name", _("Class"), Kind.TEXT, _("Class with its symbol."), 19, look=Look.CLASS),
        Column("grade", _("Grade"), Kind.BAND, grade_meaning, 7, formula=grade_how, look=Look.GRADE),
        Column("evidence", _("Evidence"), Kind.TEXT, evidence_meaning, 13),
        Column("n", _("n class"), content.n_kind, n_meaning, 7),
    )


def _interval_columns(content: Content) -> tuple[Column, ...]:
    _ = content.gettext
    coverage = _("Share of organisations concerned that gave a valid rating of performance.")
    low, high = (
        _("Lower limit of the 90% interval of performance."),
        _("Upper limit of the 90% interval of performance."),
    )
    how = _("expanded percentile bootstrap over organisations")
    return (
        Column("coverage", _("Coverage"), Kind.SHARE, coverage, 9.5, "%", _("valid ÷ concerned organisations")),
        Column("low", _("Interval from"), content.points, low, 9.5, "0–100", how),
        Column("high", _("Interval to"), content.points, high, 9.5, "0–100", how),
    )


def _detail_columns(content: Content) -> tuple[Column, ...]:
    _ = content.gettext
    stage, dimension = content.stage_columns()[1], content.dimension_columns()[1]
    class_column = Column("class_name", _("Class"), Kind.TEXT, "", 19, look=Look.CLASS)
    columns = (
        Column("class", _("Class code"), Kind.CODE, _("Key of the class, the same in both languages."), 14),
        *content.other_columns(stage, dimension, class_column),
        *_outlook_columns(content),
        *_agreement_columns(content),
    )
    return tuple(column.unprinted() for column in columns)


def _outlook_columns(content: Content) -> tuple[Column, ...]:
    _ = content.gettext
    outlook, change = (
        _("Performance expected for 2030 without additional action."),
        _("Expected change until 2030."),
    )
    how, source = _("mean per organisation, then mean over organisations"), content.source("outlook")
    rated_importance = _("Organisations that rated importance.")
    return (
        Column("outlook", _("Outlook 2030"), content.points, outlook, 10, "0–100", how, source),
        Column(
            "outlook_change",
            _("Change until 2030"),
            content.signed,
            change,
            10,
            _("points"),
            _("outlook − performance"),
        ),
        Column("n_importance", _("n importance"), content.n_kind, rated_importance, 11),
        Column("n_outlook", _("n outlook"), content.n_kind, _("Organisations that rated the outlook."), 9),
    )


def _agreement_columns(content: Content) -> tuple[Column, ...]:
    _ = content.gettext
    unknown = _("Mean share of “don’t know” over organisations concerned.")
    level = _("How far the organisations agree on performance: high, moderate, controversial.")
    index = _("Index of agreement on performance, 1 where all rate alike; not told in public.")
    sides = _("Performance as seen by organisations of the stage minus as seen from outside.")
    sides_how = _("mean of core and supporting roles − mean of views from outside")
    stability = _("Share of resamples of organisations that give the same class.")
    return (
        Column("dont_know", _("Don’t know"), Kind.SHARE, unknown, 10, "%"),
        Column("agreement_level", _("Agreement"), Kind.TEXT, level, 18),
        Column("agreement", _("Agreement AG"), Kind.DECIMAL, index, 11, "0–1"),
        Column("side_difference", _("Inside − outside"), content.signed, sides, 10, _("points"), sides_how),
        Column("stability", _("Stability of class"), Kind.SHARE, stability, 11, "%"),
    )


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
    yield "gap", _gap(cell)
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


def _gap(cell: DisclosedCell) -> Formula | float | None:
    """A formula where both scores stand in the row, so that it cannot show a withheld value."""
    if cell.gap is None or cell.performance is None or cell.importance is None:
        return cell.gap
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
