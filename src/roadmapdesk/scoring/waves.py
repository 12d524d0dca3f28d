"""Change between two waves: panel change, total change, composition, counts, status (5.11)."""

import numpy as np

from roadmapdesk.scoring.inputs import Measure, frozen
from roadmapdesk.scoring.intervals import Floats, Job, interval_job, resample
from roadmapdesk.scoring.profile import ChangeSettings
from roadmapdesk.scoring.scorecard import (
    CellChange,
    CellKey,
    ChangeStatus,
    Interval,
    Scorecard,
    WaveComparison,
)

_SAME = 1e-9


def compare_waves(first: Scorecard, second: Scorecard) -> WaveComparison:
    """Changes of performance from the first to the second wave; see `model.compare_waves`.

    Source: docs/scoring.md, 5.11.
    """
    if first.wave == second.wave:
        raise ValueError("a wave cannot be compared with itself")
    settings = second.profile
    panels = {key: _panel(first, second, key) for key in second.cells if key in first.cells}
    jobs: dict[CellKey, Job] = {}
    for key, panel in panels.items():
        changes = np.array(list(panel.values()))
        job = interval_job(changes, np.ones(len(changes)), settings.interval)
        if job is not None:
            jobs[key] = job
    found = dict(zip(jobs, resample(list(jobs.values()), settings.interval), strict=True))
    intervals = {key: interval for key, interval in found.items() if isinstance(interval, Interval)}
    cells = {
        key: _cell_change(first, second, key, panel, intervals.get(key), settings.change)
        for key, panel in panels.items()
    }
    return WaveComparison(
        first_wave=first.wave,
        second_wave=second.wave,
        cells=frozen(cells),
        n_intervals=len(intervals),
        expected_by_chance=len(intervals) * (1 - settings.interval.confidence),
    )


def _is_comparable(first: Scorecard, second: Scorecard, key: CellKey) -> bool:
    """Whether the questions of this cell have the same wording, scale and weight in both waves."""
    places = [(stage, key.dimension, Measure.PERFORMANCE) for stage in ("@", key.stage)]
    return all(first.item_marks.get(place) == second.item_marks.get(place) for place in places)


def _panel(first: Scorecard, second: Scorecard, key: CellKey) -> dict[str, float]:
    """Mapping organisation → change, for organisations valid in both waves."""
    if not _is_comparable(first, second, key):
        return {}
    before = first.ratings(key.stage, key.dimension, Measure.PERFORMANCE)
    after = second.ratings(key.stage, key.dimension, Measure.PERFORMANCE)
    return {name: after[name] - before[name] for name in before if name in after}


def _cell_change(
    first: Scorecard,
    second: Scorecard,
    key: CellKey,
    panel: dict[str, float],
    interval: Interval | None,
    settings: ChangeSettings,
) -> CellChange:
    before, after = first.cells[key].performance.mean, second.cells[key].performance.mean
    is_comparable = _is_comparable(first, second, key)
    changes = np.sort(np.array(list(panel.values())))
    change = float(changes.mean()) if len(changes) else None
    total = after - before if is_comparable and before is not None and after is not None else None
    return CellChange(
        key=key,
        first=before,
        second=after,
        panel=tuple(sorted(panel)),
        panel_change=change,
        total_change=total,
        composition_effect=None if total is None or change is None else total - change,
        improved=int((changes > _SAME).sum()),
        same=int((np.abs(changes) <= _SAME).sum()),
        declined=int((changes < -_SAME).sum()),
        interval=interval,
        is_unanimous=bool(len(changes)) and bool(changes[-1] - changes[0] < _SAME),
        status=ChangeStatus.NOT_COMPARABLE if change is None else change_status(changes, interval, settings),
    )


def change_status(changes: Floats, interval: Interval | None, settings: ChangeSettings) -> ChangeStatus:
    """What may be said about the change of a panel.

    Improved or declined need `min_panel` organisations, an interval that excludes 0 and a mean of at least
    `min_meaningful`; equal changes of all count as an interval of width 0. Worked number: +14.2 from two
    organisations is a tendency only.

    Source: docs/scoring.md, 5.11.
    """
    mean = float(changes.mean())
    if abs(mean) <= _SAME:
        return ChangeStatus.UNCHANGED
    if interval is None:
        excludes_zero = bool(changes.max() - changes.min() < _SAME)
    else:
        excludes_zero = interval.low > 0 or interval.high < 0
    if len(changes) >= settings.min_panel and excludes_zero and abs(mean) >= settings.min_meaningful - _SAME:
        return ChangeStatus.IMPROVED if mean > 0 else ChangeStatus.DECLINED
    return ChangeStatus.TENDENCY_UP if mean > 0 else ChangeStatus.TENDENCY_DOWN
