"""Lower layers work without Qt, and the layers stand as the architecture says."""

import subprocess
import sys
from pathlib import Path

import pytest

LOWER = ("xforms", "domain", "scoring", "figures", "storage", "reports", "exchange", "workspace", "cli")
SOURCES = Path(__file__).resolve().parent.parent / "src" / "roadmapdesk"


def modules_of(package: str) -> list[str]:
    names = []
    for path in sorted((SOURCES / package).rglob("*.py")):
        parts = path.relative_to(SOURCES.parent).with_suffix("").parts
        if "versions" in parts or parts[-1] == "env":
            continue  # alembic runs these itself
        names.append(".".join(parts[:-1] if parts[-1] == "__init__" else parts))
    return names


@pytest.mark.parametrize("package", LOWER)
def test_a_lower_layer_imports_with_qt_blocked(package: str) -> None:
    program = (
        "import sys, importlib\n"
        "sys.modules['PySide6'] = None\n"
        "sys.modules['shiboken6'] = None\n"
        f"for name in {modules_of(package)!r}:\n"
        "    importlib.import_module(name)\n"
    )

    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)

    assert result.returncode == 0, result.stderr
