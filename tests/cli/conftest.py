"""The command line on real projects: what it returned and said, and what lies in a folder."""

import hashlib
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from roadmapdesk.__main__ import main
from roadmapdesk.paths import forms_folder
from roadmapdesk.storage import create_project, keys
from roadmapdesk.workspace.forms import add_form
from roadmapdesk.workspace.interviewing import open_interview, start_interview

PASSPHRASE = "Kraniche über Rossendorf"


@dataclass(frozen=True)
class Outcome:
    """What a call returned and printed."""

    code: int
    out: str
    error: str

    @property
    def sentence(self) -> str:
        """The one line on standard error; fails where there is none, or more than one."""
        lines = self.error.splitlines()
        assert len(lines) == 1, self.error
        assert lines[0][-1] in ".?", lines
        return lines[0]


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str]) -> Callable[..., Outcome]:
    """Calls the program in this process."""

    def run(*arguments: object) -> Outcome:
        capsys.readouterr()
        code = main([str(argument) for argument in arguments])
        said = capsys.readouterr()
        return Outcome(code, said.out, said.err)

    return run


@pytest.fixture(autouse=True)
def _cheap_passphrases(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys, "COST", keys.Cost(passes=1, memory_kib=64, lanes=1))


def content(folder: Path) -> dict[str, str]:
    """SHA-256 of every file below a folder, by its place in it."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture
def sample_copy(sample: Path, tmp_path: Path) -> Path:
    """A sample project of the test's own."""
    return Path(shutil.copytree(sample, tmp_path / "Beispiel.roadmapdesk"))


def _small(folder: Path, passphrase: str | None) -> Path:
    with create_project(folder, title="Klein", language="de", passphrase=passphrase) as project:
        add_form(project, forms_folder() / "site_assessment.md")
        _desk, save = open_interview(project, start_interview(project))
        if save is not None:
            save.write(project)
        return project.folder


@pytest.fixture(scope="session")
def _small_master(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _small(tmp_path_factory.mktemp("small") / "Klein", None)


@pytest.fixture
def project(_small_master: Path, tmp_path: Path) -> Path:
    """A closed project with one interview that has just begun."""
    return Path(shutil.copytree(_small_master, tmp_path / "Klein.roadmapdesk"))


@pytest.fixture
def locked_project(tmp_path: Path) -> Path:
    """The same, encrypted with `PASSPHRASE`."""
    return _small(tmp_path / "Geheim", PASSPHRASE)
