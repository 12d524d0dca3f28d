"""What is known of a project folder before it is opened."""

import subprocess
import sys
from pathlib import Path

from roadmapdesk.storage import project
from roadmapdesk.workspace import recent


def test_the_name_of_the_project_file_is_the_one_of_the_store():
    assert recent.PROJECT_FILE == project.PROJECT_FILE


def test_a_folder_is_looked_at_without_loading_the_store(tmp_path: Path):
    (tmp_path / recent.PROJECT_FILE).touch()
    code = (
        "import sys; from pathlib import Path; from roadmapdesk.workspace.recent import exists;"
        f"assert exists(Path({str(tmp_path)!r})); sys.exit('roadmapdesk.storage' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_missing_folder_is_no_project(tmp_path: Path):
    assert not recent.exists(tmp_path / "gone")
