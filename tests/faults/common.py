"""What all fault runners share: the row they give back, projects to work on, and answers to save."""

import json
import random
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from roadmapdesk.storage import Project, create_project, keys, open_project

FORM = b"<h:html xmlns:h='http://www.w3.org/1999/xhtml'/>"
ENGINES: tuple[tuple[str, str | None], ...] = (("SQLite", None), ("SQLCipher", "Kranich"))


@dataclass(frozen=True)
class Row:
    """One line of the result.

    Attributes:
        tried: number of faults.
        confirmed: answers that were confirmed, or changes that were noticed.
        lost: confirmed answers that are missing, or changes that went unnoticed.
        control_lost: the same for the control that the note names; None without one.
    """

    name: str
    tried: int
    confirmed: int
    lost: int
    control_lost: int | None
    note: str

    @property
    def ok(self) -> bool:
        return self.lost == 0 and self.control_lost != 0 and self.tried > 0

    def record(self) -> dict[str, object]:
        return {**asdict(self), "ok": self.ok}


def write_rows(rows: list[Row], target: Path | None) -> int:
    """Prints the rows, writes them as JSON, and returns the exit code."""
    for row in rows:
        mark = "ok  " if row.ok else "FAIL"
        print(
            f"{mark} {row.name}: {row.tried} tried, {row.confirmed} confirmed, {row.lost} lost,"
            f" control lost {row.control_lost} ({row.note})",
            file=sys.stderr,
        )
    if target is not None:
        target.write_text(json.dumps([row.record() for row in rows], indent=2, ensure_ascii=False) + "\n", "utf-8")
    return 0 if rows and all(row.ok for row in rows) else 1


def cheap_passphrases() -> None:
    """Faults are about files, not about the cost of guessing a passphrase."""
    keys.COST = keys.Cost(passes=1, memory_kib=64, lanes=1)


@contextmanager
def work_folder(*, fast: bool = False) -> Iterator[Path]:
    """A folder that is gone afterwards; `fast` prefers memory, for simulated disks."""
    memory = Path("/dev/shm")
    base = memory if fast and memory.is_dir() else None
    with tempfile.TemporaryDirectory(dir=base, prefix="faults-") as name:
        yield Path(name)


def new_project(folder: Path, passphrase: str | None) -> tuple[Path, str]:
    """A closed project with one empty interview: its folder and the interview's id."""
    with create_project(folder, title="Faults", language="en", passphrase=passphrase, device="faults") as project:
        form = project.forms.add(FORM, form_id="f", version="1", title="F")
        return project.folder, project.interviews.create(form)


def reopen(folder: Path, passphrase: str | None) -> Project:
    return open_project(folder, passphrase=passphrase, device="faults")


def next_answer(number: int, chance: random.Random) -> tuple[str, str]:
    """Ref and text of one answer; long and short ones, some refs again and again."""
    ref = f"/data/r[k{number % 7}]/q{chance.randrange(40)}" if number % 3 else f"/data/q{number}"
    return ref, f"{number} " + "x" * (number * 97 % 700)


def save(project: Project, interview: str, ref: str, text: str, sequence: int) -> None:
    question = ref.rpartition("/")[2]
    project.drafts.save_answer(interview, ref, question, None, text, position=ref, sequence=sequence)
