"""What each level may see of a change between waves (5.12, i; recovery over waves)."""

from collections import Counter
from collections.abc import Hashable, Sequence

from roadmapdesk.domain.levels import Level
from roadmapdesk.scoring.disclosed import DisclosedCell, DisclosedCellChange, DisclosedChange
from roadmapdesk.scoring.disclosure import disclose
from roadmapdesk.scoring.disclosure_rules import Rules, rules_of
from roadmapdesk.scoring.disclosure_sample import is_small
from roadmapdesk.scoring.inputs import Measure, frozen
from roadmapdesk.scoring.scorecard import CellChange, CellKey, Scorecard, WaveComparison


def disclose_change(comparison: WaveComparison, scorecards: Sequence[Scorecard], level: Level) -> DisclosedChange:
    """What a reader of this level may see of a change; see `model.disclose_change`.

    Means of both waves, the panel change and the inside-outside differences are sums over groups of organisations.
    Whatever a reader combines from them is a union of the finest groups that they tell apart; the panel change is
    therefore shown only when each such group is empty or reaches the level's minimum.

    Source: docs/scoring.md, 5.12.
    """
    by_wave = {scorecard.wave: scorecard for scorecard in scorecards}
    first, second = by_wave[comparison.first_wave], by_wave[comparison.second_wave]
    rules = rules_of(level, second.profile.disclosure)
    views = {wave: disclose(scorecard, level) for wave, scorecard in by_wave.items()}
    cells = {
        key: _cell_change(
            change,
            views[first.wave].cells[key],
            views[second.wave].cells[key],
            rules,
            may_show=rules.is_internal
            or _groups_are_large(
                key, list(by_wave.values()), [view.cells.get(key) for view in views.values()], rules
            ),
        )
        for key, change in comparison.cells.items()
    }
    shown = sum(change.interval is not None for change in cells.values())
    return DisclosedChange(
        level=level,
        first_wave=comparison.first_wave,
        second_wave=comparison.second_wave,
        cells=frozen(cells),
        n_intervals=shown,
        expected_by_chance=shown * (1 - second.profile.interval.confidence),
    )


def _groups_are_large(
    key: CellKey, scorecards: Sequence[Scorecard], views: Sequence[DisclosedCell | None], rules: Rules
) -> bool:
    """Whether the finest groups over all waves are empty or reach the minimum.

    Two organisations are in the same group when they took part in the same waves, and were on the same side in each
    wave whose inside-outside difference is visible.
    """
    patterns: dict[str, list[Hashable]] = {}
    for position, (scorecard, view) in enumerate(zip(scorecards, views, strict=True)):
        if key not in scorecard.cells:
            continue
        has_sides = view is not None and view.side_difference is not None
        for name in scorecard.ratings(key.stage, key.dimension, Measure.PERFORMANCE):
            pattern = patterns.setdefault(name, [None] * len(scorecards))
            pattern[position] = _side(scorecard, name, key.stage) if has_sides else "took part"
    sizes = Counter(tuple(pattern) for pattern in patterns.values())
    return all(size >= rules.n_value for size in sizes.values())


def _side(scorecard: Scorecard, name: str, stage: str) -> str:
    role = scorecard.roles.get((name, stage), "")
    return "inside" if role in {"core", "support"} else role


def _cell_change(
    change: CellChange, first: DisclosedCell, second: DisclosedCell, rules: Rules, *, may_show: bool
) -> DisclosedCellChange:
    is_shown = (
        may_show and change.panel_change is not None and rules.shows(change.n_panel, is_unanimous=change.is_unanimous)
    )
    panel_change = rules.rounded(change.panel_change) if is_shown and change.panel_change is not None else None
    before = first.performance.mean if first.performance else None
    after = second.performance.mean if second.performance else None
    total = after - before if change.total_change is not None and before is not None and after is not None else None
    interval = None
    if is_shown and change.interval is not None and change.n_panel >= rules.n_interval:
        low, high = change.interval.low, change.interval.high
        interval = (rules.rounded(low), rules.rounded(high))
    counts = (change.improved, change.same, change.declined)
    tells_counts = is_shown and not any(is_small(count, change.n_panel, rules.small) for count in counts)
    improved, same, declined = counts if tells_counts else (None, None, None)
    return DisclosedCellChange(
        key=change.key,
        first=before,
        second=after,
        n_panel=change.n_panel if is_shown else None,
        panel_change=panel_change,
        total_change=total,
        composition_effect=None if total is None or panel_change is None else total - panel_change,
        interval=interval,
        improved=improved,
        same=same,
        declined=declined,
        status=change.status if is_shown else None,
    )
