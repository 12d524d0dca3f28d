"""The disk fills up while answers are saved; after space is freed, the refused answer is saved again.

Root on Linux gets a small file system in memory; everyone else a limit on file size.
"""

import contextlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from common import ENGINES, Row, cheap_passphrases, new_project, reopen, save, work_folder

from roadmapdesk.storage.errors import DiskFull

Free = Callable[[], None]
IS_ROOT = sys.platform == "linux" and os.geteuid() == 0
HOW = "tmpfs of 2 MB" if IS_ROOT else "limit on file size"


def rows(count: int) -> list[Row]:
    """One row for each engine; the control rewrites one JSON file in place on the same full disk."""
    cheap_passphrases()
    with work_folder() as folder:
        control = _control(folder / "control")
        return [_ours(folder, name, passphrase, max(1, count), control) for name, passphrase in ENGINES]


def _ours(folder: Path, name: str, passphrase: str | None, count: int, control: int) -> Row:
    confirmed = lost = 0
    for number in range(count):
        with small_disk(folder / f"{name}{number}") as (place, fill):
            project_folder, interview = new_project(place / "P", passphrase)
            with reopen(project_folder, passphrase) as project:
                free = fill(150_000 + 4_096 * number)
                saved = 0
                refused = False
                try:
                    for saved in range(400):
                        save(project, interview, f"/data/q{saved + 1}", "x" * 2_000, saved + 1)
                except DiskFull:
                    refused = True
                free()
                have = project.drafts.load(interview).answers
                lost += sum(f"/data/q{index + 1}" not in have for index in range(saved))
                save(project, interview, f"/data/q{saved + 1}", "x" * 2_000, saved + 1)
                have = project.drafts.load(interview).answers
                lost += (len(have) != saved + 1) + (not refused) + (not project.check().is_sound)
                confirmed += saved + 1
    return Row(f"disk full, {name}", count, confirmed, lost, control, f"{HOW}; control: JSON rewritten in place")


@contextmanager
def small_disk(place: Path) -> Iterator[tuple[Path, Callable[[int], Free]]]:
    """A folder that can be filled: (folder, fill(bytes left) → free)."""
    place.mkdir(parents=True)
    mount = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(place)]
    if IS_ROOT and subprocess.run(mount, capture_output=True, check=False).returncode == 0:
        try:
            yield place, lambda left: _fill(place, left)
        finally:
            subprocess.run(["umount", "-l", str(place)], check=True)
    else:
        yield place, lambda left: _limit(place, left)


def _fill(place: Path, left: int) -> Free:
    ballast = place / "ballast"
    ballast.write_bytes(b"x" * max(0, shutil.disk_usage(place).free - left))
    return ballast.unlink


def _limit(place: Path, left: int) -> Free:
    import resource

    sizes = [path.stat().st_size for path in place.rglob("*") if path.is_file()]
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (max(sizes, default=0) + left, before[1]))
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, before)


def _control(place: Path) -> int:
    with small_disk(place) as (folder, fill):
        path = folder / "answers.json"
        answers: dict[str, str] = {}
        free = fill(40_000)
        with contextlib.suppress(OSError):
            for number in range(400):
                path.write_text(json.dumps({**answers, str(number): "x" * 2_000}), "utf-8")
                answers[str(number)] = "x" * 2_000
        free()
        try:
            have = json.loads(path.read_text("utf-8"))
        except ValueError:
            have = {}
        return sum(key not in have for key in answers)
