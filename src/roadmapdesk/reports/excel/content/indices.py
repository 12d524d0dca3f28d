"""Indices of stages and dimensions, with their weights, their weakest cells and how firm the order is."""

from roadmapdesk.reports.excel.content.names import Content, SheetName
from roadmapdesk.reports.excel.sheets import Column, Kind, Look, Row, Sheet, Table
from roadmapdesk.scoring.disclosed import DisclosedStage
from roadmapdesk.scoring.scorecard import DimensionResult

STAGES = SheetName("04_Stufen", "04_Stages")
DIMENSIONS = SheetName("05_Dimensionen", "05_Dimensions")


def stages_sheet(content: Content) -> Sheet:
    """One row per stage."""
    _ = content.gettext
    results = content.facts.scorecard.stage_results
    columns = _stage_columns(content)
    rows = [_stage_row(content, result) for result in results.values()]
    return Sheet(
        STAGES.text(content.language.code),
        _("Stages: indices and weakest cells"),
        _(
            "An index is computed from the cells visible at this level. It compensates; read it with the weakest "
            "cell."
        ),
        (Table("stages", columns, rows, len(rows)),),
        frozen_columns=2,
    )


def _stage_columns(content: Content) -> tuple[Column, ...]:
    _ = content.gettext
    stage = content.stage_columns()
    weakest = Column(
        "weakest_name", _("Weakest dimension"), Kind.TEXT, _("Dimension with the lowest performance."), 25
    )
    readiness = _("Technology readiness as stated by the organisations; never part of performance.")
    return (
        *stage,
        *_index_columns(content),
        Column("weakest", _("Weakest, code"), Kind.CODE, _("Key of the weakest dimension."), 10),
        weakest,
        _weakest_value(content),
        *_basis_columns(content),
        *_rank_columns(content),
        Column(
            "readiness",
            _("Readiness, median"),
            Kind.POINTS,
            readiness,
            11,
            "TRL 1–9",
            source=content.source("readiness"),
        ),
        *content.other_columns(stage[1], weakest),
    )


def _index_columns(content: Content) -> tuple[Column, ...]:
    """The indices of a stage: performance in two kinds of mean, importance, outlook."""
    _ = content.gettext
    points, scale = content.points, "0–100"
    weighted = _("weighted mean over visible cells, if they carry at least half of the weight")
    performance, source = _("Performance of the stage over all dimensions."), content.source("performance")
    geometric = _("The same as a geometric mean, which weak cells pull down more strongly.")
    same_weights = _("geometric mean with the same weights")
    return (
        Column("performance", _("Index"), points, performance, 10, scale, weighted, source, Look.HEAT),
        Column("geometric", _("Geometric index"), points, geometric, 11, scale, same_weights),
        Column("importance", _("Importance"), points, _("Importance over all dimensions."), 11, scale, weighted),
        Column("outlook", _("Outlook 2030"), points, _("Outlook over all dimensions."), 10, scale, weighted),
    )


def _weakest_value(content: Content) -> Column:
    _ = content.gettext
    meaning = _("Performance of the weakest cell.")
    return Column("weakest_value", _("Weakest, value"), content.points, meaning, 10, "0–100")


def _basis_columns(content: Content) -> tuple[Column, ...]:
    """What the index of a stage rests on, and how much it weighs."""
    _ = content.gettext
    weight = _("Weight of the stage in indices of dimensions and chain.")
    visible = _("Cells of the stage with a value at this level.")
    known = _("Organisations of the register that our own mapping places in the stage.")
    return (
        Column("weight", _("Weight"), Kind.SHARE, weight, 9, "%", source=content.source("stage_weight")),
        Column("visible_cells", _("Visible cells"), Kind.INTEGER, visible, 9),
        Column("known_actors", _("Known organisations"), Kind.INTEGER, known, 13),
    )


