"""A scorecard as plain data, with the keys of the golden example; what ``roadmapdesk score --json`` prints."""

from collections.abc import Mapping
from typing import Any

from roadmapdesk.scoring.disclosed import Visibility
from roadmapdesk.scoring.inputs import CELL_MEASURES
from roadmapdesk.scoring.profile import DisclosureSettings
from roadmapdesk.scoring.scorecard import (
    Cell,
    CellChange,
    CellKey,
    Interval,
    RankRobustness,
    Scorecard,
    SiteCell,
    WaveComparison,
)

Record = dict[str, Any]


def to_golden(scorecard: Scorecard, later: Scorecard | None = None, change: WaveComparison | None = None) -> Record:
    """A JSON-ready record of one scorecard, or of two waves and their change. Holds single ratings: internal only.

    The keys are those of ``expected`` in the golden example, and ``hashes`` of inputs, settings and method.
    """
    record: Record = {
        "wave": scorecard.wave,
        "hashes": _hashes(scorecard),
        "actor_cells": _actor_cells(scorecard),
        "site_cells": _matrix(scorecard, lambda cell: _cell(cell, scorecard.profile.disclosure)),
        "dimension_weights": dict(scorecard.weights.dimensions),
        "stage_weights": dict(scorecard.weights.stages),
        "stages": _stages(scorecard),
        "dimensions": {
            key: {"performance": result.performance, "importance": result.importance, "outlook": result.outlook}
            for key, result in scorecard.dimension_results.items()
        },
        "chain": {
            "performance": scorecard.chain.performance,
            "weakest_link": list(scorecard.chain.weakest_link) if scorecard.chain.weakest_link else None,
        },
        "smaa": _smaa(scorecard),
        "agreement": _agreement(scorecard),
        "excluded": {entry.reason.value: entry.count for entry in scorecard.exclusions},
        "sensitivity": {
            row.switch.value: {
                "changed_classes": [list(key) for key in row.changed_classes],
                "largest_change": row.largest_change,
                "largest_index_change": row.largest_index_change,
            }
            for row in scorecard.sensitivity
        },
    }
    if later is not None:
        record["actor_cells_wave2"] = _actor_cells(later)
        record["hashes_wave2"] = _hashes(later)
    if change is not None:
        record["change"] = _nested({key: _change(entry) for key, entry in change.cells.items()})
    return record


def visibility(cell: Cell, n_value: int, n_class: int) -> Visibility:
    """How much a level shows of a cell's class and gap, from the smaller n of performance and importance.

    Unanimous cells show their class only (5.12, d). Worked number: n = 3 is class_only in public (5 and 3).

    Source: docs/scoring.md, 5.12.
    """
    if cell.cell_class is None or cell.n < n_class:
        return Visibility.SUPPRESSED
    if cell.n < n_value or cell.performance.is_unanimous or cell.importance.is_unanimous:
        return Visibility.CLASS_ONLY
    return Visibility.VALUE


def _hashes(scorecard: Scorecard) -> Record:
    return {
        "inputs": scorecard.inputs_hash,
        "profile": scorecard.profile_hash,
        "method": scorecard.method_version,
        "forms": list(scorecard.form_hashes),
    }


def _nested(values: Mapping[CellKey, Record]) -> Record:
    nested: Record = {}
    for key, value in values.items():
        nested.setdefault(key.stage, {})[key.dimension] = value
    return nested


def _matrix(scorecard: Scorecard, record: Any) -> Record:  # noqa: ANN401 — a function from Cell to a record
    return _nested({key: record(cell) for key, cell in scorecard.cells.items()})


def _actor_cells(scorecard: Scorecard) -> Record:
    found: Record = {}
    for (name, stage, dimension, measure), cell in scorecard.actor_cells.items():
        place = found.setdefault(name, {}).setdefault(stage, {}).setdefault(dimension, {})
        place[measure.value] = {"status": cell.status.value, "score": cell.score, "coverage": cell.coverage}
    return found


def _interval(interval: Interval | None) -> Record | None:
    if interval is None:
        return None
    return {
        "alpha_one_sided": interval.alpha,
        "low": interval.low,
        "high": interval.high,
        "resamples": interval.resamples,
        "plain_percentile_low": interval.plain_low,
        "plain_percentile_high": interval.plain_high,
    }


