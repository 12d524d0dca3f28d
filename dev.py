#!/usr/bin/env python3
"""The one task runner of RoadmapDesk; needs nothing but Python 3.11 or newer.

Each task prepares what it needs first (virtual environment, pinned dependencies, system libraries where that is
possible, compiled catalogues) and starts at once when nothing has changed.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

try:
    import tomllib
except ModuleNotFoundError:
    sys.exit("RoadmapDesk needs Python 3.11 or newer; this is " + sys.version.split()[0])

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
STAMP = VENV / "roadmapdesk-setup.sha256"
WINDOWS = sys.platform == "win32"
LINUX = sys.platform.startswith("linux")
PYTHON = VENV / ("Scripts/python.exe" if WINDOWS else "bin/python")

# Shared library → Debian package. Qt loads these on Linux; the second group only with a real screen.
QT_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libdbus-1.so.3": "libdbus-1-3",
}
SCREEN_LIBRARIES = {
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
}
# Program → Debian packages. The tests read our PDF and Excel files back with these.
TEST_PROGRAMS = {
    "java": ["default-jre-headless", "libjaxb-java"],
    "soffice": ["libreoffice-calc-nogui"],
    "pdftoppm": ["poppler-utils"],
    "Xvfb": ["xvfb"],
}
JAXB = Path("/usr/share/java/jaxb-runtime.jar")


# These tasks hand the options that they do not know to the program they start; the others take none.
PASSING_ON = frozenset({"run", "test", "bench", "faults", "shots"})


def say(text: str) -> None:
    """Prints one line at once, also when the output is a file."""
    print(text, flush=True)


def call(command: list[str | Path], *, env: dict[str, str] | None = None) -> int:
    """Runs a command in the project folder and returns its exit code."""
    return subprocess.run([str(part) for part in command], cwd=ROOT, env=env, check=False).returncode


def must(command: list[str | Path], *, env: dict[str, str] | None = None) -> None:
    """Runs a command and ends the task with its exit code when it fails."""
    code = call(command, env=env)
    if code:
        raise SystemExit(code)


def requirements() -> list[str]:
    """Run-time and development requirements as `pyproject.toml` lists them."""
    data = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return [*data["project"]["dependencies"], *data["dependency-groups"]["dev"]]


def fingerprint() -> str:
    """Changes whenever the environment has to be built again."""
    digest = hashlib.sha256(f"{sys.version_info[:2]} {ROOT}\n".encode())
    digest.update("\n".join(requirements()).encode())
    digest.update((ROOT / "constraints.txt").read_bytes())
    return digest.hexdigest()


def set_up() -> None:
    """Creates the virtual environment and installs the pinned packages, unless nothing has changed."""
    wanted = fingerprint()
    if not (PYTHON.exists() and STAMP.exists() and STAMP.read_text(encoding="utf-8") == wanted):
        started = time.monotonic()
        say("Setting up .venv with the pinned packages (about a minute the first time) …")
        if not PYTHON.exists():
            try:
                must([sys.executable, "-m", "venv", VENV])
            except SystemExit:
                install_or_name(["python3-venv"], "Python's venv module")
                must([sys.executable, "-m", "venv", "--clear", VENV])
        pip = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-c", "constraints.txt"]
        must([*pip, *requirements()])
        must([*pip, "--no-deps", "--no-build-isolation", "--editable", "."])
        STAMP.write_text(wanted, encoding="utf-8")
        say(f"Set-up finished in {time.monotonic() - started:.0f} s.")
    compile_catalogues()


def compile_catalogues() -> None:
    """Builds the binary German catalogue when a source catalogue is newer."""
    sources = sorted((ROOT / "resources" / "locale").glob("*/*.po"))
    for language in {source.parent for source in sources}:
        target = language / "LC_MESSAGES" / "roadmapdesk.mo"
        newest = max(source.stat().st_mtime for source in language.glob("*.po"))
        if not target.exists() or target.stat().st_mtime < newest:
            must([PYTHON, "devtools/catalogues.py", "compile"])
            return


def missing_libraries(wanted: dict[str, str]) -> list[str]:
    """Debian packages of the shared libraries that the dynamic linker does not know."""
    if not LINUX:
        return []
    loader = shutil.which("ldconfig") or "/sbin/ldconfig"
    if not Path(loader).exists():
        return []
    known = subprocess.run([loader, "-p"], capture_output=True, text=True, check=False).stdout
    return [package for library, package in wanted.items() if library not in known]


def install_or_name(packages: list[str], purpose: str) -> bool:
    """Installs Debian packages when this is root with apt, else names the exact command.

    Returns:
        Whether the packages are installed now.
    """
    if not packages:
        return True
    apt = shutil.which("apt-get")
    command = "apt-get install --yes --no-install-recommends " + " ".join(packages)
    if apt and hasattr(os, "geteuid") and os.geteuid() == 0:
        say(f"Installing {purpose}: {' '.join(packages)} …")
        env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        quiet = ["-o=Dpkg::Use-Pty=0", "-qq"]
        install: list[str | Path] = [apt, *quiet, *command.split()[1:]]
        if call(install, env=env) == 0:
            return True
        call([apt, *quiet, "update"], env=env)
        if call(install, env=env) == 0:
            return True
        say(f"Could not install {purpose}.")
    elif apt:
        say(f"Missing: {purpose}. Install it with:  sudo {command}")
    else:
        say(f"Missing: {purpose} (Debian names: {' '.join(packages)}). Install it with your package manager.")
    return False


def test_programs() -> None:
    """Makes the independent readers available; without them CI fails and a developer's machine skips those tests."""
    wanted = [
        package
        for program, packages in TEST_PROGRAMS.items()
        for package in packages
        if (not JAXB.exists() if package == "libjaxb-java" else shutil.which(program) is None)
    ]
    ready = not LINUX or install_or_name(
        [*wanted, *missing_libraries(QT_LIBRARIES | SCREEN_LIBRARIES)],
        "programs that read our files back in the tests (veraPDF needs Java, LibreOffice, poppler, Xvfb)",
    )
    if not ready:
        if os.environ.get("CI") == "true":
            raise SystemExit("CI needs these programs: a report that nobody else has read is not checked.")
        say("The tests that need them are skipped.")


