"""The fault runners lose nothing and their controls do; the long counts run with ``dev.py test --all``."""

import importlib
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from roadmapdesk.storage import keys

RUNNER = Path(__file__).parent / "run.py"
QUICK = {"kill9": 4, "power": 80, "flips": 60, "moved": 5, "disk": 1}
LONG = {"kill9": 200, "power": 500, "flips": 200, "moved": 15, "disk": 6}


VALUE = re.compile(r"x?'(?:[^']|'')*'|\b\d+\b")
CIPHER_ONLY = re.compile(r"PRAGMA (key|cipher_log_level)\b")


def run(name: str, count: int, target: Path) -> list[dict[str, object]]:
    command = [sys.executable, RUNNER, name, "--count", str(count), "--json", target]
    shown = subprocess.run(command, capture_output=True, text=True, check=False)
    assert target.exists(), shown.stderr
    return json.loads(target.read_text("utf-8"))


def assert_nothing_lost(rows: list[dict[str, object]], count: int) -> None:
    assert len(rows) == 2
    for row in rows:
        assert row["lost"] == 0, row
        assert row["control_lost"], row
        assert row["confirmed"], row
        assert row["ok"] is True
    assert min(row["tried"] for row in rows) >= count


@pytest.mark.parametrize("name", QUICK)
def test_nothing_confirmed_is_lost(name, tmp_path):
    assert_nothing_lost(run(name, QUICK[name], tmp_path / "rows.json"), QUICK[name])


@pytest.mark.slow
@pytest.mark.parametrize("name", LONG)
def test_nothing_confirmed_is_lost_in_long_runs(name, tmp_path):
    assert_nothing_lost(run(name, LONG[name], tmp_path / "rows.json"), LONG[name])


def test_both_engines_are_sent_the_same_statements(tmp_path, monkeypatch):
    """The simulated disk has no SQLCipher: what it replays for the plain engine is what the encrypted one gets."""
    monkeypatch.syspath_prepend(str(RUNNER.parent))
    common, power = importlib.import_module("common"), importlib.import_module("power")
    monkeypatch.setattr(keys, "COST", keys.Cost(passes=1, memory_kib=64, lanes=1))

    def sent(name: str, passphrase: str | None) -> list[str]:
        steps = power.record(tmp_path / name, passphrase)
        texts = [step[1] for step in steps if step[0] == "sql" and not CIPHER_ONLY.match(step[1])]
        return [VALUE.sub("?", text) for text in texts]

    (_, plain), (_, cipher) = common.ENGINES
    ours = sent("plain", plain)
    assert len([text for text in ours if text == "COMMIT"]) > 24
    assert sent("cipher", cipher) == ours
