"""What one answer costs the disk: one transaction, five syncs; counted, not timed."""

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from roadmapdesk.storage import Project, create_project, engine

from .conftest import FORM, answer

REF = "/data/group/question"
SYNCS_OF_ONE_ANSWER = 5
"""Of the SQLite manual on `synchronous=EXTRA` with a truncated journal: twice the journal, the file, the journal
after it was cut, and the folder."""

PROGRAM = """
import sys
from pathlib import Path
from roadmapdesk.storage import open_project

with open_project(Path(sys.argv[1]), device="laptop-a") as project:
    for number in range(int(sys.argv[3])):
        project.drafts.save_answer(sys.argv[2], "/data/q", "q", None, str(number), position="/data/q")
"""


@pytest.fixture
def commits(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The transactions that all connections ended since."""
    seen: list[str] = []
    real = engine.connect

    def noted(*arguments: Any, **options: Any) -> Any:
        connection = real(*arguments, **options)
        connection.set_trace_callback(lambda statement: seen.append(statement) if statement == "COMMIT" else None)
        return connection

    monkeypatch.setattr(engine, "connect", noted)
    return seen


def test_one_answer_is_one_transaction(project: Project, interview: str, commits: list[str]) -> None:
    project.context.store.close()  # whatever is sent from here on goes through a connection that is listened to
    answer(project, interview, REF, "first")
    project.drafts.load(interview)
    del commits[:]
    project.drafts.save_answer(interview, REF, "question", "first", "second", position=REF)

    assert len(commits) == 1


def _syncs(folder: Path, interview: str, answers: int) -> int:
    """How often a program that saves this many answers has the disk write through."""
    command = ["strace", "-f", "-e", "trace=fsync,fdatasync", sys.executable, "-c", PROGRAM]
    done = subprocess.run(
        [*command, str(folder), interview, str(answers)], capture_output=True, text=True, check=False, timeout=60
    )
    if done.returncode and "PTRACE" in done.stderr:
        pytest.skip("processes may not be watched here")
    assert done.returncode == 0, done.stderr[-2000:]
    return len(re.findall(r"\bf(?:data)?sync\(", done.stderr))


@pytest.mark.skipif(shutil.which("strace") is None, reason="strace counts the syncs, and it is not installed")
def test_one_answer_syncs_five_times(tmp_path: Path) -> None:
    with create_project(tmp_path / "Standort", title="Standort", language="de", device="laptop-a") as project:
        interview = project.interviews.create(project.forms.add(FORM, form_id="f", version="1", title="F"))
        answer(project, interview, "/data/q", "known to the index")
        folder = project.folder

    assert _syncs(folder, interview, 3) - _syncs(folder, interview, 1) == 2 * SYNCS_OF_ONE_ANSWER


@pytest.mark.skipif(shutil.which("strace") is None, reason="strace counts the syncs, and it is not installed")
def test_opening_and_closing_are_one_durable_row_and_its_end(tmp_path: Path) -> None:
    with create_project(tmp_path / "Standort", title="Standort", language="de", device="laptop-a") as project:
        folder = project.folder

    assert _syncs(folder, "", 0) == 2 * SYNCS_OF_ONE_ANSWER
