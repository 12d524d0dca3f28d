"""What the start of the window loads: a window appears before the heavy libraries do."""

import os
import subprocess
import sys

HEAVY = (
    "openpyxl",
    "reportlab",
    "pyxform",
    "alembic",
    "numpy",
    "pyphen",
    "PIL",
    "cryptography",
    "lxml",
    "sqlalchemy",
)
SCRIPT = """
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from roadmapdesk.desktop import app
application = QApplication([])
program = app.build(application, settings_file=Path(sys.argv[1]) / "settings.ini")
program.window.show()
application.processEvents()
print(" ".join(sorted(sys.modules)))
program.window.close()
program.close()
"""


def test_the_start_page_loads_no_heavy_library(tmp_path) -> None:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}

    result = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(tmp_path)], capture_output=True, text=True, env=environment, check=True
    )

    loaded = set(result.stdout.split())
    assert "roadmapdesk.desktop.main_window" in loaded
    assert [name for name in HEAVY if name in loaded] == []


AFTER_A_CRASH = """
import sys
from pathlib import Path
from roadmapdesk.workspace.projects import new_project
from roadmapdesk.desktop.media.found import cut_off_files
project = new_project(Path(sys.argv[1]) / "Study.roadmapdesk", title="Study", language="de", author="I01")
assert cut_off_files(project) == ()
print(" ".join(sorted(sys.modules)))
project.close()
"""


def test_telling_an_interruption_when_a_project_opens_loads_no_interview(tmp_path) -> None:
    result = subprocess.run(
        [sys.executable, "-c", AFTER_A_CRASH, str(tmp_path)], capture_output=True, text=True, check=True
    )

    loaded = set(result.stdout.split())
    assert "roadmapdesk.desktop.media.found" in loaded
    assert "roadmapdesk.workspace.interviewing" not in loaded


OVERVIEW = """
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from roadmapdesk.desktop import app
from roadmapdesk.workspace.projects import new_project
folder = Path(sys.argv[1]) / "Study.roadmapdesk"
new_project(folder, title="Study", language="de", author="I01").close()
for name in [name for name in sys.modules if name.split(".")[0] in sys.argv[2:]]:
    del sys.modules[name]  # making the project needed them
application = QApplication([])
program = app.build(application, settings_file=Path(sys.argv[1]) / "settings.ini")
program.window.resize(1366, 768)
program.window.show()
program.door.open(folder, window=program.window)
program.desk.jobs.finish()
application.processEvents()
program.window.grab()
print(program.window.workbench.page.key, " ".join(sorted(sys.modules)))
program.window.close()
program.close()
"""


def test_the_overview_is_painted_without_the_libraries_of_reports_and_forms(tmp_path) -> None:
    heavy = ("openpyxl", "reportlab", "pyxform", "numpy", "pyphen", "fontTools", "PIL", "lxml", "sqlalchemy")
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}

    result = subprocess.run(
        [sys.executable, "-c", OVERVIEW, str(tmp_path), *heavy],
        capture_output=True, text=True, env=environment, check=True,
    )  # fmt: skip

    page, *loaded = result.stdout.split()
    assert page == "overview"
    assert [name for name in heavy if name in loaded] == []
