"""How firm the results are: what other settings change, and how the order of stages holds under other weights."""

from collections.abc import Iterator

from roadmapdesk.i18n import N_
from roadmapdesk.reports.excel.content.names import Content, SheetName
from roadmapdesk.reports.excel.sheets import Column, Kind, Row, Sheet, Table
from roadmapdesk.scoring.scorecard import RankRobustness, Switch

NAME = SheetName("17_Robustheit", "17_Robustness")

SWITCHES = {
    Switch.ROLE_WEIGHTS: N_("Weights by role: core 1, support 0.75, view from outside 0.5"),
    Switch.EQUAL_DIMENSION_WEIGHTS: N_("Equal weights of dimensions"),
    Switch.GEOMETRIC: N_("Geometric instead of arithmetic means"),
    Switch.LEAVE_ONE_OUT: N_("Leaving out one organisation at a time"),
    Switch.THRESHOLDS_UP: N_("Borders of performance and importance 5 points higher"),
    Switch.THRESHOLDS_DOWN: N_("Borders of performance and importance 5 points lower"),
    Switch.GAP_THRESHOLDS_UP: N_("Borders of the gap 5 points higher"),
    Switch.GAP_THRESHOLDS_DOWN: N_("Borders of the gap 5 points lower"),
    Switch.FULL_COVERAGE: N_("Only organisations that answered everything in a cell"),
    Switch.INSIDE_ONLY: N_("Only ratings from inside the stage"),
    Switch.CROSS_CHECKS: N_("With the cross-check questions in the cells"),
}


def sheet(content: Content) -> Sheet | None:
    """Sensitivity and rank acceptability; None when neither may be told."""
    _ = content.gettext
    tables = [table for table in (_switches(content), _ranks(content)) if table is not None]
    if not tables:
        return None
    return Sheet(
        NAME.text(content.language.code),
        _("Robustness of the results"),
        _("What would change under other settings, computed from cells visible at this level."),
        tuple(tables),
    )


def _switches(content: Content) -> Table | None:
    _ = content.gettext
    found = content.facts.scorecard.sensitivity
    if not found:
        return None
    name = Column("switch_name", _("Setting"), Kind.TEXT, _("What is set differently."), 50)
    unit = _("points")
    columns = (
        name,
        Column("cells", _("Cells"), Kind.INTEGER, _("Visible cells that could be computed so."), 9),
        Column("changed", _("Other class"), Kind.INTEGER, _("Cells whose class changes."), 10),
        Column(
            "largest", _("Largest change"), content.points, _("Largest change of a cell’s performance."), 11, unit
        ),
        Column(
            "largest_index",
            _("Index change"),
            content.points,
            _("Largest change of a stage index."),
            11,
            unit,
        ),
        Column("changed_cells", _("Cells concerned"), Kind.TEXT, _("Cells whose class changes."), 50),
        Column("switch", _("Setting code"), Kind.CODE, _("Key of the setting."), 24),
        *content.other_columns(name),
    )
    rows: list[Row] = [
        (
            content.said(SWITCHES[row.switch])[0],
            row.n_cells,
            len(row.changed_classes),
            row.largest_change,
            row.largest_index_change,
            content.listed(f"{key.stage}/{key.dimension}" for key in row.changed_classes),
            row.switch.value,
            content.said(SWITCHES[row.switch])[1],
        )
        for row in found
    ]
    return Table("sensitivity", columns, rows, len(rows), _("Other settings"))


def _ranks(content: Content) -> Table | None:
    _ = content.gettext
    robustness = content.facts.scorecard.robustness
    if robustness is None:
        return None
    stage = content.stage_columns()
    run = Column("run_name", _("Weights of dimensions"), Kind.TEXT, _("Which weights were tried."), 50)
    share = _("share of weights")
    columns = (
        run,
        Column("stage", _("Code"), Kind.CODE, _("Key of the stage, the same in all sheets and languages."), 9),
        Column("rank", _("Rank"), Kind.INTEGER, _("Rank of the stage by its index, 1 is best."), 10),
        Column(
            "acceptability",
            _("Acceptability"),
            Kind.SHARE,
            _("Share of the tried weights with which the stage takes this rank."),
            11,
            "%",
            share,
        ),
        Column(
            "up_to",
            _("This rank or better"),
            Kind.SHARE,
            _("Share of the tried weights with which the stage takes this rank or a better one."),
            11,
            "%",
            share,
        ),
        stage[1],
        Column("run", _("Run code"), Kind.CODE, _("Key of the run: free or varied."), 24),
        *content.other_columns(run),
    )
    runs = (
        ("free", content.said(N_("All possible weights")), robustness.free),
        ("varied", content.said(N_("Weights in use, each up to a quarter higher or lower")), robustness.varied),
    )
    rows = [row for key, names, run_ranks in runs for row in _rank_rows(content, key, names, run_ranks)]
    return Table("rank_acceptability", columns, rows, len(rows), _("Order of stages under other weights"))


def _rank_rows(content: Content, key: str, names: tuple[str, str], ranks: RankRobustness) -> Iterator[Row]:
    for stage in ranks.reference_order:
        total = 0.0
        for rank, share in enumerate(ranks.acceptability[stage], start=1):
            total += share
            yield (
                names[0],
                stage,
                rank,
                content.share(share),
                content.share(min(total, 1.0)),
                content.stage(stage)[0],
                key,
                names[1],
            )
