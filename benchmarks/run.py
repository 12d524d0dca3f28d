"""Runs the benchmarks of one group, or all, prints a table of ratios and writes the rows as JSON.

A group is a module in this folder with a function ``rows() -> list[Row]``.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
sys.path.insert(0, str(FOLDER))

from measure import Row  # noqa: E402 — the folder is no package

GROUPS = tuple(sorted(path.stem for path in FOLDER.glob("*.py") if path.stem not in {"run", "measure"}))


def rows_of(group: str) -> list[Row]:
    """The figures of one group."""
    specification = importlib.util.spec_from_file_location(f"benchmark_{group}", FOLDER / f"{group}.py")
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    rows: list[Row] = module.rows()
    return rows


def table(rows: list[Row]) -> str:
    """The rows as aligned text."""
    heads = ("", "what", "ours", "reference", "ratio", "aim")
    lines = [heads]
    for row in rows:
        reference = "–" if row["reference"] is None else f"{row['reference']:.4g} ({row['reference_name']})"
        ratio = "–" if row["ratio"] is None else f"{row['ratio']:.2f}"
        mark = "ok" if row["ok"] else "NOT REACHED"
        lines.append((mark, row["name"], f"{row['ours']:.4g} {row['unit']}", reference, ratio, row["aim"]))
    widths = [max(len(line[column]) for line in lines) for column in range(len(heads))]
    return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) for line in lines)


def main() -> int:
    """Returns 0 also when an aim is not reached: the rows say so."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("group", nargs="?", choices=GROUPS)
    parser.add_argument("--json", type=Path, help="write the rows to this file")
    options = parser.parse_args()
    rows = [row for group in ([options.group] if options.group else GROUPS) for row in rows_of(group)]
    print(table(rows))
    if options.json:
        options.json.write_text(json.dumps(rows, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
