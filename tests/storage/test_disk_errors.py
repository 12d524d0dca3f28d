"""Errors of the disk, injected into the system calls of a real process: told, retried, nothing confirmed lost."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from .conftest import FORM

STRACE = shutil.which("strace")

SAVING = """
import sys
from pathlib import Path
import argon2.low_level, sqlcipher3.dbapi2, sqlite3
from roadmapdesk.errors import RoadmapDeskError
from roadmapdesk.storage import keys, open_project
keys.COST = keys.Cost(1, 64, 1)
folder, passphrase, interview = sys.argv[1:4]
with open_project(Path(folder), passphrase=passphrase or None, device="d") as project:
    confirmed = {}
    for number in range(1, 21):
        ref = f"/data/q{number}"
        while ref not in confirmed:
            try:
                project.drafts.save_answer(interview, ref, ref[6:], None, "x" * 900, position="", sequence=number)
                confirmed[ref] = "x" * 900
                project.context.store.close()
                assert project.drafts.load(interview).answers.items() >= confirmed.items()
            except RoadmapDeskError as error:
                print(error.code, flush=True)
    print(len(project.audit.list(interview, ref="/data/q12")), project.check().is_sound)
"""


def injected(folder: Path, passphrase: str | None, interview: str, fault: str) -> list[str]:
    """Saves answers in a process whose system call fails once; the codes it was told, and how it ended."""
    program = [sys.executable, "-c", SAVING, str(folder), passphrase or "", interview]
    calls = fault.partition(":")[0]
    tracer = [str(STRACE), "-f", "-qq", "-o", "/dev/null", "-e", f"trace={calls}", "-e", f"inject={fault}"]
    shown = subprocess.run([*tracer, *program], capture_output=True, text=True, check=False)
    if shown.returncode and "ptrace" in shown.stderr.lower():
        pytest.skip("this machine lets nobody trace a process")
    assert shown.returncode == 0, shown.stderr
    return shown.stdout.splitlines()


@pytest.mark.skipif(STRACE is None, reason="strace injects the errors")
@pytest.mark.parametrize(
    ("fault", "code"),
    [
        ("pwrite64:error=EIO:when=100", "storage.write_failed"),
        ("fdatasync,fsync:error=EIO:when=40", "storage.write_failed"),
        ("pread64:error=EIO:when=200", "storage.read_failed"),
    ],
)
def test_an_error_of_the_disk_is_told_and_saving_again_is_harmless(engine, tmp_path, fault, code):
    with engine.create(tmp_path / "P") as project:
        form = project.forms.add(FORM, form_id="f", version="1", title="F")
        interview = project.interviews.create(form)
        folder = project.folder

    *told, end = injected(folder, engine.passphrase, interview, fault)

    assert told == [code]
    assert end == "1 True"
    with engine.open(folder) as project:
        assert len(project.drafts.load(interview).answers) == 20