def _site_cell(cell: SiteCell) -> Record:
    record: Record = {
        "n_valid": cell.n_valid,
        "n_eligible": cell.n_eligible,
        "coverage": cell.coverage,
        "mean": cell.mean,
        "sd": cell.sd,
        "dk_share": cell.dont_know_share,
        "agreement_AG": cell.agreement,
        "polarised": cell.is_polarised,
        "interval90": _interval(cell.interval),
        "range_if_missing_filled": list(cell.range_if_missing_filled) if cell.range_if_missing_filled else None,
    }
    if cell.rwg is not None:
        record["rwg"] = cell.rwg
    return record


def _cell(cell: Cell, settings: DisclosureSettings) -> Record:
    stability = cell.stability
    return {
        **{measure.value: _site_cell(cell.of(measure)) for measure in CELL_MEASURES},
        "gap": cell.gap,
        "priority": cell.priority,
        "outlook_delta": cell.outlook_change,
        "inside_outside": cell.sides.difference,
        "class": cell.cell_class.value if cell.cell_class else None,
        "class_bootstrap": stability
        and {
            "reference_class": stability.reference.value,
            "draws_used": stability.draws_used,
            "draws_discarded": stability.draws_discarded,
            "class_shares": {kind.value: share for kind, share in stability.shares.items()},
            "stability": stability.stability,
        },
        "grade": cell.grade.value,
        "evidence": cell.evidence.value,
        "disclosure": {
            "internal": Visibility.VALUE.value,
            "handoff": visibility(cell, settings.handoff_n_value, settings.handoff_n_value).value,
            "public": visibility(cell, settings.public_n_value, settings.public_n_class).value,
        },
        "performance_role_weighted": cell.performance_role_weighted,
        "leave_one_out": dict(cell.leave_one_out),
        "max_influence": cell.max_influence,
    }


def _stages(scorecard: Scorecard) -> Record:
    return {
        key: {
            "performance": result.performance,
            "performance_geometric": result.performance_geometric,
            "performance_equal_weights": result.performance_equal_weights,
            "importance": result.importance,
            "outlook": result.outlook,
            "weakest": result.weakest,
            "weakest_value": result.weakest_value,
            "readiness": {
                "n": result.readiness.n,
                "median": result.readiness.median,
                "maximum": result.readiness.maximum,
            },
        }
        for key, result in scorecard.stage_results.items()
    }


def _smaa(scorecard: Scorecard) -> Record | None:
    if scorecard.robustness is None:
        return None
    free = scorecard.robustness.free
    record = _ranks(free)
    ones = ",".join("1" for _ in scorecard.dimensions)
    record["weight_distribution"] = f"uniform on simplex (Dirichlet({ones}))"
    if len(free.switch_weights) == 1:
        record[f"switch_weight_{scorecard.dimensions[0]}"] = free.switch_weights[0]
    record["varied"] = _ranks(scorecard.robustness.varied)
    return record


def _ranks(ranks: RankRobustness) -> Record:
    return {
        "alternatives": list(ranks.acceptability),
        "rank1_acceptability": {key: shares[0] for key, shares in ranks.acceptability.items()},
        "rank_acceptability": {key: list(shares) for key, shares in ranks.acceptability.items()},
        "top3": dict(ranks.top),
        "bottom3": dict(ranks.bottom),
        "central_weights": {key: dict(weights) for key, weights in ranks.central_weights.items()},
        "reference_order": list(ranks.reference_order),
        "mean_absolute_rank_shift": ranks.mean_rank_shift,
        "draws": ranks.draws,
    }


def _agreement(scorecard: Scorecard) -> Record:
    icc = scorecard.agreement.icc_performance
    return {
        "krippendorff_alpha_interval_performance": scorecard.agreement.alpha_interval_performance,
        "krippendorff_alpha_ordinal_importance": scorecard.agreement.alpha_ordinal_importance,
        "icc_performance": icc
        and {"msb": icc.msb, "msw": icc.msw, "k0": icc.k0, "icc1": icc.icc1, "icc_k": icc.icc_k},
    }


def _change(change: CellChange) -> Record:
    return {
        "wave1": change.first,
        "wave2": change.second,
        "total_change": change.total_change,
        "panel": list(change.panel),
        "n_panel": change.n_panel,
        "panel_change": change.panel_change,
        "composition_effect": change.composition_effect,
        "improved": change.improved,
        "same": change.same,
        "declined": change.declined,
        "interval90": _interval(change.interval),
        "status": change.status.value,
    }
