"""The task runner and the tools for pictures refuse wrong calls before they do anything."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def refused(*arguments: str) -> str:
    """The last line that a wrong call says."""
    done = subprocess.run([sys.executable, *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, ""), done.stderr
    return done.stderr.splitlines()[-1]


@pytest.mark.parametrize("task", ["check", "format", "locale", "build"])
def test_a_task_that_takes_no_such_option_refuses_it(task: str) -> None:
    assert "--nonsense" in refused("dev.py", task, "--nonsense")


def test_pictures_need_a_folder_and_a_real_size(tmp_path: Path) -> None:
    assert "OUT_DIR" in refused("devtools/shots.py")
    assert "'1366x' is no size" in refused("devtools/shots.py", str(tmp_path / "out"), "--size", "1366x")
    assert not (tmp_path / "out").exists()
