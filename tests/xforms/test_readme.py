"""The example in the engine's README runs as it stands."""

import re
import subprocess
import sys
from pathlib import Path

import roadmapdesk.xforms

README = Path(roadmapdesk.xforms.__file__).with_name("README.md")


def test_example_fills_a_form(tmp_path: Path) -> None:
    example = re.search(r"```python\n(.*?)```", README.read_text("utf-8"), re.DOTALL)
    assert example is not None

    done = subprocess.run(
        [sys.executable, "-c", example[1]], cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False
    )

    assert done.returncode == 0, done.stderr
    refused, label, record = done.stdout.splitlines()
    assert refused.startswith("/data/room[k1]/area ")
    assert label == "155 m² in all ()"
    assert record.startswith("uuid:")
