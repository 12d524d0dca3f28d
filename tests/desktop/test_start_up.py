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
