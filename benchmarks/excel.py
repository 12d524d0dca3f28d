"""Speed and memory of the Excel writer beside openpyxl's streaming writer on the same rows.

Every run is a process of its own, in turns, so that its peak memory is its own; openpyxl, which both need, is loaded
before the clock starts. The reference writes plain cells; ours also styles, a table with filters, and a checksum.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib
import io
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from measure import Row, row

WIDE = (2_000, 150)
LONG = (300_000, 9)
ROUNDS = 3
MEMORY_MB = 80
HANDOFF_S = 1.0


def rows(rounds: int = ROUNDS) -> list[Row]:
    """Wide and long tables against the reference, their memory, and the hand-off of a whole project."""
    found: list[Row] = []
    for name, size in (("wide", WIDE), ("long", LONG)):
        ours, reference = _alternating(name, rounds)
        text = f"{size[0]:,} rows × {size[1]} columns"
        found += [
            row(
                f"write a workbook, {text}",
                "ms",
                ours["ms"],
                reference=reference["ms"],
                reference_name="openpyxl write_only",
                aim="at least 4 times faster",
                ok=ours["ms"] * 4 <= reference["ms"],
            ),
            row(
                f"peak memory of that process, {text}",
                "MB",
                ours["mb"],
                reference=reference["mb"],
                reference_name="openpyxl write_only",
                aim=f"<= {MEMORY_MB} MB",
                ok=ours["mb"] <= MEMORY_MB,
            ),
        ]
    return [*found, _handoff()]


def _alternating(name: str, rounds: int) -> tuple[dict[str, float], dict[str, float]]:
    """Medians of both writers, run in turns."""
    measured: dict[str, list[dict[str, float]]] = {"ours": [], "reference": []}
    for _ in range(rounds):
        for writer, results in measured.items():
            command = [sys.executable, __file__, "--writer", writer, "--size", name]
            output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
            results.append(json.loads(output))
    ours, reference = (
        {key: statistics.median(result[key] for result in measured[writer]) for key in ("ms", "mb")}
        for writer in ("ours", "reference")
    )
    return ours, reference


def _answers(count: int, width: int) -> Iterator[tuple[str | int | float | date | None, ...]]:
    """Rows as answers are: codes, labels with signs that XML escapes, numbers, dates and gaps."""
    start = date(2026, 1, 5)
    for number in range(count):
        day = start + timedelta(days=number % 200)
        yield tuple(
            (
                f"answer {number % 977} of stage {column}",
                number + column,
                number * 0.37 + column,
                "R&D, licences < 2 years" if number % 3 else None,
                day,
                f"code_{column}",
            )[column % 6]
            for column in range(width)
        )


def _ours(count: int, width: int, target: Path) -> None:
    from roadmapdesk.reports.excel.package import write_book  # noqa: PLC0415 — the other writer runs without it
    from roadmapdesk.reports.excel.sheets import Book, Column, Kind, Sheet, Table  # noqa: PLC0415 — the other writer runs without it

    kinds = (Kind.CODE, Kind.INTEGER, Kind.POINTS, Kind.CODE, Kind.DATE, Kind.CODE)
    columns = tuple(Column(f"c{n}", f"Column {n}", kinds[n % 6], "A column.") for n in range(width))
    table = Table("answers", columns, _answers(count, width), count)
    created = datetime(2026, 1, 5, tzinfo=UTC)
    book = Book((Sheet("Answers", "Answers", "All answers", (table,)),), "Answers", "", "Test", "Test", "en", created)
    with target.open("wb") as stream:
        write_book(book, stream)


def _reference(count: int, width: int, target: Path) -> None:
    import openpyxl  # noqa: PLC0415 — the other writer runs without it

    workbook = openpyxl.Workbook(write_only=True)
    sheet = workbook.create_sheet("Answers")
    sheet.append([f"Column {n}" for n in range(width)])
    for values in _answers(count, width):
        sheet.append(values)
    workbook.save(target)


def _handoff() -> Row:
    """The whole hand-off of the sample project: facts ready, written to memory, median of five."""
    from roadmapdesk.domain.levels import Level  # noqa: PLC0415 — the other writer runs without it
    from roadmapdesk.i18n import Language  # noqa: PLC0415 — the other writer runs without it
    from roadmapdesk.reports.excel.content.book import build_book  # noqa: PLC0415 — the other writer runs without it
    from roadmapdesk.reports.excel.package import Written, write_book  # noqa: PLC0415 — the other writer runs without it
    from roadmapdesk.workspace.assessment import Assessment  # noqa: PLC0415 — the other writer runs without it
    from roadmapdesk.workspace.facts import report_facts  # noqa: PLC0415 — the other writer runs without it
    from roadmapdesk.workspace.sample import build_sample  # noqa: PLC0415 — the other writer runs without it

    with (
        tempfile.TemporaryDirectory(prefix="bench-excel-") as name,
        contextlib.closing(build_sample(Path(name) / "sample.roadmapdesk")) as project,
    ):
        facts = report_facts(project, Assessment(project), level=Level.HANDOFF, language=Language("de"))
        times = []
        for _ in range(5):
            started = time.perf_counter()
            written = Written()
            write_book(build_book(facts, written), io.BytesIO(), written=written)
            times.append(time.perf_counter() - started)
    median = statistics.median(times)
    return row(
        "hand-off of the sample project (24 interviews in two waves), facts ready",
        "s",
        median,
        aim=f"<= {HANDOFF_S:g} s here",
        ok=median <= HANDOFF_S,
    )


def _peak_mb() -> float:
    """Peak memory of this process; the operating system's own count."""
    import resource  # noqa: PLC0415 — not on Windows

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)


def _run_one(writer: str, size: str) -> None:
    count, width = {"wide": WIDE, "long": LONG}[size]
    with tempfile.TemporaryDirectory(prefix="bench-excel-") as folder:
        target = Path(folder) / "book.xlsx"
        importlib.import_module("openpyxl")
        started = time.perf_counter()
        (_ours if writer == "ours" else _reference)(count, width, target)
        elapsed = (time.perf_counter() - started) * 1000
    print(json.dumps({"ms": elapsed, "mb": _peak_mb()}))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--writer", choices=("ours", "reference"), required=True)
    parser.add_argument("--size", choices=("wide", "long"), required=True)
    chosen = parser.parse_args()
    _run_one(chosen.writer, chosen.size)