def _rank_columns(content: Content) -> tuple[Column, ...]:
    """How the stage ranks under all possible weights of dimensions."""
    _ = content.gettext
    first = _("Share of all possible weights of dimensions with which the stage ranks first.")
    top = _("Share of all possible weights with which it is among the best three.")
    bottom = _("Share of all possible weights with which it is among the last three.")
    return (
        Column("first_rank", _("Rank 1"), Kind.SHARE, first, 9, "%"),
        Column("top", _("Best three"), Kind.SHARE, top, 9, "%"),
        Column("bottom", _("Last three"), Kind.SHARE, bottom, 9, "%"),
    )


def _stage_row(content: Content, result: DisclosedStage) -> Row:
    card = content.facts.scorecard
    name, weakest = content.stage(result.stage), content.dimension(result.weakest) if result.weakest else (None, None)
    robust = card.robustness.free if card.robustness else None
    shares = robust.acceptability.get(result.stage) if robust else None
    visible = sum(
        1 for cell in card.cells.values() if cell.key.stage == result.stage and cell.performance is not None
    )
    return (
        result.stage,
        name[0],
        result.performance,
        result.performance_geometric,
        result.importance,
        result.outlook,
        result.weakest,
        weakest[0],
        result.weakest_value,
        card.weights.stages.get(result.stage),
        visible,
        result.known_actors,
        content.share(shares[0]) if shares else None,
        content.share(robust.top.get(result.stage)) if robust else None,
        content.share(robust.bottom.get(result.stage)) if robust else None,
        result.readiness.median if result.readiness else None,
        name[1],
        weakest[1],
    )


def dimensions_sheet(content: Content) -> Sheet:
    """One row per dimension."""
    _ = content.gettext
    results = content.facts.scorecard.dimension_results
    rows = [_dimension_row(content, result) for result in results.values()]
    return Sheet(
        DIMENSIONS.text(content.language.code),
        _("Dimensions: indices over the whole chain"),
        _("Indices of dimensions are means over the stages; the weakest stage stands beside each."),
        (Table("dimensions", _dimension_columns(content), rows, len(rows)),),
        frozen_columns=2,
    )


def _dimension_columns(content: Content) -> tuple[Column, ...]:
    _ = content.gettext
    points, scale = content.points, "0–100"
    mean = _("mean over stages with the weights of stages")
    dimension = content.dimension_columns()
    weakest = Column(
        "weakest_name", _("Weakest stage"), Kind.TEXT, _("Stage with the lowest performance in the dimension."), 30
    )
    return (
        *dimension,
        Column("performance", _("Index"), points, _("Performance over all stages."), 10, scale, mean, look=Look.HEAT),
        Column("importance", _("Importance"), points, _("Importance over all stages."), 11, scale, mean),
        Column("outlook", _("Outlook 2030"), points, _("Outlook over all stages."), 10, scale, mean),
        Column("weakest", _("Weakest, code"), Kind.CODE, _("Key of the weakest stage."), 10),
        weakest,
        _weakest_value(content),
        Column(
            "weight",
            _("Weight"),
            Kind.SHARE,
            _("Weight of the dimension in indices of stages."),
            9,
            "%",
            _("points given by each organisation ÷ its total, mean over organisations; else equal weights"),
            content.source("dimension_weight"),
        ),
        Column("visible_cells", _("Visible cells"), Kind.INTEGER, _("Cells with a value at this level."), 9),
        *content.other_columns(dimension[1], weakest),
    )


def _dimension_row(content: Content, result: DimensionResult) -> Row:
    card = content.facts.scorecard
    key = result.dimension
    name = content.dimension(key)
    values = {
        cell.key.stage: cell.performance.mean
        for cell in card.cells.values()
        if cell.key.dimension == key and cell.performance is not None
    }
    lowest = min(values, key=lambda stage: (values[stage], stage)) if values else None
    weakest = content.stage(lowest) if lowest else (None, None)
    return (
        key,
        name[0],
        result.performance,
        result.importance,
        result.outlook,
        lowest,
        weakest[0],
        values[lowest] if lowest else None,
        card.weights.dimensions.get(key),
        len(values),
        name[1],
        weakest[1],
    )
