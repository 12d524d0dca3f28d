"""Opens and fills every form of a folder, each in a limited child process.

    python tests/conformance/forms.py DIR [--json OUT]

Prints one line per form that failed or was refused, then ``N opened, M refused with a problem, K failed``; exits
with 1 where one failed.
"""

import argparse
import json
import os
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

EXTENSIONS = frozenset({".xlsx", ".xls", ".xml"})
_TIMEOUT_S = 180


def main(arguments: list[str] | None = None) -> int:
    """Walks the folder named on the command line and returns the exit code."""
    parser = argparse.ArgumentParser(description="Open and fill every form of a folder.")
    parser.add_argument("folder", type=Path, metavar="DIR")
    parser.add_argument("--json", type=Path, metavar="OUT")
    parser.add_argument("--jobs", type=int, default=min(2, os.cpu_count() or 1), metavar="N")
    options = parser.parse_args(arguments)
    if not options.folder.is_dir():
        print(f"no such folder: {options.folder}", file=sys.stderr)
        return 2
    files = form_files(options.folder)
    with ThreadPoolExecutor(options.jobs) as pool:
        found = list(pool.map(lambda path: open_form(path, options.folder), files))
    for each in found:
        if each["status"] != "opened":
            print(f"{each['status'].upper()} {each['file']}: {each['reason']}")
    totals = Counter(each["status"] for each in found)
    print(f"{totals['opened']} opened, {totals['refused']} refused with a problem, {totals['failed']} failed")
    if options.json:
        result = {
            "opened": totals["opened"],
            "refused": totals["refused"],
            "failed": totals["failed"],
            "forms": found,
        }
        options.json.write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return 1 if totals["failed"] else 0


def form_files(folder: Path) -> list[Path]:
    """All forms of a folder and its subfolders, without the files that belong to a form."""
    found = (path for path in folder.rglob("*") if path.suffix.lower() in EXTENSIONS and path.is_file())
    return sorted(path for path in found if not any(part.endswith("-media") for part in path.parts))


def open_form(path: Path, folder: Path) -> dict[str, object]:
    """The entry of one form: file, status, reason, nodes, ms."""
    entry: dict[str, object] = {"file": str(path.relative_to(folder)), "status": "failed", "nodes": 0, "ms": 0}
    command = [sys.executable, str(Path(__file__).with_name("walk.py")), str(path)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=_TIMEOUT_S, check=False)
    except subprocess.TimeoutExpired:
        return {**entry, "reason": f"took longer than {_TIMEOUT_S} s", "ms": _TIMEOUT_S * 1000}
    if done.returncode != 0:
        return {**entry, "reason": f"the process ended with {done.returncode}: {done.stderr.strip()[-300:]}"}
    return {**entry, **json.loads(done.stdout.splitlines()[-1])}


if __name__ == "__main__":
    sys.exit(main())
