"""Installs the newest wheel in a clean environment and runs the demo from another folder."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    """Returns the exit code of the installed program's demo."""
    wheels = sorted((ROOT / "dist").glob("roadmapdesk-*.whl"), key=lambda path: path.stat().st_mtime)
    if not wheels:
        print("No wheel in dist/: run  python3 dev.py build  first.")
        return 1
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        environment = folder / "environment"
        subprocess.run([sys.executable, "-m", "venv", environment], check=True)
        scripts = environment / ("Scripts" if sys.platform == "win32" else "bin")
        pip = [scripts / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, "-c", ROOT / "constraints.txt", wheels[-1]], check=True)
        clean = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
        clean |= {"XDG_CACHE_HOME": str(folder / "cache"), "XDG_DATA_HOME": str(folder / "data")}
        result = subprocess.run(
            [scripts / "roadmapdesk", "demo", folder / "demo"], cwd=folder, env=clean, check=False, text=True
        )
        print("Installed wheel: demo", "passed" if result.returncode == 0 else "FAILED")
        return result.returncode


if __name__ == "__main__":
    sys.exit(main())
