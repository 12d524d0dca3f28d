"""Charts straight from a disclosed scorecard: used by the report and by the screens, so both show the same."""

from collections.abc import Callable

from roadmapdesk.figures.heatmap import CellState, HeatCell
from roadmapdesk.figures.importance_performance import PlotMark
from roadmapdesk.scoring.disclosed import DisclosedCell, DisclosedScorecard
from roadmapdesk.scoring.profile import Profile


def plot_marks(scorecard: DisclosedScorecard, tip: Callable[[DisclosedCell], str]) -> tuple[PlotMark, ...]:
    """One mark per cell whose performance, importance and class this level shows; keyed ``stage/dimension``."""
    return tuple(
        PlotMark(
            key=f"{cell.key.stage}/{cell.key.dimension}",
            label=f"{cell.key.stage.upper()}·{cell.key.dimension.upper()}",
            performance=cell.performance.mean,
            importance=cell.importance.mean,
            cell_class=cell.cell_class,
            evidence=cell.evidence,
            priority=cell.priority or 0.0,
            tip=tip(cell),
        )
        for cell in scorecard.cells.values()
        if cell.performance is not None
        and cell.importance is not None
        and cell.cell_class is not None
        and cell.evidence is not None
    )


def heat_cell(cell: DisclosedCell, profile: Profile, value_text: str, note: str, tip: str) -> HeatCell:
    """One cell of the heatmap of performance; `value_text` and `note` are printed as they are.

    A value shows wherever its own n allows it, also where importance is too thin for a class.
    """
    class_key = cell.cell_class.value if cell.cell_class is not None else ""
    if cell.performance is not None:
        is_thin = cell.performance.n < profile.min_evidence_n
        return HeatCell(CellState.VALUE, cell.performance.mean, value_text, note, class_key, is_thin, tip)
    if class_key:
        return HeatCell(CellState.CLASS_ONLY, note=note, class_key=class_key, tip=tip)
    return HeatCell(CellState.SUPPRESSED, tip=tip)
