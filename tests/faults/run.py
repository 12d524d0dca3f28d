"""Runs one kind of fault, or all, with its control: ``python tests/faults/run.py NAME --count N --json OUT``."""

import argparse
import importlib
import sys
from pathlib import Path

DEFAULTS = {"kill9": 200, "power": 500, "flips": 200, "moved": 10, "disk": 3, "program": 25}
MODULES = {"program": "program_kills"}


def main(arguments: list[str] | None = None) -> int:
    """Exit code 0 when nothing was lost and every control lost something."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("name", choices=[*DEFAULTS, "all"], nargs="?", default="all")
    parser.add_argument("--count", type=int, default=None, help="number of faults, on each engine")
    parser.add_argument("--json", type=Path, default=None, help="file for the rows")
    options = parser.parse_args(arguments)
    sys.path.insert(0, str(Path(__file__).resolve().parent))
    from common import write_rows

    names = list(DEFAULTS) if options.name == "all" else [options.name]
    rows = []
    for name in names:
        rows += importlib.import_module(MODULES.get(name, name)).rows(options.count or DEFAULTS[name])
    return write_rows(rows, options.json)


if __name__ == "__main__":
    sys.exit(main())