def has_screen() -> bool:
    """Whether a window could be shown: always on Windows and macOS, on Linux when the display answers."""
    if not LINUX:
        return True
    if os.environ.get("WAYLAND_DISPLAY"):
        return True
    display = os.environ.get("DISPLAY", "")
    if not display.startswith(":"):
        return bool(display)
    number = display[1:].split(".")[0]
    for address in (f"/tmp/.X11-unix/X{number}", f"\0/tmp/.X11-unix/X{number}"):
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
            try:
                connection.connect(address)
            except OSError:
                continue
            return True
    return False


def task_run(options: argparse.Namespace) -> int:
    """Opens the desktop with the sample project, or does the same job without a screen."""
    set_up()
    if has_screen():
        install_or_name(missing_libraries(QT_LIBRARIES | SCREEN_LIBRARIES), "libraries that Qt windows need")
        return call([PYTHON, "-m", "roadmapdesk", "desktop", "--sample", *options.rest])
    say("No screen here: building the sample project, its interviews, scores and reports without a window.")
    return call([PYTHON, "-m", "roadmapdesk", "demo", ROOT / "out" / "demo", *options.rest])


def task_check(_options: argparse.Namespace) -> int:
    """Set-up, ruff, mypy and import contracts."""
    set_up()
    tools = VENV / ("Scripts" if WINDOWS else "bin")
    for name, command in (
        ("ruff check", [PYTHON, "-m", "ruff", "check", "."]),
        ("ruff format", [PYTHON, "-m", "ruff", "format", "--check", "--quiet", "."]),
        ("mypy --strict", [PYTHON, "-m", "mypy"]),
        ("import contracts", [tools / ("lint-imports.exe" if WINDOWS else "lint-imports"), "--no-cache"]),
        ("catalogues", [PYTHON, "devtools/catalogues.py", "check"]),
    ):
        say(f"— {name}")
        must(command)
    return 0


def task_test(options: argparse.Namespace) -> int:
    """All checks and the tests; the long ones with --all."""
    task_check(options)
    test_programs()
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONDONTWRITEBYTECODE": "1"}
    marks = [] if options.all else ["-m", "not slow"]
    workers = [] if options.rest else ["-n", str(min(4, os.cpu_count() or 1)), "--dist", "worksteal"]
    return call([PYTHON, "-m", "pytest", "-q", *workers, *marks, *options.rest], env=env)


def task_bench(options: argparse.Namespace) -> int:
    """Measures against references in the same run; prints a table of ratios."""
    set_up()
    return call([PYTHON, "benchmarks/run.py", *options.rest])


def task_faults(options: argparse.Namespace) -> int:
    """Injects faults (kill9, power, flips, moved, disk, …), each with its control."""
    set_up()
    return call([PYTHON, "tests/faults/run.py", *options.rest])


def task_shots(options: argparse.Namespace) -> int:
    """Writes one PNG per screen of the sample project."""
    set_up()
    env = {**os.environ, "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")}
    return call([PYTHON, "devtools/shots.py", *options.rest], env=env)


def task_format(_options: argparse.Namespace) -> int:
    """Formats all Python files and mends what ruff can mend."""
    set_up()
    call([PYTHON, "-m", "ruff", "check", "--fix", "."])
    return call([PYTHON, "-m", "ruff", "format", "."])


def task_locale(_options: argparse.Namespace) -> int:
    """Extracts all texts, updates the German catalogues, compiles them and lists what lacks a translation."""
    set_up()
    return call([PYTHON, "devtools/catalogues.py", "update"])


def task_build(options: argparse.Namespace) -> int:
    """Builds the wheel; with --check installs it in a clean environment and runs the demo from another folder.

    With --program it builds dist/RoadmapDesk instead, a folder that needs no Python, and --check starts that one.
    """
    set_up()
    if options.program:
        return call([PYTHON, "devtools/build_program.py", *(["--check"] if options.check else [])])
    must([PYTHON, "-m", "build", "--wheel", "--no-isolation", "--outdir", "dist", "."])
    if options.check:
        return call([PYTHON, "devtools/wheel_check.py"])
    return 0


def main(arguments: list[str]) -> int:
    """Runs one task."""
    parser = argparse.ArgumentParser(prog="dev.py", description="Tasks of RoadmapDesk; see CONTRIBUTING.md.")
    tasks = parser.add_subparsers(dest="task", required=True, metavar="TASK")
    for name, function in sorted(globals().items()):
        if name.startswith("task_"):
            summary = (function.__doc__ or "").strip()
            task = tasks.add_parser(name[5:], help=summary, description=summary, add_help=name != "task_bench")
            task.set_defaults(function=function)
            if name == "task_test":
                task.add_argument("--all", action="store_true", help="include the long tests")
            if name == "task_build":
                task.add_argument(
                    "--program", action="store_true", help="a folder that needs no Python, not the wheel"
                )
                task.add_argument("--check", action="store_true", help="try what was built")
    options, rest = parser.parse_known_args(arguments)
    if rest and options.task not in PASSING_ON:
        parser.error(f"{options.task} does not know: {' '.join(rest)}")
    options.rest = rest
    return int(options.function(options))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
