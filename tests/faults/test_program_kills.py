"""The program is killed while somebody types: nothing shown as saved is lost, and it goes on at that place."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

RUNNER = Path(__file__).parent / "run.py"


def kill(count: int, target: Path) -> dict[str, object]:
    command = [sys.executable, RUNNER, "program", "--count", str(count), "--json", target]
    shown = subprocess.run(command, capture_output=True, text=True, check=False)
    assert target.exists(), shown.stderr
    (row,) = json.loads(target.read_text("utf-8"))
    assert row["tried"] == count
    assert row["confirmed"], row
    return row


def test_a_killed_program_has_kept_what_it_showed_as_saved(tmp_path):
    assert kill(3, tmp_path / "rows.json")["lost"] == 0


@pytest.mark.slow
def test_25_kills_lose_nothing_and_answers_counted_before_their_commit_are_lost(tmp_path):
    row = kill(25, tmp_path / "rows.json")
    assert row["lost"] == 0, row
    assert row["control_lost"], row
    assert row["ok"] is True
