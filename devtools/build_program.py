"""Builds the program as one folder that needs no Python: ``dist/RoadmapDesk`` with icon and menu entry.

Run through ``dev.py build --program``; ``--check`` starts what was built without a screen and lets it do the whole
job once: its version, the demo with PDF and Excel, and the compiling of a form, which a built program does in a
second process of itself.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

ROOT = Path(__file__).resolve().parent.parent
BUILT = ROOT / "build" / "program"
FOLDER = ROOT / "dist" / "RoadmapDesk"
PROGRAM = FOLDER / ("RoadmapDesk.exe" if sys.platform == "win32" else "RoadmapDesk")
CONSOLE = FOLDER / "roadmapdesk-cli.exe" if sys.platform == "win32" else PROGRAM
SIZES = (16, 24, 32, 48, 64, 128, 256)
SECONDS = 300


def draw_icons() -> None:
    """Draws the program's icon in every size, and packs it as each system wants it."""
    from PIL import Image  # noqa: PLC0415 — checking alone needs none of it
    from PySide6.QtCore import QRectF, Qt  # noqa: PLC0415 — checking alone needs none of it
    from PySide6.QtGui import QGuiApplication, QImage, QPainter  # noqa: PLC0415 — checking alone needs none of it
    from PySide6.QtSvg import QSvgRenderer  # noqa: PLC0415 — checking alone needs none of it

    application = QGuiApplication.instance() or QGuiApplication([])
    BUILT.mkdir(parents=True, exist_ok=True)
    drawing = QSvgRenderer(str(ROOT / "resources" / "program.svg"))
    images = []
    for side in SIZES:
        image = QImage(side, side, QImage.Format.Format_ARGB32)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        drawing.render(painter, QRectF(0, 0, side, side))
        painter.end()
        target = BUILT / f"roadmapdesk-{side}.png"
        image.save(str(target))
        images.append(Image.open(target))
    shutil.copy(BUILT / f"roadmapdesk-{SIZES[-1]}.png", BUILT / "roadmapdesk.png")
    images[-1].save(BUILT / "roadmapdesk.ico", sizes=[(side, side) for side in SIZES])
    images[-1].save(BUILT / "roadmapdesk.icns")
    del application


def build() -> None:
    """Runs PyInstaller and lays icon and menu entry beside the program."""
    draw_icons()
    options = ["--noconfirm", "--log-level", "WARN", "--distpath", ROOT / "dist", "--workpath", BUILT / "work"]
    command = [sys.executable, "-m", "PyInstaller", *options, ROOT / "packaging" / "roadmapdesk.spec"]
    subprocess.run([str(part) for part in command], cwd=ROOT, check=True)
    shutil.copy(BUILT / "roadmapdesk.png", FOLDER / "roadmapdesk.png")
    shutil.copy(ROOT / "LICENSE", FOLDER / "LICENSE")
    if sys.platform.startswith("linux"):
        entry = (ROOT / "packaging" / "roadmapdesk.desktop").read_text(encoding="utf-8")
        (FOLDER / "roadmapdesk.desktop").write_text(entry, encoding="utf-8")
        installer = FOLDER / "install-menu-entry.sh"
        shutil.copy(ROOT / "packaging" / "install-menu-entry.sh", installer)
        installer.chmod(0o755)
    size = sum(path.stat().st_size for path in FOLDER.rglob("*") if path.is_file() and not path.is_symlink())
    print(f"Built {FOLDER.relative_to(ROOT)}: {size / 1e6:.0f} MB")


def check() -> int:
    """Starts the built program in a foreign folder with an empty home; returns 0 where everything worked."""
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        clean = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "VIRTUAL_ENV"))}
        clean |= {variable: str(home / "home") for variable in ("HOME", "USERPROFILE")}
        clean |= {f"XDG_{kind}_HOME": str(home / kind.lower()) for kind in ("CACHE", "CONFIG", "DATA", "STATE")}
        clean["QT_QPA_PLATFORM"] = "offscreen"
        form = home / "form.xlsx"
        steps = (
            ("version", ["--version"]),
            ("form as workbook", ["form", "to-excel", _shipped_form(), form]),
            ("form compiled by its second process", ["form", "check", form]),
            ("demo with PDF and Excel", ["demo", home / "demo"]),
        )
        for words, arguments in steps:
            started = time.monotonic()
            command = [str(part) for part in (CONSOLE, *arguments)]
            result = subprocess.run(
                command, cwd=home, env=clean, timeout=SECONDS, capture_output=True, text=True, check=False
            )
            state = "passed" if result.returncode == 0 else "FAILED"
            print(f"Built program: {words} {state} in {time.monotonic() - started:.1f} s", flush=True)
            if result.returncode:
                print(result.stdout[-2000:], result.stderr[-4000:], sep="\n")
                return 1
        return _check_window(home, clean)


def _check_window(home: Path, clean: dict[str, str]) -> int:
    """Opens the window of the built program on the demo's project and lets it run for a moment."""
    project = next((home / "demo").glob("*.roadmapdesk"))
    with subprocess.Popen([str(PROGRAM), "desktop", str(project)], cwd=home, env=clean, stderr=subprocess.PIPE) as it:
        try:
            _out, said = it.communicate(timeout=12)
        except subprocess.TimeoutExpired:
            it.terminate()
            _out, said = it.communicate(timeout=30)
            print("Built program: window passed")
            return 0
    print(f"Built program: window FAILED with {it.returncode}", said.decode("utf-8", "replace")[-4000:], sep="\n")
    return 1


def _shipped_form() -> Path:
    return next(FOLDER.rglob("_shipped/forms/site_assessment.md"))


def main() -> int:
    """Builds, checks, or both."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="start what was built and let it do the whole job")
    parser.add_argument("--no-build", action="store_true", help="only check what is there")
    options = parser.parse_args()
    if not options.no_build:
        build()
    return check() if options.check else 0


if __name__ == "__main__":
    sys.exit(main())
