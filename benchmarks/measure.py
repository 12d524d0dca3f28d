"""What every benchmark shares: taking turns with the reference, and the form of a row.

A row is ``{name, unit, ours, reference, reference_name, ratio, aim, ok}``; ratio = ours / reference, smaller is
better. Absolute times move with the machine, ratios and counts hold.
"""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable
from typing import Any

Row = dict[str, Any]


def row(
    name: str,
    unit: str,
    ours: float,
    *,
    reference: float | None = None,
    reference_name: str = "",
    aim: str = "",
    ok: bool,
) -> Row:
    """One figure; the ratio is computed here so that no benchmark can state another one."""
    ratio = ours / reference if reference else None
    return {
        "name": name,
        "unit": unit,
        "ours": ours,
        "reference": reference,
        "reference_name": reference_name,
        "ratio": ratio,
        "aim": aim,
        "ok": ok,
    }


def compared(
    name: str, ours: float, reference: float, *, unit: str = "ms", reference_name: str, at_most: float
) -> Row:
    """A figure whose aim is a ratio to a reference measured in the same run."""
    return row(
        name,
        unit,
        ours,
        reference=reference,
        reference_name=reference_name,
        aim=f"ratio <= {at_most:g}",
        ok=ours <= at_most * reference,
    )


def alternate(
    *functions: Callable[[], object], rounds: int = 7, clock: Callable[[], float] = time.perf_counter
) -> tuple[float, ...]:
    """Median milliseconds of each function, run in turns so that a busy machine slows all of them alike.

    Args:
        functions: what is compared.
        rounds: how often each runs.
        clock: `time.thread_time` counts the processor time of this thread, for work that waits for nothing.
    """
    times: list[list[float]] = [[] for _ in functions]
    for function in functions:
        function()
    for _ in range(rounds):
        for index, function in enumerate(functions):
            gc.collect()
            started = clock()
            function()
            times[index].append((clock() - started) * 1000)
    return tuple(statistics.median(values) for values in times)
