"""The fault runners lose nothing and their controls do; the long counts run with ``dev.py test --all``."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

RUNNER = Path(__file__).parent / "run.py"
QUICK = {"kill9": 8, "power": 80, "flips": 60, "moved": 10, "disk": 2}
LONG = {"kill9": 200, "power": 500, "flips": 200, "moved": 30, "disk": 12}


def run(name: str, count: int, target: Path) -> list[dict[str, object]]:
    command = [sys.executable, RUNNER, name, "--count", str(count), "--json", target]
    shown = subprocess.run(command, capture_output=True, text=True, check=False)
    assert target.exists(), shown.stderr
    return json.loads(target.read_text("utf-8"))


def check(rows: list[dict[str, object]], count: int) -> None:
    assert len(rows) == 2
    for row in rows:
        assert row["lost"] == 0, row
        assert row["control_lost"], row
        assert row["confirmed"], row
        assert row["ok"] is True
    assert max(row["tried"] for row in rows) >= count // 2


@pytest.mark.parametrize("name", QUICK)
def test_nothing_confirmed_is_lost(name, tmp_path):
    check(run(name, QUICK[name], tmp_path / "rows.json"), QUICK[name])


@pytest.mark.slow
@pytest.mark.parametrize("name", LONG)
def test_nothing_confirmed_is_lost_in_long_runs(name, tmp_path):
    check(run(name, LONG[name], tmp_path / "rows.json"), LONG[name])
