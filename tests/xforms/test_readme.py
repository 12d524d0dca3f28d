"""The examples in the engine's README run as they stand."""

import re
import subprocess
import sys
from pathlib import Path

import roadmapdesk.xforms

README = Path(roadmapdesk.xforms.__file__).with_name("README.md")


def test_examples_fill_forms(tmp_path: Path) -> None:
    examples = re.findall(r"```python\n(.*?)```", README.read_text("utf-8"), re.DOTALL)
    assert len(examples) == 3

    done = subprocess.run(
        [sys.executable, "-c", "\n".join(examples)],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    refused, label, record, entities, log = done.stdout.splitlines()
    assert refused.startswith("/data/room[k1]/area ")
    assert label == "155 m² in all ()"
    assert record.startswith("uuid:")
    assert entities == "1 0 North"
    assert log == "('audit.csv',) event,node,start,end,old-value,new-value,user"
