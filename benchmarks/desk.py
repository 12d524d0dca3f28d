"""Speed of the desktop beside bare PySide6 windows, each measured in a process of its own."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent
sys.path[:0] = [str(FOLDER), str(FOLDER / "programs")]

from desk_child import long_form  # noqa: E402 — the folder is no package
from measure import Row, compared, row  # noqa: E402 — the folder is no package

from roadmapdesk.domain.interviews import InterviewState  # noqa: E402 — the folder is no package
from roadmapdesk.storage.values import Summary  # noqa: E402 — the folder is no package
from roadmapdesk.workspace.interviewing import start_interview  # noqa: E402 — the folder is no package
from roadmapdesk.workspace.projects import new_project  # noqa: E402 — the folder is no package

INTERVIEWS = 200
ROUNDS = 5
WHO = FOLDER.parents[1] / "shared" / "forms" / "getodk-whova_form.xlsx"
LONGEST_MS = 50


def rows(interviews: int = INTERVIEWS) -> list[Row]:
    """All rows of this benchmark."""
    with tempfile.TemporaryDirectory(prefix="bench-desk-") as name:
        home = Path(name)
        full = _full_project(home, interviews)
        return [*_starts(home, full, interviews), *_long_page(home), *_interviews(home)]


def _full_project(home: Path, count: int) -> Path:
    """A project whose list is full: interviews of the shipped form, each with a few answers."""
    folder = home / "Voll.roadmapdesk"
    project = new_project(folder, title="Voll", language="de", author="I01")
    first = start_interview(project)
    answers = project.drafts.load(first).answers
    form = project.interviews.get(first).form_sha
    for number in range(count - 1):
        project.interviews.create(
            form, answers=answers, summary=Summary(code=f"RP-{number:04d}", wave="w1"), state=InterviewState.DRAFT
        )
    project.close()
    return folder


def _run(home: Path, *arguments: str) -> dict[str, Any]:
    """What the child process measured."""
    child = FOLDER / "programs" / "desk_child.py"
    environment = os.environ | {
        "DESK_HOME": str(home),
        "XDG_DATA_HOME": str(home / "data"),
        "PYTHONPYCACHEPREFIX": str(home / "bytecode"),  # as in an installed program, where bytecode lies ready
    }
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    began = str(time.monotonic())
    outcome = subprocess.run(
        [sys.executable, str(child), began, *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    line = next((text for text in outcome.stdout.splitlines() if text.startswith("RESULT")), None)
    if line is None:
        raise RuntimeError(outcome.stderr[-2000:])
    found: dict[str, Any] = json.loads(line.removeprefix("RESULT"))
    return found


def _starts(home: Path, full: Path, count: int) -> list[Row]:
    kinds: dict[str, tuple[str, ...]] = {"bare": ("bare",), "start": ("start",), "overview": ("overview", str(full))}
    found: dict[str, list[dict[str, Any]]] = {kind: [] for kind in kinds}
    for number in range(ROUNDS + 1):
        for kind, arguments in kinds.items():
            taken = _run(home, *arguments)
            if number:  # the first round writes the bytecode
                found[kind].append(taken)

    def median(kind: str, key: str) -> float:
        return statistics.median(entry[key] for entry in found[kind])

    bare, overview = median("bare", "ms"), median("overview", "ms")
    more = median("overview", "mb") - median("bare", "mb")
    name = "a bare PySide6 window"
    started = "process start to first painted window"
    opened = f"process start to painted overview of {count} interviews"
    return [
        compared(started, median("start", "ms"), bare, reference_name=name, at_most=2),
        compared(
            f"{started}, processor time", median("start", "cpu_ms"), median("bare", "cpu_ms"),
            reference_name=name, at_most=2,
        ),
        row(
            opened, "ms", overview, reference=bare, reference_name=name,
            aim="ratio <= 5.5 and <= 500 ms", ok=overview <= 5.5 * bare and overview <= 500,
        ),
        compared(
            f"{opened}, processor time", median("overview", "cpu_ms"), median("bare", "cpu_ms"),
            reference_name=name, at_most=5.5,
        ),
        row(
            f"memory with {count} interviews open and all pages loaded", "MB", median("overview", "mb"),
            reference=median("bare", "mb"), reference_name=name, aim="<= 120 MB more", ok=more <= 120,
        ),
        row("modules loaded with the first window", "count", median("start", "modules"), aim="none", ok=True),
        row("modules loaded with the overview", "count", median("overview", "modules"), aim="none", ok=True),
    ]  # fmt: skip


def _long_page(home: Path) -> list[Row]:
    found = _run(home, "page")
    return [
        compared(f"section page of 150 questions: {what}", *found[key], reference_name="plain widgets", at_most=1.5)
        for key, what in (
            ("first", "show, until it is painted"),
            ("show", "show, until the last row is made"),
            ("toggle", "answer one that shows or hides another"),
        )
    ]


def _interviews(home: Path) -> list[Row]:
    thousand = home / "thousand.md"
    thousand.write_text(long_form(1_000, groups=20), encoding="utf-8")
    forms = {"shipped form": (), "1,000 questions": (str(thousand),)}
    if WHO.is_file():
        forms["WHO form"] = (str(WHO),)
    found: list[Row] = []
    for number, (name, arguments) in enumerate(forms.items()):
        project = home / f"Studie {number}.roadmapdesk"
        new_project(project, title="Studie", language="de", author="I01").close()
        taken = _run(home, "interview", str(project), *arguments)
        found += _typed(name, taken)
    return found


def _typed(name: str, taken: dict[str, Any]) -> list[Row]:
    aim = f"<= {LONGEST_MS} ms"
    what = f"{name}, {taken['keys']} keys typed"
    return [
        row(f"{name}: open (definition, session, pages)", "ms", taken["load_ms"], aim=aim, ok=taken["load_ms"] <= 50),
        row(f"{name}: open to the painted page", "ms", taken["open_ms"], aim="none", ok=True),
        row(f"{what}: key to painted, median", "ms", taken["key_ms"], aim="<= 16 ms", ok=taken["key_ms"] <= 16),
        row(f"{what}: key to painted, p99", "ms", taken["key_p99_ms"], aim=aim, ok=taken["key_p99_ms"] <= LONGEST_MS),
        row(f"{what}: longest event-loop block", "ms", taken["longest_ms"], aim=aim, ok=taken["longest_ms"] <= 50),
        row(
            f"{what}: longest block, processor time of the main thread", "ms", taken["longest_busy_ms"], aim=aim,
            ok=taken["longest_busy_ms"] <= LONGEST_MS,
        ),
        row(f"{what}: blocks above 16 ms", "count", taken["over_16"], aim="none", ok=True),
        row(
            f"{what}: blocks above 16 ms, processor time of the main thread", "count", taken["busy_over_16"],
            aim="none", ok=True,
        ),
        row(f"{name}: questions answered of those asked", "count", taken["answered"], reference=taken["asked"],
            reference_name="asked at the end", aim="> half", ok=taken["answered"] * 2 > taken["asked"]),
    ]  # fmt: skip
